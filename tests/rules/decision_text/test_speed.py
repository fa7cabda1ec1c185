"""Long minutes are read in a moment, and no text makes the patterns run away.

Measured within the run: what takes four times the text may take somewhat more than four times the time. A pattern that
runs away takes sixteen times, or never comes back.
"""

import time

import pytest

from samkraft.money.rules import decision_text

TIMES = 4
MOST = 9.0  # sixteen is what a square costs; the rest of the way from four is for a machine that does other things too
TRIES = 3

# head, what is said again and again, how many times, tail
ODD = {
    "one endless word": ("", "a", 200_000, ""),
    "broken words": ("", "ab-\n", 40_000, ""),
    "digits": ("", "1 ", 60_000, ""),
    "thousands": ("Beslut\n", "000 ", 40_000, "kr"),
    "spaces": ("", " ", 150_000, ""),
    "blank lines": ("", "\n", 150_000, ""),
    "page breaks": ("", "a\n\x0c\n", 20_000, ""),
    "names without end": ("Förslag till beslut\n1. Kommunstyrelsen beviljar ", "A, ", 30_000, " 5 000 kr"),
    "organisations": ("Beslut\nKommunstyrelsen beviljar ", "Ab ", 40_000, "50 000 kr"),
    "suspended hyphens": ("Beslut\n", "arbets- och ", 15_000, "socialnämnden"),
    "nested proposals": ("", "A föreslår kommunstyrelsen ", 6_000, ""),
    "conditions": ("", "Beslut\nKommunstyrelsen beslutar under förutsättning ", 3_000, ""),
    "tasks": ("Beslut\nKommunstyrelsen ", "ger ", 20_000, ""),
    "paragraphs": ("", "§ 1\n", 20_000, ""),
    "rows": ("Beslut\nFöljande beviljas:\n", "- A 5 000 kr\n", 4_000, ""),
    "tabs": ("Beslut\nNämnden fördelar enligt tabell:\n", "A\t1\t2\t3\n", 4_000, ""),
    "years": ("Beslut\n", "2023, ", 12_000, ""),
    "numbers in words": ("", "en halv miljon ", 15_000, ""),
}


@pytest.fixture(scope="module")
def moment() -> float:
    """What an ordinary page costs on this machine: less than this is nothing."""
    return _seconds(_minutes(3))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_text_four_times_as_long_takes_about_four_times_as_long(name: str, moment: float) -> None:
    head, piece, times, tail = ODD[name]
    assert _grows(head + piece * (times // TIMES) + tail, head + piece * times + tail, moment) < MOST


def test_two_hundred_pages_of_minutes_cost_what_their_pages_cost(moment: float) -> None:
    minutes = _minutes(132)
    assert len(minutes) > 500_000
    assert _grows(_minutes(132 // TIMES), minutes, moment) < MOST
    readings = decision_text.read(minutes)
    assert len(readings) == 132
    assert [reading.total_ore for reading in readings] == [(100 + number) * 100_000 for number in range(1, 133)]


def test_a_pattern_that_runs_away_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def square(text: str) -> None:
        for start in range(0, len(text), 20):
            text.count("x", start)

    monkeypatch.setattr(decision_text, "read", square)
    # The check above forgives a busy machine; so that this does not depend on one, it is enough that one of some sees it.
    assert any(_grows("a" * 40_000, "a" * 160_000, 0.0) > MOST for _try in range(2 * TRIES))


def _minutes(matters: int) -> str:
    talk = "Förvaltningen bedömer att insatsen följer kommunens mål och att kostnaden är 300 000 kronor. " * 45
    return "\n".join(
        f"§ {number} Ärende om stöd\nDnr KS 2024/{number:05d}\n\nKommunstyrelsens beslut\n"
        f"1. Kommunstyrelsen beviljar Förening Nr{number} {100 + number} 000 kronor för 2024.\n"
        f"2. Medlen tas ur kommunstyrelsens anslag.\n\nÄrendebeskrivning\n{talk}\n\nBeslutet skickas till\nFöreningen\n"
        for number in range(1, matters + 1)
    )


def _grows(short: str, long: str, moment: float) -> float:
    """How many times longer the long text takes; the least of some tries, as other things go on beside."""
    found = []
    for _try in range(TRIES):
        found.append(_seconds(long) / (_seconds(short) + moment / TIMES))
        if found[-1] < MOST:
            break
    return min(found)


def _seconds(text: str) -> float:
    """Time on the processor: what others do on the machine is not counted."""
    start = time.process_time()
    decision_text.read(text)
    return time.process_time() - start
