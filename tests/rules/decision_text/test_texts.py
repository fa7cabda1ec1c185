"""Invented decisions in the manner of many cities, each with what a careful person reads out of it."""

import json
from pathlib import Path

import pytest

from samkraft.money.rules import decision_text

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
OF_POINT = ("number", "verb", "due", "binding", "funds", "body", "status")


def _read(path: Path) -> list[dict]:
    return [reading.as_json() for reading in decision_text.read(path.read_text(encoding="utf-8"))]


def _told(point: dict) -> list[tuple]:
    return [(item["receiver"], item["amount_kr"], tuple(item["years"])) for item in point["items"]]


def test_there_are_enough_texts_to_mean_something() -> None:
    assert len(TEXTS) >= 30


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_read_as_a_person_reads_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    wanted = expected if isinstance(expected, list) else [expected]
    found = _read(path)
    assert len(found) == len(wanted)
    for want, got in zip(wanted, found, strict=True):
        for key in ("case_number", "body", "status", "meetings", "recipients", "total_kr", "total_by_year_kr"):
            if key in want:
                assert got[key] == want[key], key
        if "not_understood_has" in want:
            assert any(want["not_understood_has"] in part["text"] for part in got["not_understood"])
        if "told" in want:
            assert [told["amount_kr"] for told in got["told"]] == want["told"]
        assert [point["number"] for point in got["points"]] == [point["number"] for point in want["points"]]
        for want_point, got_point in zip(want["points"], got["points"], strict=True):
            for key in OF_POINT:
                if key in want_point:
                    assert got_point[key] == want_point[key], (want_point["number"], key)
            if "appropriation" in want_point:
                assert {item["appropriation"] for item in got_point["items"]} == {want_point["appropriation"]}
            if "items" in want_point:
                assert _told(got_point) == [(name, kr, tuple(years)) for name, kr, years in want_point["items"]], (
                    want_point["number"]
                )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_mark_points_at_the_words_it_came_from(path: Path) -> None:
    original = path.read_text(encoding="utf-8")
    for reading in decision_text.read(original):
        for point in reading.points:
            for mark in point.marks:
                read = reading.text[mark.place.start : mark.place.end]
                there = original[mark.place.original_start : mark.place.original_end]
                assert read.strip(), mark
                if "forts." in there or "Telefon" in there:  # a page's foot and the next one's head stand in between
                    assert _letters(there).startswith(_letters(read)[:6]), mark
                    assert _letters(there).endswith(_letters(read)[-6:]), mark
                else:
                    assert _letters(read) == _letters(there), mark


def _letters(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())
