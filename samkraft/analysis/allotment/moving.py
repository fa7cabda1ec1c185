"""Somebody is moved or locked, and the plan is mended around them at once: the desk of a place coordinator.

The person gets the best way that keeps the promise, whoever is pushed out gets the best that is left, and the
neighbourhood is made better for a moment. The rest of the plan stands.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import diving, exact_parts, pricing, solving, standing
from samkraft.analysis.allotment.improving import give, improve, sweep
from samkraft.analysis.allotment.prices import Found, Prices, Trail
from samkraft.analysis.allotment.problem import Longs, Problem
from samkraft.analysis.allotment.standing import Standing

FORBIDDEN = -1e12
ROUNDS = 160
WARM = (0.01, 0.002)
SETTLED = 0.0005  # so small a gap, and nothing more is done between moves


@dataclass(slots=True)
class Desk:
    """A plan that is worked with: the problem as promises have changed it, who has what, and prices.

    `made` leaves places open that are worth less than their price; they are what the next move is mended with. `shown`
    is the plan: the same, with those taken by whoever gains.
    """

    problem: Problem
    made: Standing
    shown: Standing
    prices: Prices
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
    made = standing.of(copied, chosen)
    improve(own, made, _three(prices), chosen.copy(), 1, WARM, np.array([1], np.int64), np.arange(problem.units))
    made = standing.of(copied, chosen)
    return Desk(copied, made, _filled(copied, made), prices, seed)


def _filled(problem: Problem, made: Standing) -> Standing:
    """The same plan with everything open taken by whoever gains."""
    filled = standing.of(problem, made.chosen)
    sweep(problem.arrays, filled, np.empty(problem.units, np.int64))
    return filled


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
    desk.prices, desk.made = found.prices, standing.of(problem, best)
    desk.shown = _filled(problem, desk.made)
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


def lock(desk: Desk, person: str, occasion: str) -> bool:
    """Give a person an occasion, for good. False when it cannot be, and then nothing has changed."""
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
    if _mended(desk, unit):
        return True
    a.gain[first:last], a.need[unit], a.may_skip[stage] = before
    return False


def forbid(desk: Desk, person: str, occasion: str) -> bool:
    """Take an occasion from a person, for good. False when it cannot be, and then nothing has changed."""
    option = option_of(desk.problem, person, occasion)
    if option < 0:
        return False
    gain = desk.problem.arrays.gain
    before = float(gain[option])
    gain[option] = FORBIDDEN
    if _mended(desk, desk.problem.unit_of(option)):
        return True
    gain[option] = before
    return False


def _three(prices: Prices) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return prices.place, prices.row, prices.share


def _mended(desk: Desk, unit: int) -> bool:
    """Place the unit anew as its promises ask, push out whom it must, and mend."""
    problem, a = desk.problem, desk.problem.arrays
    tried = standing.of(problem, desk.made.chosen)
    room = diving.rooms(problem)
    standing.take(a, tried, unit)
    pricing.priced(a, unit, *_three(desk.prices), room[0])
    options = np.empty(tried.chosen.shape[1], np.int64)
    worth = pricing.best_chain(a, unit, room[0], options, room[2], room[3])
    if worth < FORBIDDEN / 2:
        return False
    touched = [unit]
    for option in options[options >= 0]:
        where = int(a.occasion[option])
        while np.isinf(a.extra_price[where]) and tried.used[where] + a.size[unit] > a.places[where]:
            leaving = _cheapest(problem, tried, where)
            if leaving < 0:
                return False
            standing.take(a, tried, leaving)
            touched.append(leaving)
    if standing.breaks(a, tried, unit, options):
        return False
    standing.put(a, tried, unit, options)
    for one in touched[1:]:
        give(a, tried, one, _three(desk.prices), room)
    around = np.array(_around(problem, tried, touched), np.int64)
    best = tried.chosen.copy()
    desk.seed += 1
    improve(a, tried, _three(desk.prices), best, ROUNDS, WARM, np.array([desk.seed], np.int64), around)
    mended = standing.of(problem, best)
    shown = _filled(problem, mended)
    if not standing.is_kept(problem, shown):
        return False
    desk.made, desk.shown = mended, shown
    return True


def _cheapest(problem: Problem, made: Standing, where: int) -> int:
    """The holder of an occasion who loses least by leaving, of those who have not been promised it; −1 when there is none."""
    a = problem.arrays
    stages = made.chosen.shape[1]
    best, which = np.inf, -1
    slot = int(made.head[where])
    while slot >= 0:
        unit, option = slot // stages, int(made.chosen[slot // stages, slot % stages])
        if not a.need[unit] and a.gain[option] < best:
            best, which = float(a.gain[option]), unit
        slot = int(made.after[slot])
    return which


def _around(problem: Problem, made: Standing, touched: list[int]) -> list[int]:
    """The touched units and those who share an occasion with them."""
    stages = made.chosen.shape[1]
    found = dict.fromkeys(touched)
    for unit in touched:
        for option in made.chosen[unit]:
            slot = int(made.head[problem.arrays.occasion[option]]) if option >= 0 else -1
            while slot >= 0:
                found[slot // stages] = None
                slot = int(made.after[slot])
    return list(found)
