"""What is left to tie up over the whole caseload: promised starts that nobody has looked at, notes that nobody has entered.

One statement, whatever the caseload. The inbox asks it together with what waits for an answer: `inboxes`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection

from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


class Kind(StrEnum):
    """What kind of thing is left; the value is the kind of the contribution."""

    PROMISE = "exit"
    OWN_SYSTEM_NOTE = "own_system_note"


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One thing. `due_date` is the promised day, `since_date` the day on which a note was written.

    `lead_membership_id` leads the person's process, or led it to the end.
    """

    kind: Kind
    person_id: UUID
    name: str
    lineage: UUID
    due_date: date | None
    since_date: date | None
    lead_membership_id: UUID | None


# The newest version of each, open; and for an exit, no later exit by another area that looked at the promise.
OPEN = """
SELECT c.kind, c.person_id, coalesce(o.name, '') AS name, c.lineage,
    CASE c.kind WHEN 'exit' THEN (c.content ->> 'promised_start')::date END AS due_date,
    CASE c.kind WHEN 'own_system_note' THEN (c.occurred_at AT TIME ZONE 'Europe/Stockholm')::date END AS since_date,
    o.lead_membership_id
FROM people_contribution c
LEFT JOIN people_overview o ON o.enrolment_id = c.enrolment_id AND o.area_id = c.area_id
WHERE c.area_id = %(area)s AND c.kind IN ('exit', 'own_system_note') AND (
       (c.kind = 'exit' AND %(lets_go)s AND c.content ->> 'promise_kept' IS NULL
        AND (c.content ->> 'promised_start')::date <= %(today)s AND NOT EXISTS (SELECT 1 FROM people_contribution b
            WHERE b.area_id = c.area_id AND b.person_id = c.person_id AND b.enrolment_id = c.enrolment_id
              AND b.kind = 'exit' AND b.lineage <> c.lineage AND b.occurred_at > c.occurred_at))
    OR (c.kind = 'own_system_note' AND c.author_membership_id = %(me)s AND c.content ->> 'entered_at' IS NULL))
  AND NOT EXISTS (SELECT 1 FROM people_contribution n
      WHERE n.area_id = c.area_id AND n.lineage = c.lineage AND n.version > c.version)
"""


def listed(by: Context, *, today: date) -> list[LooseEnd]:
    """Everything that is left, by date. Only of cases that the reader is on, as the reader's area may know them."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, arguments(by, today))
        rows = cursor.fetchall()
    found = [LooseEnd(Kind(row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda one: (one.due_date or one.since_date or date.max, str(one.lineage)))


def arguments(by: Context, today: date) -> dict[str, object]:
    """What the statement is given."""
    return {
        "area": by.area_id,
        "me": by.membership_id,
        "today": today,
        "lets_go": may(by.role, Permission.EXIT),
    }
