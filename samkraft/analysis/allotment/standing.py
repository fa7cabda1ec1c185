"""A plan as it stands, for compiled loops: who has what, what is left of every limit, who holds each occasion."""

from typing import NamedTuple

import numba
import numpy as np

from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.pricing import IMPOSSIBLE
from samkraft.analysis.allotment.problem import Arrays, Floats, Ints, Longs, Problem

NEVER = 1e9  # a hard limit's violation, for comparing plans that break one


class Standing(NamedTuple):
    """`chosen` (U, most_stages) options or −1; `used` (O), `rows` (R), `shares` (V) what is used of each limit.

    `head` (O) and `after`, `before` (U·most_stages) are lists of slots (unit · most_stages + number) by occasion.
    """

    chosen: Longs
    used: Ints
    rows: Floats
    shares: Floats
    head: Longs
    after: Longs
    before: Longs


def empty(problem: Problem) -> Standing:
    """Nobody has anything."""
    a = problem.arrays
    stages = max(1, a.most_stages)
    slots = problem.units * stages
    return Standing(
        np.full((problem.units, stages), -1, np.int64),
        np.zeros(a.places.size, np.int32),
        np.zeros(a.limit.size),
        np.zeros(a.least.size),
        np.full(a.places.size, -1, np.int64),
        np.full(slots, -1, np.int64),
        np.full(slots, -1, np.int64),
    )


def of(problem: Problem, chosen: Longs) -> Standing:
    """The standing in which each unit has these options (U, most_stages)."""
    made = empty(problem)
    _put_all(problem.arrays, made, chosen)
    return made


@numba.njit(nogil=True, cache=True)
def _put_all(a: Arrays, s: Standing, chosen: Longs) -> None:  # pragma: no cover - compiled
    for unit in range(chosen.shape[0]):
        put(a, s, unit, chosen[unit])


@numba.njit(nogil=True, cache=True)
def put(a: Arrays, s: Standing, unit: int, options: Longs) -> None:  # pragma: no cover - compiled
    """Give a unit, which has nothing, these options."""
    for number in range(options.size):
        option = options[number]
        s.chosen[unit, number] = option
        if option < 0:
            continue
        where = a.occasion[option]
        s.used[where] += a.size[unit]
        for one in range(s.shares.size):
            s.shares[one] += a.share[one, option]
        if a.row_at.size > 1:
            for at in range(a.row_at[option], a.row_at[option + 1]):
                s.rows[a.row[at]] += a.weight[at]
        slot = unit * options.size + number
        s.after[slot] = s.head[where]
        s.before[slot] = -1
        if s.head[where] >= 0:
            s.before[s.head[where]] = slot
        s.head[where] = slot


@numba.njit(nogil=True, cache=True)
def take(a: Arrays, s: Standing, unit: int) -> None:  # pragma: no cover - compiled
    """Take back everything that a unit has."""
    stages = s.chosen.shape[1]
    for number in range(stages):
        option = s.chosen[unit, number]
        if option < 0:
            continue
        s.chosen[unit, number] = -1
        where = a.occasion[option]
        s.used[where] -= a.size[unit]
        for one in range(s.shares.size):
            s.shares[one] -= a.share[one, option]
        if a.row_at.size > 1:
            for at in range(a.row_at[option], a.row_at[option + 1]):
                s.rows[a.row[at]] -= a.weight[at]
        slot = unit * stages + number
        if s.before[slot] >= 0:
            s.after[s.before[slot]] = s.after[slot]
        else:
            s.head[where] = s.after[slot]
        if s.after[slot] >= 0:
            s.before[s.after[slot]] = s.before[slot]


@numba.njit(nogil=True, cache=True)
def open_now(a: Arrays, s: Standing, unit: int, value: Floats) -> None:  # pragma: no cover - compiled
    """Close the options that would break a hard limit, and let the others pay for the soft limits they would break."""
    base, last = a.stage_options[a.unit_stages[unit]], a.stage_options[a.unit_stages[unit + 1]]
    size = a.size[unit]
    for option in range(base, last):
        where = a.occasion[option]
        over = s.used[where] + size - a.places[where]
        if over > 0:
            if np.isinf(a.extra_price[where]):
                value[option - base] = IMPOSSIBLE
                continue
            value[option - base] -= min(over, size) * a.extra_price[where]
        if a.row_at.size > 1:
            for at in range(a.row_at[option], a.row_at[option + 1]):
                row = a.row[at]
                beyond = s.rows[row] + a.weight[at] - a.limit[row]
                if a.weight[at] > 0 and beyond > 1e-9:
                    if np.isinf(a.row_price[row]):
                        value[option - base] = IMPOSSIBLE
                        break
                    value[option - base] -= min(beyond, a.weight[at]) * a.row_price[row]


@numba.njit(nogil=True, cache=True)
def breaks(a: Arrays, s: Standing, unit: int, options: Longs) -> bool:  # pragma: no cover - compiled
    """Whether giving a unit these options together breaks a hard row, though each alone would not."""
    if a.row_at.size <= 1:
        return False
    for number in range(options.size):
        if options[number] < 0:
            continue
        for at in range(a.row_at[options[number]], a.row_at[options[number] + 1]):
            row = a.row[at]
            if not np.isinf(a.row_price[row]):
                continue
            whole = s.rows[row]
            for other in range(options.size):
                if options[other] >= 0:
                    for there in range(a.row_at[options[other]], a.row_at[options[other] + 1]):
                        if a.row[there] == row:
                            whole += a.weight[there]
            if whole > a.limit[row] + 1e-9 and a.weight[at] > 0:
                return True
    return False


@inner
def penalty(a: Arrays, s: Standing) -> float:  # pragma: no cover - compiled
    """What the limits that are exceeded cost; each unit of a hard one costs NEVER."""
    cost = 0.0
    if not np.isinf(a.extra_price[0]):
        for where in range(a.places.size):
            if s.used[where] > a.places[where]:
                cost += (s.used[where] - a.places[where]) * min(a.extra_price[where], NEVER)
    for row in range(a.limit.size):
        if s.rows[row] > a.limit[row] + 1e-9:
            cost += (s.rows[row] - a.limit[row]) * min(a.row_price[row], NEVER)
    for one in range(a.least.size):
        if s.shares[one] < a.least[one] - 1e-9:
            cost += (a.least[one] - s.shares[one]) * min(a.least_price[one], NEVER)
    return cost


@inner
def gained(a: Arrays, options: Longs) -> float:  # pragma: no cover - compiled
    """The gain of one chain."""
    whole = 0.0
    for option in options:
        if option >= 0:
            whole += a.gain[option]
    return whole


@inner
def unserved(a: Arrays, s: Standing) -> int:  # pragma: no cover - compiled
    """How many stages that must be had are not."""
    missing = 0
    for unit in range(a.size.size):
        last = -1
        for number in range(s.chosen.shape[1]):
            if s.chosen[unit, number] >= 0:
                last = number
        missing += max(0, a.need[unit] - 1 - last)
    return missing


@numba.njit(nogil=True, cache=True)
def value(a: Arrays, s: Standing) -> float:  # pragma: no cover - compiled
    """Gain less penalties; a stage that must be had and is not costs NEVER."""
    whole = 0.0
    for unit in range(a.size.size):
        whole += gained(a, s.chosen[unit])
    return whole - penalty(a, s) - NEVER * unserved(a, s)


def is_kept(problem: Problem, s: Standing) -> bool:
    """Whether every hard rule is kept."""
    return bool(value(problem.arrays, s) > -NEVER / 1e3) and not problem.impossible
