"""What came out of many replications: bands, totals, probabilities with their Monte Carlo error, where variance is from.

Replications come in pairs with the same parameters (`Run` says how many alike); what a pair shares is uncertainty about
the world, the rest is chance.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import pathway
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario, Target
from samkraft.analysis.queues.simulation import ALIKE, Run
from samkraft.values.wording import spoken

Reals = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)
SHARES = (0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0)
SURE = 0.95  # of the intervals for Monte Carlo error


@dataclass(frozen=True, slots=True)
class Band:
    """5, 50 and 95 per cent of a measure on each day: arrays of the same length."""

    name: str
    days: tuple[date, ...]
    low: Reals
    middle: Reals
    high: Reals


@dataclass(frozen=True, slots=True)
class Total:
    """One number from each replication, summed up. `error` is the Monte Carlo standard error of the mean.

    `from_parameters` is the share of the variance that not knowing the parameters gives, the rest is chance (None when
    nothing varies or no parameter is uncertain). `distribution` has the quantiles of `SHARES`.
    """

    name: str
    mean: float
    error: float
    low: float
    middle: float
    high: float
    sd: float
    from_parameters: float | None
    distribution: tuple[float, ...]
    kind: str = ""  # the kind of exit that is counted, when it is one


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a target is, and between what the Monte Carlo error leaves it (95 per cent)."""

    name: str
    probability: float
    low: float
    high: float
    replications: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about one run that is shown."""

    assumption: str
    bands: tuple[Band, ...]
    totals: tuple[Total, ...]
    chances: tuple[Chance, ...]
    parameters: tuple[tuple[str, str, float, float, float], ...]  # name, words, 5, 50 and 95 per cent of the draws


def summarise(run: Run) -> Summary:
    """Bands per week, totals, probabilities of the targets."""
    scenario = run.scenario
    bands = [
        band(run, spoken("inskrivna"), run.weekly(layout.STOCK)),
        band(run, spoken("väntar på plats i team"), run.weekly(layout.QUEUE)),
        band(run, spoken("väntat i snitt, dagar (veckans nya)"), mean_waits(run)),
        *(band(run, out_to(kind), run.weekly(column)) for kind, column in _exits(run)),
    ]
    has_detail = run.snapshots.shape[2] > run.team_columns().stop
    if has_detail and any(a.staff_hours_at_start or a.staff_hours_per_week for a in scenario.activities):
        bands.append(
            band(run, spoken("personaltimmar i veckan"), np.pad(staff_hours(run), ((0, 0), (0, 1)), mode="edge"))
        )
    if has_detail:
        bands += [
            band(run, spoken("väntar på {name}", name=activity.name), run.weekly(run.activity_column(0, number)))
            for number, activity in enumerate(scenario.activities)
            if activity.places is not None or activity.occasions
        ]
    parameters = []
    for name, values in run.network.drawn.items():
        low, middle, high = (float(q) for q in np.quantile(values, LEVELS))
        parameters.append((name, scenario.parameters[name].words, low, middle, high))
    return Summary(run.assumption, tuple(bands), tuple(totals(run)), tuple(chances(run)), tuple(parameters))


def out_to(kind: str) -> str:
    """What the count of a kind of exit is called."""
    return spoken("ut: {kind}", kind=pathway.named(kind))


def _exits(run: Run) -> list[tuple[str, int]]:
    return list(zip(run.scenario.kinds, run.exit_columns(run.scenario.kinds), strict=True))


def band(run: Run, name: str, values: NDArray[np.int32] | Reals) -> Band:
    """The band of a weekly measure, (R, weeks). Weeks in which it is unknown in a replication are left out there."""
    known = np.where(np.isnan(values).all(axis=0), 0.0, values)
    low, middle, high = np.nanquantile(known, LEVELS, axis=0)
    days = tuple(run.network.days[week] for week in run.network.weeks)
    return Band(name, days, low, middle, high)


def mean_waits(run: Run) -> Reals:
    """Days waited on average by those who started during the week before."""
    waited = np.diff(run.weekly(layout.WAITED), axis=1, prepend=0).astype(float)
    started = np.diff(run.weekly(layout.STARTED), axis=1, prepend=0)
    return np.asarray(np.divide(waited, started, out=np.full(waited.shape, np.nan), where=started > 0))


def totals(run: Run) -> list[Total]:
    """Totals at the end of the scenario and on the days that are looked at."""
    scenario = run.scenario
    last = run.network.days[-1]
    made = [
        total(run, spoken("har börjat"), run.at(last, layout.STARTED)),
        total(run, spoken("väntar fortfarande på plats"), run.at(last, layout.QUEUE)),
        total(run, spoken("gav upp eller avvisades"), run.at(last, layout.GAVE_UP)),
        total(run, spoken("högsta antal inskrivna"), run.weekly(layout.STOCK).max(axis=1)),
        total(
            run,
            spoken("andel som väntat mer än {long_wait_days} dagar", long_wait_days=scenario.long_wait_days),
            long_waits(run),
        ),
    ]
    made += [
        dataclasses.replace(total(run, out_to(kind), run.at(last, column)), kind=kind) for kind, column in _exits(run)
    ]
    for day in dict.fromkeys((*scenario.look_at, *(target.before for target in scenario.targets))):
        made.append(total(run, spoken("inskrivna {day}", day=day), run.at(day, layout.STOCK)))
        made.append(total(run, spoken("väntar på plats {day}", day=day), run.at(day, layout.QUEUE)))
        made.append(total(run, spoken("har gått ut {day}", day=day), _all_exits(run, day)))
    return made


def _all_exits(run: Run, day: date) -> NDArray[np.int64]:
    return np.asarray(sum(run.at(day, column).astype(np.int64) for _, column in _exits(run)))


def long_waits(run: Run) -> Reals:
    """(R,) the share of those who have started who waited longer than the scenario's limit for a team."""
    long = run.waits[:, run.scenario.long_wait_days + 1 :].sum(axis=1)
    return np.asarray(long / np.maximum(run.waits.sum(axis=1), 1), float)


