"""Equal to statsmodels and SciPy to 1e-8 where the method is the same, and to brute force where nobody else has it."""

from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from samkraft.analysis.effects import (
    attrition,
    bootstrap,
    clusters,
    columns,
    comparisons,
    exits,
    invitations,
    logit,
    power,
    regression,
    small_groups,
    waiting_lists,
    worlds,
)
from samkraft.analysis.effects.passes import Floats
from samkraft.values.refusal import Refused

SAME = 1e-8


@pytest.fixture(scope="module")
def study() -> tuple[Floats, Floats, columns.Design, Floats]:
    """treated, outcome, design, and the columns as statsmodels wants them. With squares, large levels and 130 000 rows."""
    lot = np.random.default_rng(5)
    n = 130_000  # over the number where Newton starts on a part of the rows
    age, level = lot.uniform(20, 64, n), lot.normal(250_000, 60_000, n)
    chance = 1 / (1 + np.exp(-(-3 + 0.05 * age + level / 300_000)))
    treated = (lot.random(n) < chance).astype(float)
    outcome = 100 + 5 * treated + age + level / 10_000 + lot.standard_normal(n) * (1 + treated)
    values, names = [age, age**2, level], ["age", "age^2", "level"]
    return treated, outcome, columns.made(values, names, n), sm.add_constant(np.column_stack(values))


def test_logit_and_aipw_equal_statsmodels(study: tuple[Floats, Floats, columns.Design, Floats]) -> None:
    treated, outcome, design, wide = study
    scaled = (wide - design.middles) / design.scales
    scaled[:, 0] = 1
    theirs = sm.Logit(treated, scaled).fit(disp=0, tol=1e-12)
    ours = logit.fit(design.columns, treated)
    assert ours.beta == pytest.approx(theirs.params, abs=SAME)
    assert ours.steps <= 5
    chance = theirs.predict(scaled)
    arms = [sm.OLS(outcome[treated == side], scaled[treated == side]).fit().predict(scaled) for side in (0, 1)]
    values = (
        arms[1] - arms[0] + treated * (outcome - arms[1]) / chance - (1 - treated) * (outcome - arms[0]) / (1 - chance)
    )
    found, chances = comparisons.aipw(treated, outcome, design)
    assert found.estimate == pytest.approx(values.mean(), rel=SAME)
    assert found.se == pytest.approx(values.std() / np.sqrt(len(values)), rel=SAME)
    assert chances == pytest.approx(chance, rel=1e-7)


def test_robust_errors_equal_statsmodels(study: tuple[Floats, Floats, columns.Design, Floats]) -> None:
    treated, outcome, design, _ = study
    some = slice(0, 3000)
    mine = np.vstack([design.columns[:, some], treated[some]])
    fitted = regression.fit(mine, outcome[some])
    for robust in ("HC0", "HC1", "HC2", "HC3"):
        theirs = sm.OLS(outcome[some], mine.T).fit(cov_type=robust)
        assert fitted.beta == pytest.approx(theirs.params, rel=SAME)
        assert np.sqrt(np.diag(regression.covariance(fitted, robust))) == pytest.approx(theirs.bse, rel=SAME)


def test_any_number_of_threads_gives_the_same_bits(
    study: tuple[Floats, Floats, columns.Design, Floats], monkeypatch: pytest.MonkeyPatch
) -> None:
    treated, outcome, design, _ = study
    answers = []
    for processors in (1, 2, 5):
        monkeypatch.setattr("os.cpu_count", lambda many=processors: many)
        found = comparisons.aipw(treated, outcome, design)[0]
        answers.append((found.estimate, found.se))
    assert len(set(answers)) == 1


def test_a_bootstrap_draw_equals_the_whole_analysis_of_the_drawn_rows() -> None:
    world = worlds.confounded(np.random.default_rng(2), 700).columns
    names = ["behov", "alder"]
    design = columns.made([world[name] for name in names], names, 700)
    weights = bootstrap.counts(700, 6, 3)
    start = logit.fit(design.columns, world["deltog"]).beta
    found = bootstrap.refitted(world["deltog"], world["inkomst"], design, weights, start)
    for draw, estimate in zip(weights, found, strict=True):
        rows = np.repeat(np.arange(700), draw.astype(int))
        again = columns.made([world[name][rows] for name in names], names, 700)
        whole, _ = comparisons.aipw(world["deltog"][rows], world["inkomst"][rows], again)
        assert estimate == pytest.approx(whole.estimate, abs=SAME)
    drawn = bootstrap.aipw(world["deltog"], world["inkomst"], design, draws=400, seed=4)
    assert drawn.se == pytest.approx(comparisons.aipw(world["deltog"], world["inkomst"], design)[0].se, rel=0.12)
    assert (weights.sum(axis=1) == 700).all()


