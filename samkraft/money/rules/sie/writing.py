"""A book as the bytes of a SIE file. The same book gives the same bytes."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from samkraft.money.rules.sie.book import Book, Entry, Row

ENCODING = "cp437"
_NEAR = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "”": '"', "“": '"', "’": "'", "…": "...", "§": "par.", "\u00a0": " ", "\u202f": " "}
)


class Unbalanced(ValueError):
    """A voucher whose rows do not sum to zero was about to be written: a fault of ours, never of the reader's."""


def write(book: Book) -> bytes:
    """The whole file, with the line ends that the format asks for."""
    return "".join(f"{line}\r\n" for line in _lines(book)).encode(ENCODING)


def _lines(book: Book) -> Iterable[str]:
    yield "#FLAGGA 0"
    yield f"#PROGRAM {_quoted(book.program)} 1"
    yield "#FORMAT PC8"
    yield f"#GEN {_day(book.made)}"
    yield f"#SIETYP {book.kind}"
    if book.organisation_number:
        yield f"#ORGNR {book.organisation_number}"
    yield f"#FNAMN {_quoted(book.company)}"
    yield f"#RAR 0 {_day(book.year[0])} {_day(book.year[1])}"
    yield "#VALUTA SEK"
    for number, name in sorted(book.accounts.items()):
        yield f"#KONTO {number} {_quoted(name)}"
    for dimension, name in sorted(book.dimensions.items()):
        yield f"#DIM {dimension} {_quoted(name)}"
    for (dimension, code), name in sorted(book.objects.items()):
        yield f"#OBJEKT {dimension} {_quoted(code)} {_quoted(name)}"
    for entry in book.entries:
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterable[str]:
    if sum(row.amount_ore for row in entry.rows):
        raise Unbalanced(f"{entry.series} {entry.number}")
    head = f"#VER {_quoted(entry.series)} {_quoted(entry.number)} {_day(entry.day)} {_quoted(entry.text)}"
    yield f"{head} {_day(entry.registered)}" if entry.registered else head
    yield "{"
    for row in entry.rows:
        yield f"   {_row(row)}"
    yield "}"


def _row(row: Row) -> str:
    objects = " ".join(f"{dimension} {_quoted(code)}" for dimension, code in sorted(row.objects.items()))
    told = f"#TRANS {row.account} {{{objects}}} {_amount(row.amount_ore)}"
    if row.text:
        return f"{told} {_day(row.day) if row.day else chr(34) * 2} {_quoted(row.text)}"
    return f"{told} {_day(row.day)}" if row.day else told


def _amount(ore: int) -> str:
    whole, fraction = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole}.{fraction:02}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _quoted(text: str) -> str:
    """A text in quotation marks, in letters that the code page has. Line breaks and other control marks become spaces."""
    plain = "".join(" " if unicodedata.category(mark) == "Cc" else mark for mark in text.translate(_NEAR))
    plain = "".join(_in_page(mark) for mark in plain)
    return '"' + " ".join(plain.split()).replace("\\", "/").replace('"', '\\"') + '"'


def _in_page(mark: str) -> str:
    """The mark itself, else without its accent, else a question mark."""
    for one in (mark, unicodedata.normalize("NFKD", mark)[:1]):
        try:
            one.encode(ENCODING)
        except UnicodeEncodeError:
            continue
        return one
    return "?"
