"""Every chain of a unit that is nearly as good, at given prices, as its best. Compiled.

`onward[n, e]` is the best value of what may still be taken from stage n on when what was taken last ended in week e − 1, or
nothing was taken (e = 0). With it a walk through the stages turns back as soon as a chain cannot come near.
"""

import numba
import numpy as np

from samkraft.analysis.allotment.chains import Chains
from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.prices import Prices
from samkraft.analysis.allotment.pricing import IMPOSSIBLE, priced, widest
from samkraft.analysis.allotment.problem import Arrays, Floats, Ints, Longs, Problem


def of(problem: Problem, units: Ints, prices: Prices, within: float, most: int) -> Chains:
    """The chains of these units that are worth, after paying, at most `within` less than each unit's best.

    At most `most` of one unit; of a unit with more, those within half as much, and so on. The empty chain is not among
    them.
    """
    a = problem.arrays
    stages = max(1, a.most_stages)
    owner, options = np.empty(units.size * most, np.int32), np.full((units.size * most, stages), -1, np.int64)
    found = _collect(a, units, prices.place, prices.row, prices.share, within, most, owner, options)
    chosen = options[:found]
    gain = np.where(chosen >= 0, a.gain[chosen], 0.0).sum(axis=1)
    return Chains(owner[:found].copy(), chosen.copy(), gain)


@numba.njit(nogil=True, cache=True)
def _collect(
    a: Arrays,
    units: Ints,
    place_price: Floats,
    row_price: Floats,
    share_price: Floats,
    within: float,
    most: int,
    owner: Ints,
    options: Longs,
) -> int:  # pragma: no cover - compiled
    value = np.empty(widest(a))
    stages = options.shape[1]
    onward = np.empty((stages + 1, a.weeks + 1))
    at, ended = np.empty(stages + 1, np.int64), np.empty(stages + 1, np.int64)
    worth, taken = np.empty(stages + 1), np.empty(stages, np.int64)
    found = 0
    for one in units:
        unit = np.int64(one)
        priced(a, unit, place_price, row_price, share_price, value)
        top = _onward(a, unit, value, onward)
        if top == IMPOSSIBLE:
            continue
        room = within
        many = most
        while True:
            many = _walk(a, unit, value, onward, top - room, most, options[found:], at, ended, worth, taken)
            if many < most or room < 1e-9:
                break
            room /= 2
        owner[found : found + many] = unit
        found += many
    return found


@inner
def _onward(a: Arrays, unit: int, value: Floats, onward: Floats) -> float:  # pragma: no cover - compiled
    """Fill `onward` from the last stage to the first; returns the value of the unit's best chain."""
    first = a.unit_stages[unit]
    many = a.unit_stages[unit + 1] - first
    base = a.stage_options[first]
    for week in range(a.weeks + 1):
        onward[many, week] = 0.0
    for number in range(many - 1, -1, -1):
        stage = first + number
        for week in range(a.weeks + 1):
            best = 0.0 if number >= a.need[unit] else IMPOSSIBLE
            if a.may_skip[stage] and onward[number + 1, week] > best:
                best = onward[number + 1, week]
            for option in range(a.stage_options[stage], a.stage_options[stage + 1]):
                here = value[option - base]
                if here > IMPOSSIBLE and _fits(a, unit, stage, a.start[a.occasion[option]], week):
                    after = onward[number + 1, a.end[a.occasion[option]] + 1]
                    if after > IMPOSSIBLE and here + after > best:
                        best = here + after
            onward[number, week] = best
    return float(onward[0, 0])


@inner
def _fits(a: Arrays, unit: int, stage: int, begins: int, week: int) -> bool:  # pragma: no cover - compiled
    """Whether something that begins then may follow what ended in week − 1 (nothing, when week is 0)."""
    if week == 0:
        return bool(begins >= a.ready[unit])
    late = a.longest[stage] >= 0 and begins > week - 1 + a.longest[stage]
    return bool(begins >= week - 1 + a.gap[stage] and not late)


@inner
def _walk(
    a: Arrays,
    unit: int,
    value: Floats,
    onward: Floats,
    least: float,
    most: int,
    options: Longs,
    at: Longs,
    ended: Longs,
    worth: Floats,
    taken: Longs,
) -> int:  # pragma: no cover - compiled
    """Write down the unit's chains worth at least `least`; returns how many, `most` when there may be more.

    `at[n]` is the next option to try in stage n; one past the last stands for skipping the stage.
    """
    first = a.unit_stages[unit]
    stages = a.unit_stages[unit + 1] - first
    base = a.stage_options[first]
    number, found = 0, 0
    at[0], ended[0], worth[0] = a.stage_options[first], 0, 0.0
    while number >= 0:
        stage = first + number
        last = a.stage_options[stage + 1]
        option = at[number]
        at[number] += 1
        if option > last:
            number -= 1
            continue
        if option == last:
            taken[number] = -1
            if not a.may_skip[stage] or number + 1 >= stages:
                continue
            ended[number + 1], worth[number + 1] = ended[number], worth[number]
        else:
            here = value[option - base]
            where = a.occasion[option]
            if here == IMPOSSIBLE or not _fits(a, unit, stage, a.start[where], ended[number]):
                continue
            so_far = worth[number] + here
            after = onward[number + 1, a.end[where] + 1]
            if after == IMPOSSIBLE or so_far + max(after, 0.0) < least:
                continue
            taken[number] = option
            if number + 1 >= a.need[unit] and so_far >= least:
                if found >= most:
                    return most
                for place in range(options.shape[1]):
                    options[found, place] = taken[place] if place <= number else -1
                found += 1
            if number + 1 >= stages:
                continue
            ended[number + 1], worth[number + 1] = a.end[where] + 1, so_far
        number += 1
        at[number] = a.stage_options[first + number]
    return found
