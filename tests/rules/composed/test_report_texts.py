"""Figures inside texts, two texts brought together, and the paragraph that opens a report."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports import report_openings, report_texts, report_words
from samkraft.money.rules.reports.report_openings import Given

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=6)
NO_CHANGE = "Ett.\n\nTvå.\n\nTre."


def test_figures_stand_where_the_text_names_them() -> None:
    told = {1: ("34 platser", "34"), 2: ("okänt", "okänt")}
    assert (
        report_texts.plain("Vi hade [[1]], [[ 1 tal ]] och [[2]]; [[9]].", told)
        == "Vi hade 34 platser, 34 och okänt; [[9]]."
    )
    assert report_texts.numbers("[[1]] [[12 tal]] [[x]]") == {1, 12}


def test_changes_of_different_paragraphs_are_both_kept() -> None:
    assert report_texts.merge(NO_CHANGE, "Ett!\n\nTvå.\n\nTre.", "Ett.\n\nTvå.\n\nTre!").text == "Ett!\n\nTvå.\n\nTre!"
    added = report_texts.merge(NO_CHANGE, NO_CHANGE + "\n\nFyra.", "Noll.\n\n" + NO_CHANGE)
    assert added == report_texts.Merged("Noll.\n\nEtt.\n\nTvå.\n\nTre.\n\nFyra.", True)


def test_changes_of_the_same_paragraph_stand_one_after_the_other() -> None:
    merged = report_texts.merge(NO_CHANGE, "Ett.\n\nTvå mitt.\n\nTre.", "Ett.\n\nTvå deras.\n\nTre.")
    assert merged == report_texts.Merged("Ett.\n\nTvå deras.\n\nTvå mitt.\n\nTre.", False)


@given(LINES, LINES, LINES)
def test_nothing_that_either_has_written_anew_is_lost(base: list[str], mine: list[str], theirs: list[str]) -> None:
    own = [f"{line} mitt" for line in mine if line not in base]
    other = [f"{line} deras" for line in theirs if line not in base]
    left = [line for line in mine if line in base] + own
    right = [line for line in theirs if line in base] + other
    merged = report_texts.merge("\n\n".join(base), "\n\n".join(left), "\n\n".join(right)).text.split("\n\n")
    assert set(own) | set(other) <= set(merged)


@given(LINES, LINES)
def test_when_only_one_has_changed_that_change_holds(base: list[str], mine: list[str]) -> None:
    one, other = "\n\n".join(base), "\n\n".join(mine)
    assert report_texts.merge(one, other, one) == report_texts.Merged(other, True)
    assert report_texts.merge(one, one, other) == report_texts.Merged(other, True)


def test_the_opening_says_what_was_decided_and_what_nobody_tells() -> None:
    gives = Given("Kommunstyrelsen", date(2024, 3, 6), False, "STK-2024-291", 691_200_000)
    words = report_openings.paragraph(
        body="Gymnasie- och vuxenutbildningsnämnden", fund="Strategiska jobbsatsningar", year=2024, purpose="Nya idéer",
        goals=["Fler i arbete"], given=[gives],
    )  # fmt: skip
    assert words == (
        "Kommunstyrelsen beslutade i mars 2024 (STK-2024-291) att ge gymnasie- och vuxenutbildningsnämnden "
        "6\u00a0912\u00a0000\u00a0kronor ur Strategiska jobbsatsningar för 2024. Syftet: nya idéer. "
        "Pengarna ska bidra till kommunfullmäktiges mål ”Fler i arbete”."
    )
    unknown = Given("Kommunstyrelsen", date(2024, 3, 6), True, "STK-2024-124", None, is_assumption=True)
    told = report_openings.paragraph(body="Kommunstyrelsen", fund="X", year=2024, purpose="", goals=[], given=[unknown])
    assert "den 6 mars 2024" in told
    assert "ge sig själv pengar" in told
    assert "Hur mycket framgår inte" in told
    assert "antaget" in told
    assert "Inget beslut" in report_openings.paragraph(body="X", fund="Y", year=2024, purpose="", goals=[], given=[])


@pytest.mark.parametrize(
    ("value", "unit", "group", "rounded", "told"),
    [
        (Decimal("34.00"), Unit.PLACES, "", 0, "34\u00a0platser"),
        (Decimal("1.00"), Unit.PERSONS, "", 0, "1\u00a0person"),
        (Decimal("30.00"), Unit.PERCENT, "flickor", 5, "omkring 30\u00a0% flickor"),
        (Decimal("4100000.00"), Unit.KRONOR, "", 100_000, "omkring 4\u00a0100\u00a0000\u00a0kr"),
        (Decimal("24.50"), Unit.OTHER, "", 0, "24,5"),
        (None, Unit.PERSONS, "", 0, "okänt"),
    ],
)
def test_a_figure_reads_as_people_write_it(
    value: Decimal | None, unit: Unit, group: str, rounded: int, told: str
) -> None:
    assert report_words.figure(value, unit, group, rounded) == told
