"""How good a forecast was. All scores are negatively oriented: less is better; all are proper."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def fair_crps(draws: Reals, outcome: float) -> float:
    """Continuous ranked probability score, fair for a finite number of draws (Ferro 2014)."""
    x = np.sort(np.asarray(draws, float))
    m = len(x)
    apart = 2 * float(np.sum((2 * np.arange(1, m + 1) - m - 1) * x)) / (m * (m - 1)) if m > 1 else 0.0
    return float(np.abs(x - outcome).mean()) - apart / 2


def crps_normal(outcome: float) -> float:
    """The same for the standard normal distribution, in closed form (Gneiting and others 2005)."""
    density = math.exp(-(outcome**2) / 2) / math.sqrt(2 * math.pi)
    below = 0.5 * (1 + math.erf(outcome / math.sqrt(2)))
    return outcome * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi)


def interval(draws: Reals, outcome: float, level: float = 0.9) -> float:
    """Interval score of the central interval (Gneiting and Raftery 2007): its width, and a fine for missing."""
    alpha = 1 - level
    low, high = np.quantile(draws, (alpha / 2, 1 - alpha / 2))
    return interval_between(float(low), float(high), outcome, level)


def interval_between(low: float, high: float, outcome: float, level: float = 0.9) -> float:
    """The same when only the ends of the interval are known."""
    missed = max(0.0, low - outcome) + max(0.0, outcome - high)
    return high - low + 2 / (1 - level) * missed


def brier(probability: float, happened: bool) -> float:
    """Squared distance from what happened."""
    return (probability - float(happened)) ** 2


def pit(draws: Reals, outcome: float) -> tuple[float, float]:
    """The interval that the probability integral transform of a count fills: P(X < y) and P(X ≤ y)."""
    values = np.asarray(draws)
    return float((values < outcome).mean()), float((values <= outcome).mean())


def pit_histogram(intervals: Sequence[tuple[float, float]], bins: int = 10) -> Reals:
    """Shares of the non-randomised PIT in equal bins (Czado, Gneiting and Held 2009); flat when all is well."""
    edges = np.linspace(0, 1, bins + 1)
    share = np.zeros(bins + 1)
    for low, high in intervals:
        share += np.clip((edges - low) / (high - low), 0, 1) if high > low else (edges >= high).astype(float)
    return np.asarray(np.diff(share / len(intervals)))


def skill(score: float, reference: float) -> float:
    """1 is perfect, 0 no better than the reference, negative worse."""
    return 1 - score / reference if reference > 0 else float("nan")
