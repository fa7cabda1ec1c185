"""From fractions to a plan: fix those who are nearly settled, price anew for the rest, again and again.

Only some of those who remain are settled in a round, fewer towards the end. What they leave of every limit
is what the others are priced with, so that the shares (a floor, a higher class) steer until the last.
"""

from collections.abc import Callable

import numba
import numpy as np

from samkraft.analysis.allotment import pricing, standing
from samkraft.analysis.allotment.improving import give
from samkraft.analysis.allotment.prices import Asking, Found, Prices, Trail, find
from samkraft.analysis.allotment.problem import Arrays, Flags, Floats, Ints, Longs, Problem
from samkraft.analysis.allotment.standing import Standing, put


def dive(
    problem: Problem,
    found: Found,
    *,
    settle: float = 0.3,
    late: float = 0.08,
    rounds_of_pricing: int = 120,
    patience: int = 20,
    is_over: Callable[[], bool] = lambda: False,
) -> Standing:
    """A plan from the trail of prices that were found.

    At most `settle` of the remaining units are fixed in a round, `late` of them when fewer than half remain.
    """
    made = standing.empty(problem)
    remaining = np.arange(problem.units, dtype=np.int32)
    trail, prices = found.trail, found.prices
    everybody = remaining.size
    while remaining.size:
        settled, chains = _settled(trail, remaining, settle if remaining.size > everybody / 2 else late)
        placed = _place(problem.arrays, made, settled, chains)
        remaining = remaining[~np.isin(remaining, settled[placed])]
        if not remaining.size or is_over() or (not placed.any() and remaining.size < 20):
            break
        asking = Asking(problem, remaining, _left(problem, made))
        try:
            bound = asking.at(prices).bound
            again = find(
                asking, prices, target=bound - 0.01 * abs(bound), most=rounds_of_pricing, pace=0.1, memory=0.1, keep=100,
                patience=patience, shorter=0.66, stalled=0.0,
            )  # fmt: skip
        finally:
            asking.close()
        trail, prices = again.trail, again.prices
    room = rooms(problem)
    for unit in remaining:
        give(problem.arrays, made, int(unit), (prices.place, prices.row, prices.share), room)
    return made


def rooms(problem: Problem) -> tuple[Floats, Longs, Floats, Longs]:
    """Room for compiled loops to work in."""
    a = problem.arrays
    stages = max(1, a.most_stages)
    return (
        np.empty(pricing.widest(a)),
        np.empty(stages, np.int64),
        np.empty((4, a.weeks + 1)),
        np.empty((stages + 1, 2, a.weeks + 1), np.int64),
    )


def _left(problem: Problem, made: Standing) -> Prices:
    a = problem.arrays
    return Prices(np.maximum(a.places - made.used, 0).astype(np.float64), a.limit - made.rows, a.least - made.shares)


def _settled(trail: Trail, remaining: Ints, most: float) -> tuple[Ints, Longs]:
    """The units to fix now, surest first, and the chain of each."""
    history = np.stack(trail.chosen)[:, remaining]
    share, which = _commonest(history, np.array(trail.weights))
    order = np.argsort(-share, kind="stable")
    count = max(10, int(most * remaining.size))
    order = order[:count]
    return remaining[order], history[which[order], order]


@numba.njit(nogil=True, cache=True)
def _commonest(history: Longs, weights: Floats) -> tuple[Floats, Longs]:  # pragma: no cover - compiled
    """For each unit the largest total weight of one and the same chain, and an answer in which it stands."""
    many, units, stages = history.shape
    share = np.zeros(units)
    which = np.zeros(units, np.int64)
    whole = 0.0
    for weight in weights:
        whole += weight
    for unit in range(units):
        seen = np.empty(many, np.int64)
        total = np.zeros(many)
        kinds = 0
        for at in range(many):
            found = -1
            for kind in range(kinds):
                same = True
                for number in range(stages):
                    if history[seen[kind], unit, number] != history[at, unit, number]:
                        same = False
                        break
                if same:
                    found = kind
                    break
            if found < 0:
                found = kinds
                seen[kinds] = at
                kinds += 1
            total[found] += weights[at]
        top = np.argmax(total[:kinds])
        share[unit] = total[top] / whole
        which[unit] = seen[top]
    return share, which


@numba.njit(nogil=True, cache=True)
def _place(a: Arrays, s: Standing, units: Ints, chains: Longs) -> Flags:  # pragma: no cover - compiled
    """Give each unit its chain if it fits in what is left; which of them got it."""
    placed = np.zeros(units.size, np.bool_)
    for at in range(units.size):
        fits = True
        for number in range(chains.shape[1]):
            option = chains[at, number]
            if option < 0:
                continue
            where = a.occasion[option]
            if s.used[where] + a.size[units[at]] > a.places[where]:
                fits = False
            if a.row_at.size > 1:
                for one in range(a.row_at[option], a.row_at[option + 1]):
                    if a.weight[one] > 0 and s.rows[a.row[one]] + a.weight[one] > a.limit[a.row[one]] + 1e-9:
                        fits = False
        if fits:
            put(a, s, np.int64(units[at]), chains[at])
            placed[at] = True
    return placed
