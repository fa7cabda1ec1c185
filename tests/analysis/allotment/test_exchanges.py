"""Places are exchanged around any number of people at once: no rule is broken by it, and the best exchange is found."""

import numpy as np

from samkraft.analysis.allotment import assignment, checking, compiling, exchanges, made_up, plan, solving, standing
from samkraft.analysis.allotment.problem import Problem
from tests.analysis.allotment import cases


def _exchanged(problem: Problem, begun: np.ndarray, turns: int) -> np.ndarray:
    share = solving.first_guess(problem).share
    everybody, state = np.arange(problem.units), np.array([7], np.int64)
    return exchanges.improved(problem, begun, everybody, share, state, turns)


def test_on_a_plain_assignment_one_exchange_is_the_best_plan() -> None:
    problem = compiling.compiled(made_up.assignment(60, 9, 5, seed=4))
    best = assignment.solve(problem)
    assert best is not None
    nobody = np.full((problem.units, 1), -1, np.int64)
    found = _exchanged(problem, nobody, 1)
    assert abs(exchanges.worth(problem, found)[0] - exchanges.worth(problem, best[0])[0]) < 1e-9


def test_no_exchange_breaks_a_rule_or_makes_a_plan_worse() -> None:
    """Cases with rules of every kind, from a plan that is made in a hurry."""
    changed = 0
    for seed in range(300):
        instance = cases.instance(seed)
        problem = compiling.compiled(instance)
        if problem.impossible or not problem.options or not exchanges.is_possible(problem):
            continue
        begun = solving.quick(problem, solving.first_guess(problem))
        before = checking.check(instance, plan.placements(problem, begun))
        found = _exchanged(problem, begun, 12)
        after = checking.check(instance, plan.placements(problem, found))
        assert {one.rule for one in after.broken} <= {one.rule for one in before.broken}, seed
        if not before.broken:
            assert after.benefit - after.cost >= before.benefit - before.cost - 1e-9, seed
            value = float(standing.value(problem.arrays, standing.of(problem, found))) + problem.offset
            assert abs(value - (after.benefit - after.cost)) < 1e-6, seed
        changed += after.benefit > before.benefit + 1e-9
    assert changed > 20


def test_what_somebody_has_been_promised_or_lost_stays_so() -> None:
    problem = compiling.compiled(made_up.programme(made_up.Size(60, 9, 10), seed=2))
    a, begun = problem.arrays, solving.quick(problem, solving.first_guess(problem))
    unit = int(np.flatnonzero(begun[:, 0] >= 0)[0])
    stage, mine = int(a.unit_stages[unit]), int(begun[unit, 0])
    options = np.arange(a.stage_options[stage], a.stage_options[stage + 1])
    gain, need, may_skip = a.gain.copy(), a.need.copy(), a.may_skip.copy()
    gain[options[options != mine]] = -1e12
    need[unit], may_skip[stage] = 1, False
    kept = a._replace(gain=gain, need=need, may_skip=may_skip)
    promised = Problem(
        kept, problem.unit_people, problem.unit_tracks, problem.occasion_ids, problem.benefit, 0.0, (), ()
    )
    found = _exchanged(promised, begun, 30)
    assert found[unit, 0] == mine
    assert exchanges.worth(promised, found)[0] > exchanges.worth(promised, begun)[0]


def test_when_time_is_over_only_a_group_that_falls_below_its_share_is_still_heard() -> None:
    """Everybody of the group loses what they had: late or not, the share is kept again, and nothing else is done."""
    problem = compiling.compiled(made_up.programme(made_up.Size(200, 12, 16), seed=3, scarcity=0.6))
    begun = solving.quick(problem, solving.first_guess(problem))
    everybody, price = np.arange(problem.units), np.zeros(problem.arrays.least.size)
    settled = exchanges.settled(problem, begun, solving.first_guess(problem).share, np.array([7], np.int64))
    assert not exchanges.worth(problem, settled)[1].any()
    asked: list[bool] = []

    def over() -> bool:
        asked.append(True)
        return True

    state = np.array([7], np.int64)
    kept = exchanges.improved(problem, settled, everybody, price, state, 14, is_over=over)
    assert (kept == settled).all()
    assert (len(asked), int(state[0])) == (1, 7), "no exchange was begun"
    member = problem.arrays.share[0] > 0
    fallen = np.where(member[settled] & (settled >= 0), -1, settled)
    assert exchanges.worth(problem, fallen)[1].any()
    patient = exchanges.improved(problem, fallen, everybody, price, np.array([7], np.int64), 14)
    assert exchanges.worth(problem, patient)[1].any(), "heard last it takes longer than there are exchanges"
    found = exchanges.improved(problem, fallen, everybody, price, state, 14, patience=3, settling=4, is_over=over)
    assert not exchanges.worth(problem, found)[1].any()
    dear = exchanges.improved(problem, fallen, everybody, price, np.array([7], np.int64), 14, patience=3, is_over=over)
    settled_again = exchanges.improved(
        problem, fallen, everybody, price, np.array([7], np.int64), 14, patience=3, settling=4, is_over=over
    )
    assert exchanges.worth(problem, settled_again)[0] > exchanges.worth(problem, dear)[0], (
        "it stayed as dear as it came"
    )
