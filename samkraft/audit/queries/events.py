"""Who did or read what. Row-level security decides which events the reader has; nothing here widens it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from samkraft.audit.models import Event, Seal, SealedDigest, Thinning
from samkraft.audit.queries import statements

PAGE = 50
_MOMENTS = """
SELECT recorded_at FROM audit_event WHERE actor_id = %(actor)s AND action = %(action)s
    AND subject_kind = %(kind)s AND subject_id = %(subject)s ORDER BY recorded_at DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as the list and its own page show it."""

    id: UUID
    at: datetime
    recorded_at: datetime
    actor_id: UUID | None
    actor_name: str
    role: str
    purpose: str
    action: str
    subject_kind: str
    subject_id: str
    subject_name: str
    content: dict[str, object]
    seal: int | None


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of events, newest first, and where the next begins."""

    rows: tuple[EventRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class SealRow:
    """One seal."""

    number: int
    sealed_at: datetime
    count: int
    chain: str


@dataclass(frozen=True, slots=True)
class ThinningRow:
    """One protocol of thinning."""

    thinned_at: datetime
    decision: str
    thinned_by: str
    before: datetime
    count: int


def listed(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    person: str = "",
    action: str = "",
    subject: str = "",
    after: str = "",
) -> EventList:
    """Events newest first, narrowed by time (`until` exclusive), by words in the person's name, by the beginning of the
    action and by words in the subject. `after` is the mark that the page before gave."""
    return _page(_narrowed(since=since, until=until, person=person, action=action, subject=subject), after)


def about(*, subject_kind: str, subject_ids: Sequence[str], after: str = "") -> EventList:
    """Everything that was done with or read of one thing, newest first. A thing that was joined with others has several ids."""
    return _page(Event.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids), after)


def moments_read(*, actor_id: UUID, action: str, subject_kind: str, subject_id: str, limit: int = 60) -> list[datetime]:
    """When one actor last read one thing, the latest first: what a page needs to tell what is new since then."""
    asked = {"actor": actor_id, "action": action, "kind": subject_kind, "subject": subject_id, "limit": limit}
    return [recorded_at for (recorded_at,) in statements.rows(_MOMENTS, asked)]


def _page(found: QuerySet[Event], after: str) -> EventList:
    if mark := _mark(after):
        at, event_id = mark
        found = found.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=event_id))
    rows = list(found.order_by("-recorded_at", "-id")[: PAGE + 1])
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    return EventList(
        tuple(_row(one, None) for one in rows[:PAGE]),
        f"{more.recorded_at.isoformat()}_{more.id}" if more else "",
    )


def one(event_id: UUID) -> EventRow | None:
    """One event, if the reader may see it."""
    found = Event.objects.filter(id=event_id).first()
    if found is None:
        return None
    seal = SealedDigest.objects.filter(event_id=event_id).values_list("seal_id", flat=True).first()
    return _row(found, seal)


def actions() -> list[str]:
    """The actions that have been done, for the filter."""
    return list(Event.objects.order_by("action").values_list("action", flat=True).distinct())


def seals(limit: int = 50) -> list[SealRow]:
    """The latest seals, newest first."""
    found = Seal.objects.order_by("-number")[:limit]
    return [SealRow(row.number, row.sealed_at, row.count, row.chain) for row in found]


def thinnings() -> list[ThinningRow]:
    """All protocols of thinning, newest first."""
    found = Thinning.objects.order_by("-thinned_at", "id")
    return [ThinningRow(row.thinned_at, row.decision, row.thinned_by, row.before, row.count) for row in found]


def count_sealed(*, before: datetime) -> int:
    """How many sealed events were recorded before an instant."""
    sealed = SealedDigest.objects.order_by().values("event_id")
    return Event.objects.filter(recorded_at__lt=before, id__in=sealed).count()


def _narrowed(
    *, since: datetime | None, until: datetime | None, person: str, action: str, subject: str
) -> QuerySet[Event]:
    found = Event.objects.all()
    if since is not None:
        found = found.filter(recorded_at__gte=since)
    if until is not None:
        found = found.filter(recorded_at__lt=until)
    for word in person.split():
        found = found.filter(actor_name__icontains=word)
    if action:
        found = found.filter(action=action)
    for word in subject.split():
        found = found.filter(
            Q(subject_name__icontains=word) | Q(subject_id__iexact=word) | Q(subject_kind__startswith=word.lower())
        )
    return found


def _mark(text: str) -> tuple[datetime, UUID] | None:
    """The place that a page ended at; nonsense is the beginning."""
    instant, _line, event_id = text.partition("_")
    try:
        at = datetime.fromisoformat(instant)
        return (at, UUID(event_id)) if at.tzinfo else None
    except ValueError:
        return None


def _row(found: Event, seal: int | None) -> EventRow:
    content = json.loads(found.content) if found.content else {}
    return EventRow(
        id=found.id,
        at=found.at,
        recorded_at=found.recorded_at,
        actor_id=found.actor_id,
        actor_name=found.actor_name,
        role=found.role,
        purpose=found.purpose,
        action=found.action,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        subject_name=found.subject_name,
        content=content if isinstance(content, dict) else {"": content},
        seal=seal,
    )
