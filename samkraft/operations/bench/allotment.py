"""Giving places: how soon the gap to the own proven bound is small, and plain assignments beside SciPy.

The check comes first: for every seed and scarcity a process of its own makes a plan, which is counted anew from the
instance alone, and its bound from the prices; the gap is the one between those two. Then the job is timed beside the same
programme in the hands of a solver alone.
"""

import contextlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from samkraft.analysis.allotment import assignment, compiling, made_up
from samkraft.analysis.allotment.instance import Instance
from samkraft.operations.bench import allotment_alone, allotment_peers
from samkraft.operations.bench.allotment_alone import GOALS, SIZES, Met, solve, warm_up
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

SEEDS = {"S": made_up.SEEDS, "M": made_up.SEEDS, "L": made_up.SEEDS[:1]}
SCARCITIES = {"S": made_up.SCARCITIES, "M": made_up.SCARCITIES, "L": (0.86,)}
LIMIT_SECONDS = {"S": 30.0, "M": 60.0, "L": 120.0}
SCARCITY = 0.86  # of the one that the peers are given
MOST_MEGABYTES = 300
HIGHS, CP_SAT, SCIPY = "HiGHS ensam, ett program över veckor", "CP-SAT, samma program", "SciPy, en kolumn per plats"
PLAIN = {"S": (300, 30, 8), "M": (1500, 60, 22), "L": (3000, 120, 20)}


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """Made-up programmes of every scarcity, each alone in a process, and one of them for the solvers."""
    instance = made_up.programme(SIZES[size], seed=SEEDS[size][0], scarcity=SCARCITY)
    limit = LIMIT_SECONDS[size]
    warm_up()
    with tempfile.TemporaryDirectory(prefix="samkraft-bench-") as folder:
        made = allotment_peers.rows(compiling.compiled(instance))
        file = Path(folder) / "programme.npz"
        allotment_peers.save(made, file)
        reached: dict[str, float | None] = {}
        contestants = (
            Contestant("samkraft", Kind.PRODUCT, lambda: solve(instance, 0.005, 30.0)),
            Contestant(HIGHS, Kind.PEER, lambda: reached.update({HIGHS: allotment_peers.by_highs(made, limit)})),
            Contestant(CP_SAT, Kind.PEER, _cp_sat(file, limit, reached), why_absent="kör make peers"),
        )
        facts: dict[str, Any] = {
            "personer, aktiviteter, veckor": ", ".join(map(str, (len(instance.people), *_shape(instance)))),
            "platser per önskemål": SCARCITY,
            "lösarnas tidsgräns": f"{limit:.0f} s",
            "lösarna nådde": reached,
        }
        yield Course(contestants, lambda: agree(size), facts)


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


def agree(size: str, asked: Callable[[str, int, float], Met] = allotment_alone.asked) -> Agreement:
    """Every plan holds when counted anew; how small each gap was when, and how much memory each process took."""
    met = [asked(size, seed, scarcity) for scarcity in SCARCITIES[size] for seed in SEEDS[size]]
    holds = all(one.holds for one in met)
    counts = [
        f"{sum(one.reached[at] for one in met)} av {len(met)} nådde {100 * goal:g} % på {seconds:g} s"
        for at, (goal, seconds) in enumerate(GOALS[size])
    ]
    most = max(tried.megabytes for one in met for tried in one.tried)
    word = "nått" if most <= MOST_MEGABYTES else "INTE nått"
    told = f"planer och tak räknade om ur filen: {'stämmer' if holds else 'stämmer INTE'}"
    memory = f"minne högst {most:.0f} MB ({word}: {MOST_MEGABYTES} MB)"
    return Agreement(holds, (*(one.words() for one in met), "; ".join(counts), f"{told}; {memory}"))


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
