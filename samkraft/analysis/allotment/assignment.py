"""A plain assignment, solved exactly: everybody at most one place, occasions with places, nothing else. Compiled.

Shortest augmenting paths with prices, on places counted by occasion instead of one column for each place. Whoever finds
room in the best occasion at free prices is placed at once; the others push somebody along the cheapest path.

R. Jonker and A. Volgenant (1987), A shortest augmenting path algorithm for dense and sparse linear assignment problems.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.allotment.inner import inner
from samkraft.analysis.allotment.prices import Prices
from samkraft.analysis.allotment.problem import Arrays, Floats, Ints, Longs, Problem

FAR = 1e300
Bytes = NDArray[np.uint8]


def solve(problem: Problem) -> tuple[Longs, Prices] | None:
    """The best plan (U, 1) and prices that prove it; None when not all who must have a place can. It must be plain.

    Who must have a place is given a gain beyond what everybody else together could bring.
    """
    a = problem.arrays
    must = np.repeat(a.need > 0, np.diff(a.stage_options[a.unit_stages]))
    beyond = 1.0 + 2.0 * problem.units * float(np.abs(a.gain).max(initial=0.0))
    chosen, price = _assign(a._replace(gain=np.where(must, a.gain + beyond, a.gain)) if must.any() else a)
    if (chosen[a.need > 0] < 0).any():
        return None
    return chosen.reshape(-1, 1), Prices(price, np.zeros(0), np.zeros(0))


def given(a: Arrays) -> Longs:
    """The option that each unit gets (U), −1 for none. There must be one stage each, every size 1 and no limit but places."""
    return np.asarray(_assign(a)[0], np.int64)


@numba.njit(nogil=True, cache=True)
def _assign(a: Arrays) -> tuple[Longs, Floats]:  # pragma: no cover - compiled
    units, many = a.size.size, a.places.size
    chosen = np.full(units, -1, np.int64)
    price = np.zeros(many)
    surplus = np.zeros(units)
    used = np.zeros(many, np.int32)
    first = np.zeros(many + 1, np.int64)
    for where in range(many):
        first[where + 1] = first[where] + a.places[where]
    holders = np.empty(first[many], np.int32)
    waiting = np.empty(units, np.int32)
    queue = 0
    for unit in range(units):
        best, which = 0.0, -1
        for option in range(a.stage_options[a.unit_stages[unit]], a.stage_options[a.unit_stages[unit + 1]]):
            if a.gain[option] > best and a.start[a.occasion[option]] >= a.ready[unit]:
                best, which = a.gain[option], option
        surplus[unit] = best
        if which < 0:
            continue
        where = a.occasion[which]
        if used[where] < a.places[where]:
            holders[first[where] + used[where]] = unit
            used[where] += 1
            chosen[unit] = which
        else:
            waiting[queue] = unit
            queue += 1
    search = _Search(
        np.empty(many),
        np.empty(many, np.int64),
        np.empty(many, np.int32),
        np.zeros(many, np.uint8),
        np.empty(many, np.int32),
    )
    for at in range(queue):
        _place(a, waiting[at], _Present(chosen, price, surplus, used, first, holders), search)
    return chosen, price


class _Present(NamedTuple):
    """Who has what (`holders` by occasion from `first`), at which prices, and what each has left after paying."""

    chosen: Longs
    price: Floats
    surplus: Floats
    used: Ints
    first: Longs
    holders: Ints


class _Search(NamedTuple):
    """How far each occasion is, through which option of whom; `state` 0 unseen, 1 seen, 2 settled; `seen` in order."""

    far: Floats
    through: Longs
    via: Ints
    state: Bytes
    seen: Ints


@inner
def _place(a: Arrays, unit: int, p: _Present, s: _Search) -> None:  # pragma: no cover - compiled
    """Place one more unit: the cheapest chain of moves that ends in a free place or with somebody going without."""
    s.far[:] = FAR
    s.state[:] = 0
    length, end, leaver = p.surplus[unit], -1, unit
    labelled, length, end, leaver = _look(a, unit, 0.0, p, s, 0, length, end, leaver)
    settled = 0
    while True:
        near, nearest = length, -1
        for i in range(settled, labelled):
            if s.far[s.seen[i]] < near:
                near, nearest = s.far[s.seen[i]], i
        if nearest < 0:
            break
        s.seen[settled], s.seen[nearest] = s.seen[nearest], s.seen[settled]
        where = s.seen[settled]
        s.state[where] = 2
        settled += 1
        for i in range(p.first[where], p.first[where] + p.used[where]):
            other = p.holders[i]
            if near + p.surplus[other] < length:
                length, end, leaver = near + p.surplus[other], -1, other
            labelled, length, end, leaver = _look(a, other, near, p, s, labelled, length, end, leaver)
    p.surplus[unit] -= length
    for i in range(settled):
        where = s.seen[i]
        for j in range(p.first[where], p.first[where] + p.used[where]):
            p.surplus[p.holders[j]] -= length - s.far[where]
        p.price[where] += length - s.far[where]
    _move(a, unit, end, leaver, p, s)


@inner
def _look(
    a: Arrays, member: int, at: float, p: _Present, s: _Search, labelled: int, length: float, end: int, leaver: int
) -> tuple[int, float, int, int]:  # pragma: no cover - compiled
    """Measure how far it is to every occasion that this member could move to."""
    begun = at + p.surplus[member]
    for option in range(a.stage_options[a.unit_stages[member]], a.stage_options[a.unit_stages[member + 1]]):
        where = a.occasion[option]
        away = begun - a.gain[option] + p.price[where]
        if away >= length or s.state[where] == 2 or away >= s.far[where] or a.start[where] < a.ready[member]:
            continue
        s.far[where] = away
        s.through[where] = option
        s.via[where] = member
        if p.used[where] < a.places[where]:
            length, end, leaver = away, where, -1
        elif s.state[where] == 0:
            s.state[where] = 1
            s.seen[labelled] = where
            labelled += 1
    return labelled, length, end, leaver


@inner
def _move(a: Arrays, unit: int, end: int, leaver: int, p: _Present, s: _Search) -> None:  # pragma: no cover - compiled
    """Everybody on the path moves one step; the last one takes the free place, or goes without."""
    if end >= 0:
        slot = p.first[end] + p.used[end]
        p.used[end] += 1
        where = end
    else:
        if leaver == unit:
            return
        where = a.occasion[p.chosen[leaver]]
        slot = _slot(leaver, where, p)
        p.chosen[leaver] = -1
    while True:
        member = s.via[where]
        before = p.chosen[member]
        next_slot = _slot(member, a.occasion[before], p) if member != unit else -1
        p.chosen[member] = s.through[where]
        p.holders[slot] = member
        if member == unit:
            return
        slot, where = next_slot, a.occasion[before]


@inner
def _slot(member: int, where: int, p: _Present) -> int:  # pragma: no cover - compiled
    for i in range(p.first[where], p.first[where] + p.used[where]):
        if p.holders[i] == member:
            return i
    return -1
