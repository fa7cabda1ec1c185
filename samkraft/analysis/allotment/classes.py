"""Priority: one class after the other, and what a higher class has got is a limit for the next.

The value of a class is what its own people gain. Lower classes may be placed meanwhile (a floor may ask for it), but
count for nothing. Afterwards nobody lower may hold what a higher, eligible and willing person lacks and could take.
"""

import numpy as np

from samkraft.analysis.allotment import diving, pricing, standing
from samkraft.analysis.allotment.improving import give
from samkraft.analysis.allotment.instance import Instance, Priority
from samkraft.analysis.allotment.pricing import IMPOSSIBLE
from samkraft.analysis.allotment.problem import Floats, Ints, Longs, Problem

SLACK = 1e-7


def of_units(problem: Problem, instance: Instance) -> Ints:
    """The class of each unit (U)."""
    known = {person.id: person.priority for person in instance.people}
    return np.array([known[names[0]] for names in problem.unit_people], np.int32)


def in_order(instance: Instance) -> tuple[int, ...]:
    """The classes, highest first; (0,) when there is no rule of priority, or only one class."""
    if not instance.of(Priority):
        return (0,)
    found = sorted({person.priority for person in instance.people})
    return tuple(found) if len(found) > 1 else (0,)


def narrowed(problem: Problem, classes: Ints, priority: int, kept: dict[int, float]) -> Problem:
    """The problem of one class: only its gain counts, and each higher class keeps its value."""
    a = problem.arrays
    of_option = np.repeat(classes, np.diff(a.stage_options[a.unit_stages]))
    rows = [np.where(of_option == one, problem.benefit, 0.0) for one in kept]
    least = np.concatenate((a.least, [value - SLACK for value in kept.values()]))
    promised = a.gain - problem.benefit
    arrays = a._replace(
        gain=np.where(of_option == priority, problem.benefit, 0.0) + promised,
        share=np.concatenate((a.share, np.array(rows).reshape(len(rows), a.occasion.size))),
        least=least,
        least_price=np.concatenate((a.least_price, np.full(len(kept), np.inf))),
    )
    ids = problem.share_ids + tuple(f"class:{one}" for one in kept)
    return Problem(
        arrays, problem.unit_people, problem.unit_tracks, problem.occasion_ids, problem.benefit, problem.offset,
        problem.row_ids, ids, problem.impossible,
    )  # fmt: skip


def worth(problem: Problem, classes: Ints, priority: int, chosen: Longs) -> float:
    """The benefit of one class in a plan; of everybody for class 0."""
    mine = chosen if priority == 0 else chosen[classes == priority]
    return float(problem.benefit[mine[mine >= 0]].sum())


def overtaken(problem: Problem, classes: Ints, chosen: Longs) -> list[tuple[int, Longs]]:
    """Units that could have more by taking what nobody or somebody lower holds, and the options that they would have."""
    a = problem.arrays
    lowest_holder = np.full(a.places.size, -1, np.int64)
    free = a.places.astype(np.int64).copy()
    for unit in range(problem.units):
        for option in chosen[unit]:
            if option >= 0:
                where = a.occasion[option]
                free[where] -= a.size[unit]
                lowest_holder[where] = max(lowest_holder[where], classes[unit])
    room = diving.rooms(problem)
    found = []
    for unit in range(problem.units):
        first, last = int(a.stage_options[a.unit_stages[unit]]), int(a.stage_options[a.unit_stages[unit + 1]])
        where = a.occasion[first:last]
        own = np.isin(np.arange(first, last), chosen[unit])
        could = (free[where] >= a.size[unit]) | (lowest_holder[where] > classes[unit]) | own
        value: Floats = np.where(could, problem.benefit[first:last], IMPOSSIBLE)
        wanted = np.empty(chosen.shape[1], np.int64)
        best = pricing.best_chain(a, unit, value, wanted, room[2], room[3])
        if best > problem.benefit[chosen[unit][chosen[unit] >= 0]].sum() + 1e-6:
            found.append((unit, wanted))
    return found


def without_overtaking(problem: Problem, classes: Ints, chosen: Longs, *, most: int = 200) -> Longs:
    """The plan after those who were overtaken have taken what they could, while every hard rule stays kept."""
    present = chosen.copy()
    for _ in range(most):
        changed = False
        for unit, wanted in overtaken(problem, classes, present):
            tried = _taking(problem, classes, present, unit, wanted)
            if tried is not None:
                present, changed = tried, True
                break
        if not changed:
            break
    return present


def _taking(problem: Problem, classes: Ints, chosen: Longs, unit: int, wanted: Longs) -> Longs | None:
    a = problem.arrays
    made = standing.of(problem, chosen)
    standing.take(a, made, unit)
    gone = []
    for option in wanted[wanted >= 0]:
        where = a.occasion[option]
        while made.used[where] + a.size[unit] > a.places[where]:
            holders = [
                one for one in range(problem.units) if where in a.occasion[made.chosen[one][made.chosen[one] >= 0]]
            ]
            lower = [one for one in holders if classes[one] > classes[unit] and not a.need[one]]
            if not lower:
                return None
            leaving = max(lower, key=lambda one: (classes[one], -one))
            standing.take(a, made, leaving)
            gone.append(leaving)
    if standing.breaks(a, made, unit, wanted):
        return None
    standing.put(a, made, unit, wanted)
    room = diving.rooms(problem)
    free = (np.zeros(a.places.size), np.zeros(a.limit.size), np.zeros(a.least.size))
    for one in sorted(gone, key=lambda one: classes[one]):
        give(a, made, one, free, room)
    return made.chosen if standing.is_kept(problem, made) else None
