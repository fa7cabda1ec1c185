"""A calendar of an activity's occasions: Monday first, ISO weeks, with what begins, ends, meets and is closed each day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.offer.queries.catalogue import OccasionRow
from samkraft.offer.rules import occasions as rules
from samkraft.values.period import Period
from samkraft.web import days


def weeks(
    first: date, many: int, occasions: Sequence[OccasionRow], closed: Sequence[tuple[Period, str]], *, today: date
) -> list[dict[str, Any]]:
    """Rows of seven days from a Monday on."""
    names = {one.id: one.name for one in occasions}
    met: dict[date, list[Any]] = {}
    for session in catalogue.sessions(occasion_ids=list(names), first=first, days=7 * many):
        met.setdefault(timezone.localdate(session.starts_at), []).append(session)
    return [
        {
            "week": days.week(first + timedelta(weeks=number)),
            "days": [
                _day(first + timedelta(days=7 * number + place), occasions, closed, met, today) for place in range(7)
            ],
        }
        for number in range(many)
    ]


def _day(
    day: date,
    occasions: Sequence[OccasionRow],
    closed: Sequence[tuple[Period, str]],
    met: dict[date, list[Any]],
    today: date,
) -> dict[str, Any]:
    lines = [
        {"text": _("Start: {name}").format(name=one.name), "kind": "start"}
        for one in occasions
        if one.starts_on == day and one.cancelled_at is None
    ]
    lines += [
        {"text": _("Slut: {name}").format(name=one.name), "kind": "end"}
        for one in occasions
        if one.ends_on == day and one.cancelled_at is None
    ]
    for session in met.get(day, []):
        said = f"{days.clock(session.starts_at)} {session.occasion}"
        lines.append(
            {"text": _("{what}, inställt").format(what=said) if session.is_cancelled else said, "kind": "session"}
        )
    why = rules.closed_on(day, closed)
    if why:
        lines.append({"text": _("Stängt: {why}").format(why=why), "kind": "closed"})
    return {"day": day, "number": day.day, "lines": lines, "is_today": day == today, "is_closed": bool(why)}
