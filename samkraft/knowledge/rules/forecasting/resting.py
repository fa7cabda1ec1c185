"""Pauses: how often they begin and how long they last, learnt apart from the time that people take part.

A pause that goes on says that it is longer (right censoring). Stays are told net of pauses then, and in the simulation a phase
is followed by the pause that it may have had: as often, and as long, as is learnt. Too few pauses to learn from stay where they
were, in the time of the phase.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues.forecast.state import State
from samkraft.analysis.queues.pathway import Activity, Choice, Duration, Family, Phase, Scenario, Step
from samkraft.analysis.queues.quantities import Fixed, Parameter
from samkraft.knowledge.rules.forecasting import estimating, observing
from samkraft.knowledge.rules.forecasting.arranging import Source
from samkraft.knowledge.rules.forecasting.estimating import Estimate, Learnt
from samkraft.people.rules.cohort_waits import Rested
from samkraft.people.rules.cohorts import FIELDS, Cohort, OutcomeCode, as_number

Reals = NDArray[np.float64]
Longs = NDArray[np.int64]
Pauses = Mapping[int, list[tuple[int, int]]]
FEWEST, FEWEST_OVER = estimating.STEP, 5  # pauses that have begun, and that are over


@dataclass(frozen=True)
class Rest:
    """What is learnt of pauses, drawn (R): how many begin for each week of taking part, and how many days they last.

    begun: pauses that it rests on.
    """

    begun: int
    per_week: Reals
    days: Reals

    @property
    def longer(self) -> Reals:
        """(R,) how much longer a stay becomes by its pauses, as a factor."""
        return np.asarray(1 + self.per_week / 7 * self.days)


def of_rows(cohort: Cohort, rested: Rested, day: int) -> dict[int, list[tuple[int, int]]]:
    """Row → its pauses until a day, in order and apart from each other."""
    packed = (
        np.stack([cohort.columns[name] for name in FIELDS], axis=1).astype(">i2") if len(cohort) else np.zeros((0, 1))
    )
    whole = [row.tobytes() for row in packed]
    known: dict[int, dict[bytes, int]] = {}  # rows of older runs are shorter: as long as the door gives them
    found: dict[int, list[tuple[int, int]]] = {}
    for row, since, until in zip(rested.rows, rested.since.tolist(), rested.until.tolist(), strict=True):
        if len(row) not in known:
            known[len(row)] = {each[: len(row)]: number for number, each in reversed(list(enumerate(whole)))}
        number, ends = known[len(row)].get(row), min(until, day) if until >= 0 else day
        if number is not None and since < ends:
            found.setdefault(number, []).append((since, ends))
    return {number: _apart(sorted(those)) for number, those in found.items()}


def _apart(those: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for since, until in those:
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def learn(
    cohort: Cohort, rested: Rested, made: Scenario, state: State, *, count: int, seed: int
) -> tuple[State, Rest] | None:
    """The state with stays net of pauses, and what is learnt of them; None when they are too few."""
    day = as_number(made.begins) + int(state.day)
    pauses = of_rows(cohort, rested, day)
    begun = sum(map(len, pauses.values()))
    over = sum(until < day for those in pauses.values() for _since, until in those)
    if begun < FEWEST or over < FEWEST_OVER:
        return None
    net = stays(cohort, pauses, made, day)
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 4])))
    weeks = sum(float(each[:, 0].sum()) for each in net) / 7
    spent = float(sum(until - since for those in pauses.values() for since, until in those))
    rest = Rest(begun, dice.gamma(begun + 0.5, 1 / max(weeks, 1.0), count), spent / dice.gamma(over + 0.5, 1.0, count))
    return replace(state, stays=net), rest


def stays(cohort: Cohort, pauses: Pauses, made: Scenario, day: int) -> tuple[Reals, ...]:
    """Phase → (n, 2) days until a day without pauses, and 1 for those that had ended by moving on."""
    columns = {name: column.astype(np.int64) for name, column in cohort.columns.items()}
    begins = [observing.first_days(columns), *observing.later_phases(columns, len(made.phases))]
    left, moved = columns["left"], columns["outcome"] == OutcomeCode.MOVED
    found: list[list[tuple[float, float]]] = [[] for _ in begins]
    for number in np.flatnonzero((columns["started"] >= 0) & (begins[0] < day)).tolist():
        ends = int(left[number]) if 0 <= left[number] < day else -1
        marks = [int(days[number]) for days in begins]
        for phase, since in enumerate(marks):
            if not 0 <= since < day:
                continue
            later = [mark for mark in marks[phase + 1 :] if 0 <= mark < day]
            until = later[0] if later else ends if ends >= 0 else day
            went_on = bool(later) or (ends >= 0 and not moved[number])
            away = sum(max(0, min(until, high) - max(since, low)) for low, high in pauses.get(number, ()))
            found[phase].append((float(until - since - away), float(went_on)))
    return tuple(np.asarray(one, float).reshape(-1, 2) for one in found)


def added(learnt: Learnt, rest: Rest, *, seed: int) -> Learnt:
    """What is learnt, with pauses: a step after each phase's own, and a row for how often and how long."""
    made, count = learnt.scenario, len(rest.days)
    draws, parameters = dict(learnt.draws), dict(made.parameters)
    steps: list[Phase] = []
    activities: list[Activity] = []
    for number, phase in enumerate(made.phases, 1):
        often, long = f"pause_{number}", f"pauselength_{number}"
        days = _days(learnt, f"days_{number}", count, seed)
        expected = rest.per_week[:, None] * days / 7
        chance = 1 - np.exp(-expected)
        draws[often] = chance
        draws[long] = rest.days[:, None] * np.divide(expected, chance, out=np.ones_like(chance), where=chance > 0)
        parameters[often] = _own_alone(often, 0.0)
        parameters[long] = _own_alone(long, 1.0)
        name = f"paus {number}"
        activities.append(Activity(name, Duration(Family.EXPONENTIAL, long)))
        steps.append(_with_pause(phase, name, often))
    scenario = replace(made, phases=tuple(steps), activities=(*made.activities, *activities), parameters=parameters)
    rows = tuple(_longer(one, rest) for one in learnt.estimates)
    return replace(learnt, estimates=(*rows, *_rows(rest)), scenario=scenario, draws=draws)


