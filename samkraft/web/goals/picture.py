"""A goal with what stands above and under it, as a drawing from left to right. The page says the same in words."""

import textwrap
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.initiatives.queries.goals import Branch, GoalPage

COLUMN, BOX, GAP, LINE, PAD = 290, 244, 14, 18, 10
CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Box:
    """One goal or initiative: its place, its text broken into lines, and what it is."""

    x: int
    y: float
    height: float
    kind: str
    is_initiative: bool
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs, in the units of its view box."""

    width: int
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    description: str


@dataclass(slots=True)
class _Pen:
    boxes: list[Box]
    lines: list[str]
    bottoms: dict[int, float]
    right: int = 0

    @property
    def bottom(self) -> float:
        """Under everything that is drawn."""
        return max(self.bottoms.values(), default=0)


def draw(page: GoalPage) -> Picture:
    """The chain from the topmost goal down to this one, then everything under it."""
    branch = page.below
    for goal in reversed(page.above):
        branch = Branch(goal, 0, (), (branch,))
    pen = _Pen([], [], {})
    _place(pen, branch, 0)
    return Picture(
        width=pen.right,
        height=pen.bottom,
        boxes=tuple(pen.boxes),
        lines=tuple(pen.lines),
        description=_("Målet ”%(goal)s” med målen över och under det och insatserna för dem. Listan säger detsamma.")
        % {"goal": page.row.text},
    )


def _place(pen: _Pen, branch: Branch, column: int) -> Box:
    """Draw the parts first, from top to bottom, then the goal in the middle beside them."""
    children = [_place(pen, part, column + 1) for part in branch.parts]
    for one in branch.initiatives:
        children.append(_box(pen, column + 1, pen.bottom, one.name, _("insats"), True))
    if children:
        middle = (children[0].y + children[-1].y + children[-1].height) / 2
        own = _box(
            pen, column, middle - _height(branch.goal.text) / 2, branch.goal.text, _(branch.goal.kind_name), False
        )
    else:
        own = _box(pen, column, pen.bottom, branch.goal.text, _(branch.goal.kind_name), False)
    for child in children:
        start_x, start_y = own.x + BOX, own.y + own.height / 2
        end_x, end_y = child.x, child.y + child.height / 2
        bend = (start_x + end_x) / 2
        pen.lines.append(f"M{start_x} {start_y:g}C{bend:g} {start_y:g} {bend:g} {end_y:g} {end_x} {end_y:g}")
    return own


def _box(pen: _Pen, column: int, y: float, text: str, kind: str, is_initiative: bool) -> Box:
    y = max(y, pen.bottoms.get(column, 1))
    wrapped = textwrap.wrap(text, CHARACTERS)
    first = y + PAD + LINE * 2 - 4
    lines = tuple((first + place * LINE, line) for place, line in enumerate(wrapped))
    box = Box(column * COLUMN + 1, y, _height(text), kind, is_initiative, lines)
    pen.boxes.append(box)
    pen.bottoms[column] = y + box.height + GAP
    pen.right = max(pen.right, box.x + BOX + 1)
    return box


def _height(text: str) -> float:
    return PAD * 2 + LINE * (1 + len(textwrap.wrap(text, CHARACTERS)))
