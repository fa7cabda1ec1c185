"""Lives made and carried out as rows, some hundred at a time and by several hands when there are very many.

Each life's chance is its own, so it does not matter who makes it: the rows are the same, in the same order.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

from samkraft.operations.world.people import lives, rows
from samkraft.operations.world.people.lives import Start
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.setting import Setting
from samkraft.operations.world.people.tables import Rows

AT_A_TIME = 100
WORTH_MORE_HANDS = 1_500  # lives: below, a second process takes longer to begin than it saves
AHEAD = 2  # batches for each hand: so much is in memory at the most


@dataclass(frozen=True, slots=True)
class Part:
    """So many participants of one initiative."""

    setting: Setting
    participants: int


@dataclass(frozen=True, slots=True)
class _Batch:
    setting: Setting
    starts: tuple[Start, ...]
    seed: int


def made(parts: Sequence[Part], seed: int) -> Iterator[tuple[int, Rows]]:
    """The rows batch by batch, with how many lives are in each. No two lives of all the parts share a number."""
    wanted = sum(part.participants for part in parts)
    batches = chain.from_iterable(_batches(parts, seed))
    hands = min(os.cpu_count() or 1, 4) if wanted >= WORTH_MORE_HANDS else 1
    if hands == 1:
        yield from map(_make, batches)
        return
    with ProcessPoolExecutor(hands, mp_context=multiprocessing.get_context("spawn")) as makers:
        under_way: deque[Future[tuple[int, Rows]]] = deque()
        for batch in batches:
            under_way.append(makers.submit(_make, batch))
            if len(under_way) > hands * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _batches(parts: Sequence[Part], seed: int) -> Iterator[Iterator[_Batch]]:
    numbers = Numbers()
    for part in parts:
        starts = lives.starts(part.setting, participants=part.participants, seed=seed, numbers=numbers)
        yield _cut(part.setting, starts, seed)


def _cut(setting: Setting, starts: Iterator[Start], seed: int) -> Iterator[_Batch]:
    while some := tuple(islice(starts, AT_A_TIME)):
        yield _Batch(setting, some, seed)


def _make(batch: _Batch) -> tuple[int, Rows]:
    gathered = Rows()
    for start in batch.starts:
        rows.carry_out(batch.setting, lives.one(batch.setting, start, batch.seed), gathered, batch.seed)
    gathered.close()
    return len(batch.starts), gathered
