"""Places the nodes, bands and labels of a flow, so that nothing written ever covers anything else written.

Pure. Lengths are units of the drawing's own view box. The nodes form a tree: each has one parent in the column to its
left, and comes in the order in which it is to stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 1216.0
COLUMNS = (0.0, 256.0, 548.0, 900.0)
NODE_WIDTH = 12.0
LABEL_GAP = 9.0
MARGIN = 12.0
TOP = 32.0
BODY = 300.0
LEAST = 3.0
LINE = 17.0
GAP = 12.0
BOX_HEIGHT = 40.0
BOX_WIDTH = 420.0
SPREAD_FROM = 2  # matters stay at the council's height; bodies follow what comes after them


@dataclass(frozen=True, slots=True)
class Node:
    """What is to be placed. `known_ore` draws the thickness; `lines` is how many lines its label takes."""

    key: str
    column: int
    parent: str = ""
    known_ore: int = 0
    is_unknown: bool = False
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def covers(self, other: "Rectangle") -> bool:
        """Whether the two have any area in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its bar, its label and the band that comes to it. `is_thickened`: drawn thicker than its share."""

    key: str
    bar: Rectangle
    label: Rectangle
    band: str
    band_middle: str
    is_thickened: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All places. `remainder` is the box for what no decision explains, and `remainder_line` the way to it."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    remainder: Rectangle | None = None
    remainder_line: str = ""
    remainder_is_thickened: bool = False


@dataclass(slots=True)
class _Work:
    """What is known while placing."""

    scale: float
    children: dict[str, list[Node]]
    thickness: dict[str, float]
    cursor: list[float] = field(default_factory=lambda: [TOP] * len(COLUMNS))
    bars: dict[str, tuple[Node, Rectangle, Rectangle]] = field(default_factory=dict)


def label_width(column: int) -> float:
    """The room for a label beside a node, up to the next column."""
    end = COLUMNS[column + 1] if column + 1 < len(COLUMNS) else WIDTH
    return end - COLUMNS[column] - NODE_WIDTH - LABEL_GAP - (MARGIN if column + 1 < len(COLUMNS) else 0)


def place(nodes: Sequence[Node], *, remainder_ore: int | None = None, remainder_unknown: bool = False) -> Layout:
    """Place a tree of nodes, the root first. `remainder_ore` above zero, or unknown, is drawn as a branch of its own."""
    children: dict[str, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent, []).append(node)
    largest = max((node.known_ore for node in nodes), default=0)
    has_remainder = remainder_unknown or (remainder_ore or 0) > 0
    work = _Work(BODY / largest if largest > 0 else 0.0, children, {})
    for root in children.get("", []):
        _measure(work, root, LEAST if has_remainder else 0.0)
        _put(work, root, TOP)
    placed = tuple(_join(work, children.get("", [])))
    bottom = max([TOP, *work.cursor])
    if not has_remainder or not placed:
        return Layout(WIDTH, bottom, placed)
    share = (remainder_ore or 0) * work.scale
    box = Rectangle(COLUMNS[2], bottom + GAP, BOX_WIDTH, BOX_HEIGHT)
    root_bar = placed[0].bar
    line = _line(root_bar.x + NODE_WIDTH, root_bar.bottom - LEAST / 2, COLUMNS[1], box.y + BOX_HEIGHT / 2, box.x)
    return Layout(WIDTH, box.bottom + 4, placed, box, line, share < LEAST)


def _measure(work: _Work, node: Node, extra: float) -> float:
    """A node is as thick as its share, and never thinner than what leaves it or than what can be seen."""
    leaving = sum(_measure(work, child, 0.0) for child in work.children.get(node.key, []))
    share = node.known_ore * work.scale
    work.thickness[node.key] = max(share, leaving + extra, LEAST)
    return work.thickness[node.key]


def _put(work: _Work, node: Node, wanted: float) -> float:
    """Place a node after its parts: as near as can be to where its band leaves its parent (`wanted`).

    From column SPREAD_FROM on it stands midway between that and its first part, so that bands do not fall steeply.
    Returns the y of the node's bar.
    """
    thickness = work.thickness[node.key]
    lowered = _lowered(work, node)
    slot = max(work.cursor[node.column], wanted - lowered)
    parts = work.children.get(node.key, [])
    offset, first = slot + lowered, None
    for child in parts:
        child_y = _put(work, child, offset)
        first = child_y if first is None else first
        offset += work.thickness[child.key]
    if first is not None and node.column >= SPREAD_FROM:
        slot = max(slot, (slot + first - lowered) / 2)
    bar = Rectangle(COLUMNS[node.column], slot + lowered, NODE_WIDTH, thickness)
    label = Rectangle(bar.x + NODE_WIDTH + LABEL_GAP, slot, label_width(node.column), node.lines * LINE)
    work.cursor[node.column] = max(bar.bottom, label.bottom) + GAP
    work.bars[node.key] = (node, bar, label)
    return bar.y


def _join(work: _Work, roots: Sequence[Node]) -> list[Placed]:
    """With every bar in its place, draw the bands between them; parents come before their parts."""
    placed: list[Placed] = []
    waiting = [(root, "", "") for root in roots]
    while waiting:
        node, band, middle = waiting.pop(0)
        _node, bar, label = work.bars[node.key]
        is_thickened = not node.is_unknown and node.known_ore * work.scale < LEAST
        placed.append(Placed(node.key, bar, label, band, middle, is_thickened))
        x, y = bar.x + NODE_WIDTH, bar.y
        for child in work.children.get(node.key, []):
            thickness, target = work.thickness[child.key], work.bars[child.key][1]
            waiting.append(
                (
                    child,
                    _band(x, y, target.x, target.y, thickness),
                    _curve(x, y + thickness / 2, target.x, target.y + thickness / 2),
                )
            )
            y += thickness
    return placed


def _lowered(work: _Work, node: Node) -> float:
    return max(0.0, (LINE - work.thickness[node.key]) / 2)


def _band(x1: float, y1: float, x2: float, y2: float, thickness: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}V{y2 + thickness:.1f}"
        f"C{middle:.1f} {y2 + thickness:.1f} {middle:.1f} {y1 + thickness:.1f} {x1:.1f} {y1 + thickness:.1f}Z"
    )


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _line(x1: float, y1: float, bend: float, y2: float, x2: float) -> str:
    """From the root down past everything, then straight to the box."""
    middle = (x1 + bend) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {bend:.1f} {y2:.1f}H{x2 - 4:.1f}"
