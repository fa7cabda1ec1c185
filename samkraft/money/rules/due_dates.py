"""When something is due, read from the words of a decision. The words are kept: the day is our reading of them."""

import calendar
import re
from datetime import date

from samkraft.money.rules.decision_text.periods import MONTHS

# Words for the city's closing of the books mean the last day of January the year after, as the yearly cycle has it.
_YEAR_END = ("årsbokslut", "bokslut", "årsanalys", "årsredovisning")


def read(words: str, *, decided: date) -> date | None:
    """The last day, or None when the words name none.

    Takes an ISO day, an ISO month, a Swedish month with or without year, and the words for closing the books.
    """
    text = words.lower().strip()
    if match := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.search(r"\b(\d{4})-(\d{2})\b", text):
        return _month_end(int(match[1]), int(match[2]))
    if match := re.search(rf"(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?", text):
        month = MONTHS.index(match[2]) + 1
        year = int(match[3]) if match[3] else decided.year + (month < decided.month)
        return _day(year, month, int(match[1])) if match[1] else _month_end(year, month)
    if any(word in text for word in _YEAR_END):
        return date(decided.year + 1, 1, 31)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    """None for a day that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
