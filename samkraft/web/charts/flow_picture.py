"""A tree of money as an accessible drawing: places from the layout rule, words broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from samkraft.money.rules.flow import flow_layout
from samkraft.money.rules.flow.flow_layout import LINE, Layout, Placed, Rectangle
from samkraft.web.charts import lettering

_SIZES = {"flow-amount": 15.5, "flow-name": 14.5, "flow-note": 14.0}


class Drawable(Protocol):
    """What a node must tell to be drawn."""

    key: str
    column: int
    name: str
    url: str
    series: int
    note: str
    is_waiting: bool

    @property
    def amount_words(self) -> str: ...
    @property
    def is_unknown(self) -> bool: ...
    @property
    def spoken(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in the drawing."""

    kind: str
    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One node with its band and words, and where it leads."""

    url: str
    spoken: str
    kind: str
    band: str
    band_middle: str
    x: str
    y: str
    width: str
    height: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Remainder:
    """The branch that no decision explains."""

    line: str
    x: str
    y: str
    width: str
    height: str
    shape: str
    text_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a column."""

    text: str
    x: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template needs. `thickened` are the keys drawn thicker than their share."""

    width: str
    height: str
    headings: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    remainder: Remainder | None
    thickened: tuple[str, ...]
    remainder_is_thickened: bool


def draw(
    branches: Sequence[tuple[Drawable, str, int]],
    headings: Sequence[str],
    *,
    remainder_ore: int | None = None,
    remainder_unknown: bool = False,
) -> Picture:
    """Draw (branch, parent's key, known öre), the root first and parents before their children."""
    lines = {branch.key: _lines(branch) for branch, _parent, _ore in branches}
    nodes = [
        flow_layout.Node(branch.key, branch.column, parent, ore, branch.is_unknown, len(lines[branch.key]))
        for branch, parent, ore in branches
    ]
    layout = flow_layout.place(nodes, remainder_ore=remainder_ore, remainder_unknown=remainder_unknown)
    known = {branch.key: branch for branch, _parent, _ore in branches}
    return Picture(
        width=_number(layout.width),
        height=_number(layout.height + 4),
        headings=tuple(Heading(text, _number(flow_layout.COLUMNS[place])) for place, text in enumerate(headings)),
        marks=tuple(_mark(known[placed.key], placed, lines[placed.key]) for placed in layout.placed),
        remainder=_remainder(layout),
        thickened=tuple(placed.key for placed in layout.placed if placed.is_thickened),
        remainder_is_thickened=layout.remainder_is_thickened,
    )


def _lines(branch: Drawable) -> list[tuple[str, str]]:
    room = flow_layout.label_width(branch.column)
    lines = [("flow-amount", branch.amount_words)]
    lines += [("flow-name", line) for line in lettering.wrap(branch.name, room, _SIZES["flow-name"], 2)]
    if branch.note:
        lines += [("flow-note", line) for line in lettering.wrap(branch.note, room, _SIZES["flow-note"], 2)]
    return lines


def _spoken(branch: Drawable, lines: Sequence[tuple[str, str]]) -> str:
    """The words that are seen, so that they can be said to a computer that listens; then what had no room."""
    seen = " ".join(text for _, text in lines)
    return f"{seen}: {branch.spoken}" if "…" in seen else seen


def _mark(branch: Drawable, placed: Placed, lines: Sequence[tuple[str, str]]) -> Mark:
    label: Rectangle = placed.label
    kind = f"series-{branch.series}" + (
        " flow-unknown" if branch.is_unknown else " flow-waiting" if branch.is_waiting else ""
    )
    return Mark(
        url=branch.url,
        spoken=_spoken(branch, lines),
        kind=kind,
        band=placed.band,
        band_middle=placed.band_middle,
        x=_number(placed.bar.x),
        y=_number(placed.bar.y),
        width=_number(placed.bar.width),
        height=_number(placed.bar.height),
        words=tuple(
            Words(css, text, _number(label.x), _number(label.y + LINE * place + 13))
            for place, (css, text) in enumerate(lines)
        ),
    )


def _remainder(layout: Layout) -> Remainder | None:
    box = layout.remainder
    if box is None:
        return None
    x, y = box.x + 22, box.y + box.height / 2
    return Remainder(
        line=layout.remainder_line,
        x=_number(box.x),
        y=_number(box.y),
        width=_number(box.width),
        height=_number(box.height),
        shape=f"M{x:.1f} {y - 7:.1f}l7 13h-14z",
        text_x=_number(box.x + 40),
        text_y=_number(y + 5),
    )


def _number(value: float) -> str:
    """With a point whatever the language: it goes into a drawing."""
    return f"{value:.1f}".removesuffix(".0")