def test_a_draw_without_one_of_the_groups_is_counted_as_failed() -> None:
    treated = np.array([1.0] * 3 + [0.0] * 60)
    lot = np.random.default_rng(1)
    design = columns.made([lot.standard_normal(63)], ["x"], 63)
    found = bootstrap.aipw(treated, lot.standard_normal(63), design, draws=100, seed=1)
    assert found.failed > 0
    assert np.isfinite(found.se)


def _brute_cr2(columns_: Floats, outcome: Floats, labels: Floats) -> tuple[float, float]:
    """Bell and McCaffrey as it is written: with n by n matrices."""
    x = columns_.T
    bread = np.linalg.inv(x.T @ x)
    residual = outcome - x @ bread @ x.T @ outcome
    maker = np.eye(len(x)) - x @ bread @ x.T
    contrast = np.zeros(x.shape[1])
    contrast[-1] = 1
    variance, parts = 0.0, []
    for one in np.unique(labels):
        inside = labels == one
        values, vectors = np.linalg.eigh(maker[np.ix_(inside, inside)])
        root = vectors @ np.diag([1 / np.sqrt(v) if v > 1e-10 else 0 for v in values]) @ vectors.T
        weight = root @ x[inside] @ bread @ contrast
        variance += (weight @ residual[inside]) ** 2
        parts.append(maker[:, inside] @ weight)
    form = np.array(parts) @ np.array(parts).T
    return float(np.sqrt(variance)), float(np.trace(form) ** 2 / (form**2).sum())


def test_cr2_equals_its_definition_and_hc2_when_everybody_is_a_cluster() -> None:
    lot = np.random.default_rng(3)
    labels = np.repeat(np.arange(9), [4, 9, 3, 12, 7, 5, 8, 6, 10])
    n = len(labels)
    x = np.vstack([np.ones(n), lot.standard_normal(n), (labels < 4).astype(float)])
    y = lot.standard_normal(n) + lot.standard_normal(9)[labels]
    fitted = regression.fit(x, y)
    assert clusters.cr2(fitted, clusters.groups(labels, "lag")) == pytest.approx(_brute_cr2(x, y, labels), rel=1e-9)
    alone = clusters.groups(np.arange(n), "person")
    assert clusters.cr2(fitted, alone)[0] == pytest.approx(
        np.sqrt(regression.covariance(fitted, "HC2")[-1, -1]), rel=1e-9
    )
    theirs = sm.OLS(y, x.T).fit(cov_type="cluster", cov_kwds={"groups": labels})
    assert clusters.plain(fitted, clusters.groups(labels, "lag")) == pytest.approx(theirs.bse[-1], rel=SAME)


def test_the_wild_bootstrap_equals_refitting_for_every_sign_pattern() -> None:
    lot = np.random.default_rng(8)
    labels = np.repeat(np.arange(11), 6)
    x = np.vstack([np.ones(66), lot.standard_normal(66), (labels % 3 == 0).astype(float)])
    y = 0.3 * x[2] + lot.standard_normal(66) + lot.standard_normal(11)[labels]
    cluster = clusters.groups(labels, "lag")

    def t(outcome: Floats) -> float:
        fitted = regression.fit(x, outcome)
        return float(fitted.beta[-1] / clusters.plain(fitted, cluster))

    null = regression.fit(x[:-1], y)
    above = 0
    patterns = clusters._weights(11, 1999, np.random.default_rng(1))
    assert patterns.shape == (2048, 11)
    for signs in patterns:
        drawn = null.beta @ x[:-1] + null.residuals * signs[labels]
        above += abs(t(drawn)) >= abs(t(y)) * (1 - 1e-12)
    p, low, high = clusters.wild(x, y, cluster, seed=1)
    assert p == pytest.approx(above / 2048, abs=1e-12)
    assert low < regression.fit(x, y).beta[-1] < high
    assert (low > 0 or high < 0) == (p < 0.05)


def test_too_few_clusters_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        clusters.groups(np.array([0, 0, 1, 1, 2]), "lag")
    assert refused.value.reason is clusters.TOO_FEW


