"""Which accounts of the economy system our book's accounts become, and which rows its accounts become here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.sie.book import PROJECT, Book, Row

# What a file gets until the city has said its own numbers: in the class of the base chart, and marked as assumed.
ASSUMED = {
    AccountKind.COUNCIL: ("1690", "Kommunfullmäktige, avsatt"),
    AccountKind.APPROPRIATION: ("1691", "Anslag till förfogande"),
    AccountKind.FRAME: ("1692", "Nämnders medel"),
    AccountKind.RECEIVER: ("4510", "Lämnade bidrag"),
}


@dataclass(frozen=True, slots=True)
class Range:
    """Accounts from one number to another, and the row that they belong to; None: left out on purpose."""

    first: str
    last: str
    kind: RowKind | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of a voucher that belongs to the project, and the row of its budget; None: left out on purpose."""

    reference: str
    row: Row
    text: str
    kind: RowKind | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The project's rows in a file, and the accounts that nobody has said where they belong: number, name, öre."""

    taken: tuple[Taken, ...]
    unknown: tuple[tuple[str, str, int], ...]


def kind_of(account: str, ranges: Iterable[Range]) -> Range | None:
    """The narrowest range that holds the account. Numbers are compared digit by digit, so 46 holds 4610."""
    found = [one for one in ranges if one.first <= account[: len(one.first)] and account[: len(one.last)] <= one.last]
    return max(found, key=lambda one: (len(one.first), one.first), default=None)


def sort(book: Book, code: str, ranges: Iterable[Range]) -> Sorted:
    """The rows that carry the project's code. Balance accounts of a voucher carry no project, so they stay out."""
    known = tuple(ranges)
    taken: list[Taken] = []
    unknown: dict[str, int] = {}
    for entry in book.entries:
        for place, row in enumerate(entry.rows, start=1):
            if row.objects.get(PROJECT) != code or not row.amount_ore:
                continue
            found = kind_of(row.account, known)
            if found is None:
                unknown[row.account] = unknown.get(row.account, 0) + row.amount_ore
                continue
            day = row.day or entry.day
            reference = f"{entry.day.year}-{entry.series}{entry.number}-{place}"
            taken.append(
                Taken(reference, Row(row.account, row.amount_ore, row.objects, day), row.text or entry.text, found.kind)
            )
    return Sorted(tuple(taken), _named(unknown, book.accounts))


def _named(sums: Mapping[str, int], names: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((number, names.get(number, ""), sums[number]) for number in sorted(sums))
