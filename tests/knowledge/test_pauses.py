"""Pauses are learnt apart from the time that people take part: as often and as long as they are, though some go on."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from samkraft.analysis.queues.forecast import state as states
from samkraft.knowledge.rules.forecasting import arranging, landing, observing, resting
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.landing import Landed
from samkraft.people.rules import cohort_waits
from samkraft.people.rules.cohort_waits import Rested
from samkraft.people.rules.cohorts import FIELDS, Cohort, as_number
from tests.factories import forecasts
from tests.factories.forecasts import KNOWN

MANY, TIMES, MEAN = 400, 80, 30.0
DAY = as_number(KNOWN) - landing.LAG_DAYS + 1
ARRANGED = forecasts.arranged()


def packed(cohort: Cohort) -> list[bytes]:
    rows = np.stack([cohort.columns[name] for name in FIELDS], axis=1).astype(">i2")
    return [row.tobytes() for row in rows]


def rested(share: float = 0.5) -> Rested:
    """So many of those who have come have one pause, at any time after, of thirty days in mean; those not over go on."""
    dice, cohort = np.random.default_rng(5), forecasts.cohort(MANY)
    found = []
    for row, started, left in zip(
        packed(cohort), cohort.columns["started"].tolist(), cohort.columns["left"].tolist(), strict=True
    ):
        since = started + int(dice.integers(5, 120))
        until = since + max(1, int(dice.exponential(MEAN)))
        ends = left if left >= 0 else DAY
        if dice.random() < share and since < min(ends, DAY):
            found.append((row, since, min(until, left) if left >= 0 else until if until < DAY else -1))
    return cohort_waits.rested(found)


def state(cohort: Cohort) -> tuple[arranging.Scenario, states.State]:
    made = arranging.scenario(ARRANGED, begins=observing.first_day(cohort))
    seen = observing.events(cohort, ARRANGED, made, known=KNOWN)
    return made, states.at(made, seen, known=float((KNOWN - made.begins).days + 1), lag=float(landing.LAG_DAYS))


@lru_cache(maxsize=4)
def landed(share: float) -> Landed:
    return landing.land(
        ARRANGED, Changes(), forecasts.cohort(MANY), known=KNOWN, seed=7, replications=TIMES, rested=rested(share),
        threads=1,
    )  # fmt: skip


def test_without_pauses_the_stays_are_those_of_the_state() -> None:
    cohort = forecasts.cohort(MANY)
    made, known = state(cohort)
    net = resting.stays(cohort, {}, made, DAY)
    for own, told in zip(net, known.stays, strict=True):
        assert sorted(map(tuple, own.tolist())) == sorted(map(tuple, told.tolist()))


def test_how_often_and_how_long_hold_what_was_built_in_though_some_go_on() -> None:
    cohort = forecasts.cohort(MANY)
    made, known = state(cohort)
    pauses = rested()
    learnt = resting.learn(cohort, pauses, made, known, count=2000, seed=1)
    assert learnt is not None
    net, rest = learnt
    low, high = np.quantile(rest.days, (0.025, 0.975))
    assert low < MEAN < high
    assert (pauses.until < 0).sum() > 5, "some go on, or nothing is tried"
    bare = np.mean([until - since for since, until in zip(pauses.since, pauses.until, strict=True) if until >= 0])
    assert bare < rest.days.mean(), "only those that are over would tell too short a time"
    weeks = sum(float(each[:, 0].sum()) for each in net.stays) / 7
    assert abs(np.median(rest.per_week) * weeks / rest.begun - 1) < 0.05
    whole, without = (sum(float(each[:, 0].sum()) for each in one.stays) for one in (known, net))
    away = sum(
        min(u if u >= 0 else DAY, DAY) - s for s, u in zip(pauses.since.tolist(), pauses.until.tolist(), strict=True)
    )
    assert whole - without == away


def test_the_forecast_with_pauses_lands_where_that_of_the_whole_time_does_and_tells_of_them() -> None:
    told = {one["code"]: one for one in landed(0.5).result["estimates"]}
    assert told["pauses"]["used"] == "egna"
    assert told["pauselength"]["own"]["low"] < MEAN < told["pauselength"]["own"]["high"]
    bare = landing.land(ARRANGED, Changes(), forecasts.cohort(MANY), known=KNOWN, seed=7, replications=TIMES, threads=1)
    without = {one["code"]: one for one in bare.result["estimates"]}
    assert "pauses" not in without
    assert told["days_2"]["own"]["middle"] < without["days_2"]["own"]["middle"]
    assert abs(told["stay"]["own"]["middle"] / without["stay"]["own"]["middle"] - 1) < 0.06
    one, other = (np.mean(each.draws["arbete:end"]) for each in (landed(0.5), bare))
    assert abs(one / other - 1) < 0.05


def test_few_pauses_stay_in_the_time_of_the_phase() -> None:
    few = landed(0.01)
    assert "pauses" not in {one["code"] for one in few.result["estimates"]}


def test_pauses_that_overlap_are_one_and_what_was_said_of_rows_that_are_gone_is_passed_over() -> None:
    cohort = forecasts.cohort(3)
    first = packed(cohort)[0]
    since = int(cohort.columns["started"][0])
    said = [(first, since, since + 10), (first, since + 5, since + 20), (b"\x7f\x01", 5, 9)]
    assert resting.of_rows(cohort, cohort_waits.rested(said), DAY) == {0: [(since, min(since + 20, DAY))]}
    assert resting.of_rows(forecasts.cohort(0), cohort_waits.rested([]), DAY) == {}


def test_who_is_in_a_phase_stands_where_the_phase_begins_in_a_longer_program() -> None:
    cohort = forecasts.cohort(MANY)
    made, known = state(cohort)
    longer = replace(made, phases=tuple(replace(one, steps=one.steps * 2) for one in made.phases))
    placed = resting.placed(known, longer)
    assert set(zip(placed.initial[:, 7].tolist(), placed.initial[:, 2].tolist(), strict=True)) == {
        (0, 2),
        (1, 6),
        (2, 10),
    }
