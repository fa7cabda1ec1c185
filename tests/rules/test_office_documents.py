"""Documents as word processors write them: heads, feet, lists, tables, footnotes, columns and page breaks."""

from pathlib import Path

import pytest

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import Reading
from samkraft.money.rules.documents import document_text, page_layout

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
    lines = [line for line in text.split("\n") if line]
    assert lines[lines.index("Beslutsgång") + 1].startswith("Kommunen har")
    assert lines[lines.index("Reservation") + 1].startswith("Ulla Ek reserverar sig.")
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


def _points(reading: Reading) -> list[tuple[str, list[tuple[str | None, int | None]]]]:
    return [(point.number, [(item.receiver, item.amount_ore) for item in point.items]) for point in reading.points]


def test_fields_of_a_template_and_tracked_changes_are_read_as_on_the_page() -> None:
    reading = _read("innehallskontroller.docx")
    assert reading.case_number == "KS 2025/0101"
    assert _points(reading) == [
        ("1", [("Ungdomskraft", 30_000_000)]),
        ("2", [("fritidsnämnden", 75_000_000)]),
        ("3", [("Bygdegården Ekeby", 8_550_000 - 50_000)]),
    ]
    assert "900 000" not in _text("innehallskontroller.docx"), "what somebody has struck out is not said"


def test_a_table_with_merged_heads_gives_the_column_that_is_granted() -> None:
    reading = _read("sammanslagna.docx")
    assert reading.total_ore == 49_500_000
    assert _points(reading)[0] == (
        "1", [("Näsby hembygdsförening", 9_500_000), ("Kvinnojouren Linnea", 40_000_000), ("Cykelköket", 0)]
    )  # fmt: skip
    assert reading.recipients == ("Föreningarna", "Ekonomienheten")


def test_minutes_set_in_two_columns_are_read_one_column_at_a_time() -> None:
    first, second = decision_text.read(_text("tva_spalter.pdf"))
    assert first.case_number == "ASN 2025/0042"
    assert _points(first)[:2] == [
        ("1", [("arbetsmarknadsförvaltningens sommarjobbsverksamhet", 435_000_000)]),
        ("2", [("Internationella kvinnoföreningens arbetsintegrerande sommarverksamhet", 27_500_000)]),
    ]
    assert first.points[2].due == "2025-11-30"
    assert second.points[0].verb == "lägger till handlingarna"
    lines = [line for line in _text("tva_spalter.pdf").split("\n") if line]
    assert lines.index("§ 32 Anmälningsärenden") > lines.index("Beslutsunderlag")


@pytest.mark.parametrize("name", ["underpunkter.docx", "underpunkter.pdf"])
def test_lettered_rows_below_an_automatic_number_belong_to_its_point(name: str) -> None:
    reading = _read(name)
    assert reading.total_ore == 154_000_000
    assert _points(reading)[0] == ("1", [("Vuxenutbildningsnämnden", 120_000_000), ("Kulturnämnden", 34_000_000)])
    assert reading.points[1].due == "delårsrapport 2025"
