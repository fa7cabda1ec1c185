"""Flow simulation: waves, team places held from enrolment to exit, three phases, thirty activities with limited places."""

import contextlib
import importlib.util
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np

from samkraft.analysis.queues import agreement, network, simulation
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.network import Network
from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Step,
    Teams,
)  # fmt: skip
from samkraft.analysis.queues.quantities import Parameter, Range, Share
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

BEGINS, ENDS = date(2020, 2, 1), date(2022, 7, 1)
WAVES = ((date(2020, 2, 1), date(2020, 8, 1), 1500), (date(2020, 8, 1), date(2021, 2, 1), 1200),
         (date(2021, 2, 1), date(2021, 8, 1), 1200), (date(2021, 8, 1), date(2022, 2, 1), 1200),
         (date(2022, 2, 1), date(2022, 5, 1), 500))  # fmt: skip
PHASES = ((45, (0.08, 0.02)), (70, (0.15, 0.05)), (40, (0.35, 0.10)))  # mean days, to work and to studies
SIZES = {"S": (560, 100), "M": (5600, 500), "L": (56_000, 50)}  # people, replications in a turn
SEED = 20_200_201
BY_THE_BOOK = "SimPy med egna Resource och Store"
LEAN = "SimPy med köer skrivna för hand"
CIW = "Ciw, bara aktiviteterna, utan team"


def scenario(*, people: float = 5600) -> Scenario:
    """The pathway that is measured. Reach, stays and success are uncertain, and drawn anew in each replication."""
    dice = np.random.default_rng(1)
    size = people / 5600
    activities, phases = [], []
    for number, (mean, _) in enumerate(PHASES):
        choices = []
        for n in range(10):
            name = f"aktivitet {number + 1}.{n + 1}"
            lasts = Duration(Family.GAMMA, f"stay {number + 1}", 3.0, (), float(dice.uniform(0.7, 1.3)))
            activities.append(Activity(name, lasts, places=max(1, int(size * mean * 0.77))))
            choices.append(Choice(name, float(dice.uniform(0.5, 1.5))))
        ways = tuple(Exit(kind, f"{kind} {number + 1}") for kind in ("arbete", "studier"))
        last = number == len(PHASES) - 1
        phases.append(Phase(f"fas {number + 1}", (Step((tuple(choices),)),), ways, otherwise="annat" if last else ""))

    intakes = tuple(
        Intake(f"intag {n + 1}", begins, ends, many * size, share="reach")
        for n, (begins, ends, many) in enumerate(WAVES)
    )
    places = max(1, int(150 * size))
    teams = (Teams("kvar", 5, places, BEGINS), Teams("stänger", 5, places, BEGINS, date(2022, 1, 1)))
    return Scenario(
        "mätningen", BEGINS, ENDS, intakes, tuple(phases), tuple(activities), teams, parameters=_parameters()
    )


def _parameters() -> dict[str, Parameter]:
    made = {"reach": Parameter("reach", "nås", {"plan": Range(0.95, 1.0)})}
    for number, (mean, exits) in enumerate(PHASES):
        stay = f"stay {number + 1}"
        made[stay] = Parameter(stay, stay, {"plan": Range(0.9 * mean, 1.1 * mean)})
        for kind, share in zip(("arbete", "studier"), exits, strict=True):
            name = f"{kind} {number + 1}"
            made[name] = Parameter(name, name, {"plan": Share(share * 500, 500, 1.0, 0.005)})
    return made


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """The same drawn parameters for everybody; the product runs many replications in a turn, a peer one."""
    people, many = SIZES[size]
    described = scenario(people=people)
    made = network.build(described, "plan", seed=SEED, count=many, alike=simulation.ALIKE)
    threads = os.cpu_count() or 1
    events = _events(described, made)
    each: dict[str, float] = {}
    one_thread = _noting(each, "samkraft, en tråd", lambda: _product(described, made, 1), events * many)
    floor = _noting(each, "golv", lambda: _floor(made, events, many), events * many)
    by_the_book = _simpy(described, made, by_the_book=True)
    contestants = (
        Contestant("samkraft, en tråd", Kind.PRODUCT, one_thread, jobs=many),
        Contestant(f"samkraft, {threads} trådar", Kind.PRODUCT, lambda: _product(described, made, threads), jobs=many),
        Contestant("bara händelser: ta ut, dra, lägg in", Kind.FLOOR, floor, jobs=many),
        Contestant(BY_THE_BOOK, Kind.PEER, by_the_book and _noting(each, "SimPy", by_the_book, events)),
        Contestant(LEAN, Kind.PEER, _simpy(described, made, by_the_book=False)),
        Contestant(CIW, Kind.PEER, _ciw(described)),
    )
    facts = {
        "personer": people, "repetitioner i ett varv": many, "tid": "millisekunder per repetition",
        "händelser i en repetition": events,
        "nanosekunder per händelse, snabbaste varvet": each,
    }  # fmt: skip
    yield Course(contestants, lambda: _agree(described, made, quick=size == "S"), facts)


BENCH = Bench(
    name="queues",
    words="En repetition av hela projektet, med egna dragna parametrar. Produkten kör många i ett varv, på en tråd.",
    sizes={size: f"{people} personer" for size, (people, _) in SIZES.items()},
    goal=Goal(1000, BY_THE_BOOK),
    lay_out=lay_out,
)


