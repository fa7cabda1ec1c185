"""Make a plan better: take back a few neighbouring places and give them anew by price, again and again. Compiled.

Neighbours are found by following wishes: somebody's best chain at the present prices, those who hold its full
occasions, their best chains in turn. What is taken back is given anew with the best chain by price among what is open.
A change that lessens the value is sometimes kept, ever more seldom (simulated annealing); hard limits are never broken,
and a floor that is not yet kept only comes nearer.

After P. Shaw (1998), Using constraint programming and local search methods to solve vehicle routing problems, and
S. Kirkpatrick et al. (1983), Optimization by simulated annealing.
"""

import numba
import numpy as np

from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.pricing import best_chain, priced, widest
from samkraft.analysis.allotment.problem import Arrays, Floats, Longs
from samkraft.analysis.allotment.standing import NEVER, Standing, breaks, gained, open_now, penalty, put, take, unserved

MOST_TAKEN = 24


@numba.njit(nogil=True, cache=True)
def chance(state: Longs) -> float:  # pragma: no cover - compiled
    """The next number in [0, 1) of an xorshift generator; `state` (1) is its seed and is moved on."""
    x = np.uint64(state[0])
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = np.int64(x)
    return float(x >> np.uint64(11)) / 9007199254740992.0


@numba.njit(nogil=True, cache=True)
def give(
    a: Arrays,
    s: Standing,
    unit: int,
    prices: tuple[Floats, Floats, Floats],
    room: tuple[Floats, Longs, Floats, Longs],
) -> None:  # pragma: no cover - compiled
    """Give a unit, which has nothing, its best chain by price among what is open."""
    scratch, options, work, came = room
    priced(a, unit, prices[0], prices[1], prices[2], scratch)
    open_now(a, s, unit, scratch)
    best_chain(a, unit, scratch, options, work, came)
    while breaks(a, s, unit, options):
        for number in range(options.size - 1, -1, -1):
            if options[number] >= 0:
                options[number] = -1
                break
    put(a, s, unit, options)


@numba.njit(nogil=True, cache=True)
def sweep(a: Arrays, s: Standing, units: Longs, changed: Longs) -> int:  # pragma: no cover - compiled
    """Let each of these units in turn have what is better for them among what is open, whatever it is priced at.

    Prices leave a place empty when it is worth less than its price to all who could have it. Here it is taken. Nobody
    loses anything, and what it costs in soft limits and floors is less than what is gained. `changed` (U) gets
    who has something else; returns how many.
    """
    stages = s.chosen.shape[1]
    scratch, options, old = np.empty(widest(a)), np.empty(stages, np.int64), np.empty(stages, np.int64)
    work, came = np.empty((4, a.weeks + 1)), np.empty((stages + 1, 2, a.weeks + 1), np.int64)
    present = penalty(a, s) + NEVER * unserved(a, s)
    many = 0
    for one in units:
        unit = np.int64(one)
        for number in range(stages):
            old[number] = s.chosen[unit, number]
        take(a, s, unit)
        for i in range(a.stage_options[a.unit_stages[unit + 1]] - a.stage_options[a.unit_stages[unit]]):
            scratch[i] = a.gain[a.stage_options[a.unit_stages[unit]] + i]
        open_now(a, s, unit, scratch)
        best_chain(a, unit, scratch, options, work, came)
        won = gained(a, options) - gained(a, old)
        if won <= 1e-9 or breaks(a, s, unit, options):
            put(a, s, unit, old)
            continue
        put(a, s, unit, options)
        after = penalty(a, s) + NEVER * unserved(a, s)
        if won <= after - present + 1e-9:
            take(a, s, unit)
            put(a, s, unit, old)
        else:
            present = after
            changed[many] = unit
            many += 1
    return many


