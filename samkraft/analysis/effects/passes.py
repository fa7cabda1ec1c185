"""Passes over the rows that must be quick: everything that is needed from a row is taken while it is in the cache.

Rows are cut in blocks of fixed length. Each block's sums are kept apart and added in order, so that the answer is the
same bit for bit on any number of threads. The kernels release the interpreter's lock; threads share the blocks. They use
no library with threads of its own, which would stand in each other's way on a busy machine.
"""

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]  # numbers; each function tells the shape
BLOCK = 512
_SUMS = {"reassoc", "contract", "nsz"}  # sums may be vectorised; NaN and infinity keep their meaning


def blocks(rows: int) -> int:
    """How many blocks there are in so many rows."""
    return -(-rows // BLOCK)


def over(rows: int, kernel: Callable[..., None], *arguments: Any) -> None:
    """Run `kernel(first_block, last_block, *arguments)` over all blocks, on as many threads as there are processors."""
    count = blocks(rows)
    workers = min(os.cpu_count() or 1, max(1, count // 8))
    if workers == 1:
        kernel(0, count, *arguments)
        return
    edges = [count * worker // workers for worker in range(workers + 1)]
    each(lambda w: kernel(edges[w], edges[w + 1], *arguments), workers)


def each(task: Callable[[int], None], many: int) -> None:
    """Do `task(0)` … `task(many - 1)` on the process's own threads, and raise what any of them raised."""
    for one in [_threads(os.getpid()).submit(task, place) for place in range(many)]:
        one.result()


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    """One pool for each process: a forked server must not wait for its parent's threads."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="samkraft-passes")


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def add_products(
    columns: Floats, begin: int, count: int, weight: Floats, scratch: Floats, gram: Floats
) -> None:  # pragma: no cover - compiled
    """Add X'WX of some rows to the lower half of gram (k, k). Four columns at a time, so that each is read less often."""
    many = columns.shape[0]
    for i in range(many):
        mine = columns[i, begin : begin + count]
        for place in range(count):
            scratch[place] = mine[place] * weight[place]
        j = 0
        while j + 3 <= i:
            first, second = columns[j, begin : begin + count], columns[j + 1, begin : begin + count]
            third, fourth = columns[j + 2, begin : begin + count], columns[j + 3, begin : begin + count]
            a, b, c, d = 0.0, 0.0, 0.0, 0.0
            for place in range(count):
                value = scratch[place]
                a += value * first[place]
                b += value * second[place]
                c += value * third[place]
                d += value * fourth[place]
            gram[i, j] += a
            gram[i, j + 1] += b
            gram[i, j + 2] += c
            gram[i, j + 3] += d
            j += 4
        while j <= i:
            first = columns[j, begin : begin + count]
            a = 0.0
            for place in range(count):
                a += scratch[place] * first[place]
            gram[i, j] += a
            j += 1


_LOG2E, _MAGIC = (
    1.4426950408889634,
    6755399441055744.0,
)  # adding 1.5 * 2^52 rounds to a whole number, kept in the low bits
_LN2_HIGH, _LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
_ONE = 1023 << 52


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def to_chances(scores: Floats, count: int, scratch: Floats) -> None:  # pragma: no cover - compiled
    """Turn log-odds into chances in place, 1 / (1 + exp(-score)), to a few units in the last digit.

    The exponential is written out (a power of two times a polynomial) so that it is computed four at a time; sums may
    not be rearranged in it. scratch (at least count) is overwritten.
    """
    bits = scratch.view(np.int64)
    for place in range(count):
        x = -min(max(scores[place], -700.0), 700.0)
        shifted = x * _LOG2E + _MAGIC
        whole = shifted - _MAGIC
        r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
        p = 1.0 / 6227020800.0
        p = p * r + 1.0 / 479001600.0
        p = p * r + 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        scores[place] = (p * r + 1.0) * r + 1.0
        scratch[place] = shifted
    for place in range(count):
        bits[place] = (bits[place] << 52) + _ONE
    for place in range(count):
        scores[place] = 1.0 / (1.0 + scores[place] * scratch[place])


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _standardise(column: Floats, out: Floats, found: Floats) -> None:  # pragma: no cover - compiled
    rows = len(column)
    origin = column[0]  # near the mean, as deviations go: the squares keep their digits
    total, square = 0.0, 0.0
    for begin in range(0, rows, BLOCK):
        part, part_square = 0.0, 0.0
        for row in range(begin, min(begin + BLOCK, rows)):
            value = column[row] - origin
            part += value
            part_square += value * value
        total += part
        square += part_square
    middle = origin + total / rows
    scale = math.sqrt(max(0.0, square / rows - (total / rows) ** 2))
    found[0], found[1] = middle, scale
    if math.isfinite(middle) and scale > 1e-13 * max(1.0, abs(middle)):
        for row in range(rows):
            out[row] = (column[row] - middle) / scale


def standardise(values: Sequence[Floats], out: Floats) -> Floats:
    """Write each column (m of n) less its mean over its standard deviation to `out` (m, n). Returns both (m, 2).

    A column that is constant or not finite is not written.
    """
    found = np.empty((len(values), 2))
    each(lambda m: _standardise(np.ascontiguousarray(values[m], dtype=float), out[m], found[m]), len(values))
    return found


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _arm_products(
    first: int, last: int, columns: Floats, treated: Floats, outcome: Floats, grams: Floats, moments: Floats
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    ones, scratch = np.ones(BLOCK), np.empty(BLOCK)
    sorted_ = np.empty((many, BLOCK))
    target = np.empty(BLOCK)
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        low, high = 0, end - begin
        for row in range(begin, end):  # the untreated from the left, the treated from the right
            if treated[row] == 1.0:
                high -= 1
                place = high
            else:
                place = low
                low += 1
            target[place] = outcome[row]
            for i in range(many):
                sorted_[i, place] = columns[i, row]
        for side in range(2):
            start = 0 if side == 0 else low
            count = low if side == 0 else end - begin - low
            add_products(sorted_, start, count, ones, scratch, grams[block, side])
            for i in range(many):
                whole = 0.0
                for place in range(start, start + count):
                    whole += sorted_[i, place] * target[place]
                moments[block, side, i] = whole


def arm_products(columns: Floats, treated: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """X'X and X'y for the untreated (0) and the treated (1).

    columns (k, n), treated (n) of 0 and 1, outcome (n). Returns (2, k, k) and (2, k).
    """
    many, rows = columns.shape
    grams = np.zeros((blocks(rows), 2, many, many))
    moments = np.zeros((blocks(rows), 2, many))
    over(rows, _arm_products, columns, treated, outcome, grams, moments)
    gram = grams.sum(axis=0)
    return gram + np.tril(gram, -1).transpose(0, 2, 1), moments.sum(axis=0)


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _logit_sums(
    first: int, last: int, columns: Floats, treated: Floats, beta: Floats, hessians: Floats, gradients: Floats
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    residual, weight, scratch = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        count = end - begin
        residual[:] = 0.0
        for i in range(many):
            mine = columns[i, begin:end]
            for place in range(count):
                residual[place] += beta[i] * mine[place]
        to_chances(residual, count, scratch)
        for place in range(count):
            chance = residual[place]
            residual[place] = treated[begin + place] - chance
            weight[place] = chance * (1.0 - chance)
        for i in range(many):
            mine = columns[i, begin:end]
            slope = 0.0
            for place in range(count):
                slope += mine[place] * residual[place]
            gradients[block, i] = slope
        add_products(columns, begin, count, weight, scratch, hessians[block])


def logit_sums(columns: Floats, treated: Floats, beta: Floats) -> tuple[Floats, Floats]:
    """Gradient (k) and information matrix (k, k) of the logit log-likelihood at `beta`. columns (k, n), treated (n)."""
    many, rows = columns.shape
    hessians = np.zeros((blocks(rows), many, many))
    gradients = np.zeros((blocks(rows), many))
    over(rows, _logit_sums, columns, treated, beta, hessians, gradients)
    hessian = hessians.sum(axis=0)
    return gradients.sum(axis=0), hessian + np.tril(hessian, -1).T


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _aipw_rows(
    first: int, last: int, columns: Floats, treated: Floats, outcome: Floats, betas: Floats, chances: Floats,
    values: Floats,
) -> None:  # fmt: skip # pragma: no cover - compiled
    many, rows = columns.shape
    score, without, with_it, scratch = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        count = end - begin
        score[:] = 0.0
        without[:] = 0.0
        with_it[:] = 0.0
        for i in range(many):
            mine = columns[i, begin:end]
            for place in range(count):
                value = mine[place]
                score[place] += betas[0, i] * value
                without[place] += betas[1, i] * value
                with_it[place] += betas[2, i] * value
        to_chances(score, count, scratch)
        for place in range(count):
            row, chance = begin + place, score[place]
            chances[row] = chance
            value = with_it[place] - without[place]
            if treated[row] == 1.0:
                value += (outcome[row] - with_it[place]) / chance
            else:
                value -= (outcome[row] - without[place]) / (1.0 - chance)
            values[row] = value


def aipw_rows(columns: Floats, treated: Floats, outcome: Floats, betas: Floats) -> tuple[Floats, Floats]:
    """Each row's chance of treatment (n) and its doubly robust value (n), whose mean is the effect.

    betas (3, k): of the logit, of the outcome among the untreated, of the outcome among the treated.
    """
    rows = columns.shape[1]
    chances, values = np.empty(rows), np.empty(rows)
    over(rows, _aipw_rows, columns, treated, outcome, betas, chances, values)
    return chances, values
