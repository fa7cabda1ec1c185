"""Every indicator in every cell of team, month and sex at once, over all enrolments.

Truths without suppression: for the job, the proofs and the bench. What a person sees goes through `weighing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules import months
from samkraft.knowledge.rules.indicators import Indicator, Kind
from samkraft.knowledge.rules.populations import POPULATIONS, View

SEXES = 3
LONGEST = 1 << 12  # days that a median can tell of: eleven years


@dataclass(frozen=True, slots=True)
class Cube:
    """Cells in order of team, month and sex, sex running fastest. of: whom it is about; n: who is counted; median: days,
    NaN where nobody is."""

    of: NDArray[np.int64]
    n: NDArray[np.int64]
    median: NDArray[np.float64] | None


def count(view: View, chosen: Sequence[Indicator], *, teams: int, first_month: int, many_months: int) -> list[Cube]:
    """One cube for each indicator. teams: numbers from 1. Enrolments without a team or a month of these are left out."""
    populations: dict[str, NDArray[np.bool_]] = {}
    keys: dict[str, NDArray[np.int64]] = {}
    base = (view.team.astype(np.int64) - 1) * (many_months * SEXES) + view.sex
    cells, found = teams * many_months * SEXES, []
    in_a_team = (view.team >= 1) & (view.team <= teams)
    for one in chosen:
        if one.population not in populations:
            populations[one.population] = POPULATIONS[one.population](view) & in_a_team
        if one.month not in keys:
            month = months.index(view.columns[one.month]).astype(np.int64) - first_month
            inside = (month >= 0) & (month < many_months)
            keys[one.month] = np.where(inside, base + month * SEXES, -1)
        among = np.flatnonzero(populations[one.population])
        key = keys[one.month][among]
        if (key < 0).any():
            among, key = among[key >= 0], key[key >= 0]
        of = np.bincount(key, minlength=cells)
        n = of if one.hits is None else np.bincount(key[one.hits(view)[among]], minlength=cells)
        median = _medians(key, one.value(view)[among], of) if one.kind is Kind.MEDIAN and one.value else None
        found.append(Cube(of, n, median))
    return found


def _medians(key: NDArray[np.int64], days: NDArray[np.int16], of: NDArray[np.int64]) -> NDArray[np.float64]:
    """The middle value of each cell: cell and days as one number, sorted once."""
    together = np.sort(key * LONGEST + np.clip(days, 0, LONGEST - 1))
    begins = np.concatenate([[0], np.cumsum(of)[:-1]])
    there = of > 0
    found = np.full(len(of), np.nan)
    low, high = begins[there] + (of[there] - 1) // 2, begins[there] + of[there] // 2
    found[there] = ((together[low] & (LONGEST - 1)) + (together[high] & (LONGEST - 1))) / 2
    return found
