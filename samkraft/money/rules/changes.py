"""What a decision changed in what was proposed, amount by amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samkraft.money.rules.points import GIVES_MONEY
from samkraft.money.rules.posting import PointDraft


@dataclass(frozen=True, slots=True)
class Change:
    """One receiver and year of a point. None where the one side has no such row, or does not say the amount."""

    point: str
    receiver_id: UUID | None
    receiver_words: str
    year: int | None
    proposed_ore: int | None
    decided_ore: int | None

    @property
    def difference_ore(self) -> int:
        """Decided less proposed; what is missing on one side counts as nothing."""
        return (self.decided_ore or 0) - (self.proposed_ore or 0)


def between(proposed: Iterable[PointDraft], decided: Iterable[PointDraft]) -> list[Change]:
    """Every difference in money, in order of the proposal's points and then what the decision added."""
    before, after = _amounts(proposed), _amounts(decided)
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        was, now = before.get(key), after.get(key)
        if was != now:
            number, receiver, words, year, _place = key
            found.append(Change(number, receiver, words, year, was, now))
    return found


_Key = tuple[str, UUID | None, str, int | None, int]


def _amounts(points: Iterable[PointDraft]) -> dict[_Key, int | None]:
    """Amounts by point, receiver and year; a receiver who comes twice in a point is kept apart by place."""
    found: dict[_Key, int | None] = {}
    for point in points:
        if point.verb not in GIVES_MONEY:
            continue
        for item in point.items:
            words = "" if item.receiver_id else item.receiver_words
            place = 0
            while (key := (point.number, item.receiver_id, words, item.year, place)) in found:
                place += 1
            found[key] = item.amount_ore
    return found
