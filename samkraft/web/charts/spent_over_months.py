"""Money month by month as a drawing: what has been spent in all, the budget as a ceiling, and where it may end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_TOP, _BOTTOM = 16, 34


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large the drawing is, and what its axis to the left and the air to the right take."""

    width: int
    height: int
    left: int
    right: int

    def x(self, number: int, count: int) -> float:
        """Where the end of a month is."""
        return self.left + (self.width - self.left - self.right) * number / max(count, 1)


WIDE, NARROW = Sheet(760, 300, 84, 20), Sheet(350, 270, 88, 12)


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
    sheet: Sheet = WIDE,
) -> Picture:
    """`spent` is each month's own amount; `months` every month of the time. `words` gives an amount in words per tick.
    `sheet` is how large it is drawn: the same for a phone has fewer points across, so that its words stay readable.
    """
    top_ore = max([*words, ceiling_ore, ahead.high_ore if ahead else 0, 1])
    place = {month: sheet.x(number, len(months)) for number, month in enumerate(months, start=1)}

    def y(ore: int) -> float:
        return sheet.height - _BOTTOM - (sheet.height - _TOP - _BOTTOM) * ore / top_ore

    total, line = 0, [(sheet.x(0, len(months)), y(0))]
    for month, amount in sorted(spent):
        total += amount
        line.append((place[month], y(total)))
    here, end_x = line[-1], sheet.x(len(months), len(months))
    return Picture(
        width=sheet.width,
        height=sheet.height,
        left=sheet.left,
        right=sheet.width - sheet.right,
        base=f"{y(0):.1f}",
        spent=_points(line),
        band=_points([here, (end_x, y(ahead.low_ore)), (end_x, y(ahead.high_ore))]) if ahead else "",
        expected=_points([here, (end_x, y(ahead.expected_ore))]) if ahead else "",
        ceiling_y=f"{y(ceiling_ore):.1f}" if ceiling_ore else "",
        ceiling=Label(str(sheet.left + 6), f"{y(ceiling_ore) - 6:.1f}", ceiling_words, "start")
        if ceiling_ore
        else None,
        ticks=tuple(Label(str(sheet.left - 8), f"{y(ore) + 5:.1f}", text, "end") for ore, text in words.items()),
        months=tuple(
            Label(
                f"{place[month] - sheet.x(1, len(months)) / 2 + sheet.left / 2:.1f}",
                str(sheet.height - 10),
                str(month.year),
                "start",
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


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
