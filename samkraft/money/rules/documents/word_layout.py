"""The text of a Word document in its order: headers, paragraphs with their list markers, footnotes and tables."""

from collections import Counter
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph

STRUCK_OUT = ("w:del", "w:moveFrom")
WRAPPERS = ("w:sdt", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")
PROPERTIES = frozenset({qn("w:sdtPr"), qn("w:sdtEndPr"), qn("w:smartTagPr"), qn("w:customXmlPr")})
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def lines(document: Document) -> list[str]:
    """The document line by line; cells of a table are parted by tabs. Changes that are tracked are taken as made."""
    _as_on_the_page(document.element.body)
    found = _headers(document)
    counts: Counter[tuple[str, str]] = Counter()
    notes = _footnotes(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += ["", *_rows(block), ""]
        else:
            found += _paragraph(block, counts) + _notes_of(block, notes) + _boxes_of(block._p)
    return found


def _as_on_the_page(element: Any) -> None:
    """Take away what only wraps the text, such as the fields of a template, and what somebody has struck out.

    python-docx passes over wrapped paragraphs and runs in silence: a decision inside a field would be lost.
    """
    for name in STRUCK_OUT:
        for node in list(element.iter(qn(name))):
            node.getparent().remove(node)
    for name in WRAPPERS:
        for node in list(element.iter(qn(name))):
            inner = node.find(qn("w:sdtContent")) if name == "w:sdt" else node
            for child in list(inner) if inner is not None else []:
                if child.tag not in PROPERTIES:
                    node.addprevious(child)
            node.getparent().remove(node)


def _boxes_of(paragraph: Any) -> list[str]:
    """What stands in boxes that hang on a paragraph, each paragraph on a line. A box is stored twice: read once."""
    found = []
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(above.tag == FALLBACK for above in box.iterancestors()):
            found += ["".join(_words_of(line)) for line in box.iter(qn("w:p"))]
    return [line for line in found if line.strip()]


def _headers(document: Document) -> list[str]:
    lines: list[str] = []
    for section in document.sections[:1]:
        header = section.first_page_header if section.different_first_page_header_footer else section.header
        _as_on_the_page(header._element)
        lines += [paragraph.text for paragraph in header.paragraphs if paragraph.text.strip()]
        for table in header.tables:
            lines += _rows(table)
        lines += _boxes_of(header._element)
    return [*lines, ""] if lines else []


def _rows(table: Table) -> list[str]:
    rows = []
    above: set[Any] = set()
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # a cell over several columns comes once for each of them
                words = " ".join(cell.text.split())
                # A cell over several rows: a name holds for all of them, an amount is told once.
                cells.append("" if cell._tc in above and any(sign.isdigit() for sign in words) else words)
            last = cell._tc
        above = {cell._tc for cell in row.cells}
        rows.append("\t".join(cells))
    return rows


def _footnotes(document: Document) -> dict[str, str]:
    """The footnotes by their number; python-docx leaves them out of the text."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            root: Any = parse_xml(relation.target_part.blob)
            own = [note for note in root.iter(qn("w:footnote")) if note.get(qn("w:type")) in {None, "normal"}]
            _as_on_the_page(root)
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
    if numbering is not None and number == 0 and not style.startswith("List"):
        return ""  # the number of the style is taken away here
    level = numbering.ilvl.val if numbering is not None and numbering.ilvl is not None else 0
    kind, start = _number_format(paragraph, number, level) or (
        "bullet" if "Bullet" in style else "decimal" if "Number" in style else "bullet",
        1,
    )
    if kind in {"bullet", "none"}:
        return "• "
    if not counts[(str(number) or style, str(level))]:
        counts[(str(number) or style, str(level))] = start - 1
    counts[(str(number) or style, str(level))] += 1
    for deeper in [key for key in counts if key[0] == str(number) and int(key[1]) > level]:
        del counts[deeper]
    at = counts[(str(number) or style, str(level))]
    letter = {"lowerLetter": 96, "upperLetter": 64}.get(kind)
    return f"{chr(letter + at) if letter and at < 27 else at}. "


def _number_format(paragraph: Paragraph, number: int, level: int) -> tuple[str, int] | None:
    """How a list is numbered at a level, and from what number; None when the document does not say."""
    try:
        part: Any = paragraph.part
        root = part.numbering_part.element
    except (AttributeError, KeyError, NotImplementedError):
        return None
    own = _with(root, "w:num", "w:numId", number)
    abstract = own.find(qn("w:abstractNumId")) if own is not None else None
    if own is None or abstract is None:
        return None
    kind = _with(root, "w:abstractNum", "w:abstractNumId", abstract.get(qn("w:val")))
    found = _with(kind, "w:lvl", "w:ilvl", level) if kind is not None else None
    if found is None or found.find(qn("w:numFmt")) is None:
        return None
    again = _with(own, "w:lvlOverride", "w:ilvl", level)
    starts = [again.find(qn("w:startOverride")) if again is not None else None, found.find(qn("w:start"))]
    start = next((int(node.get(qn("w:val"))) for node in starts if node is not None), 1)
    return found.find(qn("w:numFmt")).get(qn("w:val")), max(start, 1)


def _with(parent: Any, name: str, attribute: str, value: object) -> Any:
    """The child of this name whose attribute has the value; None when there is none."""
    return next((one for one in parent.findall(qn(name)) if one.get(qn(attribute)) == str(value)), None)
