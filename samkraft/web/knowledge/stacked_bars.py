"""Set-up time and queue side by side as stacked bars, the words on the bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.web import figures
from samkraft.web.charts import lettering

WIDTH, LEFT, RIGHT, LINE, BAR = 720, 250, 20, 34, 20
FITS = 46  # a number of days with its unit


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
    """All that the drawing needs."""

    width: int
    height: float
    left: int
    bar: int
    rows: tuple[Row, ...]
    description: str


def draw(groups: Sequence[Parts], *, description: str) -> Picture | None:
    """None when nothing is told of anybody."""
    longest = max((one.total for one in groups), default=0)
    if not longest:
        return None
    room, rows = WIDTH - LEFT - RIGHT, []
    for place, one in enumerate(groups):
        x, y, pieces = float(LEFT), float(30 + place * LINE), []
        for days, kind in ((one.before, "set-up"), (one.queue, "queue"), (one.after, "set-up")):
            if days:
                width = round(room * days / longest, 1)
                pieces.append(
                    Piece(round(x, 1), width, kind, figures.days(days), width >= FITS, round(x + width / 2, 1))
                )
                x += width
        said = _("%(name)s: %(before)s till kön, %(queue)s i kö, %(after)s till start") % {
            "name": one.name,
            "before": _days(one.before),
            "queue": _days(one.queue),
            "after": _days(one.after),
        }
        rows.append(Row(y, y + BAR - 5, lettering.wrap(one.name, LEFT - 12, 14.0, 1)[0], tuple(pieces), said))
    return Picture(WIDTH, 34.0 + LINE * len(groups), LEFT, BAR, tuple(rows), description)


def _days(value: int | None) -> str:
    return _("okänt") if value is None else figures.days(value)
