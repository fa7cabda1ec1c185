"""SimPy, fed the same arrivals, durations and choices, tells the same story event by event; planted faults do not."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from samkraft.analysis.queues import network, simulation
from samkraft.operations.bench import queues, queues_in_simpy

PROJECT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("people", [560, 5600])
def test_simpy_gives_the_identical_event_log(people: float) -> None:
    scenario = queues.scenario(people=people)
    made = network.build(scenario, "plan", seed=5, count=2)
    peer = queues_in_simpy.Pathway(scenario, made, 0, 5, log=True)
    peer.run()
    run = simulation.run_network(scenario, "plan", made, seed=5, log_rows=1)
    mine = [tuple(row) for row in run.log[:, :4].tolist()]
    assert len(mine) > 10 * people
    assert mine == peer.log


def test_a_planted_fault_gives_another_log() -> None:
    """The kernel runs as plain Python here, so that a fault can be put into it, and taken out again."""
    faults = ("last_in_first_out", "place_released_early", "mean_too_long")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.analysis.queues.planted", *faults, "none"], cwd=PROJECT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [*(f"{fault}: different" for fault in faults), "none: same"]


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    scenario = queues.scenario(people=560)
    runs = [simulation.run(scenario, seed=9, replications=60, threads=threads) for threads in (1, 2, 3)]
    for other in runs[1:]:
        assert np.array_equal(runs[0].snapshots, other.snapshots)
        assert np.array_equal(runs[0].sums, other.sums)


def test_another_seed_gives_another_answer() -> None:
    scenario = queues.scenario(people=560)
    first, second = (simulation.run(scenario, seed=seed, replications=4) for seed in (1, 2))
    assert not np.array_equal(first.snapshots, second.snapshots)


def test_two_workers_give_the_same_answer_bit_for_bit() -> None:
    from distributed import LocalCluster

    scenario = queues.scenario(people=560)
    here = simulation.run(scenario, seed=9, replications=60)
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        there = simulation.run(scenario, seed=9, replications=60, scheduler=cluster.scheduler_address)
    assert np.array_equal(here.snapshots, there.snapshots)
    assert np.array_equal(here.sums, there.sums)
    assert np.array_equal(here.by_wave, there.by_wave)
