"""Figures of groups as bars with their intervals. The table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samkraft.web.charts import lettering

BAR = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """A window's measures. Where there is nothing left of the bars the label stands above its bar."""

    width: int
    left: int
    right: int
    line: int
    above: int


DESK = Layout(640, 236, 84, 30, 0)
PHONE = Layout(330, 0, 84, 48, 20)


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
    """All that the drawing needs. phone: the same, drawn for a narrow window."""

    width: int
    height: float
    left: int
    room: int
    bar: int
    bars: tuple[Placed, ...]
    description: str
    phone: "Picture | None" = None


def draw(bars: Sequence[Bar], *, description: str) -> Picture | None:
    """None when no group can be shown."""
    known = [value for one in bars for value in (one.value, one.high) if value is not None]
    if not known:
        return None
    top = max(known) or 1.0
    return replace(_drawn(bars, top, DESK, description), phone=_drawn(bars, top, PHONE, description))


def _drawn(bars: Sequence[Bar], top: float, layout: Layout, description: str) -> Picture:
    left, room = layout.left, layout.width - layout.left - layout.right

    def x(value: float) -> float:
        return round(room * value / top, 1)

    placed = []
    for place, one in enumerate(bars):
        y = float(6 + layout.above + place * layout.line)
        interval = (left + x(one.low), left + x(one.high)) if one.low is not None and one.high is not None else None
        end = interval[1] if interval else left + (x(one.value) if one.value is not None else 0)
        label = lettering.wrap(one.label, left - 12 if left else layout.width, 14.0, 1)[0]
        placed.append(
            Placed(
                y, y + BAR - 3, label, one.told, end + 8, x(one.value) if one.value is not None else 0.0,
                one.value is None, interval,
            )
        )  # fmt: skip
    return Picture(layout.width, 6.0 + layout.line * len(bars), left, room, BAR, tuple(placed), description)
