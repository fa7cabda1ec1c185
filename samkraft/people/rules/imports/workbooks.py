"""The one sheet of a workbook that has anything in it, as texts. Formulas are not worked out and macros never opened."""

import io
import unicodedata
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.cell.read_only import EmptyCell

from samkraft.people.rules.imports import faults
from samkraft.values.refusal import Reason, Refused

LARGEST_UNPACKED = 60 * 1024 * 1024
LARGEST_RATIO = 200
MOST_PARTS = 500
MOST_CELLS = 400_000
MOST_COLUMNS = 200

Wrong = tuple[int, int, Reason]  # the row's number, the column's place from 0, and what is wrong


def lines(content: bytes, *, most_rows: int) -> tuple[list[tuple[int, list[str]]], list[Wrong]]:
    """Rows with their numbers, and cells that hold something that is not read. Raises Refused."""
    _require_harmless(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=False)
    except Exception as error:  # the library raises whatever a broken part makes it stumble over
        raise Refused(faults.BROKEN) from error
    try:
        read = [(sheet.title, *_sheet(sheet, most_rows)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Refused:
        raise
    except Exception as error:  # as above: sheets are parsed when they are read
        raise Refused(faults.BROKEN) from error
    finally:
        book.close()
    filled = [one for one in read if one[1] or one[2]]
    if not filled:
        raise Refused(faults.EMPTY)
    if len(filled) > 1:
        raise Refused(faults.SEVERAL_SHEETS, sheets=", ".join(title for title, _found, _wrong in filled)[:200])
    return filled[0][1], filled[0][2]


def _require_harmless(content: bytes) -> None:
    """Raise Refused for macros, for what unpacks beyond reason, and for parts that declare entities of their own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if any(
                "vbaproject" in part.filename.casefold() or "macrosheets" in part.filename.casefold() for part in parts
            ):
                raise Refused(faults.MACROS)
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * len(content):
                raise Refused(faults.UNPACKS_TOO_LARGE)
            for part in parts:
                if part.filename.casefold().endswith((".xml", ".rels")) and _declares(packed.read(part)):
                    raise Refused(faults.BROKEN)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise Refused(faults.BROKEN) from error


def _declares(part: bytes) -> bool:
    """Whether a part has declarations of its own, or an alphabet in which they could not be seen. Spreadsheets write neither."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:400]


def _sheet(sheet: Any, most_rows: int) -> tuple[list[tuple[int, list[str]]], list[Wrong]]:
    found: list[tuple[int, list[str]]] = []
    wrong: list[Wrong] = []
    sheet.reset_dimensions()  # what a sheet says about its own size is not always true
    seen = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        seen += len(row)
        if seen > MOST_CELLS:
            raise Refused(faults.TOO_MANY_ROWS, limit=most_rows - 1)
        cells = [_text(cell) for cell in row]
        wrong += [(number, place, reason) for place, cell in enumerate(row) if (reason := _why_not(cell))]
        if any(cells):
            found.append((number, cells))
            if len(found) > most_rows:
                raise Refused(faults.TOO_MANY_ROWS, limit=most_rows - 1)
    return found, wrong


def _why_not(cell: Any) -> Reason | None:
    if isinstance(cell, EmptyCell):
        return None
    if cell.data_type == "f":
        return faults.FORMULA
    return faults.CELL_ERROR if cell.data_type == "e" else None


def _text(cell: Any) -> str:
    """What a person sees in the cell, but days and times always in one form. Nothing for what is not read."""
    value = None if isinstance(cell, EmptyCell) or _why_not(cell) else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return unicodedata.normalize("NFC", str(value).replace("\u00a0", " ")).strip()
