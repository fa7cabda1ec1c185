"""A file's bytes to a table of texts: CSV in the encodings that Swedish systems write, or one sheet of a workbook."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from samkraft.people.rules.imports import faults, workbooks
from samkraft.people.rules.imports.faults import Fault
from samkraft.values.refusal import Refused

LARGEST_MB = 2
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
MOST_ROWS = 2_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000
_SEPARATORS = (";", "\t", ",", "|")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = ("=", "@")  # a plus or a minus begins telephone numbers and dashes too; those run nowhere here


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file with its number there, the first being 1. As many cells as there are heads."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, the rows below them that have anything in them, and what is wrong with single cells."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(content: bytes, name: str, *, most_rows: int = MOST_ROWS) -> Table:
    """The table in a file. The first row that has anything in it holds the heads. Raises Refused with the way out."""
    if len(content) > LARGEST_BYTES:
        raise Refused(faults.TOO_LARGE, limit=LARGEST_MB)
    if not content.strip():
        raise Refused(faults.EMPTY)
    lines, wrong = _lines(content, name.casefold(), most_rows)
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) < 2:
        raise Refused(faults.EMPTY)
    if len(filled) - 1 > most_rows:
        raise Refused(faults.TOO_MANY_ROWS, limit=most_rows)
    heads = _trimmed(filled[0][1])[:MOST_COLUMNS]
    found: list[Fault] = [
        Fault(number, heads[place] if place < len(heads) else "", reason) for number, place, reason in wrong
    ]
    rows = []
    for number, cells in filled[1:]:
        found += _wrong(number, heads, cells)
        rows.append(Row(number, (*cells, *[""] * len(heads))[: len(heads)]))
    return Table(tuple(heads), tuple(rows), tuple(sorted(found, key=lambda fault: fault.row)))


def _lines(content: bytes, name: str, most_rows: int) -> tuple[list[tuple[int, list[str]]], list[workbooks.Wrong]]:
    if name.endswith(".xlsm") or name.endswith(".xlsb"):
        raise Refused(faults.MACROS)
    if content.startswith(b"PK\x03\x04") and name.endswith(".xlsx"):
        return workbooks.lines(content, most_rows=most_rows + 1)
    if content.startswith(_OLE) and name.endswith(".xlsx"):
        raise Refused(faults.BROKEN)  # this is how a workbook with a password looks
    if not name.endswith((".csv", ".txt", ".tsv")):
        raise Refused(faults.UNSUPPORTED, name=name[-60:])
    return _delimited(_decoded(content, name), most_rows), []


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else the older Windows alphabet and Latin-1."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
            return text
    raise Refused(faults.NOT_TEXT, name=name[-60:])


def _delimited(text: str, most_rows: int) -> list[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first) == 5:
        separator = first[4]
        text = text.replace(first, "", 1)
    else:
        separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=False)
    found: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            found.append((number, [_tidy(cell) for cell in cells]))
            if len(found) > 2 * most_rows + 100:
                raise Refused(faults.TOO_MANY_ROWS, limit=most_rows)
    except csv.Error:
        raise Refused(faults.BROKEN) from None
    return found


def _tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.replace("\u00a0", " ")).strip()


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _wrong(number: int, heads: list[str], cells: list[str]) -> list[Fault]:
    found = []
    if len(_trimmed(cells)) > len(heads):
        found.append(Fault(number, "", faults.TOO_MANY_CELLS))
    for head, cell in zip(heads, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            found.append(Fault(number, head, faults.TOO_LONG, {"most": LONGEST_CELL}))
        elif cell.startswith(_RUNS):
            found.append(Fault(number, head, faults.FORMULA))
    return found
