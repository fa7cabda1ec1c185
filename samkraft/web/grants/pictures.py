"""Pictures of grants: how much has gone out of each, how outcomes met targets, how much of a ceiling is used.

Plain numbers for bars; the templates draw them as wide as there is room, with words of the page's own size beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samkraft.money.queries.grants.grant_reports import MeasureYears
from samkraft.money.queries.grants.grants_given import GrantRow
from samkraft.web import figures

WIDTH = 760


@dataclass(frozen=True, slots=True)
class Bar:
    """One grant as a bar: how wide each part is."""

    label: str
    note: str
    whole: float
    paid: float
    prepared: float
    back: float
    amount_ore: int
    paid_ore: int
    is_known: bool


def bars(rows: Sequence[GrantRow]) -> list[Bar]:
    """A bar for each grant on one scale, largest first."""
    largest = max((row.amount_ore for row in rows), default=0)
    made = []
    for row in sorted(rows, key=lambda one: -one.amount_ore):
        unit = WIDTH / largest
        made.append(
            Bar(
                label=row.organisation,
                note=row.performer or row.title,
                whole=round(row.amount_ore * unit, 1),
                paid=round(row.paid_ore * unit, 1),
                prepared=round(row.prepared_ore * unit, 1),
                back=round(row.recovered_ore * unit, 1),
                amount_ore=row.amount_ore,
                paid_ore=row.paid_ore,
                is_known=row.has_decision,
            )
        )
    return made


@dataclass(frozen=True, slots=True)
class Mark:
    """A year of a measure: the outcome as a bar, the target as a line across."""

    year: int
    outcome: float
    outcome_value: Decimal | None
    target: float | None
    target_value: Decimal | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as a small picture of its own scale."""

    label: str
    marks: tuple[Mark, ...]


def measures(rows: Sequence[MeasureYears]) -> list[Measure]:
    """A small picture for each measure that has something to show."""
    found = []
    for row in rows:
        values = [
            value for cell in row.years.values() for value in (cell.target, cell.target_upper, cell.outcome) if value
        ]
        if not values:
            continue
        unit = 300 / float(max(values))
        marks = tuple(
            Mark(
                year,
                round(float(cell.outcome or 0) * unit, 1),
                cell.outcome,
                round(float(cell.target) * unit, 1) if cell.target else None,
                cell.target,
                None if cell.share is None else cell.share >= 1,
            )
            for year, cell in row.years.items()
        )
        found.append(Measure(row.label, marks))
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """An outcome as a share of its target: a bar that ends where the drawing does when it is more than twice the target."""

    label: str
    width: float
    percent: str
    is_met: bool


FULL = 280  # where the target is; twice as far is as far as a bar reaches


def shares(rows: Sequence[tuple[str, Decimal | None, bool | None]]) -> list[Share]:
    """A bar for each (label, share of the target, whether it is met) whose share is known."""
    found = []
    for label, share, is_met in rows:
        if share is None:
            continue
        width = round(min(float(share), 2.0) * FULL, 1)
        found.append(Share(label, width, figures.percent(share * 100 // 1 / 100, 0), bool(is_met)))
    return found
