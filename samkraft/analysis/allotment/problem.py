"""An instance as arrays: units (people, or people who go together), their stages, their options, and rows of limits.

An *option* is one occasion in one stage of one unit. A *chain* is at most one option from each stage, in order. Limits
are of three kinds, and everything that couples units is one of them:

- an occasion's places (each option uses `size` of its unit);
- rows "at most": sum of weights of chosen options <= limit (pools, several things at once, clashes);
- shares "at least": sum over chosen options >= least (the floor, the value of a higher class).

What a single unit may do alone (order, gaps, eligibility, weeks away, locks) lies in which options there are, and in
the chain.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Arrays(NamedTuple):
    """The numbers that compiled loops read. U units, S stages in all, K options, O occasions, R rows, V shares.

    `unit_stages` (U+1) and `stage_options` (S+1) are where each unit's stages and each stage's options begin. `need` is
    how many of its stages a unit must have. `longest` -1 is no longest gap. `gain` (K) is benefit and what keeping a
    soft promise is worth. `extra_price`, `row_price`, `least_price` are infinite where the limit is hard. An option's
    rows are `row[row_at[k]:row_at[k+1]]`; `row_at` has length 1 when there are no rows. `share` is (V, K).
    """

    unit_stages: Ints
    size: Ints
    ready: Ints
    need: Ints
    stage_options: Longs
    gap: Ints
    longest: Ints
    may_skip: Flags
    occasion: Ints
    gain: Floats
    start: Ints
    end: Ints
    places: Ints
    extra_price: Floats
    row_at: Longs
    row: Ints
    weight: Floats
    limit: Floats
    row_price: Floats
    share: Floats
    least: Floats
    least_price: Floats
    weeks: int
    most_stages: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Arrays with what they stand for.

    `unit_people`: the people of each unit. `unit_tracks`: which of their tracks it is. `occasion_ids`: O names.
    `benefit` (K): what the option gives, without promises. `offset`: what broken promises cost when none is kept, so
    that value = sum of gain over chosen options + offset − what soft limits are exceeded by. `row_ids`, `share_ids`:
    the rule behind each. `promises`: option → (rule, price) of soft locks and holdings.
    """

    arrays: Arrays
    unit_people: tuple[tuple[str, ...], ...]
    unit_tracks: tuple[int, ...]
    occasion_ids: tuple[str, ...]
    benefit: Floats
    offset: float
    row_ids: tuple[str, ...]
    share_ids: tuple[str, ...]
    impossible: tuple[tuple[str, int, int], ...] = ()

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.unit_people)

    @property
    def options(self) -> int:
        """How many options there are in all."""
        return int(self.arrays.occasion.size)

    def stage_of(self, option: int) -> int:
        """The stage (numbered over all units) that an option belongs to."""
        return int(np.searchsorted(self.arrays.stage_options, option, side="right")) - 1

    def unit_of(self, option: int) -> int:
        """The unit that an option belongs to."""
        return int(np.searchsorted(self.arrays.unit_stages, self.stage_of(option), side="right")) - 1

    def is_plain(self) -> bool:
        """Whether this is a plain assignment: one stage each, one place each, no limits but places and locks."""
        a = self.arrays
        return bool(
            a.most_stages <= 1
            and not a.limit.size
            and not a.least.size
            and np.all(a.size == 1)
            and np.all(np.isinf(a.extra_price))
        )
