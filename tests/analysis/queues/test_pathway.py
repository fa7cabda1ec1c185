"""What the kernel does for people: joint starts, parallel activities, closing teams, dropping out, closed days."""

import dataclasses
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from samkraft.analysis.queues import capacity, picture, records, simulation, summary
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Closing, Search
from samkraft.values.refusal import Refused
from tests.analysis.queues.worlds import everything

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def run() -> simulation.Run:
    return simulation.run(everything(), seed=6, replications=40, log_rows=1000)


def _events(run: simulation.Run) -> list[dict[str, object]]:
    columns = records.events(run)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_nobody_is_lost(run: simulation.Run) -> None:
    """Who came has left, given up, is inside or waits: on every day of every replication."""
    came = run.snapshots[:, :, layout.ARRIVED]
    left = sum(run.snapshots[:, :, column] for column in run.exit_columns(run.scenario.kinds))
    there = run.snapshots[:, :, layout.STOCK] + run.snapshots[:, :, layout.QUEUE]
    assert np.array_equal(came, left + there + run.snapshots[:, :, layout.GAVE_UP])
    teams = run.snapshots[:, :, list(run.team_columns())].sum(axis=2)
    assert (teams >= run.snapshots[:, :, layout.STOCK]).all()


def test_places_are_never_more_than_there_are(run: simulation.Run) -> None:
    for number, activity in enumerate(run.scenario.activities):
        taking_part = run.snapshots[:, :, run.activity_column(1, number)]
        if activity.places is not None:
            assert taking_part.max() <= activity.places
    busiest = run.snapshots[:, :, list(run.team_columns())].max(axis=(0, 1))
    assert (busiest[:2] >= 25).any()


def test_joint_starts_happen_on_their_days_and_hold_their_places(run: simulation.Run) -> None:
    course = next(one for one in run.scenario.activities if one.occasions)
    days = {float((day - run.scenario.begins).days): places for day, places in course.occasions}
    started = [event["day"] for event in _events(run) if event["what"] == "började" and event["where"] == course.name]
    assert set(started) <= set(days)
    assert all(started.count(day) <= places for day, places in days.items())
    assert len(started) > 10


def test_a_team_that_hands_over_is_empty_and_its_people_go_on(run: simulation.Run) -> None:
    moved = [event for event in _events(run) if event["what"] == "flyttades till team"]
    closes = next(teams.closes for teams in run.scenario.teams if teams.closing is Closing.TRANSFER)
    assert closes is not None
    assert {event["day"] for event in moved} == {float((closes - run.scenario.begins).days)}
    column = run.team_columns()[2]
    after = [n for n, day in enumerate(run.network.days) if day > closes]
    assert run.snapshots[:, after, column].max() == 0


def test_a_team_that_runs_off_takes_nobody_new(run: simulation.Run) -> None:
    west = run.scenario.teams[2]
    assert west.closes is not None
    first, last = ((day - run.scenario.begins).days for day in (west.opens, west.closes))
    days = [e["day"] for e in _events(run) if e["what"] == "skrevs in" and str(e["where"]).startswith("väster")]
    assert days
    assert all(first <= day < last for day in days)


def test_who_drops_out_leaves_everything_parallel_too(run: simulation.Run) -> None:
    events = _events(run)
    dropped = {event["person"]: event["day"] for event in events if event["where"] == "avbrott"}
    assert len(dropped) > 10
    for event in events:
        if event["person"] in dropped and event["what"] in ("började", "blev klar"):
            assert event["day"] <= dropped[event["person"]]


def test_nobody_comes_on_closed_days_and_what_rests_then_is_longer(run: simulation.Run) -> None:
    summer = run.scenario.closed[0]
    first, last = ((day - run.scenario.begins).days for day in (summer.begins, summer.ends))
    assert not [e for e in _events(run) if e["what"] == "kom" and first <= e["day"] < last]
    ended = [e["day"] for e in _events(run) if e["what"] == "blev klar" and e["where"] == "praktik"]
    assert not [day for day in ended if first + 0.05 < day < last]


def test_who_meets_a_full_activity_that_may_be_skipped_goes_on(run: simulation.Run) -> None:
    care = [activity.name for activity in run.scenario.activities].index("vård")
    assert run.snapshots[:, :, run.activity_column(0, care)].max() == 0
    assert any(event["what"] == "gick förbi, fullt" for event in _events(run))


def test_staff_hours_follow_those_who_start_and_take_part(run: simulation.Run) -> None:
    hours = summary.staff_hours(run)
    assert hours.shape == (40, len(run.network.weeks) - 1)
    started = np.diff(run.snapshots[:, run.network.weeks, run.activity_column(2, 0)], axis=1)
    assert np.allclose(hours, 2.0 * started)


def test_the_cheapest_change_is_enough_and_a_smaller_one_is_not() -> None:
    scenario = dataclasses.replace(everything(), search=Search(most_teams=2, most_places=20, most_cut=0.3))
    found = capacity.cheapest(scenario, "plan", limit_days=20, sure=0.8, seed=1, replications=60)
    assert found.chance.low >= 0.8
    cheaper = [c for c in capacity.candidates(scenario) if capacity.cost(scenario, c) < found.cost]
    for change in cheaper:
        tried = simulation.run(capacity.changed(scenario, change), seed=1, replications=60, detail=False)
        assert summary.chance(tried, "", capacity.short_waits(tried, 20)).low < 0.8
    small = dataclasses.replace(scenario, search=Search(most_teams=0, most_places=1, most_cut=0.0))
    with pytest.raises(Refused, match="räcker"):
        capacity.cheapest(small, "plan", limit_days=0, sure=0.99, seed=1, replications=60)


def test_a_picture_has_its_words_and_its_table(run: simulation.Run) -> None:
    made = summary.summarise(run)
    named = [("plan", made.bands[0])]
    drawn = picture.bands("inskrivna", named)
    assert 'role="img"' in drawn
    assert "<title" in drawn
    assert "<desc" in drawn
    rows = picture.table(named).splitlines()
    assert len(rows) == len(run.network.weeks) + 1
    assert rows[1].split(";")[0] == run.scenario.begins.isoformat()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_records_can_be_read_back(run: simulation.Run, tmp_path: Path, suffix: str) -> None:
    import polars

    path = tmp_path / f"weekly.{suffix}"
    records.write(records.weekly(run), path)
    read = polars.read_csv(path) if suffix == "csv" else polars.read_parquet(path)
    assert read.height == 40 * len(run.network.weeks)
    with pytest.raises(Refused):
        records.write({"a": [1]}, tmp_path / "x.txt")


def test_a_run_that_would_not_fit_is_refused() -> None:
    with pytest.raises(Refused, match="GB"):
        simulation.run(everything(), seed=1, replications=1_000_000)


def test_the_library_needs_no_django() -> None:
    parts = ("simulation", "scenario_file", "capacity", "told", "forecast.prediction", "kernel.run")
    imports = ", ".join(f"samkraft.analysis.queues.{part}" for part in parts)
    words = f"import sys, {imports}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], cwd=PROJECT, check=False).returncode == 0


def test_code_that_is_kept_on_disk_follows_every_file_of_the_kernel() -> None:
    from samkraft.analysis.queues.kernel import run as kernel

    assert len(kernel.several._cache._cache_file._source_stamp) == 64


def test_a_year_of_weeks_is_looked_at() -> None:
    scenario = everything()
    made = simulation.run(scenario, seed=1, replications=2)
    assert made.network.days[0] == scenario.begins
    assert made.network.days[-1] == scenario.ends
    assert date(2020, 2, 1) + timedelta(weeks=3) in made.network.days
