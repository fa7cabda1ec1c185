"""Forecast from data: the state as known then, censored stays, proper scores, worlds whose truth is known."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from samkraft.analysis.queues import scenario_file, simulation, told
from samkraft.analysis.queues.forecast import calibration, learning, observed, prediction, scores, state, stored
from samkraft.analysis.queues.kernel import layout
from samkraft.operations import command
from samkraft.values.refusal import Refused


@pytest.fixture(scope="module")
def world():  # type: ignore[no-untyped-def]  # a fixture of several things
    scenario = calibration.scenario(before_day=290)
    run = simulation.run(scenario, seed=8, replications=1, alike=1, log_rows=40_000)
    return scenario, run, observed.from_run(run)


def test_the_state_is_what_the_simulation_says_on_that_day(world) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    scenario, run, seen = world
    for weeks in (20, 40, 70):
        found = state.at(scenario, seen, known=7.0 * weeks)
        day = scenario.begins + timedelta(weeks=weeks)
        waiting = (found.initial[:, 1] == layout.IN_LINE).sum()
        assert waiting == run.at(day, layout.QUEUE)[0]
        assert len(found.initial) - waiting == run.at(day, layout.STOCK)[0]
        assert found.exits.sum() == sum(run.at(day, column)[0] for column in run.exit_columns(scenario.kinds))


def test_what_is_reported_late_is_not_known_yet(world) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    scenario, run, seen = world
    late = observed.from_run(run, delay_days=np.full(len(run.log), 30.0))
    now, then = (state.at(scenario, events, known=300.0) for events in (seen, late))
    assert then.exits.sum() < now.exits.sum()
    lagged = state.at(scenario, late, known=300.0, lag=30.0)
    same = state.at(scenario, seen, known=270.0)
    assert np.array_equal(lagged.initial, same.initial)
    assert late.delay() == pytest.approx(30)


def test_a_run_that_goes_on_from_a_state_keeps_the_people(world) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    scenario, _, seen = world
    made = prediction.predict(scenario, "plan", seen, known=250.0, lag=0.0, seed=3, replications=40)
    day = scenario.begins + timedelta(days=252)
    stock = made.run.at(day, layout.STOCK) + made.run.at(day, layout.QUEUE)
    assert abs(stock.mean() - len(made.state.initial)) < 10


def test_remaining_stays_are_those_of_the_distribution_beyond_the_time_spent() -> None:
    """Exponential stays forget; fixed stays do not; a gamma in between, as numerical integration says."""
    from numba import njit
    from scipy import integrate, stats

    from samkraft.analysis.queues import durations
    from samkraft.analysis.queues.kernel import chance
    from samkraft.analysis.queues.pathway import Duration, Family

    def mean_left(table: np.ndarray, elapsed: float) -> float:
        total = 0.0
        for n in range(4000):
            total += chance.remaining(table, 0, elapsed, (n + 0.5) / 4000)
        return total / 4000

    fast = njit(mean_left)
    exponential = durations.table(Duration(Family.EXPONENTIAL, 1.0))[None]
    assert fast(exponential, 2.0) == pytest.approx(1.0, rel=0.02)
    gamma = durations.table(Duration(Family.GAMMA, 1.0, 19.8))[None]
    stay = stats.gamma(19.8, scale=1 / 19.8)
    for elapsed in (0.0, 0.5, 1.0, 1.4):
        expected = integrate.quad(stay.sf, elapsed, 6)[0] / stay.sf(elapsed)
        assert fast(gamma, elapsed) == pytest.approx(expected, rel=0.03)


def _misses(scenario, *, use_censored: bool = True) -> np.ndarray:  # type: ignore[no-untyped-def]  # a fixture of several things
    """(12,) how many days too long the mean stay is believed to be, in twelve projects seen early."""
    missed = []
    for seed in range(12):
        run = simulation.run(scenario, seed=seed, replications=1, alike=1, detail=False, log_rows=40_000)
        known = state.at(scenario, observed.from_run(run), known=170.0)
        dice = np.random.default_rng(seed)
        drawn = learning.posterior(scenario, "plan", known, count=200, dice=dice, use_censored=use_censored)
        missed.append(drawn["stay"].mean() - float(run.network.drawn["stay"][0]))
    return np.asarray(missed)


def _is_right(missed: np.ndarray) -> bool:
    """Whether chance alone explains what is missed."""
    return bool(abs(missed.mean()) < 3.3 * missed.std(ddof=1) / np.sqrt(len(missed)))


def test_completed_stays_alone_are_too_short(world) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    """Early in a project only the quick have left. With the others counted as still going, the mean is found."""
    scenario, _, _ = world
    assert _is_right(_misses(scenario))
    assert _misses(scenario, use_censored=False).mean() < -4


def test_a_state_that_loses_those_who_are_still_there_is_found(world, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    """Planted: the stays that have not ended are lost on the way from the state to what is learned from it."""
    scenario, _, _ = world
    look = state.at

    def forgetful(*arguments, **options):  # type: ignore[no-untyped-def]  # as the function it replaces
        seen = look(*arguments, **options)
        return dataclasses.replace(seen, stays=tuple(stays[stays[:, 1] > 0] for stays in seen.stays))

    monkeypatch.setattr(state, "at", forgetful)
    assert not _is_right(_misses(scenario))


def test_scores_have_their_known_values() -> None:
    assert scores.crps_normal(0.0) == pytest.approx(0.233695, abs=5e-7)
    assert scores.crps_normal(1.0) == pytest.approx(0.602441, abs=5e-7)
    random = np.random.default_rng(1)
    for outcome in (0.0, 1.0):
        fair = [scores.fair_crps(random.standard_normal(8), outcome) for _ in range(20_000)]
        assert np.mean(fair) == pytest.approx(scores.crps_normal(outcome), abs=4 * np.std(fair) / np.sqrt(20_000))
    assert scores.interval(np.linspace(0, 100, 101), 50.0) == pytest.approx(90)
    assert scores.interval(np.linspace(0, 100, 101), 97.0) == pytest.approx(90 + 20 * 2)
    assert scores.brier(0.3, True) == pytest.approx(0.49)
    assert scores.skill(1.0, 4.0) == 0.75


def test_the_pit_of_counts_is_flat_when_the_forecast_is_right() -> None:
    random = np.random.default_rng(2)
    draws = random.poisson(3.0, 4000)
    intervals = [scores.pit(draws, outcome) for outcome in random.poisson(3.0, 4000)]
    assert scores.pit_histogram(intervals) == pytest.approx(np.full(10, 0.1), abs=0.012)
    biased = [scores.pit(draws, outcome) for outcome in random.poisson(4.0, 4000)]
    assert scores.pit_histogram(biased)[-1] > 0.2


def test_forecasts_of_known_worlds_cover_and_those_of_drifting_worlds_do_not() -> None:
    """The small cousin of `samkraft prove queues`."""
    world = calibration.scenario(before_day=500)
    right = calibration.calibrate(40, seed=1, believed=world, true=world, replications=60)
    assert right.coverage >= 0.75  # 40 worlds: below this chance comes once in a thousand
    assert right.probability > 0.001
    assert all(skill > 0 for skill in right.skill.values())
    insisting = calibration.certain(world, "stay")
    longer = calibration.calibrate(
        40, seed=1, believed=insisting, true=calibration.drifting(world, stay=1.4), replications=60
    )
    assert longer.coverage < 0.6
    assert abs(longer.bias) > 1


def test_a_forecast_is_kept_as_it_was_made(tmp_path: Path) -> None:
    at = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)
    first = stored.store({"chance": 0.3}, tmp_path, at=at)
    stored.store({"chance": 0.4}, tmp_path, at=at + timedelta(days=30))
    assert stored.altered(tmp_path) == []
    assert first.stat().st_mode & 0o222 == 0
    with pytest.raises(Refused, match="skrivs inte över"):
        stored.store({"chance": 0.5}, tmp_path, at=at)
    first.chmod(0o644)
    content = json.loads(first.read_text())
    first.write_text(json.dumps({**content, "forecast": {"chance": 0.9}}))
    assert stored.altered(tmp_path) == [first.name]
    first.unlink()
    assert len(stored.altered(tmp_path)) == 1


def test_a_stored_forecast_is_judged_when_the_truth_is_known(world, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    """Before its day a target has no outcome; after it the outcome is what the whole story says, and is scored."""
    from samkraft.analysis.queues.forecast import judged

    scenario, run, seen = world
    made = prediction.predict(scenario, "plan", seen, known=300.0, lag=0.0, seed=1, replications=40)
    stored.store(prediction.as_data(scenario, made, seed=1), tmp_path, at=datetime(2021, 3, 1, tzinfo=UTC))
    target = scenario.targets[0]
    day = float((target.before - scenario.begins).days)
    early = judged.judge(tmp_path, scenario, seen, known=day - 1)[0]
    assert early.outcome is None
    assert early.brier is None
    late = judged.judge(tmp_path, scenario, seen, known=day + 400)[0]
    truth = int(sum(run.at(target.before, column)[0] for column in run.exit_columns(target.kinds)))
    assert late.outcome == truth
    assert late.brier == scores.brier(late.probability, truth >= target.at_least)
    assert (late.interval == pytest.approx(late.high - late.low)) is late.inside
    words = told.judged([], [early, late])
    assert "har inte kommit än" in words
    assert f"Det blev {truth}" in words
    with pytest.raises(Refused, match="inga sparade"):
        judged.judge(tmp_path / "tom", scenario, seen, known=day)


def _as_rows(scenario, seen) -> list[str]:  # type: ignore[no-untyped-def]  # a fixture of several things
    """Events as a file that a caseload system could give."""
    words = {number: word for word, number in observed.WORDS.items()}
    rows = ["person;intag;händelse;vad;datum;känt"]
    for person, wave, what, where, day, known in zip(
        seen.person, seen.wave, seen.what, seen.where, seen.day, seen.known, strict=True
    ):
        name = ""
        if what == observed.PHASE:
            name = scenario.phases[where].name
        elif what == observed.EXITED:
            name = scenario.kinds[where]
        dates = [(scenario.begins + timedelta(days=int(one))).isoformat() for one in (day, known)]
        rows.append(";".join([f"P{person}", scenario.intakes[wave].name, words[int(what)], name, *dates]))
    return rows


def test_a_file_of_people_gives_the_state_that_was_written(world, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture of several things
    scenario, _, seen = world
    path = tmp_path / "people.csv"
    path.write_text("\n".join(_as_rows(scenario, seen.until(300, 300))), encoding="utf-8")
    read = observed.read(path, scenario)
    mine, theirs = (state.at(scenario, events, known=300.0) for events in (read, seen.until(300, 300)))
    assert np.array_equal(mine.came, theirs.came)
    assert np.array_equal(mine.exits, theirs.exits)
    assert mine.initial.shape == theirs.initial.shape
    made = prediction.predict(scenario, "plan", read, known=300.0, lag=0.0, seed=1, replications=40)
    data = prediction.as_data(scenario, made, seed=1)
    beside = prediction.beside(scenario, read, made.state, seed=1)
    assert set(beside[scenario.targets[0].name]) == {"planen", "rak linje", "som förra intaget"}
    words = told.forecast(scenario, {**data, "beside": beside})
    assert "rak linje" in words
    assert "omkring 5 oberoende" in words
    assert "kalibrerad" not in words
    assert data["came"] == int(mine.came.sum())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("P1;intag 9;kom;;2020-03-01;", "intag 9"),
        ("P1;intag 1;försvann;;2020-03-01;", "försvann"),
        ("P1;intag 1;fas;fas 9;2020-03-01;", "fas 9"),
        ("P1;intag 1;kom;;1 mars;", "1 mars"),
        ("P1;intag 1;kom;;2020-03-01;2020-02-01", "innan den hände"),
        (";intag 1;kom;;2020-03-01;", "person är tomt"),
    ],
)
def test_a_file_of_people_with_faults_is_refused_with_the_line(tmp_path: Path, row: str, words: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"person;intag;händelse;vad;datum;känt\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        observed.read(path, calibration.scenario())
    assert "rad 2" in str(refusal.value)
    assert words in str(refusal.value)


def test_a_file_without_columns_or_people_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    for content, words in (
        ("a;b\n1;2\n", "kolumner saknas"),
        ("person;intag;händelse;vad;datum;känt\n", "inga händelser"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(Refused, match=words):
            observed.read(path, calibration.scenario())


def test_the_command_judges_what_it_has_stored_and_finds_what_was_altered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The guide's small project: forecast in June, judged in September the year after."""
    guide = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "simulate.md").read_text(encoding="utf-8")
    text = guide.split("```toml")[1].split("```")[0]
    scenario = scenario_file.parse(text)
    run = simulation.run(scenario, "plan", seed=3, replications=1, alike=1, log_rows=40_000)
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(text, encoding="utf-8")
    Path("people.csv").write_text("\n".join(_as_rows(scenario, observed.from_run(run))), encoding="utf-8")
    people = ["simulate", "plan.toml", "--people", "people.csv"]
    assert command.main([*people, "--known", "2025-06-01", "--replications", "40", "--out", "stored"]) == command.FINE
    assert "skrivs aldrig över" in capsys.readouterr().out
    asked = [*people, "--known", "2026-09-01", "--judge", "stored"]
    assert command.main([*asked, "--json"]) == command.FINE
    told_of = json.loads(capsys.readouterr().out)
    truth = int(run.at(scenario.targets[0].before, run.exit_columns(("arbete",))[0])[0])
    assert [one["outcome"] for one in told_of["targets"]] == [truth]
    assert told_of["altered"] == []
    file = next(Path("stored").glob("*.json"))
    file.chmod(0o644)
    file.write_text(file.read_text(encoding="utf-8").replace('"seed": 1', '"seed": 2'), encoding="utf-8")
    assert command.main(asked) == command.FOUND_WRONG
    said = capsys.readouterr().out
    assert "inte som när de sparades" in said
    assert file.name in said
    assert f"Det blev {truth}" not in said
    assert command.main(["simulate", "plan.toml", "--judge", "stored"]) == command.BAD_USE
    assert "--judge behöver --people" in capsys.readouterr().err
