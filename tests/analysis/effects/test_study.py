"""A whole study by each design: the right method comes first, and what must be read beside it is said."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from samkraft.analysis.effects import comparisons, draw_waves, exit_study, exits, samples, study, tables, terms, worlds
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report
from samkraft.values.refusal import Refused


def _answer(columns: dict[str, Any], **plan: Any) -> Report:
    return study.answer(tables.of(columns), Plan(**plan))


def _codes(report: Report) -> set[str]:
    return {one.code for one in report.warnings}


def _confounded(n: int = 600) -> dict[str, Any]:
    return worlds.confounded(np.random.default_rng(1), n).columns


def test_without_background_the_answer_is_a_difference_and_is_called_that() -> None:
    report = _answer(_confounded(), outcome="inkomst", treatment="deltog")
    assert report.primary.method == "difference_in_means"
    assert "unadjusted" in _codes(report)
    assert "samband" in report.said["sv"]


def test_with_background_every_method_finds_the_true_effect() -> None:
    report = _answer(
        _confounded(), outcome="inkomst", treatment="deltog", covariates=terms.read("behov, alder"), bootstrap=100
    )
    assert [one.method for one in report.estimates] == [
        "aipw",
        "difference_in_means",
        "regression_adjusted",
        "g_formula",
        "ipw",
    ]
    assert all(one.low < 1.0 < one.high for one in report.estimates if one.method != "difference_in_means")
    assert report.estimates[1].low > 1.3
    assert report.parts["bootstrap"]["se"] == pytest.approx(report.primary.se, rel=0.3)
    assert report.parts["power"]["smallest_effect"] > 0


def test_poor_overlap_is_told_when_the_groups_are_far_apart_though_nobody_is_at_the_edge() -> None:
    lot = np.random.default_rng(21)
    n = 4000
    need = lot.standard_normal(n)
    chance = np.clip(1 / (1 + np.exp(-1.3 * need)), 0.06, 0.94)
    held = {"d": (lot.random(n) < chance).astype(int), "y": need + lot.standard_normal(n), "behov": need}
    report = _answer(held, outcome="y", treatment="d", covariates=terms.read("behov"))
    assert report.overlap is not None
    assert report.overlap.near_edge < 0.05
    assert report.overlap.outside < 0.1
    assert "poor_overlap" in _codes(report)
    calm = _answer(_confounded(), outcome="inkomst", treatment="deltog", covariates=terms.read("behov,alder"))
    assert "poor_overlap" not in _codes(calm)


def test_drawn_waves_are_compared_within_themselves() -> None:
    world = worlds.waves(np.random.default_rng(3))
    report = _answer(world.columns, design="draw", outcome="utfall", treatment="dragen", strata="omgang")
    assert report.primary.method == "drawn_by_wave"
    assert report.primary.low < world.effect < report.primary.high
    assert report.estimates[1].low > world.effect  # all waves in one heap
    assert report.parts["waves"] == {"used": 5, "left_out": 0, "people_left_out": 0}
    assert "Platserna var begränsade" in report.said["sv"]
    assert "Places were limited" in report.said["en"]
    weighed = _answer(
        world.columns, design="draw", outcome="utfall", treatment="dragen", strata="omgang", chance="chans"
    )
    assert weighed.primary.estimate == pytest.approx(report.primary.estimate, rel=1e-9)
    only = world.columns["omgang"] == 0
    wave, drawn, outcome = (world.columns[name][only] for name in ("omgang", "dragen", "utfall"))
    one, welch = draw_waves.estimate(wave, drawn, outcome).effect, comparisons.difference_in_means(drawn, outcome)
    assert (one.estimate, one.se, one.dof) == pytest.approx((welch.estimate, welch.se, welch.dof), rel=1e-12)


def test_a_waiting_list_is_answered_for_those_who_accept() -> None:
    world = worlds.waiting_lists(np.random.default_rng(4), lists=300)
    names = {"lists": "lista", "offered": "erbjuden", "order": "ordning", "treatment": "deltog", "outcome": "utfall"}
    report = _answer(world.columns, design="waiting_list", **names)
    assert report.primary.low < world.effect < report.primary.high
    naive = report.estimates[2]
    assert naive.method == "waiting_list_naive"
    assert naive.low > world.effect
    assert "tackar ja" in report.said["sv"]


def test_invitations_show_the_first_stage_and_the_weak_ones_are_marked() -> None:
    world = worlds.invited(np.random.default_rng(5))
    names = {"invited": "inbjuden", "treatment": "kom", "outcome": "utfall"}
    report = _answer(world.columns, design="invited", **names)
    assert [one.method for one in report.estimates] == ["complier_effect", "intention_to_treat"]
    assert report.parts["first_stage"].estimate == pytest.approx(0.5, abs=0.08)
    assert "weak_invitation" not in _codes(report)
    lot = np.random.default_rng(6)
    weak = {**world.columns, "kom": (lot.random(800) < 0.5).astype(float)}
    assert "weak_invitation" in _codes(_answer(weak, design="invited", **names))
    strata = {**world.columns, "omgang": np.tile([1, 2, 3, 4], 200)}
    inside = _answer(strata, design="invited", strata="omgang", **names)
    assert inside.primary.estimate == pytest.approx(report.primary.estimate, abs=0.2)


def test_whose_outcomes_are_missing_is_told_of_those_who_are_compared() -> None:
    world = worlds.invited(np.random.default_rng(5))
    lost = {**world.columns, "utfall": np.where(np.arange(800) % 5 == 0, np.nan, world.columns["utfall"])}
    lost["utfall"] = np.where(world.columns["inbjuden"] == 1, lost["utfall"], world.columns["utfall"])
    invited = _answer(lost, design="invited", invited="inbjuden", treatment="kom", outcome="utfall")
    (said,) = (one.text for one in invited.warnings if one.code == "unequal_attrition")
    assert "av de inbjudna och 0" in said
    assert "av dem som inte bjöds in" in said
    assert "deltagarna" not in said
    compared = _answer(lost, treatment="inbjuden", outcome="utfall")
    (said,) = (one.text for one in compared.warnings if one.code == "unequal_attrition")
    assert "av deltagarna och 0" in said


def test_nothing_is_put_down_to_the_programme_when_nobody_says_that_a_lot_decided() -> None:
    """Who is invited is often chosen: near a college, asked first, found easily."""
    world = worlds.invited(np.random.default_rng(5))
    names = {"invited": "inbjuden", "treatment": "kom", "outcome": "utfall"}
    unsaid = _answer(world.columns, design="invited", **names).said
    assert "Bara om lotten avgjorde" in unsaid["sv"]
    assert "Effekten på" not in unsaid["sv"]
    assert "Only if a lot decided" in unsaid["en"]
    said = _answer(world.columns, design="invited", drawn=True, **names).said
    assert "Eftersom lotten avgjorde" in said["sv"]
    assert "Because the lot decided" in said["en"]
    chosen = {**world.columns, "fore": world.columns["inbjuden"] + np.random.default_rng(7).standard_normal(800)}
    covariates = terms.read("fore")
    assert "Säg ”samband”" in _answer(chosen, design="invited", covariates=covariates, **names).said["sv"]
    marked = _answer(chosen, design="invited", drawn=True, covariates=covariates, **names)
    assert "uneven_draw" in _codes(marked)
    assert "redan före" in marked.said["sv"]


def test_a_draw_that_made_the_groups_unlike_is_doubted_and_a_fair_one_is_not() -> None:
    names = {"design": "draw", "outcome": "utfall", "treatment": "dragen", "covariates": terms.read("fore")}
    doubted = 0
    for seed in range(40):
        world = worlds.randomised(np.random.default_rng(seed))
        doubted += "uneven_draw" in _codes(_answer(world.columns, **names))
    assert doubted == 0
    report = _answer({**world.columns, "fore": world.columns["fore"] + world.columns["dragen"]}, **names)
    assert "uneven_draw" in _codes(report)
    assert "Eftersom lotten" not in report.said["sv"]
    assert "Grupperna skilde sig redan före" in report.said["sv"]


def test_lost_outcomes_are_bounded_for_those_invited_too() -> None:
    world = worlds.invited(np.random.default_rng(5))
    outcome = world.columns["utfall"].copy()
    outcome[(world.columns["inbjuden"] == 0) & (np.random.default_rng(8).random(800) < 0.2)] = np.nan
    names = {"invited": "inbjuden", "treatment": "kom", "outcome": "utfall"}
    report = _answer({**world.columns, "utfall": outcome}, design="invited", drawn=True, **names)
    bounds, invited = report.parts["attrition"], report.estimates[1]
    assert "unequal_attrition" in _codes(report)
    assert bounds.low < invited.estimate < bounds.high


def test_teams_are_the_sample_when_people_come_in_teams() -> None:
    world = worlds.teams(np.random.default_rng(7))
    report = _answer(world.columns, outcome="utfall", treatment="nytt", cluster="lag")
    assert report.primary.dof == pytest.approx(8, abs=0.01)
    assert report.primary.details["clusters"] == 10
    assert {"few_clusters", "clustered"} <= _codes(report)
    assert "10 grupper" in report.said["sv"]
    assert 0 < report.primary.details["wild_p"] <= 1


def test_staggered_starts_recover_the_growing_effect_and_two_way_effects_do_not() -> None:
    world = worlds.staggered(np.random.default_rng(8), units=200)
    report = _answer(world.columns, design="staggered", outcome="utfall", unit="enhet", period="period", start="start")
    assert report.primary.low < world.effect < report.primary.high
    by_time = {one["since"]: one["estimate"] for one in report.parts["by_time"]}
    assert by_time[0].low < world.also["event_0"] < by_time[0].high
    assert max(abs(by_time[time].estimate) for time in by_time if time < 0) < 0.3
    assert report.parts["two_way_fixed_effects"] < report.primary.low
    assert "two_way" in _codes(report)


def test_the_effect_for_women_and_men_is_one_interaction_with_its_interval() -> None:
    held = _confounded(1500)
    lot = np.random.default_rng(9)
    sex = lot.choice(["kvinna", "man"], 1500)
    held["inkomst"] = held["inkomst"] + 0.8 * (sex == "man") * held["deltog"]
    report = _answer(
        {**held, "kon": sex}, outcome="inkomst", treatment="deltog", covariates=terms.read("behov,alder"), by="kon"
    )
    found = report.parts["by"]
    assert found.groups == ("kvinna", "man")
    assert found.difference.low < 0.8 < found.difference.high
    assert found.effects[1].estimate - found.effects[0].estimate == pytest.approx(found.difference.estimate, abs=1e-9)
    wide = {**held, "kon": np.resize(["a", "b", "c"], 1500)}
    with pytest.raises(Refused) as refused:
        _answer(wide, outcome="inkomst", treatment="deltog", by="kon")
    assert refused.value.reason is study.TWO_VALUES


def test_other_outcomes_get_holms_p_and_a_placebo_that_moves_is_told() -> None:
    held = _confounded()
    lot = np.random.default_rng(10)
    held |= {
        "halsa": lot.standard_normal(600),
        "arbete": held["inkomst"] * 2,
        "fjol": held["behov"] + 0.5 * held["deltog"],
    }
    report = _answer(
        held, outcome="inkomst", treatment="deltog", covariates=terms.read("behov,alder"), others=("halsa", "arbete"),
        placebo=("fjol", "halsa"),
    )  # fmt: skip
    assert [one["outcome"] for one in report.parts["other_outcomes"]] == ["halsa", "arbete"]
    assert all(one["holm_p"] >= one["estimate"].p for one in report.parts["other_outcomes"])
    assert [one["moved"] for one in report.parts["placebo"]] == [True, False]
    assert "placebo_moved" in _codes(report)


def test_outcomes_that_are_missing_more_often_in_one_group_give_bounds() -> None:
    world = worlds.randomised(np.random.default_rng(11), 600, effect=0.5)
    held = world.columns
    lost = (held["dragen"] == 0) & (np.random.default_rng(12).random(600) < 0.2)
    held["utfall"] = np.where(lost, np.nan, held["utfall"])
    report = _answer(held, design="draw", outcome="utfall", treatment="dragen")
    assert "unequal_attrition" in _codes(report)
    bounds = report.parts["attrition"]
    assert bounds.low < 0.5 < bounds.high
    assert report.missing["utfall"] == lost.sum()
    assert report.left_out == (lost.sum(), 0)


def test_small_groups_get_exact_answers_for_shares() -> None:
    held = {"d": [1] * 9 + [0] * 11, "arbete": [1] * 7 + [0] * 2 + [1] * 2 + [0] * 9}
    report = _answer(held, outcome="arbete", treatment="d")
    exact = report.parts["exact"]
    assert exact["fisher_p"] < 0.05
    assert exact["permutation_p"] < 0.05
    assert exact["treated"].low < 7 / 9 < exact["treated"].high
    assert "few_people" in _codes(report)


def _exits(**more: Any) -> Report:
    world = worlds.exits(np.random.default_rng(13), 1200, horizon=150.0)
    words = np.array(["kvar", "arbete", "studier", "annat"])[world.columns["utgang"]]
    names = {"treatment": "deltog", "time": "dagar", "event": "utgang", "kind": "arbete", "horizon": 150.0}
    return _answer(
        {**world.columns, "utgang": words, "plan": np.full(1200, 160.0), **more.pop("columns", {})},
        **{"design": "exits", **names, **more},
    )


def test_exits_are_compared_by_kind_at_a_preset_time() -> None:
    report = _exits()
    world = worlds.exits(np.random.default_rng(13), 1200, horizon=150.0)
    assert report.primary.low < world.effect < report.primary.high
    assert report.estimates[1].low < world.also["lost_time"] < report.estimates[1].high
    assert [test.name for test in report.parts["tests"]] == ["log_rank", "gray"]
    assert "competing_exits" in _codes(report)
    assert "kaplan_meier" not in report.parts
    curve = report.parts["curves"]["treated"]
    last = [curve[name][-1] for name in ("arbete", "studier", "annat", "still_in")]
    assert sum(last) == pytest.approx(1)
    assert len(report.parts["other_kinds"]) == 2


def test_no_horizon_beyond_what_somebody_was_to_be_followed() -> None:
    assert _exits(follow_up="plan").n == 1200
    for change, reason in (
        ({"follow_up": "plan", "horizon": 170.0}, exits.BEYOND),
        ({"horizon": 5_000.0}, exit_study.HORIZON_SEEN),
        ({"horizon": -1.0}, exit_study.NO_HORIZON),
        ({"kind": "pension"}, exit_study.NO_KIND),
    ):
        with pytest.raises(Refused) as refused:
            _exits(**change)
        assert refused.value.reason is reason


def test_what_was_not_decided_in_advance_is_taken_from_the_data_and_said() -> None:
    report = _exits(horizon=None, kind="")
    assert report.outcome == "arbete"
    assert "not_preset" in _codes(report)
    assert "not_preset" not in _codes(_exits())


def test_treatment_after_time_nought_is_refused_or_counted_from_a_landmark() -> None:
    """Who begins after 30 days must have been in for 30 days: without a landmark that alone looks like an effect."""
    lot = np.random.default_rng(14)
    days = lot.exponential(100, 800)
    begins = lot.uniform(0, 60, 800)
    began = (lot.random(800) < 0.5) & (begins < days)
    columns = {
        "deltog": began.astype(int), "dagar": days, "utgang": np.where(lot.random(800) < 0.8, "arbete", "annat"),
        "borjade": np.where(began, begins, np.nan),
    }  # fmt: skip
    plan = Plan(
        design="exits",
        treatment="deltog",
        time="dagar",
        event="utgang",
        kind="arbete",
        horizon=60.0,
        treated_at="borjade",
    )
    with pytest.raises(Refused) as refused:
        study.answer(tables.of(columns), plan)
    assert refused.value.reason is exits.LATE_TREATMENT
    careless = study.answer(tables.of(columns), replace(plan, treated_at=""))
    fair = study.answer(tables.of(columns), replace(plan, landmark=60.0))
    assert careless.primary.high < 0
    assert fair.primary.low < 0 < fair.primary.high
    assert fair.n == (days > 60).sum()


def test_late_entry_is_counted_from_when_people_were_seen() -> None:
    lot = np.random.default_rng(15)
    entry, days = lot.uniform(0, 50, 2000), lot.exponential(100, 2000)
    seen = days > entry
    columns = {"d": lot.integers(0, 2, 2000)[seen], "t": days[seen], "e": np.ones(seen.sum(), int), "in": entry[seen]}
    plan = Plan(design="exits", treatment="d", time="t", event="e", horizon=100.0, entry="in")
    right = study.answer(tables.of(columns), plan).parts["kaplan_meier"]
    wrong = study.answer(tables.of(columns), replace(plan, entry="")).parts["kaplan_meier"]
    assert right["treated"] == pytest.approx(np.exp(-1), abs=0.05)
    assert wrong["treated"] > right["treated"] + 0.05


def test_the_answer_is_plain_json_without_infinities() -> None:
    import json

    world = worlds.invited(np.random.default_rng(5))
    lot = np.random.default_rng(6)
    weak = {**world.columns, "kom": (lot.random(800) < 0.5).astype(float)}
    report = _answer(weak, design="invited", invited="inbjuden", treatment="kom", outcome="utfall")
    text = json.dumps(report.as_json(), allow_nan=False)
    assert json.loads(text)["primary"]["low"] is None


def test_a_group_of_four_is_refused() -> None:
    held = {"d": [1] * 4 + [0] * 30, "y": np.arange(34.0)}
    with pytest.raises(Refused) as refused:
        _answer(held, outcome="y", treatment="d")
    assert refused.value.reason is samples.GROUP_TOO_SMALL
