"""Kronor, means, curves, captions and records pass the same door as counts."""

from itertools import pairwise

import numpy as np
import pytest

from samkraft.analysis.disclosure import amounts, release, summaries, tables, texts
from samkraft.analysis.disclosure.tables import Cell, Table
from samkraft.values.refusal import Refused


def test_an_amount_that_one_receiver_dominates_is_hidden() -> None:
    assert amounts.lacking(np.array([900_000, 50_000, 40_000])) == pytest.approx(50_000)
    assert amounts.lacking(np.array([900_000, 50_000, 90_000])) == pytest.approx(40_000)
    assert amounts.lacking(np.array([300, 280, 290])) == 0
    assert amounts.lacking(np.array([300, 280])) == pytest.approx(30)  # two receivers know each other's
    assert amounts.lacking(np.array([0, 0])) == 0


def test_hidden_kronor_cannot_be_worked_out_from_the_sums() -> None:
    lag = ["A"] * 4 + ["B"] * 6 + ["C"] * 6
    slag = ["x", "x", "x", "y"] + ["x", "y"] * 6
    ore = np.array([9_000_000, 10_000, 20_000, 500_000, *range(400_000, 1_600_000, 100_000)], dtype=np.int64)
    there = tables.people({"lag": lag, "slag": slag}, sensitive=[])
    found = amounts.publish(there, ore, [Table("t", ("lag", "slag"))])
    assert found.why[Cell.of({"lag": "A", "slag": "x"})] == "dominated"
    assert found.amounts[Cell.of({"lag": "A", "slag": "x"})] is None
    hidden_in_row = [found.amounts[Cell.of({"lag": "A", "slag": one})] is None for one in ("x", "y")]
    assert all(hidden_in_row) or found.amounts[Cell.of({"lag": "A"})] is None
    with pytest.raises(Refused):
        amounts.publish(there, -ore, [Table("t", ("lag",))])


def test_means_need_ten_people_and_the_median_is_nobodys_own_value() -> None:
    nine, ten = np.arange(9.0), np.array([*np.arange(9.0), 1_000.0])
    assert summaries.summarise(nine).mean is None
    assert summaries.summarise(nine).n == 9
    assert summaries.summarise(np.arange(4.0)).n is None
    found = summaries.summarise(ten)
    assert found.mean == pytest.approx(103.6)
    assert found.median == 4.0
    assert summaries.summarise(np.array([*ten[:-1], np.nan])).mean is None
    assert not hasattr(found, "smallest")


def test_a_curve_takes_a_step_only_for_five_events() -> None:
    times, events = list(range(1, 13)), [1] * 12
    values = [one / 12 for one in times]
    steps = summaries.steps(times, events, values, until=30)
    assert [(one.begin, one.end) for one in steps] == [(0, 5), (5, 12), (12, 30)]
    jumps = [
        sum(event for time, event in zip(times, events, strict=True) if a.begin < time <= b.begin)
        for a, b in pairwise(steps)
    ]
    assert min(jumps) >= 5
    assert summaries.steps([1, 2], [1, 2], [0.1, 0.3], until=10) == (summaries.Step(0.0, 10.0, 0.0),)


def _release() -> release.Release:
    rows = [("A", "ja")] * 3 + [("A", "nej")] * 20 + [("B", "ja")] * 30 + [("B", "nej")] * 40
    there = tables.people({"lag": [a for a, _ in rows], "svar": [b for _, b in rows]}, sensitive=["svar"])
    return release.publish(there, [Table("t", ("lag", "svar"))])


def test_a_caption_says_only_what_the_release_shows() -> None:
    found = _release()
    said = texts.caption("Under 2024 svarade {lag=A, svar=ja} i lag A ja, av {alla}.", found, known=["2024"])
    assert said == f"Under 2024 svarade {texts.FEW} i lag A ja, av 93."
    with pytest.raises(Refused) as refused:
        texts.caption("Tre svarade, alltså 3 personer.", found)
    assert refused.value.reason is texts.LOOSE_NUMBER
    with pytest.raises(Refused):
        texts.alternative_text("Diagram: {svar=kanske} av {alla}.", found)


def test_records_leave_only_when_five_people_share_every_combination() -> None:
    rows = [{"kön": "kvinna", "lag": "A", "namn": str(one)} for one in range(6)] + [
        {"kön": "man", "lag": "A", "namn": "x"}
    ]
    with pytest.raises(Refused) as refused:
        texts.records(rows, ["kön", "lag"])
    assert refused.value.details["many"] == 1
    assert texts.records(rows, ["lag"]) == [{"lag": "A"}] * 7
    with pytest.raises(Refused):
        texts.records(rows, ["namn"])