def test_over_all_orders_of_a_list_the_reweighted_gap_is_exactly_the_effect_and_the_plain_one_is_not() -> None:
    """Five people, three who would accept, two places: every one of the 120 orders once. The effect is 0.5 for all."""
    accepts, level = np.array([1, 1, 1, 0, 0.0]), np.array([2.0, -1.0, 0.5, 0.3, -2.0])
    sums = {"complier": np.zeros(2), "naive": np.zeros(2)}
    for order in permutations(range(5)):
        mine = accepts[list(order)]
        offered = (np.cumsum(mine) - mine < 2).astype(float)
        took = offered * mine
        outcome = level[list(order)] + 0.5 * took
        weights = np.where(took == 1, 0.5, 1.0)
        places = np.zeros(5, int)
        for name, chosen in (("complier", weights), ("naive", np.ones(5))):
            gap = waiting_lists._gaps(places, offered, took, outcome, chosen)
            sums[name] += [gap.outcome_gap[0], gap.taking_gap[0]]
    assert sums["complier"][0] / sums["complier"][1] == pytest.approx(0.5, abs=1e-12)
    assert sums["complier"][1] / 120 == pytest.approx(3 / 5, abs=1e-12)
    assert abs(sums["naive"][0] / sums["naive"][1] - 0.5) > 0.02


def test_lists_that_were_not_followed_are_refused_and_useless_ones_left_out() -> None:
    lists = np.array([0] * 5 + [1] * 4)
    offered = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0.0])
    took = np.array([1, 0, 1, 0, 0, 1, 0, 0, 0.0])
    outcome, order = np.arange(9.0), np.array([1, 2, 3, 4, 5, 1, 2, 3, 4.0])
    found = waiting_lists.estimate(lists, offered, took, outcome, order)
    assert (found.lists_used, found.lists_left_out) == (1, 1)  # one place is too few
    assert found.complier.details["errors"] == "within_lists"
    for change, reason in (
        ({"took": np.where(np.arange(9) == 3, 1.0, took)}, waiting_lists.WITHOUT_OFFER),
        ({"took": np.where(np.arange(9) == 2, 0.0, took)}, waiting_lists.LAST_DECLINED),
        ({"order": np.array([4, 2, 3, 1, 5, 1, 2, 3, 4.0])}, waiting_lists.OUT_OF_ORDER),
        ({"offered": np.ones(9), "order": None}, waiting_lists.NO_LISTS),
    ):
        given = {"offered": offered, "took": took, "order": order, **change}
        with pytest.raises(Refused) as refused:
            waiting_lists.estimate(lists, given["offered"], given["took"], outcome, given["order"])
        assert refused.value.reason is reason


def test_the_complier_effect_is_a_ratio_and_its_interval_is_what_is_not_rejected() -> None:
    world = worlds.invited(np.random.default_rng(1), 400).columns
    nothing = columns.made([], [], 400)
    found = invitations.estimate(world["inbjuden"], world["kom"], world["utfall"], nothing)
    assert found.complier.estimate == pytest.approx(found.intention.estimate / found.first_stage.estimate, rel=1e-12)
    for edge in (found.complier.low, found.complier.high):
        shifted = world["utfall"] - edge * world["kom"]
        assert invitations.estimate(world["inbjuden"], world["kom"], shifted, nothing).intention.p == pytest.approx(
            0.05, abs=1e-6
        )
    nobody = (np.random.default_rng(2).random(400) < 0.02).astype(float)
    weak = invitations.estimate(world["inbjuden"], nobody, world["utfall"], nothing)
    assert weak.first_f < invitations.WEAK_F
    assert weak.shape in ("outside", "everything")
    assert np.isinf(weak.complier.low)


def test_curves_equal_statsmodels_and_the_kinds_with_still_in_sum_to_one() -> None:
    lot = np.random.default_rng(1)
    time, kind = np.ceil(lot.exponential(10, 400)), lot.integers(0, 3, 400)
    time[-1], kind[-1] = 200, 0
    mine, theirs = exits.curves(time, kind, 2), CumIncidenceRight(time, kind)
    places = np.searchsorted(mine.times, theirs.times, "right") - 1
    assert mine.incidence[0][places] == pytest.approx(theirs.cinc[0], abs=SAME)
    assert np.sqrt(mine.variance[0][places]) == pytest.approx(theirs.cinc_se[0], abs=SAME)
    assert mine.inside + mine.incidence.sum(axis=0) == pytest.approx(np.ones(len(mine.times)), abs=1e-12)
    entry = np.minimum(lot.uniform(0, 3, 400), time - 0.5)
    late, theirs_late = exits.curves(time, kind, 2, entry), SurvfuncRight(time, (kind > 0).astype(int), entry=entry)
    assert late.inside == pytest.approx(theirs_late.surv_prob, abs=SAME)
    assert np.sqrt(late.variance[-1]) == pytest.approx(theirs_late.surv_prob_se, abs=SAME)


