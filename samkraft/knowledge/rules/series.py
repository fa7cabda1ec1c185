"""Other bodies' figures by month: how they are read in, and where they have gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Unit(StrEnum):
    """What the values are."""

    PEOPLE = "people"
    SHARE = "share"
    DAYS = "days"
    MNKR = "mnkr"


UNIT_NAMES = {
    Unit.PEOPLE: phrase("Antal"),
    Unit.SHARE: phrase("Procent"),
    Unit.DAYS: phrase("Dagar"),
    Unit.MNKR: phrase("Miljoner kronor"),
}
NO_SOURCE = Reason(
    "series_without_source",
    phrase("Namn eller källa saknas."),
    phrase("Skriv vad serien heter och var den är hämtad, så att andra kan hitta den."),
)
NO_LINES = Reason(
    "series_empty", phrase("Det finns inga rader."), phrase("Skriv en rad för varje månad: 2026-03; 12,4")
)
BAD_LINES = Reason(
    "series_bad_lines",
    phrase("De här raderna går inte att läsa: {lines}."),
    phrase("Varje rad är en månad och ett värde, till exempel 2026-03; 12,4. Lämna värdet tomt där det saknas."),
)
MONTH_TWICE = Reason(
    "series_month_twice", phrase("{month} står mer än en gång."), phrase("Behåll en rad för varje månad.")
)
_LINE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\s*[;\t,]?\s*(-?[\d\s\u00a0]*(?:[.,]\d+)?)\s*%?")


@dataclass(frozen=True, slots=True)
class Point:
    """One month, `2026-03`, and its value; None is a gap. A share is from 0 to 1."""

    month: str
    value: float | None


def read(text: str, unit: str) -> tuple[Point, ...]:
    """Lines of month and value, in order of month. Raises Refused with the lines that cannot be read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused(NO_LINES)
    found, bad = {}, []
    for line in lines:
        hit = _LINE.fullmatch(line)
        number = re.sub(r"[\s\u00a0]", "", hit.group(3)).replace(",", ".") if hit else ""
        value = float(number) if number not in ("", "-") else None
        if hit is None or (value is not None and (value < 0 or (unit == Unit.SHARE and value > 100))):
            bad.append(line[:40])
            continue
        month = f"{hit.group(1)}-{hit.group(2)}"
        if month in found:
            raise Refused(MONTH_TWICE, month=month)
        found[month] = value / 100 if value is not None and unit == Unit.SHARE else value
    if bad:
        raise Refused(BAD_LINES, lines=" · ".join(bad[:5]))
    return tuple(Point(month, found[month]) for month in sorted(found))


def gaps(points: Sequence[Point]) -> tuple[str, ...]:
    """Months between the first and the last that have no value."""
    if not points:
        return ()
    known = {point.month for point in points if point.value is not None}
    year, month = map(int, points[0].month.split("-"))
    missing = []
    while (word := f"{year}-{month:02}") <= points[-1].month:
        if word not in known:
            missing.append(word)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(missing)
