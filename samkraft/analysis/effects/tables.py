"""Read a file of rows, only the columns that are asked for, and say what is wrong with them.

CSV (comma, semicolon or tab; decimal comma too) and Parquet. Text must be UTF-8: a wrong guess would give names and
categories that look fine and are not.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

if TYPE_CHECKING:  # types only: the package is heavy and imported where it is used
    import polars

MISSING = ["", "NA", "NaN", "nan", "N/A", "null", "."]
MOST_ROWS = 50_000_000  # some ten columns of these fit in the memory of an ordinary server
LARGEST = 1e100  # squares of larger numbers do not fit
SEPARATORS = ";\t,"
INFINITE = ("inf", "-inf", "+inf", "infinity", "-infinity", "+infinity")

NO_FILE = Reason("no_file", phrase("Filen {name} finns inte."))
EMPTY = Reason("empty_file", phrase("Filen {name} har inga rader."))
NOT_UTF8 = Reason(
    "not_utf8",
    phrase("Filen {name} är inte skriven i UTF-8 (tecknet på plats {place} går inte att läsa)."),
    phrase("Spara om den som CSV UTF-8."),
)
UNREADABLE = Reason("unreadable_file", phrase("Filen {name} går inte att läsa som en tabell: {why}"))
NO_COLUMN = Reason("no_column", phrase("Kolumnen {name} finns inte i filen."), phrase("Kolumner som finns: {there}."))
TWICE = Reason("column_twice", phrase("Kolumnen {name} finns flera gånger i filen."), phrase("Byt namn på en av dem."))
INFINITE_VALUE = Reason(
    "infinite_value",
    phrase("Kolumnen {name} innehåller oändliga värden (rad {row})."),
    phrase("Rätta eller ta bort de raderna."),
)
NOT_NUMBERS = Reason(
    "not_numbers",
    phrase("Kolumnen {name} ska vara tal, men på rad {row} står ”{value}”."),
    phrase("Rätta värdet, eller lämna det tomt om det är okänt."),
)
HUGE_VALUE = Reason(
    "huge_value", phrase("Kolumnen {name} har ett orimligt stort värde på rad {row}."), phrase("Rätta det.")
)
ALL_MISSING = Reason("all_missing", phrase("Kolumnen {name} är tom på alla rader."))
TOO_MANY_ROWS = Reason(
    "too_many_rows",
    phrase("Filen har {rows} rader; gränsen är {limit}."),
    phrase("Dra ett slumpmässigt urval, eller räkna i delar."),
)


class Table:
    """Named columns of equal length, as they stood in the file."""

    def __init__(self, frame: "polars.DataFrame") -> None:
        self.frame = frame

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.frame.height

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as numbers; missing is NaN. Raises Refused for text, infinities and a column without values."""
        import polars

        column = self._column(name)
        if column.dtype == polars.String:
            column = self._from_text(column, name)
        elif column.dtype == polars.Boolean or column.dtype.is_temporal():
            column = column.cast(polars.Int64)
        if not column.dtype.is_numeric():
            raise Refused(NOT_NUMBERS, name=name, row=2, value=column[0])
        values = column.cast(polars.Float64).to_numpy().astype(float, copy=True)
        endless = np.flatnonzero(np.isinf(values))
        if len(endless):
            raise Refused(INFINITE_VALUE, name=name, row=int(endless[0]) + 2)
        if np.nanmax(np.abs(values), initial=0.0) > LARGEST:
            raise Refused(HUGE_VALUE, name=name, row=int(np.nanargmax(np.abs(values))) + 2)
        if np.isnan(values).all():
            raise Refused(ALL_MISSING, name=name)
        return values

    def categories(self, name: str) -> tuple[NDArray[np.int64], list[str]]:
        """A column as categories: each row's place (n, -1 where missing) in the sorted list of values that there are.

        Whole numbers lose their decimals (1.0 is "1"); values that are all numbers are sorted as numbers.
        """
        import polars

        column = self._column(name)
        if column.dtype == polars.String and column.str.contains(",", literal=True).any() and not self.is_text(name):
            column = self._from_text(column, name)
        if column.dtype.is_float():
            whole = column.drop_nulls().drop_nans()
            column = column.fill_nan(None)
            if (whole == whole.round()).all() and not whole.is_infinite().any():
                column = column.cast(polars.Int64)
        words = column.cast(polars.Int64) if column.dtype == polars.Boolean else column
        if not words.dtype.is_integer():
            words = words.cast(polars.String).str.strip_chars()
            words = words.set(words.is_in(MISSING), None)
        there = sorted((str(value) for value in words.unique().drop_nulls()), key=_order)
        places = words.cast(polars.String).replace_strict(there, list(range(len(there))), default=-1) if there else None
        if places is None:
            raise Refused(ALL_MISSING, name=name)
        return places.fill_null(-1).to_numpy().astype(np.int64), there

    def is_text(self, name: str) -> bool:
        """Whether a column holds words rather than numbers."""
        import polars

        column = self._column(name)
        if column.dtype != polars.String:
            return False
        try:
            self._from_text(column, name)
        except Refused as refusal:
            if refusal.reason is NOT_NUMBERS:
                return True
            raise
        return False

    def _column(self, name: str) -> "polars.Series":
        if name not in self.frame.columns:
            raise Refused(NO_COLUMN, name=name, there=", ".join(self.frame.columns[:40]))
        return self.frame[name]

    def _from_text(self, column: "polars.Series", name: str) -> "polars.Series":
        """Text to numbers, with decimal comma; the first value that is no number is named."""
        import polars

        tidy = column.str.strip_chars()
        tidy = tidy.set(tidy.is_in(MISSING), None)
        values = tidy.str.replace(",", ".", literal=True).cast(polars.Float64, strict=False)
        wrong = (values.is_null() & tidy.is_not_null()) | tidy.str.to_lowercase().is_in(INFINITE)
        if wrong.any():
            row = int(wrong.arg_max() or 0)
            if tidy[row].lower() in INFINITE:
                raise Refused(INFINITE_VALUE, name=name, row=row + 2)
            raise Refused(NOT_NUMBERS, name=name, row=row + 2, value=tidy[row])
        return values


