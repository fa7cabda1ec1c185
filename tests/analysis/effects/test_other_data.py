"""Published data that the engine was not built on, each answered a second time in another way, here, from scratch."""

import numpy as np
import pandas
import pytest
import statsmodels.api as sm
from scipy import stats

from samkraft.analysis.effects import exit_tests, exits, staggered, study, terms
from samkraft.analysis.effects.plans import Plan
from samkraft.analysis.effects.reports import Report
from samkraft.analysis.effects.results import Estimate
from tests.analysis.effects import published_data

SAME = 1e-8


def _by_method(report: Report) -> dict[str, Estimate]:
    return {one.method: one for one in report.estimates}


def _answered(frame: pandas.DataFrame, outcome: str, treatment: str, covariates: str) -> dict[str, Estimate]:
    plan = Plan(outcome=outcome, treatment=treatment, covariates=terms.read(covariates))
    return _by_method(study.answer(published_data.table(frame), plan))


def test_the_titanic_is_the_same_by_strata_by_weights_and_by_regression() -> None:
    """Everybody aboard: first class against the rest. With every cell of age and sex in the model, four ways are one."""
    from causaldata import titanic

    raw = titanic.load_pandas().data.astype(str)
    frame = pandas.DataFrame(
        {
            "first": (raw["class"] == "1st class").astype(float),
            "adult": (raw.age == "adults").astype(float),
            "woman": (raw.sex == "women").astype(float),
            "survived": (raw.survived == "yes").astype(float),
        }
    )
    frame["both"] = frame.adult * frame.woman
    cells = frame.groupby(["adult", "woman", "first"]).survived.mean().unstack()
    weights = frame.groupby(["adult", "woman"]).size() / len(frame)
    by_strata = float(((cells[1.0] - cells[0.0]) * weights).sum())
    assert by_strata == pytest.approx(0.196, abs=5e-4)  # Cunningham, Causal Inference: The Mixtape, chapter 5
    found = _answered(frame, "survived", "first", "adult,woman,both,first:adult,first:woman,first:both")
    assert found["difference_in_means"].estimate == pytest.approx(0.354, abs=5e-4)  # the same place
    for method in ("g_formula", "ipw", "aipw"):
        assert found[method].estimate == pytest.approx(by_strata, abs=SAME), method


def test_regression_on_twenty_seven_thousand_inspections_equals_statsmodels() -> None:
    from causaldata import restaurant_inspections

    frame = restaurant_inspections.load_pandas().data[["inspection_score", "Weekend", "Year", "NumberofLocations"]]
    frame = frame.astype(float)
    found = _answered(frame, "inspection_score", "Weekend", "Year,NumberofLocations")["regression_adjusted"]
    design = sm.add_constant(frame[["Weekend", "Year", "NumberofLocations"]])
    fit = sm.OLS(frame.inspection_score, design).fit(cov_type="HC2")
    assert found.estimate == pytest.approx(fit.params["Weekend"], rel=SAME)
    assert found.se == pytest.approx(fit.bse["Weekend"], rel=SAME)


def test_doubly_robust_on_letters_to_politicians_equals_its_definition() -> None:
    """Broockman 2013: does a politician answer somebody from outside the district? One score for each letter."""
    from causaldata import black_politicians

    columns = ["leg_black", "totalpop", "medianhhincom", "urbanpercent", "leg_senator", "leg_democrat", "south"]
    frame = black_politicians.load_pandas().data[["responded", "treat_out", *columns]].dropna().astype(float)
    found = _answered(frame, "responded", "treat_out", ",".join(columns))["aipw"]
    treated, outcome = frame.treat_out.to_numpy() == 1, frame.responded.to_numpy()
    wide = (frame[columns] - frame[columns].mean()) / frame[columns].std()
    design = sm.add_constant(wide).to_numpy()
    chance = sm.Logit(treated.astype(float), design).fit(disp=0, tol=1e-14, maxiter=200).predict()
    one, other = (sm.OLS(outcome[side], design[side]).fit().predict(design) for side in (treated, ~treated))
    scores = one - other + treated * (outcome - one) / chance - ~treated * (outcome - other) / (1 - chance)
    assert found.estimate == pytest.approx(scores.mean(), rel=SAME)
    assert found.se == pytest.approx(scores.std() / np.sqrt(len(scores)), rel=1e-3)


def test_castle_laws_give_the_mean_of_every_two_by_two() -> None:
    """Cheng and Hoekstra 2013. Each state that has started, each year since, against those who had not started by then."""
    from causaldata import castle

    raw = castle.load_pandas().data
    began = raw[raw.post > 0].groupby("sid").year.min().rename("start")
    frame = raw[["sid", "year", "l_homicide"]].astype(float).merge(began, on="sid", how="left")
    wide = frame.pivot(index="sid", columns="year", values="l_homicide")
    start = frame.groupby("sid").start.first()
    gaps, sizes = [], []
    for first in sorted(start.dropna().unique()):
        own = start == first
        for year in (one for one in wide.columns if one >= first):
            free = start.isna() | (start > year)
            change = wide[year] - wide[first - 1]
            gaps.append(change[own].mean() - change[free].mean())
            sizes.append(int(own.sum()))
    found = staggered.estimate(
        frame.sid.to_numpy(np.int64), frame.year.to_numpy(), frame.start.to_numpy(), frame.l_homicide.to_numpy()
    )
    assert found.effect.estimate == pytest.approx(np.average(gaps, weights=sizes), rel=SAME)


def test_heart_transplants_survive_as_scipy_says() -> None:
    frame = sm.datasets.heart.load_pandas().data
    days, died = frame.survival.to_numpy(float), frame.censors.to_numpy(int)
    old = frame.age.to_numpy() > 48
    sides = [stats.CensoredData(days[side & (died == 1)], right=days[side & (died == 0)]) for side in (old, ~old)]
    curve = exits.curves(days, died, 1)
    theirs = stats.ecdf(stats.CensoredData(days[died == 1], right=days[died == 0])).sf
    for day in (10.0, 100.0, 500.0, 1000.0):
        assert curve.at(day)[0][-1] == pytest.approx(float(theirs.evaluate(day)), abs=SAME)
    assert exit_tests.log_rank(days, died == 1, old.astype(int)).p == pytest.approx(
        float(stats.logrank(*sides).pvalue), rel=SAME
    )
