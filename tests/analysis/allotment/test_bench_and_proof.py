"""The bench's check and the proof's parts, small."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from samkraft.analysis.allotment import allotting, compiling, made_up
from samkraft.operations import bench
from samkraft.operations.bench import allotment, allotment_alone, allotment_peers, frame
from samkraft.operations.proofs import allotment as proof


def test_the_plain_bench_agrees_before_it_measures() -> None:
    result = frame.run(allotment.PLAIN_BENCH, "S", 1, slowness=lambda: 1.0)
    assert result.agreement.holds, result.agreement.notes
    assert result.rows
    assert {"allotment", "allotment-plain"} <= set(bench.BENCHES)


def test_the_peers_programme_is_the_same_problem() -> None:
    """On a case small enough for HiGHS both find the same value, within the gap that it is allowed."""
    instance = made_up.programme(made_up.Size(12, 6, 6), seed=2)
    made = allotment.solve(instance, 0.0, 20.0)
    theirs = allotment_peers.by_highs(allotment_peers.rows(compiling.compiled(instance)), 30.0)
    assert theirs is not None
    assert theirs <= made.plan.value + 1e-6
    assert theirs == pytest.approx(made.plan.value, rel=0.006)


def test_the_benchs_check_sees_a_plan_that_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = made_up.programme(made_up.Size(12, 6, 6), seed=2)
    fine = allotment_alone.judged(instance, 0.002, 20.0)
    assert fine.holds
    assert 0 < fine.gap < 0.1  # of a dozen people, in fractions they could have more
    real = allotting._plan

    def too_good(*arguments: Any) -> Any:
        plan = real(*arguments)
        return replace(plan, benefit=plan.benefit + 1)

    monkeypatch.setattr(allotting, "_plan", too_good)
    wrong = allotment_alone.judged(instance, 0.002, 20.0)
    assert not wrong.holds
    assert allotment.agree("S", lambda *_one: allotment_alone.Met("S", (fine,) * 3)).holds
    answers = iter([(fine,) * 3, (fine, fine, wrong)])
    assert not allotment.agree("S", lambda *_one: allotment_alone.Met("S", next(answers, (fine,) * 3))).holds


def test_the_benchs_check_says_what_was_not_reached() -> None:
    quick = allotment_alone.Alone("programme", True, 0.004, 9.0, 15.0, 0.9, 0.2, 290.0)
    slow = replace(quick, gap=0.0019, seconds=64.0, megabytes=301.0)
    met = allotment_alone.Met("S", (quick, quick, slow))
    assert met.reached == (True, True, False)
    notes = allotment.agree("S", lambda *_one: met).notes
    assert "15 av 15 nådde 0.5 % på 10 s; 15 av 15 nådde 0.5 % på 30 s; 0 av 15 nådde 0.2 % på 60 s" in notes[-2]
    assert "minne högst 301 MB (INTE nått: 300 MB)" in notes[-1]
    assert "0.190 % på 64.0 s, 15 s av processorn (INTE nått: 0.2 % på 60 s)" in met.words()


def test_the_proof_compares_assignments_and_changes() -> None:
    lines: list[str] = []
    assert proof._assignments(3, lines)
    assert all(line.startswith("  =") for line in lines), lines


def test_the_memory_of_a_process_is_its_own_and_not_that_of_whoever_started_it() -> None:
    held = np.ones(50_000_000 // 8 * 8)  # 400 MB, each page written
    asked = "from samkraft.operations.bench import allotment_alone; print(allotment_alone.most_megabytes())"
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", asked], capture_output=True, text=True, check=True)
    assert 0 < float(told.stdout) < held.nbytes / 2**20 < allotment_alone.most_megabytes()
