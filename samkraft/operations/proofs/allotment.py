"""Is a plan what it says? Every plan tried on small cases, bounds counted anew, changes that do what was said, moves."""

import argparse
import functools
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samkraft.analysis.allotment import compiling, made_up
from samkraft.analysis.allotment.instance import Instance
from samkraft.operations import pace
from samkraft.operations.proofs import Outcome

# Every command describes this proof; only the one that runs it may wait for the solver and its compiler.
if TYPE_CHECKING:
    from samkraft.analysis.allotment.allotting import Allotment
    from samkraft.analysis.allotment.moving import Desk

NAME = "allotment"
WHAT = "fördelningen: taken räknas om ur priserna, planerna ur filen, och enkla fall mot en annan lösare"
NEEDS_DATABASE = False
SCARCITIES, GAP, MOVES, MOVED_WITHIN = made_up.SCARCITIES, 0.005, 100, 0.002
MOVE_SECONDS, ANEW = 0.05, 6  # of the processor at the usual pace; how many at least are solved anew
EXCHANGING = 0.02  # so long into a move no more exchanges begin, at the usual pace
YESTERDAY, ANEW_GAP = (
    (120.0, 0.001),
    0.0005,
)  # seconds and gap of the plan that moves begin from; where a new one may stop


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--seed` repeats a proof; without it a fresh seed is drawn and printed."""
    parser.add_argument("--seed", type=int, metavar="FRÖ", help="slumpens frö (ett nytt, om inget sägs)")


def run(options: argparse.Namespace) -> Outcome:
    """Programmes of every scarcity, plain assignments beside SciPy, smallest changes, and a hundred moves."""
    given = getattr(options, "seed", None)
    seed = secrets.randbelow(2**31) if given is None else given
    lines = [f"Frö {seed}."]
    parts = {
        "programmes": _programmes(seed, lines),
        "assignments": _assignments(seed, lines),
        "changes": _changes(seed, lines),
        "moves": _moves(seed, lines),
    }
    holds = all(parts.values())
    lines.append("Fördelningen håller." if holds else "Fördelningen håller inte.")
    return Outcome(holds, lines, {"holds": holds, "seed": seed, **parts})


def _programmes(seed: int, lines: list[str]) -> bool:
    from samkraft.analysis.allotment import allotting, proving

    holds = True
    for size in (made_up.SMALL, made_up.ORDINARY):
        for scarcity in SCARCITIES:
            instance = made_up.programme(size, seed=seed, scarcity=scarcity)
            made = allotting.allot(instance, seconds=60, seed=1, clock=time.monotonic, small_enough=GAP)
            if made.plan is None:
                lines.append(f"FEL: {instance.made_by}: ingen plan.")
                return False
            verdict = proving.check(instance, made.plan)
            gap = made.plan.proofs[0].gap
            fine = verdict.holds and gap <= GAP
            lines.append(f"  {'=' if fine else '≠'} {instance.made_by}: gap {100 * gap:.3f} %")
            holds = holds and fine
    return holds


def _assignments(seed: int, lines: list[str]) -> bool:
    from scipy.optimize import linear_sum_assignment

    from samkraft.analysis.allotment import solving

    random = np.random.default_rng(seed)
    for number in range(100):
        people, activities, places = (
            int(random.integers(5, 120)),
            int(random.integers(2, 20)),
            int(random.integers(1, 9)),
        )
        instance = made_up.assignment(people, activities, places, seed=int(random.integers(2**31)))
        problem = compiling.compiled(instance)
        a = problem.arrays
        answer = solving.solve(problem, seconds=10, seed=1, clock=time.monotonic)
        table = np.zeros((people, activities))
        table[np.repeat(np.arange(people), np.diff(a.stage_options)), a.occasion] = a.gain
        wide = np.repeat(table, places, axis=1)
        best = float(wide[linear_sum_assignment(wide, maximize=True)].sum())
        if abs(answer.value - best) > 1e-7 or abs(answer.bound - best) > 1e-6:
            lines.append(f"FEL: enkel tilldelning {number}: {answer.value} mot {best}.")
            return False
    lines.append("  = 100 enkla tilldelningar: samma värde som SciPy, och priserna bevisar det")
    return True


def _changes(seed: int, lines: list[str]) -> bool:
    """For 200 pairs: with the change the best plan gives the place, with one place less it does not."""
    from samkraft.analysis.allotment import allotting, explaining

    instance = made_up.assignment(60, 12, 3, seed=seed)
    made = allotting.allot(instance, seconds=10, seed=1, clock=time.monotonic)
    random = np.random.default_rng(seed)
    tried = wrong = 0
    while tried < 200:
        person = instance.people[int(random.integers(len(instance.people)))]
        wishes = person.tracks[0][0].wishes
        occasion = f"{wishes[int(random.integers(len(wishes)))].activity}@0"
        answer = explaining.why_not(made, person.id, occasion)
        tried += 1
        if answer is None or answer.change != explaining.PLACES:
            continue
        gets = [_gets(instance, person.id, occasion, answer.places - less) for less in (0, 1)]
        wrong += gets != [True, False]
    lines.append(f"  {'≠' if wrong else '='} 200 frågor om varför inte: {wrong} ändringar gjorde inte vad som sades")
    return not wrong


def _gets(instance: Instance, person: str, occasion: str, places: int) -> bool:
    from samkraft.analysis.allotment import explaining

    free = explaining.values(explaining.changed(instance, occasion, places), 10.0)
    forced = explaining.values(explaining.changed(instance, occasion, places, person), 10.0)
    return forced is not None and free is not None and forced[0] >= free[0] - 1e-6


def _moves(seed: int, lines: list[str]) -> bool:
    """A hundred people are locked, each from the same plan of yesterday. Each must be within 0.2 % of the bound that the
    prices still prove, or of ten seconds of solving anew with the same lock; the worst are solved anew in any case."""
    from samkraft.analysis.allotment import allotting, solving

    instance = made_up.programme(made_up.ORDINARY, seed=seed)
    limit, enough = YESTERDAY
    made = allotting.allot(instance, seconds=limit, seed=1, clock=time.monotonic, small_enough=enough)
    if made.plan is None:
        return False
    random = np.random.default_rng(seed)
    _locked(instance, made, random)  # compiles what the clock should not see
    before = pace.slowness()
    done = [_locked(instance, made, random, EXCHANGING * before) for _ in range(MOVES)]
    slow = (before + pace.slowness()) / 2
    done.sort(key=lambda one: -one.under)
    doubtful = sum(one.under > MOVED_WITHIN for one in done)
    behind = []
    for one in done[: max(doubtful, ANEW)]:
        anew = solving.solve(one.desk.problem, seconds=10, seed=1, clock=time.monotonic, small_enough=ANEW_GAP)
        behind.append((anew.value - one.desk.value()) / abs(anew.value))
    times, under = 1000 * np.array([one.seconds for one in done]), 100 * np.array([one.under for one in done])
    fine = max(behind) <= MOVED_WITHIN and float(times.max()) <= 1000 * MOVE_SECONDS * slow
    lines.append(
        f"  {'=' if fine else '≠'} {MOVES} låsta, var och en för sig, från en plan {100 * made.plan.proofs[0].gap:.3f} % under "
        f"taket: sedan {np.median(under):.3f} % i mitten, {np.quantile(under, 0.95):.3f} % för 95 av hundra och som mest "
        f"{under.max():.3f} %. De {len(behind)} längst under mot en ny lösning på 10 s: som mest {100 * max(behind):.3f} % "
        f"sämre. Tid {np.median(times):.0f} ms i mitten, längst {times.max():.0f} ms av processorn, "
        f"i vanlig takt {times.max() / slow:.0f}"
    )
    return fine


@dataclass(frozen=True, slots=True)
class _Locked:
    """A desk after one lock: how far it is under the bound that the prices prove, and what the lock took."""

    desk: "Desk"
    under: float
    seconds: float


def _locked(
    instance: Instance, made: "Allotment", random: np.random.Generator, exchanging: float = EXCHANGING
) -> _Locked:
    """Somebody is locked to something they have wished for; another is drawn when it cannot be."""
    from samkraft.analysis.allotment import moving, solving

    while True:
        desk = moving.open_desk(made.problem, made.chosen, made.solutions[0][2].prices)
        person, occasion = _anyone(instance, desk, random)
        began = time.thread_time()
        if moving.lock(desk, person, occasion, is_over=functools.partial(_is_over, began + exchanging)):
            taken = time.thread_time() - began
            return _Locked(desk, 1 - desk.value() / solving.bound_of(desk.problem, desk.prices), taken)


def _is_over(ends: float) -> bool:
    return time.thread_time() > ends


def _anyone(instance: Instance, desk: "Desk", random: np.random.Generator) -> tuple[str, str]:
    """A person and one of the occasions that the person has wished for."""
    person = instance.people[int(random.integers(len(instance.people)))].id
    a = desk.problem.arrays
    unit = next(at for at, names in enumerate(desk.problem.unit_people) if person in names)
    option = int(random.integers(a.stage_options[a.unit_stages[unit]], a.stage_options[a.unit_stages[unit + 1]]))
    return person, desk.problem.occasion_ids[int(a.occasion[option])]
