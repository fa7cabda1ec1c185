"""What happens in an invented life, one deed at a time, as staff would have done it in the product.

Every deed says when and by whom. What is written refers to earlier things by names of our own (`Ref`), because the ids
are given when the deeds are carried out: by the bulk writer, or by the actions when the two are compared.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from samkraft.operations.world.people.setting import Actor


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands in a content for the lineage of the thing with this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Begin:
    """A case begins in the actor's area. `number` is twelve digits, or empty when nobody knows it."""

    at: datetime
    by: Actor
    number: str = ""
    number_kind: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """A new thing, or a new version of the one with this name."""

    at: datetime
    by: Actor
    name: str
    kind: str
    content: dict[str, Any]
    category: str | None = None
    voice: str = "staff"
    of_enrolment: bool = True
    occurred_at: datetime | None = None
    withheld_ground: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """The plan is fixed and filed as the actor's area holds it, in a part for each category that not everybody reads."""

    at: datetime
    by: Actor
    number: int
    why_no_work: str = ""


@dataclass(frozen=True, slots=True)
class Agree:
    """Somebody said yes to the version that the actor's area has filed: the participant, or an area by its id."""

    at: datetime
    by: Actor
    number: int
    party: str
    how: str


@dataclass(frozen=True, slots=True)
class Enrol:
    """The enrolment itself, in the actor's area, from a day on; what is known of it is written beside."""

    at: datetime
    by: Actor
    since: date


@dataclass(frozen=True, slots=True)
class Give:
    """A consent that lets the actor's area hand over to another."""

    at: datetime
    by: Actor
    name: str
    to_area: str
    categories: tuple[str, ...]
    last_date: date
    giver: str
    how: str = "paper"
    language: str = "sv"
    interpreter: str = ""
    giver_ground: str = "self"
    giver_scope: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The person takes back the consent with this name, or some categories of it."""

    at: datetime
    by: Actor
    name: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """An officer hands over the newest version of one thing, on the consent with the name."""

    at: datetime
    by: Actor
    name: str
    consent: str
    to_area: str


@dataclass(frozen=True, slots=True)
class PutTeam:
    """A team's members of one area come onto the case."""

    at: datetime
    by: Actor
    team_id: str
    area: str


@dataclass(frozen=True, slots=True)
class Assign:
    """One member of staff comes onto the case personally."""

    at: datetime
    by: Actor
    whom: Actor
    basis: str = "assigned"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Protect:
    """The person's identity is protected: from now on only those named see anything, the actor first among them."""

    at: datetime
    by: Actor
    level: str = "protected_registration"


@dataclass(frozen=True, slots=True)
class Name:
    """One more is put on the named list of somebody protected."""

    at: datetime
    by: Actor
    whom: Actor


@dataclass(frozen=True, slots=True)
class Look:
    """The actor opens one of the person's pages, which leaves a trace and nothing else."""

    at: datetime
    by: Actor
    page: str


Deed = Begin | Write | Fix | Agree | Enrol | Give | Withdraw | Release | PutTeam | Assign | Protect | Name | Look


@dataclass(slots=True)
class Life:
    """One person's deeds in the order in which they were done."""

    index: int
    deeds: list[Deed] = field(default_factory=list)
    twin: list[Deed] = field(default_factory=list)  # the same person once more, where nobody knew of the first case
