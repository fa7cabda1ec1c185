"""A document as a Word file that editors go on with: real styles, headings, lists, captions, a contents field, "n (m)".

Written part by part, with nothing that runs and nothing that leads out of the file. The same document gives the same bytes.
"""

import io
import zipfile

from samkraft.knowledge.rules.documents import word_chart, word_frame
from samkraft.knowledge.rules.documents.parts import (
    Bars,
    Document,
    Heading,
    Line,
    Paragraph,
    Part,
    Points,
    Table,
    contents,
)
from samkraft.knowledge.rules.documents.word_frame import SPACES, escaped, text

PAGE_WIDTH = 9298  # twentieths of a point between the margins of A4
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that such a file can tell: the same each time


def write(document: Document) -> bytes:
    """The file's bytes."""
    body = _Body(document)
    files = {
        "[Content_Types].xml": word_frame.content_types(len(body.charts)),
        "_rels/.rels": word_frame.RELATIONS,
        "docProps/core.xml": word_frame.properties(document),
        "docProps/app.xml": word_frame.APPLICATION,
        "word/document.xml": body.xml(),
        "word/styles.xml": word_frame.STYLES,
        "word/settings.xml": word_frame.SETTINGS,
        "word/numbering.xml": word_frame.numbering(body.numbered_lists),
        "word/header1.xml": word_frame.page_head(document),
        "word/_rels/document.xml.rels": word_frame.document_relations(len(body.charts)),
    }
    for place, chart in enumerate(body.charts, start=1):
        files[f"word/charts/chart{place}.xml"] = word_chart.drawing(chart)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, _FIRST), content.encode(), zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


class _Body:
    """The text itself, while it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.charts: list[Bars] = []
        self.numbered_lists = 0
        self._marks = 0
        self._counts = {"Tabell": 0, "Diagram": 0}

    def xml(self) -> str:
        """The main part of the file."""
        parts = [_paragraph("Title", text(self.document.title))]
        if self.document.has_contents:
            parts.append(self._contents())
        parts += [self._part(part) for part in self.document.parts]
        parts += self._notes()
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {SPACES}><w:body>'
            f"{''.join(parts)}{word_frame.SECTION}</w:body></w:document>"
        )

    def _part(self, part: Part) -> str:
        if isinstance(part, Heading):
            return _paragraph(f"Heading{part.level}", self._marked(part.key, text(part.text)))
        if isinstance(part, Paragraph):
            return _paragraph("Quiet" if part.is_quiet else "BodyText", self._line(part.line))
        if isinstance(part, Points):
            return self._points(part)
        if isinstance(part, Bars):
            self.charts.append(part)
            picture = word_chart.place(part, len(self.charts))
            return _paragraph("Figure", picture) + self._caption("Diagram", part.caption)
        return self._caption("Tabell", part.caption) + self._table(part)

    def _marked(self, key: str, inner: str) -> str:
        """A place that links can lead to."""
        self._marks += 1
        name = _mark_name(key)
        return f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{self._marks}"/>'

    def _contents(self) -> str:
        """The contents as a field that Word fills with page numbers when it opens the file; until then links alone."""
        rows = contents(self.document)
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        lines = []
        for place, row in enumerate(rows):
            name = _mark_name(row.key)
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{text(row.text)}</w:hyperlink>'
            inner = (begin if place == 0 else "") + link + (end if place == len(rows) - 1 else "")
            lines.append(_paragraph(f"TOC{row.level}", inner))
        heading = _paragraph("TOCHeading", text(self.document.contents_heading))
        return heading + "".join(lines) + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def _points(self, points: Points) -> str:
        if points.is_numbered:
            self.numbered_lists += 1
        style = "ListNumber" if points.is_numbered else "ListBullet"
        number = 1 + self.numbered_lists if points.is_numbered else 1
        numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(_paragraph(style, self._line(line), numbered) for line in points.lines)

    def _caption(self, kind: str, words: str) -> str:
        """`Tabell 3. …`, with the number as a field."""
        self._counts[kind] += 1
        keep = "<w:keepNext/>" if kind == "Tabell" else ""
        number = (
            f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC "><w:r><w:t>{self._counts[kind]}</w:t></w:r></w:fldSimple>'
        )
        return _paragraph("Caption", f"{text(f'{kind} ')}{number}{text(f'. {words}')}", keep)

    def _table(self, table: Table) -> str:
        widths = _widths(table)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = "".join(
            _cell(width, text(column.head, "<w:b/>"), is_number=column.is_number)
            for column, width in zip(table.columns, widths, strict=True)
        )
        rows = "".join(self._row(table, row, widths) for row in table.rows)
        total = self._row(table, table.total, widths, "<w:b/>") if table.total else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="SamkraftTable"/><w:tblW w:w="{PAGE_WIDTH}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0{"4E0" if total else "4A0"}" w:firstRow="1" '
            f'w:lastRow="{1 if total else 0}" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{escaped(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}{total}</w:tbl>"
            f"{_paragraph('AfterTable', '')}"
        )

    def _row(self, table: Table, row: tuple[Line, ...], widths: list[int], look: str = "") -> str:
        cells = "".join(
            _cell(width, self._line(cell, look), is_number=column.is_number)
            for cell, column, width in zip(row, table.columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _line(self, line: Line, look: str = "") -> str:
        found = []
        for run in line:
            found.append(text(run.text, "<w:b/>" if run.is_strong else look))
            if run.note:
                mark = text(f"\u00a0[{run.note}]", '<w:rStyle w:val="NoteMark"/>')
                found.append(f'<w:hyperlink w:anchor="not_{run.note}" w:history="1">{mark}</w:hyperlink>')
        return "".join(found)

    def _notes(self) -> list[str]:
        if not self.document.notes:
            return []
        rows = [
            _paragraph(
                "NoteText",
                self._marked(f"not_{note.number}", text(f"{note.number}")) + "<w:r><w:tab/></w:r>" + text(note.text),
            )
            for note in self.document.notes
        ]
        return [_paragraph("Heading1", self._marked("kallor", text(self.document.notes_heading))), *rows]


def _paragraph(style: str, inner: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def _cell(width: int, inner: str, *, is_number: bool) -> str:
    style = "TableNumber" if is_number else "TableText"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(style, inner)}</w:tc>'


def _widths(table: Table) -> list[int]:
    """Numbers get the room that the longest of them needs, words share what is left by their weights.

    There is room for a wider font than the file asks for, as where that one is not installed; bold takes more.
    """
    wanted = []
    for place, column in enumerate(table.columns):
        plain = max((_length(row[place]) for row in table.rows), default=0)
        bold = max(len(column.head), _length(table.total[place]) if table.total else 0)
        wanted.append(min(2300, 260 + max(plain * 108, bold * 124)) if column.is_number else 0)
    if sum(wanted) > PAGE_WIDTH * 2 // 3:
        wanted = [width * PAGE_WIDTH * 2 // 3 // sum(wanted) for width in wanted]
    left = PAGE_WIDTH - sum(wanted)
    weights = sum(column.weight for column in table.columns if not column.is_number) or 1
    return [
        width if column.is_number else left * column.weight // weights
        for column, width in zip(table.columns, wanted, strict=True)
    ]


def _length(line: Line) -> int:
    return sum(len(run.text) + (5 if run.note else 0) for run in line)


def _mark_name(key: str) -> str:
    """A bookmark's name: letters, digits and underscores, at most forty."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in key)[:40]
