"""The same numbers as in the published analyses, to the digits that were printed or stored."""

import numpy as np
import pandas
import pytest

from samkraft.analysis.effects import exit_tests, exits, sensitivity, study, terms
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report
from samkraft.analysis.effects.results import Estimate
from tests.analysis.effects import published_data

PRINTED = 5e-5  # the published figures have four decimals


def _by_method(report: Report) -> dict[str, Estimate]:
    return {one.method: one for one in report.estimates}


def _nsw(frame: pandas.DataFrame) -> Report:
    plan = Plan(outcome="re78", treatment="treat", covariates=terms.read(published_data.NSW_COLUMNS))
    return study.answer(published_data.table(frame), plan)


def _nhefs(extra: str = "") -> Report:
    plan = Plan(outcome="wt82_71", treatment="qsmk", covariates=terms.read(published_data.NHEFS_COLUMNS + extra))
    return study.answer(published_data.table(published_data.nhefs()), plan)


def test_the_training_experiment_gives_the_published_effects() -> None:
    found = _by_method(_nsw(published_data.nsw()))
    assert found["difference_in_means"].estimate == pytest.approx(1794.3424, abs=PRINTED)
    assert found["regression_adjusted"].estimate == pytest.approx(1676.3426, abs=PRINTED)
    assert found["regression_adjusted"].se == pytest.approx(677.05, abs=5e-3)
    assert found["aipw"].estimate == pytest.approx(1619.0528, abs=PRINTED)
    assert found["aipw"].se == pytest.approx(670.8, abs=5e-2)


def test_the_survey_comparison_is_far_off_and_says_so() -> None:
    report = _nsw(published_data.cps())
    assert _by_method(report)["difference_in_means"].estimate == pytest.approx(-8497.5156, abs=6e-4)
    assert {"poor_overlap", "unlike"} <= {one.code for one in report.warnings}
    assert "får inte läsas som en effekt" in report.said["sv"]
    assert "must not be read as an effect" in report.said["en"]


def test_stopping_smoking_gives_the_published_weight_gains() -> None:
    found = _by_method(_nhefs())
    assert found["difference_in_means"].estimate == pytest.approx(2.5406, abs=PRINTED)
    assert found["ipw"].estimate == pytest.approx(3.4405, abs=PRINTED)
    assert found["ipw"].se == pytest.approx(0.5255, abs=PRINTED)
    joint = _by_method(_nhefs(",qsmk:smokeintensity"))
    assert joint["g_formula"].estimate == pytest.approx(3.5174, abs=PRINTED)
    assert joint["ipw"].estimate == found["ipw"].estimate


def test_survival_at_ten_years_is_the_published_one() -> None:
    frame = published_data.nhefs_deaths()
    months, died, stopped = frame.months.to_numpy(float), frame.death.to_numpy(int), frame.qsmk.to_numpy(int)
    inside = [exits.curves(months[stopped == side], died[stopped == side], 1).at(120)[0][-1] for side in (0, 1)]
    assert inside == pytest.approx([0.8201, 0.7617], abs=PRINTED)
    assert exit_tests.log_rank(months, died == 1, stopped).statistic == pytest.approx(7.7332, abs=PRINTED)
    plan = Plan(design="exits", treatment="qsmk", time="months", event="death", horizon=119.0)
    report = study.answer(published_data.table(frame), plan)
    assert report.parts["tests"][0].statistic == pytest.approx(7.7332, abs=PRINTED)
    assert set(report.parts["kaplan_meier"]) == {"comparison", "treated"}


@pytest.mark.parametrize(("cause", "statistic"), [(1, 2.863735561795570), (2, 0.4499728785535262)])
def test_grays_test_is_the_one_that_cmprsk_computes(cause: int, statistic: float) -> None:
    """177 transplants (Scrucca, Santucci and Aversa 2010): the numbers come from the Fortran routine of R's cmprsk 2.2."""
    frame = pandas.read_csv(published_data.TRANSPLANTS)
    group = (frame.disease == "AML").to_numpy(int)
    found = exit_tests.gray(frame.months.to_numpy(float), frame.status.to_numpy(int), group, cause)
    assert found.statistic == pytest.approx(statistic, rel=1e-10)
    turned = exit_tests.gray(frame.months.to_numpy(float), frame.status.to_numpy(int), 1 - group, cause)
    assert turned.statistic == pytest.approx(found.statistic, rel=1e-9)


def test_the_robustness_value_is_the_published_one() -> None:
    """Cinelli and Hazlett 2020, table 1: Darfur, t 4.18 with 783 degrees of freedom."""
    value, interval, partial = sensitivity.robustness(4.184, 783)
    assert value == pytest.approx(0.139, abs=5e-4)
    assert interval == pytest.approx(0.076, abs=5e-4)
    assert partial == pytest.approx(0.022, abs=5e-4)


def test_the_e_value_is_the_published_one() -> None:
    """VanderWeele and Ding 2017: a risk ratio of 3.9 has the E-value 7.26."""
    assert sensitivity.e_value(0.39, 0.1) == pytest.approx(7.26, abs=5e-3)
    assert sensitivity.e_value(0.1, 0.39) == pytest.approx(7.26, abs=5e-3)


def test_the_mail_experiment_on_test_results_gives_ratio_and_interval() -> None:
    """Thornton 2008: drawing any incentive made people fetch their results; the ratio is exact arithmetic."""
    from causaldata import thornton_hiv

    frame = thornton_hiv.load_pandas().data[["any", "got", "age"]].dropna().astype(float)
    plan = Plan(design="invited", outcome="age", treatment="got", invited="any")
    report = study.answer(published_data.table(frame), plan)
    means = frame.groupby("any").mean()
    stage = means.got[1.0] - means.got[0.0]
    assert stage == pytest.approx(0.45, abs=0.01)  # as in her table 4
    assert report.parts["first_stage"].estimate == pytest.approx(stage, rel=1e-10)
    assert report.primary.estimate == pytest.approx((means.age[1.0] - means.age[0.0]) / stage, rel=1e-9)
    assert np.isfinite([report.primary.low, report.primary.high]).all()
