"""Bootstrap of AIPW with every model refitted in every draw, as a check on the influence function's standard error.

A draw is how many times each row was drawn, not a new table: with those counts as weights the rows that were drawn are
copied once, the treated apart from the others, and all three models are fitted in the cache. The logit starts where the
whole sample's ended and takes three or four steps.
"""

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np

from samkraft.analysis.effects import logit
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import BLOCK, Floats, add_products, to_chances

TOGETHER = 50  # draws from one seed
CLOSE = 1e-6  # as in `logit`, and some more: a draw starts further from its answer
MOST_STEPS = 25
_SUMS = {"reassoc", "contract", "nsz"}


@dataclass(frozen=True, slots=True)
class Draws:
    """estimates (draws), NaN where a draw could not be fitted (a group missing, or separated)."""

    estimates: Floats

    @property
    def failed(self) -> int:
        """How many draws could not be fitted."""
        return int(np.isnan(self.estimates).sum())

    @property
    def se(self) -> float:
        """Standard deviation of the draws."""
        return float(np.nanstd(self.estimates, ddof=1))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The percentiles of the draws."""
        low, high = np.nanquantile(self.estimates, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)


def counts(rows: int, draws: int, seed: int | np.random.SeedSequence) -> Floats:
    """How many times each row is drawn (draws, rows): `rows` draws with replacement, each draw on its own."""
    lot = np.random.default_rng(seed)
    made = np.empty((draws, rows))
    for draw in range(draws):
        made[draw] = np.bincount(lot.integers(0, rows, rows), minlength=rows)
    return made


def aipw(treated: Floats, outcome: Floats, design: Design, *, draws: int = 1000, seed: int) -> Draws:
    """The estimate in each of `draws` samples drawn with replacement. Same seed, same answer, on any number of threads."""
    start = logit.fit(design.columns, treated).beta
    starts = range(0, draws, TOGETHER)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def some(place: int) -> Floats:
        many = min(TOGETHER, draws - starts[place])
        return refitted(treated, outcome, design, counts(len(outcome), many, seeds[place]), start)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return Draws(np.concatenate(list(pool.map(some, range(len(starts))))))


def refitted(treated: Floats, outcome: Floats, design: Design, weights: Floats, start: Floats) -> Floats:
    """The estimate under each row of weights (draws, n). start (k): where the logit begins."""
    estimates = np.empty(len(weights))
    _refit(design.columns, treated, outcome, weights, start, CLOSE, estimates)
    return estimates


@numba.njit(nogil=True, cache=True)
def _solve(gram: Floats, right: Floats, answer: Floats) -> bool:  # pragma: no cover - compiled
    """Solve with the lower half of a positive definite matrix (k, k), which is overwritten. False when it is not one."""
    many = len(right)
    for i in range(many):
        whole = gram[i, i]
        for j in range(i + 1):
            left = gram[i, j]
            for k in range(j):
                left -= gram[i, k] * gram[j, k]
            if i == j:
                if not left > 1e-12 * whole:
                    return False
                gram[i, i] = math.sqrt(left)
            else:
                gram[i, j] = left / gram[j, j]
    for i in range(many):
        left = right[i]
        for k in range(i):
            left -= gram[i, k] * answer[k]
        answer[i] = left / gram[i, i]
    for i in range(many - 1, -1, -1):
        left = answer[i]
        for k in range(i + 1, many):
            left -= gram[k, i] * answer[k]
        answer[i] = left / gram[i, i]
    return True


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _newton(
    columns: Floats, split: int, rows: int, weights: Floats, beta: Floats, close: float
) -> bool:  # pragma: no cover - compiled
    """Fit the weighted logit in place; rows before `split` are untreated. False when it does not settle."""
    many = columns.shape[0]
    gram, slope, move = np.empty((many, many)), np.empty(many), np.empty(many)
    score, weight, scratch = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for _ in range(MOST_STEPS):
        gram[:] = 0.0
        slope[:] = 0.0
        for begin in range(0, rows, BLOCK):
            count = min(BLOCK, rows - begin)
            score[:] = 0.0
            for i in range(many):
                mine = columns[i, begin : begin + count]
                for place in range(count):
                    score[place] += beta[i] * mine[place]
            to_chances(score, count, scratch)
            for place in range(count):
                chance = score[place]
                took_part = 1.0 if begin + place >= split else 0.0
                score[place] = weights[begin + place] * (took_part - chance)
                weight[place] = weights[begin + place] * chance * (1.0 - chance)
            for i in range(many):
                mine = columns[i, begin : begin + count]
                whole = 0.0
                for place in range(count):
                    whole += mine[place] * score[place]
                slope[i] += whole
            add_products(columns, begin, count, weight, scratch, gram)
        if not _solve(gram, slope, move):
            return False
        furthest = 0.0
        for i in range(many):
            beta[i] += move[i]
            furthest = max(furthest, abs(move[i]))
        if furthest < close:
            return True
        if not furthest < 1e3:
            return False
    return False


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _regress(
    columns: Floats, begin: int, end: int, weights: Floats, outcome: Floats, beta: Floats
) -> bool:  # pragma: no cover - compiled
    """Weighted least squares on some of the rows, in place. False when a column is decided by the others."""
    many = columns.shape[0]
    gram, slope, scratch = np.zeros((many, many)), np.zeros(many), np.empty(BLOCK)
    for first in range(begin, end, BLOCK):
        count = min(BLOCK, end - first)
        add_products(columns, first, count, weights[first : first + count], scratch, gram)
        for i in range(many):
            mine, heavy, result = columns[i, first : first + count], weights[first:], outcome[first:]
            whole = 0.0
            for place in range(count):
                whole += mine[place] * heavy[place] * result[place]
            slope[i] += whole
    return bool(_solve(gram, slope, beta))


@numba.njit(nogil=True, cache=True, fastmath=_SUMS)
def _refit(
    columns: Floats, treated: Floats, outcome: Floats, weights: Floats, start: Floats, close: float, estimates: Floats
) -> None:  # pragma: no cover - compiled
    many, rows = columns.shape
    some, result, weight = np.empty((many, rows)), np.empty(rows), np.empty(rows)
    low, high = np.empty(many), np.empty(many)
    for draw in range(len(weights)):
        last = 0
        for side in range(2):
            for row in range(rows):
                if weights[draw, row] > 0 and treated[row] == side:
                    weight[last], result[last] = weights[draw, row], outcome[row]
                    for i in range(many):
                        some[i, last] = columns[i, row]
                    last += 1
            if side == 0:
                split = last
        beta = start.copy()
        fine = _regress(some, 0, split, weight, result, low) and _regress(some, split, last, weight, result, high)
        if not fine or not _newton(some, split, last, weight, beta, close):
            estimates[draw] = np.nan
            continue
        total, people = 0.0, 0.0
        for row in range(last):
            score, without, with_it = 0.0, 0.0, 0.0
            for i in range(many):
                score += beta[i] * some[i, row]
                without += low[i] * some[i, row]
                with_it += high[i] * some[i, row]
            if row >= split:
                left = (result[row] - with_it) * (1.0 + math.exp(-score))
            else:
                left = (without - result[row]) * (1.0 + math.exp(score))
            total += weight[row] * (with_it - without + left)
            people += weight[row]
        estimates[draw] = total / people
