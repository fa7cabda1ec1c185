"""The year as a picture: months across, one lane for each body, a mark for each duty. The table below says the same."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.duties import DutyRow
from samkraft.initiatives.rules.duties import LABELS
from samkraft.web import days
from samkraft.web.duties.states import SHAPES

LEFT, TOP, MONTH, LANE, STEP = 150, 44, 84, 44, 22
WIDTH = LEFT + 12 * MONTH + 6
MARK_WIDTH = 34  # a shape with a number of two figures beside it
MARK_MIDDLE = 6  # of the shape, without its number


@dataclass(frozen=True, slots=True)
class Mark:
    """One duty: its place, its shape and the number that it has in the table."""

    x: float
    y: float
    kind: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One body's row."""

    name: str
    y: float
    height: float
    text_y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One column."""

    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs, in the units of its view box."""

    width: int
    height: float
    left: int
    months: tuple[Month, ...]
    lanes: tuple[Lane, ...]
    today_x: float | None
    description: str


def draw(rows: Sequence[DutyRow], *, year: int, today: date) -> Picture:
    """Place the duties of one year; each is numbered by its place in `rows`, from 1."""
    by_body: dict[str, list[tuple[int, DutyRow]]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        by_body[row.body_short].append((number, row))
    lanes: list[Lane] = []
    y = float(TOP)
    for name in sorted(by_body, key=lambda body: by_body[body][0][1].due_date):
        lane = _lane(name, by_body[name], y)
        lanes.append(lane)
        y += lane.height
    words = _("Årshjulet %(year)d: %(lanes)d organ på var sin rad, och %(marks)d uppgifter. Tabellen säger detsamma.")
    return Picture(
        width=WIDTH,
        height=y + 6,
        left=LEFT,
        months=tuple(Month(str(MONTHS_3[month]), LEFT + (month - 1) * MONTH) for month in range(1, 13)),
        lanes=tuple(lanes),
        today_x=_x(today) + MARK_MIDDLE if today.year == year else None,
        description=words % {"year": year, "lanes": len(lanes), "marks": len(rows)},
    )


def _lane(name: str, rows: list[tuple[int, DutyRow]], y: float) -> Lane:
    """Marks that would cover each other are stacked."""
    levels: list[float] = []
    placed: list[tuple[float, int]] = []
    for _number, row in rows:
        x = _x(row.due_date)
        level = next((place for place, end in enumerate(levels) if end <= x), len(levels))
        if level == len(levels):
            levels.append(0)
        levels[level] = x + MARK_WIDTH
        placed.append((x, level))
    height = float(max(LANE, len(levels) * STEP + 14))
    top = y + (height - len(levels) * STEP) / 2
    marks = tuple(
        Mark(
            x=x,
            y=top + level * STEP + STEP / 2,
            kind=SHAPES[row.state],
            number=number,
            words=f"{number}. {row.title}, {days.dated(row.due_date)}, {_(LABELS[row.state])}",
        )
        for (number, row), (x, level) in zip(rows, placed, strict=True)
    )
    return Lane(name, y, height, y + height / 2 + 5, marks)


def _x(day: date) -> float:
    """Where a mark begins. Months are equally wide, and a mark with its number always stands within its month."""
    length = calendar.monthrange(day.year, day.month)[1]
    return round(LEFT + (day.month - 1) * MONTH + 6 + (day.day - 1) / length * (MONTH - MARK_WIDTH - 6), 1)
