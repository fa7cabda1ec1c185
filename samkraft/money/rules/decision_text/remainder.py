"""Every amount in a part that decides is in an item, or told as something else, or said not to be understood.

Nothing is left out in silence: what the points did not take up is sorted here by the words around it.
"""

import bisect
import re
from collections.abc import Sequence

from samkraft.money.rules.decision_text import amounts, blocks, chosen_amounts, tables, verbs
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.matters import Section
from samkraft.money.rules.decision_text.parsed import Doubt
from samkraft.money.rules.decision_text.reading import AmountTold, Place, Point
from samkraft.values.wording import phrase

Lost = tuple[int, int, str]
# What an amount in a point of this kind is, when it is no item of it.
BY_KIND = {"refuse": "refused", "reduce": "refused", "revoke": "history", "note": "noted", "remit": "noted", "table": "noted",
           "funding": "size"}  # fmt: skip
IN_A_TASK = frozenset({"duty", "urge", "must", "mandate"})


def sort(
    text: str, flat: str, section: Section, points: Sequence[Point], doubts: Sequence[Doubt], lost: Sequence[Lost]
) -> tuple[list[AmountTold], list[Lost]]:
    """Amounts of the section that no point accounts for: those told as something else, and those not understood."""
    known = [(mark.place.start, mark.place.end) for point in points for mark in point.marks if mark.kind == "amount"]
    known += [(i.amount_start, i.amount_start + 1) for p in points for i in p.items if i.amount_start is not None]
    known += [(doubt.start, doubt.end) for doubt in doubts] + [(a, b) for a, b, _ in lost]
    accounted = _Stretches(known)
    told: list[AmountTold] = []
    unread: list[Lost] = []
    whole = sum(item.amount_ore or 0 for point in points for item in point.items)
    for point, own in _by_point(amounts.find(text, section.start, section.end), points):
        if all(accounted.touches(amount) for amount in own):
            continue
        sums = {total for total in (whole, sum(i.amount_ore or 0 for i in point.items) if point else 0) if total}
        for amount, role in chosen_amounts.with_roles(flat, point.place.start if point else section.start, own):
            if accounted.touches(amount):
                continue
            told_as = role if role != "main" else _told_as(text, flat, amount, point, sums)
            if amount.ore is not None and told_as:
                line = " ".join(text[slice(*_line(text, amount))].split())
                told.append(AmountTold(amount.ore, line, "", Place(amount.start, amount.end), role=told_as))
            else:
                unread.append((amount.start, amount.end, _why(amount, point)))
    return told, unread


class _Stretches:
    """Stretches of the text, put together where they meet, so that a long table is looked through quickly."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(stretches):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touches(self, amount: Amount) -> bool:
        """Whether a stretch shares a character with the amount."""
        at = bisect.bisect_left(self.starts, amount.end) - 1
        return at >= 0 and self.ends[at] > amount.start


def _by_point(found: Sequence[Amount], points: Sequence[Point]) -> list[tuple[Point | None, list[Amount]]]:
    """The amounts of each point, in order; those outside every point stand alone."""
    ordered = sorted(points, key=lambda point: point.place.start)
    starts = [point.place.start for point in ordered]
    groups: list[tuple[Point | None, list[Amount]]] = []
    for amount in found:
        at = bisect.bisect_right(starts, amount.start) - 1
        point = next((p for p in reversed(ordered[max(0, at - 8) : at + 1]) if amount.start < p.place.end), None)
        if groups and groups[-1][0] is point:
            groups[-1][1].append(amount)
        else:
            groups.append((point, [amount]))
    return groups


def _told_as(text: str, flat: str, amount: Amount, point: Point | None, sums: set[int]) -> str | None:
    """What an amount with no role word before it is, or None when nothing tells."""
    start, end = _line(text, amount)
    if blocks.FOOTNOTE.match(text, start, end):
        return "part"
    if tables.TOTAL.match(text, start, end) or amount.ore in sums:
        return "sum"
    if point is None:
        return "history" if verbs.PAST.search(flat, start, end) else None
    if any(m.kind == "appropriation" and m.place.start <= amount.start < m.place.end for m in point.marks):
        return "size"
    if point.verb in chosen_amounts.CHANGES and re.search(
        r"(?:från|till)\s*$", flat[max(0, amount.start - 8) : amount.start]
    ):
        return "size"  # "utökas med A, från B till C"
    verb = next((mark.place.start for mark in point.marks if mark.kind == "verb"), 0)
    if point.items and amount.start < verb:
        return "size"  # "av årets medel, 9 mnkr, fördela 3 mnkr till …"
    return BY_KIND.get(point.kind)


def _why(amount: Amount, point: Point | None) -> str:
    if amount.doubtful:
        return amount.doubtful
    if point is None:
        return phrase("ett belopp utan beslut")
    if point.kind in IN_A_TASK:
        return phrase("beloppet står i ett uppdrag och räknas inte")
    return phrase("beloppet kunde inte knytas till någon mottagare")


def _line(text: str, amount: Amount) -> tuple[int, int]:
    start = text.rfind("\n", 0, amount.start) + 1
    end = text.find("\n", amount.end)
    return start, end if end != -1 else len(text)
