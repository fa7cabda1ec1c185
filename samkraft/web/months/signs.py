"""Signs of progression drawn: small pictures of one person's answers, and one picture of how several have moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _

from samkraft.people.rules.months import progression as rules
from samkraft.people.rules.months.progression import Moved, Point, Sign
from samkraft.web import days, figures

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 240, 116, 18, 8, 20
SCALE = 100.0  # of the picture of change: four steps each way


@dataclass(frozen=True, slots=True)
class Dot:
    """An answer in the picture."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One sign: the officer's line and the person's own."""

    name: str
    grid: tuple[tuple[int, float], ...]
    staff: tuple[Dot, ...]
    own: tuple[Dot, ...]
    staff_line: str
    own_line: str
    first: str
    last: str
    spoken: str


def charts(points: Sequence[Point], today: date) -> list[Chart]:
    """One for each sign that has an answer, on the same days from left to right."""
    if not points:
        return []
    begin, end = min(point.on for point in points), max(*(point.on for point in points), today)
    return [_chart(sign, own, begin, end) for sign in Sign if (own := [one for one in points if one.sign is sign])]


def _chart(sign: Sign, points: Sequence[Point], begin: date, end: date) -> Chart:
    staff = _dots([one for one in points if one.voice == rules.STAFF], begin, end)
    own = _dots([one for one in points if one.voice == rules.PARTICIPANT], begin, end)
    grid = tuple((value, _y(value)) for value in (1, 3, 5))
    spoken = "; ".join(dot.words for dot in (*staff, *own))
    return Chart(
        _(rules.NAMES[sign]), grid, staff, own, _line(staff), _line(own), days.dated(begin), days.dated(end), spoken
    )


def _dots(points: Sequence[Point], begin: date, end: date) -> tuple[Dot, ...]:
    whole = max((end - begin).days, 1)
    found = []
    for point in points:
        who = _("handläggaren") if point.voice == rules.STAFF else _("personen själv")
        words = _("{day}: {value} av 5, {who}").format(day=days.dated(point.on), value=point.value, who=who)
        x = LEFT + 6 + (WIDTH - LEFT - 14) * (point.on - begin).days / whole
        found.append(Dot(round(x, 1), _y(point.value), words))
    return tuple(found)


def _y(value: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (5 - value) / 4, 1)


def _line(dots: Sequence[Dot]) -> str:
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)


@dataclass(frozen=True, slots=True)
class Band:
    """How a sign has moved among several, as a line with its interval; without figures when they are too few."""

    name: str
    who: str
    count: int
    first: str
    latest: str
    words: str
    low: float
    middle: float
    high: float
    is_shown: bool


def bands(found: Sequence[Moved]) -> list[Band]:
    """In the order of the signs."""
    return [_band(one) for one in found]


def _band(one: Moved) -> Band:
    who = _("handläggaren") if one.voice == rules.STAFF else _("personen själv")
    name = _(rules.NAMES[one.sign])
    if one.change is None or one.low is None or one.high is None or one.first is None or one.latest is None:
        return Band(name, who, one.count, "", "", "", 0, 0, 0, False)
    words = _("{change} ({low} till {high})").format(
        change=_signed(one.change), low=_signed(one.low), high=_signed(one.high)
    )
    return Band(
        name, who, one.count, figures.decimal(one.first, 1), figures.decimal(one.latest, 1), words, _x(one.low),
        _x(one.change), _x(one.high), True,
    )  # fmt: skip


def _signed(value: float) -> str:
    number = localize(round(abs(value), 1))
    return f"−{number}" if round(value, 1) < 0 else f"+{number}"


def _x(value: float) -> float:
    """From −2 to +2 over the width; what lies outside stands at the edge."""
    return round(SCALE * (min(max(value, -2.0), 2.0) + 2) / 4, 1)
