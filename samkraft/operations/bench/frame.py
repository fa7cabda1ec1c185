"""How every bench runs: agreement first, then contestants in turn (A B C A B C …), then ratios.

Times on a shared machine drift by half; ratios inside one run hold. So a bench states a goal as a ratio to a peer, and
a peer that is not installed is said to be absent, never counted as beaten. A limit in milliseconds, which is what people
notice, is held on a machine of the usual pace; what was measured is told beside it.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from samkraft.operations import pace


class Kind(StrEnum):
    """What a contestant is: the product, another way of doing the job, or the least that any way must do."""

    PRODUCT = "product"
    PEER = "peer"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way of doing the job. `run` is None when it is absent, and `why_absent` says why.

    `prepare` runs before each turn, outside the clock. `jobs` is how many times a turn does the job: its time is shared
    among them. `limit_ms` is how long it may take at the usual pace, whatever the others do; None where only the ratio counts.
    """

    name: str
    kind: Kind
    run: Callable[[], Any] | None
    prepare: Callable[[], None] = lambda: None
    why_absent: str = ""
    jobs: int = 1
    limit_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the answers agree, and what was seen on the way, in words."""

    holds: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A bench that is laid out: who runs, and the check that comes before the clock."""

    contestants: Sequence[Contestant]
    agree: Callable[[], Agreement]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goal:
    """At least `ratio` times as quick as the contestant named `against`, and as each of `also`."""

    ratio: float
    against: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """A job worth measuring. `lay_out(size)` makes the data and gives the course; leaving it cleans up.

    Without a goal of its own it is reached when every contestant keeps its limit.
    """

    name: str
    words: str
    sizes: dict[str, str]
    goal: Goal | None
    lay_out: Callable[[str], AbstractContextManager[Course]]


@dataclass(frozen=True, slots=True)
class Row:
    """One contestant's times in milliseconds; all None when absent. `ratio` is its median over the product's."""

    name: str
    kind: Kind
    min_ms: float | None = None
    median_ms: float | None = None
    max_ms: float | None = None
    ratio: float | None = None
    why_absent: str = ""
    limit_ms: float | None = None
    usual_ms: float | None = None  # the median on a machine of the usual pace

    @property
    def is_within(self) -> bool | None:
        """Whether the median at the usual pace keeps the limit; None where there is none."""
        return None if self.limit_ms is None or self.usual_ms is None else self.usual_ms <= self.limit_ms


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a bench found. No rows when the answers did not agree. `reached` is None when it cannot be told.
    `slowness`: how many times as slow as usual the machine was, before and after in the mean."""

    bench: str
    size: str
    runs: int
    agreement: Agreement
    rows: tuple[Row, ...]
    goal: Goal | None
    reached: bool | None
    facts: dict[str, Any]
    slowness: float = 1.0


def run(
    bench: Bench,
    size: str,
    runs: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
    slowness: Callable[[], float] = pace.slowness,
) -> Result:
    """Lay out, check that all agree, and only then measure."""
    with bench.lay_out(size) as course:
        agreement = course.agree()
        times, slow = dict[str, list[float]](), 1.0
        if agreement.holds:
            before = slowness()
            times = _measure(course.contestants, runs, clock)
            slow = (before + slowness()) / 2
        rows = tuple(_rows(course.contestants, times, slow)) if times else ()
        return Result(
            bench.name, size, runs, agreement, rows, bench.goal, _reached(bench.goal, rows), course.facts, slow
        )


def _reached(goal: Goal | None, rows: Sequence[Row]) -> bool | None:
    if goal is None:
        kept = [row.is_within for row in rows if row.limit_ms is not None]
        return None if not kept or None in kept else all(kept)
    ratios = {row.name: row.ratio for row in rows}
    against = [ratios.get(name) for name in (goal.against, *goal.also)]
    told = [ratio for ratio in against if ratio is not None]
    return None if len(told) < len(against) else min(told) >= goal.ratio


def _measure(contestants: Sequence[Contestant], runs: int, clock: Callable[[], float]) -> dict[str, list[float]]:
    """The first turn of each is a warm-up and not counted."""
    times: dict[str, list[float]] = {one.name: [] for one in contestants if one.run is not None}
    for turn in range(runs + 1):
        for one in contestants:
            if one.run is None:
                continue
            one.prepare()
            began = clock()
            one.run()
            ended = clock()
            if turn:
                times[one.name].append((ended - began) * 1000 / one.jobs)
    return times


def _rows(contestants: Sequence[Contestant], times: dict[str, list[float]], slowness: float) -> Iterator[Row]:
    product = next(statistics.median(times[one.name]) for one in contestants if one.kind is Kind.PRODUCT)
    for one in contestants:
        taken = times.get(one.name)
        if not taken:
            yield Row(one.name, one.kind, why_absent=one.why_absent or "inte installerad")
            continue
        median = statistics.median(taken)
        yield Row(
            one.name, one.kind, min(taken), median, max(taken), median / product, limit_ms=one.limit_ms,
            usual_ms=median / slowness,
        )  # fmt: skip
