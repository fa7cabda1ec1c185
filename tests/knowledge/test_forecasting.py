"""Forecasts from rows: what is learnt and from what, what is refused, what is told and never told, how old ones are judged."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from samkraft.analysis.queues.forecast import state as states
from samkraft.knowledge.rules.forecasting import (
    arranging,
    changes,
    comparing,
    estimating,
    judging,
    landing,
    observing,
    telling,
)
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.judging import Said
from samkraft.knowledge.rules.forecasting.landing import Landed
from samkraft.people.rules.cohorts import Cohort, as_number
from samkraft.values.refusal import Refused
from tests.factories import forecasts
from tests.factories.forecasts import KNOWN

FEW, MANY = 60, 600
NOTHING = Changes()


@lru_cache(maxsize=32)
def landed(tried: Changes = NOTHING, many: int = 400, **said: Any) -> Landed:
    rows = forecasts.cohort(many)
    return landing.land(
        said.get("arranged") or forecasts.arranged(), tried, rows, known=KNOWN, seed=7, replications=said.get("times", FEW),
        threads=1,
    )  # fmt: skip


def told(one: Landed) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in one.result["estimates"]}


def test_own_data_are_counted_on_when_they_are_enough_and_hold_the_truth() -> None:
    found = told(landed(many=MANY, times=400))
    assert {one["used"] for code, one in found.items() if code not in ("success", "stay")} == {"egna"}
    truth = 0.8 * 0.5
    assert found["success"]["own"]["low"] < truth < found["success"]["own"]["high"]
    assert found["ends_2"]["own"]["low"] < 0.2 < found["ends_2"]["own"]["high"]
    assert found["days_1"]["own"]["low"] - 1 < 40 < found["days_1"]["own"]["high"] + 1
    assert found["reach"]["plan"]["middle"] == 1


def test_few_fall_back_on_the_history_and_say_so_and_without_one_on_the_plan() -> None:
    found = told(landed(many=20))
    assert found["leaves_3"]["used"] == "historia"
    assert found["days_3"]["used"] == "historia"
    assert found["leaves_3"]["n"] < 30
    bare = told(landed(many=20, arranged=forecasts.arranged(assumed=arranging.Assumed())))
    assert bare["leaves_3"]["used"] == "plan"
    assert bare["leaves_3"]["history"] is None
    assert bare["success"]["plan"]["middle"] == pytest.approx(0.3, abs=0.001)


def test_how_people_leave_comes_from_one_source_or_some_would_be_counted_twice() -> None:
    for many in (20, 120, 400):
        used = {
            one["used"] for code, one in told(landed(many=many)).items() if code.split("_")[0] in ("leaves", "ends")
        }
        assert len(used) == 1, many


def test_a_forecast_never_tells_of_fewer_than_ten_apart() -> None:
    result = landed(many=MANY, times=400).result
    counts = [n for goal in result["goals"] for at in goal["at"] for n in at["range"]]
    counts += [n for month in result["months"] for n in (*month["work"], *month["started"])]
    counts += [
        n
        for band in result["bands"]
        if band["code"] != "waits"
        for side in ("low", "middle", "high")
        for n in band[side]
    ]
    assert len(counts) > 500
    assert {n % 10 for n in counts} == {0}
    assert {one["n"] % 10 for one in result["estimates"]} == {0}
    for one in result["estimates"]:  # nobody went to work out of phase one: that is not told as a share of so many
        assert one["code"] != "leaves_1" or (one["own"] is None and one["hidden"])


def test_ranges_lie_around_the_draws_and_the_chance_is_of_the_same_draws() -> None:
    one = landed(many=MANY, times=400)
    at = one.result["goals"][1]["at"][0]
    draws = np.asarray(one.draws["arbete:end"])
    assert at["range"][0] <= np.quantile(draws, 0.05) <= at["range"][0] + 10
    assert at["range"][4] - 10 <= np.quantile(draws, 0.95) <= at["range"][4]
    assert at["probability"] == pytest.approx(float((draws >= 300).mean()), abs=1e-4)


def test_a_chance_is_never_nought_nor_certain() -> None:
    never = landed(
        arranged=forecasts.arranged(goals=(forecasts.GOALS[0], replace(forecasts.GOALS[1], at_least=90_000)))
    )
    always = landed(arranged=forecasts.arranged(goals=(forecasts.GOALS[0], replace(forecasts.GOALS[1], at_least=1))))
    for one, said in ((never, "under 6,0"), (always, "över 94,0")):
        at = one.result["goals"][1]["at"][0]
        assert at["low"] < at["high"]
        assert said in telling.sentence(one.result["goals"][1], at)
        assert " 0 %" not in telling.sentence(one.result["goals"][1], at)


def test_the_same_luck_gives_the_same_answer_and_more_intake_never_fewer() -> None:
    again = landing.land(
        forecasts.arranged(), Changes(), forecasts.cohort(400), known=KNOWN, seed=7, replications=FEW, threads=2
    )
    assert json.dumps(again.result) == json.dumps(landed().result)
    more = landed(Changes(intakes=((2, 900),)))
    before, after = (np.asarray(one.draws["deltagare:end"]) for one in (landed(), more))
    assert (after >= before).all()
    assert after.mean() > before.mean() + 50
    gap = {one.measure: one for one in comparing.gaps(landed().draws, more.draws, {"deltagare:end": 1000})}
    assert gap["deltagare:end"].is_told
    assert gap["deltagare:end"].chance is not None
    assert abs(gap["deltagare:end"].high - gap["deltagare:end"].low) < before.std()
    low, high = gap["deltagare:end"].half
    apart = np.asarray(more.draws["deltagare:end"]) - np.asarray(landed().draws["deltagare:end"])
    assert (low, high) == tuple(np.quantile(apart, (0.25, 0.75))), "how it may turn out, not how well it is counted"


def test_what_happens_after_the_state_changes_nothing() -> None:
    rows = forecasts.cohort(400)
    cut = as_number(KNOWN) - landing.LAG_DAYS
    columns = {name: column.copy() for name, column in rows.columns.items()}
    for name in ("phase_two", "phase_three", "left"):
        columns[name][columns[name] > cut] = -1
    columns["outcome"][columns["left"] < 0] = 0
    kept = columns["started"] <= cut
    without = Cohort({name: column[kept] for name, column in columns.items()})
    found = landing.land(forecasts.arranged(), Changes(), without, known=KNOWN, seed=7, replications=FEW, threads=1)
    assert found.result["goals"] == landed().result["goals"]


def test_fewer_places_than_people_make_a_queue_and_scarce_activities_make_one_too() -> None:
    tight = {one["code"]: one for one in landed(Changes(places=10)).result["bands"]}
    assert max(tight["queue"]["middle"]) > 50
    assert max(tight["waits"]["middle"]) > 20
    scarce = landed(Changes(activity_places=10))
    bands = {one["code"]: one for one in scarce.result["bands"]}
    assert max(bands["activity_queue"]["middle"]) > 20
    assert np.mean(scarce.draws["arbete:end"]) < np.mean(landed().draws["arbete:end"]) - 20


def test_new_teams_take_in_those_who_wait() -> None:
    tight = forecasts.arranged(teams=tuple(replace(team, places=10) for team in forecasts.arranged().teams))
    more = Changes(more_teams=10, more_from=date(2026, 3, 1), places=30)
    assert np.mean(landed(more, arranged=tight).draws["waited"]) < np.mean(landed(arranged=tight).draws["waited"]) / 2


def test_nobody_has_come_yet_and_the_plan_and_history_tell_all() -> None:
    found = landing.land(
        forecasts.arranged(),
        Changes(),
        forecasts.cohort(0),
        known=date(2025, 1, 31),
        seed=7,
        replications=FEW,
        threads=1,
    )
    assert {one["used"] for one in found.result["estimates"]} == {"historia", ""}
    assert found.result["goals"][0]["at"][0]["range"][2] == pytest.approx(770, abs=60)


def test_the_assumption_that_matters_most_comes_first() -> None:
    found = landed(many=MANY, times=400).result["matters"]
    sizes = [abs(one["change"]) for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert {one["code"] for one in found} == {"reach", "leaving", "stay"}


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (Changes(intakes=((1, 900),)), "change_of_what_is_over"), (Changes(intakes=((9, 10),)), "change_of_unknown_intake"),
        (Changes(intakes=((2, 20_001),)), "change_outside"), (Changes(intakes=((2, -1),)), "change_outside"),
        (Changes(places=0), "change_outside"), (Changes(places=501), "change_outside"),
        (Changes(more_teams=51, more_from=date(2026, 5, 1)), "change_outside"),
        (Changes(more_teams=2), "change_without_day"),
        (Changes(more_teams=2, more_from=date(2025, 5, 1)), "change_opens_outside"),
        (Changes(more_teams=2, more_from=date(2027, 7, 1)), "change_opens_outside"),
        (Changes(closing=date(2024, 5, 1)), "change_closes_first"), (Changes(closing=KNOWN), "change_closes_first"),
        (Changes(activity_places=0), "change_outside"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_kept(tried: Changes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        changes.check(tried, forecasts.arranged(), KNOWN)
    assert refused.value.reason.code == code
    assert refused.value.reason.way_out


def test_a_closing_needs_a_team_that_closes_and_places_in_activities_a_second_phase() -> None:
    open_ended = forecasts.arranged(teams=forecasts.arranged().teams[:2])
    one_phase = forecasts.arranged(phases=forecasts.arranged().phases[:1])
    for tried, where, code in (
        (Changes(closing=date(2026, 6, 1)), open_ended, "change_closes_nothing"),
        (Changes(activity_places=5), one_phase, "change_without_activities"),
    ):
        with pytest.raises(Refused) as refused:
            changes.check(tried, where, KNOWN)
        assert refused.value.reason.code == code


def test_what_is_as_it_was_is_no_change() -> None:
    same = Changes(intakes=((2, 500),), places=100, more_from=date(2026, 5, 1))
    assert changes.check(same, forecasts.arranged(), KNOWN).is_nothing
    assert changes.of_json(Changes(places=5, closing=KNOWN).as_json()) == Changes(places=5, closing=KNOWN)


@pytest.mark.parametrize(
    ("known", "said", "code"),
    [
        (date(2024, 12, 31), {}, "forecast_too_early"), (date(2028, 1, 31), {}, "forecast_of_what_is_over"),
        (KNOWN, {"phases": (), "assumed": arranging.Assumed()}, "forecast_without_stay"),
    ],
)  # fmt: skip
def test_a_forecast_of_nothing_is_refused(known: date, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        landing.land(
            forecasts.arranged(**said),
            Changes(),
            forecasts.cohort(50),
            known=known,
            seed=1,
            replications=FEW,
            threads=1,
        )
    assert refused.value.reason.code == code


def test_no_intake_and_nobody_there_leaves_nothing_to_forecast() -> None:
    empty = Changes(intakes=((1, 0), (2, 0)))
    with pytest.raises(Refused) as refused:
        landing.land(
            forecasts.arranged(),
            empty,
            forecasts.cohort(0),
            known=date(2025, 1, 31),
            seed=1,
            replications=FEW,
            threads=1,
        )
    assert refused.value.reason.code == "change_leaves_nobody"


@pytest.mark.parametrize("times", [1, 49, 10_001])
def test_too_few_or_many_replications_are_refused(times: int) -> None:
    with pytest.raises(Refused) as refused:
        landed(times=times)
    assert refused.value.reason.code == "forecast_replications"


def test_an_uneven_intake_makes_the_rest_of_it_less_certain() -> None:
    even, steps = forecasts.cohort(400), forecasts.cohort(400)
    started = steps.columns["started"]
    last = as_number(KNOWN)
    steps.columns["started"][:] = np.where((last - started) // 30 % 2, started, started - 30)
    assert observing.unevenness(even, KNOWN) < 4
    assert observing.unevenness(steps, KNOWN) > 10
    where = forecasts.arranged()
    made = arranging.scenario(where)
    seen = observing.events(even, where, made, known=KNOWN)
    state = states.at(made, seen, known=float((KNOWN - made.begins).days + 1), lag=7.0)
    paces = [
        estimating.learn(where, made, state, count=4000, seed=1, uneven=uneven).draws["reach"][:, 1]
        for uneven in (1.0, 9.0)
    ]
    assert paces[0].std() > 0.02
    assert paces[1].std() == pytest.approx(3 * paces[0].std(), rel=0.1)
    assert paces[1].mean() == pytest.approx(paces[0].mean(), rel=0.05)


def test_old_forecasts_are_held_against_what_came() -> None:
    day, began = date(2026, 3, 31), date(2026, 1, 1)
    said = [
        Said(1, date(2026, 1, 31), False, "work", day, (10, 20, 25, 30, 40)),
        Said(1, date(2026, 1, 31), False, "work", day + timedelta(days=30), (10, 20, 25, 30, 40)),
        Said(2, date(2026, 2, 28), True, "started", day, (100, 110, 120, 130, 140)),
    ]
    happened = {"work": {date(2026, 1, 31): 10, day: 35}, "started": {day: 90}}
    found = judging.judge(said, happened, began)
    assert [(one.outcome, one.is_inside, one.is_in_middle) for one in found] == [(90, False, False), (35, True, False)]
    assert found[1].simple == pytest.approx(10 * 89 / 30)
    assert found[0].score == pytest.approx(40 + 20 * 10)
    told_of = judging.held(found)
    assert told_of is not None
    assert (told_of.many, told_of.inside, told_of.missed) == (2, 1, 20)
    assert told_of.beside == 10
    assert judging.held([]) is None


def test_forecasts_with_other_luck_are_not_compared() -> None:
    one = {"id": 1, "run": 1, "replications": FEW, "assumptions": None, "result": landed().result}
    comparing.check(one, {**one, "id": 2})
    for other in (
        one, {**one, "id": 2, "run": 2}, {**one, "id": 2, "replications": 50}, {**one, "id": 2, "assumptions": 3},
        {**one, "id": 2, "result": {**landed().result, "seed": 1}}, {**one, "id": 2, "result": {**landed().result, "method": 0}},
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            comparing.check(one, other)
        assert refused.value.reason.code == "forecasts_not_comparable"
