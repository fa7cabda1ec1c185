"""One made-up programme solved alone in a process, as the command would: how small the gap was when, and what memory it took.

Run as a module with size, seed, scarcity, gap and seconds it prints what came of it as JSON. Memory is the most that the
process had at any time, all libraries included, so nothing else may have been done in it.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from samkraft.analysis.allotment import allotting, made_up, proving
from samkraft.analysis.allotment.instance import Instance

SIZES = {"S": made_up.SMALL, "M": made_up.ORDINARY, "L": made_up.LARGE}
# Gap, and within how many seconds it is to be reached; the first is a stretch.
GOALS = {
    "S": ((0.005, 10.0), (0.005, 30.0), (0.002, 60.0)),
    "M": ((0.005, 10.0), (0.005, 30.0), (0.002, 60.0)),
    "L": ((0.005, 120.0), (0.002, 300.0)),
}
LEAST_FLOOR = 0.9
LATE = 1.05  # a plan is handed over a moment after the clock is out


@dataclass(frozen=True, slots=True)
class Alone:
    """What came of one programme and one goal. `holds`: the plan was counted anew, and `gap` is between that and the bound
    counted anew. `seconds` by the clock, `worked` of the processors. `first_come`: how far under the bound first come
    ends. `megabytes`: the process's peak."""

    made_by: str
    holds: bool
    gap: float
    seconds: float
    worked: float
    floor: float
    first_come: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Met:
    """One programme, solved for each goal in turn; a goal that was reached on the way to a harder one is not tried again."""

    size: str
    tried: tuple[Alone, ...]

    @property
    def holds(self) -> bool:
        """Whether every plan did."""
        return all(one.holds for one in self.tried)

    @property
    def reached(self) -> tuple[bool, ...]:
        """For each goal, whether the gap was small enough soon enough."""
        goals = GOALS[self.size]
        return tuple(is_reached(*goal, one) for goal, one in zip(goals, self.tried, strict=True))

    def words(self) -> str:
        """One line for the bench."""
        last = self.tried[-1]
        if not all(np.isfinite(one.gap) for one in self.tried):
            return f"{last.made_by}: ingen plan"
        told = [
            f"{100 * one.gap:.3f} % på {one.seconds:.1f} s, {one.worked:.0f} s av processorn "
            f"({'nått' if is_met else 'INTE nått'}: {100 * goal:g} % på {seconds:g} s)"
            for (goal, seconds), one, is_met in zip(GOALS[self.size], self.tried, self.reached, strict=True)
        ]
        return (
            f"{last.made_by}: {'; '.join(dict.fromkeys(told))}; golv {last.floor:.3f}; "
            f"först till kvarn {100 * last.first_come:.1f} % under; {max(one.megabytes for one in self.tried):.0f} MB"
        )


def is_reached(goal: float, seconds: float, one: Alone) -> bool:
    """Whether a gap was small enough soon enough."""
    return one.gap <= goal and one.seconds <= seconds * LATE


def warm_up() -> None:
    """Compile what is compiled, outside every clock."""
    solve(made_up.programme(made_up.Size(200, 12, 12), seed=9), 0.001, 3.0)


def solve(instance: Instance, small_enough: float, seconds: float) -> allotting.Allotment:
    """The product's own way."""
    return allotting.allot(instance, seconds=seconds, seed=1, clock=time.monotonic, small_enough=small_enough)


def judged(instance: Instance, goal: float, seconds: float) -> Alone:
    """Solve for a goal, and count everything anew from the instance."""
    began, worked = time.monotonic(), time.process_time()
    made = solve(instance, goal, seconds)
    taken, worked = time.monotonic() - began, time.process_time() - worked
    if made.plan is None:
        return Alone(instance.made_by, False, np.inf, taken, worked, 0.0, 0.0, most_megabytes())
    verdict = proving.check(instance, made.plan)
    bound, floor = verdict.bounds[0], min(verdict.found.floors.values(), default=1.0)
    return Alone(
        made_by=instance.made_by,
        holds=verdict.holds and floor >= LEAST_FLOOR - 1e-9,
        gap=(bound - verdict.found.benefit) / bound,
        seconds=taken,
        worked=worked,
        floor=floor,
        first_come=1 - allotting.ways(made)[1].benefit / bound,
        megabytes=most_megabytes(),
    )


def asked(size: str, seed: int, scarcity: float) -> Met:
    """One programme, each goal in a process of its own."""
    tried: list[Alone] = []
    for goal, seconds in GOALS[size]:
        if not (tried and is_reached(goal, seconds, tried[-1])):
            tried.append(_in_a_process(size, seed, scarcity, goal, seconds))
        else:
            tried.append(tried[-1])
    return Met(size, tuple(tried))


def _in_a_process(size: str, seed: int, scarcity: float, goal: float, seconds: float) -> Alone:
    command = [sys.executable, "-W", "ignore", "-m", __name__, size, *map(str, (seed, scarcity, goal, seconds))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120 + 3 * seconds)
    return Alone(**json.loads(done.stdout))


def most_megabytes() -> float:
    """The most memory that this process has held since its program began, MiB.

    Linux keeps in `ru_maxrss` what whoever started the process held at the time, so the peak is read from the process's
    own account of its memory where there is one; elsewhere (macOS counts in bytes) the other has to do.
    """
    account = Path("/proc/self/status")
    if account.exists():
        told = next(line for line in account.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    warm_up()
    which, *numbers = sys.argv[1:]
    chosen_seed, chosen_scarcity, wanted, limit = map(float, numbers)
    one = made_up.programme(SIZES[which], seed=int(chosen_seed), scarcity=chosen_scarcity)
    print(json.dumps(asdict(judged(one, wanted, limit))))
