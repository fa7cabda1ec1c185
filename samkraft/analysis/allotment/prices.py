"""Prices on limits, the bound that they prove, and how they are found: the volume algorithm.

Whoever pays for what they use may take what they like: what all units then take, plus what the limits themselves are
worth, is never less than the best plan (Lagrangian relaxation; its least value is the bound of the linear programme over
chains). Prices follow how much each limit is overused on average; the averages are fractions of a plan.

F. Barahona and R. Anbil (2000), The volume algorithm: producing primal solutions with a subgradient method.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from samkraft.analysis.allotment import pricing
from samkraft.analysis.allotment.problem import Floats, Ints, Longs, Problem

THREADS = min(2, os.cpu_count() or 1)
SHARE_STEP = 0.003  # a share's price is a number near a tenth where a place's is near one, and its row far longer
PATIENCE, SHORTER, LONGER = 3, 0.8, 1.1  # tried on twelve instances: 0.05 % from the best prices after 350 answers
STALLED = 1e-5


@dataclass(frozen=True, slots=True)
class Prices:
    """What one unit of each limit costs, in benefit: `place` (O), `row` (R), `share` (V); never below zero."""

    place: Floats
    row: Floats
    share: Floats

    @property
    def all(self) -> tuple[Floats, Floats, Floats]:
        """The three, as compiled loops take them."""
        return self.place, self.row, self.share

    def moved(self, toward: "Prices", step: float, problem: Problem) -> "Prices":
        """These prices moved by `step` times another triple, kept between zero and what breaking the limit costs."""
        a = problem.arrays
        return Prices(
            np.clip(self.place + step * toward.place, 0.0, a.extra_price),
            np.clip(self.row + step * toward.row, 0.0, a.row_price),
            np.clip(self.share + step * SHARE_STEP * toward.share, 0.0, a.least_price),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What units take at some prices: `bound`, `excess` (how much each limit is overused, as prices are shaped),
    `chosen` (U, most_stages) and `worth` (U), what each unit's chain is worth after paying."""

    bound: float
    excess: Prices
    chosen: Longs
    worth: Floats


@dataclass(slots=True)
class Trail:
    """The last answers and their weights in the average, oldest first."""

    keep: int
    chosen: list[Longs] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, chosen: Longs, weight: float) -> None:
        """One more answer, which makes all earlier ones weigh less."""
        self.weights = [old * (1 - weight) for old in self.weights]
        self.chosen.append(chosen.copy())
        self.weights.append(weight)
        if len(self.chosen) > self.keep:
            del self.chosen[0], self.weights[0]


@dataclass(frozen=True, slots=True)
class Found:
    """The best prices met, the bound that they prove, the average answer's trail, and how many answers it took."""

    prices: Prices
    bound: float
    trail: Trail
    asked: int


class Asking:
    """Asks units what they take at some prices, on several threads. Places and shares may be what is left of them."""

    def __init__(self, problem: Problem, units: Ints | None = None, left: Prices | None = None) -> None:
        a = problem.arrays
        self.problem = problem
        self.units = np.arange(problem.units, dtype=np.int32) if units is None else units
        self.left = left or Prices(a.places.astype(np.float64), a.limit, a.least)
        self.worth = np.zeros(problem.units)
        self.chosen = np.full((problem.units, max(1, a.most_stages)), -1, np.int64)
        many = THREADS if self.units.size > 100 else 1
        self.parts = np.array_split(self.units, many)
        self.pool = ThreadPoolExecutor(many) if many > 1 else None

    def close(self) -> None:
        """Let the threads go."""
        if self.pool:
            self.pool.shutdown()

    def at(self, prices: Prices) -> Answer:
        """What the units take, and the bound."""
        a = self.problem.arrays
        prices_of = (prices.place, prices.row, prices.share, self.worth, self.chosen)
        if self.pool:
            list(self.pool.map(lambda part: pricing.price_units(a, part, *prices_of), self.parts))
        else:
            pricing.price_units(a, self.units, *prices_of)
        used, rows, shares = np.zeros(a.places.size), np.zeros(a.limit.size), np.zeros(a.least.size)
        pricing.tally(a, self.units, self.chosen, used, rows, shares)
        free = prices.place @ self.left.place + prices.row @ self.left.row - prices.share @ self.left.share
        excess = Prices(used - self.left.place, rows - self.left.row, self.left.share - shares)
        return Answer(float(free + self.worth[self.units].sum()), excess, self.chosen, self.worth)


