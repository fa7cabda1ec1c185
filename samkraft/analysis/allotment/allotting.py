"""Conducts an allotment: compile, solve class by class, compare with who comes first, and hand over a plan."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import checking, classes, compiling, greedy, plan, solving, standing
from samkraft.analysis.allotment.instance import Instance
from samkraft.analysis.allotment.plan import Plan, Proof
from samkraft.analysis.allotment.problem import Floats, Longs, Problem
from samkraft.analysis.allotment.solving import Solution


@dataclass(frozen=True, slots=True)
class Allotment:
    """A plan with what it came from. `plan` is None when there is none; then `is_feasible` says whether there can be."""

    instance: Instance
    problem: Problem
    chosen: Longs
    plan: Plan | None
    solutions: tuple[tuple[int, Problem, Solution], ...]
    is_feasible: bool | None


def allot(
    instance: Instance,
    *,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    benefits: Floats | None = None,
    yesterday: Plan | None = None,
    small_enough: float = solving.SMALL_ENOUGH,
    most_chains: int = solving.MOST_CHAINS,
) -> Allotment:
    """The best plan that is found in the time. `yesterday` is a plan to begin from; `benefits` replaces the wishes' own."""
    problem = compiling.compiled(instance, benefits=benefits)
    units = classes.of_units(problem, instance)
    order = classes.in_order(instance)
    begin = None if yesterday is None else _fitting(problem, plan.chosen(problem, yesterday.placements))
    kept: dict[int, float] = {}
    proofs, solutions = [], []
    for number, priority in enumerate(order):
        own = problem if priority == 0 else classes.narrowed(problem, units, priority, kept)
        part = seconds / len(order)
        solved = solving.solve(
            own,
            seconds=part,
            seed=seed + number,
            clock=clock,
            begin=begin,
            small_enough=small_enough,
            most_chains=most_chains,
        )
        solutions.append((priority, own, solved))
        if not np.isfinite(solved.value):
            return Allotment(instance, problem, solved.chosen, None, tuple(solutions), solved.is_feasible)
        begin = solved.chosen
        if priority:
            begin = classes.without_overtaking(problem, units, begin)
            kept = {one: classes.worth(problem, units, one, begin) for one in order[: number + 1]}
        proofs.append(_proof(own, solved, priority, begin, {one: kept[one] for one in order[:number]}))
    assert begin is not None
    made = _plan(problem, begin, tuple(proofs), solutions[-1][2].method, seed)
    return Allotment(instance, problem, begin, made, tuple(solutions), True)


def _fitting(problem: Problem, chosen: Longs) -> Longs:
    """Yesterday's plan as far as it fits: those for whom there is no room any more are given anew."""
    from samkraft.analysis.allotment import diving
    from samkraft.analysis.allotment.improving import give

    a = problem.arrays
    made = standing.empty(problem)
    rest = []
    for unit in np.argsort(-a.need, kind="stable"):
        if _fits(problem, made, int(unit), chosen[unit]):
            standing.put(a, made, unit, chosen[unit])
        else:
            rest.append(int(unit))
    free = (np.zeros(a.places.size), np.zeros(a.limit.size), np.zeros(a.least.size))
    room = diving.rooms(problem)
    for unit in rest:
        give(a, made, unit, free, room)
    return made.chosen


def _fits(problem: Problem, made: standing.Standing, unit: int, options: Longs) -> bool:
    """Whether a chain is still one of the unit's and there is room for it."""
    from samkraft.analysis.allotment import diving, pricing

    a = problem.arrays
    room = diving.rooms(problem)
    first, last = int(a.stage_options[a.unit_stages[unit]]), int(a.stage_options[a.unit_stages[unit + 1]])
    value = np.full(max(1, last - first), pricing.IMPOSSIBLE)
    mine = options[options >= 0]
    value[mine - first] = 1.0
    standing.open_now(a, made, unit, value)
    wanted = np.empty(options.size, np.int64)
    pricing.best_chain(a, unit, value, wanted, room[2], room[3])
    return bool(np.array_equal(wanted, options)) and not standing.breaks(a, made, unit, options)


def _proof(own: Problem, solved: Solution, priority: int, chosen: Longs, kept: dict[int, float]) -> Proof:
    value = solving.value_of(own, standing.of(own, chosen))
    places, rows, shares = plan.named(own, solved.prices)
    lowered = {one: value - classes.SLACK for one, value in kept.items()}
    return Proof(priority, value, solved.bound, max(value, solved.least_bound), places, rows, shares, lowered)


def _plan(problem: Problem, chosen: Longs, proofs: tuple[Proof, ...], method: str, seed: int) -> Plan:
    benefit = float(problem.benefit[chosen[chosen >= 0]].sum())
    value = solving.value_of(problem, standing.of(problem, chosen))
    return Plan(plan.placements(problem, chosen), benefit, value, proofs, method, seed)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of giving places, in numbers: benefit, people with a place, places, weeks from joining to the first
    start (mean over those who start), and each floor's share of equal."""

    name: str
    benefit: float
    people: int
    places: int
    weeks_waited: float
    floors: dict[str, float]
    broken: int


def way(instance: Instance, name: str, placements: dict[str, tuple[str, ...]]) -> Way:
    """Count one way anew."""
    found = checking.check(instance, placements)
    joined = {person.id: person.joined for person in instance.people}
    waited = [
        min(int(one.split("@")[1]) for one in occasions) - joined[person]
        for person, occasions in placements.items()
        if occasions
    ]
    return Way(
        name,
        found.benefit,
        len(waited),
        sum(len(occasions) for occasions in placements.values()),
        sum(waited) / len(waited) if waited else 0.0,
        found.floors,
        len(found.broken),
    )


def ways(allotment: Allotment) -> tuple[Way, Way, Way]:
    """The plan, first come, and by time joined."""
    assert allotment.plan is not None
    problem, instance = allotment.problem, allotment.instance
    return (
        way(instance, "plan", allotment.plan.placements),
        way(instance, "first come", plan.placements(problem, greedy.first_come(problem))),
        way(instance, "by time joined", plan.placements(problem, greedy.by_time_joined(problem, instance))),
    )


def gains(allotment: Allotment) -> dict[str, float]:
    """Person → benefit in the plan less benefit when first come takes first."""
    assert allotment.plan is not None
    first = plan.placements(allotment.problem, greedy.first_come(allotment.problem))
    mine = checking.check(allotment.instance, allotment.plan.placements).by_person
    theirs = checking.check(allotment.instance, first).by_person
    return {person: mine[person] - theirs[person] for person in mine}
