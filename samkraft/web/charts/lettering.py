"""How much room words take in a drawing, so that they can be broken into lines on the server.

The widths are rounded up from the interface's own typeface, as shares of the letter size.
"""

from collections.abc import Iterable

_WIDTHS = {**dict.fromkeys("iljtfrI.,:;'|!()[]- \u00a0–", 0.34), **dict.fromkeys("mwMWÅÄÖ@%—", 0.86)}
_CAPITAL, _OTHER = 0.66, 0.54


def width(text: str, size: float) -> float:
    """The width of a text in the drawing's units, at this letter size."""
    return sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text) * size


def wrap(text: str, room: float, size: float, most: int) -> list[str]:
    """The text in at most so many lines; what does not fit ends with an ellipsis."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most:
        line = [words.pop(0)]
        while words and width(" ".join([*line, words[0]]), size) <= room:
            line.append(words.pop(0))
        lines.append(" ".join(line))
    if words:
        lines[-1] += " …"
    return [_cut(line, room, size) for line in lines]


def widest(lines: Iterable[str], size: float) -> float:
    """The width of the widest line."""
    return max((width(line, size) for line in lines), default=0.0)


def _cut(line: str, room: float, size: float) -> str:
    if width(line, size) <= room:
        return line
    bare = line.removesuffix(" …")
    while bare and width(f"{bare}…", size) > room:
        bare = bare[:-1].rstrip()
    return f"{bare}…"
