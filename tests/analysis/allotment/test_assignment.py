"""Plain assignments are solved exactly: as SciPy does, and the prices prove it."""

import time

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from samkraft.analysis.allotment import allotting, assignment, chains, checking_bound, compiling, made_up, solving

SHAPES = [(6, 4, 1), (40, 7, 5), (40, 7, 8), (90, 90, 1), (300, 25, 10)]


@pytest.mark.parametrize(("people", "activities", "places"), SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_value_is_what_scipy_finds_and_the_bound_is_no_higher(
    people: int, activities: int, places: int, seed: int
) -> None:
    instance = made_up.assignment(people, activities, places, seed=seed)
    problem = compiling.compiled(instance)
    answer = assignment.solve(problem)
    assert answer is not None
    chosen, prices = answer
    a = problem.arrays
    table = np.zeros((people, activities))
    table[np.repeat(np.arange(people), np.diff(a.stage_options)), a.occasion] = a.gain
    wide = np.repeat(table, places, axis=1)
    rows, columns = linear_sum_assignment(wide, maximize=True)
    value = a.gain[chosen[chosen >= 0]].sum()
    assert value == pytest.approx(wide[rows, columns].sum(), abs=1e-9)
    assert solving.bound_of(problem, prices) == pytest.approx(value, abs=1e-7)
    made = allotting.allot(instance, seconds=5, seed=1, clock=time.monotonic)
    assert made.plan is not None
    assert made.plan.method == "assignment"
    assert checking_bound.bound(instance, made.plan.proofs[0]) == pytest.approx(value, abs=1e-7)


def test_nobody_is_placed_where_it_does_harm_or_where_there_is_no_place() -> None:
    instance = made_up.assignment(5, 2, 0, seed=1)
    made = allotting.allot(instance, seconds=5, seed=1, clock=time.monotonic)
    assert made.plan is not None
    assert made.plan.value == 0
    assert not any(made.plan.placements.values())


def test_who_is_locked_is_placed_at_the_least_loss_and_two_cannot_share_a_place() -> None:
    from samkraft.analysis.allotment import explaining, programme

    instance = made_up.assignment(12, 4, 2, seed=3)
    for person in instance.people[:6]:
        occasion = person.tracks[0][0].wishes[-1].activity + "@0"
        locked = explaining.changed(instance, occasion, 0, person.id)
        problem = compiling.compiled(locked)
        exact = allotting.allot(locked, seconds=5, seed=1, clock=time.monotonic)
        every = chains.every(problem, most=1000)
        assert exact.plan is not None
        assert every is not None
        assert exact.plan.method == "assignment"
        assert exact.plan.value == pytest.approx(programme.solve(problem, every, whole=True).value, abs=1e-7)
        assert exact.plan.proofs[0].gap < 1e-9
    full = made_up.assignment(12, 4, 0, seed=3)
    assert (
        allotting.allot(
            explaining.changed(full, occasion, 0, person.id), seconds=5, seed=1, clock=time.monotonic
        ).is_feasible
        is False
    )
