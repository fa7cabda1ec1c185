"""One person, as the reader's area may know the person: everything that the person's pages are folded from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from samkraft.audit.queries import statements
from samkraft.people.models import ProtectionName
from samkraft.people.queries import contributions, plans
from samkraft.people.queries.plans import Joint
from samkraft.people.rules import contents
from samkraft.people.rules.contents.persons import Card, Enrolled
from samkraft.people.rules.held import Held, newest
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Opened:
    """A person's file in the reader's area: the joint work, and who the person is to that area."""

    joint: Joint
    card: Card | None
    card_version: int
    enrolled: Enrolled | None
    protection: str

    @property
    def person_id(self) -> UUID:
        """The person."""
        return self.joint.person_id

    @property
    def held(self) -> Sequence[Held]:
        """What belongs to the present enrolment, or to the person."""
        return self.joint.held

    @property
    def name(self) -> str:
        """The name, or empty when the area has not been told it."""
        return f"{self.card.given_name} {self.card.family_name}" if self.card else ""


_STANDS = (
    "SELECT level FROM people_protection WHERE person_id = %(person)s AND upper(period) IS NULL ORDER BY id LIMIT 1"
)


def open_person(by: Context, person_id: UUID, *, today: date) -> Opened:
    """What the area holds. Raises Refused with the same words whether nothing exists or it is not for the reader."""
    held, stands = statements.several([contributions.question(person_id), (_STANDS, {"person": person_id})])
    joint = plans.joint(by, person_id, today=today, known=contributions.as_told(held))
    card, enrolled = newest(joint.held, "card"), newest(joint.held, "enrolled")
    return Opened(
        joint=joint,
        card=contents.read("card", card.content) if card else None,
        card_version=card.version if card else 0,
        enrolled=contents.read("enrolled", enrolled.content) if enrolled else None,
        protection=stands[0][0] if stands else "",
    )


def keys_of(person_id: UUID) -> list[str]:
    """Under which keys the trail tells of the person: its own, and those of persons that have been joined with it since.

    Empty for whoever may not know of the person.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_subjects_of(%s)", [person_id])
        return [key for (key,) in cursor.fetchall()]


def named_list(by: Context, person_id: UUID) -> list[UUID]:
    """The memberships on a protected person's list, now."""
    rows = ProtectionName.objects.filter(person_id=person_id, period__endswith=None).order_by("id")
    return [row.membership_id for row in rows]
