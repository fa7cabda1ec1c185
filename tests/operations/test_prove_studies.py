"""The proof of the demo's study, small: it holds, and each way of being wrong is seen."""

import argparse
from collections.abc import Sequence
from datetime import date

import pytest

from samkraft.knowledge.rules.studies import estimates
from samkraft.knowledge.rules.studies.estimates import Row
from samkraft.knowledge.rules.studies.registrations import Outcome
from samkraft.operations.proofs import studies
from samkraft.operations.world import study_people
from samkraft.operations.world.study_people import Life

SMALL = argparse.Namespace(seeds=50, seed=20)


def test_the_study_finds_the_built_in_effect_as_often_as_it_promised() -> None:
    found = studies.run(SMALL).data
    assert 0.88 <= found["covered"] <= 1.0
    assert found["rejected"] <= 0.13
    assert abs(found["power"] - found["promised"]) <= 0.12
    assert found["width"] <= 1.25
    assert found["mean"] == pytest.approx(study_people.EFFECT, abs=0.02)


def test_a_lot_that_somebody_has_chosen_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who would do well anyway are drawn first."""

    def chosen(found: Sequence[Life], seed: int) -> list[bool]:
        best = sorted(range(len(found)), key=lambda place: not found[place].without)[: study_people.PLACES]
        return [place in set(best) for place in range(len(found))]

    monkeypatch.setattr(study_people, "drawn_by_lot", chosen)
    assert not studies.run(argparse.Namespace(seeds=20, seed=20)).holds


def test_an_interval_that_is_too_narrow_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = estimates.primary

    def narrow(rows: Sequence[Row], outcome: Outcome) -> object:
        one = honest(rows, outcome)
        return type(one)(
            one.method, one.estimate, one.se / 2, one.estimate - one.se, one.estimate + one.se, one.p, one.n
        )

    monkeypatch.setattr(estimates, "primary", narrow)
    found = studies.run(SMALL).data
    assert found["covered"] < 0.88
    assert found["rejected"] > 0.13


def test_the_quick_answer_is_the_whole_answers() -> None:
    people = study_people.lives(3)
    rows = study_people.rows(people, study_people.drawn_by_lot(people, 3))
    whole = estimates.conduct(rows, Outcome.WORK_OR_STUDIES, drawn_on=date(2025, 3, 10))
    quick = estimates.primary(rows, Outcome.WORK_OR_STUDIES)
    assert whole["primary"]["estimate"] == pytest.approx(quick.estimate, abs=1e-12)
    assert whole["primary"]["low"] == pytest.approx(quick.low, abs=1e-12)
    compared = [sum(row.situation is not None and row.is_drawn == side for row in rows) for side in (False, True)]
    assert whole["groups"] == compared
    assert whole["complier"]["estimate"] > whole["primary"]["estimate"]
    assert whole["placebo"][0]["moved"] is False
