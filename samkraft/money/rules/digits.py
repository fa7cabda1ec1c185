"""Which digits differ between two figures, and where a figure stands in a sentence."""

import re
from dataclasses import dataclass
from decimal import Decimal

from samkraft.money.rules.decision_text import amounts


@dataclass(frozen=True, slots=True)
class Run:
    """Some digits in a row that all differ, or all agree, with the other figure."""

    text: str
    differs: bool


def compared(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
    """Two numbers of equal length as runs of digits, without the zeros that both end with; None for other lengths.

    `6912000` and `6192000` become 6·91·2 and 6·19·2.
    """
    if len(one) != len(other) or not (one + other).isdigit() or one == other or len(one) < 2:
        return None
    ending = min(len(number) - len(number.rstrip("0")) for number in (one, other))
    ending -= ending % 3  # whole groups only: 6 912 000 is told as 6912, 4 100 000 as 4100
    first, second = (one[: len(one) - ending], other[: len(other) - ending])
    marks = [left != right for left, right in zip(first, second, strict=True)]
    return _runs(first, marks), _runs(second, marks)


def _runs(digits: str, marks: list[bool]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for digit, differs in zip(digits, marks, strict=True):
        if runs and runs[-1].differs == differs:
            runs[-1] = Run(runs[-1].text + digit, differs)
        else:
            runs.append(Run(digit, differs))
    return tuple(runs)


def words_of_amount(quote: str, amount_ore: int, rounded_to: int = 0) -> str:
    """How an amount is written in a sentence, such as "6 192 tkr"; empty when it does not stand there."""
    for found in amounts.find(quote):
        if found.ore is not None and abs(found.ore - amount_ore) * 2 <= rounded_to * 100:
            return found.words
    for found in amounts.find_numbers(quote):
        if found.number * 100 == amount_ore:
            return found.words
    return ""


def words_of_value(quote: str, value: str) -> str:
    """How a plain figure, a year or a day is written in a sentence; empty when it does not stand there."""
    for written in _ways(value):
        if match := re.search(rf"(?<![\w,.]){written}(?![\w])", quote):
            return match[0]
    return ""


def _ways(value: str) -> list[str]:
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value):
        return [re.escape(value), match[1] + match[2] + match[3], match[1][2:] + match[2] + match[3]]
    try:
        number = Decimal(value)
    except ArithmeticError:
        return [re.escape(value)] if value else []
    plain = f"{number.normalize():f}"
    whole, dot, part = plain.partition(".")
    grouped = f"{int(whole):,}".replace(",", r"[\s ]?")
    return [grouped + (f"[.,]{part}" if dot else "")]
