"""Two forecasts with the same luck: what differs is the change, not the dice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samkraft.analysis.queues import comparison
from samkraft.knowledge.rules.forecasting import scenarios
from samkraft.knowledge.rules.forecasting.estimating import STEP
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Gap:
    """One measure in both: means, in steps of ten, and the mean of the second minus the first with 95 per cent.

    chance: the share of replications that reach the target in each, and their difference with its interval.
    half: where the difference lies in the middle half of the replications: how it may turn out, not how well it is counted.
    """

    measure: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    chance: "Gap | None" = None
    half: tuple[float, float] = (0.0, 0.0)

    @property
    def is_told(self) -> bool:
        """Whether all of the interval lies on one side of nought."""
        return self.low > 0 or self.high < 0


def check(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    """Raises Refused when two forecasts do not have the same luck. first, second: result, run, replications, assumptions."""
    if first["id"] == second["id"]:
        raise Refused(scenarios.NOT_SAME_LUCK, why=scenarios.SAME)
    if first["run"] != second["run"] or first["result"]["seed"] != second["result"]["seed"]:
        raise Refused(scenarios.NOT_SAME_LUCK, why=scenarios.OTHER_SNAPSHOT)
    if first["replications"] != second["replications"]:
        raise Refused(scenarios.NOT_SAME_LUCK, why=scenarios.OTHER_NUMBER)
    if first["result"]["method"] != second["result"]["method"] or first["assumptions"] != second["assumptions"]:
        raise Refused(scenarios.NOT_SAME_LUCK, why=scenarios.OTHER_METHOD)


def gaps(
    first: Mapping[str, Sequence[int]], second: Mapping[str, Sequence[int]], targets: Mapping[str, int]
) -> list[Gap]:
    """Each measure that both have; targets: measure → at least so many."""
    found = []
    for measure, values in first.items():
        if measure not in second:
            continue
        a, b = np.asarray(values, float), np.asarray(second[measure], float)
        chance = None
        if measure in targets:
            hits = [(one >= targets[measure]).astype(float) for one in (a, b)]
            chance = _gap(measure, *hits, is_chance=True)
        if measure == "waited":
            a, b = a / 30.4, b / 30.4
        found.append(_gap(measure, a, b, chance=chance))
    return found


def _gap(measure: str, a: Any, b: Any, *, is_chance: bool = False, chance: Gap | None = None) -> Gap:
    told = comparison.difference(measure, a, b, is_chance=is_chance)
    if is_chance:
        return Gap(measure, told.first, told.second, told.difference, max(-1.0, told.low), min(1.0, told.high))
    step = 1 if measure.startswith("wait:") else STEP  # days are nobody's
    first, second = (float(round(one / step) * step) for one in (told.first, told.second))
    low, high = (float(one) for one in np.quantile(b - a, (0.25, 0.75)))
    return Gap(measure, first, second, told.difference, told.low, told.high, chance, (low, high))
