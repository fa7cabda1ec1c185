"""On small cases every plan can be tried: bound ≥ best by trying all ≥ plan, with rules of every kind."""

import time

import pytest

from samkraft.analysis.allotment import allotting, proving
from tests.analysis.allotment import cases

CASES = 500


@pytest.mark.parametrize("part", range(10))
def test_the_plan_is_the_best_there_is_and_the_bound_is_above_it(part: int) -> None:
    infeasible = 0
    for seed in range(part * CASES // 10, (part + 1) * CASES // 10):
        instance = cases.instance(seed)
        best = cases.best(instance)
        made = allotting.allot(instance, seconds=10, seed=1, clock=time.monotonic)
        if best is None:
            assert made.is_feasible is False, seed
            infeasible += 1
            continue
        assert made.plan is not None, seed
        assert made.plan.value == pytest.approx(best, abs=1e-6), seed
        assert made.plan.proofs[0].bound >= best - 1e-7, seed
        assert made.plan.proofs[0].least_bound == pytest.approx(best, abs=1e-5), seed
        verdict = proving.check(instance, made.plan)
        assert verdict.holds, (seed, verdict.found.broken)
    assert infeasible < CASES // 20


def test_prices_and_diving_stay_between_too() -> None:
    missed = 0
    for seed in range(25):
        instance = cases.instance(seed)
        best = cases.best(instance)
        made = allotting.allot(instance, seconds=0.25, seed=1, clock=time.monotonic, most_chains=0)
        if best is None:
            assert made.plan is None, seed
            continue
        if made.plan is None:
            missed += 1  # nothing found is said, and is no proof that there is nothing
            assert made.is_feasible is None, seed
            continue
        assert made.plan.value <= best + 1e-6, seed
        assert made.plan.proofs[0].bound >= best - 1e-6, seed
        verdict = proving.check(instance, made.plan)
        assert verdict.holds, (seed, verdict.found.broken)
    assert missed <= 2


def test_classes_are_served_in_order() -> None:
    """By trying all: first the best for class 1, and among those the best for class 2."""
    from samkraft.analysis.allotment import checking

    for seed in range(120):
        instance = cases.prioritised(cases.instance(seed))
        if any(rule.price is not None for rule in instance.rules) or len({one.priority for one in instance.people}) < 2:
            continue
        kept = []
        for given in cases.plans(instance):
            found = checking.check(instance, given)
            if not found.broken:
                value = [0.0, 0.0]
                for person in instance.people:
                    value[person.priority - 1] += found.by_person[person.id]
                kept.append((round(value[0], 6), round(value[1], 6)))
        made = allotting.allot(instance, seconds=10, seed=1, clock=time.monotonic)
        if not kept:
            assert made.is_feasible is False, seed
            continue
        assert made.plan is not None, seed
        assert [proof.value for proof in made.plan.proofs] == pytest.approx(max(kept), abs=1e-4), seed
        verdict = proving.check(instance, made.plan)
        assert [one for one in verdict.found.broken if "fast" not in one.words] == [], seed
