"""One person, as the reader's area may know the person: everything that the person's pages are folded from."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samkraft.people.models import CaseAccess, Protection, ProtectionName
from samkraft.people.queries import contributions
from samkraft.people.rules import contents, secrecy
from samkraft.people.rules.contents.persons import Card, Enrolled
from samkraft.people.rules.held import Held, latest, newest, of_enrolment
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Opened:
    """A person's file in the reader's area. `held` is what belongs to the present enrolment or to the person."""

    person_id: UUID
    held: Sequence[Held]
    everything: Sequence[Held]
    card: Card | None
    enrolment_id: UUID | None
    enrolled: Enrolled | None
    protection: str

    @property
    def name(self) -> str:
        """The name, or empty when the area has not been told it."""
        return f"{self.card.given_name} {self.card.family_name}" if self.card else ""


def open_person(by: Context, person_id: UUID) -> Opened:
    """What the area holds. Raises Refused with the same words whether nothing exists or it is not for the reader."""
    everything = contributions.held(by, person_id)
    if not everything:
        raise Refused(secrecy.NOT_FOUND)
    enrolments = sorted(
        latest(everything, "enrolled"), key=lambda one: (contents.read("enrolled", one.content).started_on, one.id)
    )
    last = enrolments[-1] if enrolments else None
    enrolment_id = last.enrolment_id if last else None
    held = of_enrolment(everything, enrolment_id) if enrolment_id else list(everything)
    card = newest(held, "card")
    stands = Protection.objects.filter(person_id=person_id, period__endswith=None).first()
    return Opened(
        person_id=person_id,
        held=held,
        everything=everything,
        card=contents.read("card", card.content) if card else None,
        enrolment_id=enrolment_id,
        enrolled=contents.read("enrolled", last.content) if last else None,
        protection=stands.level if stands else "",
    )


@dataclass(frozen=True, slots=True)
class OnCase:
    """A team or a member of staff of the own area on the case."""

    access_id: UUID
    team_id: UUID | None
    membership_id: UUID | None
    basis: str
    since: object
    until: object


def on_case(by: Context, person_id: UUID) -> list[OnCase]:
    """Who of the own area is on the case, as it stands, the first first."""
    rows = CaseAccess.objects.filter(person_id=person_id).order_by("granted_at", "id")
    return [
        OnCase(row.id, row.team_id, row.membership_id, row.basis, row.period.lower, row.period.upper) for row in rows
    ]


def named_list(by: Context, person_id: UUID) -> list[UUID]:
    """The memberships on a protected person's list, now."""
    rows = ProtectionName.objects.filter(person_id=person_id, period__endswith=None).order_by("id")
    return [row.membership_id for row in rows]
