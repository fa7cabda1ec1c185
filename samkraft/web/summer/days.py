"""Days of a placement in words: what was pressed, what is attested, what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samkraft.offer.rules.working_time import hours
from samkraft.people.queries.summer.summer_days import Day
from samkraft.people.rules.summer.summer_attendance import ABSENCE_NAMES, Absence


@dataclass(frozen=True, slots=True)
class Shown:
    """A day as a row. `shape` is one of the four meanings of the look."""

    day: date
    starts: datetime | None
    ends: datetime | None
    break_minutes: int
    came: datetime | None
    went: datetime | None
    there: str
    shape: str
    word: str
    suggested: str
    minutes: int
    is_attested: bool


def shown(mine: Sequence[Day], today: date) -> list[Shown]:
    """Days that have been, the latest first."""
    return [one_day(one, today) for one in reversed(mine) if one.day <= today]


def week_ahead(mine: Sequence[Day], today: date) -> list[Shown]:
    """The next days that are planned, a week ahead."""
    return [one_day(one, today) for one in mine if today <= one.day < today + timedelta(days=8) and one.shift]


def one_day(one: Day, today: date) -> Shown:
    """One day."""
    came = next((press.at for press in one.pressed if press.is_in), None)
    went = next((press.at for press in reversed(one.pressed) if not press.is_in), None)
    shape, word = _standing(one, today)
    minutes = one.attested.minutes if one.attested and one.attested.minutes is not None else one.suggested
    return Shown(
        one.day, one.shift.start if one.shift else None, one.shift.end if one.shift else None,
        one.shift.break_minutes if one.shift else 0, came, went, hours(minutes) if minutes else "", shape, word,
        f"{one.suggested // 60}:{one.suggested % 60:02}", minutes, one.attested is not None,
    )  # fmt: skip


def _standing(one: Day, today: date) -> tuple[str, str]:
    if one.attested is not None:
        if one.attested.was_there:
            return "ok", _("attesterad")
        known = one.attested.absence in set(Absence)
        return "closed", _(ABSENCE_NAMES[Absence(one.attested.absence)]).lower() if known else _("inte där")
    if one.is_in and one.day == today:
        return "ok", _("är här")
    if one.is_in:
        return "overdue", _("checkade inte ut")
    if one.pressed:
        return "needs", _("väntar på attest")
    if one.shift is None:
        return "closed", _("ledig")
    if one.day == today:
        return "needs", _("inte här än")
    return ("needs", _("väntar på attest")) if one.day < today else ("closed", _("planerad"))
