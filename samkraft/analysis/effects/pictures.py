"""Two pictures as SVG: how the groups overlap, and how they leave. Each carries title and description for a reader's ears."""

from html import escape
from typing import Any

from samkraft.analysis.effects.balance import BINS, Overlap
from samkraft.values.wording import number, percent, spoken

WIDTH, HEIGHT, MARGIN = 640, 320, 44
FEWEST = 5  # a bar of fewer people is not drawn: a picture is passed on more easily than it is thought about
TREATED, COMPARISON = "#0b5394", "#b45f06"


def overlap(found: Overlap) -> str:
    """Bars by chance of treatment: the treated upwards, the comparison downwards, each as shares of its group."""
    shares = [[count / max(side.sum(), 1) if count >= FEWEST else 0.0 for count in side] for side in found.counts]
    highest = max(max(map(max, shares)), 1e-9)
    middle, step = HEIGHT / 2, (WIDTH - 2 * MARGIN) / BINS
    reach = middle - MARGIN
    bars = []
    for place in range(BINS):
        x = MARGIN + place * step
        for side, colour in ((1, TREATED), (0, COMPARISON)):
            size = shares[side][place] / highest * reach
            y = middle - size if side else middle
            bars.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{step - 2:.1f}" height="{size:.1f}" fill="{colour}"/>')
    title = spoken("Hur grupperna överlappar")
    words = spoken(
        "Andel av varje grupp efter sannolikheten att delta. Båda grupperna finns mellan "
        "{low} och {high}. Staplar med färre än fem personer är inte ritade.",
        low=number(found.low, 2),
        high=number(found.high, 2),
    )
    labels = _text(MARGIN, MARGIN - 12, spoken("deltog"), TREATED) + _text(
        MARGIN, HEIGHT - 8, spoken("jämförelse"), COMPARISON
    )
    axis = f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{middle}" y2="{middle}" stroke="#333"/>'
    ends = _text(MARGIN - 14, middle + 4, "0") + _text(WIDTH - MARGIN + 6, middle + 4, "1")
    return _svg(title, words, "".join(bars) + axis + labels + ends)


def incidence(curves: dict[str, Any], kind: str) -> str:
    """The share that has left in one way by each time, for both groups, as steps."""
    times = curves["treated"]["time"]
    last = times[-1] or 1.0
    highest = max(max(curves[side][kind]) for side in curves) or 1.0
    lines = []
    for side, colour in (("treated", TREATED), ("comparison", COMPARISON)):
        points, before = [], 0.0
        for time, value in zip(times, curves[side][kind], strict=True):
            x = MARGIN + time / last * (WIDTH - 2 * MARGIN)
            points += [f"{x:.1f},{_height(before, highest):.1f}", f"{x:.1f},{_height(value, highest):.1f}"]
            before = value
        lines.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(
            _text(
                WIDTH - MARGIN - 60,
                _height(before, highest) - 6,
                spoken("deltog") if side == "treated" else spoken("jämförelse"),
                colour,
            )
        )
    ends = {side: curves[side][kind][-1] for side in curves}
    words = spoken(
        "Vid {last} hade {treated} av dem som deltog och {comparison} av jämförelsen utgången {kind}.",
        last=f"{last:g}",
        treated=percent(ends["treated"]),
        comparison=percent(ends["comparison"]),
        kind=kind,
    )
    axis = f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{HEIGHT - MARGIN}" y2="{HEIGHT - MARGIN}" stroke="#333"/>'
    scale = _text(4, _height(highest, highest) + 4, f"{highest:.0%}") + _text(
        WIDTH - MARGIN, HEIGHT - MARGIN + 18, f"{last:g}"
    )
    return _svg(spoken("Andel med utgången {kind}", kind=kind), words, axis + "".join(lines) + scale)


def _height(value: float, highest: float) -> float:
    return HEIGHT - MARGIN - value / highest * (HEIGHT - 2 * MARGIN)


def _text(x: float, y: float, words: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" fill="{colour}">{escape(words)}</text>'


def _svg(title: str, words: str, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d" '
        f'font-family="sans-serif"><title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>{inside}</svg>\n'
    )
