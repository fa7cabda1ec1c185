"""Stages of an initiative, and the arithmetic of the staff that its parties have promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Stage(StrEnum):
    """How far an initiative has come."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSING = "closing"
    ENDED = "ended"


LABELS = {
    Stage.PLANNED: phrase("planeras"),
    Stage.RUNNING: phrase("pågår"),
    Stage.CLOSING: phrase("avslutas"),
    Stage.ENDED: phrase("avslutad"),
}

_FIRST = (Role.MAIN_PROJECT_LEADER, Role.SUBPROJECT_LEADER, Role.PROJECT_ECONOMIST, Role.PROJECT_ADMINISTRATOR)
STAFF_ORDER = (*_FIRST, *(role for role in Role if role not in _FIRST))

NO_NAME = Reason(
    "initiative_without_name", phrase("Insatsen saknar namn."), phrase("Skriv det namn som den är känd under.")
)
NO_AIM = Reason(
    "initiative_without_aim",
    phrase("Det står inte vad insatsen är till för."),
    phrase("Skriv syftet i en eller två meningar."),
)
NAME_TAKEN = Reason(
    "initiative_name_taken",
    phrase("Det finns redan en insats som heter ”{name}”."),
    phrase("Öppna den som finns, eller välj ett namn som skiljer dem åt, till exempel med årtal."),
)
ENDS_BEFORE_START = Reason(
    "initiative_ends_before_start",
    phrase("Slutdagen {end} är före första dagen {start}."),
    phrase("Rätta en av dem. Lämna slutdagen tom om inget slut är beslutat."),
)
PARTNER_TWICE = Reason(
    "initiative_partner_twice",
    phrase("{organisation} är redan med i insatsen."),
    phrase("Ändra den del som finns i stället."),
)
NOBODY_PROMISED = Reason(
    "staff_nobody_promised",
    phrase("Antal personer och antal månader måste vara minst 1."),
    phrase("Skriv hur många personer som är lovade och hur många månader var och en är med."),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Heads and person-months: a head for a month is one person-month."""

    heads: int
    person_months: int


def staff_of(promises: Iterable[tuple[int, int]]) -> Staff:
    """The sum of promises given as (heads, months each)."""
    rows = list(promises)
    return Staff(sum(heads for heads, _months in rows), sum(heads * months for heads, months in rows))


def why_not_period(start: date | None, last_day: date | None) -> Reason | None:
    """None when the first and last day can stand together; either may be unknown."""
    if start is not None and last_day is not None and last_day < start:
        return ENDS_BEFORE_START
    return None