def test_one_minus_kaplan_meier_overstates_when_there_are_other_exits() -> None:
    lot = np.random.default_rng(2)
    time, kind = lot.exponential(10, 500), lot.integers(1, 3, 500)
    proper = exits.curves(time, kind, 2).at(10)[0][0]
    alone = 1 - exits.curves(time, (kind == 1).astype(int), 1).at(10)[0][-1]
    assert alone > proper + 0.08


def test_lost_time_is_the_area_under_the_curve() -> None:
    lot = np.random.default_rng(3)
    time, kind = lot.exponential(10, 200), lot.integers(0, 3, 200)
    group = exits.curves(time, kind, 2)
    grid = np.linspace(0, 15, 300_001)
    fine = np.mean(
        [group.incidence[0][place] if place >= 0 else 0 for place in np.searchsorted(group.times, grid, "right") - 1]
    )
    area, variance = exits.lost_time(group, 0, 15.0)
    assert area == pytest.approx(15 * fine, abs=1e-4)
    lots = [
        exits.lost_time(exits.curves(time[rows], kind[rows], 2), 0, 15.0)[0]
        for rows in lot.integers(0, 200, (600, 200))
    ]
    assert np.var(lots) == pytest.approx(variance, rel=0.2)


def test_small_group_answers_are_the_exact_ones() -> None:
    treated = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0.0])
    outcome = np.array([5, 6, 7, 9, 4, 1, 2, 5, 3, 2, 0.5])
    theirs = stats.permutation_test(
        (outcome[:5], outcome[5:]), lambda a, b, axis: np.abs(a.mean(axis) - b.mean(axis)), vectorized=True,
        alternative="greater", n_resamples=np.inf,
    )  # fmt: skip
    assert small_groups.permutation(treated, outcome, seed=1) == pytest.approx(theirs.pvalue, abs=1e-12)
    large = np.tile(treated, 10), np.tile(outcome, 10) + np.random.default_rng(1).normal(0, 30, 110)
    assert 0 < small_groups.permutation(*large, seed=1) <= 1
    binary = (outcome > 3).astype(float)
    assert small_groups.fisher(treated, binary) == pytest.approx(stats.fisher_exact([[5, 0], [1, 5]])[1], abs=1e-12)
    share = small_groups.wilson(0, 10)
    assert (share.low, share.high) == (0.0, pytest.approx(0.2775, abs=1e-4))
    low, high = small_groups.newcombe(small_groups.wilson(56, 70), small_groups.wilson(48, 80))
    assert (low, high) == (
        pytest.approx(0.0524, abs=1e-4),
        pytest.approx(0.3339, abs=1e-4),
    )  # Newcombe 1998, table II(a)
    assert small_groups.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_lees_bounds_cut_exactly_the_share_that_is_too_many() -> None:
    treated = np.array([1.0] * 10 + [0.0] * 10)
    outcome = np.array([*range(1, 11), *[5.0] * 8, np.nan, np.nan])
    found = attrition.bounds(treated, outcome, seed=1)
    assert found.answered == (0.8, 1.0)
    assert found.cut == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(4.5 - 5), pytest.approx(6.5 - 5))
    assert found.interval_low < found.low < found.high < found.interval_high
    turned = attrition.bounds(1 - treated, outcome, seed=1)
    assert (turned.low, turned.high) == (pytest.approx(-1.5), pytest.approx(0.5))
    whole = np.where(np.isnan(outcome), 5.0, outcome)
    none = attrition.bounds(treated, whole, seed=1)
    assert none.low == none.high == pytest.approx(0.5)


def test_power_equals_statsmodels_and_clusters_cost_people() -> None:
    from statsmodels.stats.power import TTestIndPower

    theirs = TTestIndPower()
    assert power.smallest_effect(power.Design(100, 100), 1.0) == pytest.approx(
        theirs.solve_power(nobs1=100, alpha=0.05, power=0.8), rel=1e-4
    )
    assert power.people_needed(0.5, 1.0) == int(np.ceil(2 * theirs.solve_power(effect_size=0.5, alpha=0.05, power=0.8)))
    assert power.power(power.Design(100, 100), 0.4, 1.0) == pytest.approx(theirs.power(0.4, 100, 0.05), abs=1e-8)
    assert power.power(power.Design(10**7, 10**7), 1.0, 1.0) == 1.0
    teams = power.Design(150, 150, icc=0.05, size=30)
    assert power.smallest_effect(teams, 1.0) > 1.5 * power.smallest_effect(power.Design(150, 150), 1.0)
