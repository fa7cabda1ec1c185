"""Bootstrap of AIPW with every model refitted in every draw, as a check on the influence function's standard error.

A draw is how many times each row was drawn, not a new table: with those counts as weights, the sums of hundreds of
refits are a few matrix products. The logit starts where the whole sample's ended and takes three or four steps.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects import logit
from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats

TOGETHER = 50  # draws refitted side by side
ROWS = 5_000  # rows at a time, so that what is worked on stays in the cache
MOST_STEPS = 25
CLOSE = 1e-10


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
    drawn = lot.integers(0, rows, size=(draws, rows), dtype=np.int32 if rows < 2**31 else np.int64)
    shifted = drawn + (np.arange(draws, dtype=np.int64) * rows)[:, None]
    return np.bincount(shifted.ravel(), minlength=draws * rows).reshape(draws, rows).astype(float)


def aipw(treated: Floats, outcome: Floats, design: Design, *, draws: int = 1000, seed: int) -> Draws:
    """The estimate in each of `draws` samples drawn with replacement. Same seed, same answer, on any number of threads."""
    start = logit.fit(design.columns, treated).beta
    products = _Products(design.columns, treated, outcome)
    starts = range(0, draws, TOGETHER)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def some(place: int) -> Floats:
        many = min(TOGETHER, draws - starts[place])
        return refitted(products, counts(len(outcome), many, seeds[place]), start)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return Draws(np.concatenate(list(pool.map(some, range(len(starts))))))


class _Products:
    """The columns, and the product of each pair of them, row by row."""

    def __init__(self, columns: Floats, treated: Floats, outcome: Floats) -> None:
        self.columns, self.treated, self.outcome = columns, treated, outcome
        self.low = np.tril_indices(len(columns))

    def parts(self) -> list[slice]:
        return [slice(begin, begin + ROWS) for begin in range(0, len(self.outcome), ROWS)]

    def pairs(self, part: slice) -> Floats:
        some = self.columns[:, part]
        return some[self.low[0]] * some[self.low[1]]

    def square(self, sums: Floats) -> Floats:
        """(draws, pairs) to (draws, k, k)."""
        many = len(self.columns)
        made = np.zeros((len(sums), many, many))
        made[:, self.low[0], self.low[1]] = sums
        made[:, self.low[1], self.low[0]] = sums
        return made


def refitted(products: _Products, weights: Floats, start: Floats) -> Floats:
    """The estimate under each row of weights (draws, n)."""
    arms = _arms(products, weights)
    betas, failed = _logits(products, weights, start)
    total = np.zeros(len(weights))
    for part in products.parts():
        some, treated, outcome = products.columns[:, part], products.treated[part], products.outcome[part]
        chance = 1 / (1 + np.exp(-(betas @ some)))
        without, with_it = arms[0] @ some, arms[1] @ some
        # One division for each row: what is left of the outcome in its own group over the chance of being there.
        left = np.where(treated == 1, outcome - with_it, without - outcome)
        left /= np.where(treated == 1, chance, 1 - chance)
        total += ((with_it - without + left) * weights[:, part]).sum(axis=1)
    total[failed] = np.nan
    return np.asarray(total / weights.sum(axis=1))


def _arms(products: _Products, weights: Floats) -> list[Floats]:
    many, draws = len(products.columns), len(weights)
    gram = [np.zeros((draws, many * (many + 1) // 2)) for _ in range(2)]
    moment = [np.zeros((draws, many)) for _ in range(2)]
    for part in products.parts():
        pairs, columns = products.pairs(part).T, (products.columns[:, part] * products.outcome[part]).T
        inside = products.treated[part] == 1
        for side, rows in enumerate((~inside, inside)):
            gram[side] += weights[:, part][:, rows] @ pairs[rows]
            moment[side] += weights[:, part][:, rows] @ columns[rows]
    solved = []
    for side in range(2):
        square = products.square(gram[side])
        bad = ~(np.linalg.cond(square) < 1e12)
        square[bad] = np.eye(many)
        moment[side][bad] = np.nan
        solved.append(np.linalg.solve(square, moment[side][..., None])[..., 0])
    return solved


def _logits(products: _Products, weights: Floats, start: Floats) -> tuple[Floats, np.ndarray]:
    betas = np.tile(start, (len(weights), 1))
    going = np.ones(len(weights), dtype=bool)
    failed = np.zeros(len(weights), dtype=bool)
    many = len(start)
    for _ in range(MOST_STEPS):
        some = weights[going] if not going.all() else weights
        gradient = np.zeros((len(some), many))
        curve = np.zeros((len(some), many * (many + 1) // 2))
        for part in products.parts():
            columns = products.columns[:, part]
            chance = 1 / (1 + np.exp(-(betas[going] @ columns)))
            pulled = some[:, part] * chance
            gradient += (some[:, part] * products.treated[part] - pulled) @ columns.T
            pulled *= 1 - chance
            curve += pulled @ products.pairs(part).T
        square = products.square(curve)
        bad = ~(np.linalg.cond(square) < 1e12)
        square[bad], gradient[bad] = np.eye(many), 0.0
        move = np.linalg.solve(square, gradient[..., None])[..., 0]
        betas[going] += move
        places = np.flatnonzero(going)
        failed[places[bad]] = True
        going[places[np.abs(move).max(axis=1) < CLOSE]] = False
        if not going.any():
            return betas, failed
    failed |= going
    return betas, failed
