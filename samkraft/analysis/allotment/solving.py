"""The way from a problem to a plan with its proof: plain assignments exactly, small cases in whole numbers, the rest
by prices, diving and improving until the gap is small or the time is out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import assignment, chains, diving, exact_parts, exchanges, programme, standing
from samkraft.analysis.allotment.improving import give, improve, sweep
from samkraft.analysis.allotment.plan import NOTHING
from samkraft.analysis.allotment.prices import Asking, Found, Prices, find, first_guess
from samkraft.analysis.allotment.problem import Longs, Problem
from samkraft.analysis.allotment.standing import Standing

MOST_CHAINS = 12_000
SMALL_ENOUGH = 0.0005
ASKED, ASKED_ON = 700, 1500
SHAPES = (
    (0.3, 0.08, 60),
    (0.3, 0.08, 100),
    (0.2, 0.08, 60),
    (0.3, 0.08, 200),
    (0.2, 0.1, 150),
)  # 60 of 25–200: best, five programmes
WARM = (0.02, 0.002)
LONG, LONG_WARM, LONG_PARTS, ENOUGH = 20_000, (0.05, 0.01), 8, 2e-5
AMPLE = 5.0  # seconds; with less the long improvements are short, so that the time is kept
COARSE = 0.004  # a gap that fractions which are not quite settled are good enough for
FEW = 400  # so many units at most, and the programme over the chains that were met is solved in whole numbers too


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan and its proof.

    `chosen` (U, most_stages): options, −1 for none. `value` is the benefit less what soft rules cost. `bound` is what
    `prices` prove; `least_bound` what the solver of whole numbers says besides, where it ran to the end. `is_feasible`
    is False when it is proven that no plan keeps the hard rules, None when none was found but may exist.
    """

    chosen: Longs
    value: float
    bound: float
    least_bound: float
    prices: Prices
    is_feasible: bool | None
    method: str

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of the bound that can be checked."""
        return max(0.0, (self.bound - self.value) / abs(self.bound)) if abs(self.bound) > NOTHING else 0.0


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    small_enough: float = SMALL_ENOUGH,
    begin: Longs | None = None,
    most_chains: int = MOST_CHAINS,
) -> Solution:
    """The best plan that is found in the time. `clock` gives seconds from any moment; `begin` is a plan to start from.

    With more than `most_chains` chains in all the problem is large, and not solved in whole numbers.
    """
    ends = clock() + seconds
    if problem.impossible:
        return _nothing(problem, False, "")
    if problem.is_plain():
        answer = assignment.solve(problem)
        if answer is None:
            return _nothing(problem, False, "assignment")
        return _solution(problem, *answer, "assignment", exact=True)
    every = chains.every(problem, most=most_chains)
    if every is not None:
        return _in_whole_numbers(problem, every, seconds)
    return _large(problem, ends, seconds, seed, clock, small_enough, begin)


def _in_whole_numbers(problem: Problem, every: chains.Chains, seconds: float) -> Solution:
    relaxed = programme.solve(problem, every, whole=False, seconds=seconds)
    if relaxed.prices is None:
        return _nothing(problem, relaxed.is_feasible, "whole numbers")
    answer = programme.solve(problem, every, whole=True, seconds=seconds)
    if not answer.is_feasible:
        return _nothing(problem, answer.is_feasible, "whole numbers")
    chosen = np.full((problem.units, max(1, problem.arrays.most_stages)), -1, np.int64)
    taken = np.flatnonzero(answer.share > 0.5)
    chosen[every.unit[taken]] = every.options[taken]
    made = _solution(problem, chosen, relaxed.prices, "whole numbers", exact=False)
    least = min(made.bound, answer.bound + problem.offset)
    return Solution(made.chosen, made.value, made.bound, max(least, made.value), made.prices, True, made.method)


def _large(
    problem: Problem,
    ends: float,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    small_enough: float,
    begin: Longs | None,
) -> Solution:
    found = priced(problem, lambda: clock() > ends - 0.6 * seconds, begin)
    best, top = (
        (begin, standing.value(problem.arrays, standing.of(problem, begin))) if begin is not None else (None, -np.inf)
    )
    if small_enough < COARSE:
        found = more(problem, found, lambda: clock() > ends - 0.5 * seconds)
    last = min(20.0, 0.3 * seconds) if problem.units <= FEW else 0.0
    ends -= last
    state = np.array([seed * 2 + 1], np.int64)
    rounds = LONG if seconds >= AMPLE else LONG // 10
    for number in range(10_000):
        got, value = dived(problem, found, number, state, lambda: clock() > ends)
        if best is None or value > top:
            best, top = got, value
        if clock() > ends or found.bound - top <= small_enough * abs(found.bound):
            break
        if number == 0 and small_enough >= COARSE:
            found = more(problem, found, lambda: clock() > ends - 0.4 * seconds)
        if number == 0 and clock() < ends - 0.5 * seconds:
            continue  # another dive costs less than the parts of a plan that begins far off
        enough, luck = found.bound - small_enough * abs(found.bound), seed * 1000 + number
        best, top = exact_parts.improved(
            problem, found.prices, found.bound, best, top, enough=enough, seed=luck,
            seconds_left=lambda: ends - clock(),
        )  # fmt: skip
        if clock() > ends or top >= enough:
            break
        best, top = _warmed(problem, found, best, top, rounds, enough, luck, lambda: clock() > ends)
        if clock() > ends or top >= enough:
            break
    assert best is not None
    made = _solution(problem, best, found.prices, "prices and diving", exact=False)
    if problem.units <= FEW and made.gap > small_enough:
        made = _with_columns(problem, found, made, lambda: ends + last - clock())
    return made if made.value > -standing.NEVER / 1e3 else _nothing(problem, None, made.method)


def dived(
    problem: Problem, found: Found, number: int, state: Longs, is_over: Callable[[], bool]
) -> tuple[Longs, float]:
    """A plan from these fractions and its value, improved for as long as that helps. Each dive has a shape of its own."""
    settle, late, rounds = SHAPES[number % len(SHAPES)]
    pricing = rounds + 17 * (number // len(SHAPES))
    tried = diving.dive(problem, found, settle=settle, late=late, rounds_of_pricing=pricing, is_over=is_over)
    everybody, changed = np.arange(problem.units), np.empty(problem.units, np.int64)
    got, value, stood = tried.chosen.copy(), -np.inf, 0
    while stood < 3:
        before = value
        improve(problem.arrays, tried, found.prices.all, got, 3000, WARM, state, everybody)
        tried = standing.of(problem, got)
        while sweep(problem.arrays, tried, everybody, changed):
            pass
        got, value = tried.chosen.copy(), float(standing.value(problem.arrays, tried))
        stood = 0 if value > before + 1e-6 * abs(value) else stood + 1
        if is_over():
            break
    got = exchanges.settled(problem, got, found.prices.share, state, is_over)
    return got, float(standing.value(problem.arrays, standing.of(problem, got)))


def _warmed(
    problem: Problem, found: Found, best: Longs, top: float, rounds: int, enough: float, seed: int,
    is_over: Callable[[], bool],
) -> tuple[Longs, float]:  # fmt: skip
    """Go on from the best plan, warmer and longer, two at a time with luck of their own, as long as it helps."""
    everybody, changed = np.arange(problem.units), np.empty(problem.units, np.int64)
    present = [best, best]

    def further(number: int, luck: int) -> Longs:
        out = present[number].copy()
        state = np.array([2 * luck + 1], np.int64)
        improve(problem.arrays, standing.of(problem, out), found.prices.all, out, rounds, LONG_WARM, state, everybody)
        return out

    with ThreadPoolExecutor(2) as pool:
        for part in range(LONG_PARTS):
            before = top
            jobs = [pool.submit(further, number, seed * 100 + 2 * part + number) for number in (0, 1)]
            present = [job.result() for job in jobs]
            for one in present:
                filled = standing.of(problem, one)
                while sweep(problem.arrays, filled, everybody, changed):
                    pass
                value = float(standing.value(problem.arrays, filled))
                if value > top:
                    best, top = filled.chosen.copy(), value
            if is_over() or top >= enough or (part and top <= before + ENOUGH * abs(before)):
                break
    return best, top


def _with_columns(problem: Problem, found: Found, made: Solution, seconds_left: Callable[[], float]) -> Solution:
    """Column generation for the best prices, and the chains that it met in whole numbers."""
    met = programme.of_trail(problem, [*found.trail.chosen, made.chosen])
    half = seconds_left() / 2
    relaxed, met = programme.generated(problem, found.prices, met, seconds_left=lambda: seconds_left() - half)
    if relaxed.prices is None:
        return made
    prices = relaxed.prices if relaxed.bound < found.bound else found.prices
    whole = programme.solve(problem, met, whole=True, seconds=max(0.5, seconds_left()))
    chosen = made.chosen
    if whole.is_feasible and whole.value + problem.offset > made.value:
        chosen = np.full_like(made.chosen, -1)
        taken = np.flatnonzero(whole.share > 0.5)
        chosen[met.unit[taken]] = met.options[taken]
    return _solution(problem, chosen, prices, made.method, exact=False)


def priced(problem: Problem, is_over: Callable[[], bool], begin: Longs | None = None, most: int = ASKED) -> Found:
    """The prices of a large problem, from a guess; `begin` is a plan whose value helps."""
    asking = Asking(problem)
    try:
        prices = first_guess(problem)
        target = 0.7 * asking.at(prices).bound
        if begin is not None:
            target = max(target, float(standing.value(problem.arrays, standing.of(problem, begin))))
        return find(asking, prices, target=target, most=most, is_over=is_over, keep=150)
    finally:
        asking.close()


def more(problem: Problem, found: Found, is_over: Callable[[], bool]) -> Found:
    """Go on from prices that are nearly right, until the bound and the fractions have settled.

    With long steps and a long memory the averages settle at a plan in fractions that is close to the best there is, and
    diving from it leaves a third to a half of the gap that diving from rough fractions leaves.
    """
    asking = Asking(problem)
    try:
        again = find(
            asking, found.prices, target=found.bound - 0.003 * abs(found.bound), most=ASKED_ON, is_over=is_over, pace=1.0,
            memory=0.03, keep=150, patience=10, shorter=0.8, stalled=0.0,
        )  # fmt: skip
    finally:
        asking.close()
    return again if again.bound <= found.bound else found


def quick(problem: Problem, prices: Prices) -> Longs:
    """A first plan: everybody in turn, by these prices."""
    made = standing.empty(problem)
    room = diving.rooms(problem)
    for unit in range(problem.units):
        give(problem.arrays, made, unit, (prices.place, prices.row, prices.share), room)
    return made.chosen


def bound_of(problem: Problem, prices: Prices) -> float:
    """What these prices prove."""
    asking = Asking(problem)
    try:
        return asking.at(prices).bound + problem.offset
    finally:
        asking.close()


def value_of(problem: Problem, made: Standing) -> float:
    """Benefit less what soft rules cost; far below zero when a hard rule is broken."""
    return float(standing.value(problem.arrays, made)) + problem.offset


def _solution(problem: Problem, chosen: Longs, prices: Prices, method: str, *, exact: bool) -> Solution:
    value = value_of(problem, standing.of(problem, chosen))
    bound = bound_of(problem, prices)
    return Solution(chosen, value, bound, value if exact else bound, prices, True, method)


def _nothing(problem: Problem, is_feasible: bool | None, method: str) -> Solution:
    chosen = np.full((problem.units, max(1, problem.arrays.most_stages)), -1, np.int64)
    return Solution(chosen, -np.inf, np.inf, np.inf, first_guess(problem), is_feasible, method)
