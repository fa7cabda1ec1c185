"""The participants behind a figure, as one reader may know them: the same numbers as behind the cohort door, and their names.

The numbers are worked out by the reader's own walls, so somebody else's words are not in them. No figure is made of these
rows; they show whom a figure rests on, to those who work with them.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.rules import cohorts
from samkraft.people.rules.cohorts import Cohort
from samkraft.values.context import Context

_SEEN = """
SELECT o.person_id, o.name, o.sort_key, o.exited_on, s.body_id, s.packed
FROM people_overview o
JOIN people_milestones_seen(%(initiative)s::uuid, %(until)s::date, ARRAY(
    SELECT x.enrolment_id FROM people_overview x WHERE x.initiative_id = %(initiative)s::uuid AND x.area_id = %(area)s::uuid)) s
    ON s.enrolment_id = o.enrolment_id
WHERE o.initiative_id = %(initiative)s::uuid AND o.area_id = %(area)s::uuid
ORDER BY o.sort_key, o.person_id, o.started_on
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose row it is."""

    id: UUID
    name: str
    sort_key: str
    exited_on: date | None
    body_id: UUID | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Enrolments by name, and the columns of the same rows in the same order."""

    people: tuple[Person, ...]
    rows: Cohort


def seen(by: Context, initiative_id: UUID, *, until: date) -> Seen:
    """Everybody in the initiative whose case the reader is or was on, as known at the end of a day. One statement."""
    found = statements.rows(_SEEN, {"initiative": initiative_id, "until": until, "area": by.area_id})
    return Seen(tuple(Person(*row[:5]) for row in found), cohorts.unpacked([bytes(row[5]) for row in found]))
