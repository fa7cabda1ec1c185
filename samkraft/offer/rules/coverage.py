"""Whether the places of the coming weeks cover those who wait, so that somebody hears of it in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Coming:
    """Free places of an occasion, and when they can be taken: from a day, or at once when intake is running."""

    starts_on: date
    free: int
    is_running: bool


def short_of(waiting: int, coming: Iterable[Coming], *, today: date, weeks: int = WEEKS) -> int:
    """How many of those who wait will have no place within so many weeks; 0 when the places are enough."""
    until = today + timedelta(weeks=weeks)
    places = sum(one.free for one in coming if one.starts_on < until and (one.is_running or one.starts_on >= today))
    return max(0, waiting - places)
