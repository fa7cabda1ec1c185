"""One place each: who gets which, when everybody has wishes and an order between them is given. Solved exactly.

As many as possible are placed; among all ways to do that, the one where most wishes are met; when two wish for the same,
whoever comes first in the order. The order weighs less than a step in the wishes, so it never costs somebody else a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.allotment import assignment
from samkraft.analysis.allotment.problem import Arrays, Problem

PLACED = 1_000.0  # worth more than any wish
ORDER = 0.01  # how much more the first one's wishes weigh than the last one's; less than a step between two wishes


@dataclass(frozen=True, slots=True)
class Wishes:
    """One person: the occasions that fit (by number) and what each is worth, 0–100; and the turn, 0 first and 1 last."""

    occasions: tuple[int, ...]
    worth: tuple[float, ...]
    turn: float


def placed(people: Sequence[Wishes], places: Sequence[int]) -> list[int]:
    """For each person the number of an occasion, or -1 for nobody's place. `places` are those of each occasion."""
    if not people or not places:
        return [-1] * len(people)
    gain = [
        PLACED + worth * (1.0 + ORDER * (1.0 - one.turn)) + ORDER * (1.0 - one.turn)
        for one in people
        for worth in one.worth
    ]
    occasion = np.array([number for one in people for number in one.occasions], np.int32)
    solved = assignment.solve(_problem(people, occasion, np.array(gain), places))
    assert solved is not None, "nobody must have a place, so there is always a plan"
    return [int(occasion[option]) if option >= 0 else -1 for option in solved[0][:, 0].tolist()]


def _problem(
    people: Sequence[Wishes], occasion: "np.ndarray[tuple[int], np.dtype[np.int32]]",
    gain: "np.ndarray[tuple[int], np.dtype[np.float64]]", places: Sequence[int],
) -> Problem:  # fmt: skip
    many, there = len(people), len(places)
    options = np.zeros(many + 1, np.int64)
    np.cumsum([len(one.occasions) for one in people], out=options[1:])
    arrays = Arrays(
        unit_stages=np.arange(many + 1, dtype=np.int32), size=np.ones(many, np.int32), ready=np.zeros(many, np.int32),
        need=np.zeros(many, np.int32), stage_options=options, gap=np.zeros(many, np.int32),
        longest=np.full(many, -1, np.int32), may_skip=np.ones(many, np.bool_), occasion=occasion, gain=gain,
        start=np.zeros(there, np.int32), end=np.ones(there, np.int32), places=np.array(places, np.int32),
        extra_price=np.full(there, np.inf), row_at=np.zeros(1, np.int64), row=np.zeros(0, np.int32), weight=np.zeros(0),
        limit=np.zeros(0), row_price=np.zeros(0), share=np.zeros((0, occasion.size)), least=np.zeros(0),
        least_price=np.zeros(0), weeks=1, most_stages=1,
    )  # fmt: skip
    names = tuple((str(number),) for number in range(many))
    ids = tuple(str(number) for number in range(there))
    return Problem(arrays, names, (0,) * many, ids, gain, 0.0, (), ())
