"""The rows of the cohort door as events of the simulation: came, in which team, which phase, left how."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues.forecast.observed import CAME, ENROLLED, EXITED, PHASE, Observed
from samkraft.analysis.queues.pathway import Scenario
from samkraft.knowledge.rules.forecasting.arranging import ELSE, WORK, Arranged
from samkraft.people.rules.cohorts import ORIGIN, Cohort, OutcomeCode, as_number

Longs = NDArray[np.int64]
MONTH = 30


def first_day(cohort: Cohort) -> date | None:
    """When the first came; None when nobody has."""
    started = cohort.columns["started"]
    known = started[started >= 0]
    return ORIGIN + timedelta(days=int(known.min())) if len(known) else None


def unevenness(cohort: Cohort, until: date, *, blocks: int = 9) -> float:
    """How uneven the intake is: the variance over the mean of how many came in each of the last months, at least 1.

    If people came independently of each other at an even pace it would be 1.
    """
    started = cohort.columns["started"].astype(np.int64)
    ago = as_number(until) - started[(started >= 0) & (started < as_number(until))]
    if not len(ago):
        return 1.0
    whole = min(blocks, int(ago.max()) // MONTH)
    if whole < 2:
        return 1.0
    many = np.bincount(ago // MONTH, minlength=whole)[:whole]
    return max(1.0, float(many.var(ddof=1) / max(many.mean(), 1.0)))


def events(cohort: Cohort, arranged: Arranged, made: Scenario, *, known: date) -> Observed:
    """Events in days from the scenario's first, all known on the same day.

    Who moved away has dropped out; what happened after somebody left is not counted. A phase that was passed over took no
    time. Who came outside the intakes is counted with the nearest one before, or the first.
    """
    columns = {name: column.astype(np.int64) for name, column in cohort.columns.items()}
    kept = columns["started"] >= 0
    columns = {name: column[kept] for name, column in columns.items()}
    zero = as_number(made.begins)
    person, wave = np.arange(len(columns["started"])), _waves(columns["started"], arranged)
    left, started = columns["left"], first_days(columns)
    moments = [(CAME, started, np.full(len(person), -1)), (ENROLLED, started, _teams(columns["team"], arranged))]
    moments.append((PHASE, started, np.zeros(len(person), np.int64)))
    for number, days in enumerate(later_phases(columns, len(made.phases)), 1):
        moments.append((PHASE, days, np.full(len(person), number)))
    moments.append((EXITED, left, _kinds(columns["outcome"], made)))
    parts = [
        (person[days >= 0], wave[days >= 0], np.full((days >= 0).sum(), what), where[days >= 0], days[days >= 0] - zero)
        for what, days, where in moments
    ]
    whole = [np.concatenate([part[place] for part in parts]) for place in range(5)]
    day = whole[4].astype(float)
    return Observed(whole[0], whole[1], whole[2], whole[3], day, np.full(len(day), float(as_number(known) - zero)))


def first_days(columns: dict[str, Longs]) -> Longs:
    """The day on which each came; not after the one on which the person left."""
    left = columns["left"]
    return np.where(left >= 0, np.minimum(columns["started"], left), columns["started"])


def later_phases(columns: dict[str, Longs], many: int) -> list[Longs]:
    """The days on which the later phases began, in order; −1 where they have not."""
    left = columns["left"]
    found = _phases(columns, first_days(columns), many)
    return [np.where((left >= 0) & (days > left), -1, days) for days in found]


def _waves(started: Longs, arranged: Arranged) -> Longs:
    begins = np.array([as_number(wave.begins) for wave in arranged.waves])
    order = np.argsort(begins, kind="stable")
    found = np.searchsorted(begins[order], started, side="right") - 1
    return np.asarray(order[np.maximum(found, 0)], np.int64)


def _teams(numbers: Longs, arranged: Arranged) -> Longs:
    place = {team.number: n for n, team in enumerate(arranged.teams)}
    return np.array([place.get(int(number), -1) for number in numbers], np.int64)


def _phases(columns: dict[str, Longs], started: Longs, many: int) -> list[Longs]:
    """The days on which the later phases began, in order; −1 where they have not."""
    if many == 1:
        return []
    two, three = columns["phase_two"], columns["phase_three"]
    if many == 2:
        return [np.where(two >= 0, np.maximum(two, started), -1)]
    two = np.where((two < 0) & (three >= 0), three, two)
    two = np.where(two >= 0, np.maximum(two, started), -1)
    return [two, np.where(three >= 0, np.maximum(three, two), -1)]


def _kinds(outcome: Longs, made: Scenario) -> Longs:
    kinds = list(made.kinds)
    of = {OutcomeCode.WORK: WORK, OutcomeCode.STUDIES: WORK, OutcomeCode.MOVED: kinds[-1]}
    place = np.array([kinds.index(of.get(code, ELSE)) for code in OutcomeCode], np.int64)
    return np.asarray(place[outcome], np.int64)