def none(problem: Problem) -> Prices:
    """Everything is free."""
    a = problem.arrays
    return Prices(np.zeros(a.places.size), np.zeros(a.limit.size), np.zeros(a.least.size))


def first_guess(problem: Problem) -> Prices:
    """Where the search begins: half of what an option gives, for every place; a little for every share."""
    a = problem.arrays
    usual = 0.55 * float(a.gain.mean()) if a.gain.size else 0.0
    place = np.minimum(np.full(a.places.size, max(0.0, usual)), a.extra_price)
    return Prices(place, np.zeros(a.limit.size), np.minimum(np.full(a.least.size, 0.1), a.least_price))


def find(
    asking: Asking,
    begin: Prices,
    *,
    target: float,
    most: int,
    is_over: Callable[[], bool] = lambda: False,
    pace: float = 0.5,
    memory: float = 0.3,
    keep: int = 0,
    patience: int = PATIENCE,
    shorter: float = SHORTER,
    stalled: float = STALLED,
) -> Found:
    """Search for the prices of the least bound.

    `target` is the value of a known plan, or a guess of it; `most` how many times the units may be asked. `pace` is the
    first step's length, `memory` how much the newest answer weighs in the average. `keep` answers stay in the trail.
    After `patience` answers without a lower bound the step gets `shorter`; when fifty
    answers lower the bound by less than the share `stalled`, that is enough.
    """
    problem = asking.problem
    answer = asking.at(begin)
    best, bound = begin, answer.bound
    average = answer.excess
    trail = Trail(keep)
    if keep:
        trail.add(answer.chosen, 1.0)
    without_luck, before = 0, bound
    asked = 1
    while asked < most and not is_over():
        if bound < target * 1.002:
            target = bound - 0.005 * abs(bound)
        direction = _allowed(best, average)
        length = _square(direction)
        if length < 1e-9 or pace < 1e-7:
            break
        tried = best.moved(direction, pace * (bound - target) / length, problem)
        answer = asking.at(tried)
        asked += 1
        weight = _weight(answer.excess, average, memory)
        if answer.bound < bound - 1e-9 * abs(bound):
            if _product(average, answer.excess) >= 0:
                pace = min(pace * LONGER, 2.0)
            best, bound, without_luck = tried, answer.bound, 0
        else:
            without_luck += 1
            if without_luck >= patience:
                pace, without_luck = pace * shorter, 0
        average = _mixed(average, answer.excess, weight)
        if keep:
            trail.add(answer.chosen, weight)
        if asked % 50 == 0:
            if before - bound < stalled * abs(bound):
                break
            if before - bound < 0.001 * abs(bound):
                memory = max(memory * 0.7, 0.01)
            before = bound
    return Found(best, bound, trail, asked)


def _allowed(prices: Prices, direction: Prices) -> Prices:
    """The direction without what would push a price below zero."""
    return Prices(
        np.where((prices.place <= 0) & (direction.place < 0), 0.0, direction.place),
        np.where((prices.row <= 0) & (direction.row < 0), 0.0, direction.row),
        np.where((prices.share <= 0) & (direction.share < 0), 0.0, direction.share),
    )


def _product(one: Prices, other: Prices) -> float:
    return float(one.place @ other.place + one.row @ other.row + SHARE_STEP * (one.share @ other.share))


def _square(one: Prices) -> float:
    return _product(one, one)


def _mixed(average: Prices, newest: Prices, weight: float) -> Prices:
    return Prices(
        (1 - weight) * average.place + weight * newest.place,
        (1 - weight) * average.row + weight * newest.row,
        (1 - weight) * average.share + weight * newest.share,
    )


def _weight(newest: Prices, average: Prices, memory: float) -> float:
    """The weight that makes the average smallest, between a tenth of `memory` and the whole of it."""
    change = _mixed(average, newest, 1.0)
    apart = Prices(change.place - average.place, change.row - average.row, change.share - average.share)
    length = _square(apart)
    if length <= 0:
        return memory
    wanted = -_product(average, apart) / length
    return memory if wanted > memory or wanted <= 0 else max(wanted, memory / 10)
