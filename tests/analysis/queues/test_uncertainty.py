"""Parameters are drawn anew in each replication: wider bands, closed forms where there are any, never a certain chance."""

import dataclasses
import itertools
from datetime import date

import numpy as np
import pytest

from samkraft.analysis.queues import comparison, matters, scenario_file, simulation, summary, theory, told
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import (
    Activity,
    Choice,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Step,
    Target,
)
from samkraft.analysis.queues.quantities import Fixed, Parameter, Share, beta
from tests.analysis.queues.worlds import SCENARIOS

PEOPLE = 400


def _coin(quantity: Share | Fixed, *, waves: int = 1) -> Scenario:
    """Everybody stays a day and succeeds with the same uncertain probability; nobody waits for anything."""
    begins, ends = date(2020, 1, 1), date(2020, 3, 1)
    return Scenario(
        "mynt", begins, ends,
        tuple(Intake(f"intag {n}", begins, date(2020, 2, 1), PEOPLE) for n in range(waves)),
        (Phase("fas", (Step(((Choice("dag", 1.0),),)),), (Exit("arbete", "chance"),), otherwise="annat"),),
        (Activity("dag", Duration(Family.FIXED, 1.0)),),
        targets=(Target("hälften", PEOPLE * waves // 2, ends, ("arbete",)),),
        parameters={"chance": Parameter("chance", "lyckas", {"plan": quantity})},
    )  # fmt: skip


def _hits(scenario: Scenario, replications: int, alike: int = 1) -> np.ndarray:
    run = simulation.run(scenario, seed=4, replications=replications, alike=alike, detail=False)
    return run.at(run.network.days[-1], run.exit_columns(("arbete",))[0])


@pytest.mark.parametrize("by_wave", [0.0, 0.02])
def test_the_band_agrees_with_the_beta_binomial(by_wave: float) -> None:
    share = Share(30, 100, 1.0, by_wave)
    hits = _hits(_coin(share), 4000)
    a, b = beta(share)
    pmf = theory.beta_binomial(PEOPLE, a, b)
    if by_wave:  # a wave's own share around the common one: mix over the common share
        from scipy import stats

        common = stats.beta.ppf((np.arange(400) + 0.5) / 400, a, b)
        size = (1 - by_wave) / by_wave
        pmf = np.mean([theory.beta_binomial(PEOPLE, m * size, (1 - m) * size) for m in common], axis=0)
    known = np.cumsum(pmf)
    seen = np.array([(hits <= k).mean() for k in range(PEOPLE + 1)])
    assert np.abs(seen - known).max() < 1.95 / np.sqrt(4000)  # Kolmogorov–Smirnov, 0.1 per cent


def test_with_ranges_the_band_is_wider_than_without() -> None:
    certain = _hits(_coin(Fixed(0.3)), 1000)
    uncertain = _hits(_coin(Share(30, 100)), 1000)
    wide, narrow = (np.ptp(np.quantile(hits, (0.05, 0.95))) for hits in (uncertain, certain))
    assert wide > 2 * narrow


def test_the_share_of_variance_from_parameters_is_what_the_law_of_total_variance_says() -> None:
    share = Share(30, 100)
    run = simulation.run(_coin(share), seed=4, replications=6000, detail=False)
    told_share = summary.from_parameters(
        run, run.at(run.network.days[-1], run.exit_columns(("arbete",))[0]).astype(float)
    )
    a, b = beta(share)
    p, var_p = a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
    from_parameters = PEOPLE**2 * var_p
    from_chance = PEOPLE * (p * (1 - p) - var_p)
    assert told_share == pytest.approx(from_parameters / (from_parameters + from_chance), abs=0.02)


def test_waves_that_differ_are_less_alike_than_waves_that_share() -> None:
    together = _hits(_coin(Share(30, 100, 1.0, 0.0), waves=4), 1000).std()
    apart = _hits(_coin(Share(30, 100, 1.0, 0.2), waves=4), 1000).std()
    alone = _hits(_coin(Share(3000, 10000, 1.0, 0.2), waves=4), 1000).std()
    assert apart > together
    assert alone > 30  # overdispersion remains when the common share is known


def test_a_target_that_was_never_reached_is_not_called_impossible() -> None:
    run = simulation.run(_coin(Fixed(0.1)), seed=4, replications=200, detail=False)
    chance = summary.chances(run)[0]
    assert chance.probability == 0
    assert 0 < chance.high < 0.03
    assert told.likely(chance).startswith("under ")
    always = summary.chance(run, "alltid", np.ones(200, bool))
    assert told.likely(always).startswith("över ")


def test_replications_with_the_same_parameters_do_not_count_twice_in_the_error() -> None:
    run = simulation.run(_coin(Share(30, 100)), seed=4, replications=400, alike=2, detail=False)
    hits = run.at(run.network.days[-1], run.exit_columns(("arbete",))[0]).astype(float)
    naive = hits.std(ddof=1) / np.sqrt(400)
    assert summary.total(run, "x", hits).error > 1.2 * naive


def test_the_plan_and_history_stand_side_by_side_and_the_room_does_not_hold() -> None:
    plan = scenario_file.read(SCENARIOS / "malmokraften-plan.toml")
    runs = [simulation.run(plan, name, seed=1, replications=200, detail=False) for name in plan.assumptions]
    summaries = [summary.summarise(run) for run in runs]
    chances = {(s.assumption, c.name): c.probability for s in summaries for c in s.chances}
    assert chances["plan", "5 600 börjar"] < 0.05
    assert chances["historia", "2 500 till arbete eller studier sex månader senare"] < 0.05
    free = dataclasses.replace(plan, teams=())
    room = summary.room(plan, simulation.run(free, "plan", seed=1, replications=50, detail=False))
    at = room.days.index(date(2022, 1, 31))
    assert room.places[at] == 750
    assert room.needed[at] == pytest.approx(1169, abs=8)
    swaps = matters.swaps(plan, seed=1, replications=50)
    assert swaps[0].parameter == "nås"
    words = told.in_words(plan, summaries, swaps, room, seed=1, replications=200)
    assert "för få" in words
    assert "under" in words
    data = told.as_data(summaries, swaps, room)
    assert data["assumptions"]["plan"]["totals"]


def test_common_random_numbers_narrow_a_comparison() -> None:
    plan = scenario_file.read(SCENARIOS / "malmokraften-plan.toml")
    more = dataclasses.replace(plan, teams=tuple(dataclasses.replace(one, places=165) for one in plan.teams))
    found = {one.name: one for one in comparison.compare(plan, more, "historia", seed=2, replications=200)}
    assert found["ut: arbete eller studier"].apart < 0.05
    queue = found["dagar i kö, sammanlagt"]
    assert queue.high < 0
    assert queue.low <= queue.difference <= queue.high
    chance = found["sannolikhet: 5 600 börjar"]
    assert chance.high - chance.low > 0


def test_more_room_never_makes_anybody_wait_longer() -> None:
    plan = scenario_file.read(SCENARIOS / "malmokraften-plan.toml")
    waits = []
    for places in (130, 150, 170, 400):
        teams = tuple(dataclasses.replace(one, places=places) for one in plan.teams)
        run = simulation.run(dataclasses.replace(plan, teams=teams), seed=2, replications=50, detail=False)
        waits.append(run.at(plan.ends, layout.WAITED).astype(float))
    for fewer, more in itertools.pairwise(waits):
        assert (more <= fewer + 0.02 * fewer).all()
    assert waits[-1].max() == 0
