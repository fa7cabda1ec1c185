"""A table as a file, equal to what the screen shows: CSV for anybody's program, XLSX for spreadsheets.

Amounts are kept in öre by us and written in kronor. Text that a spreadsheet would run as a formula is made harmless.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samkraft.partners.rules.errands import File

CSV, XLSX = "csv", "xlsx"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its Swedish name, and what its cells are: `text`, `ore` (written in kronor), `number` or `date`."""

    name: str
    kind: str = "text"


def wanted(request: Any) -> str:
    """Which file the address asks for (`?fil=csv` or `?fil=xlsx`); empty when it asks for the page."""
    asked = request.GET.get("fil", "")
    return asked if asked in _TYPES else ""


def answer(
    file: str, name: str, heads: Sequence[Head], rows: Iterable[Sequence[object]]
) -> HttpResponse | StreamingHttpResponse:
    """The table as a file to save. Rows are read inside the page's own transaction."""
    return as_attachment(made(file, name, heads, rows))


def made(file: str, name: str, heads: Sequence[Head], rows: Iterable[Sequence[object]], basis: str = "") -> File:
    """The table as a file that is kept for a while, when it was made beside the pages."""
    content: bytes = b"".join(as_csv(heads, rows)) if file == CSV else as_xlsx(heads, rows)
    stamp = timezone.localdate().isoformat()
    return File(f"{slugify(name) or 'tabell'}-{stamp}.{file}", _TYPES[file], content, basis)


def as_attachment(file: File) -> HttpResponse:
    """A file to save."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def as_csv(heads: Sequence[Head], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Semicolons, decimal commas and a mark that it is UTF-8: what spreadsheets in Swedish expect."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_(head.name) for head in heads])
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow([_written(head, cell) for head, cell in zip(heads, row, strict=True)])
        if buffer.tell() > 65_536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def as_xlsx(heads: Sequence[Head], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with a frozen head. Written row by row, so that a long table does not fill the memory."""
    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        formats = {
            "ore": book.add_format({"num_format": "#,##0.##"}),
            "number": book.add_format({"num_format": "#,##0"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, _(head.name), bold)
        for number, row in enumerate(rows, start=1):
            for column, (head, cell) in enumerate(zip(heads, row, strict=True)):
                _write(sheet, number, column, head, cell, formats)
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, head: Head, cell: object, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        if head.kind in {"ore", "number"} and cell is None:
            sheet.write_string(row, column, _("okänt"))
    elif head.kind == "ore" and isinstance(cell, int):
        whole, fraction = divmod(abs(cell), 100)
        value = whole + fraction / 100 if fraction else whole
        sheet.write_number(row, column, -value if cell < 0 else value, formats["ore"])
    elif head.kind == "number" and isinstance(cell, int | float):
        sheet.write_number(row, column, cell, formats["number"])
    elif head.kind == "date" and isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["date"])  # noqa: DTZ001 - a cell has no time zone
    else:
        sheet.write_string(row, column, str(cell))


def _written(head: Head, cell: object) -> str:
    """A cell as text for CSV."""
    if cell is None:
        return _("okänt") if head.kind in {"ore", "number"} else ""
    if head.kind == "ore" and isinstance(cell, int):
        whole, fraction = divmod(abs(cell), 100)
        return f"{'-' if cell < 0 else ''}{whole}{f',{fraction:02}' if fraction else ''}"
    if head.kind == "number":
        return str(cell).replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(str(cell))


def harmless(text: str) -> str:
    """Text that begins as a formula gets an apostrophe first, which spreadsheets show as plain text."""
    return f"'{text}" if text.startswith(_RUNS) else text
