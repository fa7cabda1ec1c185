"""Decisions made from a structure and written in random styles are read back; odd texts never crash or invent."""

import random
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import amounts, number_words
from samkraft.money.rules.decision_text.reading import Reading
from tests.rules.decision_text import rendering

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "texts").glob("*.txt"))]


def _read_back(reading: Reading) -> list[tuple[str, str, int, tuple[int, ...]]]:
    return [
        (point.verb, (item.receiver or "").lower(), (item.amount_ore or 0) // 100, item.years)
        for point in reading.points
        for item in point.items
    ]


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_what_was_written_in_any_style_is_read_back(seed: int) -> None:
    rng = random.Random(seed)
    decision = rendering.invent(rng)
    [reading] = decision_text.read(rendering.write(rng, decision))
    granted = [(grant.verb, grant.receiver.lower(), grant.kronor, grant.years) for grant in decision.grants]
    assert _read_back(reading) == granted + [("avslår", name.lower(), kronor, ()) for name, kronor in decision.refused]
    assert reading.total_ore == 100 * sum(grant.kronor for grant in decision.grants)
    assert (reading.case_number, reading.body) == (decision.case, decision.body)
    assert reading.status == ("proposal" if decision.proposal else "decided")


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=1, max_value=999_999_999), st.integers(min_value=0, max_value=2**32))
def test_an_amount_in_any_style_is_the_same_amount(kronor: int, seed: int) -> None:
    written = rendering.amount(random.Random(seed), kronor)
    assert [found.ore for found in amounts.find(decision_text_of(written))] == [kronor * 100]


def decision_text_of(words: str) -> str:
    """The words as the reader sees them, with one kind of space."""
    return decision_text.document.source_text.prepare(words).text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600))
def test_no_text_makes_the_reader_crash(text: str) -> None:
    for reading in decision_text.read(text):
        reading.as_json()


PIECES = (
    "Beslut\n",
    "Förslag till beslut\n",
    "Kommunstyrelsen beslutar ",
    "att bevilja ",
    "Föreningen A ",
    "500 000 ",
    "kronor",
    " kr",
    "\n",
    "§ 12 ",
    "1. ",
    "2. ",
    "- ",
    "till ",
    "från ",
    "varav ",
    "per år ",
    "2024",
    "–",
    "vardera",
    "och ",
    "samt ",
    "avslås ",
    "nämnden ",
    "i uppdrag ",
    "senast maj 2025",
    "\t",
    "Summa ",
    "300 tkr",
    "Sökt  Beviljat\n",
    "1,5 mnkr",
    ":",
    ".",
    "enligt följande:\n",
    "en halv miljon kronor",
    "(KS 2024/12)",
    "Reservation\n",
    "12 345 67",
    "|",
    "högst ",
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_jumble_of_decision_words_never_invents_an_amount(text: str) -> None:
    _assert_nothing_invented(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(min_value=0, max_value=2**32))
def test_a_damaged_text_never_invents_an_amount(text: str, seed: int) -> None:
    rng = random.Random(seed)
    characters = list(text)
    for _ in range(rng.randint(1, 25)):
        at = rng.randrange(len(characters))
        characters[at : at + rng.randint(0, 6)] = rng.choice(("", " ", "\n", "-\n", "\u00a0", ".", "kr ", "0"))
    _assert_nothing_invented("".join(characters))


def _assert_nothing_invented(text: str) -> None:
    """Every amount's digits stand together in the text, or a number in words makes it up, or it is a known scale of them."""
    digits = {re.sub(r"\D", "", run) for run in re.findall(r"\d[\d\s.,\u00a0-]*", text)}
    words = {number_words.value(match[0]) for match in number_words.WORDS.finditer(text)}
    for reading in decision_text.read(text):
        for point in reading.points:
            for item in point.items:
                if item.amount_ore:
                    significant = str(item.amount_ore).rstrip("0")
                    assert any(significant in run for run in digits) or any(word for word in words), (item, text)
