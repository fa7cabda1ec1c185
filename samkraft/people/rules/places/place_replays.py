"""Every offer that was ever made, made again from the events: was it to the next in line, and was each place held once?

Knows nothing of how the database decides. It goes through what happened in order and asks, at each offer, who stood before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules.places import place_states
from samkraft.people.rules.places.place_states import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One who waits or has waited. `wanted` is the occasion that was waited for when joining; None for any."""

    id: UUID
    person_id: UUID
    activity_id: UUID
    joined_at: datetime
    wanted: UUID | None
    not_before: date | None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """When it starts, and the first day that somebody who begins now would begin: later for running intake."""

    id: UUID
    starts_on: date
    is_running: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, with the day in Sweden on which it happened."""

    entry_id: UUID
    order: int
    kind: str
    at: datetime
    day: date
    occasion_id: UUID | None = None
    place_id: UUID | None = None


class Fault(StrEnum):
    """What can be found."""

    PASSED_SILENTLY = "passed_silently"
    HELD_TWICE = "held_twice"
    TWO_PLACES = "two_places"
    STATE_DIFFERS = "state_differs"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, with which entry, and beside whom or what."""

    fault: Fault
    entry_id: UUID
    other: UUID | None = None


ASKED_AGAIN = timedelta(days=14)
ClassOf = Callable[[Entry, date], int]
_ENDS = {Event.LEFT, Event.GAVE_UP, Event.REFUSED, Event.ENDED}
_RELEASES = _ENDS | {Event.DECLINED, Event.LAPSED, Event.TAKEN_BACK, Event.WITHDRAWN, Event.CANCELLED}
_RANK = {Event.JOINED: 0, Event.PASSED: 2, Event.PUT_BEFORE: 2, Event.OFFERED: 3, Event.ACCEPTED: 4, Event.DECIDED: 4,
         Event.STARTED: 5}  # fmt: skip


@dataclass(slots=True)
class _Desk:
    """What stands on the desk while the events are gone through."""

    waiting: dict[UUID, Entry] = field(default_factory=dict)
    wanted: dict[UUID, UUID | None] = field(default_factory=dict)
    holds: dict[UUID, Happening] = field(default_factory=dict)  # entry → the offer that is live
    places: dict[UUID, UUID] = field(default_factory=dict)  # place → the entry that holds it
    said_no: dict[tuple[UUID, UUID], datetime] = field(default_factory=dict)
    passed: set[tuple[UUID, datetime]] = field(default_factory=set)


def replay(
    entries: Mapping[UUID, Entry], occasions: Mapping[UUID, Occasion], events: Iterable[Happening], class_of: ClassOf
) -> list[Finding]:
    """Go through one activity's events in the order in which they happened, and say what should not have."""
    desk = _Desk()
    found: list[Finding] = []
    for event in sorted(events, key=lambda one: _key(one, entries, occasions, class_of)):
        kind = Event(event.kind)
        if kind is Event.JOINED:
            desk.waiting[event.entry_id] = entries[event.entry_id]
            desk.wanted[event.entry_id] = entries[event.entry_id].wanted
        elif kind is Event.OFFERED:
            found += _offered(desk, event, entries, occasions, class_of)
        elif kind in _RELEASES:
            _released(desk, event, kind)
        elif kind is Event.PASSED:
            desk.passed.add((event.entry_id, event.at))
        elif kind is Event.CHANGED:
            desk.wanted[event.entry_id] = None
    return found


def _offered(
    desk: _Desk, event: Happening, entries: Mapping[UUID, Entry], occasions: Mapping[UUID, Occasion], class_of: ClassOf
) -> list[Finding]:
    assert event.occasion_id is not None
    assert event.place_id is not None
    entry = entries[event.entry_id]
    found = []
    if event.place_id in desk.places:
        found.append(Finding(Fault.HELD_TWICE, entry.id, desk.places[event.place_id]))
    if event.entry_id in desk.holds or any(entries[one].person_id == entry.person_id for one in desk.holds):
        found.append(Finding(Fault.TWO_PLACES, entry.id))
    own = (class_of(entry, event.day), entry.joined_at, entry.id)
    found += [
        Finding(Fault.PASSED_SILENTLY, one.id, entry.id)
        for one in _line(desk.waiting.values(), desk, occasions[event.occasion_id], event.day, event.at, entries)
        if (class_of(one, event.day), one.joined_at, one.id) < own and (one.id, event.at) not in desk.passed
    ]
    desk.holds[entry.id] = event
    desk.places[event.place_id] = entry.id
    return found


def _line(
    waiting: Iterable[Entry], desk: _Desk, occasion: Occasion, day: date, at: datetime, entries: Mapping[UUID, Entry]
) -> list[Entry]:
    """Those who wait and could take a place in the occasion on that day."""
    first = max(occasion.starts_on, day) if occasion.is_running else occasion.starts_on
    busy = {entries[one].person_id for one in desk.holds}
    return [
        one
        for one in waiting
        if desk.wanted[one.id] in (None, occasion.id)
        and (one.not_before is None or one.not_before <= first)
        and one.person_id not in busy
        and not _has_said_no(desk, one.id, occasion, at)
    ]


def _has_said_no(desk: _Desk, entry_id: UUID, occasion: Occasion, at: datetime) -> bool:
    """A no holds for the occasion, and an offer taken back; where intake goes on without end, for two weeks."""
    said = desk.said_no.get((entry_id, occasion.id))
    return said is not None and (not occasion.is_running or said > at - ASKED_AGAIN)


def _released(desk: _Desk, event: Happening, kind: Event) -> None:
    offer = desk.holds.pop(event.entry_id, None)
    if offer is not None and offer.place_id is not None:
        desk.places.pop(offer.place_id, None)
        if kind in (Event.DECLINED, Event.LAPSED, Event.WITHDRAWN) and offer.occasion_id is not None:
            desk.said_no[event.entry_id, offer.occasion_id] = event.at
    if kind in _ENDS:
        desk.waiting.pop(event.entry_id, None)


def _key(
    event: Happening, entries: Mapping[UUID, Entry], occasions: Mapping[UUID, Occasion], class_of: ClassOf
) -> tuple[object, ...]:
    """In time; of what happened in one moment what frees comes before what is offered, and offers come in their order."""
    kind, entry = Event(event.kind), entries[event.entry_id]
    offered: tuple[object, ...] = ()
    if kind is Event.OFFERED and event.occasion_id is not None:
        occasion = occasions[event.occasion_id]
        offered = (occasion.starts_on, str(occasion.id), class_of(entry, event.day), entry.joined_at, str(entry.id))
    return (event.at, _RANK.get(kind, 1), offered, str(event.entry_id), event.order)


def why_state_differs(kinds: Sequence[str], *, has_live_hold: bool, has_left: bool, has_begun: bool) -> bool:
    """Whether what is kept about an entry says something else than its events."""
    state = place_states.fold(kinds)
    holding = state in (
        place_states.State.OFFERED,
        place_states.State.CONDITIONAL,
        place_states.State.DECIDED_UNANSWERED,
        place_states.State.GIVEN,
        place_states.State.ONGOING,
    )
    left = state in (place_states.State.LEFT, place_states.State.ENDED)
    begun = state is place_states.State.ONGOING
    return holding != has_live_hold or left != has_left or begun != has_begun
