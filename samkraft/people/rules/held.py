"""What one secrecy area holds about a person: the only thing that folds over a case are given.

A held contribution was either written in the area itself or received from another under a disclosure. What was never
given is not among them, so nothing that is worked out from them can count it, order by it or hint at it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Received:
    """How a copy came: from which area, when, on what basis; and when that basis was taken back, if it was.

    A copy whose consent was withdrawn stays, read-only and marked. Newer versions of it do not come.
    """

    from_area_id: UUID
    at: datetime
    basis: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One version of one contribution, as the area holds it.

    `lineage` is the same over all versions and copies of the same thing; `version` counts from 1 and carries the whole
    content. `voice` is staff, participant or partner. `occurred_at` is when it happened, `written_at` when it was written
    down. `withheld_ground` says why the participant may not see it, by whose decision in `withheld_by`; empty when nothing is
    withheld. `enrolment_id` is None for what holds whatever the person takes part in, such as the name.
    """

    id: UUID
    lineage: UUID
    version: int
    kind: str
    category: str
    content: Mapping[str, Any]
    voice: str
    area_id: UUID
    author_area_id: UUID
    author_name: str
    author_role: str
    occurred_at: datetime
    written_at: datetime
    received: Received | None = None
    withheld_ground: str = ""
    enrolment_id: UUID | None = None
    author_membership_id: UUID | None = None
    withheld_by: str = ""


def latest(contributions: Iterable[Held], *kinds: str) -> list[Held]:
    """The newest held version of each lineage, oldest thing first; only of the kinds, when kinds are named."""
    newest: dict[UUID, Held] = {}
    for held in contributions:
        if kinds and held.kind not in kinds:
            continue
        known = newest.get(held.lineage)
        if known is None or held.version > known.version:
            newest[held.lineage] = held
    return in_order(newest.values())


def newest(contributions: Iterable[Held], kind: str) -> Held | None:
    """The one of a kind that happened last, by its newest version: the team, the lead, the phase that holds."""
    found = latest(contributions, kind)
    return max(found, key=lambda held: (held.occurred_at, held.written_at, held.id)) if found else None


def of_enrolment(contributions: Iterable[Held], enrolment_id: UUID) -> list[Held]:
    """What belongs to one enrolment, or to the person whatever the enrolment."""
    return [held for held in contributions if held.enrolment_id in (None, enrolment_id)]


def of_present(contributions: Iterable[Held], enrolment_id: UUID) -> list[Held]:
    """What belongs to an enrolment and to those that go on beside it in the same initiative.

    Two areas may have enrolled the same person without knowing of each other; when they later tell each other, it is one
    way and not two. An earlier enrolment that was left is not among them.
    """
    contributions = list(contributions)
    initiatives = {held.enrolment_id: held.content.get("initiative_id") for held in latest(contributions, "enrolled")}
    beside = {
        other
        for other, initiative in initiatives.items()
        if initiative == initiatives.get(enrolment_id) and not is_left(contributions, other)
    }
    return [held for held in contributions if held.enrolment_id in {None, enrolment_id, *beside}]


def is_left(contributions: Iterable[Held], enrolment_id: UUID | None) -> bool:
    """Whether the person has left the enrolment, and not come back after a promise that was not kept."""
    left = newest((held for held in contributions if held.enrolment_id == enrolment_id), "exit")
    return left is not None and left.content.get("promise_kept") is not False


def in_order(contributions: Iterable[Held]) -> list[Held]:
    """By when it happened, then by when it was written, then by version; the same order whoever asks."""
    return sorted(contributions, key=lambda held: (held.occurred_at, held.written_at, str(held.lineage), held.version))


def versions(contributions: Iterable[Held], lineage: UUID) -> list[Held]:
    """Every held version of one thing, oldest first. Versions that were never received are not there."""
    return sorted((held for held in contributions if held.lineage == lineage), key=lambda held: held.version)
