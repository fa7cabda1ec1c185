"""Everybody gives back one stage, and all that was given back is given anew, exactly. Compiled.

When each unit frees one stage and keeps the rest of its chain, what is left is a plain assignment: units to the occasions
that fit between what they keep. Its best answer exchanges places around any number of people at once, which no search
by pairs finds. Which stage each one frees is drawn by lot, so that every exchange can come about in time.

After R. Ahuja, Ö. Ergun, J. Orlin and A. Punnen (2002), A survey of very large-scale neighborhood search techniques.
"""

from collections.abc import Callable
from typing import NamedTuple

import numba
import numpy as np

from samkraft.analysis.allotment import assignment, standing
from samkraft.analysis.allotment.improving import chance
from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.problem import Arrays, Flags, Floats, Ints, Longs, Problem

NEVER_LATE = 1 << 30
STEERS = (0.75, 1.0, 0.875, 1.25, 1.125)  # of shares' prices: what keeps a floor best depends on how near it is
HARDER, LEAST_PRICE = 1.15, 0.02  # while a share is fallen below
IDLE, LITTLE = 10, 1e-6
FORBIDDEN = -1e11  # what is worth less than this has been taken away from somebody (`moving`)


class Freed(NamedTuple):
    """The assignment of what is given back. Member m (M of them) is a unit that frees its stage `stage[m]`; its options are
    `option[at[m]:at[m + 1]]`, and it `must` have one. `left` (O): places that nobody keeps."""

    stage: Longs
    at: Longs
    option: Longs
    must: Flags
    left: Ints


def is_possible(problem: Problem) -> bool:
    """Whether places can be exchanged so: when they are a hard limit."""
    return bool(np.isinf(problem.arrays.extra_price).all())


def improved(
    problem: Problem,
    chosen: Longs,
    members: Longs,
    share_price: Floats,
    state: Longs,
    turns: int,
    *,
    patience: int | None = None,
    settling: int = 0,
    is_over: Callable[[], bool] = lambda: False,
) -> Longs:
    """The plan after so many exchanges, each kept when the plan is no worse by it. `state` (1) is luck and moves on.

    While the plan falls below a share the exchanges go on, to twice as many at most. After `patience` turns (all, if
    nothing is said) each of them asks an ever higher price of what is fallen below. What such a price has driven out is
    taken back by `settling` more turns at the prices there were. When time is over, nothing is done but that.
    """  # fmt: skip
    (top, short), price = worth(problem, chosen), share_price
    patience = turns if patience is None else patience
    left = settling if short.any() else 0
    for turn in range(2 * turns):
        is_late = turn >= turns or is_over()
        if short.any():
            if is_late or turn >= patience:
                price = np.where(short, np.maximum(price * HARDER, LEAST_PRICE), price)
        elif is_late and left <= 0:
            break
        elif settling:
            price, left = share_price, left - 1
        freed = _freed(problem, chosen, members, state)
        tried = _given(problem, chosen, members, freed, price * STEERS[turn % len(STEERS)])
        value, under = worth(problem, tried)
        if value >= top:
            chosen, top, short = tried, value, under
    return chosen


