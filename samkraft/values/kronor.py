"""Money as whole öre: never a float, so that every sum is exact."""

import re
from typing import NewType

Ore = NewType("Ore", int)

_PLAIN = re.compile(
    r"^\s*([-−]?)\s*(\d{1,3}(?:[\s.\u00a0\u202f]?\d{3})*|\d+)(?:,(\d{1,2}))?\s*(kr|kronor)?\s*$", re.IGNORECASE
)


def from_kronor(kronor: int) -> Ore:
    """Whole kronor as öre."""
    return Ore(kronor * 100)


def parse(text: str) -> Ore:
    """Read an amount as people type it in a form: `500 000`, `500.000 kr`, `1 234,50`.

    Raises ValueError when the text is anything else; nothing is guessed.
    """
    match = _PLAIN.match(text)
    if not match:
        raise ValueError(text)
    sign, whole, fraction, _unit = match.groups()
    ore = int(re.sub(r"\D", "", whole)) * 100 + int((fraction or "0").ljust(2, "0"))
    return Ore(-ore if sign else ore)


def in_words(ore: int) -> str:
    """`1305600000` öre as `13 056 000 kr`, with hard spaces so that an amount never breaks over two lines."""
    sign = "\u2212" if ore < 0 else ""
    whole, fraction = divmod(abs(ore), 100)
    digits = f"{whole:,}".replace(",", "\u00a0")
    return f"{sign}{digits}{f',{fraction:02}' if fraction else ''}\u00a0kr"
