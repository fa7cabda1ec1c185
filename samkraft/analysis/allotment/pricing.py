"""The best chain of a unit, by dynamic programming over stage and week. Compiled.

For each stage, `reach[w]` is the best value of what comes before an option that starts in week w, `best[e]` the best value
of a chain that ends with this stage in week e, and `ended[e]` the best of those that the next stage may follow. One pass
over the options of a stage gives `best`; one pass over the weeks gives the next `reach`. Kernels release the interpreter's lock.
"""

import numba
import numpy as np

from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.problem import Arrays, Floats, Ints, Longs

IMPOSSIBLE = -1e300
NO_OPTION = -1


@numba.njit(nogil=True, cache=True)
def best_chain(
    a: Arrays, unit: int, value: Floats, chosen: Longs, work: Floats, came: Longs
) -> float:  # pragma: no cover - compiled
    """Value of the best chain of a unit; `chosen` (most_stages) gets its options, −1 where none.

    `value[i]` is the worth of the unit's i-th option, `IMPOSSIBLE` where it cannot be had. `work` (4, weeks+1) and
    `came` (most_stages+1, 2, weeks+1) are room to work in. Returns IMPOSSIBLE when the unit cannot have what it needs.
    """
    first_stage, last_stage = a.unit_stages[unit], a.unit_stages[unit + 1]
    base = a.stage_options[first_stage]
    reach, best, ended = work[0], work[1], work[2]
    weeks = a.weeks
    last_taken = came[came.shape[0] - 1, 0]
    for week in range(weeks):
        ended[week] = IMPOSSIBLE
    may_begin = np.bool_(True)  # as what becomes of it: of two types, what it is told to would be compiled twice
    top, top_stage, top_week = IMPOSSIBLE, -1, -1
    if a.need[unit] == 0:
        top = 0.0
    for number in range(last_stage - first_stage):
        stage = first_stage + number
        _reached(a, stage, may_begin, a.ready[unit], ended, last_taken, reach, came[number, 1])
        for week in range(weeks):
            best[week] = IMPOSSIBLE
        for option in range(a.stage_options[stage], a.stage_options[stage + 1]):
            worth = value[option - base]
            if worth == IMPOSSIBLE:
                continue
            where = a.occasion[option]
            before = reach[a.start[where]]
            if before == IMPOSSIBLE:
                continue
            ends = a.end[where]
            if worth + before > best[ends]:
                best[ends] = worth + before
                came[number, 0, ends] = option
        if number + 1 >= a.need[unit]:
            for week in range(weeks):
                if best[week] > top:
                    top, top_stage, top_week = best[week], number, week
        skips = a.may_skip[stage]
        may_begin = may_begin and skips
        for week in range(weeks):
            if not skips or best[week] > ended[week]:
                ended[week] = best[week]
                last_taken[week] = number
    for number in range(chosen.size):
        chosen[number] = NO_OPTION
    while top_stage >= 0:
        option = came[top_stage, 0, top_week]
        chosen[top_stage] = option
        code = came[top_stage, 1, a.start[a.occasion[option]]]
        if code < 0:
            break
        top_stage, top_week = code // weeks, code % weeks
    return top


@inner
def _reached(
    a: Arrays,
    stage: int,
    may_begin: bool,
    ready: int,
    ended: Floats,
    last_taken: Longs,
    reach: Floats,
    code: Longs,
) -> None:  # pragma: no cover - compiled
    """The best value with which a stage can begin in each week, and where it came from: −1 when it is the first."""
    weeks, gap, longest = a.weeks, a.gap[stage], a.longest[stage]
    running, where, fed = IMPOSSIBLE, -1, 0
    for week in range(weeks):
        if longest < 0:
            last = min(week - gap, weeks - 1)
            while fed <= last:
                if ended[fed] > running:
                    running, where = ended[fed], fed
                fed += 1
        else:
            running, where = IMPOSSIBLE, -1
            for before in range(max(0, week - longest), min(week - gap, weeks - 1) + 1):
                if ended[before] > running:
                    running, where = ended[before], before
        reach[week] = running
        code[week] = last_taken[where] * weeks + where if where >= 0 else -1
        if may_begin and week >= ready and running <= 0.0:
            reach[week] = 0.0
            code[week] = -1


@numba.njit(nogil=True, cache=True)
def priced(
    a: Arrays, unit: int, place_price: Floats, row_price: Floats, share_price: Floats, value: Floats
) -> None:  # pragma: no cover - compiled
    """What each option of a unit is worth when it pays for all limits that it uses."""
    base, last = a.stage_options[a.unit_stages[unit]], a.stage_options[a.unit_stages[unit + 1]]
    size = a.size[unit]
    for option in range(base, last):
        worth = a.gain[option] - size * place_price[a.occasion[option]]
        for one in range(share_price.size):
            worth += share_price[one] * a.share[one, option]
        value[option - base] = worth
    if a.row_at.size > 1:
        for option in range(base, last):
            for at in range(a.row_at[option], a.row_at[option + 1]):
                value[option - base] -= row_price[a.row[at]] * a.weight[at]


@numba.njit(nogil=True, cache=True)
def price_units(
    a: Arrays,
    units: Ints,
    place_price: Floats,
    row_price: Floats,
    share_price: Floats,
    worth: Floats,
    chosen: Longs,
) -> None:  # pragma: no cover - compiled
    """The best chain of each of these units: `worth[unit]` and `chosen[unit]` (most_stages)."""
    value = np.empty(widest(a))
    work = np.empty((4, a.weeks + 1))
    came = np.empty((max(1, a.most_stages) + 1, 2, a.weeks + 1), np.int64)
    for one in units:
        unit = np.int64(one)  # of the type that it has elsewhere: else what it is told to is compiled twice
        priced(a, unit, place_price, row_price, share_price, value)
        worth[unit] = best_chain(a, unit, value, chosen[unit], work, came)


@numba.njit(nogil=True, cache=True)
def widest(a: Arrays) -> int:  # pragma: no cover - compiled
    """The largest number of options of any unit."""
    found = 1
    for unit in range(a.size.size):
        found = max(found, a.stage_options[a.unit_stages[unit + 1]] - a.stage_options[a.unit_stages[unit]])
    return found


@numba.njit(nogil=True, cache=True)
def tally(
    a: Arrays, units: Ints, chosen: Longs, used: Floats, rows: Floats, shares: Floats
) -> float:  # pragma: no cover - compiled
    """Add what the chosen chains of these units use of each limit; returns their gain."""
    gain = 0.0
    for unit in units:
        for number in range(chosen.shape[1]):
            option = chosen[unit, number]
            if option < 0:
                continue
            gain += a.gain[option]
            used[a.occasion[option]] += a.size[unit]
            for one in range(shares.size):
                shares[one] += a.share[one, option]
            if a.row_at.size > 1:
                for at in range(a.row_at[option], a.row_at[option + 1]):
                    rows[a.row[at]] += a.weight[at]
    return gain
