"""Money month by month as a drawing: what has been spent in all, the budget as a ceiling, and where it may end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.web.charts import lettering

WIDTH, HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 20, 16, 34


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside an axis. `anchor` is SVG's text-anchor."""

    x: str
    y: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the drawing holds, as attributes of SVG elements."""

    width: int
    height: int
    left: int
    right: int
    base: str
    spent: str
    band: str
    expected: str
    ceiling_y: str
    ceiling: Label | None
    ticks: tuple[Label, ...]
    months: tuple[Label, ...]
    end: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where it may end after the last month: low, expected and high, in öre."""

    low_ore: int
    expected_ore: int
    high_ore: int


def draw(
    spent: Sequence[tuple[date, int]],
    months: Sequence[date],
    *,
    ceiling_ore: int,
    ceiling_words: str,
    ahead: Ahead | None,
    words: dict[int, str],
) -> Picture:
    """`spent` is each month's own amount; `months` every month of the time. `words` gives an amount in words per tick."""
    top_ore = max([*words, ceiling_ore, ahead.high_ore if ahead else 0, 1])
    place = {month: _x(number, len(months)) for number, month in enumerate(months, start=1)}

    def y(ore: int) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * ore / top_ore

    total, line = 0, [(_x(0, len(months)), y(0))]
    for month, amount in sorted(spent):
        total += amount
        line.append((place[month], y(total)))
    here, end_x = line[-1], _x(len(months), len(months))
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        base=f"{y(0):.1f}",
        spent=_points(line),
        band=_points([here, (end_x, y(ahead.low_ore)), (end_x, y(ahead.high_ore))]) if ahead else "",
        expected=_points([here, (end_x, y(ahead.expected_ore))]) if ahead else "",
        ceiling_y=f"{y(ceiling_ore):.1f}" if ceiling_ore else "",
        ceiling=Label(str(_LEFT + 6), f"{y(ceiling_ore) - 6:.1f}", ceiling_words, "start") if ceiling_ore else None,
        ticks=tuple(Label(str(_LEFT - 8), f"{y(ore) + 5:.1f}", text, "end") for ore, text in words.items()),
        months=tuple(
            Label(
                f"{place[month] - _x(1, len(months)) / 2 + _LEFT / 2:.1f}", str(HEIGHT - 10), str(month.year), "start"
            )
            for month in months
            if month.month == 1
        ),
        end=(f"{here[0]:.1f}", f"{here[1]:.1f}") if spent else None,
    )


def steps(top_ore: int) -> list[int]:
    """Three to five round amounts from zero to at least the top."""
    size = 10 ** max(len(str(max(top_ore, 1))) - 1, 0)
    step = next(each for each in (size // 5, size // 2, size, 2 * size, 5 * size) if each and top_ore <= 5 * each)
    return [step * number for number in range(-(-top_ore // step) + 1)]


def room_for(text: str) -> float:
    """How wide a label of the drawing is."""
    return lettering.width(text, 14)


def _x(number: int, count: int) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * number / max(count, 1)


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
