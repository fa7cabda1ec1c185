"""The study plans of everybody whose case the reader is on, as the reader's area holds them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.rules import contents
from samkraft.people.rules.contents.studying import StudyPlan
from samkraft.values.context import Context

_LISTED = """
SELECT DISTINCT ON (c.lineage) c.person_id, c.lineage, c.content::json, c.author_name, c.author_area_id, c.copy_of_id IS NOT NULL,
    (c.written_at AT TIME ZONE 'Europe/Stockholm')::date,
    coalesce((SELECT o.name FROM people_overview o WHERE o.person_id = c.person_id AND o.area_id = c.area_id
              ORDER BY o.started_on DESC NULLS LAST LIMIT 1), ''),
    coalesce((SELECT o.sort_key FROM people_overview o WHERE o.person_id = c.person_id AND o.area_id = c.area_id
              ORDER BY o.started_on DESC NULLS LAST LIMIT 1), '')
FROM people_contribution c WHERE c.area_id = %(area)s AND c.kind = 'study_plan'
ORDER BY c.lineage, c.version DESC
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One plan, its newest version. `is_received`: another area wrote it."""

    person_id: UUID
    lineage: UUID
    plan: StudyPlan
    author_name: str
    author_area_id: UUID
    is_received: bool
    written_on: date
    name: str
    sort_key: str


def listed(by: Context) -> list[Listed]:
    """By name. One statement, however many there are."""
    found = [
        Listed(person, lineage, contents.read("study_plan", content), *rest)
        for person, lineage, content, *rest in statements.rows(_LISTED, {"area": by.area_id})
    ]
    return sorted(found, key=lambda one: (one.sort_key, one.plan.made_on))
