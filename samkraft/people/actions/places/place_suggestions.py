"""Who waits, for a proposal of places: told by numbers drawn for it; and the proposal's rows made offers when adopted.

Nothing here decides: a place coordinator does, and the database makes the offers by the queue's own rules.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.rules.places.place_lines import InLine
from samkraft.people.rules.places.place_suggestions import NOTHING_CHOSEN, Adopted
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

PROPOSAL = "knowledge.allotment"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one adopted row, and how many were passed by it."""

    suggestion_id: UUID
    became: Adopted
    passed: int


def line_up_within(
    *,
    proposal_id: UUID,
    activity_ids: Sequence[UUID],
    occasion_ids: Sequence[UUID],
    locked: Sequence[UUID] = (),
    earlier_id: UUID | None = None,
    at: datetime,
) -> list[InLine]:
    """Those who wait, in the queue's order, each under a number drawn for this proposal, inside the transaction of the caller.

    `locked` are entries whose place is decided beforehand; `earlier_id` a proposal to begin from. Raises Refused for anybody
    who does not coordinate all the activities.
    """
    with guard.refusing(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_place_line_up(%s, %s::uuid[], %s::uuid[], %s::uuid[], %s, %s)",
            [proposal_id, list(activity_ids), list(occasion_ids), list(locked), earlier_id, at],
        )
        rows = cursor.fetchall()
    return [
        InLine(key, person, activity_id, priority, waited, sex, tuple(after), tuple(may_have), lock, had)
        for key, person, activity_id, priority, waited, sex, after, may_have, lock, had in rows
    ]


def suggest_within(*, proposal_id: UUID, rows: Sequence[Mapping[str, Any]], at: datetime) -> int:
    """Keep what the proposal came to, row by row under its own numbers, inside the transaction of the action that calls."""
    many: int = guard.ask("people_place_suggest", proposal_id, json.dumps(list(rows), default=str), at)
    return many


def adopt(
    *, by: Context, proposal_id: UUID, suggestion_ids: Collection[UUID], reason: str, at: datetime | None = None
) -> list[Result]:
    """Make offers of chosen rows, all in one moment. What has changed meanwhile is answered row by row.

    Those who are passed can read the reason. Raises Refused when somebody is passed without one: then nothing is done.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    if not suggestion_ids:
        raise Refused(NOTHING_CHOSEN)
    moment = at or timezone.now()
    with transactions.write(by):
        with guard.refusing(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM people_place_adopt(%s, %s::uuid[], %s, %s)",
                [proposal_id, list(set(suggestion_ids)), reason.strip(), moment],
            )
            made = [Result(row[0], Adopted(row[1]), row[2]) for row in cursor.fetchall()]
        offered = [one for one in made if one.became is Adopted.OFFERED]
        trail.record(
            by=by, at=moment, action="allotment.adopt", subject_kind=PROPOSAL, subject_id=proposal_id,
            number=len(made), offered=len(offered), passed=sum(one.passed for one in offered),
            rows=[one.suggestion_id for one in offered],
        )  # fmt: skip
    return made
