"""Columns made ready: ones first, the others with mean nought and standard deviation one.

Predictions do not change by that; the sums lose fewer digits, so that a square beside its root gives the same answer
as a slower, safer decomposition.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import passes
from samkraft.analysis.effects.passes import Floats
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

CONSTANT = Reason(
    "constant_column",
    phrase("Kolumnen {name} har samma värde på alla rader."),
    phrase("Ta bort den ur bakgrundsvariablerna."),
)
COLLINEAR = Reason(
    "collinear_columns",
    phrase("Kolumnen {name} är helt bestämd av de andra bakgrundsvariablerna."),
    phrase("Ta bort en av dem."),
)
NOT_A_NUMBER = Reason(
    "not_finite", phrase("Kolumnen {name} innehåller oändliga värden."), phrase("Rätta eller ta bort de raderna.")
)
DEPENDENT = 1e-9  # share of a column's variance that the others may leave unexplained before it is called dependent


@dataclass(frozen=True, slots=True)
class Design:
    """columns (k, n) standardised with ones first; names (k); middles and scales (k) bring coefficients home."""

    columns: Floats
    names: tuple[str, ...]
    middles: Floats
    scales: Floats


def made(values: Sequence[Floats], names: Sequence[str], rows: int) -> Design:
    """Stack and standardise. Raises Refused for a column that is constant, not finite, or decided by the others."""
    columns = np.empty((len(values) + 1, rows))
    columns[0] = 1.0
    middles, scales = np.zeros(len(values) + 1), np.ones(len(values) + 1)
    found = passes.standardise(values, columns[1:])
    for place, name in enumerate(names, start=1):
        middle, scale = found[place - 1]
        if not np.isfinite(middle):
            raise Refused(NOT_A_NUMBER, name=name)
        if scale <= 1e-13 * max(1.0, abs(middle)):
            raise Refused(CONSTANT, name=name)
        middles[place], scales[place] = middle, scale
    _refuse_dependent(columns, names)
    return Design(columns, ("1", *names), middles, scales)


def _refuse_dependent(columns: Floats, names: Sequence[str]) -> None:
    rows = columns.shape[1]
    stride = max(1, rows // 50_000)
    some = columns[:, ::stride] if stride > 1 else columns
    gram = some @ some.T / some.shape[1]
    factor = np.zeros_like(gram)
    for i in range(len(gram)):  # Cholesky by hand: the pivot that vanishes names the column
        for j in range(i):
            factor[i, j] = (gram[i, j] - factor[i, :j] @ factor[j, :j]) / factor[j, j]
        left = gram[i, i] - factor[i, :i] @ factor[i, :i]
        if left < DEPENDENT * max(gram[i, i], 1e-12):
            if stride > 1:  # a rare value may be missing from the part: ask all rows
                return _refuse_dependent_whole(columns, names)
            raise Refused(COLLINEAR, name=names[i - 1])
        factor[i, i] = np.sqrt(left)
    return None


def _refuse_dependent_whole(columns: Floats, names: Sequence[str]) -> None:
    gram = columns @ columns.T / columns.shape[1]
    values, vectors = np.linalg.eigh(gram)
    if values[0] < DEPENDENT:
        raise Refused(COLLINEAR, name=names[max(0, int(np.abs(vectors[1:, 0]).argmax()))])
