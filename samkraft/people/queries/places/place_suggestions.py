"""A proposal's rows as whoever coordinates the activity may know them: the queue's codes, what is proposed, what came of it.

Asked inside the reader's context: the database answers whoever the transaction says is asking.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samkraft.people.rules.places.place_suggestions import Adopted, Fate, Why
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Suggested:
    """One who waited when the proposal was made. `priority_class` 99: none of the criteria.

    `occasion_id` is proposed, `queue_occasion_id` what the queue's order alone would give; None for no place. `passes` is how
    many stand before in that line. `why_not` is what stood in the way of a place, as it was counted; None when nothing was.
    `standing` is waiting, holding or left now. `result` and what follows it are of its adoption, None when there is none.
    """

    id: UUID
    entry_id: UUID
    activity_id: UUID
    code: str
    priority_class: int
    joined_at: datetime
    needed_date: date
    told: Mapping[str, Any]
    occasion_id: UUID | None
    queue_occasion_id: UUID | None
    why: Why
    passes: int
    why_not: Mapping[str, Any] | None
    standing: str
    result: Adopted | None
    passed: int | None
    adopted_at: datetime | None
    adopted_by: str | None
    fate: Fate | None
    started_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it is proposed and has not become an offer."""
        return self.occasion_id is not None and self.result is not Adopted.OFFERED


def of_proposal(by: Context, proposal_id: UUID) -> list[Suggested]:
    """In the queue's order; only of activities that the reader coordinates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_place_suggested(%s)", [proposal_id])
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> Suggested:
    found = list(row)
    found[7], found[12] = _read(row[7]) or {}, _read(row[12])
    found[10] = Why(row[10])
    found[14] = Adopted(row[14]) if row[14] else None
    found[18] = Fate(row[18]) if row[18] else None
    return Suggested(*found)


def _read(said: Any) -> Any:
    return json.loads(said) if isinstance(said, str) else said
