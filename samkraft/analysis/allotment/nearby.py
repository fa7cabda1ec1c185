"""Who is concerned when some give up places and others are pushed out: the neighbourhood in which a plan is mended. Compiled.

From those who moved it goes on, level by level, to whoever holds what they would nearly as soon have, and to whoever would
nearly as soon have what they leave; at the prices, and as long as only one stage of a chain changes.
"""

from typing import NamedTuple

import numba
import numpy as np

from samkraft.analysis.allotment.exchanges import between
from samkraft.analysis.allotment.prices import Prices
from samkraft.analysis.allotment.problem import Arrays, Floats, Ints, Longs, Problem
from samkraft.analysis.allotment.standing import Standing

LEVELS, LEAVING = 3, 20  # of each level so many at most are thought to leave what they have
FAR = 1e300
WITHIN = 0.05  # of what a place usually gives: how much somebody may lose by moving to one that is left


class Index(NamedTuple):
    """Options by occasion: those of occasion o are `option[at[o]:at[o + 1]]`. `stage` (K): the stage of each option,
    `unit` (S): the unit of each stage."""

    at: Longs
    option: Ints
    stage: Ints
    unit: Ints


def index(problem: Problem) -> Index:
    """Which options each occasion is in; some milliseconds for 700 000 options."""
    a = problem.arrays
    at = np.zeros(a.places.size + 1, np.int64)
    np.cumsum(np.bincount(a.occasion, minlength=a.places.size), out=at[1:])
    option = np.empty(a.occasion.size, np.int32)
    _sorted(a.occasion, at[:-1].copy(), option)
    stage = np.repeat(np.arange(a.stage_options.size - 1, dtype=np.int32), np.diff(a.stage_options))
    return Index(at, option, stage, np.repeat(np.arange(problem.units, dtype=np.int32), np.diff(a.unit_stages)))


def of(problem: Problem, where: Index, made: Standing, prices: Prices, moved: Longs, left: Longs, most: int) -> Longs:
    """At most so many units around those who moved, themselves included. `left`: occasions that they have left."""
    a = problem.arrays
    found = np.zeros(problem.units, np.bool_)
    found[moved] = True
    newest, within = moved, WITHIN * float(np.mean(a.gain[made.chosen[made.chosen >= 0]]))
    for level in range(LEVELS):
        cost = np.full(problem.units, FAR)
        _push(a, made, prices.all, newest, cost)
        _pull(a, where, made, prices.all, left, within, cost)
        cost[found] = FAR
        space = max(0, (most - int(found.sum())) // (LEVELS - level))
        newest = np.argsort(cost, kind="stable")[:space]
        newest = newest[cost[newest] < FAR]
        found[newest] = True
        held = made.chosen[newest[:LEAVING]]
        left = np.unique(a.occasion[held[held >= 0]]).astype(np.int64)
    return np.flatnonzero(found)


@numba.njit(nogil=True, cache=True)
def _sorted(occasion: Ints, at: Longs, option: Ints) -> None:  # pragma: no cover - compiled
    for one in range(occasion.size):
        where = occasion[one]
        option[at[where]] = one
        at[where] += 1


@numba.njit(nogil=True, cache=True, inline="always")
def _worth(
    a: Arrays, prices: tuple[Floats, Floats, Floats], unit: int, option: int
) -> float:  # pragma: no cover - compiled
    """What an option is worth after paying for its place, with what shares give for it."""
    worth = 0.0
    if option >= 0:
        worth = a.gain[option] - a.size[unit] * prices[0][a.occasion[option]]
        for one in range(prices[2].size):
            worth += prices[2][one] * a.share[one, option]
    return worth


@numba.njit(nogil=True, cache=True)
def _push(
    a: Arrays, s: Standing, prices: tuple[Floats, Floats, Floats], units: Longs, cost: Floats
) -> None:  # pragma: no cover - compiled
    """Lower the cost of everybody who holds a full occasion that one of these could have instead of something."""
    stages = s.chosen.shape[1]
    for unit in units:
        for number in range(a.unit_stages[unit + 1] - a.unit_stages[unit]):
            now, stage = s.chosen[unit, number], a.unit_stages[unit] + number
            worth = _worth(a, prices, unit, now)
            begins, latest, ends_first, ends_last, _must = between(a, s.chosen, unit, number)
            for option in range(a.stage_options[stage], a.stage_options[stage + 1]):
                where = a.occasion[option]
                if a.start[where] < begins or a.start[where] > latest:
                    continue
                if a.end[where] < ends_first or a.end[where] > ends_last or s.used[where] < a.places[where]:
                    continue
                lost = max(0.0, worth - _worth(a, prices, unit, option))
                slot = s.head[where]
                while slot >= 0:
                    cost[slot // stages] = min(cost[slot // stages], lost)
                    slot = s.after[slot]


@numba.njit(nogil=True, cache=True)
def _pull(
    a: Arrays,
    index: Index,
    s: Standing,
    prices: tuple[Floats, Floats, Floats],
    left: Longs,
    within: float,
    cost: Floats,
) -> None:  # pragma: no cover - compiled
    """Lower the cost of everybody who could have one of these occasions instead of something."""
    for where in left:
        for at in range(index.at[where], index.at[where + 1]):
            option = index.option[at]
            stage = index.stage[option]
            unit = index.unit[stage]
            number = stage - a.unit_stages[unit]
            lost = max(0.0, _worth(a, prices, unit, s.chosen[unit, number]) - _worth(a, prices, unit, option))
            if lost >= min(cost[unit], within):
                continue
            begins, latest, ends_first, ends_last, _must = between(a, s.chosen, unit, number)
            if a.start[where] < begins or a.start[where] > latest:
                continue
            if a.end[where] < ends_first or a.end[where] > ends_last:
                continue
            cost[unit] = lost
