"""Answers about progression among the cases that the reader is on, as far as the reader's area and role may know them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.models import Contribution
from samkraft.people.queries import contributions
from samkraft.people.rules.held import Held, is_left, latest
from samkraft.people.rules.months import progression as rules
from samkraft.people.rules.months.progression import Due, Point
from samkraft.values.context import Context

_KINDS = ("progression", "progression_health")
_ROWS = """
SELECT person_id, enrolment_id, name, lead_membership_id, lead_name, started_on, exited_on
FROM people_overview WHERE initiative_id = %(initiative)s ORDER BY sort_key, enrolment_id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """One enrolment: whose, the answers in order of day, what is to be asked next, and whether it led to work or studies."""

    person_id: UUID
    enrolment_id: UUID
    name: str
    lead_membership_id: UUID | None
    lead_name: str
    exited_on: date | None
    points: tuple[Point, ...]
    due: Due | None
    went_on: bool | None


def followed(by: Context, initiative_id: UUID, *, today: date) -> list[Followed]:
    """Everybody in the initiative whose case the reader is on. Three statements, however many they are."""
    told: dict[UUID | None, list[Held]] = defaultdict(list)
    rows = Contribution.objects.filter(area_id=by.area_id, kind__in=(*_KINDS, "exit"))
    for held in contributions.as_held(rows):
        told[held.enrolment_id].append(held)
    found = []
    for person, enrolment, name, lead, lead_name, started_on, exited_on in statements.rows(
        _ROWS, {"initiative": initiative_id}
    ):
        own = told.get(enrolment, [])
        points = tuple(rules.points(own))
        due = rules.due(started_on, exited_on, answered(points), today)
        found.append(
            Followed(person, enrolment, name, lead, lead_name, exited_on, points, due, _went_on(own, enrolment))
        )
    return found


def answered(points: Sequence[Point]) -> list[date]:
    """The days on which staff has answered."""
    return [point.on for point in points if point.voice == rules.STAFF]


def _went_on(own: Sequence[Held], enrolment_id: UUID) -> bool | None:
    """Whether the exit was to work or studies; None for who has not left."""
    if not is_left(own, enrolment_id):
        return None
    left = latest(own, "exit")
    return bool(left) and left[-1].content.get("outcome") in ("work", "studies")
