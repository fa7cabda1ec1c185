"""How much a plan gains over first come when benefits are estimates: chosen by one half of the knowledge, counted with the other.

A plan that is chosen for its estimated benefit is also chosen for its errors, so its gain looks too large. An estimate
with a known error is therefore split into two that are independent: one chooses the plan, the other says what it is
worth. The estimate is unbiased for the plan that it measures, and its interval covers 0 when benefits are noise.

A. Neufeld, A. Dharamshi, L. Gao and D. Witten (2024), Data thinning for convolution-closed distributions; for draws,
one draw's deviation is the noise that splits, and the spread over the others says how sure the answer is.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import allotting, compiling, greedy
from samkraft.analysis.allotment.instance import Instance, Wish
from samkraft.analysis.allotment.problem import Floats, Longs, Problem

SURE = 1.959964


@dataclass(frozen=True, slots=True)
class Gain:
    """Benefit of a plan less that of first come: an unbiased estimate with its standard error and 95 % interval."""

    estimate: float
    se: float
    low: float
    high: float


def is_estimated(instance: Instance) -> bool:
    """Whether any benefit is an estimate."""
    return any(wish.se > 0 or wish.draws for wish in _wishes(instance))


def gain(instance: Instance, *, seconds: float, seed: int, clock: Callable[[], float]) -> Gain | None:
    """The gain over first come, with its interval; None when there is no plan."""
    random = np.random.default_rng(seed)
    wishes = _wishes(instance)
    estimate = np.array([wish.benefit for wish in wishes])
    noise, errors = _noise(wishes, random)
    choosing, counting = estimate + noise, estimate - noise
    made = allotting.allot(instance, seconds=seconds, seed=seed, clock=clock, benefits=choosing)
    if made.plan is None:
        return None
    chosen, first = made.chosen, greedy.first_come(compiling.compiled(instance, benefits=choosing))
    weights = _weights(instance, made.problem, chosen) - _weights(instance, made.problem, first)
    found = float(weights @ counting)
    if errors is None:
        se = float(np.sqrt(2.0 * np.sum((weights * np.array([wish.se for wish in wishes])) ** 2)))
    else:
        se = float(np.sqrt(2.0) * np.std(errors @ weights, ddof=1))
    return Gain(found, se, found - SURE * se, found + SURE * se)


def _wishes(instance: Instance) -> list[Wish]:
    return [person.tracks[track][stage].wishes[at] for person, track, stage, at in compiling.wishes(instance)]


def _noise(wishes: list[Wish], random: np.random.Generator) -> tuple[Floats, Floats | None]:
    """What splits the estimate (wishes), and the other draws' deviations (draws − 1, wishes)."""
    if not any(wish.draws for wish in wishes):
        return random.normal(size=len(wishes)) * np.array([wish.se for wish in wishes]), None
    draws = np.array([wish.draws for wish in wishes]).T
    draws = draws - draws.mean(axis=0)
    which = int(random.integers(draws.shape[0]))
    widened = draws[which] * np.sqrt(draws.shape[0] / (draws.shape[0] - 1))
    return widened, np.delete(draws, which, axis=0)


def _weights(instance: Instance, problem: Problem, chosen: Longs) -> Floats:
    """How much of each wish's benefit a plan gives: the share that waiting leaves, or nothing."""
    a = problem.arrays
    number, activity_of = {}, [activity.id for activity, _ in instance.occasions()]
    for at, (person, track, stage, which) in enumerate(compiling.wishes(instance)):
        number[person.id, track, stage, person.tracks[track][stage].wishes[which].activity] = at
    weights = np.zeros(len(number))
    loss = instance.loss_per_week()
    for unit, names in enumerate(problem.unit_people):
        for stage in range(int(a.unit_stages[unit + 1] - a.unit_stages[unit])):
            option = int(chosen[unit, stage])
            if option >= 0:
                where = int(a.occasion[option])
                kept = max(0.0, 1.0 - loss * max(int(a.start[where]), 0))
                for name in names:
                    weights[number[name, problem.unit_tracks[unit], stage, activity_of[where]]] += kept
    return weights
