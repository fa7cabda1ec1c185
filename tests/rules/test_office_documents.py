"""Documents as word processors write them: heads, feet, lists, tables, footnotes, columns and page breaks."""

from pathlib import Path

import pytest

from samkraft.money.rules import decision_text, document_text, page_layout
from samkraft.money.rules.decision_text import Reading

DOCUMENTS = Path(__file__).parent / "documents"


def _text(name: str) -> str:
    return document_text.extract((DOCUMENTS / name).read_bytes(), name)


def _read(name: str) -> Reading:
    [reading] = decision_text.read(_text(name))
    return reading


@pytest.mark.parametrize("name", ["skrivelse.docx", "skrivelse.pdf"])
def test_the_same_letter_reads_the_same_from_word_and_pdf(name: str) -> None:
    reading = _read(name)
    assert [
        (point.number, [(item.receiver, item.amount_ore, item.years) for item in point.items])
        for point in reading.points
    ] == [
        ("1", [("arbetsmarknadsnämnden", 275_000_000, (2024,))]),
        ("2", [("Ungdomskraft", 30_000_000, (2024,)), ("Bygdegården Ekeby", 8_550_000, (2024,))]),
        ("3", []),
    ]
    assert {item.appropriation for item in reading.points[0].items} == {"kommunstyrelsens anslag till förfogande"}
    assert reading.recipients == ("Arbetsmarknadsnämnden", "Ekonomiavdelningen")
    assert (reading.facts.title, reading.case_number) == ("Jobbsatsning för unga 2024", "KS 2024/0056")
    assert reading.not_understood == ()


@pytest.mark.parametrize("name", ["skrivelse.docx", "skrivelse.pdf"])
def test_a_footnote_stands_on_a_line_of_its_own_and_gives_no_money(name: str) -> None:
    note = next(line for line in _text(name).split("\n") if "elva platser" in line)
    assert note.split() == ["[1]", "Beloppet", "motsvarar", "elva", "platser", "à", "250", "000", "kronor."]
    assert _read(name).total_ore == 313_550_000


def test_the_footnote_of_word_is_told_beside_the_point() -> None:
    assert [(told.amount_ore, told.role) for told in _read("skrivelse.docx").told] == [(25_000_000, "part")]


def test_two_columns_of_running_text_are_read_one_after_the_other() -> None:
    text = _text("protokoll.pdf")
    assert "Beslutsgång\nKommunen har" in text
    assert "Reservation\nUlla Ek reserverar sig." in text
    assert "\t200 000" in text  # a table keeps its columns


def test_minutes_with_a_table_and_columns_give_their_points_only() -> None:
    reading = _read("protokoll.pdf")
    assert reading.total_ore == 28_000_000
    assert [point.verb for point in reading.points] == ["fördelar", "avslår"]


def test_a_short_table_is_not_taken_for_columns_of_text() -> None:
    rows = [(72.0, 700.0 - 14 * n, 200.0, 710.0 - 14 * n, f"Föreningen med ett långt namn {n}") for n in range(8)]
    rows += [(400.0, 700.0 - 14 * n, 460.0, 710.0 - 14 * n, f"{n + 1}0 000 kronor") for n in range(8)]
    assert page_layout.lines(rows)[0] == "Föreningen med ett långt namn 0\t10 000 kronor"


def test_a_number_of_normal_size_beside_words_is_no_footnote() -> None:
    runs = [(72.0, 700.0, 120.0, 711.0, "kronor"), (121.0, 700.0, 128.0, 711.0, "1")]
    assert "[1]" not in page_layout.lines(runs)[0]
    raised = [(72.0, 700.0, 120.0, 711.0, "kronor"), (120.5, 707.0, 124.0, 713.0, "1")]
    assert page_layout.lines(raised) == ["kronor[1]"]
