"""The catalogue as candidates for a match: every occasion that can still be begun, with free places and how long one waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from samkraft.offer.rules.matching import Candidate
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM

_SQL = """
SELECT o.id, o.activity_id, a.kind, o.hours_a_week, o.languages, o.starts_on, a.start_form = 'running', o.accessible,
    a.prerequisites, o.district, coalesce(n.free, 0), coalesce(w.waiting, 0)
FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
LEFT JOIN people_place_numbers() n ON n.occasion_id = o.id
LEFT JOIN people_place_waiting() w ON w.activity_id = o.activity_id
WHERE o.cancelled_at IS NULL AND (o.ends_on IS NULL OR o.ends_on >= %s)
  AND (a.start_form = 'running' OR o.starts_on > %s)
ORDER BY o.starts_on, o.id
"""
# On which days of the week each meets in the coming weeks, a bit for each day, counted from a Monday; one pass over them all.
_DAYS = """
SELECT s.occasion_id, bit_or(2 << ((s.starts_at AT TIME ZONE 'Europe/Stockholm')::date - date '2001-01-01') %% 7)
FROM offer_session s WHERE s.cancelled_at IS NULL AND s.starts_at >= %s AND s.starts_at < %s GROUP BY s.occasion_id
"""
# Nobody meets for longer than a day at a time, so the index on when they begin finds those that may collide.
_CLASHES = """
SELECT s.occasion_id, count(DISTINCT s.id) FROM unnest(%s::timestamptz[], %s::timestamptz[]) b (low, high)
JOIN offer_session s ON s.starts_at > b.low - interval '1 day' AND s.starts_at < b.high AND s.ends_at > b.low
WHERE s.cancelled_at IS NULL AND s.starts_at >= %s AND s.starts_at < %s GROUP BY s.occasion_id
"""
_TAKEN = """
SELECT a.name, s.starts_at, s.ends_at FROM people_placehold h
JOIN offer_session s ON s.occasion_id = h.occasion_id AND s.cancelled_at IS NULL
JOIN offer_activity a ON a.id = h.activity_id
WHERE h.person_id = %s AND h.released_at IS NULL AND h.accepted_at IS NOT NULL AND s.starts_at >= %s AND s.starts_at < %s
ORDER BY s.starts_at
"""
_HOURS = """
SELECT a.name, o.hours_a_week FROM people_placehold h JOIN offer_occasion o ON o.id = h.occasion_id
JOIN offer_activity a ON a.id = h.activity_id
WHERE h.person_id = %s AND h.released_at IS NULL AND h.accepted_at IS NOT NULL AND (o.ends_on IS NULL OR o.ends_on >= %s)
ORDER BY a.name
"""
AHEAD = timedelta(weeks=10)
_WEEKDAYS = [tuple(day for day in range(1, 8) if bits & (1 << day)) for bits in range(1 << 8)]


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is not free: what it is, from when, until when."""

    what: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Engaged:
    """What the person already has, as the reader's area knows it: meetings of the coming weeks, and each place's hours a week."""

    times: tuple[Taken, ...]
    hours: tuple[tuple[str, int], ...]

    @property
    def hours_a_week(self) -> int:
        """All of it together."""
        return sum(many for _what, many in self.hours)


def candidates(
    by: Context,
    *,
    on: date,
    median_waits: dict[object, int] | None = None,
    taken: Sequence[Taken] | None = None,
) -> list[Candidate]:
    """Asked inside the reader's context. `median_waits`: activity → median days from joining to an offer, where measured.

    `taken`: what is not free; with it (empty too) each candidate says on which days it meets, and how often that collides.
    """
    known = median_waits or {}
    times: dict[UUID, tuple[Sequence[int], int]] = {}
    with connection.cursor() as cursor:
        if taken is not None:
            times = _times(cursor, on, taken)
        cursor.execute(_SQL, [on, on])
        never: tuple[Sequence[int], int] = ((), 0)
        return [
            Candidate(
                *row, known.get(row[1]), *times.get(row[0], never)
            )  # what is asked for, in the order of the fields
            for row in cursor.fetchall()
        ]


def _times(cursor: Any, on: date, taken: Sequence[Taken]) -> dict[UUID, tuple[Sequence[int], int]]:
    """Occasion → the days of the week on which it meets, and how many of its meetings collide with what is taken."""
    low = datetime.combine(on, datetime.min.time(), STOCKHOLM)
    clashes: dict[UUID, int] = {}
    if taken:
        busy = [[one.starts_at for one in taken], [one.ends_at for one in taken]]
        cursor.execute(_CLASHES, [*busy, low, low + AHEAD])
        clashes = dict(cursor.fetchall())
    cursor.execute(_DAYS, [low, low + AHEAD])
    return {occasion: (_WEEKDAYS[bits], clashes.get(occasion, 0)) for occasion, bits in cursor.fetchall()}


def engaged(by: Context, person_id: UUID, *, on: date) -> Engaged:
    """What the person has said yes to and still has; the database gives the reader's own area's rows alone."""
    low = datetime.combine(on, datetime.min.time(), STOCKHOLM)
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [person_id, low, low + AHEAD])
        times = tuple(Taken(*row) for row in cursor.fetchall())
        cursor.execute(_HOURS, [person_id, on])
        return Engaged(times, tuple(cursor.fetchall()))
