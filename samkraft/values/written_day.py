"""A day as people in Sweden write it: `2026-03-31`, `20260331`, `260331`, `31/3 2026`, `31.3.2026`, `31 mars 2026`."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{2})(\d{2}))")
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})(?::?e)?[ .]*([a-zåäö]{3,9})\.?[ ,]+(\d{4})")


def read(text: str) -> date:
    """The day that the text says. Raises ValueError when it says none, or one that does not exist."""
    text = " ".join(text.casefold().split())
    if match := _YEAR_FIRST.fullmatch(text):
        return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    if match := _SHORT.fullmatch(text):
        return date(2000 + int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if (match := _IN_WORDS.fullmatch(text)) and match[2][:3] in _MONTHS:
        return date(int(match[3]), _MONTHS.index(match[2][:3]) + 1, int(match[1]))
    raise ValueError(text)
