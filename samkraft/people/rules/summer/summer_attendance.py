"""When a press happened by our clock, and which days can be attested how."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

LATEST_DAYS = 7
SLACK = timedelta(seconds=90)  # a clock so little off is taken at its word


class Absence(StrEnum):
    """Why somebody was not there."""

    ILL = "ill"
    LEAVE = "leave"
    UNKNOWN = "unknown"


ABSENCE_NAMES = {
    Absence.ILL: phrase("Sjuk"),
    Absence.LEAVE: phrase("Ledig, har sagt till"),
    Absence.UNKNOWN: phrase("Kom inte"),
}

TOO_OLD = Reason(
    "summer_press_too_old",
    phrase("Incheckningen är äldre än {days} dagar och tas inte emot."),
    phrase("Säg till din handledare, som kan attestera dagen ändå."),
)
FUTURE_DAY = Reason("summer_future_day", phrase("Dagen har inte varit än."), phrase("Attestera när den är slut."))
NO_MINUTES = Reason(
    "summer_minutes_out_of_range", phrase("En dag har mellan 0 och 24 timmar."), phrase("Skriv timmarna igen.")
)
NO_ABSENCE = Reason("summer_no_absence", phrase("Välj varför personen inte var där."), "")


def by_our_clock(pressed_at: datetime, *, sent_at: datetime | None, received_at: datetime) -> datetime:
    """When it was pressed, corrected by how far the phone's clock was off when it was sent. All are instants with zone,
    so that summer time neither adds nor takes an hour."""
    if sent_at is None:
        return pressed_at
    off = received_at.astimezone(UTC) - sent_at.astimezone(UTC)
    return pressed_at if abs(off) <= SLACK else pressed_at.astimezone(UTC) + off


def why_not_attest(day: date, *, was_there: bool, minutes: int | None, absence: str, today: date) -> Reason | None:
    """None when a day can be attested so."""
    if day > today:
        return FUTURE_DAY
    if minutes is not None and not 0 <= minutes <= 24 * 60:
        return NO_MINUTES
    return NO_ABSENCE if not was_there and absence not in {one.value for one in Absence} else None
