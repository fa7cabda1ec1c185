"""Shares as bars with the target as a line: places and words for a drawing, made on the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkraft.offer.rules.employer_time import Share

WIDTH, ROW, RIGHT, TOP = 720, 40, 90, 34
LETTER = 8.6  # the width of a letter of a name, about
MOST = 0.4  # the axis ends here; more is cut and says its figure


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, where it lies, how long it is, and its figure in words."""

    name: str
    y: int
    text_y: int
    length: int
    figure_x: int
    figure: str
    is_enough: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing. `target_x` is where the target's line stands."""

    width: int
    height: int
    left: int
    target_x: int
    target: str
    bars: tuple[Bar, ...]


def draw(series: Sequence[tuple[str, Share]], *, target: float) -> Picture | None:
    """None when nobody has noted anything."""
    left = min(300, max(90, round(max((len(name) for name, share_ in series), default=0) * LETTER) + 24))
    room = WIDTH - left - RIGHT
    bars = []
    for number, (name, share) in enumerate(one for one in series if one[1].share is not None):
        part = share.share or 0.0
        length = round(room * min(part, MOST) / MOST)
        figure = f"{part * 100:.0f} %"
        spoken = (_("{name}: {figure}, når målet") if share.is_enough else _("{name}: {figure}, under målet")).format(
            name=name, figure=figure
        )
        y = TOP + number * ROW
        bars.append(Bar(name, y, y + 19, length, WIDTH - 12, figure, share.is_enough, spoken))
    if not bars:
        return None
    return Picture(
        WIDTH, TOP + len(bars) * ROW + 6, left, left + round(room * target / MOST),
        _("målet {share} %").format(share=round(target * 100)), tuple(bars),
    )  # fmt: skip
