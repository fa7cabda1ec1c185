"""Rows put in cells, counted, and the median of each cell, compiled: one pass each, in the order in which the rows come.

A cell is a whole number from nought; whoever is in none is put in a last one that is thrown away, so that no pass has to
ask. Rows that come with those of one cell near each other keep what is written near, too: then a pass costs about a
nanosecond for each row. The kernels let go of the interpreter's lock.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

DAYS = 1 << 16
NOWHERE = -(1 << 30)
"""Added to anything, it is still less than nought."""


def by_day(first_cell_of: NDArray[Any]) -> NDArray[np.int32]:
    """A table from a day (int16, also less than nought) to its cell. first_cell_of: day → cell or less than nought (n ≤ 2¹⁵).

    Days beyond it, and those less than nought, lead nowhere.
    """
    table = np.full(DAYS, NOWHERE, np.int32)
    table[: len(first_cell_of)] = np.where(first_cell_of >= 0, first_cell_of, NOWHERE)
    return table


@njit(nogil=True, cache=True, error_model="numpy")
def place(
    base: NDArray[np.int32], day: NDArray[np.int16], among: NDArray[np.bool_], table: NDArray[np.int32], cells: int
) -> NDArray[np.int32]:  # pragma: no cover - compiled
    """The cell of each row (n): base and its day's together; `cells` for those not among them and those nowhere."""
    found = np.empty(len(day), np.int32)
    for row in range(len(day)):
        cell = base[row] + table[np.int64(day[row]) & (DAYS - 1)]
        cell = cell if among[row] else np.int32(-1)
        found[row] = cell if cell >= 0 else cells
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def count(cell: NDArray[np.int32], cells: int) -> NDArray[np.int32]:  # pragma: no cover - compiled
    """How many rows are in each cell (cells + 1, the last thrown away)."""
    found = np.zeros(cells + 1, np.int32)
    for row in range(len(cell)):
        found[np.uint32(cell[row])] += 1
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def count_those(
    cell: NDArray[np.int32], met: NDArray[np.bool_], cells: int
) -> NDArray[np.int32]:  # pragma: no cover - compiled
    """How many rows in each cell have met it (cells + 1, the last thrown away)."""
    found = np.zeros(cells + 1, np.int32)
    for row in range(len(cell)):
        found[np.uint32(cell[row])] += met[row]
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def medians(
    cell: NDArray[np.int32], days: NDArray[np.int16], of: NDArray[np.int32], cells: int
) -> NDArray[np.float32]:  # pragma: no cover - compiled
    """The middle of each cell's days (cells), NaN where nobody is. of: how many there are, as `count` tells."""
    ends = np.empty(cells + 1, np.int32)
    begin = np.int32(0)
    for one in range(cells):
        ends[one] = begin
        begin += of[one]
    ends[cells] = begin
    kept = np.empty(begin + 1, np.int16)
    for row in range(len(cell)):
        mine = np.uint32(cell[row])
        kept[ends[mine]] = days[row]
        ends[mine] += mine != cells
    found = np.empty(cells, np.float32)
    for one in range(cells):
        found[one] = _middle(kept, ends[one] - of[one], of[one])
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def _middle(kept: NDArray[np.int16], begin: int, many: int) -> Any:  # pragma: no cover - compiled
    if many == 0:
        return np.float32(np.nan)
    gap = 1
    while gap < many // 9:
        gap = 3 * gap + 1
    while gap > 0 and many > 2:  # Shell's sort: most cells are small, and of two the middle is the same either way
        for last in range(begin + gap, begin + many):
            one, free = kept[last], last
            while free - gap >= begin and kept[free - gap] > one:
                kept[free] = kept[free - gap]
                free -= gap
            kept[free] = one
        gap //= 3
    low, high = kept[begin + (many - 1) // 2], kept[begin + many // 2]
    return (np.int32(low) + np.int32(high)) * np.float32(0.5)
