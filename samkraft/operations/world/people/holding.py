"""What an area has written, what it keeps beside that, and what a consent lets it hand over, while a life is carried out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.operations.world.people.deeds import Write
from samkraft.operations.world.people.tables import NOTHING
from samkraft.people.rules.held import Held


@dataclass(slots=True)
class Original:
    """The newest version of something that an area wrote itself."""

    id: str
    area: str
    category: str
    lineage: str
    version: int
    cells: tuple[str, ...]  # from kind to withheld_by, as every copy has them
    part: Held | None = None  # as a fold of the plan reads it
    left: dict[str, Any] | None = None  # what an exit says
    handed_to: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Detail:
    """What is said beside a thing, in the category that it reveals."""

    lineage: str
    category: str
    version: int
    said: dict[str, Any]


@dataclass(slots=True)
class Scope:
    """One category of one consent, until it is written down as a row."""

    id: str
    consent_id: str
    from_area: str
    to_area: str
    category: str
    start: datetime
    end: datetime
    withdrawn: tuple[str, str, str] = (NOTHING, "", "")

    def stands(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.withdrawn[0] == NOTHING and self.start <= at < self.end


def as_held(deed: Write, one: Original, stored: dict[str, Any]) -> Held:
    """A part of the plan as a fold reads it."""
    return Held(
        id=UUID(one.id), lineage=UUID(one.lineage), version=one.version, kind=deed.kind, category=one.category,
        content=stored, voice=deed.voice, area_id=UUID(one.area), author_area_id=UUID(one.area),
        author_name=deed.by.name, author_role=deed.by.role, occurred_at=deed.occurred_at or deed.at, written_at=deed.at,
    )  # fmt: skip
