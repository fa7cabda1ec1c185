"""What one sentence says for all points: where the money comes from, and for which year it is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samkraft.money.rules.decision_text import money_once
from samkraft.money.rules.decision_text.reading import Point

GIVES = frozenset({"grant", "transfer", "reserve", "adopt"})
# "Allt avser år 2025.", "Samtliga bidrag gäller 2024."
ALL_YEARS = re.compile(
    r"(?<!\w)(?:allt|samtliga(?:\s+\w+)?|alla\s+\w+|bidragen|medlen|beloppen|besluten|anslagen)\s+(?:avser|gäller)\s+"
    r"(?:för\s+)?(?:(?:budget|verksamhets|kalender)?år(?:et|en)?\s+)?((?:19|20)\d\d)(?:\s?[–-]\s?((?:19|20)\d\d))?(?!\d)", re.I
)  # fmt: skip


def sources(text: str, points: Sequence[Point]) -> list[Point]:
    """ "Medlen tas ur X" as a point of its own names the source of the points before it, or of those that it numbers."""
    told = list(points)
    for index, point in enumerate(points):
        words = _source_words(text, point)
        if point.kind != "funding" or not words:
            continue
        for other in _paid_by(points, index):
            items = tuple(
                replace(item, appropriation=words) if item.amount_ore and not item.appropriation else item
                for item in told[other].items
            )
            told[other] = replace(told[other], items=items)
    return told


def years(flat: str, start: int, end: int, points: Sequence[Point]) -> list[Point]:
    """Years that a closing sentence gives to all money of the stretch that has none of its own."""
    match = ALL_YEARS.search(flat, start, end)
    if match is None:
        return list(points)
    first, last = int(match[1]), int(match[2] or match[1])
    held = tuple(range(first, last + 1)) if first <= last <= first + 15 else (first,)
    return [
        replace(
            point, items=tuple(replace(item, years=held) if item.amount_ore and not item.years else item
                               for item in point.items),
        ) if start <= point.place.start < end and point.kind in GIVES else point
        for point in points
    ]  # fmt: skip


def _source_words(text: str, point: Point) -> str:
    marks = [mark.place for mark in point.marks if mark.kind == "appropriation"]
    return " ".join(text[marks[0].start : marks[0].end].split()) if marks else ""


def _paid_by(points: Sequence[Point], index: int) -> list[int]:
    """The money points of the same body that the funding point is about."""
    giving = [
        i for i, other in enumerate(points)
        if i != index and other.kind in GIVES and other.body == points[index].body and any(x.amount_ore for x in other.items)
    ]  # fmt: skip
    if named := money_once.named(points[index].text, points, giving):
        return named
    previous = max((i for i in range(index) if points[i].kind == "funding"), default=-1)
    before = [i for i in giving if previous < i < index]
    return before or ([i for i in giving if i > index] if previous == -1 else [])
