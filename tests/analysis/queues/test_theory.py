"""Queueing theory has answers; the simulation must give them, and a planted fault must not."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from samkraft.analysis.queues import agreement, scenario_file, simulation, theory
from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Family
from tests.analysis.queues.worlds import SCENARIOS, everything

SEED = 20240131
FEW = agreement.few()
AMONG = sum(len(case.measures) for case in FEW)


def test_the_formulas_give_the_published_numbers() -> None:
    assert theory.erlang_b(10, 7) == pytest.approx(0.078741, abs=5e-7)
    assert theory.erlang_b(150, 150) == pytest.approx(0.062403, abs=5e-7)
    assert theory.erlang_c(8, 7) == pytest.approx(0.635316, abs=5e-7)
    assert theory.held_places(8, 12, 7) == pytest.approx(0.372411, abs=5e-7)


def test_a_closed_network_with_one_place_is_a_walk_and_a_large_one_is_its_slowest_station() -> None:
    alone = theory.gordon_newell((2, 3), (1.0, 0.5), (1.0, 1.0), 1)
    assert [one.inside for one in alone] == pytest.approx([1 / 3, 2 / 3])
    crowded = theory.gordon_newell((2, 3), (1.0, 0.5), (1.0, 1.0), 60)
    assert crowded[0].throughput == pytest.approx(1.5, abs=1e-3)


@pytest.mark.parametrize("case", FEW, ids=lambda case: case.name)
def test_the_simulation_agrees_with_theory_within_one_per_cent(case: agreement.Case) -> None:
    for one in agreement.check([case], seed=SEED, among=AMONG):
        assert one.half <= agreement.HALF_WIDTH, one
        assert one.holds, one


def test_a_mean_that_is_three_per_cent_too_long_is_found() -> None:
    case = next(case for case in agreement.few() if case.name.startswith("M/M/8 med"))
    longer = tuple(
        dataclasses.replace(one, duration=dataclasses.replace(one.duration, mean=1.03))
        for one in case.scenario.activities
    )
    planted = dataclasses.replace(case, scenario=dataclasses.replace(case.scenario, activities=longer))
    assert not all(one.holds for one in agreement.check([planted], seed=SEED, among=AMONG))


def test_the_plan_without_limits_has_the_stock_that_theory_says() -> None:
    plan = scenario_file.read(SCENARIOS / "malmokraften-plan.toml")
    waves = [
        (float((one.begins - plan.begins).days), float((one.ends - plan.begins).days), one.people)
        for one in plan.intakes
    ]
    days = np.arange(0.0, 900.0)
    stay = stats.gamma(19.8, scale=179 / 19.8)
    stock = theory.stock_without_limits(waves, stay.sf, days)
    closing = (plan.targets[0].before - plan.begins).days
    look = (plan.look_at[0] - plan.begins).days
    assert math.ceil(stock.max()) <= 1381
    assert round(float(stock[look])) == 1169
    assert round(float(stock[closing])) == 693
    assert round(5600 - float(stock[closing])) == 4907

    free = dataclasses.replace(plan, teams=())
    run = simulation.run(free, "plan", seed=SEED, replications=400, detail=False)
    for day in (plan.look_at[0], plan.targets[0].before):
        found = run.at(day, layout.STOCK)
        error = found.std(ddof=1) / np.sqrt(len(found))
        assert abs(found.mean() - stock[(day - plan.begins).days]) < 3.3 * error + 0.5
    peak = run.weekly(layout.STOCK).mean(axis=0).max()
    assert peak == pytest.approx(1380, rel=0.005)


def test_littles_law_is_an_exact_identity_of_every_path() -> None:
    """The area under the stock equals the sum of the stays, to the tick; the same for every line."""
    run = simulation.run(everything(), seed=3, replications=1, alike=1, log_rows=1000)
    horizon = run.network.net.horizon
    line = len(run.scenario.activities)
    area = run.sums[0, :, layout.AREA_BUSY]
    waits = run.sums[0, :, layout.AREA_WAIT]
    assert area[line] == _time_between(run.log, layout.L_ENROLLED, (layout.L_EXITED,), horizon)
    assert waits[line] == _time_between(run.log, layout.L_ARRIVED, (layout.L_ENROLLED, layout.L_GAVE_UP), horizon)
    for activity in range(line):
        mine = run.log[(run.log[:, 3] == activity) & np.isin(run.log[:, 2], (layout.L_STARTED, layout.L_ENDED))]
        exits = run.log[run.log[:, 2] == layout.L_EXITED]
        assert area[activity] == _visits(np.concatenate([mine, exits]), horizon, run, activity)


def _time_between(log: np.ndarray, begins: int, ends: tuple[int, ...], horizon: int) -> int:
    start = {int(row[1]): int(row[0]) for row in log if row[2] == begins}
    stop = {int(row[1]): int(row[0]) for row in log if row[2] in ends}
    return sum(stop.get(person, horizon) - tick for person, tick in start.items())


def _visits(log: np.ndarray, horizon: int, run: simulation.Run, activity: int) -> int:
    """Time in an activity from the log alone; who drops out leaves it at the exit."""
    branches, people = run.network.net.branches, int(run.network.counts[0].sum())
    exits = {int(row[1]): int(row[0]) for row in log if row[2] == layout.L_EXITED}
    open_at: dict[int, int] = {}
    total = 0
    for tick, row, code, *_ in log[np.argsort(log[:, 0], kind="stable")].tolist():
        if code == layout.L_STARTED:
            open_at[row] = tick
        elif code == layout.L_ENDED:
            total += tick - open_at.pop(row)
    for row, tick in open_at.items():
        person = row if row < people else (row - people) // branches
        last = exits.get(person, horizon)
        total += (last if last >= tick else horizon) - tick
    return total


@pytest.mark.parametrize("family", [Family.FIXED, Family.LOGNORMAL])
def test_a_table_of_quantiles_keeps_the_mean(family: Family) -> None:
    from samkraft.analysis.queues import durations
    from samkraft.analysis.queues.pathway import Duration

    table = durations.table(Duration(family, 1.0, 0.8)).astype(float)
    body = (table[0, :-2] + table[0, 1:-1]).sum() / 2 / 256
    tail = (table[1, :-1] + table[1, 1:]).sum() / 2 / 256**2
    assert body + tail == pytest.approx(1.0, abs=1e-6)
