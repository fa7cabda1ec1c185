"""What reading the money of one clause gives, before it becomes a point."""

from dataclasses import dataclass, field

from samkraft.money.rules.decision_text.reading import Item


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an item that the text does not settle; becomes a question."""

    kind: str
    start: int
    end: int
    item: int | None = None


@dataclass(slots=True)
class Parsed:
    """The items of a clause, and where its parts stand as (kind, start, end)."""

    items: list[Item] = field(default_factory=list)
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    lost: list[tuple[int, int, str]] = field(default_factory=list)
    whole_ore: int | None = None
