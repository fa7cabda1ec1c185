"""A scenario and its drawn parameters as the arrays that the kernel runs."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import durations, quantities
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import DROPPED, Closing, Scenario, Spread, Step
from samkraft.analysis.queues.quantities import Amount

Reals = NDArray[np.float64]
SPREADS = {Spread.RANDOM: 0, Spread.STREAM: 0, Spread.EVEN: 1, Spread.AT_ONCE: 2}


@dataclass(frozen=True)
class Network:
    """What `kernel.run.several` takes, and how to read what it gives.

    counts (R, W) people; begins, lasts, even (W,); days are the days of the snapshots; drawn: parameter → (R,) values.
    """

    net: layout.Net
    parameters: layout.Drawn
    counts: NDArray[np.int64]
    begins: NDArray[np.int64]
    lasts: NDArray[np.int64]
    even: NDArray[np.int64]
    days: tuple[date, ...]
    weeks: NDArray[np.int64]
    drawn: dict[str, Reals]


def tick(scenario: Scenario, day: date) -> int:
    """The first tick of a day."""
    return (day - scenario.begins).days * scenario.ticks_per_day


def snapshot_days(scenario: Scenario) -> tuple[list[date], list[int]]:
    """The days that are looked at, and which of them are the weekly ones."""
    weekly = [scenario.begins + timedelta(weeks=n) for n in range((scenario.ends - scenario.begins).days // 7 + 1)]
    named = {target.before for target in scenario.targets} | set(scenario.look_at) | {scenario.ends}
    days = sorted({*weekly, *(day for day in named if scenario.begins <= day <= scenario.ends)})
    return days, [days.index(day) for day in weekly]


class Values:
    """The drawn values of every parameter, shape (R, W); a number stands for itself."""

    def __init__(self, scenario: Scenario, assumption: str, *, seed: int, count: int, alike: int) -> None:
        self.count = count
        self.waves = len(scenario.intakes)
        draws = -(-count // alike)
        self.drawn = {
            name: np.repeat(
                quantities.draw(one, assumption, seed=seed, count=draws, waves=self.waves), alike, axis=0
            )[:count]
            for name, one in scenario.parameters.items()
        }  # fmt: skip
        self.uncertain = {
            name for name, one in scenario.parameters.items() if quantities.uncertain(one.under(assumption))
        }

    def of(self, amount: Amount) -> Reals:
        """Shape (R, W). "1-name" is what is left of a share."""
        if isinstance(amount, str) and amount.startswith("1-"):
            return 1 - self.drawn[amount[2:]]
        return self.drawn[amount] if isinstance(amount, str) else np.full((self.count, self.waves), float(amount))


def build(
    scenario: Scenario, assumption: str, *, seed: int, count: int, alike: int = 1,
    initial: NDArray[np.int32] | None = None, begins: date | None = None, warm_days: float = 0,
    overrides: dict[str, Reals] | None = None,
) -> Network:  # fmt: skip
    """Draw the parameters of `count` replications, `alike` and `alike` with the same ones, and lay out the arrays."""
    values = Values(scenario, assumption, seed=seed, count=count, alike=alike)
    values.drawn.update(overrides or {})
    counts = _counts(scenario, values, seed, alike)
    days, weeks = snapshot_days(scenario)
    first = tick(scenario, begins) if begins else 0
    activities = {activity.name: number for number, activity in enumerate(scenario.activities)}
    horizon = tick(scenario, scenario.ends)
    alternatives, choice_cum = _choices(scenario, values, activities)
    rows, changes, outcome_cum = _outcomes(scenario, values)
    give_up = np.stack([values.of(intake.gives_up_per_week)[:, w] for w, intake in enumerate(scenario.intakes)], 1)
    program, phase_first = _program(scenario)
    tables, which_table = _tables(scenario)
    net = layout.Net(
        horizon=horizon, begins=first, ticks_per_day=scenario.ticks_per_day,
        warm=int(warm_days * scenario.ticks_per_day) if warm_days else first, turn_away=scenario.turn_away,
        dropped=scenario.kinds.index(DROPPED), branches=_branches(scenario), program=program, phase_first=phase_first,
        alternatives=alternatives, outcome_row=rows, outcome_from=changes,
        wave_source=_ints(scenario.sources.index(intake.source) for intake in scenario.intakes),
        activities=np.column_stack([_activities(scenario), which_table]).astype(np.int32),
        table=tables, always_open=not scenario.closed, calendar=_calendar(scenario),
        team_places=_ints(teams.places for teams in scenario.teams for _ in range(teams.number)),
        agenda=_agenda(scenario, activities, first), snaps=_ints(min(tick(scenario, day), horizon) for day in days),
        initial=np.zeros((0, 8), np.int32) if initial is None else np.ascontiguousarray(initial, np.int32),
    )  # fmt: skip
    parameters = layout.Drawn(
        choice_cum=choice_cum, outcome_cum=outcome_cum, drop_rate=_drop_rates(scenario, values),
        give_up_rate=_one_or_all(give_up / (7 * scenario.ticks_per_day)), scale=_scales(scenario, values),
    )  # fmt: skip
    return Network(
        net, parameters, counts, *_periods(scenario), tuple(days), np.asarray(weeks),
        {name: drawn.mean(axis=1) for name, drawn in values.drawn.items() if name in values.uncertain},
    )  # fmt: skip


def _branches(scenario: Scenario) -> int:
    """The most that one person does side by side."""
    return max((len(step.choices) for step in steps(scenario) if step.together), default=0)


def _ints(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.asarray(list(numbers), np.int32)


def _one_or_all(values: Reals) -> Reals:
    """One row when all replications agree."""
    alike = bool((values == values[:1]).all())
    return np.ascontiguousarray(values[:1] if alike else values)


def _counts(scenario: Scenario, values: Values, seed: int, alike: int) -> NDArray[np.int64]:
    """How many come with each intake: the planned number times the drawn share, rounded; a stream is Poisson."""
    counts = np.empty((values.count, values.waves), np.int64)
    for w, intake in enumerate(scenario.intakes):
        expected = values.of(intake.share)[:, w] * intake.people
        if intake.spread is Spread.STREAM:
            weeks = (intake.ends - intake.begins).days / 7
            dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 1, w])))
            counts[:, w] = dice.poisson(expected * weeks)
        else:
            counts[:, w] = np.floor(expected + 0.5)
    return counts


def _periods(scenario: Scenario) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    begins = [tick(scenario, intake.begins) for intake in scenario.intakes]
    lasts = [tick(scenario, intake.ends) - first for intake, first in zip(scenario.intakes, begins, strict=True)]
    even = [SPREADS[intake.spread] for intake in scenario.intakes]
    return np.asarray(begins, np.int64), np.asarray(lasts, np.int64), np.asarray(even, np.int64)


def _program(scenario: Scenario) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Phases as a list of steps, and where each begins; choices are numbered in the order in which they stand."""
    program: list[tuple[int, int, int]] = []
    first: list[int] = []
    choice = 0
    for number, phase in enumerate(scenario.phases):
        first.append(len(program))
        program.append((layout.BEGIN_PHASE, number, 0))
        for step in phase.steps:
            program.append((layout.TOGETHER if step.together else layout.CHOOSE, choice, len(step.choices)))
            choice += len(step.choices)
        program.append((layout.END_PHASE, number, 0))
    return np.asarray(program, np.int32), _ints(first)