@inner
def _follow(
    a: Arrays,
    s: Standing,
    seed_unit: int,
    most: int,
    prices: tuple[Floats, Floats, Floats],
    room: tuple[Floats, Longs, Floats, Longs],
    taken: Longs,
    state: Longs,
) -> int:  # pragma: no cover - compiled
    """Fill `taken` with neighbouring units, beginning with `seed_unit`; returns how many."""
    scratch, options, work, came = room
    taken[0] = seed_unit
    many, at = 1, 0
    stages = options.size
    while at < many and many < most:
        unit = taken[at]
        at += 1
        priced(a, unit, prices[0], prices[1], prices[2], scratch)
        wide = a.stage_options[a.unit_stages[unit + 1]] - a.stage_options[a.unit_stages[unit]]
        for i in range(wide):
            scratch[i] += 0.3 * chance(state) - 0.15
        best_chain(a, unit, scratch, options, work, came)
        for number in range(stages):
            if options[number] < 0 or many >= most:
                continue
            where = a.occasion[options[number]]
            if s.used[where] + a.size[unit] <= a.places[where]:
                continue
            slot = s.head[where]
            while slot >= 0 and many < most:
                other = slot // stages
                slot = s.after[slot]
                if chance(state) < 0.6:
                    known = False
                    for i in range(many):
                        known = known or taken[i] == other
                    if not known:
                        taken[many] = other
                        many += 1
    return many


@inner
def _keep(chosen: Longs, best: Longs) -> None:  # pragma: no cover - compiled
    """One by one: for a slice that is assigned to a slice all that could be wrong with it is compiled too."""
    for unit in range(chosen.shape[0]):
        for number in range(chosen.shape[1]):
            best[unit, number] = chosen[unit, number]


@numba.njit(nogil=True, cache=True)
def improve(
    a: Arrays,
    s: Standing,
    prices: tuple[Floats, Floats, Floats],
    best: Longs,
    rounds: int,
    warmth: tuple[float, float],
    state: Longs,
    within: Longs,
) -> float:  # pragma: no cover - compiled
    """Change the standing for so many rounds; `best` (U, most_stages) gets the best plan met. Returns its value.

    `warmth` is the temperature at first and at last, in benefit. `within` are the units to begin from.
    """
    units, stages = s.chosen.shape
    room = (
        np.empty(widest(a)),
        np.empty(stages, np.int64),
        np.empty((4, a.weeks + 1)),
        np.empty((stages + 1, 2, a.weeks + 1), np.int64),
    )
    taken = np.empty(MOST_TAKEN, np.int64)
    old = np.empty((MOST_TAKEN, stages), np.int64)
    limited = a.limit.size + a.least.size > 0 or not np.isinf(a.extra_price[0])
    must, gain = False, 0.0
    for unit in range(units):
        must = must or a.need[unit] > 0
        gain += gained(a, s.chosen[unit])
    present = gain - penalty(a, s) - NEVER * unserved(a, s)
    top = present
    _keep(s.chosen, best)
    cooling = (warmth[1] / warmth[0]) ** (1.0 / max(1, rounds))
    warm = warmth[0]
    for _ in range(rounds):
        warm *= cooling
        most = 2 + int(chance(state) ** 2 * (MOST_TAKEN - 2))
        seed_unit = within[int(chance(state) * within.size)]
        many = _follow(a, s, seed_unit, most, prices, room, taken, state)
        lost = 0.0
        for i in range(many):
            old[i] = s.chosen[taken[i]]
            lost += gained(a, old[i])
            take(a, s, taken[i])
        for i in range(many - 1):
            j = i + int(chance(state) * (many - i))
            if i == 0 and chance(state) < 0.5:
                j = 0
            taken[i], taken[j] = taken[j], taken[i]
            for number in range(stages):
                old[i, number], old[j, number] = old[j, number], old[i, number]
        won = 0.0
        for i in range(many):
            give(a, s, taken[i], prices, room)
            won += gained(a, s.chosen[taken[i]])
        after = gain - lost + won
        if limited:
            after -= penalty(a, s)
        if must:
            after -= NEVER * unserved(a, s)
        if after >= present or (present - after < 30 * warm and chance(state) < np.exp((after - present) / warm)):
            gain += won - lost
            present = after
            if present > top + 1e-9:
                top = present
                _keep(s.chosen, best)
        else:
            for i in range(many):
                take(a, s, taken[i])
            for i in range(many):
                put(a, s, taken[i], old[i])
    return top