def placed(state: State, after: Scenario) -> State:
    """The state in a scenario whose phases have more steps: everybody stands in the phase's first as before."""
    first = np.cumsum([0] + [2 + len(phase.steps) for phase in after.phases])
    initial = state.initial.copy()
    inside = initial[:, 3] >= 0
    initial[inside, 2] = first[initial[inside, 7]] + 2
    return replace(state, initial=initial)


def _with_pause(phase: Phase, name: str, often: str) -> Phase:
    return replace(phase, steps=(*phase.steps, Step(((Choice(name, often), Choice("", f"1-{often}")),))))


def _own_alone(name: str, otherwise: float) -> Parameter:
    return Parameter(name, name, {source.value: Fixed(otherwise) for source in Source})


def _days(learnt: Learnt, name: str, count: int, seed: int) -> Reals:
    from samkraft.analysis.queues import quantities

    known = learnt.draws.get(name)
    if known is not None:
        return known[:count]
    made = learnt.scenario
    return quantities.draw(made.parameters[name], Source.OWN.value, seed=seed, count=count, waves=len(made.intakes))


def _longer(one: Estimate, rest: Rest) -> Estimate:
    """A whole stay holds its pauses; a phase's time does not."""
    if one.code != "stay" or one.own is None:
        return one
    factor = float(np.median(rest.longer))
    longer = (round(part * factor, 5) for part in (one.own.low, one.own.middle, one.own.high))
    return replace(one, own=estimating.Interval(*longer))


def _rows(rest: Rest) -> list[Estimate]:
    n = rest.begun // estimating.STEP * estimating.STEP
    return [
        Estimate(code, unit, 0, None, None, estimating.band(values), n, False, Source.OWN, False)
        for code, unit, values in (("pauses", "per_week", rest.per_week), ("pauselength", "days", rest.days))
    ]
