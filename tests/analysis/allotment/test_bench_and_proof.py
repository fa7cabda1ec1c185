"""The bench's check and the proof's parts, small."""

from dataclasses import replace
from typing import Any

import pytest

from samkraft.analysis.allotment import allotting, compiling, made_up
from samkraft.operations import bench
from samkraft.operations.bench import allotment, allotment_peers, frame
from samkraft.operations.proofs import allotment as proof


def test_the_plain_bench_agrees_before_it_measures() -> None:
    result = frame.run(allotment.PLAIN_BENCH, "S", 1)
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
    assert allotment.agree([instance], "S").holds
    real = allotting._plan

    def too_good(*arguments: Any) -> Any:
        plan = real(*arguments)
        return replace(plan, benefit=plan.benefit + 1)

    monkeypatch.setattr(allotting, "_plan", too_good)
    assert not allotment.agree([instance], "S").holds


def test_the_proof_compares_assignments_and_changes() -> None:
    lines: list[str] = []
    assert proof._assignments(3, lines)
    assert all(line.startswith("  =") for line in lines), lines
