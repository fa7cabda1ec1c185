"""Staff month by month: what is filled as bars under the line of what is promised, what is missing as an empty box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samkraft.initiatives.rules.staffing import Month
from samkraft.web import days

LEFT, RIGHT, TOP, FOOT = 44, 12, 16, 40


@dataclass(frozen=True, slots=True)
class Layout:
    """How large the drawing is, how many months lie between two names, and the air beside a bar."""

    width: int
    height: int
    every: int
    air: float
    manner: str


DESK, PHONE = Layout(860, 260, 3, 2, "at-desk"), Layout(356, 240, 12, 0.75, "on-phone")


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: how much is filled, and the box of what is missing."""

    x: float
    width: float
    y: float
    height: float
    gap_y: float
    gap_height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs. `promised` is the points of the line; `now_x` where today's month begins, if it does."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    bars: tuple[Bar, ...]
    promised: str
    ticks: tuple[Label, ...]
    months: tuple[Label, ...]
    now_x: float | None
    description: str
    manner: str


def draw_both(months: Sequence[Month], *, today: date) -> list[Picture]:
    """A whole initiative or one post, for a desk and for a phone."""
    return [_draw(months, today, layout) for layout in (DESK, PHONE)]


def _draw(months: Sequence[Month], today: date, layout: Layout) -> Picture:
    top = max(max((one.promised for one in months), default=1), 1)
    bottom, room = layout.height - FOOT, layout.width - LEFT - RIGHT
    step = room / max(len(months), 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - TOP) * value / top, 1)

    bars, line = [], []
    for place, one in enumerate(months):
        x = round(LEFT + place * step, 1)
        value = min(float(one.filled), float(one.promised)) if one.filled is not None else 0.0
        line += [f"{x},{y(one.promised)}", f"{round(x + step, 1)},{y(one.promised)}"]
        gap = max(0.0, one.promised - value) if one.filled is not None else 0.0
        bars.append(
            Bar(
                round(x + layout.air, 1), round(step - 2 * layout.air, 1), y(value), round(bottom - y(value), 1), y(value + gap),
                round(y(value) - y(value + gap), 1),
            )
        )  # fmt: skip
    here = next((place for place, one in enumerate(months) if one.first == today.replace(day=1)), None)
    return Picture(
        layout.width, layout.height, LEFT, layout.width - RIGHT, bottom, tuple(bars), " ".join(line),
        tuple(Label(LEFT - 8, y(value) + 5, str(value)) for value in _ticks(top)),
        tuple(
            Label(round(LEFT + (place + 0.5) * step, 1), bottom + 20, days.short_month(one.first))
            for place, one in enumerate(months)
            if place % layout.every == 0
        ),
        None if here is None else round(LEFT + here * step, 1),
        _("Personal månad för månad: utlovad som linje, tillsatt som stapel. Tabellen under bilden säger detsamma."),
        layout.manner,
    )  # fmt: skip


def _ticks(top: int) -> list[int]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100) if top / size <= 5)
    return list(range(0, top + 1, step))
