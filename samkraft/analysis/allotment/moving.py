"""Somebody is moved or locked, and the plan is mended around them at once: the desk of a place coordinator.

The person gets the best way that keeps the promise, whoever loses least by it is pushed out and gets the best that is left,
and those around them exchange places with each other for a moment. The rest of the plan stands.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import diving, exact_parts, exchanges, nearby, pricing, solving, standing
from samkraft.analysis.allotment.improving import give, improve, sweep
from samkraft.analysis.allotment.prices import Found, Prices, Trail
from samkraft.analysis.allotment.problem import Floats, Longs, Problem
from samkraft.analysis.allotment.standing import Standing

FORBIDDEN = -1e12
# Who takes part in mending, and how many times: what fits in some hundredths of a second. A group that falls below its
# share is heard after a few of them, and at once when time is over: else its turn came last and was the longest.
MOST_NEAR, EXCHANGES, PATIENCE, SETTLING = 300, 14, 3, 4
ROUNDS, WARM = 160, (0.01, 0.002)
SETTLED = 0.0005  # so small a gap, and nothing more is done between moves


@dataclass(slots=True)
class Desk:
    """A plan that is worked with: the problem as promises have changed it, who has what (`shown`), and prices."""

    problem: Problem
    shown: Standing
    prices: Prices
    index: nearby.Index
    seed: int = 1

    def value(self) -> float:
        """Benefit less what soft rules cost."""
        return solving.value_of(self.problem, self.shown)


def open_desk(problem: Problem, chosen: Longs, prices: Prices, *, seed: int = 1) -> Desk:
    """A desk with a plan on it. The problem's arrays that promises change are copied: the caller's stay as they are."""
    a = problem.arrays
    own = a._replace(gain=a.gain.copy(), need=a.need.copy(), may_skip=a.may_skip.copy())
    copied = Problem(
        own, problem.unit_people, problem.unit_tracks, problem.occasion_ids, problem.benefit, problem.offset,
        problem.row_ids, problem.share_ids, problem.impossible,
    )  # fmt: skip
    shown = standing.of(copied, chosen)
    sweep(own, shown, np.arange(copied.units), np.empty(copied.units, np.int64))
    return Desk(copied, shown, prices, nearby.index(copied), seed)


def settle(desk: Desk, *, seconds_left: Callable[[], float]) -> float:
    """Between moves: make the plan anew with every promise kept, if that is better. Returns the gap to the bound that the
    new prices prove.

    A move mends its own neighbourhood only, and what it leaves unused adds up: after some ten moves it is worth a few
    seconds. Prices are moved to what the promises have changed, a plan is dived for, and parts of the better of the two
    are solved exactly. The plan never gets worse by it, but others than those who were moved may have something else.
    """
    problem = desk.problem
    before = Found(desk.prices, solving.bound_of(problem, desk.prices) - problem.offset, Trail(0), 0)
    whole = seconds_left()
    found = solving.more(problem, before, lambda: seconds_left() < 0.6 * whole)
    desk.seed += 1
    best, top = desk.shown.chosen.copy(), float(standing.value(problem.arrays, desk.shown))
    state = np.array([2 * desk.seed + 1], np.int64)
    dived, value = solving.dived(problem, found, 0, state, lambda: seconds_left() < 0.2 * whole)
    if value > top:
        best, top = dived, value
    best, _top = exact_parts.improved(
        problem, found.prices, found.bound, best, top, enough=found.bound * (1 - SETTLED), seed=desk.seed,
        seconds_left=seconds_left,
    )  # fmt: skip
    desk.prices, desk.shown = found.prices, standing.of(problem, best)
    sweep(problem.arrays, desk.shown, np.arange(problem.units), np.empty(problem.units, np.int64))
    bound = found.bound + problem.offset
    return (bound - desk.value()) / abs(bound) if bound else 0.0


def option_of(problem: Problem, person: str, occasion: str) -> int:
    """The option that gives a person an occasion, or −1."""
    a = problem.arrays
    where = problem.occasion_ids.index(occasion)
    for unit in [at for at, names in enumerate(problem.unit_people) if person in names]:
        first, last = int(a.stage_options[a.unit_stages[unit]]), int(a.stage_options[a.unit_stages[unit + 1]])
        hits = np.flatnonzero(a.occasion[first:last] == where)
        if hits.size:
            return first + int(hits[0])
    return -1


def lock(desk: Desk, person: str, occasion: str, *, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Give a person an occasion, for good. False when it cannot be, and then nothing has changed.

    is_over: asked between exchanges by whoever waits; left out, the same move always gives the same plan.
    """
    problem, a = desk.problem, desk.problem.arrays
    option = option_of(problem, person, occasion)
    if option < 0:
        return False
    unit, stage = problem.unit_of(option), problem.stage_of(option)
    first, last = int(a.stage_options[stage]), int(a.stage_options[stage + 1])
    before = a.gain[first:last].copy(), int(a.need[unit]), bool(a.may_skip[stage])
    others = np.arange(first, last) != option
    a.gain[first:last][others] = FORBIDDEN
    a.need[unit] = max(before[1], stage - int(a.unit_stages[unit]) + 1)
    a.may_skip[stage] = False
    if _mended(desk, unit, is_over):
        return True
    a.gain[first:last], a.need[unit], a.may_skip[stage] = before
    return False


