"""When somebody was last here: what is new is counted from the end of the visit before this one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

GAP = timedelta(hours=1)


def ended_before(moments: Sequence[datetime], now: datetime) -> datetime | None:
    """The last moment of the visit before this one; None for who has not been here before.

    `moments` are readings, the latest first. Readings with less than an hour between belong to one visit, so that what is
    new does not vanish while one goes from page to page.
    """
    later = now
    for moment in moments:
        if later - moment >= GAP:
            return moment
        later = moment
    return None
