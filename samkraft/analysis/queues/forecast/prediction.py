"""From a state onward: the scenario goes on with the people who are there and the parameters that have been learnt."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import network, simulation
from samkraft.analysis.queues.forecast import learning
from samkraft.analysis.queues.forecast.observed import Observed
from samkraft.analysis.queues.forecast.state import State, at
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario, Target
from samkraft.analysis.queues.simulation import Run
from samkraft.values.wording import phrase

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Prediction:
    """R draws of what may come, seen from a state. `run` counts from the state on; use the methods for totals."""

    state: State
    run: Run
    learnt: dict[str, tuple[float, float, float]]  # parameter → 5, 50 and 95 per cent of its posterior means over waves

    def total(self, kinds: tuple[str, ...], before: date) -> NDArray[np.int64]:
        """(R,) exits of some kinds before a day, those that have happened included; no kinds: people who have started."""
        if not kinds:
            return self.run.at(before, layout.STARTED).astype(np.int64) + int(self.state.exits.sum())
        past = sum(int(self.state.exits[:, self.run.scenario.kinds.index(kind)].sum()) for kind in kinds)
        return np.asarray(sum(self.run.at(before, column) for column in self.run.exit_columns(kinds)) + past)

    def reached(self, target: Target) -> NDArray[np.bool_]:
        """(R,) whether a target is reached."""
        return np.asarray(self.total(target.kinds, target.before) >= target.at_least)


def predict(
    scenario: Scenario, assumption: str, seen: Observed, *, known: float, lag: float, seed: int, replications: int,
    threads: int = 0, use_censored: bool = True,
) -> Prediction:  # fmt: skip
    """Predict from what was known on a day. Raises Refused when the state cannot be told."""
    state = at(scenario, seen, known=known, lag=lag)
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 2])))
    learnt = learning.posterior(scenario, assumption, state, count=replications, dice=dice, use_censored=use_censored)
    return onward(scenario, assumption, state, learnt, seed=seed, replications=replications, threads=threads)


def onward(
    scenario: Scenario, assumption: str, state: State, learnt: dict[str, Reals], *, seed: int, replications: int,
    threads: int = 0, detail: bool = False,
) -> Prediction:  # fmt: skip
    """Go on from a state with what has been learnt: parameter → draws (R, W). What is not among them is drawn as assumed.

    The scenario may differ from the one that the state was told by in what is yet to come: intakes, teams, places.
    """
    origin = scenario.begins + timedelta(days=int(state.day))
    made = network.build(
        scenario, assumption, seed=seed, count=replications, initial=state.initial, begins=origin, overrides=learnt
    )
    _rest_of_intake(scenario, state, made)
    run = simulation.run_network(scenario, assumption, made, seed=seed, threads=threads, detail=detail)
    bands = {name: np.quantile(values.mean(axis=1), (0.05, 0.5, 0.95)) for name, values in learnt.items()}
    return Prediction(state, run, {name: (float(b[0]), float(b[1]), float(b[2])) for name, b in bands.items()})


def _rest_of_intake(scenario: Scenario, state: State, made: network.Network) -> None:
    """Leave of each intake what is yet to come: nothing of those that are over, the rest of the one that goes on."""
    for wave, intake in enumerate(scenario.intakes):
        begun = float((intake.begins - scenario.begins).days)
        lasts = float((intake.ends - intake.begins).days)
        left = float(np.clip(1 - (state.day - begun) / lasts, 0.0, 1.0))
        if left < 1:
            made.counts[:, wave] = np.floor(made.counts[:, wave] * left + 0.5)
            ticks = int(state.day) * scenario.ticks_per_day
            made.begins[wave] = max(int(made.begins[wave]), ticks)
            made.lasts[wave] = int(lasts * left * scenario.ticks_per_day)


def plan(scenario: Scenario, assumption: str, kinds: tuple[str, ...], before: date, *, seed: int) -> float:
    """What the plan says: the mean of a simulation that has seen nothing."""
    run = simulation.run(scenario, assumption, seed=seed, replications=20, detail=False)
    columns = run.exit_columns(kinds) if kinds else [layout.STARTED]
    return float(np.mean(sum(run.at(before, column) for column in columns)))


def straight_line(scenario: Scenario, seen: Observed, state: State, kinds: tuple[str, ...], before: date) -> float:
    """So many per day as until now, until the day."""
    so_far = _so_far(scenario, state, kinds)
    return so_far * (before - scenario.begins).days / max(1.0, state.day)


def as_last_wave(scenario: Scenario, state: State, kinds: tuple[str, ...], before: date) -> float:
    """Everybody who is yet to come or to leave does as those of the last wave that has ended did."""
    over = [w for w, one in enumerate(scenario.intakes) if (one.ends - scenario.begins).days <= state.day]
    wave = over[-1] if over else 0
    intake = scenario.intakes[wave]
    came = state.came[wave] / intake.people
    gone = state.exits[wave]
    share = 1.0
    if kinds:
        hits = sum(int(gone[scenario.kinds.index(kind)]) for kind in kinds)
        share = hits / max(1, int(gone.sum()))
    expected = sum(
        float(state.came[w]) if w in over else one.people * came
        for w, one in enumerate(scenario.intakes)
        if one.begins < before
    )
    return float(expected * share)


def beside(
    scenario: Scenario, seen: Observed, state: State, *, seed: int
) -> dict[str, dict[str, float]]:  # fmt: skip
    """What simpler ways would say about each target: a forecast that is no better than these is not worth its trouble."""
    return {
        target.name: {
            phrase("planen"): plan(scenario, scenario.assumptions[0], target.kinds, target.before, seed=seed),
            phrase("rak linje"): straight_line(scenario, seen, state, target.kinds, target.before),
            phrase("som förra intaget"): as_last_wave(scenario, state, target.kinds, target.before),
        }
        for target in scenario.targets
    }


def _so_far(scenario: Scenario, state: State, kinds: tuple[str, ...]) -> float:
    if not kinds:
        return float(state.came.sum())
    return float(sum(state.exits[:, scenario.kinds.index(kind)].sum() for kind in kinds))


def as_data(scenario: Scenario, made: Prediction, *, seed: int) -> dict[str, Any]:
    """The forecast as data: what was known, what was learnt, draws' quantiles for each target."""
    levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    targets = []
    for target in scenario.targets:
        total = made.total(target.kinds, target.before)
        targets.append({
            "name": target.name, "before": target.before.isoformat(), "at_least": target.at_least,
            "probability": float(made.reached(target).mean()),
            "quantiles": {str(level): float(np.quantile(total, level)) for level in levels},
        })  # fmt: skip
    return {
        "scenario": scenario.name, "seed": seed, "replications": made.run.replications,
        "state": (scenario.begins + timedelta(days=int(made.state.day))).isoformat(),
        "known": (scenario.begins + timedelta(days=int(made.state.known))).isoformat(),
        "came": int(made.state.came.sum()), "inside_or_waiting": len(made.state.initial),
        "exits": {kind: int(made.state.exits[:, n].sum()) for n, kind in enumerate(scenario.kinds)},
        "learnt": {name: list(band) for name, band in made.learnt.items()}, "targets": targets,
    }  # fmt: skip
