"""A matter's money against the year's budget: what is new, what was decided before, what is left to explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Earlier:
    """What another matter has already taken of the same year's budget, in öre."""

    case_number: str
    title: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class YearSum:
    """One fund family and year. `budget_ore` is None when no source says it; `is_undecided` when there is none at all.

    `left_ore` is budget less what is new and earlier: above zero is left to explain, below zero is too much.
    `without_year_ore` is the part of the new money whose year is still a question.
    """

    family: str
    year: int
    new_ore: int
    earlier: tuple[Earlier, ...]
    budget_ore: int | None
    is_undecided: bool = False
    without_year_ore: int = 0

    @property
    def left_ore(self) -> int | None:
        """What is left to explain."""
        if self.budget_ore is None:
            return None
        return self.budget_ore - self.new_ore - sum(each.amount_ore for each in self.earlier)


def by_year(
    new: Mapping[tuple[UUID | None, int | None], int], families: Mapping[UUID, str]
) -> dict[tuple[str, int], tuple[int, int]]:
    """New money per family and year, with the part of it whose year is not answered.

    Money without a year is counted with the year that all the rest belongs to; where there are several, or none, it is
    left out, since no sum would be true.
    """
    found: dict[tuple[str, int], tuple[int, int]] = {}
    homeless: list[tuple[str, int]] = []
    for (fund, year), ore in new.items():
        family = families.get(fund, "") if fund else ""
        if year is None:
            homeless.append((family, ore))
            continue
        before = found.get((family, year), (0, 0))
        found[(family, year)] = (before[0] + ore, before[1])
    if len(found) == 1:
        place, (total, _unanswered) = next(iter(found.items()))
        extra = sum(ore for _family, ore in homeless)
        found[place] = (total + extra, extra)
    return found


def shown_first(sums: Sequence[YearSum]) -> list[YearSum]:
    """Those with a budget first, in order of year; a year without one only binds money to come."""
    return sorted(sums, key=lambda each: (each.is_undecided, each.year, each.family))
