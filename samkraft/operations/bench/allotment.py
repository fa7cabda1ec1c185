"""Giving places: how soon the gap to the own proven bound is small, and plain assignments beside SciPy.

The check comes first: on every seed the plan is counted anew from the instance alone, the bound from the prices, and
the gap is the one between those two. Then the job is timed beside the same programme in the hands of a solver alone.
"""

import contextlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from samkraft.analysis.allotment import allotting, assignment, compiling, made_up, proving
from samkraft.analysis.allotment.instance import Instance
from samkraft.operations.bench import allotment_peers
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

SIZES = {"S": made_up.SMALL, "M": made_up.ORDINARY, "L": made_up.LARGE}
SEEDS = {"S": made_up.SEEDS, "M": made_up.SEEDS, "L": made_up.SEEDS[:1]}
LIMIT_SECONDS = {"S": 30.0, "M": 60.0, "L": 120.0}
# Gap, and within how many seconds it is to be reached; the first is a stretch.
GOALS = {
    "S": ((0.005, 10.0), (0.005, 30.0), (0.002, 60.0)),
    "M": ((0.005, 10.0), (0.005, 30.0), (0.002, 60.0)),
    "L": ((0.005, 120.0), (0.002, 300.0)),
}
SCARCITY = 0.86
LEAST_FLOOR = 0.9
HIGHS, CP_SAT, SCIPY = "HiGHS ensam, ett program över veckor", "CP-SAT, samma program", "SciPy, en kolumn per plats"
PLAIN = {"S": (300, 30, 8), "M": (1500, 60, 22), "L": (3000, 120, 20)}


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """Five made-up programmes, and the first of them for the solvers."""
    instances = [made_up.programme(SIZES[size], seed=seed, scarcity=SCARCITY) for seed in SEEDS[size]]
    limit = LIMIT_SECONDS[size]
    warm_up()
    with tempfile.TemporaryDirectory(prefix="samkraft-bench-") as folder:
        made = allotment_peers.rows(compiling.compiled(instances[0]))
        file = Path(folder) / "programme.npz"
        allotment_peers.save(made, file)
        reached: dict[str, float | None] = {}
        contestants = (
            Contestant("samkraft", Kind.PRODUCT, lambda: solve(instances[0], 0.005, 30.0)),
            Contestant(HIGHS, Kind.PEER, lambda: reached.update({HIGHS: allotment_peers.by_highs(made, limit)})),
            Contestant(CP_SAT, Kind.PEER, _cp_sat(file, limit, reached), why_absent="kör make peers"),
        )
        facts: dict[str, Any] = {
            "personer, aktiviteter, veckor": ", ".join(
                map(str, (instances[0].people.__len__(), *_shape(instances[0])))
            ),
            "platser per önskemål": SCARCITY,
            "lösarnas tidsgräns": f"{limit:.0f} s",
            "lösarna nådde": reached,
        }
        yield Course(contestants, lambda: agree(instances, size), facts)


def _shape(instance: Instance) -> tuple[int, int]:
    return len(instance.activities), instance.weeks


BENCH = Bench(
    name="allotment",
    words="Tre steg i följd med golv för lika nytta; ett varv är att nå 0,5 % under det egna bevisade taket.",
    sizes={
        size: f"{one.people} personer, {one.activities} aktiviteter, {one.weeks} veckor" for size, one in SIZES.items()
    },
    goal=Goal(2, HIGHS),
    lay_out=lay_out,
)


def warm_up() -> None:
    """Compile what is compiled, outside every clock."""
    solve(made_up.programme(made_up.Size(200, 12, 12), seed=9), 0.02, 3.0)


def solve(instance: Instance, small_enough: float, seconds: float) -> Any:
    """The product's own way."""
    return allotting.allot(instance, seconds=seconds, seed=1, clock=time.monotonic, small_enough=small_enough)


