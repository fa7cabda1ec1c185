"""Estimates as points with their intervals, one below the other, with nought and what was sought. The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samkraft.web.charts import lettering

TOP, FOOT = 30, 34
STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Layout:
    """A window's measures. In a narrow one the label and what is told stand above their line, and every other step is said."""

    width: int
    left: int
    right: int
    line: int
    is_narrow: bool = False


DESK = Layout(700, 214, 118, 40)
PHONE = Layout(330, 18, 18, 60, is_narrow=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate. told: as it is said in words. kind: "main" for the registered answer, "beside" for others."""

    label: str
    told: str
    value: float
    low: float
    high: float
    kind: str = "beside"


@dataclass(frozen=True, slots=True)
class Placed:
    """One line in the drawing. Its whiskers are a path."""

    y: float
    text_y: float
    label: str
    told: str
    x: float
    whiskers: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs. grid: x and what stands under it. sought: where the effect sought lies.

    phone: the same, drawn for a narrow window.
    """

    width: int
    height: int
    label_x: int
    told_x: int
    grid: tuple[tuple[float, str], ...]
    nought: float
    sought: float
    sought_label: str
    bottom: int
    lines: tuple[Placed, ...]
    description: str
    is_narrow: bool = False
    phone: "Picture | None" = None


def draw(
    lines: Sequence[Line], *, sought: float, sought_label: str, points: Sequence[str], description: str
) -> Picture | None:  # fmt: skip
    """sought: the effect sought, as a share. points: words for a step of the axis are made by the caller with `axis`."""
    if not lines:
        return None
    desk, phone = (_drawn(lines, sought, sought_label, points, description, one) for one in (DESK, PHONE))
    return replace(desk, phone=phone)


def _drawn(
    lines: Sequence[Line], sought: float, sought_label: str, points: Sequence[str], description: str, layout: Layout
) -> Picture:  # fmt: skip
    low, high, step = axis(lines, sought)
    left, right, narrow = layout.left, layout.width - layout.right, layout.is_narrow

    def x(value: float) -> float:
        return round(left + (right - left) * (min(max(value, low), high) - low) / (high - low), 1)

    placed = []
    for place, one in enumerate(lines):
        y = float(TOP + layout.line // 2 + place * layout.line) + (10 if narrow else 0)
        whiskers = f"M{x(one.low)} {y - 6}v12m0-6H{x(one.high)}m0-6v12"
        label = lettering.wrap(one.label, 190 if narrow else left - 20, 14.0, 1)[0]
        placed.append(Placed(y, y - 14 if narrow else y + 5, label, one.told, x(one.value), whiskers, one.kind))
    bottom = TOP + layout.line * len(lines)
    told = enumerate(points)
    ticks = tuple((x(low + step * place), words) for place, words in told if not narrow or place % 2 == len(points) % 2)
    label_x, told_x = (0, layout.width) if narrow else (left - 14, right + 12)
    return Picture(
        layout.width, bottom + FOOT, label_x, told_x, ticks, x(0.0), x(sought), sought_label, bottom, tuple(placed),
        description, narrow,
    )  # fmt: skip


def axis(lines: Sequence[Line], sought: float) -> tuple[float, float, float]:
    """Where the axis begins and ends, and its step, so that everything has room in at most nine steps."""
    least = min(0.0, sought, *(one.low for one in lines))
    most = max(0.0, sought, *(one.high for one in lines))
    step = next((one for one in STEPS if (most - least) / one <= 8), 1.0)
    begin, end = int(least // step), -int(-most // step)
    return begin * step, end * step, step


def steps(lines: Sequence[Line], sought: float) -> list[float]:
    """The values that stand under the axis."""
    low, high, step = axis(lines, sought)
    return [low + step * place for place in range(round((high - low) / step) + 1)]
