"""A run summed up as it is kept: ranges, chances, bands by week, months. People are told in steps of ten, ranges outward."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import summary
from samkraft.analysis.queues.forecast.prediction import Prediction
from samkraft.analysis.queues.kernel import layout
from samkraft.knowledge.rules.forecasting import estimating
from samkraft.knowledge.rules.forecasting.arranging import WORK, Arranged, Source

Reals = NDArray[np.float64]
STEP = estimating.STEP
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MIDDLE = 0.5


def bands(made: Prediction) -> list[dict[str, Any]]:
    """5, 50 and 95 per cent by week from the state on. People in steps of ten, waiting in days."""
    run = made.run
    origin = run.scenario.begins + timedelta(days=int(made.state.day))
    weeks = [place for place, week in enumerate(run.network.weeks) if run.network.days[week] >= origin]
    days = [run.network.days[run.network.weeks[place]].isoformat() for place in weeks]
    past = {kind: int(made.state.exits[:, n].sum()) for n, kind in enumerate(run.scenario.kinds)}
    gone = sum(past.values())

    def out(kinds: Iterable[str]) -> Reals:
        columns = run.exit_columns(tuple(kinds))
        return np.asarray(sum(run.weekly(column)[:, weeks] for column in columns), float)

    told = {
        "started": run.weekly(layout.STARTED)[:, weeks] + gone,
        "work": out([WORK]) + past[WORK],
        "other": out(kind for kind in past if kind != WORK) + gone - past[WORK],
        "stock": run.weekly(layout.STOCK)[:, weeks],
        "queue": run.weekly(layout.QUEUE)[:, weeks],
    }
    found = [_weekly(code, days, np.asarray(values, float)) for code, values in told.items()]
    waits = summary.band(run, "waits", summary.mean_waits(run))
    found.append({"code": "waits", "days": days, **{
        name: [round(float(values[place]), 1) for place in weeks]
        for name, values in (("low", waits.low), ("middle", waits.middle), ("high", waits.high))
    }})  # fmt: skip
    limited = [n for n, one in enumerate(run.scenario.activities) if one.places is not None]
    if limited and run.snapshots.shape[2] > run.team_columns().stop:
        values = run.weekly(run.activity_column(0, limited[0]))[:, weeks]
        found.append(_weekly("activity_queue", days, np.asarray(values, float)))
    return found


def months(made: Prediction, known: date) -> list[dict[str, Any]]:
    """What is said of each month's end, to be held against what happens: 5, 25, 50, 75 and 95 per cent."""
    found = []
    for day in made.run.scenario.look_at:
        if day <= known + timedelta(days=1):
            continue
        found.append({
            "day": (day - timedelta(days=1)).isoformat(),
            "started": quantiles(made.total((), day)),
            "work": quantiles(made.total((WORK,), day)),
        })  # fmt: skip
    return found


def draws(arranged: Arranged, made: Prediction) -> dict[str, list[int]]:
    """For each measure one number from each replication, so that two forecasts with the same luck can be compared."""
    run = made.run
    found: dict[str, NDArray[np.int64]] = {
        target.name: made.total(target.kinds, target.before) for target in run.scenario.targets
    }
    end = arranged.ends
    found["queue"] = run.weekly(layout.QUEUE).max(axis=1).astype(np.int64)
    found["waited"] = run.at(end, layout.WAITED).astype(np.int64)
    found["stock"] = run.at(end, layout.STOCK).astype(np.int64)
    return {name: [int(one) for one in values] for name, values in found.items()}


def goal(arranged: Arranged, code: str, made: Prediction, beside: dict[Source, Prediction]) -> dict[str, Any]:
    """A goal on each of its days: the range, the chance, and what the other sets of assumptions would give."""
    goal = next(one for one in arranged.goals if one.code == code)
    found = []
    for target in made.run.scenario.targets:
        if target.name.rpartition(":")[0] != code:
            continue
        others = {
            source.value: _counted(one, target.name) for source, one in beside.items()
        }  # fmt: skip
        found.append({**_counted(made, target.name), "before": target.before.isoformat(), "beside": others})
    return {"code": code, "text": goal.text, "at_least": goal.at_least, "is_work": goal.is_work, "at": found}


def _counted(made: Prediction, name: str) -> dict[str, Any]:
    target = next(one for one in made.run.scenario.targets if one.name == name)
    total, hits = made.total(target.kinds, target.before), made.reached(target)
    share = float(hits.mean())
    low, high = summary.between(share, len(hits))
    return {
        "range": quantiles(total),
        "probability": round(share, 4), "low": round(low, 4), "high": round(high, 4),
    }  # fmt: skip


def _weekly(code: str, days: list[str], values: Reals) -> dict[str, Any]:
    told = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    sides = {
        name: [_outward(float(one), level) for one in row]
        for name, level, row in zip(("low", "middle", "high"), (0.05, 0.5, 0.95), told, strict=True)
    }
    return {"code": code, "days": days, **sides}


def people(value: float) -> int:
    """A number of people in tens."""
    return int(round(value / STEP) * STEP)


def quantiles(values: NDArray[np.int64], levels: tuple[float, ...] = LEVELS) -> list[int]:
    """Quantiles in steps of ten, those below the middle downward and those above it upward."""
    found = np.quantile(values, levels)
    return [_outward(float(one), level) for one, level in zip(found, levels, strict=True)]


def _outward(value: float, level: float) -> int:
    if level == MIDDLE:
        return people(value)
    return int((floor if level < MIDDLE else ceil)(value / STEP) * STEP)


def downward(many: int) -> int:
    """A number of people in tens, downward."""
    return many // STEP * STEP
