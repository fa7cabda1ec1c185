"""The text of a Word document in its order: headers, paragraphs with their list markers, footnotes and tables."""

from collections import Counter
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph


def lines(document: Document) -> list[str]:
    """The document line by line; cells of a table are parted by tabs."""
    found = _headers(document)
    counts: Counter[tuple[str, str]] = Counter()
    notes = _footnotes(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += ["", *_rows(block), ""]
        else:
            found += _paragraph(block, counts) + _notes_of(block, notes)
    return found


def _headers(document: Document) -> list[str]:
    lines: list[str] = []
    for section in document.sections[:1]:
        header = section.first_page_header if section.different_first_page_header_footer else section.header
        lines += [paragraph.text for paragraph in header.paragraphs if paragraph.text.strip()]
        for table in header.tables:
            lines += _rows(table)
    return [*lines, ""] if lines else []


def _rows(table: Table) -> list[str]:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # merged cells come once per column
                cells.append(" ".join(cell.text.split()))
            last = cell._tc
        rows.append("\t".join(cells))
    return rows


def _footnotes(document: Document) -> dict[str, str]:
    """The footnotes by their number; python-docx leaves them out of the text."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            root: Any = parse_xml(relation.target_part.blob)
            own = [note for note in root.iter(qn("w:footnote")) if note.get(qn("w:type")) in {None, "normal"}]
            return {
                note.get(qn("w:id")): f"[{number}] " + " ".join("".join(_words_of(note)).split())
                for number, note in enumerate(own, start=1)
            }
    return {}


def _notes_of(paragraph: Paragraph, notes: dict[str, str]) -> list[str]:
    """The footnotes that a paragraph points to, each on a line of its own below it."""
    found = [mark.get(qn("w:id")) for mark in paragraph._p.iter(qn("w:footnoteReference"))]
    return [notes[key] for key in found if key in notes]


def _words_of(note: Any) -> list[str]:
    return [node.text or "" for node in note.iter(qn("w:t"))]


def _paragraph(paragraph: Paragraph, counts: "Counter[tuple[str, str]]") -> list[str]:
    text = paragraph.text
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style.startswith("Heading") or style.startswith("Rubrik") or style == "Title":
        counts.clear()
        return ["", text]
    marker = _marker(paragraph, style, counts) if text.strip() else ""
    # A blank line after each paragraph, as on the page, except inside lists.
    return [marker + text] if marker else [text, ""] if text.strip() else [""]


def _marker(paragraph: Paragraph, style: str, counts: "Counter[tuple[str, str]]") -> str:
    numbering: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    if numbering is None and paragraph.style is not None and paragraph.style.element.pPr is not None:
        numbering = paragraph.style.element.pPr.numPr
    if numbering is None and not style.startswith("List"):
        return ""
    number = numbering.numId.val if numbering is not None and numbering.numId is not None else 0
    level = numbering.ilvl.val if numbering is not None and numbering.ilvl is not None else 0
    kind = _number_format(paragraph, number, level) or (
        "bullet" if "Bullet" in style else "decimal" if "Number" in style else "bullet"
    )
    if kind in {"bullet", "none"}:
        return "• "
    counts[(str(number) or style, str(level))] += 1
    for deeper in [key for key in counts if key[0] == str(number) and int(key[1]) > level]:
        del counts[deeper]
    at = counts[(str(number) or style, str(level))]
    return f"{chr(96 + at) if kind == 'lowerLetter' and at < 27 else at}. "


def _number_format(paragraph: Paragraph, number: int, level: int) -> str | None:
    try:
        part: Any = paragraph.part
        root = part.numbering_part.element
    except (AttributeError, KeyError, NotImplementedError):
        return None
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
    abstract = root.xpath(f"w:num[@w:numId='{int(number)}']/w:abstractNumId")
    if not abstract:
        return None
    found = root.findall(
        f"w:abstractNum[@w:abstractNumId='{abstract[0].get(name)}']/w:lvl[@w:ilvl='{int(level)}']/w:numFmt", space
    )
    return found[0].get(name) if found else None