def agree(instances: list[Instance], size: str) -> Agreement:
    """Every plan holds when counted anew, and how small the gap was when."""
    notes, holds = [], True
    for instance in instances:
        told = []
        gap, taken = np.inf, np.inf
        for goal, seconds in GOALS[size]:
            if gap > goal or taken > seconds:  # what was reached sooner is not solved for again
                began = time.monotonic()
                made = solve(instance, goal, seconds)
                taken = time.monotonic() - began
            if made.plan is None:
                return Agreement(False, (*notes, f"{instance.made_by}: ingen plan"))
            verdict = proving.check(instance, made.plan)
            holds = holds and verdict.holds
            gap = (verdict.bounds[0] - verdict.found.benefit) / verdict.bounds[0]
            floor = min(verdict.found.floors.values(), default=1.0)
            holds = holds and floor >= LEAST_FLOOR - 1e-9
            word = "nått" if gap <= goal and taken <= seconds * 1.05 else "INTE nått"
            told.append(f"{100 * gap:.3f} % på {taken:.1f} s ({word}: {100 * goal:g} % på {seconds:g} s)")
        greedy = allotting.ways(made)[1].benefit / verdict.bounds[0]
        notes.append(
            f"{instance.made_by}: {'; '.join(told)}; golv {floor:.3f}; först till kvarn {100 - 100 * greedy:.1f} % under"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    notes.append(
        f"planer och tak räknade om ur filen: {'stämmer' if holds else 'stämmer INTE'}; minne högst {memory:.0f} MB"
    )
    return Agreement(holds, tuple(notes))


def _cp_sat(file: Path, limit: float, reached: dict[str, float | None]) -> Callable[[], None] | None:
    if importlib.util.find_spec("ortools") is None:
        return None

    def run() -> None:
        asked = [sys.executable, "-m", "samkraft.operations.bench.allotment_peers", str(file), str(limit)]
        done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=limit + 120)
        reached[CP_SAT] = json.loads(done.stdout)

    return run


@contextlib.contextmanager
def lay_out_plain(size: str) -> Iterator[Course]:
    """One stage, one place each: solved exactly by both."""
    people, activities, places = PLAIN[size]
    problem = compiling.compiled(made_up.assignment(people, activities, places, seed=1))
    a = problem.arrays
    table = np.zeros((people, activities))
    table[np.repeat(np.arange(people), np.diff(a.stage_options)), a.occasion] = a.gain
    wide = np.repeat(table, places, axis=1)
    contestants = (
        Contestant("samkraft", Kind.PRODUCT, lambda: assignment.solve(problem)),
        Contestant(SCIPY, Kind.PEER, lambda: _scipy(wide)),
    )
    facts = {"personer": people, "tillfällen": activities, "platser i varje": places}
    yield Course(contestants, lambda: _agree_plain(problem, wide), facts)


def _scipy(wide: Any) -> Any:
    from scipy.optimize import linear_sum_assignment

    return linear_sum_assignment(wide, maximize=True)


def _agree_plain(problem: Any, wide: Any) -> Agreement:
    from samkraft.analysis.allotment import solving

    answer = assignment.solve(problem)
    assert answer is not None
    chosen, prices = answer
    value, bound = float(problem.arrays.gain[chosen[chosen >= 0]].sum()), solving.bound_of(problem, prices)
    theirs = float(wide[_scipy(wide)].sum())
    same = abs(value - theirs) < 1e-7 and abs(bound - value) < 1e-6
    return Agreement(same, (f"värdet {value:.6f}, SciPys {theirs:.6f}, taket av priserna {bound:.6f}",))


PLAIN_BENCH = Bench(
    name="allotment-plain",
    words="En enkel tilldelning: alla högst en plats, löst exakt; priserna bevisar det.",
    sizes={
        size: f"{people} personer, {activities} × {places} platser"
        for size, (people, activities, places) in PLAIN.items()
    },
    goal=Goal(1, SCIPY),
    lay_out=lay_out_plain,
)
