"""The sessions of a person's places: when the person was away and why, and what was changed that the person may not know.

Asked inside the reader's context: why somebody was ill is there only for those whose work meets health.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.people.models import Attendance, PlaceEvent
from samkraft.people.rules.places.place_states import SESSION_CHANGES, Event, Presence


@dataclass(frozen=True, slots=True)
class Absence:
    """A session at which the person was not. `reason_code` empty: nobody whom the reader may know of has said why."""

    session_id: UUID
    starts_at: datetime
    presence: str
    noted_by: str
    reason_code: str
    reason: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the coordinator changed about a session, the newest change of it. `starts_at` and `ends_at` are as they stand now."""

    session_id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    place_name: str
    reason: str
    changed_at: datetime
    is_known: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted about a place's sessions: at how many, at how many of them the person was, and each absence in order."""

    sessions: int
    there: int
    absences: tuple[Absence, ...]


NOTHING = Noted(0, 0, ())


def noted(person_id: UUID, events: Iterable[PlaceEvent]) -> dict[UUID, Noted]:
    """Hold → what the provider noted. The newest word counts; a session that was cancelled after all does not."""
    newest: dict[tuple[UUID, UUID], Attendance] = {}
    rows = Attendance.objects.select_related("session").filter(person_id=person_id, session__cancelled_at=None)
    for row in rows.order_by("version"):
        newest[row.hold_id, row.session_id] = row
    why = {(one.hold_id, one.session_id): one for one in events if one.kind == Event.ABSENCE}
    by_hold: dict[UUID, list[Attendance]] = defaultdict(list)
    for row in sorted(newest.values(), key=lambda one: one.session.starts_at):
        by_hold[row.hold_id].append(row)
    return {hold: _noted(rows, why) for hold, rows in by_hold.items()}


def _noted(rows: list[Attendance], why: dict[tuple[UUID | None, UUID | None], PlaceEvent]) -> Noted:
    away = [row for row in rows if row.presence not in (Presence.PRESENT, Presence.LATE)]
    return Noted(
        len(rows), len(rows) - len(away), tuple(_absence(row, why.get((row.hold_id, row.session_id))) for row in away)
    )


def _absence(row: Attendance, said: PlaceEvent | None) -> Absence:
    return Absence(
        row.session_id, row.session.starts_at, row.presence, row.noted_by,
        said.reason_code if said else "", said.reason if said else "", said.said_by if said else "",
    )  # fmt: skip


def changes(events: Iterable[PlaceEvent], *, since: datetime) -> dict[UUID, tuple[Change, ...]]:
    """Hold → what was changed about sessions that begin after a moment, in order of time."""
    newest: dict[tuple[UUID, UUID], PlaceEvent] = {}
    known: dict[tuple[UUID, UUID], bool] = {}
    for one in events:
        if one.session is None or one.hold_id is None or one.session.starts_at <= since:
            continue
        if one.kind in SESSION_CHANGES:
            newest[one.hold_id, one.session_id] = one
        if one.kind in SESSION_CHANGES or one.kind == Event.SESSION_KNOWN:
            known[one.hold_id, one.session_id] = one.kind == Event.SESSION_KNOWN
    found: dict[UUID, list[Change]] = defaultdict(list)
    for (hold_id, session_id), one in newest.items():
        assert one.session is not None  # chosen above
        found[hold_id].append(Change(
            session_id, one.kind, one.session.starts_at, one.session.ends_at, one.session.place_name, one.reason,
            one.happened_at, known[hold_id, session_id],
        ))  # fmt: skip
    return {hold: tuple(sorted(rows, key=lambda row: row.starts_at)) for hold, rows in found.items()}
