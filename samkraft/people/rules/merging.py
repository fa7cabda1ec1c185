"""Two people changed the same thing at once: both texts side by side, field by field, so that nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samkraft.people.rules import contents
from samkraft.people.rules.contents import reading


class Side(StrEnum):
    """Who changed a field since both began from the same version."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH_ALIKE = "both_alike"
    BOTH = "both"  # differently: somebody has to choose


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field in the three forms: as both began, as it stands now, and as the second wrote it."""

    key: str
    label: str
    base: Any
    theirs: Any
    mine: Any
    side: Side

    @property
    def must_choose(self) -> bool:
        """Whether the two contradict each other."""
        return self.side is Side.BOTH

    @property
    def suggestion(self) -> Any:
        """What to write when nobody chooses otherwise: the one change there is, and the second's own where both changed."""
        return self.theirs if self.side in (Side.THEIRS, Side.NOBODY) else self.mine


@dataclass(frozen=True, slots=True)
class Merge:
    """All fields of one thing that two people changed at once."""

    kind: str
    fields: tuple[FieldMerge, ...]

    @property
    def differing(self) -> tuple[FieldMerge, ...]:
        """The fields to show side by side."""
        return tuple(field for field in self.fields if field.side is not Side.NOBODY)

    @property
    def to_choose(self) -> tuple[FieldMerge, ...]:
        """The fields where the two contradict each other."""
        return tuple(field for field in self.fields if field.must_choose)

    def merged(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """The content to write: each field as chosen, else as suggested. Choices for other fields are not looked at."""
        picked = {field.key: chosen.get(field.key, field.suggestion) for field in self.fields}
        return {key: value for key, value in picked.items() if value is not None}


def merge(kind: str, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """Put three forms of a content side by side: as both began, as it stands now, as the second wrote it."""
    shape = contents.shape_of(kind)
    return Merge(
        kind,
        tuple(
            FieldMerge(
                key,
                reading.label_of(shape, key),
                base.get(key),
                theirs.get(key),
                mine.get(key),
                _side(base.get(key), theirs.get(key), mine.get(key)),
            )
            for key in reading.keys_of(shape)
        ),
    )


def _side(base: Any, theirs: Any, mine: Any) -> Side:
    if theirs == mine:
        return Side.NOBODY if theirs == base else Side.BOTH_ALIKE
    if mine == base:
        return Side.THEIRS
    return Side.MINE if theirs == base else Side.BOTH
