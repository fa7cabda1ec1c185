"""Figures as they are kept and shown: how many, of how many, the interval, the median, and why something is not shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import summaries
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.releasing import Shown

Z = 1.959964


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure for one group. n: how many were counted; of: of how many; None where it is not shown or not known. Of time
    they are minutes.

    low, high: a 95 per cent interval (Wilson) where it is a share. median, mean: days, over at least ten people.
    """

    n: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None
    median: float | None = None
    mean: float | None = None

    @property
    def share(self) -> float | None:
        """The share that was counted."""
        return self.n / self.of if self.n is not None and self.of else None

    def value(self, kind: Kind) -> float | None:
        """The figure itself: a number of people or things, a share from 0 to 1, or days."""
        if kind is Kind.THINGS and self.of == 0:  # nothing that it could be counted of
            return None
        if kind in (Kind.COUNT, Kind.THINGS):
            return self.n
        return self.share if kind in (Kind.SHARE, Kind.TIME) else self.median


def wilson(n: int, of: int) -> tuple[float, float]:
    """An interval for a share that holds also where it is of few (Wilson 1927). of > 0."""
    share, z2 = n / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def of_group(one: Indicator, shown: Shown, group: str | None, days: NDArray[np.float64]) -> Figure:
    """A group's figure out of what may be shown. days: of the group's own, for a median."""
    counted = shown.cells[group, "counted"]
    if one.kind is Kind.COUNT:
        return Figure(n=counted)
    if one.kind is Kind.MEDIAN:
        if counted is None:
            return Figure()
        told = summaries.summarise(days, 0)
        return Figure(n=counted, median=told.median, mean=told.mean)
    among = shown.cells[group, "among"]
    everybody, outside = shown.cells[group, None], shown.cells[group, "outside"]
    of = counted + among if counted is not None and among is not None else None
    if of is None and everybody is not None and outside is not None:
        of = everybody - outside
    if counted is None or not of:
        return Figure(n=counted, of=of)
    return Figure(counted, of, *wilson(counted, of))


def as_json(one: Figure) -> dict[str, Any]:
    """Only what is there."""
    return {name: value for name, value in asdict(one).items() if value is not None}


def from_json(stored: Mapping[str, Any]) -> Figure:
    """As it was kept."""
    return Figure(**stored)
