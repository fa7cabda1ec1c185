"""No amount of a decision disappears: it is in an item, told as something else, asked about, or said to be unread."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import remainder
from samkraft.money.rules.decision_text.reading import Reading
from tests.rules.decision_text.test_properties import PIECES, TEXTS

# Deliberately plainer than the reader's own patterns: what any person would call an amount.
MONEY = re.compile(r"(?<![\w,.:/§-])(?<!\d )\d{1,3}(?:[ .]?\d{3})*(?:,\d+)? ?(?:kronor|kr|tkr|mnkr|mkr)(?!\w)", re.I)


def unaccounted(reading: Reading) -> list[str]:
    """The amounts inside the points that the reading says nothing about."""
    said = [(part.place.start, part.place.end) for part in (*reading.told, *reading.not_understood, *reading.questions)]
    for point in reading.points:
        said += [(item.amount_start, item.amount_start + 1) for item in point.items if item.amount_start is not None]
        said += [(mark.place.start, mark.place.end) for mark in point.marks if mark.kind == "amount"]
    return [
        match[0]
        for point in reading.points
        for match in MONEY.finditer(reading.text, point.place.start, point.place.end)
        if not any(a < match.end() and match.start() < b for a, b in said)
    ]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_amount_in_a_point_is_accounted_for(text: str) -> None:
    for reading in decision_text.read(text):
        assert unaccounted(reading) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_amount_in_a_jumble_is_accounted_for(text: str) -> None:
    for reading in decision_text.read(text):
        assert unaccounted(reading) == [], text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(min_value=0, max_value=2**32))
def test_every_amount_in_a_damaged_text_is_accounted_for(text: str, seed: int) -> None:
    rng = random.Random(seed)
    characters = list(text)
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(characters))
        characters[at : at + rng.randint(0, 5)] = rng.choice(("", " ", "\n", "\n\n", ".", " kr ", "per ", "av "))
    for reading in decision_text.read("".join(characters)):
        assert unaccounted(reading) == [], "".join(characters)


def test_without_the_sorting_of_what_is_left_amounts_do_disappear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remainder, "sort", lambda *_: ([], []))
    assert any(unaccounted(reading) for text in TEXTS for reading in decision_text.read(text))


def test_a_part_is_told_and_foreign_money_is_not_understood() -> None:
    text = (
        "Kommunstyrelsen beslutar\n1. att bevilja Bryggan 500 000 kr för 2025, varav 100 000 kr avser lokal,\n"
        "2. att bevilja Hamnen 20 000 euro för 2025, och\n3. att ge förvaltningen i uppdrag att spara 3 mnkr.\n"
    )
    [reading] = decision_text.read(text)
    assert [(told.amount_ore, told.role) for told in reading.told] == [(10_000_000, "part")]
    assert [(part.text, part.why) for part in reading.not_understood] == [
        ("20 000 euro", "en annan valuta än svenska kronor"),
        ("3 mnkr", "beloppet står i ett uppdrag och räknas inte"),
    ]
    assert reading.total_ore == 50_000_000
