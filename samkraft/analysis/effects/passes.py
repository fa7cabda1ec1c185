"""Passes over the rows that must be quick: everything that is needed from a row is taken while it is in the cache.

Rows are cut in blocks of fixed length. Each block's sums are kept apart and added in order, so that the answer is the
same bit for bit on any number of threads. The kernels release the interpreter's lock; threads share the blocks.
"""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(kernel, edges[w], edges[w + 1], *arguments) for w in range(workers)]
        for one in running:
            one.result()


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _arm_products(
    first: int, last: int, columns: Floats, treated: Floats, outcome: Floats, grams: Floats, moments: Floats
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        for i in range(many):
            for j in range(i + 1):
                whole = 0.0
                inside = 0.0
                for row in range(begin, end):
                    product = columns[i, row] * columns[j, row]
                    whole += product
                    inside += product * treated[row]
                grams[block, 0, i, j] = whole - inside
                grams[block, 1, i, j] = inside
            whole = 0.0
            inside = 0.0
            for row in range(begin, end):
                product = columns[i, row] * outcome[row]
                whole += product
                inside += product * treated[row]
            moments[block, 0, i] = whole - inside
            moments[block, 1, i] = inside


def arm_products(columns: Floats, treated: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """X'X and X'y for the untreated (0) and the treated (1).

    columns (k, n), treated (n) of 0 and 1, outcome (n). Returns (2, k, k) and (2, k).
    """
    many, rows = columns.shape
    grams = np.zeros((blocks(rows), 2, many, many))
    moments = np.zeros((blocks(rows), 2, many))
    over(rows, _arm_products, columns, treated, outcome, grams, moments)
    gram = grams.sum(axis=0)
    lower = np.tril(gram, -1)
    return gram + lower.transpose(0, 2, 1), moments.sum(axis=0)


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _logit_sums(
    first: int, last: int, columns: Floats, treated: Floats, beta: Floats, hessians: Floats, gradients: Floats
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    residual = np.empty(BLOCK)
    weight = np.empty(BLOCK)
    weighted = np.empty(BLOCK)
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        count = end - begin
        for place in range(count):
            residual[place] = 0.0
        for i in range(many):
            for place in range(count):
                residual[place] += beta[i] * columns[i, begin + place]
        for place in range(count):
            chance = 1.0 / (1.0 + math.exp(-residual[place]))
            residual[place] = treated[begin + place] - chance
            weight[place] = chance * (1.0 - chance)
        for i in range(many):
            slope = 0.0
            for place in range(count):
                weighted[place] = columns[i, begin + place] * weight[place]
                slope += columns[i, begin + place] * residual[place]
            gradients[block, i] = slope
            for j in range(i + 1):
                curve = 0.0
                for place in range(count):
                    curve += weighted[place] * columns[j, begin + place]
                hessians[block, i, j] = curve


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
    first: int,
    last: int,
    columns: Floats,
    treated: Floats,
    outcome: Floats,
    betas: Floats,
    chances: Floats,
    values: Floats,
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    score = np.empty(BLOCK)
    without = np.empty(BLOCK)
    with_it = np.empty(BLOCK)
    for block in range(first, last):
        begin, end = block * BLOCK, min((block + 1) * BLOCK, rows)
        count = end - begin
        for place in range(count):
            score[place] = 0.0
            without[place] = 0.0
            with_it[place] = 0.0
        for i in range(many):
            for place in range(count):
                value = columns[i, begin + place]
                score[place] += betas[0, i] * value
                without[place] += betas[1, i] * value
                with_it[place] += betas[2, i] * value
        for place in range(count):
            row = begin + place
            chance = 1.0 / (1.0 + math.exp(-score[place]))
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
