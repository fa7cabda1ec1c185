"""A person's places and queues, as the own area knows them: each with what happened, what it awaits, and who was told what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.people.models import PlaceDisclosure, PlaceEntry, PlaceEvent, PlaceHold
from samkraft.people.queries.places import person_sessions, place_lists
from samkraft.people.queries.places.person_sessions import Change, Noted
from samkraft.people.rules.places import place_states
from samkraft.people.rules.places.place_states import State
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened. `occasion` empty when it is of the queue as a whole; `starts_at` when it is of one session."""

    kind: str
    at: datetime
    by: str
    occasion: str
    reason_code: str
    reason: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a receiver was told, until when; None while it lasts."""

    id: UUID
    receiver: str
    fields: tuple[str, ...]
    given_at: datetime
    given_by: str
    shown_how: str
    shown_date: date
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lost:
    """An offer that was taken back, or a place or offer of what is cancelled, that the person may not know of."""

    hold_id: UUID
    is_cancelled: bool
    occasion: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One entry and where it stands. `before`: how many stand before it; None when it does not wait.

    `answer_until` is the moment by which an offer must be answered; `decider` the role that gives the place, or owner.
    """

    entry_id: UUID
    code: str
    activity_id: UUID
    activity: str
    activity_code: str
    state: State
    joined_at: datetime
    needed_date: date
    joined_by: str
    before: int | None
    wanted: str
    not_before: date | None
    hold_id: UUID | None
    occasion: str
    occasion_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    place_name: str
    provider: str
    answer_until: datetime | None
    decider: str
    decided_date: date | None
    decision_number: str
    decided_by: str
    started_on: date | None
    ended_on: date | None
    noted: Noted
    changes: tuple[Change, ...]
    lost: Lost | None
    events: tuple[EventLine, ...]
    told: tuple[Told, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (State.LEFT, State.ENDED)


def of_person(by: Context, person_id: UUID, *, at: datetime) -> list[PlaceRow]:
    """The person's entries that the reader may know of: those that go on first, the newest first."""
    entries = list(
        PlaceEntry.objects.select_related("activity", "occasion")
        .filter(person_id=person_id)
        .order_by("-joined_at", "id")
    )
    holds: dict[UUID, PlaceHold] = {}
    for hold in (
        PlaceHold.objects.select_related("occasion__provider").filter(person_id=person_id).order_by("offered_at")
    ):
        holds[hold.entry_id] = hold
    events: dict[UUID, list[PlaceEvent]] = defaultdict(list)
    for event in PlaceEvent.objects.select_related("occasion", "session").filter(person_id=person_id).order_by("order"):
        events[event.entry_id].append(event)
    told: dict[UUID, list[Told]] = defaultdict(list)
    for one in PlaceDisclosure.objects.filter(person_id=person_id).order_by("-given_at"):
        told[one.entry_id].append(_told(one))
    happened = [one for several in events.values() for one in several]
    noted = person_sessions.noted(person_id, happened)
    changed = person_sessions.changes(happened, since=at)
    rows = [
        _row(by, entry, holds.get(entry.id), events[entry.id], tuple(told[entry.id]), noted, changed, at)
        for entry in entries
    ]
    return sorted(rows, key=lambda row: row.is_over)


def _row(
    by: Context,
    entry: PlaceEntry,
    hold: PlaceHold | None,
    events: list[PlaceEvent],
    told: tuple[Told, ...],
    noted: dict[UUID, Noted],
    changed: dict[UUID, tuple[Change, ...]],
    at: datetime,
) -> PlaceRow:
    state = place_states.fold([one.kind for one in events]) or State.WAITING
    if hold and state in (State.OFFERED, State.DECIDED_UNANSWERED) and hold.answer_until <= at:
        state = State.WAITING  # its time is out; whoever writes next says so
    live = hold if hold and (hold.released_at is None or state is State.ENDED) and state is not State.WAITING else None
    return PlaceRow(
        entry_id=entry.id,
        code=entry.code,
        activity_id=entry.activity_id,
        activity=entry.activity.name,
        activity_code=entry.activity.code,
        state=state,
        joined_at=entry.joined_at,
        needed_date=entry.needed_date,
        joined_by=entry.joined_by,
        before=place_lists.before(by, entry.id) if state is State.WAITING else None,
        wanted=entry.occasion.name if entry.occasion else "",
        not_before=entry.not_before,
        hold_id=live.id if live else None,
        occasion=live.occasion.name if live else "",
        occasion_id=live.occasion_id if live else None,
        starts_on=live.occasion.starts_on if live else None,
        ends_on=live.occasion.ends_on if live else None,
        place_name=live.occasion.place_name if live else "",
        provider=live.occasion.provider.name if live else "",
        answer_until=live.answer_until if live else None,
        decider=entry.activity.decided_by_role,
        decided_date=live.decided_date if live else None,
        decision_number=live.decision_number if live else "",
        decided_by=live.decider_name if live else "",
        started_on=live.started_on if live else None,
        ended_on=live.ended_on if live else None,
        noted=noted.get(live.id, person_sessions.NOTHING) if live else person_sessions.NOTHING,
        changes=changed.get(live.id, ()) if live else (),
        lost=_lost(events),
        events=tuple(
            EventLine(
                one.kind,
                one.happened_at,
                one.said_by,
                one.occasion.name if one.occasion else "",
                one.reason_code,
                one.reason,
                one.session.starts_at if one.session else None,
            )
            for one in events
        ),
        told=told,
    )


def _lost(events: list[PlaceEvent]) -> Lost | None:
    """The newest place or offer that was taken from the person, until the person knows, is offered another or has left."""
    heard = (*place_states.LOST, "offer_known", "offered", "left", "gave_up")
    newest = next((one for one in reversed(events) if one.kind in heard), None)
    if newest is None or newest.kind not in place_states.LOST or newest.hold_id is None:
        return None
    occasion = newest.occasion.name if newest.occasion else ""
    return Lost(
        newest.hold_id,
        newest.kind == place_states.Event.CANCELLED,
        occasion,
        newest.reason,
        newest.said_by,
        newest.happened_at,
    )


def _told(one: PlaceDisclosure) -> Told:
    return Told(
        one.id, one.receiver, tuple(one.fields), one.given_at, one.given_by, one.shown_how, one.shown_date, one.ended_at
    )
