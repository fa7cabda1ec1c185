"""How every bench runs: agreement first, then contestants in turn (A B C A B C …), then ratios.

Times on a shared machine drift by half; ratios inside one run hold. So a bench states a goal as a ratio to a peer, and
a peer that is not installed is said to be absent, never counted as beaten.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a contestant is: the product, another way of doing the job, or the least that any way must do."""

    PRODUCT = "product"
    PEER = "peer"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way of doing the job. `run` is None when it is absent, and `why_absent` says why.

    `prepare` runs before each turn, outside the clock. `jobs` is how many times a turn does the job: its time is shared
    among them.
    """

    name: str
    kind: Kind
    run: Callable[[], Any] | None
    prepare: Callable[[], None] = lambda: None
    why_absent: str = ""
    jobs: int = 1


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
    """At least `ratio` times as quick as the contestant named `against`."""

    ratio: float
    against: str


@dataclass(frozen=True, slots=True)
class Bench:
    """A job worth measuring. `lay_out(size)` makes the data and gives the course; leaving it cleans up."""

    name: str
    words: str
    sizes: dict[str, str]
    goal: Goal
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


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a bench found. No rows when the answers did not agree. `reached` is None when it cannot be told."""

    bench: str
    size: str
    runs: int
    agreement: Agreement
    rows: tuple[Row, ...]
    goal: Goal
    reached: bool | None
    facts: dict[str, Any]


def run(bench: Bench, size: str, runs: int, *, clock: Callable[[], float] = time.perf_counter) -> Result:
    """Lay out, check that all agree, and only then measure."""
    with bench.lay_out(size) as course:
        agreement = course.agree()
        times = _measure(course.contestants, runs, clock) if agreement.holds else {}
        rows = tuple(_rows(course.contestants, times)) if times else ()
        against = next((row.ratio for row in rows if row.name == bench.goal.against), None)
        reached = None if against is None else against >= bench.goal.ratio
        return Result(bench.name, size, runs, agreement, rows, bench.goal, reached, course.facts)


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


def _rows(contestants: Sequence[Contestant], times: dict[str, list[float]]) -> Iterator[Row]:
    product = next(statistics.median(times[one.name]) for one in contestants if one.kind is Kind.PRODUCT)
    for one in contestants:
        taken = times.get(one.name)
        if not taken:
            yield Row(one.name, one.kind, why_absent=one.why_absent or "inte installerad")
            continue
        median = statistics.median(taken)
        yield Row(one.name, one.kind, min(taken), median, max(taken), median / product)
