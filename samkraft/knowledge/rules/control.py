"""Trends as control charts: limits so wide that they are crossed by chance as seldom as is stated, over all indicators.

A month's share lies within its limits when nothing has changed (binomial), a month's count likewise (Poisson). With many
indicators and months something would cross ordinary limits by chance every time; so the limits are widened until the chance
that any point at all is outside, though nothing has changed, is `FALSE_ALARM` (Šidák).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from samkraft.knowledge.rules.measures import Kind

FALSE_ALARM = 0.05
FEWEST_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Limited:
    """One month: its value, where it could be by chance, and whether it is outside. Limits are None where unknown."""

    month: str
    value: float | None
    low: float | None
    high: float | None
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart. centre: the mean over the months. deviations: how many standard deviations the limits stand from it.

    hides: there are no limits because months of few are not told.
    """

    points: tuple[Limited, ...]
    centre: float | None
    deviations: float
    hides: bool = False


def deviations(points: int) -> float:
    """How far out the limits must stand when so many points are looked at together."""
    each = 1 - (1 - FALSE_ALARM) ** (1 / max(points, 1))
    return NormalDist().inv_cdf(1 - each / 2)


def draw(kind: Kind, months: Sequence[tuple[str, int | None, int | None]], looked_at: int) -> Chart:
    """months: (month, counted, of). looked_at: how many points all indicators have together.

    Fewer than six months with figures have no limits. Nor have counts of which a month is not told: the months of few are
    those that are hidden, and the mean of the others says nothing of where a month lands by chance.
    """
    known = [(n, of) for _month, n, of in months if n is not None and (kind is Kind.COUNT or of)]
    wide = deviations(looked_at)
    if kind in (Kind.MEDIAN, Kind.TIME) or len(known) < FEWEST_MONTHS:
        return Chart(
            tuple(Limited(month, _value(kind, n, of), None, None, False) for month, n, of in months), None, wide
        )
    counted = sum(n for n, _of in known)
    if kind is Kind.COUNT and len(known) < len(months):
        return Chart(
            tuple(Limited(month, _value(kind, n, of), None, None, False) for month, n, of in months), None, wide, True
        )
    if not counted:  # the months that are told are those without anybody: nothing can be said of chance
        return Chart(
            tuple(Limited(month, _value(kind, n, of), None, None, False) for month, n, of in months), None, wide
        )
    centre = counted / len(known) if kind is Kind.COUNT else counted / sum(of or 0 for _n, of in known)
    found = []
    for month, n, of in months:
        value = _value(kind, n, of)
        if value is None:
            found.append(Limited(month, None, None, None, False))
            continue
        spread = sqrt(centre) if kind is Kind.COUNT else sqrt(centre * (1 - centre) / (of or 1))
        low, high = max(0.0, centre - wide * spread), centre + wide * spread
        high = high if kind is Kind.COUNT else min(1.0, high)
        found.append(Limited(month, value, low, high, not low - 1e-9 <= value <= high + 1e-9))
    return Chart(tuple(found), centre, wide)


def _value(kind: Kind, n: int | None, of: int | None) -> float | None:
    if n is None or kind in (Kind.MEDIAN, Kind.TIME):
        return None
    if kind is Kind.COUNT:
        return float(n)
    return n / of if of else None