def steps(scenario: Scenario) -> list[Step]:
    """Every step of every phase, in order."""
    return [step for phase in scenario.phases for step in phase.steps]


def _choices(scenario: Scenario, values: Values, activities: dict[str, int]) -> tuple[NDArray[np.int32], Reals]:
    """Alternatives and their cumulative probabilities for each source."""
    choices = [choice for step in steps(scenario) for choice in step.choices] or [()]
    most = max(1, max(len(choice) for choice in choices))
    alternatives = np.full((len(choices), most), -1, np.int32)
    weights = np.zeros((values.count, len(choices), len(scenario.sources), most))
    for c, choice in enumerate(choices):
        for m, one in enumerate(choice):
            alternatives[c, m] = activities[one.activity] if one.activity else -1
            for s, source in enumerate(scenario.sources):
                if not one.sources or source in one.sources:
                    weights[:, c, s, m] = values.of(one.weight)[:, 0]
    total = weights.sum(axis=-1, keepdims=True)
    shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return alternatives, _one_or_all(_cumulative(shares))


def _outcomes(scenario: Scenario, values: Values) -> tuple[NDArray[np.int32], NDArray[np.int32], Reals]:
    """How each phase ends, for each intake and each period of the calendar."""
    phases, kinds = [phase.name for phase in scenario.phases], scenario.kinds
    changes = sorted({scenario.begins} | {e.begins for p in scenario.phases for e in p.exits if e.begins})
    waves, many = len(scenario.intakes), len(changes)
    chances = np.zeros((values.count, len(phases) * waves * many, len(phases) + len(kinds)))
    row = np.arange(len(phases) * waves, dtype=np.int32).reshape(len(phases), waves) * many
    for f, phase in enumerate(scenario.phases):
        for w, intake in enumerate(scenario.intakes):
            for p, change in enumerate(changes):
                at = chances[:, row[f, w] + p]
                for one in phase.exits:
                    if (one.begins is None or one.begins <= change) and one.source in ("", intake.source):
                        column = phases.index(one.to) if one.is_phase else len(phases) + kinds.index(one.to)
                        at[:, column] = values.of(one.probability)[:, w]
                total = at.sum(axis=1)
                at /= np.maximum(total, 1.0)[:, None]
                rest = np.maximum(0.0, 1.0 - total)
                at[:, len(phases) + kinds.index(phase.otherwise) if phase.otherwise else f + 1] += rest
    periods = _ints(tick(scenario, change) for change in changes)
    return np.ascontiguousarray(row), periods, _one_or_all(_cumulative(chances))


