"""Every chain of every unit, one by one: for small cases, where the whole programme can be written down."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment.problem import Floats, Ints, Longs, Problem


@dataclass(frozen=True, slots=True)
class Chains:
    """C chains: the unit of each (C), its options (C, most_stages) with −1 for none, and its gain (C)."""

    unit: Ints
    options: Longs
    gain: Floats


def every(problem: Problem, *, most: int) -> Chains | None:
    """All chains with at least one option. None when there are more than `most`."""
    stages = max(1, problem.arrays.most_stages)
    units, found = [], []
    for unit in range(problem.units):
        for chain in of_unit(problem, unit):
            units.append(unit)
            found.append(chain + [-1] * (stages - len(chain)))
            if len(found) > most:
                return None
    options = np.array(found, np.int64).reshape(len(found), stages)
    gain = np.where(options >= 0, problem.arrays.gain[options] if problem.options else 0.0, 0.0).sum(axis=1)
    return Chains(np.array(units, np.int32), options, gain)


def of_unit(problem: Problem, unit: int) -> Iterator[list[int]]:
    """A unit's chains, each a list of options with −1 for a stage that is skipped; the empty chain is not among them."""
    a = problem.arrays
    stages = range(int(a.unit_stages[unit]), int(a.unit_stages[unit + 1]))

    def onward(number: int, so_far: list[int], ended: int | None) -> Iterator[list[int]]:
        if number == len(stages):
            return
        stage = stages[number]
        for option in range(int(a.stage_options[stage]), int(a.stage_options[stage + 1])):
            begins = int(a.start[a.occasion[option]])
            if ended is None:
                fits = begins >= a.ready[unit]
            else:
                fits = begins >= ended + a.gap[stage] and (a.longest[stage] < 0 or begins <= ended + a.longest[stage])
            if fits:
                chain = [*so_far, option]
                if number + 1 >= a.need[unit]:
                    yield chain
                yield from onward(number + 1, chain, int(a.end[a.occasion[option]]))
        if a.may_skip[stage]:
            yield from onward(number + 1, [*so_far, -1], ended)

    yield from onward(0, [], None)
