"""Set-up time and queue side by side as stacked bars, the words on the bars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from samkraft.web import figures
from samkraft.web.charts import lettering

BAR = 20
FITS = 46  # a number of days with its unit


@dataclass(frozen=True, slots=True)
class Layout:
    """A window's measures. Where there is nothing left of the bars the name stands above its bar."""

    width: int
    left: int
    right: int
    line: int
    above: int


DESK = Layout(760, 290, 20, 34, 0)
PHONE = Layout(330, 0, 4, 54, 22)


@dataclass(frozen=True, slots=True)
class Parts:
    """Median days of one group: from need to queue, from queue to offer, from offer to start. None: not told."""

    name: str
    before: int | None
    queue: int | None
    after: int | None

    @property
    def total(self) -> int:
        """What is told, together."""
        return (self.before or 0) + (self.queue or 0) + (self.after or 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar."""

    x: float
    width: float
    kind: str
    told: str
    fits: bool
    text_x: float


@dataclass(frozen=True, slots=True)
class Row:
    """One group's bar."""

    y: float
    text_y: float
    name: str
    pieces: tuple[Piece, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the drawing needs. phone: the same, drawn for a narrow window."""

    width: int
    height: float
    left: int
    bar: int
    rows: tuple[Row, ...]
    description: str
    phone: "Picture | None" = None


def draw(groups: Sequence[Parts], *, description: str) -> Picture | None:
    """None when nothing is told of anybody."""
    longest = max((one.total for one in groups), default=0)
    if not longest:
        return None
    return replace(_drawn(groups, longest, DESK, description), phone=_drawn(groups, longest, PHONE, description))


def _drawn(groups: Sequence[Parts], longest: int, layout: Layout, description: str) -> Picture:
    left, rows = layout.left, []
    room = layout.width - left - layout.right
    for place, one in enumerate(groups):
        x, y, pieces = float(left), float(30 + layout.above + place * layout.line), []
        for days, kind in ((one.before, "set-up"), (one.queue, "queue"), (one.after, "set-up")):
            if days:
                width = round(room * days / longest, 1)
                pieces.append(
                    Piece(round(x, 1), width, kind, figures.days(days), width >= FITS, round(x + width / 2, 1))
                )
                x += width
        name = lettering.wrap(one.name, left - 12 if left else layout.width, 14.0, 1)[0]
        rows.append(Row(y, y + BAR - 5, name, tuple(pieces), _said(one)))
    return Picture(layout.width, 34.0 + layout.line * len(groups), left, BAR, tuple(rows), description)


def _said(one: Parts) -> str:
    return _("%(name)s: %(before)s till kön, %(queue)s i kö, %(after)s till start") % {
        "name": one.name,
        "before": _days(one.before),
        "queue": _days(one.queue),
        "after": _days(one.after),
    }


def _days(value: int | None) -> str:
    return _("okänt") if value is None else figures.days(value)
