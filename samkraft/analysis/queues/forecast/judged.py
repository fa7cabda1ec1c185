"""Stored forecasts, looked at again when the truth is known: are they as they were made, and how well did they do?"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from samkraft.analysis.queues.forecast import scores
from samkraft.analysis.queues.forecast.observed import ENROLLED, EXITED, PHASE, Observed
from samkraft.analysis.queues.pathway import Scenario, Target
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOTHING_STORED = Reason("no_forecasts_stored", "I {name} finns inga sparade prognoser.")
OTHER_SCENARIO = Reason(
    "forecast_of_other_scenario", phrase("Prognosen {name} gäller scenariot {scenario}, inte det här.")
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One target of one stored forecast. The scores are None until the day has passed; lower is better for both.

    interval: the score of the central 90 per cent (Gneiting and Raftery 2007), in people; brier: of the probability.
    """

    forecast: str
    known: date
    target: str
    before: date
    probability: float
    replications: int
    low: float
    high: float
    outcome: int | None
    inside: bool | None
    interval: float | None
    brier: float | None


def judge(folder: Path, scenario: Scenario, seen: Observed, *, known: float) -> list[Judged]:
    """Every target of every stored forecast beside what is known on a day. Raises Refused when there is nothing to judge.

    A target's day must have passed by `known` for it to have an outcome. Ask `stored.altered` first.
    """
    paths = sorted(folder.glob("forecast-*.json"))
    if not paths:
        raise Refused(NOTHING_STORED, name=str(folder))
    found = []
    for path in paths:
        forecast = json.loads(path.read_text(encoding="utf-8"))["forecast"]
        if forecast["scenario"] != scenario.name:
            raise Refused(OTHER_SCENARIO, name=path.name, scenario=forecast["scenario"])
        targets = {target.name: target for target in scenario.targets}
        for told in forecast["targets"]:
            if told["name"] in targets:
                made_of = date.fromisoformat(forecast["known"])
                found.append(
                    _judged(
                        path.name, made_of, told, targets[told["name"]], forecast["replications"], scenario, seen, known
                    )
                )
    return found


def _judged(
    name: str,
    made_of: date,
    told: dict[str, object],
    target: Target,
    replications: int,
    scenario: Scenario,
    seen: Observed,
    known: float,
) -> Judged:
    before = date.fromisoformat(str(told["before"]))
    quantiles = told["quantiles"]
    assert isinstance(quantiles, dict)
    low, high = float(quantiles["0.05"]), float(quantiles["0.95"])
    probability = float(str(told["probability"]))
    if before > scenario.begins + timedelta(days=known):
        return Judged(name, made_of, target.name, before, probability, replications, low, high, None, None, None, None)
    outcome = happened(target, before, scenario, seen, known)
    return Judged(
        name, made_of, target.name, before, probability, replications, low, high, outcome, low <= outcome <= high,
        scores.interval_between(low, high, outcome), scores.brier(probability, outcome >= int(str(told["at_least"]))),
    )  # fmt: skip


def happened(target: Target, before: date, scenario: Scenario, seen: Observed, known: float) -> int:
    """How many had started, or gone by the target's kinds of exit, before a day, as far as is known on another."""
    past = seen.until(float((before - scenario.begins).days), known)
    if not target.kinds:
        return len(set(past.person[np.isin(past.what, (ENROLLED, PHASE))].tolist()))
    kinds = [scenario.kinds.index(kind) for kind in target.kinds]
    return int(sum(((past.what == EXITED) & (past.where == kind)).sum() for kind in kinds))