def forbid(desk: Desk, person: str, occasion: str, *, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Take an occasion from a person, for good. False when it cannot be, and then nothing has changed. `is_over` as for
    `lock`."""
    option = option_of(desk.problem, person, occasion)
    if option < 0:
        return False
    gain = desk.problem.arrays.gain
    before = float(gain[option])
    gain[option] = FORBIDDEN
    if _mended(desk, desk.problem.unit_of(option), is_over):
        return True
    gain[option] = before
    return False


def _mended(desk: Desk, unit: int, is_over: Callable[[], bool]) -> bool:
    """Place the unit anew as its promises ask, push out whom it must, and mend."""
    problem, a = desk.problem, desk.problem.arrays
    tried = standing.of(problem, desk.shown.chosen)
    room = diving.rooms(problem)
    standing.take(a, tried, unit)
    pricing.priced(a, unit, *desk.prices.all, room[0])
    options = np.empty(tried.chosen.shape[1], np.int64)
    if pricing.best_chain(a, unit, room[0], options, room[2], room[3]) < FORBIDDEN / 2:
        return False
    pushed = []
    for option in options[options >= 0]:
        where = int(a.occasion[option])
        while np.isinf(a.extra_price[where]) and tried.used[where] + a.size[unit] > a.places[where]:
            leaving = _cheapest(desk, tried, where, room)
            if leaving < 0:
                return False
            standing.take(a, tried, leaving)
            pushed.append(leaving)
    if standing.breaks(a, tried, unit, options):
        return False
    standing.put(a, tried, unit, options)
    for one in pushed:
        give(a, tried, one, desk.prices.all, room)
    shown = _better(desk, tried, is_over)
    if not standing.is_kept(problem, shown):
        return False
    desk.shown = shown
    return True


def _cheapest(desk: Desk, made: Standing, where: int, room: tuple[Floats, Longs, Floats, Longs]) -> int:
    """The holder of an occasion who loses least, at the prices, by having something else that is open; −1 when all who
    hold it have been promised what they have."""
    a, prices = desk.problem.arrays, desk.prices.all
    slots, stages = [int(made.head[where])], made.chosen.shape[1]
    while slots[-1] >= 0:
        slots.append(int(made.after[slots[-1]]))
    best, which = np.inf, -1
    for unit in (slot // stages for slot in slots[:-1] if not a.need[slot // stages]):
        base, mine = int(a.stage_options[a.unit_stages[unit]]), made.chosen[unit].copy()
        held = mine[mine >= 0] - base
        standing.take(a, made, unit)
        made.used[where] += a.size[unit]  # not this one
        pricing.priced(a, unit, *prices, room[0])
        worth = float(room[0][held].sum())
        standing.open_now(a, made, unit, room[0])
        lost = worth - pricing.best_chain(a, unit, room[0], room[1], room[2], room[3])
        made.used[where] -= a.size[unit]
        standing.put(a, made, unit, mine)
        if lost < best:
            best, which = lost, unit
    return which


def _better(desk: Desk, tried: Standing, is_over: Callable[[], bool]) -> Standing:
    """The same after those around who has something else have exchanged places; what then is open they take."""
    problem, a = desk.problem, desk.problem.arrays
    moved = np.flatnonzero((tried.chosen != desk.shown.chosen).any(axis=1))
    left = np.flatnonzero(tried.used < desk.shown.used)
    near = nearby.of(problem, desk.index, tried, desk.prices, moved, left, MOST_NEAR)
    desk.seed += 1
    state, best = np.array([desk.seed], np.int64), tried.chosen.copy()
    if exchanges.is_possible(problem):
        best = exchanges.improved(
            problem,
            best,
            near,
            desk.prices.share,
            state,
            EXCHANGES,
            patience=PATIENCE,
            settling=SETTLING,
            is_over=is_over,
        )
    else:
        improve(a, tried, desk.prices.all, best, ROUNDS, WARM, state, near)
    shown = standing.of(problem, best)
    sweep(a, shown, near, np.empty(problem.units, np.int64))
    return shown
