"""What a SIE file holds: who and when, accounts, dimensions with objects, and vouchers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

COST_CENTRE, PROJECT = 1, 6  # numbers that the format itself gives a meaning
OWN = 20  # from here a program names its own dimensions


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a voucher: debit above zero, credit below, in öre. `objects` gives an object per dimension."""

    account: str
    amount_ore: int
    objects: Mapping[int, str] = field(default_factory=dict)
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A voucher. Its rows sum to zero."""

    series: str
    number: str
    day: date
    text: str
    rows: tuple[Row, ...]
    registered: date | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A whole file. `year` is the accounting year's first and last day."""

    company: str
    organisation_number: str
    year: tuple[date, date]
    made: date
    accounts: Mapping[str, str]
    dimensions: Mapping[int, str]
    objects: Mapping[tuple[int, str], str]
    entries: tuple[Entry, ...]
    program: str = "Samkraft"
    kind: str = "4"
