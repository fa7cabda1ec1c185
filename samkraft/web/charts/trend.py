"""Values over time as an accessible drawing: one strong line, others beside it, limits, a target, words on the marks.

Everything is placed here; the template only writes it out. The drawing carries its own words, so there is no legend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

HEIGHT, TOP, BOTTOM = 300, 18, 34
LETTER = 7.4


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the drawing is, its margins (the right one has the labels at the ends), and how many places are named."""

    width: int
    left: int
    right: int
    most_labels: int


DESK, PHONE = Layout(720, 56, 132, 7), Layout(360, 46, 98, 3)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line. kind: `own`, `plan`, `other`, `forecast` or `target`. values: one for each place, None for a gap.

    label: at its end.
    """

    kind: str
    values: Sequence[float | None]
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """Between which values a place lies by chance; None where nothing is said."""

    low: Sequence[float | None]
    high: Sequence[float | None]
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line and its class."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark with what it says."""

    x: float
    y: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text in the drawing."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


@dataclass(slots=True)
class Picture:
    """All that the drawing needs, in the units of its view box. phone: the same, drawn for a narrow window."""

    description: str
    width: int
    left: int
    right: int
    height: int = HEIGHT
    phone: "Picture | None" = None
    grid: list[float] = field(default_factory=list)
    band: str = ""
    inner: str = ""
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


def draw(
    places: Sequence[str],
    curves: Sequence[Curve],
    *,
    told: Callable[[float], str],
    description: str,
    band: Band | None = None,
    inner: Band | None = None,
    outside: Sequence[int] = (),
    most: float | None = None,
    dotted: Sequence[int] | None = None,
) -> Picture:
    """places: what stands under each. told: a value in words. inner: a narrower band within the band.

    outside: places of the first curve that are marked; dotted: places of own curves that are known, all of them without.
    """
    top = _top(curves, band, most)
    desk, phone = (
        _drawn(_Pen(len(places), top, layout), places, curves, told, description, band, inner, outside, dotted)
        for layout in (DESK, PHONE)
    )
    desk.phone = phone
    return desk


def _drawn(
    pen: "_Pen", places: Sequence[str], curves: Sequence[Curve], told: Callable[[float], str], description: str,
    band: Band | None, inner: Band | None, outside: Sequence[int], dotted: Sequence[int] | None,
) -> Picture:  # fmt: skip
    layout = pen.layout
    picture = Picture(description, layout.width, layout.left, layout.width - layout.right)
    for tick in pen.ticks():
        picture.grid.append(pen.y(tick))
        picture.words.append(Words(layout.left - 8, pen.y(tick) + 5, told(tick), "axis", "end"))
    step = max(1, ceil(len(places) / layout.most_labels))
    for place in range(len(places) - 1, -1, -step):
        picture.words.append(Words(pen.x(place), HEIGHT - 10, places[place], "axis", "middle"))
    if band is not None:
        picture.band = pen.band(band)
    if inner is not None:
        picture.inner = pen.band(inner)
    ends: list[tuple[float, str, str]] = []
    for number, curve in enumerate(curves):
        picture.lines += [Line(curve.kind, path) for path in pen.paths(curve.values)]
        last = max((place for place, value in enumerate(curve.values) if value is not None), default=None)
        if last is None:
            continue
        value = curve.values[last]
        assert value is not None
        if curve.kind == "own" and last < len(places) - 1:
            picture.words += _at_point(pen, last, value, curve.label)
        if curve.kind == "own":
            known = [each if dotted is None or place in dotted else None for place, each in enumerate(curve.values)]
            picture.dots += _dots(pen, places, known, told, outside if number == 0 else ())
        if curve.kind != "own" or last == len(places) - 1:
            ends.append((pen.y(value), curve.label, curve.kind))
    picture.words += _apart(ends, layout)
    return picture


def _top(curves: Sequence[Curve], band: Band | None, most: float | None) -> float:
    values = [value for curve in curves for value in curve.values if value is not None]
    values += [value for value in (band.high if band else ()) if value is not None]
    highest = max(values, default=1.0) or 1.0
    return min(most, highest * 1.1) if most is not None else highest * 1.08


def _dots(
    pen: "_Pen", places: Sequence[str], values: Sequence[float | None], told: Callable[[float], str], outside: Sequence[int]
) -> list[Dot]:  # fmt: skip
    return [
        Dot(pen.x(place), pen.y(value), "outside" if place in outside else "own", f"{places[place]}: {told(value)}")
        for place, value in enumerate(values)
        if value is not None
    ]


def _at_point(pen: "_Pen", place: int, value: float, label: str) -> list[Words]:
    """The label of a line that ends before the drawing does: before its last point where there is room, as bands begin there."""
    x, y = pen.x(place), pen.y(value)
    if x - pen.layout.left > len(label) * LETTER:
        return [Words(x + 4, y - 14, label, "end-own", "end")]
    return [Words(x + 10, y - 8, label, "end-own")]


def _apart(ends: list[tuple[float, str, str]], layout: Layout) -> list[Words]:
    """Labels at the lines' ends, moved apart so that none covers another. What stands after a line break is a note."""
    found, lowest = [], float(TOP)
    for y, label, kind in sorted(ends):
        name, _line_break, rest = label.partition("\n")
        named = _wrapped(name, layout.right - 8)
        lines = [*named, *(_wrapped(rest, layout.right - 8) if rest else ())]
        y = max(min(y + 5, HEIGHT - BOTTOM - 17 * (len(lines) - 1)), lowest)
        found += [
            Words(
                layout.width - layout.right + 10, y + 17 * place, line, f"end-{kind}" if place < len(named) else "note"
            )
            for place, line in enumerate(lines)
        ]
        lowest = y + 17 * len(lines) + 3
    return found


def _wrapped(label: str, room: float) -> list[str]:
    lines = [""]
    for word in label.split(" "):
        if lines[-1] and len(f"{lines[-1]} {word}") * LETTER > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@dataclass(slots=True)
class _Pen:
    many: int
    top: float
    layout: Layout

    def x(self, place: int) -> float:
        left = self.layout.left
        room = self.layout.width - left - self.layout.right
        return round(left + (room * place / (self.many - 1) if self.many > 1 else room / 2), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(1.0, value / self.top), 1)

    def ticks(self) -> list[float]:
        """Four to six even values from nought."""
        rough = self.top / 4
        size = 10 ** floor(log10(rough)) if rough > 0 else 1
        step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough * 0.8)
        return [step * place for place in range(floor(self.top / step) + 1)]

    def paths(self, values: Sequence[float | None]) -> list[str]:
        """One path for each stretch without gaps."""
        found, now = [], ""
        for place, value in enumerate(values):
            if value is None:
                found.append(now)
                now = ""
                continue
            now += f"{'L' if now else 'M'}{self.x(place)} {self.y(value)}"
        return [path for path in (*found, now) if "L" in path]

    def band(self, band: Band) -> str:
        known = [
            (place, low, high)
            for place, (low, high) in enumerate(zip(band.low, band.high, strict=True))
            if low is not None and high is not None
        ]
        if len(known) < 2:
            return ""
        over = "L".join(f"{self.x(place)} {self.y(high)}" for place, _low, high in known)
        under = "L".join(f"{self.x(place)} {self.y(low)}" for place, low, _high in reversed(known))
        return f"M{over}L{under}Z"
