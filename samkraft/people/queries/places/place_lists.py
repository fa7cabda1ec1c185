"""Queues, places and lists, each as its reader may know it: numbers for everybody, codes for the coordinator and provider.

Asked inside the reader's context: the database answers whoever the transaction says is asking.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.people.models import PlaceEvent
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class InQueue:
    """An entry as the place coordinator sees it. `place` is its exact place among those who wait, from 1; None with an offer.

    `priority_class` 99: none of the criteria. `told` is what was disclosed to the coordinator; empty when nothing was.
    """

    entry_id: UUID
    code: str
    priority_class: int
    joined_at: datetime
    needed_date: date
    wanted_occasion: UUID | None
    not_before: date | None
    place: int | None
    hold_id: UUID | None
    occasion_id: UUID | None
    place_number: int | None
    offered_at: datetime | None
    answer_until: datetime | None
    accepted_at: datetime | None
    decided_date: date | None
    started_on: date | None
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many places an occasion has, and how many nobody holds."""

    occasion_id: UUID
    places: int
    free: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for an activity, are offered a place, have said yes, and of those how many await a decision."""

    activity_id: UUID
    waiting: int
    offered: int
    given: int
    undecided: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Resting:
    """Why somebody is not asked now: declined, lapsed or withdrawn. `until` None: not again about this occasion."""

    because: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One who has a place on the day of a session, as the provider sees it. `presence` empty: nothing noted yet."""

    hold_id: UUID
    code: str
    told: Mapping[str, Any]
    presence: str
    version: int


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A place that waits for the reader's decision. `is_own`: the entry belongs to the reader's own area."""

    hold_id: UUID
    person_id: UUID
    activity_id: UUID
    occasion_id: UUID
    code: str
    offered_at: datetime
    accepted_at: datetime | None
    answer_until: datetime
    told: Mapping[str, Any]
    is_own: bool


def queue(by: Context, activity_id: UUID) -> list[InQueue]:
    """Those who wait, first in line first, then those who have or are offered a place. Empty for all but the coordinator."""
    return _ask(InQueue, "people_place_queue", activity_id)


def resting(by: Context, occasion_id: UUID) -> dict[UUID, Resting]:
    """Those who wait and are not asked about this occasion now, since they said no, did not answer, or lost the
    offer; by entry.

    Empty for all but the coordinator.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_place_resting(%s)", [occasion_id])
        return {entry: Resting(said, until) for entry, said, until in cursor.fetchall()}


def numbers(by: Context) -> list[Numbers]:
    """Places and free places of every occasion that has any."""
    return _ask(Numbers, "people_place_numbers")


def waiting(by: Context) -> list[Waiting]:
    """How many wait for each activity that anybody waits for or has a place in."""
    return _ask(Waiting, "people_place_waiting")


def roll(by: Context, session_id: UUID) -> list[OnRoll]:
    """Those who have a place on the day of a session; empty for all but its provider."""
    return _ask(OnRoll, "people_place_roll", session_id)


def to_decide(by: Context) -> list[ToDecide]:
    """What waits for the reader's decision, the oldest offer first."""
    return _ask(ToDecide, "people_place_to_decide")


def before(by: Context, entry_id: UUID) -> int | None:
    """How many stand before an entry of the own area; None when it does not wait, or is not for the reader."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_place_before(%s)", [entry_id])
        found: int | None = cursor.fetchone()[0]
    return found


def to_follow(by: Context) -> list[UUID]:
    """Entries that the reader made for a step of the plan, and that something happened with in the last days."""
    recent = PlaceEvent.objects.filter(
        entry__joined_membership_id=by.membership_id,
        entry__step__isnull=False,
        happened_at__gte=timezone.now() - timedelta(days=3),
    )
    return sorted(set(recent.values_list("entry_id", flat=True)))


def _ask(shape: Any, function: str, *arguments: object) -> list[Any]:
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({places})", arguments)  # noqa: S608 - the name is ours
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    assert names == [one.name for one in fields(shape)]
    return [shape(*_filled(names, row)) for row in rows]


def _filled(names: list[str], row: tuple[Any, ...]) -> list[Any]:
    empty = {"told": {}, "presence": "", "version": 0}
    read = (
        json.loads(value) if name == "told" and isinstance(value, str) else value
        for name, value in zip(names, row, strict=True)
    )
    return [empty.get(name) if value is None else value for name, value in zip(names, read, strict=True)]
