"""For which years the money of a clause holds."""

import re

from samkraft.money.rules.decision_text import periods
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.parsed import Parsed
from samkraft.values.wording import phrase

# "… 1,8 mnkr för 2025, indexerat enligt PKV för 2026": the amount of the later years is not stated.
INDEXED = re.compile(r"(?<!\w)(?:indexera\w*|indexuppräkn\w*|uppräkna\w*|uppräkning|räknas\s+upp)(?!\w)", re.I)


def of_clause(flat: str, start: int, end: int, parsed: Parsed) -> tuple[tuple[int, ...], bool]:
    due = periods.find_due(flat, start, end)
    strong: list[int] = []
    likely: list[tuple[int, int, tuple[int, ...]]] = []
    for years in periods.find_years(flat, start, end):
        if due and due.start <= years.start < due.end:
            continue
        before = flat[max(start, years.start - 40) : years.start]
        if strong and INDEXED.search(flat, start, years.start):
            parsed.lost.append((years.start, years.end, phrase("beloppet räknas upp; hur mycket det blir står inte")))
            continue
        if (
            periods.YEAR_LEAD.search(before)
            or periods.YEARLY.search(before[-12:])
            or (
                re.match(r"\s*(?:,|\.|$)", flat[years.end : years.end + 2])
                and re.search(r"(?:kronor|kr|mnkr|tkr|mkr)\s*$", before)
            )
        ):
            strong += years.years
            parsed.marks.append(("year", years.start, years.end))
        elif periods.AFTER_NOUN.search(before) and not periods.NAMES_A_DOCUMENT.search(before):
            likely.append((years.start, years.end, years.years))
    if not strong:
        strong = _years_of_dates(flat, start, end, due)
    if not strong:
        strong = [year for _, _, years in likely for year in years]
        parsed.marks += [("year", a, b) for a, b, _ in likely]
    return tuple(sorted(set(strong))), periods.YEARLY.search(flat, start, end) is not None


def _years_of_dates(flat: str, start: int, end: int, due: periods.Due | None) -> list[int]:
    dates = [d for d in periods.find_dates(flat, start, end) if not (due and due.start <= d[0] < due.end)]
    if not dates or not re.search(
        r"(?:perioden|från\s+och\s+med|fr\.?\s?o\.?\s?m|gäller|tiden|till\s+och\s+med)\s", flat[start:end], re.I
    ):
        return []
    years = sorted({int(date[:4]) for _, _, date in dates})
    return list(range(years[0], years[-1] + 1)) if years[-1] - years[0] <= 10 else years


def of_amounts(text: str, main: list[Amount], end: int) -> dict[int, tuple[int, ...]]:
    """Years by the start of their amount, when each of several amounts is followed by years of its own."""
    if len(main) < 2:
        return {}
    own: dict[int, tuple[int, ...]] = {}
    for index, amount in enumerate(main):
        stop = main[index + 1].start if index + 1 < len(main) else end
        years = periods.find_years(text, amount.end, stop)
        if not years:
            return {}
        own[amount.start] = years[0].years
    return own
