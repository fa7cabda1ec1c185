"""Is the forecast to be trusted? Worlds are drawn from the prior, run, looked at halfway and forecast to their end.

When the world is as the scenario says, the truth must fall anywhere in the forecast's distribution equally often
(simulation-based calibration: Talts and others 2018). When the world drifts, coverage is lost, and how much is shown.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import simulation
from samkraft.analysis.queues.forecast import observed, prediction, scores
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
    Target,
    Teams,
)  # fmt: skip
from samkraft.analysis.queues.quantities import Fixed, Parameter, Share, Spread, centre

BEGINS = date(2020, 2, 3)
WAVE_DAYS, WAVES = 182, 4
ENDS = BEGINS + timedelta(days=WAVE_DAYS * WAVES + 182)
ORIGINS_IN_ONE_PROJECT = 5


@dataclass(frozen=True)
class Calibration:
    """What n worlds gave: coverage of the central 90 per cent, PIT in ten bins, mean scores, skill against three others.

    worst is the chi-square of the bins against flat, and probability how often chance alone is worse.
    """

    worlds: int
    coverage: float
    pit: NDArray[np.float64]
    chi_square: float
    probability: float
    crps: float
    interval: float
    brier: float
    bias: float
    skill: dict[str, float]


def scenario(*, people: float = 120, places: int = 25, before_day: int = WAVE_DAYS * WAVES + 182) -> Scenario:
    """A small project that is like the large one: waves, teams that fill, three phases, uncertain reach, stay, success.

    What is forecast is how many have gone to work before a day.
    """
    waves = tuple(
        Intake(f"intag {n + 1}", BEGINS + timedelta(days=WAVE_DAYS * n), BEGINS + timedelta(days=WAVE_DAYS * (n + 1)),
               people, share="reach")
        for n in range(WAVES)
    )  # fmt: skip
    parts = (("kartläggning", 0.25), ("praktik", 0.5), ("utmatchning", 0.25))
    phases = tuple(
        Phase(f"fas {n + 1}", (Step(((Choice(name, 1.0),),)),),
              (Exit("arbete", "success"),) if n == 2 else (), otherwise="annat" if n == 2 else "")
        for n, (name, _) in enumerate(parts)
    )  # fmt: skip
    return Scenario(
        "värld", BEGINS, ENDS, waves, phases,
        tuple(Activity(name, Duration(Family.GAMMA, "stay", 20 * part, (), part)) for name, part in parts),
        (Teams("team", 6, places, BEGINS),),
        targets=(Target("hälften till arbete", int(people * WAVES * 0.3), BEGINS + timedelta(days=before_day), ("arbete",)),),
        parameters={
            "reach": Parameter("reach", "nås", {"plan": Share(16, 20, 1.0, 0.005)}),
            "success": Parameter("success", "lyckas", {"plan": Share(12, 30, 1.0, 0.01)}),
            "stay": Parameter("stay", "vistelse", {"plan": Spread(180, 25)}),
        },
    )  # fmt: skip


def drifting(world: Scenario, *, intake: float = 1.0, stay: float = 1.0) -> Scenario:
    """The same world, but intakes after the second bring another share of people, and stays are longer than believed."""
    intakes = tuple(
        dataclasses.replace(one, people=one.people * (intake if n >= 2 else 1.0)) for n, one in enumerate(world.intakes)
    )
    activities = tuple(
        dataclasses.replace(one, duration=dataclasses.replace(one.duration, part=one.duration.part * stay))
        for one in world.activities
    )
    return dataclasses.replace(world, intakes=intakes, activities=activities)


def certain(world: Scenario, *names: str) -> Scenario:
    """The same scenario with some parameters (all, when none is named) fixed at their centres, as a plan claims them."""
    fixed = {
        name: dataclasses.replace(one, values={"plan": Fixed(centre(one.under("plan")))})
        if not names or name in names
        else one
        for name, one in world.parameters.items()
    }
    return dataclasses.replace(world, parameters=fixed)


def calibrate(
    worlds: int, *, seed: int, believed: Scenario, true: Scenario, origin_day: float = 400.0, replications: int = 100,
    late_days: float = 10.0, use_censored: bool = True, threads: int = 1,
) -> Calibration:  # fmt: skip
    """Draw worlds from `true`, forecast them with `believed` from what was known on a day, and judge."""
    target = believed.targets[0]
    pits: list[tuple[float, float]] = []
    crps: list[float] = []
    intervals: list[float] = []
    briers: list[float] = []
    errors: list[float] = []
    others: dict[str, list[float]] = {"planen": [], "rak linje": [], "som förra intaget": []}
    flat = prediction.plan(believed, "plan", target.kinds, target.before, seed=seed)
    for world in range(worlds):
        truth = simulation.run(
            true, "plan", seed=seed + 1 + world, replications=1, detail=False, log_rows=40_000, threads=1
        )
        outcome = float(sum(truth.at(target.before, column)[0] for column in truth.exit_columns(target.kinds)))
        dice = np.random.Generator(np.random.PCG64([seed, world]))
        seen = observed.from_run(truth, delay_days=dice.uniform(0, late_days, len(truth.log)))
        made = prediction.predict(
            believed, "plan", seen, known=origin_day, lag=late_days, seed=seed + 7919 * (world + 1),
            replications=replications, threads=threads, use_censored=use_censored,
        )  # fmt: skip
        draws = made.total(target.kinds, target.before).astype(float)
        pits.append(scores.pit(draws, outcome))
        crps.append(scores.fair_crps(draws, outcome))
        intervals.append(scores.interval(draws, outcome))
        briers.append(scores.brier(float(made.reached(target).mean()), outcome >= target.at_least))
        errors.append(draws.mean() - outcome)
        others["planen"].append(abs(flat - outcome))
        others["rak linje"].append(
            abs(prediction.straight_line(believed, seen, made.state, target.kinds, target.before) - outcome)
        )
        others["som förra intaget"].append(
            abs(prediction.as_last_wave(believed, made.state, target.kinds, target.before) - outcome)
        )
    return _judged(pits, crps, intervals, briers, np.asarray(errors), others)


def _judged(
    pits: list[tuple[float, float]], crps: list[float], intervals: list[float], briers: list[float],
    errors: NDArray[np.float64], others: dict[str, list[float]],
) -> Calibration:  # fmt: skip
    from scipy import stats

    histogram = scores.pit_histogram(pits)
    chi_square = float(len(pits) * ((histogram - 0.1) ** 2 / 0.1).sum())
    covered = np.mean([low < 0.95 and high > 0.05 for low, high in pits])
    return Calibration(
        len(pits), float(covered), histogram, chi_square, float(stats.chi2.sf(chi_square, 9)), float(np.mean(crps)),
        float(np.mean(intervals)), float(np.mean(briers)), float(errors.mean() / max(errors.std(), 1e-9)),
        {name: scores.skill(float(np.mean(crps)), float(np.mean(misses))) for name, misses in others.items()},
    )  # fmt: skip
