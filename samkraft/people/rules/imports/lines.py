"""A row's cells read one by one, so that everything that is wrong with the row is told at once."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from samkraft.people.rules.imports import faults
from samkraft.people.rules.imports.faults import Fault
from samkraft.people.rules.imports.shapes import Matched
from samkraft.people.rules.imports.tables import Row, Table
from samkraft.values.refusal import Reason, Refused

T = TypeVar("T")


@dataclass(slots=True)
class Line:
    """One row on its way to become something; `faults` fills up as cells are read."""

    number: int
    values: dict[str, str]
    matched: Matched
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str, *, needed: bool = False) -> str:
        """A cell's text; empty when nothing is there, which is a fault when it is needed."""
        text = self.values.get(name, "")
        if needed and not text and not any(fault.column == self.matched.head(name) for fault in self.faults):
            self.wrong(name, faults.MISSING)
        return text

    def take(self, name: str, read: Callable[[str], T], *, needed: bool = False) -> T | None:
        """A cell as something else than text; None when it is empty or cannot be read."""
        text = self.text(name, needed=needed)
        if not text or any(fault.column == self.matched.head(name) for fault in self.faults):
            return None
        try:
            return read(text)
        except Refused as refusal:
            self.faults.append(faults.of(self.number, self.matched.head(name), refusal))
            return None

    def wrong(self, name: str, reason: Reason, **details: object) -> None:
        """Something is wrong with a cell, or with the whole row when `name` is empty."""
        self.faults.append(Fault(self.number, self.matched.head(name) if name else "", reason, details))


def lines(table: Table, matched: Matched) -> list[Line]:
    """The rows of a table, with the faults that the file itself has and those of rows that are repeated word by word."""
    found = []
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        line = Line(row.number, matched.values(row.cells), matched)
        line.faults += [fault for fault in table.faults if fault.row == row.number]
        first = seen.setdefault(_folded(row), row.number)
        if first != row.number:
            line.wrong("", faults.SAME_ROW, row=first)
        found.append(line)
    return found


def say_repeated(lines_and_keys: Sequence[tuple[Line, Hashable | None]], name: str, reason: Reason) -> None:
    """Add a fault to every row whose key stood on a row before it. Rows that are repeated word by word have theirs already."""
    seen: dict[Hashable, int] = {}
    for line, key in lines_and_keys:
        if key is None:
            continue
        first = seen.setdefault(key, line.number)
        if first != line.number and not any(fault.reason is faults.SAME_ROW for fault in line.faults):
            line.wrong(name, reason, row=first)


def _folded(row: Row) -> tuple[str, ...]:
    return tuple(cell.casefold() for cell in row.cells)