def _noting(each: dict[str, float], name: str, run: Callable[[], Any], events: int) -> Callable[[], Any]:
    """The same, noting the fewest nanoseconds that one event has taken of the processor: what others do counts less."""

    def noted() -> Any:
        began = time.process_time_ns()
        answer = run()
        taken = round((time.process_time_ns() - began) / events, 1)
        each[name] = min(taken, each.get(name, taken))
        return answer

    return noted


def _events(described: Scenario, made: Network) -> int:
    """How often somebody comes, is called or is done with an activity, in the first replication."""
    log = simulation.run_network(described, "plan", made, seed=SEED, log_rows=1).log[:, 2]
    return int(np.isin(log, (layout.L_ARRIVED, layout.L_QUEUED, layout.L_ENDED)).sum())


def _product(described: Scenario, made: Network, threads: int) -> simulation.Run:
    return simulation.run_network(described, "plan", made, seed=SEED, threads=threads, detail=False)


def _floor(made: Network, events: int, many: int) -> None:
    from samkraft.operations.bench import queues_floor

    for _ in range(many):
        queues_floor.run(made, events)


def _simpy(described: Scenario, made: Network, *, by_the_book: bool) -> Callable[[], Any] | None:
    """One replication after the other, a new one each turn. None when it is not installed."""
    if importlib.util.find_spec("simpy") is None:
        return None
    from samkraft.operations.bench import queues_in_simpy

    turns = iter(range(10**6))

    def run() -> int:
        turn = next(turns) % made.counts.shape[0]
        if by_the_book:
            pathway: queues_in_simpy.Pathway = queues_in_simpy.FromTheBook(described, made, turn, SEED)
        else:
            pathway = queues_in_simpy.Pathway(described, made, turn, SEED, log=False)
        pathway.run()
        return pathway.exits

    return run


def _ciw(described: Scenario) -> Callable[[], Any] | None:
    if importlib.util.find_spec("ciw") is None:
        return None
    from samkraft.operations.bench import queues_in_ciw

    fixed = _at_centres(described)
    return lambda: queues_in_ciw.run(queues_in_ciw.network(fixed), (ENDS - BEGINS).days, 1)


def _at_centres(described: Scenario) -> Scenario:
    """The pathway with every parameter at its mean: Ciw draws no parameters."""
    import dataclasses

    from samkraft.analysis.queues.quantities import centre

    def number(amount: float | str) -> float:
        return centre(described.parameters[amount].under("plan")) if isinstance(amount, str) else amount

    activities = tuple(
        dataclasses.replace(
            one,
            duration=dataclasses.replace(one.duration, mean=number(one.duration.mean) * one.duration.part, part=1.0),
        )
        for one in described.activities
    )
    phases = tuple(
        dataclasses.replace(
            phase, exits=tuple(dataclasses.replace(e, probability=number(e.probability)) for e in phase.exits)
        )
        for phase in described.phases
    )
    return dataclasses.replace(described, activities=activities, phases=phases)


def _agree(described: Scenario, made: Network, *, quick: bool) -> Agreement:
    """Theory first, then the same events in SimPy, then the same totals from SimPy by the book, then threads.

    `quick` leaves out the two cases of theory that take longest.
    """
    notes, holds = [], True
    slow = ("tolv", "Erlang") if quick else ()
    findings = agreement.check([one for one in agreement.few() if not one.name.startswith(slow)], seed=SEED)
    for one in findings:
        holds &= one.holds
        notes.append(
            f"{one.case}, {one.measure}: {one.found:.4f} mot teorins {one.expected:.4f}, "
            f"inom {one.half:.2%}{'' if one.holds else ' STÄMMER INTE'}"
        )
    one_thread, several = _product(described, made, 1), _product(described, made, 2)
    alike = bool(np.array_equal(one_thread.snapshots, several.snapshots))
    notes.append("samma svar på en tråd och på två" if alike else "olika svar på en tråd och på två")
    if importlib.util.find_spec("simpy") is not None:
        same, words = _same_events(described, made)
        holds &= same
        notes.append(words)
    return Agreement(holds and alike, tuple(notes))


def _same_events(described: Scenario, made: Network) -> tuple[bool, str]:
    from samkraft.operations.bench import queues_in_simpy

    peer = queues_in_simpy.Pathway(described, made, 0, SEED, log=True)
    peer.run()
    run = simulation.run_network(described, "plan", made, seed=SEED, log_rows=1)
    mine = [tuple(row) for row in run.log[:, :4].tolist()]
    book = queues_in_simpy.FromTheBook(described, made, 0, SEED)
    book.run()
    exits = int(run.by_wave[0, :, 2:].sum())
    close = abs(book.exits - exits) <= 0.005 * exits
    counted = _same_counts(run, peer)
    words = f"SimPy: {len(peer.log or [])} händelser, {'samma' if mine == peer.log else 'INTE samma'}; "
    words += f"väntan och besök i varje aktivitet {'samma' if counted else 'INTE samma'}; "
    words += f"med egna Resource och Store gick {book.exits} ut, här {exits}"
    return mine == peer.log and counted and close, words


def _same_counts(run: simulation.Run, peer: Any) -> bool:
    """Days waited for a team, and in each activity who began, how long they waited and how long they stayed."""
    visits = run.sums[0, :-1]
    return bool(
        np.array_equal(run.waits[0], peer.waited_days)
        and np.array_equal(visits[:, layout.BEGAN], peer.visits)
        and np.array_equal(visits[:, layout.WAIT_SUM], peer.visits_waited)
        and np.array_equal(visits[:, layout.STAY_SUM], peer.visits_lasted)
    )
