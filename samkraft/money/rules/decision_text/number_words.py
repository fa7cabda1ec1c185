"""Swedish numbers written as words: "femhundratusen", "en halv miljon", "två och en halv miljon"."""

import re
from fractions import Fraction

ONES = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
        "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
        "arton": 18, "aderton": 18, "nitton": 19}  # fmt: skip
TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "förtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
        "åttio": 80, "nittio": 90}  # fmt: skip
SCALES = {
    "hundra": 100,
    "tusen": 1000,
    "miljoner": 1_000_000,
    "miljon": 1_000_000,
    "miljarder": 10**9,
    "miljard": 10**9,
}
HALVES = {"och en halv": Fraction(1, 2), "och ett halvt": Fraction(1, 2), "en halv": Fraction(1, 2),
          "ett halvt": Fraction(1, 2), "halv": Fraction(1, 2), "en kvarts": Fraction(1, 4)}  # fmt: skip

_PIECES = sorted([*ONES, *TENS, *SCALES, *HALVES], key=len, reverse=True)
_PIECE = "(?:" + "|".join(piece.replace(" ", r"\s+") for piece in _PIECES) + ")"
# At most twelve pieces: longer than any number that a decision writes out, and short enough to stay quick.
WORDS = re.compile(rf"(?<!\w){_PIECE}(?:\s?(?:och\s)?{_PIECE}){{0,11}}(?!\w)", re.I)
_SPLIT = re.compile(_PIECE, re.I)


def value(words: str) -> Fraction | None:
    """What the words amount to, or None when they are no number ("halv", "en en")."""
    total, part, seen = Fraction(0), Fraction(0), False
    for match in _SPLIT.finditer(words):
        piece = re.sub(r"\s+", " ", match[0].lower())
        if piece in HALVES:
            part += HALVES[piece]
        elif piece in ONES or piece in TENS:
            number = ONES.get(piece) or TENS[piece]
            if part and (part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and number < 10)) is False:
                return None
            part += number
        elif piece == "hundra":
            part = (part or Fraction(1)) * 100
        else:
            total += (part or Fraction(1)) * SCALES[piece]
            part = Fraction(0)
        seen = True
    return total + part if seen and total + part else None
