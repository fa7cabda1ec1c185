"""A document in its three forms: what Word, a reader of PDF and a browser meet, and that nothing in a text is markup."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import docx
import pdfua
import pikepdf
import pytest

from samkraft.knowledge.rules.documents import pdf_file, web_page, word_file
from samkraft.knowledge.rules.documents.parts import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Points,
    Run,
    Table,
    words,
)

HOSTILE = '=HYPERLINK("http://x")#ett $x$ *b* <b>&</b> \\ ] [ `rå` \x07 @fråga'


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(
        title="Årsanalys 2024",
        author="Malmö stad",
        head=("Malmö stad", "Årsanalys 2024"),
        dated=date(2025, 2, 28),
        parts=(
            Heading(1, "Hur har pengarna använts?", "fraga-1"),
            Paragraph((Run("Nämnden har använt "), Run("4 096 000 kr", 1), Run(f". {HOSTILE}"))),
            Heading(2, HOSTILE, "hostile"),
            Points((words("Första"), words("Andra")), is_numbered=True),
            Table(
                "tabell", "Belopp", (Column("Nämnd", weight=2), Column("Kronor", True)),
                ((words("GVN"), words("6 912 000")), (words(HOSTILE), words("okänt"))), (words("Summa"), words("6 912 000")),
            ),
            Bars("bild", "Beslutat, kronor", "Staplar: GVN 6 912 000 kr; ASN okänt.",
                 (Bar("GVN", Decimal(6912000), "6 912 000 kr"), Bar("ASN", None, "okänt"))),
        ),
        notes=(Note(1, "Nämndens bokslut", "/medel/uppgifter/"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return pdf_file.write(document)


@pytest.fixture(scope="module")
def word(document: Document) -> bytes:
    return word_file.write(document)


def test_the_same_document_gives_the_same_bytes(document: Document, pdf: bytes, word: bytes) -> None:
    assert pdf_file.write(document) == pdf
    assert word_file.write(document) == word


def test_word_meets_real_styles_captions_and_table_heads(word: bytes) -> None:
    opened = docx.Document(io.BytesIO(word))
    found = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs]
    assert ("Title", "Årsanalys 2024") in found
    assert ("Heading 1", "Hur har pengarna använts?") in found
    assert [style for style, _text in found].count("List Number") == 2
    assert [style for style, _text in found].count("Caption") == 2
    table = opened.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Nämnd", "Kronor"]
    assert opened.core_properties.title == "Årsanalys 2024"
    assert opened.core_properties.language == "sv-SE"


def test_word_has_contents_page_numbers_language_hyphens_and_a_chart_in_words(word: bytes) -> None:
    parts = _parts(word)
    text = parts["word/document.xml"]
    assert r"TOC \o &quot;1-2&quot;" in text or 'TOC \\o "1-2"' in text
    assert "w:tblHeader" in text
    assert text.count("SEQ Tabell") == text.count("SEQ Diagram") == 1
    assert 'descr="Staplar: GVN 6 912 000 kr; ASN okänt."' in text
    assert {" PAGE ", " NUMPAGES "} <= set(re.findall(r'w:instr="([^"]*)"', parts["word/header1.xml"]))
    assert 'w:lang w:val="sv-SE"' in parts["word/styles.xml"]
    assert "w:autoHyphenation" in parts["word/settings.xml"]


def test_nothing_in_the_word_file_runs_or_leads_out(word: bytes) -> None:
    parts = _parts(word)
    assert not [name for name in parts if name.endswith((".bin", ".vml")) or "embeddings" in name]
    assert "TargetMode" not in "".join(parts.values())
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", parts["word/document.xml"])
    fields += re.findall(r'w:instr="([^"]*)"', parts["word/document.xml"])
    assert {field.split()[0] for field in fields} == {"TOC", "SEQ"}
    assert "<c:f>" not in parts["word/charts/chart1.xml"]


def test_the_pdf_is_tagged_titled_and_in_swedish(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).lower() == "sv-se"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert opened.open_metadata()["dc:title"] == "Årsanalys 2024"
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        kinds, alternatives = _walk(root.StructTreeRoot)
        assert "/Outlines" in root
    assert {"H1", "H2", "Table", "TR", "TH", "TD", "Figure", "Caption", "L", "LI", "TOC", "Link"} <= kinds
    assert "Staplar: GVN 6 912 000 kr; ASN okänt." in alternatives


def test_an_independent_checker_finds_nothing(pdf: bytes, tmp_path: Any) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    assert list(pdfua.validate(str(path)).findings) == []


def test_a_picture_without_words_is_refused() -> None:
    bare = Document("T", "A", ("A",), (Bars("b", "C", "", (Bar("X", Decimal(1), "1"),)),))
    with pytest.raises(Exception, match=r"alt(ernative)?"):
        pdf_file.write(bare)


def test_a_browser_meets_the_texts_as_texts(document: Document) -> None:
    page = web_page.whole(document)
    read = _Read()
    read.feed(page)
    assert page.startswith('<!doctype html>\n<html lang="sv-SE">')
    assert "<b>" not in page
    assert "<script" not in page
    assert read.texts.count("=HYPERLINK") == 4  # contents, heading, paragraph, table
    assert read.open_tags == []
    assert set(read.links) <= {f"#{key}" for key in read.ids}


def _parts(word: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: file.read(name).decode() for name in file.namelist()}


def _walk(node: Any) -> tuple[set[str], set[str]]:
    kinds: set[str] = set()
    alternatives: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            kinds.add(str(one.get("/S", "")).lstrip("/"))
            alternatives.add(str(one.get("/Alt", "")))
            if "/K" in one:
                waiting.append(one["/K"])
    return kinds, alternatives


class _Read(HTMLParser):
    """Texts, links and ids; tags that were opened and never closed."""

    _ALONE = frozenset({"meta", "br", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.texts, self.links, self.ids, self.open_tags = "", [], set(), []
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id"))
        if tag == "a":
            self.links.append(found["href"])
        if tag not in self._ALONE:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.ids.add(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts += data
