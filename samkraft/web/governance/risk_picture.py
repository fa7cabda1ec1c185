"""Risks as a matrix: how likely upwards, how grave to the right, each risk by its number. The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.initiatives.queries.risks import RiskRow
from samkraft.initiatives.rules import risks as rules
from samkraft.initiatives.rules.risks import Weight

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP, FOOT = 104, 66, 150, 8, 52
MARK, GAP, PER_LINE = 30, 4, 3


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


def draw(risks: Sequence[RiskRow]) -> Picture:
    """The open risks."""
    size = rules.MOST
    cells = tuple(
        Cell(_x(consequence), _y(probability), rules.weight(probability, consequence).value)
        for probability in rules.SCALE
        for consequence in rules.SCALE
    )
    placed: dict[tuple[int, int], int] = {}
    marks = []
    for one in sorted(risks, key=lambda each: each.number):
        here = (one.now.probability, one.now.consequence)
        place = placed.get(here, 0)
        placed[here] = place + 1
        line, column = divmod(place, PER_LINE)
        marks.append(
            Mark(
                one.number,
                _x(here[1]) + 5 + column * (MARK + GAP),
                _y(here[0]) + 2 + line * (MARK + 2),
                one.text,
                one.is_overdue,
            )
        )
    high = sum(one.now.weight is Weight.HIGH for one in risks)
    described = _("Riskmatris: %(count)d öppna risker, %(high)d höga. Tabellen under bilden säger detsamma.")
    return Picture(
        width=LEFT + size * CELL_WIDTH,
        height=TOP + size * CELL_HEIGHT + FOOT,
        cell_width=CELL_WIDTH,
        cell_height=CELL_HEIGHT,
        mark=MARK,
        cells=cells,
        marks=tuple(marks),
        rows=tuple(
            Label(LEFT - 10, _y(value) + CELL_HEIGHT / 2 + 5, _(rules.PROBABILITIES[value])) for value in rules.SCALE
        ),
        columns=tuple(
            Label(_x(value) + CELL_WIDTH / 2, TOP + size * CELL_HEIGHT + 20, _(rules.CONSEQUENCES[value]))
            for value in rules.SCALE
        ),
        across=Label(LEFT + size * CELL_WIDTH / 2, TOP + size * CELL_HEIGHT + 44, _("Hur stor följden blir")),
        description=described % {"count": len(risks), "high": high},
    )


def _x(consequence: int) -> int:
    return LEFT + (consequence - 1) * CELL_WIDTH


def _y(probability: int) -> int:
    return TOP + (rules.MOST - probability) * CELL_HEIGHT
