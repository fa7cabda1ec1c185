"""Were the groups alike before, and do they overlap? Asked before any effect is looked at.

Standardised differences: Austin 2009. Overlap of the chance of treatment: Imbens and Rubin 2015, chapter 14.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from samkraft.analysis.effects.columns import Design
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.samples import Sample
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

LARGE_DIFFERENCE = 0.25  # of a standard deviation: beyond this regression alone leans on its straight line
FAR_APART = 1.0  # standard deviations between the groups' mean log-odds of treatment
EDGE = 0.01
BINS = 20
ODD_FOR_A_LOT = 0.001  # how often a fair lot would give at least one difference so large, at most

NO_OVERLAP = Reason(
    "no_overlap",
    phrase(
        "Deltagare och jämförelse liknar inte varandra alls: ingen i den ena gruppen har en motsvarighet i den andra."
    ),
    phrase("Välj en annan jämförelsegrupp."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One column: its mean in each group and their difference in pooled standard deviations, before and after weights."""

    name: str
    mean_treated: float
    mean_comparison: float
    difference: float
    weighted_difference: float | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the chances of treatment of the two groups lie.

    low, high: the range that both groups have; outside: share of all rows that lie beyond it. near_edge: share with a
    chance under 0.01 or over 0.99. apart: distance of mean log-odds in standard deviations. effective: sample sizes
    (comparison, treated) that the weights leave. counts (2, 20): rows by twentieth of chance, comparison and treated.
    """

    low: float
    high: float
    outside: float
    near_edge: float
    apart: float
    effective: tuple[float, float]
    counts: np.ndarray
    poor: bool


def table(design: Design, treated: Floats, chances: Floats | None = None) -> tuple[Row, ...]:
    """One row for each column of the design but the ones. With chances (n), also after weighting."""
    inside = treated == 1
    weights = None if chances is None else np.where(inside, 1 / chances, 1 / (1 - chances))
    rows = []
    for place, name in enumerate(design.names[1:], start=1):
        column = design.columns[place]
        one, other = column[inside], column[~inside]
        spread = np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2)
        after = None
        if weights is not None:
            means = [np.average(column[side], weights=weights[side]) for side in (inside, ~inside)]
            after = _standard(means[0] - means[1], spread)
        home = design.middles[place] + design.scales[place] * np.array([one.mean(), other.mean()])
        rows.append(Row(name, float(home[0]), float(home[1]), _standard(one.mean() - other.mean(), spread), after))
    return tuple(rows)


def uneven(rows: Sequence[Row], groups: tuple[int, int]) -> list[str]:
    """Columns in which the groups (comparison, treated) differ more than a fair lot makes them: Bonferroni over all rows."""
    spread = math.sqrt(1 / groups[0] + 1 / groups[1])
    limit = float(special.ndtri(1 - ODD_FOR_A_LOT / 2 / max(1, len(rows))))
    return [row.name for row in rows if abs(row.difference) / spread > limit]


def _standard(difference: float, spread: float) -> float:
    if spread > 0:
        return float(difference / spread)
    return 0.0 if abs(difference) < 1e-12 else float(np.copysign(np.inf, difference))


def overlap(sample: Sample, chances: Floats) -> Overlap:
    """Where the two groups meet. Raises Refused when they do not meet at all."""
    inside = sample.treated == 1
    one, other = chances[inside], chances[~inside]
    low, high = max(one.min(), other.min()), min(one.max(), other.max())
    if low > high:
        raise Refused(NO_OVERLAP)
    odds = np.log(chances / (1 - chances))
    spread = np.sqrt((odds[inside].var() + odds[~inside].var()) / 2)
    apart = float(abs(odds[inside].mean() - odds[~inside].mean()) / spread) if spread > 0 else 0.0
    outside = float(((chances < low) | (chances > high)).mean())
    near_edge = float(((chances < EDGE) | (chances > 1 - EDGE)).mean())
    effective = _effective(1 / (1 - other)), _effective(1 / one)
    counts = np.array([np.histogram(part, bins=BINS, range=(0, 1))[0] for part in (other, one)])
    poor = bool(
        apart > FAR_APART or outside > 0.1 or near_edge > 0.05 or effective[0] < 0.2 * len(other)
        or effective[1] < 0.2 * len(one)
    )  # fmt: skip
    return Overlap(float(low), float(high), outside, near_edge, apart, effective, counts, poor)


def _effective(weights: Floats) -> float:
    return float(weights.sum() ** 2 / (weights**2).sum())


def large(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of columns that differ by more than a quarter of a standard deviation."""
    return tuple(row.name for row in rows if abs(row.difference) > LARGE_DIFFERENCE)
