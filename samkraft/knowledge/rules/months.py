"""Months as numbers, for many days at once."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.people.rules.cohorts import ORIGIN

LAST_DAY = 32_767


@cache
def _table() -> NDArray[np.int16]:
    """Day as in a cohort's row → months since the origin's; the last place, that of -1, is -1."""
    found = np.empty(LAST_DAY + 2, np.int16)
    day = np.datetime64(ORIGIN, "D") + np.arange(LAST_DAY + 1)
    found[:-1] = (day.astype("datetime64[M]") - np.datetime64(ORIGIN, "M")).astype(np.int16)
    found[-1] = -1
    return found


def index(days: Any) -> NDArray[np.int16]:
    """Months since the origin's month of each day; -1 where the day is -1."""
    found: NDArray[np.int16] = _table()[np.asarray(days)]
    return found


def first_day(month: int) -> date:
    """The first day of a month by its number."""
    return date(ORIGIN.year + month // 12, month % 12 + 1, 1)


def word(month: int) -> str:
    """`2026-03`."""
    return first_day(month).isoformat()[:7]


def last_day(month: date) -> date:
    """The last day of the month that a day is in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
