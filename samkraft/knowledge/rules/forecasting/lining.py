"""The line of each activity onward from the day of the state: who joins as participants need it, who starts, who gives up.

Each line is a queue of its own in the simulation: places as servers, need as a stream that follows how many are enrolled. A
day less in line is taken as a day less in the initiative for whoever waits: that is an assumption, and is said where it is
shown. What an activity gives is not told here, nor what becomes of whoever does not get it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import network, simulation
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    Duration,
    Family,
    Intake,
    Phase,
    Scenario,
    Spread,
    Step,
    Teams,
)
from samkraft.analysis.queues.quantities import Fixed, Parameter
from samkraft.knowledge.rules.forecasting.needing import Need

Reals = NDArray[np.float64]
QUARTER = 13  # weeks for which need follows the mean of how many are enrolled
SHAPE = 4.0  # of a stay in an activity
LEAST_STAY = 0.25  # of how long participants stay: no shorter for shorter waiting
WHO, ALONE = "behov", "platser"


@dataclass(frozen=True)
class Line:
    """One activity onward, R replications: days in line for each who joins, how many start, how many wait at the end."""

    need: Need
    more: int
    wait: Reals
    starts: NDArray[np.int64]
    left: NDArray[np.int64]


def onward(
    needs: Sequence[Need], enrolled: Reals, *, begins: date, ends: date, more: Mapping[str, int], more_from: date | None,
    seed: int, threads: int = 0,
) -> list[Line]:  # fmt: skip
    """Each line from `begins` until `ends`. enrolled (R, weeks): people in the initiative. more: activity → places more."""
    return [
        _line(need, enrolled, begins, ends, more.get(need.plan.code, 0), more_from or begins, seed, threads)
        for need in needs
    ]


def shift(before: Sequence[Line], after: Sequence[Line], stay_days: Reals) -> Reals:
    """(R,) how many days longer people stay when they wait as in `after`: need during a stay, times the days' difference."""
    found = np.zeros(len(stay_days))
    for one, other in zip(before, after, strict=True):
        if other.more:
            found += one.need.joins * stay_days / 7 * (other.wait - one.wait)
    return found


def _line(
    need: Need, enrolled: Reals, begins: date, ends: date, more: int, more_from: date, seed: int, threads: int
) -> Line:
    count = len(enrolled)
    scenario, stock = _scenario(need, enrolled, begins, ends, more, max(more_from, begins))
    waves = len(scenario.intakes)
    drawn = {
        WHO: need.joins[:, None] * stock,
        "dagar": np.repeat(need.days[:, None], waves, axis=1),
        "ger upp": np.repeat(need.gives_up[:, None], waves, axis=1),
    }
    made = network.build(
        scenario, "egna", seed=_own_seed(need, seed), count=count, initial=_initial(need, scenario), overrides=drawn
    )
    run = simulation.run_network(scenario, "egna", made, seed=_own_seed(need, seed), threads=threads, detail=False)
    waiting = run.weekly(layout.QUEUE)
    came = np.maximum(1, run.at(ends, layout.ARRIVED))
    last = run.at(ends, layout.STARTED).astype(np.int64) - len(need.taking)
    return Line(need, more, 7.0 * waiting[:, 1:].sum(axis=1) / came, last, run.at(ends, layout.QUEUE).astype(np.int64))


def _own_seed(need: Need, seed: int) -> int:
    return (seed + need.plan.id.int) % 2**31


def _scenario(
    need: Need, enrolled: Reals, begins: date, ends: date, more: int, more_from: date
) -> tuple[Scenario, Reals]:
    """One phase, one activity, places as a team. The stock is the mean (R, quarters) of those enrolled."""
    weeks = max(1, (ends - begins).days // 7)
    firsts = list(range(0, weeks, QUARTER))
    intakes = tuple(
        Intake(
            f"kvartal {number}", begins + timedelta(weeks=week), min(ends, begins + timedelta(weeks=week + QUARTER)), 1.0,
            share=WHO, spread=Spread.STREAM, gives_up_per_week="ger upp",
        )
        for number, week in enumerate(firsts, 1)
    )  # fmt: skip
    stock = np.stack([_mean(enrolled, week) for week in firsts], axis=1)
    teams = [Teams("nu", 1, max(need.places, len(need.taking)), begins)]
    if more and more_from < ends:
        teams.append(Teams("fler", 1, more, more_from))
    parameters = {name: Parameter(name, name, {"egna": Fixed(1.0)}) for name in (WHO, "dagar", "ger upp")}
    return Scenario(
        need.plan.code, begins, ends, intakes,
        (Phase(ALONE, (Step(((Choice(ALONE, 1.0),),)),), otherwise="klar"),),
        (Activity(ALONE, Duration(Family.GAMMA, "dagar", SHAPE)),), teams=tuple(teams), parameters=parameters,
        assumptions=("egna",),
    ), stock  # fmt: skip


def _mean(enrolled: Reals, week: int) -> Reals:
    part = enrolled[:, week : week + QUARTER]
    return np.asarray(part.mean(axis=1) if part.shape[1] else np.zeros(len(enrolled)))


def _initial(need: Need, scenario: Scenario) -> NDArray[np.int32]:
    """Those who wait, who waited longest first, and those who take part."""
    ticks = scenario.ticks_per_day
    rows = [(0, layout.IN_LINE, 0, -1, -1, -int(days) * ticks, -1, 0) for days in need.waiting]
    rows += [
        (0, layout.BUSY, 2, 0, 0, -int(days) * ticks, -int(days) * ticks, 0) for days in need.taking
    ]  # after begin and choose
    return np.asarray(rows, np.int32).reshape(-1, 8)


def as_json(before: Line, after: Line, quantiles: Any, tens: Any) -> dict[str, Any]:
    """What is told: numbers of people by `quantiles` and `tens`, days as they are."""
    need = after.need
    joins = need.interval(100 * need.joins * 30.4 / 7)
    return {
        "code": need.plan.code, "name": need.plan.name, "n": tens(need.joined), "occasions": need.plan.occasions,
        "places": need.places, "places_from": need.places_from.value, "waiting": tens(len(need.waiting)),
        "days": _interval(need.interval(need.days)), "days_from": need.days_from.value, "joins": _interval(joins),
        "more": after.more, "wait": _days(after.wait), "wait_before": _days(before.wait),
        "starts": quantiles(after.starts), "starts_before": quantiles(before.starts),
        "left": quantiles(after.left), "left_before": quantiles(before.left),
    }  # fmt: skip


def _interval(one: Any) -> dict[str, float]:
    return {"low": one.low, "middle": one.middle, "high": one.high}


def _days(values: Reals) -> list[float]:
    return [round(float(one), 1) for one in np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))]
