"""Parts of a plan are solved exactly: the chains that are nearly best are all there, and a plan only becomes better."""

import numpy as np
import pytest

from samkraft.analysis.allotment import (
    chains,
    checking,
    compiling,
    exact_parts,
    made_up,
    near_best,
    plan,
    pricing,
    solving,
    standing,
)
from samkraft.analysis.allotment.prices import Asking, Prices
from samkraft.analysis.allotment.problem import Problem
from tests.analysis.allotment import cases

Told = set[tuple[int, tuple[int, ...]]]


def _tried(problem: Problem, prices: Prices, within: float) -> Told:
    """Every chain that is worth nearly as much as its unit's best, by trying all."""
    a = problem.arrays
    asking = Asking(problem)
    worth = asking.at(prices).worth.copy()
    asking.close()
    value, found = np.empty(pricing.widest(a)), set()
    for unit in range(problem.units):
        pricing.priced(a, unit, *prices.all, value)
        base = a.stage_options[a.unit_stages[unit]]
        for chain in chains.of_unit(problem, unit):
            options = tuple(option for option in chain if option >= 0)
            if sum(value[option - base] for option in options) >= worth[unit] - within - 1e-12:
                found.add((unit, options))
    return found


def _told(found: chains.Chains) -> list[tuple[int, tuple[int, ...]]]:
    return [
        (int(unit), tuple(int(option) for option in chain if option >= 0))
        for unit, chain in zip(found.unit, found.options, strict=True)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_all_chains_that_are_nearly_best_are_found_once(seed: int) -> None:
    problem = compiling.compiled(cases.instance(seed))
    if problem.impossible or not problem.options or np.isinf(Asking(problem).at(solving.first_guess(problem)).bound):
        return
    prices = solving.first_guess(problem)
    everybody = np.arange(problem.units, dtype=np.int32)
    for within in (0.0, 0.4, 3.0):
        found = _told(near_best.of(problem, everybody, prices, within, 2000))
        assert len(found) == len(set(found))
        assert set(found) == _tried(problem, prices, within)


def test_of_too_many_the_best_are_kept() -> None:
    problem = compiling.compiled(made_up.programme(made_up.Size(20, 9, 10), seed=2))
    prices = solving.first_guess(problem)
    everybody = np.arange(problem.units, dtype=np.int32)
    found = near_best.of(problem, everybody, prices, 2.0, 8)
    assert np.bincount(found.unit, minlength=problem.units).max() < 8
    assert set(_told(found)) <= _tried(problem, prices, 2.0)
    assert _tried(problem, prices, 0.0) <= set(_told(found))


def test_a_quick_plan_becomes_much_better_and_every_rule_stays_kept() -> None:
    instance = made_up.programme(made_up.Size(110, 15, 12), seed=3, scarcity=0.6, floor=None)
    problem = compiling.compiled(instance)
    found = solving.priced(problem, lambda: False, most=250)
    begun = solving.quick(problem, found.prices)
    before = standing.value(problem.arrays, standing.of(problem, begun))
    turns = iter([60.0] * 4)
    best, top = exact_parts.improved(
        problem, found.prices, found.bound, begun, before, enough=np.inf, seed=1, seconds_left=lambda: next(turns, 0.0)
    )
    assert top == pytest.approx(standing.value(problem.arrays, standing.of(problem, best)))
    assert found.bound - top < 0.5 * (found.bound - before)
    verdict = checking.check(instance, plan.placements(problem, best))
    assert verdict.broken == ()
    assert verdict.benefit == pytest.approx(top)