def _cumulative(shares: Reals) -> Reals:
    """Cumulative in the last axis; from the last that can be chosen on, more than any draw."""
    made = np.cumsum(shares, axis=-1)
    chosen_later = np.cumsum(shares[..., ::-1], axis=-1)[..., ::-1] > 0
    made[..., :-1][~chosen_later[..., 1:]] = layout.NEVER_CHOSEN
    made[..., -1] = layout.NEVER_CHOSEN
    return made


def _drop_rates(scenario: Scenario, values: Values) -> Reals:
    rates = [values.of(phase.drops_out_per_week)[:, 0] / (7 * scenario.ticks_per_day) for phase in scenario.phases]
    return _one_or_all(np.repeat(np.stack(rates, axis=1)[:, :, None], len(scenario.sources), axis=2))


def _activities(scenario: Scenario) -> NDArray[np.int32]:
    """Kind, whether a full one is skipped, places, whether it rests on closed days; `_tables` says which table."""
    rows, unlimited = [], np.iinfo(np.int32).max
    for one in scenario.activities:
        kind = layout.JOINT if one.occasions else layout.UNLIMITED if one.places is None else layout.PLACES
        places = unlimited if one.places is None else one.places
        rows.append((kind, one.when_full == "skip", places, one.rests_on_closed_days))
    return np.asarray(rows, np.int32).reshape(-1, 4)


def _tables(scenario: Scenario) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Distributions over their mean, each once, and which of them each activity has: few stay in the nearest cache."""
    each = [dataclasses.replace(one.duration, mean=1.0, part=1.0) for one in scenario.activities]
    different = list(dict.fromkeys(each))
    return np.stack([durations.table(one) for one in different]), _ints(different.index(one) for one in each)


def _scales(scenario: Scenario, values: Values) -> Reals:
    means = np.stack(
        [values.of(activity.duration.mean)[:, 0] * activity.duration.part for activity in scenario.activities], axis=1
    )
    return _one_or_all(means * scenario.ticks_per_day)


def _calendar(scenario: Scenario) -> NDArray[np.int32]:
    horizon = tick(scenario, scenario.ends)
    is_open = np.ones(horizon + 1, bool)
    for closed in scenario.closed:
        is_open[max(0, tick(scenario, closed.begins)) : max(0, tick(scenario, closed.ends))] = False
    made = np.full((horizon + 2, 2), layout.NEVER, np.int32)
    made[:, layout.OPEN_BEFORE] = np.concatenate([[0], np.cumsum(is_open)])
    made[: is_open.sum(), layout.OPEN_TICK] = np.flatnonzero(is_open)
    return made


def _agenda(scenario: Scenario, activities: dict[str, int], first: int) -> NDArray[np.int32]:
    """Openings, closings, changed places and joint starts, in order of time."""
    items, team = [], 0
    for teams in scenario.teams:
        for _ in range(teams.number):
            items.append((tick(scenario, teams.opens), layout.OPENING, team, 0))
            if teams.closes is not None:
                how = layout.TRANSFER if teams.closing is Closing.TRANSFER else layout.CLOSING
                items.append((tick(scenario, teams.closes), how, team, 0))
            team += 1
    for activity in scenario.activities:
        number = activities[activity.name]
        items += [(tick(scenario, day), layout.CAPACITY, number, places) for day, places in activity.later_places]
        items += [
            (tick(scenario, day), layout.OCCASION, number, places)
            for day, places in activity.occasions
            if tick(scenario, day) >= first
        ]
    return np.asarray(sorted(items, key=lambda item: (item[0], item[1])), np.int32).reshape(-1, 4)
