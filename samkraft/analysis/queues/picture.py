"""Bands as SVG: the middle as a line, 5–95 per cent as a field, labels at the lines. Each picture has its table beside it.

Drawn without script and without colour as the only sign; text is real text, and the description says what is seen.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues.summary import Band
from samkraft.values import wording
from samkraft.values.wording import spoken

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 760, 320, 64, 16, 44, 40
INKS = ("#1b4f72", "#7d3c0c")
DASHES = ("", "7 4")


def bands(title: str, named: Sequence[tuple[str, Band]], *, line: tuple[str, NDArray[np.float64]] | None = None) -> str:
    """One or two bands over the same weeks; `line` is a further curve to compare with, such as places in teams."""
    days = named[0][1].days
    curves = [band.high for _, band in named] + ([line[1]] if line else [])
    most = max(1.0, float(max(np.max(curve) for curve in curves)))
    top = _round_up(most)
    parts = [_axes(days, top)]
    for number, (name, band) in enumerate(named):
        ink, dash = INKS[number % 2], DASHES[number % 2]
        field = _points(band.high, top) + _points(band.low, top)[::-1]
        parts.append(f'<polygon points="{_joined(field)}" fill="{ink}" opacity="0.18"/>')
        parts.append(_curve(band.middle, top, ink, dash))
        peak = int(np.clip(np.argmax(band.middle), len(days) // 12, len(days) * 3 // 4))
        x, y = _points(band.middle, top)[peak]
        side = "end" if peak == len(days) * 3 // 4 else "start"  # beside a curve that still rises, not on it
        label = f'<text x="{x:.0f}" y="{y - 8:.0f}" fill="{ink}" font-weight="600" text-anchor="{side}">'
        parts.append(f"{label}{escape(name)}</text>")
    if line:
        parts.append(_curve(line[1], top, "#333333", "2 3"))
        x, y = _points(line[1], top)[len(days) // 8]
        parts.append(f'<text x="{x:.0f}" y="{y - 6:.0f}" fill="#333333">{escape(line[0])}</text>')
    told = "; ".join(
        spoken("{name}: i mitten som högst {most}", name=name, most=f"{np.max(band.middle):.0f}")
        for name, band in named
    )
    explained = spoken("{told}. Fältet rymmer nittio procent av repetitionerna. Siffrorna finns i tabellen.", told=told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-labelledby="t d" '
        f'font-family="sans-serif" font-size="13"><title id="t">{escape(title)}</title>'
        f'<desc id="d">{escape(explained)}</desc>'
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>'
        f'<text x="{LEFT}" y="22" font-size="16" font-weight="600">{escape(title)}</text>{"".join(parts)}</svg>\n'
    )


def table(named: Sequence[tuple[str, Band]]) -> str:
    """The same numbers as CSV: week and three columns for each band."""
    head = [spoken("vecka som börjar")] + [f"{name} {level}" for name, _ in named for level in ("5 %", "50 %", "95 %")]
    rows = [";".join(head)]
    for n, day in enumerate(named[0][1].days):
        cells = [f"{curve[n]:.1f}".replace(".", ",") for _, b in named for curve in (b.low, b.middle, b.high)]
        rows.append(";".join([day.isoformat(), *cells]))
    return "\n".join(rows) + "\n"


def _round_up(most: float) -> float:
    step = 10.0 ** np.floor(np.log10(most))
    return float(next(step * n for n in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * n >= most))


def _points(values: NDArray[np.float64], top: float) -> list[tuple[float, float]]:
    across = (WIDE - LEFT - RIGHT) / max(1, len(values) - 1)
    return [
        (LEFT + n * across, HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * float(value) / top)
        for n, value in enumerate(values)
    ]  # fmt: skip


def _joined(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _curve(values: NDArray[np.float64], top: float, ink: str, dash: str) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{_joined(_points(values, top))}" fill="none" stroke="{ink}" stroke-width="2"{dashed}/>'


def _axes(days: tuple[date, ...], top: float) -> str:
    made = []
    for n in range(5):
        y = HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * n / 4
        made.append(f'<line x1="{LEFT}" y1="{y:.0f}" x2="{WIDE - RIGHT}" y2="{y:.0f}" stroke="#d0d0d0"/>')
        value = top * n / 4
        mark = wording.number(value, 0 if value == round(value) else 2)
        made.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{mark}</text>')
    quarters = [n for n, day in enumerate(days) if day.day <= 7 and day.month in (1, 7)]
    across = (WIDE - LEFT - RIGHT) / max(1, len(days) - 1)
    for n in quarters:
        x = LEFT + n * across
        made.append(f'<text x="{x:.0f}" y="{HIGH - 16}" text-anchor="middle">{days[n]:%Y-%m}</text>')
        made.append(f'<line x1="{x:.0f}" y1="{HIGH - BOTTOM}" x2="{x:.0f}" y2="{HIGH - BOTTOM + 5}" stroke="#333333"/>')
    return "".join(made)
