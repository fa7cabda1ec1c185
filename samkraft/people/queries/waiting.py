"""What waits for one member of staff over the whole caseload, beside the steps that the board shows.

One statement, whatever the caseload: the newest version of each thing that is still open and that nobody has answered.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.wording import phrase

DAYS_AHEAD = 14  # a follow-up is told of this long before its day


class Kind(StrEnum):
    """What kind of thing waits."""

    FOLLOW_UP = "follow_up"
    PROMISE = "exit"
    HANDOVER = "handover"
    PROLONGATION = "prolongation"
    OWN_SYSTEM_NOTE = "own_system_note"
    MEETING = "meeting"
    MESSAGE = "message"


NAMES = {
    Kind.FOLLOW_UP: phrase("Följ upp efter utskrivning"),
    Kind.PROMISE: phrase("Kontrollera om starten blev av"),
    Kind.HANDOVER: phrase("Svara på en överlämning"),
    Kind.PROLONGATION: phrase("Besluta om mer tid"),
    Kind.OWN_SYSTEM_NOTE: phrase("För in underlag i ert eget system"),
    Kind.MEETING: phrase("Anteckna från mötet"),
    Kind.MESSAGE: phrase("Svara deltagaren"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `due_date` is when it should be done, `since_date` since when it waits."""

    kind: Kind
    person_id: UUID
    name: str
    lineage: UUID
    due_date: date | None
    since_date: date | None


# Each kind with when it is open and since when or until when it waits. Who has looked at nothing newer sees the newest.
_OPEN = """
SELECT c.kind, c.person_id, coalesce(o.name, ''), c.lineage,
    CASE c.kind WHEN 'follow_up' THEN (c.content ->> 'due_date')::date
                WHEN 'exit' THEN (c.content ->> 'promised_start')::date END,
    CASE c.kind WHEN 'meeting' THEN ((c.content ->> 'starts_at')::timestamptz AT TIME ZONE 'Europe/Stockholm')::date
                WHEN 'follow_up' THEN NULL WHEN 'exit' THEN NULL
                ELSE (c.occurred_at AT TIME ZONE 'Europe/Stockholm')::date END
FROM people_contribution c
LEFT JOIN people_overview o ON o.enrolment_id = c.enrolment_id AND o.area_id = c.area_id
WHERE c.area_id = %(area)s AND (
       (c.kind = 'follow_up' AND %(follows_up)s AND c.content ->> 'state' = 'due'
        AND (c.content ->> 'due_date')::date <= %(soon)s AND NOT EXISTS (SELECT 1 FROM people_contribution b
            WHERE b.person_id = c.person_id AND b.enrolment_id = c.enrolment_id AND b.kind = 'exit'
              AND b.content ->> 'promise_kept' = 'false' AND b.occurred_at >= c.occurred_at))
    OR (c.kind = 'exit' AND %(lets_go)s AND c.content ->> 'promise_kept' IS NULL
        AND (c.content ->> 'promised_start')::date <= %(today)s AND NOT EXISTS (SELECT 1 FROM people_contribution b
            WHERE b.person_id = c.person_id AND b.enrolment_id = c.enrolment_id AND b.kind = 'exit'
              AND b.lineage <> c.lineage AND b.occurred_at > c.occurred_at))
    OR (c.kind = 'handover' AND c.content ->> 'state' = 'asked' AND c.content ->> 'to' = ANY (%(own)s))
    OR (c.kind = 'prolongation' AND %(decides)s AND c.content ->> 'state' = 'asked'
        AND c.content ->> 'asked_by' <> %(membership)s::text)
    OR (c.kind = 'own_system_note' AND c.author_membership_id = %(membership)s AND c.content ->> 'entered_at' IS NULL)
    OR (c.kind = 'meeting' AND c.author_membership_id = %(membership)s AND c.content ->> 'state' = 'booked'
        AND (c.content ->> 'starts_at')::timestamptz < %(today)s::timestamp AT TIME ZONE 'Europe/Stockholm')
    OR (c.kind = 'message' AND c.content ->> 'waits_on' = 'us' AND c.content ->> 'answered_by' IS NULL
        AND o.lead_membership_id = %(membership)s AND NOT EXISTS (SELECT 1 FROM people_contribution b
            WHERE b.person_id = c.person_id AND b.kind = 'message' AND b.lineage <> c.lineage
              AND b.occurred_at > c.occurred_at AND b.content ->> 'from_participant' = 'false')))
  AND NOT EXISTS (SELECT 1 FROM people_contribution n
      WHERE n.area_id = c.area_id AND n.lineage = c.lineage AND n.version > c.version)
  AND NOT EXISTS (SELECT 1 FROM people_contribution a
      WHERE a.person_id = c.person_id AND a.kind = c.kind AND a.content ->> 'answers' = c.lineage::text)
"""


def listed(by: Context, *, today: date) -> list[Waiting]:
    """Everything that waits, by date. Only of cases that the reader is on, as the reader's area may know them."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, _arguments(by, today))
        rows = cursor.fetchall()
    found = [Waiting(Kind(row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda one: (one.due_date or one.since_date or date.max, str(one.lineage)))


def number(by: Context, *, today: date) -> int:
    """How many there are."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, _arguments(by, today))
        found: int = cursor.rowcount
    return found


def _arguments(by: Context, today: date) -> dict[str, object]:
    own = [str(by.membership_id), *(str(team.id) for team in arrangements.teams_of(by.membership_id, on=today))]
    return {
        "area": by.area_id,
        "membership": by.membership_id,
        "own": own,
        "today": today,
        "soon": today + timedelta(days=DAYS_AHEAD),
        "follows_up": may(by.role, Permission.FOLLOW_UP),
        "lets_go": may(by.role, Permission.EXIT),
        "decides": may(by.role, Permission.DECIDE_PROLONGATION),
    }
