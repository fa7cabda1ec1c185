"""A chart of bars as a drawing (SVG): one for the web page and the PDF, made of figures alone."""

from decimal import Decimal
from html import escape

from samkraft.knowledge.rules.documents.parts import Bars

WIDTH, LABEL, ROW, BAR = 640, 236, 30, 17
INK, UNKNOWN = "#4b1c45", "#9b2719"
LONGEST_LABEL = 34


def draw(bars: Bars, *, font: str = "Source Sans 3, sans-serif", title: bool = True) -> str:
    """The drawing. With `title` it says itself what it shows; without, the page around it does."""
    height = len(bars.bars) * ROW + 8
    largest = max((bar.value for bar in bars.bars if bar.value is not None), default=Decimal(0))
    room = WIDTH - LABEL - 120
    rows = []
    for place, bar in enumerate(bars.bars):
        top = place * ROW + 4
        middle = top + BAR / 2 + 4.5
        rows.append(_label(_short(bar.label), middle))
        if bar.value is None:
            rows.append(
                f'<rect x="{LABEL}" y="{top}" width="60" height="{BAR}" fill="none" stroke="{UNKNOWN}" '
                f'stroke-width="1.5" stroke-dasharray="4 3"/>'
            )
            rows.append(_value(LABEL + 68, middle, bar.told))
            continue
        width = max(1.5, float(bar.value / largest * room)) if largest > 0 else 1.5
        rows.append(f'<rect x="{LABEL}" y="{top}" width="{width:.1f}" height="{BAR}" fill="{INK}"/>')
        rows.append(_value(LABEL + width + 8, middle, bar.told))
    told = f"<title>{escape(bars.caption)}</title><desc>{escape(bars.told)}</desc>" if title else ""
    names = f' role="img" aria-label="{escape(bars.told)}"' if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f'{names} font-family="{escape(font)}" font-size="14">{told}{"".join(rows)}</svg>'
    )


def _label(text: str, y: float) -> str:
    return f'<text x="{LABEL - 10}" y="{y:.1f}" text-anchor="end" fill="currentColor">{escape(text)}</text>'


def _value(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="currentColor">{escape(text)}</text>'


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
