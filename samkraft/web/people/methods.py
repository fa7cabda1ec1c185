"""Which version of the method handbook held when something was decided together about a person, and which holds now.

Versions hold from the day that a meeting decides, and none can be put in force backwards: what held then never changes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from samkraft.initiatives.queries import codes, handbooks
from samkraft.values.period import day_in_stockholm
from samkraft.web.people import opened


@dataclass(frozen=True, slots=True)
class Methods:
    """An initiative's decided versions, from which day each holds, and the one that holds today."""

    code: str
    decided: list[tuple[date, str]]
    now: str

    @property
    def url(self) -> str:
        """Where the version in force is read."""
        return reverse("governance:handbook", args=[self.code])

    def then(self, at: datetime) -> tuple[str, str] | None:
        """The version that held at a moment, with its address; None before the first."""
        number = handbooks.held_on(self.decided, day_in_stockholm(at))
        return (number, reverse("governance:handbook_version", args=[self.code, number])) if number else None


def of(one: opened.Page) -> Methods | None:
    """Those of the initiative that the person takes part in; None where none is decided."""
    return None if one.opened.enrolled is None else _of(one.opened.enrolled.initiative_id, one.today)


def _of(initiative_id: UUID, today: date) -> Methods | None:
    decided = handbooks.decided(initiative_id)
    if not decided:
        return None
    code = next(code for code, key in codes.initiatives().items() if key == initiative_id)
    return Methods(code, decided, handbooks.held_on(decided, today))
