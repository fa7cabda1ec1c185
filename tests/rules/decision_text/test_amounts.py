"""Amounts of money in every way that municipal documents write them."""

import pytest

from samkraft.money.rules.decision_text import amounts, source_text

WRITTEN = (
    ("23 920 000 kronor", 23_920_000),
    ("25,6 mnkr", 25_600_000),
    ("300 tkr", 300_000),
    ("4,1 miljoner kronor", 4_100_000),
    ("1 mnkr", 1_000_000),
    ("2 mkr", 2_000_000),
    ("2 Mkr", 2_000_000),
    ("3 msek", 3_000_000),
    ("3 MSEK", 3_000_000),
    ("1.500.000 kr", 1_500_000),
    ("500 000:-", 500_000),
    ("SEK 500 000", 500_000),
    ("500 000 SEK", 500_000),
    ("1 500 tkr", 1_500_000),
    ("500 000 kr.", 500_000),
    ("23 920\n000 kronor", 23_920_000),
    ("23\u00a0920\u00a0000\u00a0kronor", 23_920_000),
    ("23\u2009920\u2009000 kronor", 23_920_000),
    ("500\u202f000 kr", 500_000),
    ("1 250-\n000 kronor", 1_250_000),
    ("640 000 kro-\nnor", 640_000),
    ("1,25\nmnkr", 1_250_000),
    ("en miljon kronor", 1_000_000),
    ("femhundratusen kronor", 500_000),
    ("en halv miljon kronor", 500_000),
    ("två och en halv miljoner kronor", 2_500_000),
    ("tvåhundrafemtiotusen kronor", 250_000),
    ("tre miljoner kronor", 3_000_000),
    ("1,2 miljarder kronor", 1_200_000_000),
    ("500 tusen kronor", 500_000),
    ("2.5 mkr", 2_500_000),
    ("0,5 mnkr", 500_000),
)
NO_MONEY = (
    "3 000 platser",
    "STK-2023-576",
    "2024-05-17",
    "§ 98",
    "36 % av eleverna",
    "802011-1203",
    "åren 2024–2026",
    "KSAU 230424",
    "15–20 företag",
    "08-123 45 67",
)


@pytest.mark.parametrize(("written", "kronor"), WRITTEN)
def test_an_amount_is_read_in_whole_ore(written: str, kronor: int) -> None:
    text = source_text.prepare(f"Nämnden får {written} i år").text
    assert [found.ore for found in amounts.find(text)] == [kronor * 100]


@pytest.mark.parametrize("written", NO_MONEY)
def test_other_numbers_are_no_money(written: str) -> None:
    assert amounts.find_numbers(f"Det gäller {written} under hösten") == []


def test_two_numbers_on_two_lines_are_not_one() -> None:
    found = amounts.find_numbers("Förening A\n250 000\n200 000\nFörening B")
    assert [amount.number for amount in found] == [250_000, 200_000]


def test_a_range_is_no_amount() -> None:
    assert all(found.ore is None for found in amounts.find("Det kostar 300 000–400 000 kronor"))


def test_a_point_number_before_an_amount_is_not_swallowed_in_silence() -> None:
    [found] = amounts.find("enligt punkt 6 500 000 kronor")
    assert found.ore is None
    assert found.doubtful


def test_ceilings_and_rough_amounts_and_years_are_told_apart() -> None:
    ceiling, rough, yearly = amounts.find("högst 500 000 kr, cirka 2 mnkr och 75 000 kronor per år")
    assert ceiling.ceiling
    assert not ceiling.roughly
    assert rough.roughly
    assert not rough.ceiling
    assert yearly.per == "år"


def test_a_price_per_unit_says_its_unit() -> None:
    [price] = amounts.find("avgiften är 350 kr/timme")
    assert price.per == "timme"
