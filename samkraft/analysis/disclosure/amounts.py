"""Kronor by group: an amount is hidden when one receiver could work out nearly what another got (the p %-rule).

With the largest known to himself, the second largest can subtract: what is left must be at least p % of the largest.
What must be hidden to protect it is found as for counts, in the same programme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import suppression, tables, thresholds
from samkraft.analysis.disclosure.suppression import Why
from samkraft.analysis.disclosure.tables import Atoms, Cell, People, Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NEGATIVE = Reason("negative_amount", phrase("Regeln för belopp gäller bara belopp som inte är negativa."))


@dataclass(frozen=True, slots=True)
class Amounts:
    """amounts: cell → öre, None where it is hidden; why: cell → reason."""

    amounts: Mapping[Cell, int | None]
    why: Mapping[Cell, Why]


def lacking(parts: NDArray[np.int64]) -> float:
    """How far the p %-rule is from being kept, in öre: nought when it is. parts: what each receiver got in the cell."""
    largest = np.sort(parts[parts > 0])[::-1]
    if not len(largest):
        return 0.0
    if len(largest) < thresholds.FEWEST_PAYERS:
        return float(largest[0]) * thresholds.DOMINANCE_PERCENT / 100
    rest = float(largest[2:].sum())
    return max(0.0, float(largest[0]) * thresholds.DOMINANCE_PERCENT / 100 - rest)


def publish(there: People, ore: NDArray[np.int64], wanted: Sequence[Table]) -> Amounts:
    """What may be shown of the sums of `ore` (n, öre) in the wanted tables. One row of `there` is one receiver."""
    if (ore < 0).any():
        raise Refused(NEGATIVE)
    cells = tuple(dict.fromkeys(cell for table in wanted for cell in tables.cells(table, there)))
    atoms = Atoms({name: there.categories[name] for cell in cells for name, _ in cell.where})
    members = tuple(atoms.members(cell) for cell in cells)
    flat = (
        np.ravel_multi_index([there.columns[name] for name in atoms.names], atoms.shape)
        if atoms.names
        else np.zeros(len(ore), int)
    )
    short = np.array([lacking(ore[np.isin(flat, one)]) for one in members])
    totals = np.array([float(ore[np.isin(flat, one)].sum()) for one in members])
    scale = max(1.0, float(totals.max(initial=1.0)) / 1e6)  # the solver's tolerance is absolute
    hidden: dict[int, Why] = dict.fromkeys(np.flatnonzero(short > 0).tolist(), "dominated")
    everything = np.ones(len(cells), bool)
    system = suppression.System(cells, members, totals / scale, ~everything, everything, atoms.many)
    needs = np.where(short > 0, short, totals * thresholds.DOMINANCE_PERCENT / 100) / scale
    chosen = suppression.complete(system, hidden, needs, upwards=True)
    why: dict[Cell, Why] = {cells[place]: reason for place, reason in chosen.items()}
    shown = {cell: None if cell in why else int(total) for cell, total in zip(cells, totals, strict=True)}
    return Amounts(shown, why)
