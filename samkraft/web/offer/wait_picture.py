"""The waits as a picture: for each stage a bar to the median and a line to where four of five are. The table stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the bars begin, how wide all of it is, how high a row, the room for the words; `under`: names above the bars."""

    left: int
    width: int
    row: int
    words: int
    under: int = 0


DESK, PHONE = Layout(190, 780, 46, 165), Layout(0, 340, 68, 150, under=38)
TOP = 26
STEPS = (5, 10, 20, 25, 50, 100, 200, 365)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage: its name, whose wait it is, lengths in pixels from the left edge, and the words at its end."""

    name: str
    note: str
    is_queue: bool
    y: int
    median: float
    eightieth: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars, a scale of days, and the size. `words` is what a picture says to whoever does not see it."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    words: str
    layout: Layout


def draw_both(stages: Sequence[dict[str, Any]]) -> list[Picture]:
    """For a desk, and for a phone with each name above its bar. Empty when there is nothing to tell of any stage."""
    told = [one for one in stages if one["all"]]
    return [_draw(told, layout) for layout in (DESK, PHONE)] if told else []


def _draw(told: Sequence[dict[str, Any]], layout: Layout) -> Picture:
    longest = max(one["all"].eightieth for one in told) or 1
    step = next((size for size in STEPS if longest / size <= 6), STEPS[-1])
    scale = (layout.width - layout.left - layout.words) / (-(-longest // step) * step)
    bars = tuple(
        Bar(
            one["name"], one["whose"], one["is_queue"], TOP + number * layout.row, one["all"].median * scale,
            one["all"].eightieth * scale,
            _("{median} dagar, 80 %: {eightieth}").format(median=one["all"].median, eightieth=one["all"].eightieth),
        )
        for number, one in enumerate(told)
    )  # fmt: skip
    ticks = tuple((layout.left + day * scale, str(day)) for day in range(0, -(-longest // step) * step + 1, step))
    words = "; ".join(f"{bar.name}: {bar.words}" for bar in bars)
    return Picture(bars, ticks, TOP + len(bars) * layout.row + 6, words, layout)
