"""The door. `publish` takes people, the tables that are wanted and every earlier release, and gives what may be shown.

All tables over the same people go through together: two tables that are safe alone may give a person away side by side.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samkraft.analysis.disclosure import attack, suppression, tables, thresholds
from samkraft.analysis.disclosure.suppression import Why
from samkraft.analysis.disclosure.tables import Atoms, Cell, People, Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

HIDDEN = "–"

NOT_PUBLISHED = Reason("not_published", phrase("{cell} ingår inte i publiceringen."))
OTHER_CATEGORIES = Reason(
    "other_categories",
    phrase("Kolumnen {name} har kategorier i en tidigare publicering som saknas nu: {values}."),
    phrase("Ange alla kategorier (all_of), också dem som ingen har nu."),
)


OTHER_PEOPLE = Reason(
    "other_people",
    phrase("{cell} hade ett annat antal i en tidigare publicering. Då gäller den inte samma personer."),
    phrase("Lägg till en kolumn för tiden, så att de tidigare personerna går att skilja ut."),
)


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown. counts: cell → number, None where it is hidden; why: cell → reason for hiding it.

    tables by name; categories: what each column could hold. Keep it: the next release must be checked against it.
    """

    tables: tuple[Table, ...]
    categories: Mapping[str, tuple[str, ...]]
    counts: Mapping[Cell, int | None]
    why: Mapping[Cell, Why]

    def count(self, **where: str) -> int | None:
        """One number by column = category; None when it is hidden. Raises Refused when it is not in the release."""
        return self.at(Cell.of(where))

    def at(self, cell: Cell) -> int | None:
        """One number; None when it is hidden."""
        if cell not in self.counts:
            raise Refused(NOT_PUBLISHED, cell=suppression.words(cell))
        return self.counts[cell]

    def share(self, of: str, **where: str) -> float | None:
        """The share of a group that is in a category of column `of`. None unless both numbers are shown."""
        cell = Cell.of(where)
        part, whole = self.at(cell), self.at(cell.without(of))
        return None if part is None or not whole else part / whole

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table's cells with their margins; a hidden number is None. Summed-over columns are missing in the row."""
        table = next(one for one in self.tables if one.name == name)
        there = People({name: np.zeros(0, np.int64) for name in self.categories}, self.categories, frozenset())
        found = []
        for cell in tables.cells(table, there):
            split = {column: values[0] for column, values in cell.where if column in table.by}
            found.append({**split, "antal": self.counts[cell]})
        return found

    def csv(self, name: str) -> str:
        """A table as CSV, hidden numbers as a dash."""
        table = next(one for one in self.tables if one.name == name)
        out = io.StringIO()
        writer = csv.DictWriter(out, [*table.by, "antal"], restval="alla", lineterminator="\n")
        writer.writeheader()
        for row in self.rows(name):
            writer.writerow({**row, "antal": HIDDEN if row["antal"] is None else row["antal"]})
        return out.getvalue()

    def as_json(self) -> dict[str, Any]:
        """Everything needed to show it and to check the next release. Hidden numbers are not in it."""
        return {
            "tables": [
                {"name": one.name, "by": list(one.by), "only": {k: list(v) for k, v in one.only.items()}}
                for one in self.tables
            ],
            "categories": {name: list(values) for name, values in self.categories.items()},
            "cells": [
                {"where": {k: list(v) for k, v in cell.where}, "count": count, "why": self.why.get(cell)}
                for cell, count in self.counts.items()
            ],
        }  # fmt: skip


def from_json(stored: Mapping[str, Any]) -> Release:
    """A release as it was stored."""
    made = tuple(
        Table(one["name"], tuple(one["by"]), {k: tuple(v) for k, v in one["only"].items()}) for one in stored["tables"]
    )
    cells = [(Cell.of({k: tuple(v) for k, v in one["where"].items()}), one) for one in stored["cells"]]
    return Release(
        made, {name: tuple(values) for name, values in stored["categories"].items()},
        {cell: one["count"] for cell, one in cells}, {cell: one["why"] for cell, one in cells if one["why"]},
    )  # fmt: skip


