"""Small groups: exact answers where the normal distribution is a guess."""

from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects.passes import Floats

DRAWS = 9_999
SMALL = 50


@dataclass(frozen=True, slots=True)
class Share:
    """A share with Wilson's interval (1927): count of n."""

    count: int
    n: int
    low: float
    high: float


def permutation(treated: Floats, outcome: Floats, *, seed: int) -> float:
    """Two-sided p-value of no effect on anyone, by dealing the treatment out anew (all ways when they are few).

    The seen deal is counted among the drawn ones, so that the p-value is never nought (Phipson and Smyth 2010).
    """
    from math import comb

    inside = treated == 1
    n, many = len(outcome), int(inside.sum())
    seen = abs(outcome[inside].mean() - outcome[~inside].mean())
    total = outcome.sum()

    def gap(sums: Floats) -> Floats:
        return np.asarray(np.abs(sums / many - (total - sums) / (n - many)))

    if comb(n, many) <= 2 * DRAWS:
        from itertools import combinations

        sums = np.array([outcome[list(chosen)].sum() for chosen in combinations(range(n), many)])
        return float((gap(sums) >= seen * (1 - 1e-12)).mean())
    lot = np.random.default_rng(seed)
    above = 0
    for part in np.array_split(np.arange(DRAWS), 20):
        order = lot.random((len(part), n)).argpartition(many - 1, axis=1)[:, :many]
        above += int((gap(outcome[order].sum(axis=1)) >= seen * (1 - 1e-12)).sum())
    return (above + 1) / (DRAWS + 1)


def fisher(treated: Floats, outcome: Floats) -> float:
    """Fisher's exact test for an outcome of 0 and 1."""
    from scipy import stats

    table = [[int(((treated == side) & (outcome == value)).sum()) for value in (1, 0)] for side in (1, 0)]
    return float(stats.fisher_exact(table)[1])


def wilson(count: int, n: int) -> Share:
    """A share with its 95 % interval."""
    from scipy import stats

    found = stats.binomtest(count, n).proportion_ci(method="wilson")
    return Share(count, n, float(found.low), float(found.high))


def newcombe(treated: Share, comparison: Share) -> tuple[float, float]:
    """The interval of a difference of shares, from the two Wilson intervals (Newcombe 1998, method 10)."""
    p, q = treated.count / treated.n, comparison.count / comparison.n
    low = p - q - np.hypot(p - treated.low, comparison.high - q)
    high = p - q + np.hypot(treated.high - p, q - comparison.low)
    return float(low), float(high)


def holm(p_values: list[float]) -> list[float]:
    """Holm's adjusted p-values (1979), from statsmodels."""
    from statsmodels.stats.multitest import multipletests

    return [float(value) for value in multipletests(p_values, method="holm")[1]] if p_values else []
