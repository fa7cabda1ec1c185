"""How much somebody was at the sessions of their places in a month, as the providers noted it: what a time report is built from.

Asked inside the reader's context. The database gives the reader's own area's rows alone, on cases that the reader is on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from samkraft.people.rules.places.place_states import Presence
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM


@dataclass(frozen=True, slots=True)
class Session:
    """One session that somebody had a place at. `presence` empty: the provider has noted nothing yet."""

    person_id: UUID
    session_id: UUID
    hold_id: UUID
    activity: str
    starts_at: datetime
    ends_at: datetime
    presence: str

    @property
    def minutes(self) -> int:
        """The length of the session at the clock, in minutes; whoever came late is counted as there."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def was_there(self) -> bool:
        """Whether the provider noted the person as there, late or not."""
        return self.presence in (Presence.PRESENT, Presence.LATE)


@dataclass(frozen=True, slots=True)
class MonthOfSessions:
    """What a person's sessions of one month come to. `unnoted`: held, and nothing noted: ask the provider before it is used."""

    person_id: UUID
    month: date
    present: int
    absent: int
    unnoted: int
    minutes_present: int
    minutes_absent: int

    @property
    def hours(self) -> float:
        """Hours that the person was there, to the quarter of an hour."""
        return round(self.minutes_present / 15) / 4


_SQL = """
SELECT h.person_id, s.id, h.id, v.name, s.starts_at, s.ends_at, coalesce(t.presence, '')
FROM people_placehold h
JOIN offer_session s ON s.occasion_id = h.occasion_id AND s.cancelled_at IS NULL
JOIN offer_activity v ON v.id = h.activity_id
LEFT JOIN LATERAL (SELECT a.presence FROM people_attendance a WHERE a.hold_id = h.id AND a.session_id = s.id
    ORDER BY a.version DESC LIMIT 1) t ON true
WHERE s.starts_at >= %(low)s AND s.starts_at < %(high)s AND s.ends_at <= %(now)s
  AND h.accepted_at IS NOT NULL AND h.decided_date IS NOT NULL AND h.accepted_at <= s.ends_at
  AND (h.released_at IS NULL OR h.released_at > s.starts_at)
  AND (%(persons)s::uuid[] IS NULL OR h.person_id = ANY (%(persons)s::uuid[]))
ORDER BY s.starts_at, s.id, h.id
"""


def sessions(by: Context, *, month: date, now: datetime, person_ids: Collection[UUID] | None = None) -> list[Session]:
    """Every session in the month (any day of it) that is over by `now`, for each who had a place at it, in order of time."""
    low = datetime.combine(month.replace(day=1), datetime.min.time(), STOCKHOLM)
    high = datetime.combine((month.replace(day=1) + timedelta(days=32)).replace(day=1), datetime.min.time(), STOCKHOLM)
    persons = None if person_ids is None else list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"low": low, "high": high, "now": now, "persons": persons})
        return [Session(*row) for row in cursor.fetchall()]


def months(
    by: Context, *, month: date, now: datetime, person_ids: Collection[UUID] | None = None
) -> dict[UUID, MonthOfSessions]:
    """The month for each person who had a session in it; whoever had none is not there."""
    told: dict[UUID, list[Session]] = {}
    for one in sessions(by, month=month, now=now, person_ids=person_ids):
        told.setdefault(one.person_id, []).append(one)
    return {person: _month(person, month.replace(day=1), rows) for person, rows in told.items()}


def _month(person_id: UUID, month: date, rows: list[Session]) -> MonthOfSessions:
    there = [one for one in rows if one.was_there]
    away = [one for one in rows if one.presence and not one.was_there]
    return MonthOfSessions(
        person_id, month, len(there), len(away), len(rows) - len(there) - len(away),
        sum(one.minutes for one in there), sum(one.minutes for one in away),
    )  # fmt: skip
