"""The simulation beside queueing theory, before anybody believes it.

Each case is a pathway that theory has an answer for. It is run until the interval that holds the answer, with all cases
together wrong in at most 1 of 100, is no wider than 1 per cent either way. An answer outside is a fault, not bad luck.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import simulation, theory
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Spread,
    Step,
    Teams,
)  # fmt: skip
from samkraft.analysis.queues.simulation import Run

Reals = NDArray[np.float64]
FAMILY_ERROR = 0.01
HALF_WIDTH = 0.01
MOST_TURNS = 4
BEGINS = date(2020, 1, 1)
TICKS = 400  # per mean service: what rounding to ticks does to a mean is then far below what is looked for
FINE_TICKS = 1500  # where it matters whether one comes just before or just after another leaves
BATCH_DAYS = 800.0
WARM_DAYS = 150.0


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a run tells as a ratio of two sums over replications, and what theory says it is."""

    name: str
    expected: float
    above: Callable[[Run], Reals]
    below: Callable[[Run], Reals] | None = None


@dataclass(frozen=True)
class Case:
    """A pathway and what is known about it. `replications` suffice for the half-width."""

    name: str
    scenario: Scenario
    measures: tuple[Measure, ...]
    replications: int
    warm_days: float = WARM_DAYS
    details: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out beside what should. `half` is relative to the expected."""

    case: str
    measure: str
    expected: float
    found: float
    half: float

    @property
    def holds(self) -> bool:
        """Narrow enough, and inside."""
        return self.half <= HALF_WIDTH and abs(self.found / self.expected - 1) <= self.half


def check(chosen: list[Case], *, seed: int, threads: int = 0, among: int = 0) -> list[Finding]:
    """Run the cases until they are told narrowly enough, and compare; all measures share the error (Bonferroni).

    `among` is the number of measures that share it, when these cases are some of several.
    """
    from scipy import stats

    many = max(among, sum(len(case.measures) for case in chosen))
    wide = float(stats.norm.ppf(1 - FAMILY_ERROR / many / 2))
    return [finding for case in chosen for finding in _narrowed(case, wide, seed, threads)]


def _narrowed(case: Case, wide: float, seed: int, threads: int) -> list[Finding]:
    """More replications until each measure is narrow, or it is clear that it does not get there."""
    sums: list[list[tuple[Reals, Reals]]] = [[] for _ in case.measures]
    replications = case.replications
    for turn in range(MOST_TURNS):
        run = simulation.run(
            case.scenario, seed=seed + turn, replications=replications, alike=1, threads=threads, detail=False,
            warm_days=case.warm_days,
        )  # fmt: skip
        for kept, measure in zip(sums, case.measures, strict=True):
            kept.append((measure.above(run), measure.below(run) if measure.below else np.ones(replications)))
        findings = [_finding(case, measure, kept, wide) for measure, kept in zip(case.measures, sums, strict=True)]
        widest = max(one.half for one in findings)
        if widest <= HALF_WIDTH:
            break
        so_far = len(np.concatenate([above for above, _ in sums[0]]))
        replications = max(10, int(so_far * min(3.0, (widest / HALF_WIDTH) ** 2 * 1.1 - 1)))
    return findings


def _finding(case: Case, measure: Measure, kept: list[tuple[Reals, Reals]], wide: float) -> Finding:
    above, below = (np.concatenate([pair[n] for pair in kept]) for n in (0, 1))
    ratio = float(above.sum() / below.sum())
    error = float(np.std(above - ratio * below, ddof=1) / np.sqrt(len(above)) / below.mean())
    return Finding(case.name, measure.name, measure.expected, ratio, wide * error / measure.expected)


def pathway(
    load: float, activities: tuple[Activity, ...], phases: tuple[Phase, ...], *, days: float = BATCH_DAYS,
    teams: tuple[Teams, ...] = (), turn_away: bool = False, at_once: int = 0, ticks: int = TICKS,
) -> Scenario:  # fmt: skip
    """A stream of `load` people a day, or a crowd at once, through phases; the mean service is a day."""
    ends = BEGINS + timedelta(days=int(days))
    stream = Intake("ström", BEGINS, ends, at_once or 7 * load, spread=Spread.AT_ONCE if at_once else Spread.STREAM)
    return Scenario(
        "teori", BEGINS, ends, (stream,), phases, activities, teams, turn_away=turn_away, ticks_per_day=ticks
    )


def served(
    name: str, places: int | None, family: Family = Family.EXPONENTIAL, shape: float = 1.0, mean: float = 1.0
) -> Activity:  # fmt: skip
    """An activity that lasts a day on average."""
    return Activity(name, Duration(family, mean, shape), places)


def through(name: str, activity: str, *exits: Exit, otherwise: str = "klar") -> Phase:
    """A phase of one activity."""
    return Phase(name, (Step(((Choice(activity, 1.0),),)),), exits, otherwise=otherwise)


def line_column(run: Run, line: int, column: int) -> Reals:
    """(R,) a sum of a line; −1 is the line for a team."""
    return run.sums[:, line, column].astype(float)


def _time(run: Run) -> Reals:
    """(R,) ticks that were counted."""
    return np.full(run.replications, float(run.network.net.horizon - run.network.net.warm))


def _inside(line: int) -> Callable[[Run], Reals]:
    """Waiting or taking part, summed over time."""
    return lambda run: line_column(run, line, layout.AREA_WAIT) + line_column(run, line, layout.AREA_BUSY)


def _waited(line: int) -> Callable[[Run], Reals]:
    """Who waited: the mean of those who found it full and those who waited a whole tick or more.

    Who comes and who leaves within one tick is taken in a fixed order, which puts one a little too high and the other as
    much too low.
    """
    columns = layout.MET_FULL, layout.WAITED_AT_ALL
    return lambda run: sum((line_column(run, line, column) for column in columns), np.zeros(run.replications)) / 2


def _area(line: int, column: int) -> Callable[[Run], Reals]:
    return lambda run: line_column(run, line, column)


def _met(line: int, column: int = layout.MET) -> Callable[[Run], Reals]:
    return lambda run: line_column(run, line, column)


def cases(*, size: float = 1.0) -> list[Case]:
    """All cases; `size` multiplies the replications (1 reaches the half-width)."""
    return [case for make in (_queues, _losses, _networks, _places) for case in make(size)]


def few(size: float = 1.0) -> list[Case]:
    """One case of each kind that is quick, for every day."""
    wanted = ("M/M/8 med", "Erlang B(10, 7), gamma", "Jackson", "Gordon", "tolv")
    return [case for case in cases(size=size) if case.name.startswith(wanted)]


def _many(size: float, replications: int) -> int:
    return max(10, int(size * replications))


def _queues(size: float) -> Iterator[Case]:
    for servers, load, replications in ((3, 2.1, 1300), (8, 5.6, 1100)):
        known = theory.mmc(servers, load)
        scenario = pathway(load, (served("a", servers),), (through("fas", "a"),))
        yield Case(
            f"M/M/{servers} med {load:g} erlang", scenario,
            (
                Measure("andel som väntar", known.all_busy, _waited(0), _met(0)),
                Measure("antal inne", known.inside, _inside(0), _time),
            ),
            _many(size, replications),
        )  # fmt: skip
    known = theory.mmck(8, 12, 7.0)
    scenario = pathway(
        7.0,
        (served("a", 8),),
        (through("fas", "a"),),
        teams=(Teams("t", 1, 12, BEGINS),),
        turn_away=True,
        ticks=FINE_TICKS,
        days=300,
    )
    yield Case(
        "M/M/8/12 med 7 erlang", scenario,
        (
            Measure("andel som avvisas", known.all_busy, _met(-1, layout.MET_FULL), _met(-1)),
            Measure("antal inne", known.inside, _area(-1, layout.AREA_BUSY), _time),
        ),
        _many(size, 3600), warm_days=40,
    )  # fmt: skip


def _losses(size: float) -> Iterator[Case]:
    for family, shape in ((Family.EXPONENTIAL, 1.0), (Family.FIXED, 1.0), (Family.GAMMA, 0.5), (Family.LOGNORMAL, 1.5)):
        scenario = pathway(
            7.0, (served("a", None, family, shape),), (through("fas", "a"),),
            teams=(Teams("t", 2, 5, BEGINS),), turn_away=True, ticks=FINE_TICKS, days=300,
        )  # fmt: skip
        expected = theory.erlang_b(10, 7.0)
        measure = Measure("andel som avvisas", expected, _met(-1, layout.MET_FULL), _met(-1))
        yield Case(f"Erlang B(10, 7), {family.value}", scenario, (measure,), _many(size, 2400), warm_days=40)
    scenario = pathway(
        150.0, (served("a", None, Family.GAMMA, 19.8),), (through("fas", "a"),), days=240,
        teams=(Teams("t", 1, 150, BEGINS),), turn_away=True, ticks=8000,
    )  # fmt: skip
    measure = Measure("andel som avvisas", theory.erlang_b(150, 150.0), _met(-1, layout.MET_FULL), _met(-1))
    yield Case("Erlang B(150, 150), gamma", scenario, (measure,), _many(size, 280), warm_days=40)


def _networks(size: float) -> Iterator[Case]:
    back = Exit("ett", 0.3, is_phase=True)
    phases = (through("ett", "a", otherwise=""), through("två", "b", back))
    scenario = pathway(1.4, (served("a", 3), served("b", 4)), phases)
    known = theory.jackson((3, 4), (1.0, 1.0), (1.4, 0.0), np.array([[0.0, 1.0], [0.3, 0.0]]))
    yield Case(
        "Jackson, två stationer och väg tillbaka", scenario,
        (
            Measure("antal vid den första", known[0].inside, _inside(0), _time),
            Measure("antal vid den andra", known[1].inside, _inside(1), _time),
        ),
        _many(size, 1500),
    )  # fmt: skip
    full = pathway(
        0.0, (served("a", 2), served("b", 3, mean=2.0)), (through("ett", "a", otherwise=""), through("två", "b")),
        at_once=2000, teams=(Teams("t", 1, 6, BEGINS),),
    )  # fmt: skip
    closed = theory.gordon_newell((2, 3), (1.0, 0.5), (1.0, 1.0), 6)
    yield Case(
        "Gordon–Newell, alltid sex inne", full,
        (
            Measure("antal vid den första", closed[0].inside, _inside(0), _time),
            Measure("genomströmning per dag", closed[0].throughput, _area(0, layout.AREA_BUSY), _time),
        ),
        _many(size, 250), warm_days=60,
    )  # fmt: skip


def _places(size: float) -> Iterator[Case]:
    """K places around one activity with c servers: in total M/M/c, whatever K is."""
    servers, places, load = 8, 12, 7.0
    scenario = pathway(load, (served("a", servers),), (through("fas", "a"),), teams=(Teams("t", 1, places, BEGINS),))
    known = theory.mmc(servers, load)
    total = Measure("antal inne eller utanför", known.inside, _whole, _time)
    waiting = Measure("andel som väntar på plats", theory.held_places(servers, places, load), _waited(-1), _met(-1))
    yield Case("tolv platser kring åtta händer", scenario, (total, waiting), _many(size, 4500))


def _whole(run: Run) -> Reals:
    return line_column(run, -1, layout.AREA_WAIT) + line_column(run, -1, layout.AREA_BUSY)
