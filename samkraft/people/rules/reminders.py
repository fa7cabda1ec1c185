"""When something among a member of staff's cases calls for a letter, and the letter's words.

The letter says that something waits, and where: not what, not about whom, not how much. Its reader signs in to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samkraft.values.wording import phrase

SUBJECT = phrase("Något väntar på dig i Samkraft")
OPENING = phrase("Något som rör ditt arbete väntar på dig. Av sekretesskäl står inget mer här.")
WAY_OUT = phrase("Logga in och se din inkorg: {page}")
PERHAPS_AGAIN = phrase(
    "Det kan hända att du redan har fått den här påminnelsen: vi avbröts när den skulle skickas och vet inte om den kom fram."
)
CLOSING = phrase("Du får högst ett sådant brev om dagen, och bara när något nytt har tillkommit.")
LOOKS_BACK_DAYS = 7  # for somebody who has had no letter yet
REPORTS_DUE_ON = 10  # the day of the month on which last month's time reports are asked for


class Occasion(StrEnum):
    """What may call for a letter."""

    CONSENT_ENDS = "consent_ends"
    FOLLOW_UP = "follow_up"
    PROMISED_START = "promised_start"
    MEETING = "meeting"
    TIME_REPORT = "time_report"


# How many days before the day in question; less than nothing is after it.
DAYS_BEFORE: dict[Occasion, tuple[int, ...]] = {
    Occasion.CONSENT_ENDS: (30, 7),
    Occasion.FOLLOW_UP: (14, 0),
    Occasion.PROMISED_START: (-1, -8),
    Occasion.MEETING: (1,),
    Occasion.TIME_REPORT: (0,),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day of its own."""

    occasion: Occasion
    day: date


def calls(found: Iterable[Due], *, after: date, today: date) -> list[Due]:
    """Those that somebody is to be told of now: one of their days has come since `after`, up to and with today.

    So a night without a worker is made up for by the next, and nothing is told twice.
    """
    return [
        due
        for due in found
        if any(after < due.day - timedelta(days=before) <= today for before in DAYS_BEFORE[due.occasion])
    ]


def reports_due(today: date) -> date:
    """The day on which last month's time reports are asked for, the latest that has come."""
    this = today.replace(day=REPORTS_DUE_ON)
    return this if this <= today else (today.replace(day=1) - timedelta(days=1)).replace(day=REPORTS_DUE_ON)
