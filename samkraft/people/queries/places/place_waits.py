"""How long people wait, measured from what happened: need, queue, offer, start. Groups of fewer than five are not told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Wait:
    """Days of one stage for one group, over those who came to its end in the period. `None`: all of them.

    `sex` is woman or man. `many` is how many the figures rest on. Whoever still waits is not among them.
    """

    stage: str
    activity_id: UUID | None
    area_id: UUID | None
    month: date | None
    sex: str | None
    many: int
    median: int
    eightieth: int


def measured(by: Context, *, since: date, until: date) -> list[Wait]:
    """All stages and groups. Asked inside the reader's context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_place_waits(%s, %s)", [since, until])
        return [Wait(*row) for row in cursor.fetchall()]


def medians_to_offer(waits: list[Wait]) -> dict[object, int]:
    """Activity → median days from joining the queue to the first offer, where it may be told."""
    return {
        one.activity_id: one.median
        for one in waits
        if one.stage == "queue_to_offer" and one.activity_id is not None and one.sex is None
    }