def publish(there: People, wanted: Sequence[Table], earlier: Sequence[Release] = ()) -> Release:
    """What may be shown of the wanted tables, given all that has been shown. Raises Refused when that is impossible."""
    system, _ = _system(there, wanted, earlier)
    ours = {cell for cell, mine in zip(system.cells, system.ours, strict=True) if mine}
    hidden = {
        place: why
        for place, why in suppression.primary(system.cells, system.values, there).items()
        if system.ours[place] and not system.fixed[place]
    }
    # What was hidden before stays hidden: else the earlier release's other hidden numbers can be worked out.
    needs = np.full(len(system.cells), thresholds.NARROWEST)
    before = {cell for release in earlier for cell, count in release.counts.items() if count is None}
    for place, cell in enumerate(system.cells):
        if cell in before and not system.fixed[place]:
            hidden.setdefault(place, "protects")
    chosen = suppression.complete(system, hidden, needs)
    counts = {
        cell: round(value) for cell, value in zip(system.cells, system.values.tolist(), strict=True) if cell in ours
    }
    why: dict[Cell, Why] = {system.cells[place]: reason for place, reason in chosen.items() if system.ours[place]}
    used = {name for table in wanted for name in (*table.by, *table.only)}
    return Release(
        tuple(wanted), {name: there.categories[name] for name in sorted(used)},
        {cell: None if cell in why else count for cell, count in counts.items()}, why,
    )  # fmt: skip


def _system(there: People, wanted: Sequence[Table], earlier: Sequence[Release]) -> tuple[suppression.System, Atoms]:
    """All cells that an attacker may hold, with this release's last: a hidden one of an earlier release is there too."""
    Atoms(
        {name: there.categories[name] for table in wanted for name in (*table.by, *table.only) if name in there.columns}
    )
    ours = dict.fromkeys(cell for table in wanted for cell in tables.cells(table, there))
    shown = {cell: count for release in earlier for cell, count in release.counts.items()}
    for release in earlier:
        for name, there_then in release.categories.items():
            gone = set(there_then) - set(there.categories.get(name, ()))
            if gone:
                raise Refused(OTHER_CATEGORIES, name=name, values=", ".join(sorted(gone)))
    cells = tuple(dict.fromkeys([*shown, *ours]))
    used = {name for cell in cells for name, _ in cell.where}
    atoms = Atoms({name: there.categories[name] for name in used})
    members = tuple(atoms.members(cell) for cell in cells)
    held = atoms.counts(there)
    values = np.array([held[one].sum() for one in members])
    for cell, true in zip(cells, values.tolist(), strict=True):
        if shown.get(cell, true) not in (None, true):
            raise Refused(OTHER_PEOPLE, cell=suppression.words(cell))
    fixed = np.array([shown.get(cell) is not None for cell in cells])
    mine = np.array([cell in ours for cell in cells])
    return suppression.System(cells, members, values, fixed, mine, atoms.many), atoms


def audit(
    there: People, release: Release, earlier: Sequence[Release] = (), *, enough: float = np.inf
) -> dict[Cell, tuple[float, float]]:
    """What the reader can work out: for each hidden cell of this and earlier releases, the least and the most it can be.

    With everything shown, in this release and all earlier ones, as equations. Needs the people, for the true numbers.
    `enough`: a range that is seen to be so wide is not followed to its ends.
    """
    every = [*earlier, release]
    system, _ = _system(there, (), every)
    known = system.fixed
    hidden = [place for place in range(len(system.cells)) if not known[place]]
    found = attack.ranges(system.members, system.values, system.atoms, known, hidden, enough=enough)
    return {system.cells[place]: (float(one[0]), float(one[1])) for place, one in zip(hidden, found, strict=True)}


def primary_only(there: People, wanted: Sequence[Table]) -> Release:
    """What a careless release looks like: small numbers left out, and nothing else. For showing how it breaks."""
    system, _ = _system(there, wanted, ())
    hidden = suppression.primary(system.cells, system.values, there)
    why: dict[Cell, Why] = {system.cells[place]: reason for place, reason in hidden.items()}
    counts = {
        cell: None if cell in why else round(value)
        for cell, value in zip(system.cells, system.values.tolist(), strict=True)
    }
    used = {name for table in wanted for name in (*table.by, *table.only)}
    return Release(tuple(wanted), {name: there.categories[name] for name in sorted(used)}, counts, why)
