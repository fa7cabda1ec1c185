"""Is a plan what it says? Every plan tried on small cases, bounds counted anew, changes that do what was said, moves."""

import argparse
import secrets
import time

import numpy as np

from samkraft.analysis.allotment import allotting, compiling, explaining, made_up, moving, proving, solving
from samkraft.analysis.allotment.instance import Instance
from samkraft.operations.proofs import Outcome

NAME = "allotment"
WHAT = "fördelningen: taken räknas om ur priserna, planerna ur filen, och enkla fall mot en annan lösare"
NEEDS_DATABASE = False
SCARCITIES, GAP, MOVES, MOVED_WITHIN = made_up.SCARCITIES, 0.005, 100, 0.002
MOVE_SECONDS, ANEW = 0.05, 6  # of the processor, which a busy machine does not lengthen; how many are solved anew


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
    free = explaining.values(explaining.changed(instance, occasion, places), 10.0)
    forced = explaining.values(explaining.changed(instance, occasion, places, person), 10.0)
    return forced is not None and free is not None and forced[0] >= free[0] - 1e-6


def _moves(seed: int, lines: list[str]) -> bool:
    """A hundred people are locked, each from the same plan. What comes of it is held against the bound that the prices
    still prove, and, for the worst and some others, against ten seconds of solving anew with the same lock."""
    instance = made_up.programme(made_up.ORDINARY, seed=seed)
    made = allotting.allot(instance, seconds=40, seed=1, clock=time.monotonic, small_enough=0.002)
    if made.plan is None:
        return False
    prices, random = made.solutions[0][2].prices, np.random.default_rng(seed)
    moving.open_desk(made.problem, made.chosen, prices)  # compiles what the clock should not see
    moved: list[tuple[float, moving.Desk]] = []
    times = []
    while len(moved) < MOVES:
        desk = moving.open_desk(made.problem, made.chosen, prices)
        person, occasion = _anyone(instance, desk, random)
        began = time.thread_time()
        done = moving.lock(desk, person, occasion)
        times.append(time.thread_time() - began)
        if done:
            moved.append((1 - desk.value() / solving.bound_of(desk.problem, prices), desk))
    times, worst = times[1:], sorted(moved, key=lambda one: -one[0])
    behind = []
    for _, desk in [*worst[: ANEW // 2], *worst[-(ANEW - ANEW // 2) :]]:
        anew = solving.solve(desk.problem, seconds=10, seed=1, clock=time.monotonic, small_enough=0.0005)
        behind.append((anew.value - desk.value()) / abs(anew.value))
    slowest, fine = 1000 * max(times), max(behind) <= MOVED_WITHIN and max(times) <= MOVE_SECONDS
    lines.append(
        f"  {'=' if fine else '≠'} {MOVES} låsta, var och en för sig: som mest {100 * max(behind):.3f} % under en ny lösning "
        f"på 10 s ({ANEW} prövade, de längst under taket först) och {100 * worst[0][0]:.3f} % under taket; "
        f"mediantid {1000 * float(np.median(times)):.0f} ms, längst {slowest:.0f} ms av processorn"
    )
    return fine


def _anyone(instance: Instance, desk: moving.Desk, random: np.random.Generator) -> tuple[str, str]:
    """A person and one of the occasions that the person has wished for."""
    person = instance.people[int(random.integers(len(instance.people)))].id
    a = desk.problem.arrays
    unit = next(at for at, names in enumerate(desk.problem.unit_people) if person in names)
    option = int(random.integers(a.stage_options[a.unit_stages[unit]], a.stage_options[a.unit_stages[unit + 1]]))
    return person, desk.problem.occasion_ids[int(a.occasion[option])]