def settled(
    problem: Problem, chosen: Longs, share_price: Floats, state: Longs, is_over: Callable[[], bool] = lambda: False
) -> Longs:
    """The plan after exchanges among all, until IDLE of them in a row have gained nothing."""
    everybody = np.arange(problem.units)
    top, idle = worth(problem, chosen)[0], 0
    while is_possible(problem) and idle < IDLE and not is_over():
        chosen = improved(problem, chosen, everybody, share_price, state, IDLE // 2)
        value = worth(problem, chosen)[0]
        idle = 0 if value > top + LITTLE * abs(top) else idle + IDLE // 2
        top = value
    return chosen


def worth(problem: Problem, chosen: Longs) -> tuple[float, Flags]:
    """The gain of a plan less what its shares fall short by, which is all that an exchange can change; and which shares
    (V) it falls below."""
    a = problem.arrays
    held = chosen[chosen >= 0]
    short = a.least - np.array([row[held].sum() for row in a.share])
    under = short > 1e-9
    lost = short[under] @ np.minimum(a.least_price[under], standing.NEVER) if under.any() else 0.0
    return float(a.gain[held].sum() - lost), under


def _freed(problem: Problem, chosen: Longs, members: Longs, state: Longs) -> Freed:
    a = problem.arrays
    many = int(np.diff(a.stage_options[a.unit_stages])[members].sum())
    freed = Freed(
        np.empty(members.size, np.int64), np.zeros(members.size + 1, np.int64), np.empty(many, np.int64),
        np.zeros(members.size, np.bool_), np.empty(a.places.size, np.int32),
    )  # fmt: skip
    return freed._replace(option=freed.option[: _free(a, chosen, members, state, freed)])


def _given(problem: Problem, chosen: Longs, members: Longs, freed: Freed, share_price: Floats) -> Longs:
    """The plan when what is freed is given so that it is worth most, with shares at these prices.

    No place is given twice, no order or gap is broken, and no row "at most" becomes fuller; a share may be fallen below.
    """
    a, option, counts = problem.arrays, freed.option, np.diff(freed.at)
    if not option.size:
        return chosen
    gain = a.gain[option]
    for one in np.flatnonzero(share_price):
        gain += share_price[one] * a.share[one, option]
    beyond = 1.0 + 2.0 * members.size * float(np.abs(gain).max())
    plain = a._replace(
        unit_stages=np.arange(members.size + 1, dtype=np.int32),
        size=np.ones(members.size, np.int32),
        ready=np.full(members.size, -NEVER_LATE, np.int32),
        stage_options=freed.at,
        occasion=a.occasion[option],
        gain=np.where(np.repeat(freed.must, counts), gain + beyond, gain),
        places=freed.left,
    )
    given = assignment.given(plain)
    after, free = chosen.copy(), np.flatnonzero(counts > 0)
    after[members[free], freed.stage[free]] = np.where(given[free] >= 0, option[given[free]], -1)
    return after


@numba.njit(nogil=True, cache=True)
def _free(a: Arrays, chosen: Longs, members: Longs, state: Longs, freed: Freed) -> int:  # pragma: no cover - compiled
    """Draw a stage for each member and write down what it could have there; returns how many options there are."""
    for where in range(a.places.size):
        freed.left[where] = a.places[where]
    for unit in range(chosen.shape[0]):
        for number in range(chosen.shape[1]):
            if chosen[unit, number] >= 0:
                freed.left[a.occasion[chosen[unit, number]]] -= a.size[unit]
    many, with_rows = 0, a.row_at.size > 1
    occasion, start, end, benefit = a.occasion, a.start, a.end, a.gain  # taken out once: calls are many
    for m in range(members.size):
        unit = members[m]
        number = _drawn(a, chosen[unit], unit, state)
        freed.stage[m], freed.at[m] = number, many
        now = chosen[unit, number]
        if a.size[unit] > 1 or (with_rows and now >= 0 and a.row_at[now] < a.row_at[now + 1]):
            continue
        begins, latest, ends_first, ends_last, must = between(a, chosen, unit, number)
        freed.must[m] = must
        if now >= 0:
            freed.left[a.occasion[now]] += 1
        stage = a.unit_stages[unit] + number
        for option in range(a.stage_options[stage], a.stage_options[stage + 1]):
            where = occasion[option]
            if start[where] < begins or start[where] > latest or end[where] < ends_first or end[where] > ends_last:
                continue
            if benefit[option] < FORBIDDEN:
                continue
            if with_rows and option != now and a.row_at[option] < a.row_at[option + 1]:
                continue
            freed.option[many] = option
            many += 1
    freed.at[members.size] = many
    return many


@inner
def _drawn(a: Arrays, mine: Longs, unit: int, state: Longs) -> int:  # pragma: no cover - compiled
    """One of the stages that a unit has something in, or the first after them."""
    stages = a.unit_stages[unit + 1] - a.unit_stages[unit]
    last = 0
    for number in range(stages):
        if mine[number] >= 0:
            last = number + 1
    return int(chance(state) * min(stages, last + 1))


@numba.njit(nogil=True, cache=True, inline="always")
def between(
    a: Arrays, chosen: Longs, unit: int, number: int
) -> tuple[int, int, int, int, bool]:  # pragma: no cover - compiled
    """Between what a unit keeps: first and last week to begin in, first and last to end in, and whether it must."""
    first = a.unit_stages[unit]
    stages = a.unit_stages[unit + 1] - first
    begins, latest, ended, had = a.ready[unit], NEVER_LATE, -NEVER_LATE, 0
    for before in range(number - 1, -1, -1):
        if chosen[unit, before] >= 0:
            ended, had = a.end[a.occasion[chosen[unit, before]]], before + 1
            begins = ended + a.gap[first + number]
            latest = ended + a.longest[first + number] if a.longest[first + number] >= 0 else NEVER_LATE
            break
        if not a.may_skip[first + before]:
            return 0, -1, 0, -1, False
    ends_first, ends_last, must = -NEVER_LATE, NEVER_LATE, a.need[unit] > had
    for after in range(number + 1, stages):
        if chosen[unit, after] >= 0:
            then = a.start[a.occasion[chosen[unit, after]]]
            ends_last = then - a.gap[first + after]
            too_long = a.longest[first + after] >= 0 and had > 0 and then > ended + a.longest[first + after]
            must = not a.may_skip[first + number] or too_long
            if a.longest[first + after] >= 0:
                ends_first = then - a.longest[first + after]
            break
    return begins, latest, ends_first, ends_last, must
