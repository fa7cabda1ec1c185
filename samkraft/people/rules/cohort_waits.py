"""What participants wait for and when they rest, as the cohort door tells it to the clock: days, never who."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waited:
    """Each time a participant has joined the line of an activity (n), in days as `cohorts.ORIGIN` counts.

    joined; offered, the first time; started, ended; gone: left the line without having begun. −1: not known to have happened.
    """

    activity_ids: tuple[UUID, ...]
    joined: Longs
    offered: Longs
    started: Longs
    ended: Longs
    gone: Longs


@dataclass(frozen=True, slots=True)
class Rested:
    """Pauses (n): the enrolment's row as the figures have it, packed, the first day, and the first day after; −1: goes on."""

    rows: tuple[bytes, ...]
    since: Longs
    until: Longs


def waited(rows: list[tuple[UUID, int, int, int, int, int]]) -> Waited:
    """As the database gave them."""
    columns = np.array([row[1:] for row in rows], np.int64).reshape(-1, 5).T
    return Waited(tuple(row[0] for row in rows), *columns)


def rested(rows: list[tuple[bytes, int, int]]) -> Rested:
    """As the database gave them."""
    days = np.array([row[1:] for row in rows], np.int64).reshape(-1, 2).T
    return Rested(tuple(bytes(row[0]) for row in rows), *days)
