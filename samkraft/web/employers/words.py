"""What the codes about employers are called on the pages, and the fields that several forms share."""

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from samkraft.offer.queries.employers import MeetingRow
from samkraft.offer.rules import employers as rules
from samkraft.offer.rules.matching import DISTRICTS
from samkraft.people.rules import recruitment
from samkraft.values.period import STOCKHOLM
from samkraft.web import days
from samkraft.web.offer.words import choices, listed, of

__all__ = ["choices", "districts", "listed", "moment_of", "of", "percent", "when"]

RESULT_SHAPES = {
    recruitment.Result.NO_SHOW: "overdue",
    recruitment.Result.INTERVIEW: "needs",
    recruitment.Result.TRIAL: "ok",
    recruitment.Result.HIRED: "ok",
    recruitment.Result.NOT_NOW: "closed",
}


def districts() -> list[tuple[str, str]]:
    """The districts, for a form."""
    return [("", _("Inget valt")), *((code, _(name)) for code, (name, _lat, _lon) in DISTRICTS.items())]


def moment_of(day: date, clock: time) -> datetime:
    """The moment in Sweden."""
    return datetime.combine(day, clock, STOCKHOLM)


def when(row: MeetingRow) -> str:
    """Day and hours of a meeting."""
    return f"{days.moment(row.starts_at)}–{days.clock(row.ends_at)}"


def percent(least: int | None, most: int | None) -> str:
    """How much of full time; empty when nothing is said."""
    if most is None and least is None:
        return ""
    if least is None or most is None or least == most:
        return _("{percent} procent").format(percent=most or least)
    return _("{least}–{most} procent").format(least=least, most=most)


def facts_of_opening(row: Any) -> list[str]:
    """What a job asks for, in words."""
    found = [*row.needs]
    if row.needs_experience:
        found.append(_("Erfarenhet av yrket"))
    if row.needs_licence:
        found.append(_("Körkort"))
    return found


def shape_of(next_date: date | None, today: date) -> str:
    """Which of the four meanings a day to be in touch has."""
    return rules.lateness(next_date, today)
