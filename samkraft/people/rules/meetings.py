"""When a meeting can have been held, and which months a participant reports."""

from calendar import monthrange
from datetime import date

from samkraft.people.rules.contents.meetings import Meeting
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

BEFORE_START = Reason(
    "meeting_before_start",
    phrase("Mötet ligger före inskrivningen {start}."),
    phrase("Rätta dagen."),
)
NOT_HELD_YET = Reason(
    "meeting_not_held_yet",
    phrase("Mötet har inte varit än."),
    phrase("Vänta tills det har varit, eller ställ in det."),
)
BOOKED_ALREADY = Reason(
    "meeting_booked_already",
    phrase("Samma möte är redan bokat: samma tid, plats och anledning."),
    phrase("Ändra tiden om det ska vara ett möte till."),
)
MONTH_AHEAD = Reason(
    "time_report_month_ahead",
    phrase("{month} har inte börjat än."),
    phrase("Kontrollera månaden."),
)
MONTH_OUTSIDE = Reason(
    "time_report_month_outside",
    phrase("Personen deltog inte under {month}."),
    phrase("Kontrollera månaden."),
)


def is_same(one: Meeting, other: Meeting) -> bool:
    """Whether two booked meetings are one: a form that was sent twice books once."""
    return (one.starts_at, one.place, one.purpose, one.state) == (
        other.starts_at, other.place, other.purpose, other.state,
    )  # fmt: skip


def month_of(day: date) -> str:
    """`2026-03`."""
    return f"{day:%Y-%m}"


def why_not_report(month: str, started_on: date, exited_on: date | None, today: date) -> Reason | None:
    """None when the person took part in the month and it has begun."""
    if month > month_of(today):
        return MONTH_AHEAD
    if month < month_of(started_on) or (exited_on is not None and month > month_of(exited_on)):
        return MONTH_OUTSIDE
    return None


def months_due(started_on: date, exited_on: date | None, today: date) -> tuple[str, ...]:
    """The months that should be reported by today: those that are over, from the first to the last one taking part."""
    months = []
    year, month = started_on.year, started_on.month
    last = min(month_of(exited_on), month_of(today)) if exited_on else month_of(today)
    while (name := f"{year:04}-{month:02}") <= last and name < month_of(today):
        months.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(months)


def weekly_hours(month: str, hours: int) -> float:
    """Hours in a week on average over the whole month."""
    year, number = (int(part) for part in month.split("-"))
    return hours * 7 / monthrange(year, number)[1]


def is_too_little(month: str, hours: int, least_weekly_hours: int | None) -> bool:
    """Whether the month's time falls under the initiative's least, which asks for a talk and nothing else."""
    return least_weekly_hours is not None and weekly_hours(month, hours) < least_weekly_hours
