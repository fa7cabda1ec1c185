"""Which assumption matters most: each parameter in turn is taken from the other set of assumptions, the luck kept."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.queues import simulation, summary
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario, Target


@dataclass(frozen=True, slots=True)
class Swap:
    """What happens to a target when one parameter is taken from the other set: counts are means."""

    parameter: str
    words: str
    target: str
    before: float
    after: float
    chance_before: float
    chance_after: float


def swaps(scenario: Scenario, *, seed: int, replications: int, threads: int = 0) -> list[Swap]:
    """For every target and every parameter that differs between the first two sets, the largest effect first."""
    if len(scenario.assumptions) < 2:
        return []
    first, second = scenario.assumptions[:2]
    base = simulation.run(scenario, first, seed=seed, replications=replications, threads=threads, detail=False)
    found = []
    for name, parameter in scenario.parameters.items():
        if parameter.under(first) == parameter.under(second):
            continue
        changed = dataclasses.replace(parameter, values={**parameter.values, first: parameter.under(second)})
        other = dataclasses.replace(scenario, parameters={**scenario.parameters, name: changed})
        run = simulation.run(other, first, seed=seed, replications=replications, threads=threads, detail=False)
        for target in scenario.targets:
            found.append(
                Swap(
                    name, parameter.words, target.name, _count(base, target), _count(run, target),
                    float(summary.reached(base, target).mean()), float(summary.reached(run, target).mean()),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: -abs(one.after - one.before))


def _count(run: simulation.Run, target: Target) -> float:
    columns = run.exit_columns(target.kinds) if target.kinds else [layout.STARTED]
    return float(np.mean(sum(run.at(target.before, column) for column in columns)))
