"""The theory of change as a drawing from left to right: what is put in, what is done, what it should lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samkraft.initiatives.rules.theory import LEVEL_NAMES, Level
from samkraft.web.charts import lettering

COLUMN, BOX, GAP, LINE, PAD, TOP = 208, 184, 14, 18, 10, 34
SIZE = 14.0


@dataclass(frozen=True, slots=True)
class Box:
    """One item: its place, its text broken into lines, what it is measured to be, and where it leads."""

    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    value: str
    value_y: float
    kind: str
    url: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs, in the units of its view box."""

    width: float
    height: float
    box: float
    levels: tuple[tuple[float, str], ...]
    boxes: tuple[Box, ...]
    links: tuple[str, ...]
    description: str


def draw(rows: Sequence[dict[str, Any]]) -> Picture:
    """rows: code, level, text, value, kind, url and leads_to of each item."""
    levels = [level for level in Level if any(row["level"] is level for row in rows)]
    places: dict[str, Box] = {}
    lowest = 0.0
    for column, level in enumerate(levels):
        y = float(TOP)
        for row in rows:
            if row["level"] is level:
                box = _box(row, column * COLUMN + 1.0, y)
                places[row["code"]] = box
                y += box.height + GAP
        lowest = max(lowest, y)
    links = tuple(
        _link(places[row["code"]], places[code]) for row in rows for code in row["leads_to"] if code in places
    )
    return Picture(
        width=len(levels) * COLUMN - (COLUMN - BOX) + 2.0,
        height=lowest,
        box=float(BOX),
        levels=tuple((column * COLUMN + 1.0, _(LEVEL_NAMES[level])) for column, level in enumerate(levels)),
        boxes=tuple(places.values()),
        links=links,
        description=_("Förändringsteorin från resurser till effekter. Tabellen under bilden säger detsamma."),
    )


def _box(row: dict[str, Any], x: float, y: float) -> Box:
    lines = lettering.wrap(row["text"], BOX - 2 * PAD, SIZE, 4)
    height = PAD * 2 + LINE * (len(lines) + (1 if row["value"] else 0))
    first = y + PAD + LINE - 4
    spoken = f"{row['text']}. {row['value']}" if row["value"] else row["text"]
    return Box(
        x, y, float(height), tuple((first + LINE * place, line) for place, line in enumerate(lines)), row["value"],
        first + LINE * len(lines), row["kind"], row["url"], spoken,
    )  # fmt: skip


def _link(one: Box, other: Box) -> str:
    start, end = one.x + BOX, other.x
    low, high = one.y + one.height / 2, other.y + other.height / 2
    bend = end - 14
    return f"M{start:g} {low:g}C{start + 14:g} {low:g} {bend:g} {high:g} {end:g} {high:g}"
