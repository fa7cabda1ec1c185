"""What has happened in a case, as one area may know it: in three voices, and what is new since somebody last looked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules import contents
from samkraft.people.rules.contents import reading
from samkraft.people.rules.held import Held, latest, versions

PLAN_KINDS = ("need", "goal", "step", "plan_version", "agreement", "conclusion", "dissent", "correction")


class What(StrEnum):
    """What happened to a thing."""

    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not as before: its name in JSON, its Swedish label, and both values as stored."""

    key: str
    label: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: who said it in which voice, when, and what it changed from the version before."""

    held: Held
    what: What
    fields: tuple[FieldChange, ...]

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.held.occurred_at


def known_at(held: Held) -> datetime:
    """When the area came to know it: when it was written there, or when the copy came."""
    return held.received.at if held.received else held.written_at


def entries(contributions: Sequence[Held], *kinds: str) -> list[Entry]:
    """Every held version of these kinds (of the plan, when none are named), the latest first."""
    wanted = kinds or PLAN_KINDS
    found = [held for held in contributions if held.kind in wanted]
    by_lineage: dict[UUID, list[Held]] = {}
    for held in found:
        by_lineage.setdefault(held.lineage, []).append(held)
    made = [entry for lineage in by_lineage for entry in _of_lineage(versions(found, lineage))]
    return sorted(made, key=lambda entry: (entry.at, entry.held.written_at, str(entry.held.id)), reverse=True)


def changes_since(contributions: Sequence[Held], since: datetime, *kinds: str) -> list[Entry]:
    """What the area has come to know after a moment, each thing once, compared with what it knew then."""
    wanted = kinds or PLAN_KINDS
    found = []
    for newest in latest(held for held in contributions if held.kind in wanted):
        if known_at(newest) <= since:
            continue
        before = [held for held in versions(contributions, newest.lineage) if known_at(held) <= since]
        found.append(_entry(newest, before[-1] if before else None))
    return sorted(found, key=lambda entry: (known_at(entry.held), str(entry.held.id)), reverse=True)


def changed_fields(kind: str, before: Held | None, after: Held) -> tuple[FieldChange, ...]:
    """Which fields differ between two versions, in the order in which the kind declares them."""
    if before is None:
        return ()
    shape = contents.shape_of(kind)
    return tuple(
        FieldChange(key, reading.label_of(shape, key), before.content.get(key), after.content.get(key))
        for key in reading.keys_of(shape)
        if before.content.get(key) != after.content.get(key)
    )


def _of_lineage(held: Iterable[Held]) -> list[Entry]:
    made: list[Entry] = []
    before: Held | None = None
    for one in held:
        made.append(_entry(one, before))
        before = one
    return made


def _entry(held: Held, before: Held | None) -> Entry:
    what = What.NEW if before is None else What.CHANGED
    return Entry(held, what, changed_fields(held.kind, before, held))