def total(run: Run, name: str, values: NDArray[np.int32] | NDArray[np.int64] | Reals) -> Total:
    """Sum up one number from each replication."""
    numbers = np.asarray(values, float)
    groups = _groups(run, numbers)
    error = float(groups.std(ddof=1) / np.sqrt(len(groups))) if len(groups) > 1 else float("nan")
    low, middle, high = (float(q) for q in np.quantile(numbers, LEVELS))
    return Total(
        name, float(numbers.mean()), error, low, middle, high, float(numbers.std(ddof=1)) if len(numbers) > 1 else 0.0,
        from_parameters(run, numbers), tuple(float(q) for q in np.quantile(numbers, SHARES)),
    )  # fmt: skip


def _groups(run: Run, values: Reals) -> Reals:
    """The means of replications that share parameters: those are independent of each other."""
    whole = len(values) // ALIKE * ALIKE
    return values[:whole].reshape(-1, ALIKE).mean(axis=1) if run.network.drawn and whole else values


def from_parameters(run: Run, values: Reals) -> float | None:
    """The share of the variance that comes from not knowing the parameters: the covariance of a pair over the variance."""
    whole = len(values) // ALIKE * ALIKE
    if not run.network.drawn or whole < 2 * ALIKE or values.std() == 0:
        return None
    pairs = values[:whole].reshape(-1, ALIKE)
    within = pairs.var(axis=1, ddof=1).mean()
    between = pairs.mean(axis=1).var(ddof=1) - within / ALIKE
    return float(np.clip(between / (between + within), 0.0, 1.0))


def reached(run: Run, target: Target) -> NDArray[np.bool_]:
    """(R,) whether the target is reached before its day."""
    columns = run.exit_columns(target.kinds) if target.kinds else [layout.STARTED]
    return np.asarray(sum(run.at(target.before, column) for column in columns) >= target.at_least)


def chances(run: Run) -> list[Chance]:
    """How likely each target is."""
    return [chance(run, target.name, reached(run, target)) for target in run.scenario.targets]


def chance(run: Run, name: str, hits: NDArray[np.bool_]) -> Chance:
    """A probability with the interval that Monte Carlo leaves: never 0, never 1.

    Replications that share parameters count as one each, at worst; that makes the interval wider, not narrower.
    """
    share = float(hits.mean())
    low, high = between(share, len(_groups(run, hits.astype(float))))
    return Chance(name, share, low, high, len(hits))


def between(share: float, independent: int) -> tuple[float, float]:
    """Between what so many independent replications leave a probability (95 per cent, Clopper and Pearson 1934)."""
    from scipy import stats

    k, tail = share * independent, (1 - SURE) / 2
    low = float(stats.beta.ppf(tail, k, independent - k + 1)) if k > 0 else 0.0
    high = float(stats.beta.ppf(1 - tail, k + 1, independent - k)) if k < independent else 1.0
    return low, high


@dataclass(frozen=True, slots=True)
class Room:
    """Places in open teams against the stock that there would be if nobody had to wait, week by week (means)."""

    days: tuple[date, ...]
    needed: Reals
    places: Reals


def room(scenario: Scenario, free: Run) -> Room:
    """Does the room hold what the intake brings? `free` is a run of the same scenario without teams."""
    days = tuple(free.network.days)
    places = [
        sum(
            teams.number * teams.places
            for teams in scenario.teams
            if teams.opens <= day and (teams.closes is None or day < teams.closes)
        )
        for day in days
    ]
    return Room(days, free.snapshots[:, :, layout.STOCK].mean(axis=0), np.asarray(places, float))


def staff_hours(run: Run) -> Reals:
    """(R, weeks − 1) hours of staff time that each week's starts and participants ask for."""
    weeks, hours = run.network.weeks, np.zeros((run.replications, len(run.network.weeks) - 1))
    for number, activity in enumerate(run.scenario.activities):
        if activity.staff_hours_at_start:
            started = run.snapshots[:, weeks, run.activity_column(2, number)]
            hours += activity.staff_hours_at_start * np.diff(started, axis=1)
        if activity.staff_hours_per_week:
            hours += activity.staff_hours_per_week * run.snapshots[:, weeks[:-1], run.activity_column(1, number)]
    return hours


def staff_at_hand(scenario: Scenario, days: tuple[date, ...]) -> Reals:
    """Hours per week that the open teams have on each day."""
    return np.asarray([
        sum(
            teams.number * teams.staff_hours_per_week
            for teams in scenario.teams
            if teams.opens <= day and (teams.closes is None or day < teams.closes)
        )
        for day in days
    ], float)  # fmt: skip
