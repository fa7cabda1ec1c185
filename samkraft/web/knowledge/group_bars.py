"""Figures of groups as bars with their intervals. The table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from samkraft.web.charts import lettering

WIDTH, LEFT, RIGHT, LINE, BAR = 640, 236, 84, 30, 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One group. value and interval from 0 up; value None: not shown."""

    label: str
    told: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One bar in the drawing."""

    y: float
    text_y: float
    label: str
    told: str
    told_x: float
    width: float
    is_hidden: bool
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs."""

    width: int
    height: float
    left: int
    room: int
    bar: int
    bars: tuple[Placed, ...]
    description: str


def draw(bars: Sequence[Bar], *, description: str) -> Picture | None:
    """None when no group can be shown."""
    known = [value for one in bars for value in (one.value, one.high) if value is not None]
    if not known:
        return None
    room, top = WIDTH - LEFT - RIGHT, max(known) or 1.0

    def x(value: float) -> float:
        return round(room * value / top, 1)

    placed = []
    for place, one in enumerate(bars):
        y = float(6 + place * LINE)
        interval = (LEFT + x(one.low), LEFT + x(one.high)) if one.low is not None and one.high is not None else None
        end = interval[1] if interval else LEFT + (x(one.value) if one.value is not None else 0)
        label = lettering.wrap(one.label, LEFT - 12, 14.0, 1)[0]
        placed.append(
            Placed(
                y, y + BAR - 3, label, one.told, end + 8, x(one.value) if one.value is not None else 0.0,
                one.value is None, interval,
            )
        )  # fmt: skip
    return Picture(WIDTH, 6.0 + LINE * len(bars), LEFT, room, BAR, tuple(placed), description)
