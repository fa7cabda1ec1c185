"""The hours of staff in a project: written by oneself in quarters of an hour, attested by another, held against a year's most.

The year's most counts per person and calendar year over everything that one reports; what is above it is not paid for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

MOST_IN_A_YEAR = 1_662  # hours, by the financier's rules for unit costs
NOT_HOURS = Reason(
    "staff_hours_not_read",
    phrase("Timmarna går inte att läsa."),
    phrase("Skriv så här: 132 eller 132,5. Kvartar räcker: ,25 ,5 och ,75."),
)
TOO_MANY = Reason(
    "staff_hours_too_many", phrase("En månad har inte så många arbetstimmar."), phrase("Kontrollera timmarna.")
)
MONTH_AHEAD = Reason(
    "staff_hours_ahead", phrase("Månaden har inte börjat än."), phrase("Kontrollera månaden.")
)  # fmt: skip
OWN = Reason(
    "staff_hours_own", phrase("Du attesterar inte dina egna timmar."), phrase("Be en annan projektledare.")
)  # fmt: skip
NOT_THERE = Reason(
    "staff_hours_not_there", phrase("Timmarna finns inte, eller har skrivits om."), phrase("Ladda om sidan.")
)
ATTESTED = Reason("staff_hours_attested", phrase("Timmarna är redan attesterade."), phrase("Ladda om sidan."))
_WRITTEN = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")
_QUARTERS = {"": 0, "0": 0, "00": 0, "25": 1, "5": 2, "50": 2, "75": 3}
MOST_IN_A_MONTH = 4 * 400


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Somebody's hours of a month, the newest version. `attested_by` empty: not yet."""

    id: UUID
    membership_id: UUID
    user_id: UUID
    name: str
    role: str
    area_id: UUID
    month: str
    quarters: int
    attested_by: str

    @property
    def hours(self) -> float:
        """In hours."""
        return self.quarters / 4


def read(text: str) -> int:
    """Quarters of an hour from what somebody wrote. Raises Refused when it is none, or more than a month holds."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or (found[2] or "") not in _QUARTERS:
        raise Refused(NOT_HOURS)
    quarters = 4 * int(found[1]) + _QUARTERS[found[2] or ""]
    if quarters > MOST_IN_A_MONTH:
        raise Refused(TOO_MANY)
    return quarters


def over_the_year(rows: Iterable[HoursRow], year: str) -> dict[UUID, float]:
    """Who has more hours in the year than the financier pays for, by user: how many hours above."""
    sums: dict[UUID, int] = {}
    for row in rows:
        if row.month.startswith(year):
            sums[row.user_id] = sums.get(row.user_id, 0) + row.quarters
    return {user: quarters / 4 - MOST_IN_A_YEAR for user, quarters in sums.items() if quarters > 4 * MOST_IN_A_YEAR}
