"""Risks as a matrix: how likely upwards, how grave to the right, each risk by its number. The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.initiatives.queries.risks import RiskRow
from samkraft.initiatives.rules import risks as rules
from samkraft.initiatives.rules.risks import Weight

CELL_HEIGHT, TOP, FOOT = 66, 8, 52
MARK, GAP = 30, 4


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide a square is, where they begin, and how many risks stand beside each other; `in_words`: room for words."""

    cell_width: int
    left: int
    per_line: int
    in_words: bool


DESK, PHONE = Layout(104, 150, 3, in_words=True), Layout(67, 22, 2, in_words=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the matrix."""

    x: int
    y: int
    weight: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One risk. `url` is its page's number; several in a square stand beside each other."""

    number: int
    x: float
    y: float
    title: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside the matrix."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs."""

    width: int
    height: int
    cell_width: int
    cell_height: int
    mark: int
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    across: Label
    description: str
    manner: str


def draw_both(risks: Sequence[RiskRow]) -> list[Picture]:
    """The open risks for a desk, and for a phone, where the scales are numbers."""
    return [_draw(risks, layout) for layout in (DESK, PHONE)]


def _draw(risks: Sequence[RiskRow], layout: Layout) -> Picture:
    size = rules.MOST
    cells = tuple(
        Cell(_x(consequence, layout), _y(probability), rules.weight(probability, consequence).value)
        for probability in rules.SCALE
        for consequence in rules.SCALE
    )
    placed: dict[tuple[int, int], int] = {}
    marks = []
    for one in sorted(risks, key=lambda each: each.number):
        here = (one.now.probability, one.now.consequence)
        place = placed.get(here, 0)
        placed[here] = place + 1
        line, column = divmod(place, layout.per_line)
        marks.append(
            Mark(
                one.number,
                _x(here[1], layout) + 2 + column * (MARK + GAP - 2),
                _y(here[0]) + 2 + line * (MARK + 2),
                one.text,
                one.is_overdue,
            )
        )
    high = sum(one.now.weight is Weight.HIGH for one in risks)
    described = _("Riskmatris: %(count)d öppna risker, %(high)d höga. Tabellen under bilden säger detsamma.")
    return Picture(
        width=layout.left + size * layout.cell_width,
        height=TOP + size * CELL_HEIGHT + FOOT,
        cell_width=layout.cell_width,
        cell_height=CELL_HEIGHT,
        mark=MARK,
        cells=cells,
        marks=tuple(marks),
        rows=tuple(
            Label(layout.left - 10, _y(value) + CELL_HEIGHT / 2 + 5, _(words) if layout.in_words else str(value))
            for value, words in rules.PROBABILITIES.items()
        ),
        columns=tuple(
            Label(
                _x(value, layout) + layout.cell_width / 2, TOP + size * CELL_HEIGHT + 20,
                _(words) if layout.in_words else str(value),
            )
            for value, words in rules.CONSEQUENCES.items()
        ),
        across=Label(
            layout.left + size * layout.cell_width / 2, TOP + size * CELL_HEIGHT + 44,
            _("Hur stor följden blir") if layout.in_words else _("Uppåt: hur troligt. Åt höger: hur stor följd."),
        ),
        description=described % {"count": len(risks), "high": high},
        manner="at-desk" if layout.in_words else "on-phone",
    )  # fmt: skip


def _x(consequence: int, layout: Layout) -> int:
    return layout.left + (consequence - 1) * layout.cell_width


def _y(probability: int) -> int:
    return TOP + (rules.MOST - probability) * CELL_HEIGHT
