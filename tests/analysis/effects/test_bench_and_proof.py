"""The bench agrees before it times, and the proofs say what they found, on little data."""

import argparse
import json

import numpy as np
import pytest

from samkraft.analysis.effects import coverage
from samkraft.operations import bench
from samkraft.operations.bench import effects, frame
from samkraft.operations.proofs import disclosure as disclosure_proof
from samkraft.operations.proofs import effects as proof


def test_the_bench_of_one_effect_agrees_with_statsmodels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(effects.ROWS, "S", 3_000)
    monkeypatch.setattr(effects.importlib.util, "find_spec", lambda name: None)
    found = frame.run(bench.BENCHES["effects"], "S", 1, slowness=lambda: 1.0)
    assert found.agreement.holds, found.agreement.notes
    assert {row.name for row in found.rows if row.median_ms} >= {"samkraft", effects.STATSMODELS}
    assert next(row for row in found.rows if row.name == effects.DOWHY).why_absent


def test_no_time_is_taken_when_the_answers_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(effects.ROWS, "S", 3_000)
    monkeypatch.setattr(effects.importlib.util, "find_spec", lambda name: None)
    right = effects._product
    monkeypatch.setattr(effects, "_product", lambda study: (right(study)[0] * (1 + 1e-7), right(study)[1]))
    found = frame.run(bench.BENCHES["effects"], "S", 1, slowness=lambda: 1.0)
    assert not found.agreement.holds
    assert found.rows == ()


def test_the_bench_of_refits_agrees_draw_by_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(effects.REFITS, "S", (60, 400))
    found = frame.run(bench.BENCHES["effects-bootstrap"], "S", 1, slowness=lambda: 1.0)
    assert found.agreement.holds, found.agreement.notes


def test_the_proof_of_coverage_tells_its_seed_and_fails_when_a_design_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "DESIGNS", coverage.DESIGNS[:1])
    monkeypatch.setattr(coverage, "WILD", coverage.DESIGNS[0])
    outcome = proof.run(argparse.Namespace(draws=400, seed=None))
    assert str(outcome.data["seed"]) in outcome.lines[0]
    assert json.loads(json.dumps(outcome.data))["designs"][0]["draws"] in (400, 400 * proof.MORE)
    wrong = coverage.Found("fel", 400, 0.90, 0.0, 1.0, False)
    monkeypatch.setattr(coverage, "study", lambda design, draws, seed: wrong)
    broken = proof.run(argparse.Namespace(draws=400, seed=1))
    assert not broken.holds
    assert broken.lines[1].startswith("FEL")


def test_a_design_that_falls_outside_is_drawn_anew_with_more_and_judged_by_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coverage, "DESIGNS", coverage.DESIGNS[:1])

    def by_chance(design: coverage.Design, draws: int, seed: int) -> coverage.Found:
        return coverage.Found(design.name, draws, 0.939 if draws == 400 else 0.949, 0.0, 1.0, design.is_control)

    monkeypatch.setattr(coverage, "study", by_chance)
    outcome = proof.run(argparse.Namespace(draws=400, seed=1))
    assert outcome.holds
    assert [line[:3] for line in outcome.lines[1:5]] == ["FEL", "   ", "FEL", "   "]
    assert {one["draws"] for one in outcome.data["designs"]} == {400 * proof.MORE}


def test_the_proof_of_disclosure_attacks_and_has_a_control(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure_proof, "PEOPLE", 700)
    monkeypatch.setattr(disclosure_proof, "MONTHS", 8)
    outcome = disclosure_proof.run(argparse.Namespace(seed=3))
    assert outcome.holds
    assert outcome.data["careless_pinned"] > 0
    assert np.isfinite(outcome.data["narrowest"])
