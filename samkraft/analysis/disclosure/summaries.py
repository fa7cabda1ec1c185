"""Means and medians, and curves in steps: never of few people, never the smallest or the largest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.disclosure import thresholds


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean and median of a group, None when fewer than ten people are behind them. There is no smallest or largest."""

    n: int | None
    mean: float | None
    median: float | None


def summarise(values: NDArray[np.float64], rounded: int = 1) -> Summary:
    """values (n), NaN for unknown. The median is the mean of the middle tenth (at least five people): nobody's own value."""
    known = np.sort(values[~np.isnan(values)])
    if len(known) < thresholds.SMALLEST_FOR_MEAN:
        return Summary(None if len(known) < thresholds.SMALLEST_COUNT else len(known), None, None)
    middle = max(5, len(known) // 10)
    begin = (len(known) - middle) // 2
    return Summary(
        len(known), round(float(known.mean()), rounded), round(float(known[begin : begin + middle].mean()), rounded)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A curve from `begin` until `end` (not in it): its value there, from at least five events or none at all."""

    begin: float
    end: float
    value: float


def steps(times: Sequence[float], events: Sequence[int], values: Sequence[float], until: float) -> tuple[Step, ...]:
    """A curve that jumps at each event, made coarse: a new step only when five more events have come.

    times, events and values (m) in order: when, how many events, and the curve after them. What is left over at the end
    joins the last step, and a curve with fewer than five events in all is flat.
    """
    edges: list[tuple[float, float]] = [(0.0, 0.0)]
    waiting = 0
    rest = int(sum(event for time, event in zip(times, events, strict=True) if time <= until))
    for time, event, value in zip(times, events, values, strict=True):
        if time > until:
            break
        waiting += event
        rest -= event
        if waiting >= thresholds.EVENTS_IN_BIN and (rest == 0 or rest >= thresholds.EVENTS_IN_BIN):
            edges.append((float(time), float(value)))
            waiting = 0
    ends = [*(time for time, _ in edges[1:]), float(until)]
    return tuple(Step(begin, end, value) for (begin, value), end in zip(edges, ends, strict=True))
