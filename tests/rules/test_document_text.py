"""Text out of files, and refusals that say the way out."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from samkraft.money.rules import decision_text
from samkraft.money.rules.documents import document_text
from samkraft.values.refusal import Refused
from tests.rules import pdf_writing

DECISION = """Kommunstyrelsen
Protokoll 2024-03-06

§ 95 Stöd till sociala företag
Dnr KS 2024/00123

Kommunstyrelsens beslut
1. Kommunstyrelsen beviljar Kooperativet Vågen 450 000 kronor för 2024.
2. Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 1,5 mnkr år 2024.

Beslutet skickas till
Kooperativet Vågen
"""


def _refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        document_text.extract(content, name)
    assert str(caught.value).endswith(".")
    assert caught.value.reason.way_out
    return caught.value.reason.code


def _told(text: str) -> list[tuple[str, str | None, int]]:
    return [
        (p.verb, i.receiver, (i.amount_ore or 0) // 100)
        for r in decision_text.read(text)
        for p in r.points
        for i in p.items
    ]


EXPECTED = [("beviljar", "Kooperativet Vågen", 450_000), ("tilldelar", "arbetsmarknads- och socialnämnden", 1_500_000)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le"])
def test_plain_text_is_read_in_every_usual_alphabet(encoding: str) -> None:
    assert document_text.extract(DECISION.encode(encoding), "beslut.txt").lstrip("\ufeff") == DECISION
    assert _told(document_text.extract(DECISION.encode(encoding), "BESLUT.TXT")) == EXPECTED


def test_a_pdf_is_read_line_by_line() -> None:
    content = pdf_writing.write([pdf_writing.page_of(DECISION)])
    assert _told(document_text.extract(content, "beslut.pdf")) == EXPECTED


def test_columns_of_a_pdf_are_kept_apart() -> None:
    text = DECISION.replace(
        "1. Kommunstyrelsen beviljar Kooperativet Vågen 450 000 kronor för 2024.\n2. "
        "Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 1,5 mnkr år 2024.",
        "Kommunstyrelsen fördelar bidrag för 2024 enligt följande tabell:\nFörening\tSökt "
        "belopp (kr)\tBeviljat belopp (kr)\nTeater Skogen\t250 000\t200 000\nFilm i "
        "Väst\t120 000\t110 000\nSumma\t370 000\t310 000",
    )
    content = pdf_writing.write([pdf_writing.page_of(text)])
    [reading] = decision_text.read(document_text.extract(content, "beslut.pdf"))
    assert [(i.receiver, i.amount_ore) for i in reading.points[0].items] == [
        ("Teater Skogen", 20_000_000),
        ("Film i Väst", 11_000_000),
    ]
    assert reading.total_ore == 31_000_000


def test_a_sentence_over_a_page_break_is_one_sentence() -> None:
    pages = [
        "Kommunstyrelsen 2024-03-06\t\t1(3)\n\n§ 95 Stöd\nDnr KS 2024/00123\n\nKommunstyrelsens beslut\n1. "
        "Kommunstyrelsen beviljar Kooperativet Vågen 450",
        "Kommunstyrelsen 2024-03-06\t\t2(3)\n\n000 kronor för 2024.\n2. Kommunstyrelsen tilldelar arbetsmarknads- och",
        "Kommunstyrelsen 2024-03-06\t\t3(3)\n\nsocialnämnden 1,5 mnkr år 2024.",
    ]
    content = pdf_writing.write([pdf_writing.page_of(page) for page in pages])
    assert _told(document_text.extract(content, "protokoll.pdf")) == EXPECTED


def test_heads_and_feet_that_come_again_are_left_out() -> None:
    pages = [
        f"Storstads kommun\t\tProtokoll\n\n{words}\n\n\nBesöksadress Torget {number}"
        for number, words in enumerate(
            (
                "§ 1 Stöd\n\nBeslut\n1. Kommunstyrelsen beviljar Alby IK bidrag med",
                "50 000 kronor för 2024.",
                "Slut på ärendet.",
            ),
            1,
        )
    ]
    text = document_text.extract(pdf_writing.write([pdf_writing.page_of(page) for page in pages]), "protokoll.pdf")
    assert text.count("Storstads kommun") == 1
    assert text.count("Besöksadress") <= 1
    assert _told(text) == [("beviljar", "Alby IK", 50_000)]


def _word() -> docx.document.Document:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Dnr KS 2024/00123"
    document.add_heading("Stöd till sociala företag", 1)
    document.add_heading("Förslag till beslut", 2)
    document.add_paragraph("Kommunstyrelsen beslutar")
    return document


def _saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_numbered_paragraphs_of_word_keep_their_numbers() -> None:
    document = _word()
    document.add_paragraph("att bevilja Kooperativet Vågen 450 000 kronor för 2024,", style="List Number")
    document.add_paragraph("att tilldela arbetsmarknads- och socialnämnden 1,5 mnkr år 2024.", style="List Number")
    document.add_heading("Sammanfattning", 2)
    text = document_text.extract(_saved(document), "förslag.docx")
    [reading] = decision_text.read(text)
    assert [point.number for point in reading.points] == ["1", "2"]
    assert _told(text) == EXPECTED
    assert reading.case_number == "KS 2024/00123"


def test_tables_of_word_are_rows() -> None:
    document = _word()
    document.add_paragraph("att fördela verksamhetsbidrag för 2024 enligt följande tabell:")
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("Förening", "Ansökt", "Förslag (tkr)"),
        ("Teater Skogen", "250", "200"),
        ("Film i Väst", "120", "110"),
        ("Summa", "370", "310"),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_heading("Ärendet", 2)
    assert _told(document_text.extract(_saved(document), "förslag.docx")) == [
        ("fördelar", "Teater Skogen", 200_000),
        ("fördelar", "Film i Väst", 110_000),
    ]


@pytest.mark.parametrize("content", [b"", b"   \n\t "])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert _refusal(content, "beslut.txt") == "empty"


def test_a_huge_file_is_refused_with_the_limit() -> None:
    with pytest.raises(Refused) as caught:
        document_text.extract(b"a" * (document_text.LARGEST_BYTES + 1), "beslut.txt")
    assert "20 MB" in str(caught.value)


def test_an_encrypted_pdf_is_refused() -> None:
    assert _refusal(pdf_writing.write([pdf_writing.page_of(DECISION)], encrypt=True), "beslut.pdf") == "encrypted"


def test_scanned_pages_are_refused() -> None:
    assert _refusal(pdf_writing.write([[], []]), "beslut.pdf") == "scanned"


def test_too_many_pages_are_refused() -> None:
    assert _refusal(pdf_writing.write([[]] * (document_text.MOST_PAGES + 1)), "beslut.pdf") == "too_many_pages"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf_writing.write([pdf_writing.page_of(DECISION)]), "beslut.docx"),
        (DECISION.encode(), "beslut.pdf"),
        (DECISION.encode(), "beslut.docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 40, "beslut.txt"),
        (b"PK\x03\x04" + b"\x00" * 60, "beslut.docx"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(content: bytes, name: str) -> None:
    assert _refusal(content, name) == "not_what_it_says"


@pytest.mark.parametrize("name", ["beslut.odt", "beslut.xlsx", "beslut", "beslut.doc"])
def test_an_unsupported_kind_is_refused(name: str) -> None:
    assert _refusal(b"hej och hopp", name) == "unsupported"


def test_broken_files_are_refused() -> None:
    whole = _saved(_word())
    assert _refusal(whole[: len(whole) // 2], "beslut.docx") == "broken"
    assert _refusal(b"%PDF-1.4\nnot a pdf at all", "beslut.pdf") == "broken"


def test_a_word_file_that_unpacks_to_a_flood_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    assert _refusal(file.getvalue(), "beslut.docx") == "unpacks_too_large"


def test_a_protected_word_file_is_refused() -> None:
    assert (
        _refusal(document_text.OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "beslut.docx")
        == "encrypted"
    )


def test_every_reason_is_reached_by_a_test_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    missing = [
        reason.code
        for reason in document_text.REASONS
        if f'"{reason.code}"' not in source and reason.code not in {"too_large", "no_such_file"}
    ]
    assert missing == []
