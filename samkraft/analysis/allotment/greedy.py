"""As it is done without counting: one after another, each takes the best that is left. In order of application, or of
time joined. Floors and classes are not looked at; hard limits are."""

import numpy as np

from samkraft.analysis.allotment import diving, prices, standing
from samkraft.analysis.allotment.improving import give
from samkraft.analysis.allotment.instance import Instance
from samkraft.analysis.allotment.problem import Longs, Problem


def in_order(problem: Problem, order: list[int]) -> Longs:
    """The plan (U, most_stages) when units choose in this order. Those who must have something choose first."""
    made = standing.empty(problem)
    room = diving.rooms(problem)
    free = prices.none(problem)
    must = [unit for unit in order if problem.arrays.need[unit]]
    for unit in [*must, *(unit for unit in order if not problem.arrays.need[unit])]:
        give(problem.arrays, made, unit, (free.place, free.row, free.share), room)
    return made.chosen


def first_come(problem: Problem) -> Longs:
    """In the order of the file."""
    return in_order(problem, list(range(problem.units)))


def by_time_joined(problem: Problem, instance: Instance) -> Longs:
    """Who has waited longest chooses first."""
    joined = {person.id: person.joined for person in instance.people}
    waited = np.array([min(joined[name] for name in names) for names in problem.unit_people])
    return in_order(problem, [int(unit) for unit in np.argsort(waited, kind="stable")])