def _order(word: str) -> tuple[float, str]:
    try:
        return float(word), word
    except ValueError:
        return float("inf"), word


def of(columns: dict[str, Any]) -> Table:
    """A table from arrays or lists by name: the door for a notebook. A data frame's `to_dict("list")` fits too."""
    import polars

    frame = polars.DataFrame(
        {name: polars.Series(name, list(values), strict=False) for name, values in columns.items()}
    )
    if not frame.height:
        raise Refused(EMPTY, name="")
    return Table(frame)


def read(path: Path, wanted: Iterable[str]) -> Table:
    """Read the wanted columns of a file. Raises Refused with what is wrong and what to do about it."""
    import polars

    if not path.is_file():
        raise Refused(NO_FILE, name=path.name)
    if not path.stat().st_size:
        raise Refused(EMPTY, name=path.name)
    names = list(dict.fromkeys(wanted))
    try:
        is_parquet = path.suffix.lower() == ".parquet"
        frame = _chosen(polars.scan_parquet(path), names) if is_parquet else _csv(path, names)
    except (polars.exceptions.PolarsError, OSError) as fault:
        raise Refused(UNREADABLE, name=path.name, why=str(fault).splitlines()[0][:200]) from fault
    if not frame.height:
        raise Refused(EMPTY, name=path.name)
    if frame.height > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS, rows=frame.height, limit=MOST_ROWS)
    return Table(frame)


def _chosen(rows: "polars.LazyFrame", names: list[str]) -> "polars.DataFrame":
    there = rows.collect_schema().names()
    for name in names:
        if name not in there:
            raise Refused(NO_COLUMN, name=name, there=", ".join(there[:40]))
    return rows.select(names).collect()


def _csv(path: Path, names: list[str]) -> "polars.DataFrame":
    import polars

    with path.open("rb") as file:
        first = file.readline().rstrip(b"\r\n")
    _refuse_wrong_encoding(path)
    heading = first.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    separator = max(SEPARATORS, key=heading.count)
    # Also of columns that nobody asks for: the reader would call the second one something that stands nowhere in the file.
    headings = [word.strip() for word in next(csv.reader([heading], delimiter=separator), [])]
    for name in filter(None, headings):
        if headings.count(name) > 1:
            raise Refused(TWICE, name=name)

    def scanned(looked: int | None) -> "polars.LazyFrame":
        return polars.scan_csv(
            path, separator=separator, null_values=MISSING, infer_schema_length=looked, encoding="utf8"
        )

    try:
        return _chosen(scanned(10_000), names)
    except polars.exceptions.ComputeError:
        return _chosen(scanned(None), names)  # a column turned into text late in the file


def _refuse_wrong_encoding(path: Path) -> None:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    place = 0
    with path.open("rb") as file:
        while part := file.read(1 << 22):
            try:
                decoder.decode(part)
            except UnicodeDecodeError as fault:
                raise Refused(NOT_UTF8, name=path.name, place=place + fault.start + 1) from fault
            if b"\0" in part:
                raise Refused(NOT_UTF8, name=path.name, place=place + part.index(b"\0") + 1)
            place += len(part)
