"""Long minutes are read in a moment, and no text makes the patterns run away."""

import time

import pytest

from samkraft.money.rules import decision_text

# Limits are some five times what an ordinary machine needs: a pattern that runs away takes minutes.
SECONDS_FOR_MINUTES = 5.0
SECONDS_FOR_ODD_TEXT = 8.0

ODD = {
    "one endless word": "a" * 200_000,
    "broken words": "ab-\n" * 40_000,
    "digits": "1 " * 60_000,
    "thousands": "Beslut\n" + "000 " * 40_000 + "kr",
    "spaces": " " * 150_000,
    "blank lines": "\n" * 150_000,
    "page breaks": "a\n\x0c\n" * 20_000,
    "names without end": "Förslag till beslut\n1. Kommunstyrelsen beviljar " + "A, " * 30_000 + " 5 000 kr",
    "organisations": "Beslut\nKommunstyrelsen beviljar " + "Ab " * 40_000 + "50 000 kr",
    "suspended hyphens": "Beslut\n" + "arbets- och " * 15_000 + "socialnämnden",
    "nested proposals": "A föreslår kommunstyrelsen " * 6_000,
    "conditions": "Beslut\nKommunstyrelsen beslutar under förutsättning " * 3_000,
    "tasks": "Beslut\nKommunstyrelsen " + "ger " * 20_000,
    "paragraphs": "§ 1\n" * 20_000,
    "rows": "Beslut\nFöljande beviljas:\n" + "- A 5 000 kr\n" * 8_000,
    "tabs": "Beslut\nNämnden fördelar enligt tabell:\n" + "A\t1\t2\t3\n" * 8_000,
    "years": "Beslut\n" + "2023, " * 25_000,
    "numbers in words": "en halv miljon " * 15_000,
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_text_is_read_in_a_moment(name: str) -> None:
    assert _seconds(ODD[name]) < SECONDS_FOR_ODD_TEXT


def test_two_hundred_pages_of_minutes_are_read_in_a_moment() -> None:
    talk = "Förvaltningen bedömer att insatsen följer kommunens mål och att kostnaden är 300 000 kronor. " * 45
    minutes = "\n".join(
        f"§ {number} Ärende om stöd\nDnr KS 2024/{number:05d}\n\nKommunstyrelsens beslut\n"
        f"1. Kommunstyrelsen beviljar Förening Nr{number} {100 + number} 000 kronor för 2024.\n"
        f"2. Medlen tas ur kommunstyrelsens anslag.\n\nÄrendebeskrivning\n{talk}\n\nBeslutet skickas till\nFöreningen\n"
        for number in range(1, 131)
    )
    assert len(minutes) > 500_000
    assert _seconds(minutes) < SECONDS_FOR_MINUTES
    readings = decision_text.read(minutes)
    assert len(readings) == 130
    assert [reading.total_ore for reading in readings] == [(100 + number) * 100_000 for number in range(1, 131)]


def _seconds(text: str) -> float:
    start = time.perf_counter()
    decision_text.read(text)
    return time.perf_counter() - start
