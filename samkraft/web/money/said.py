"""Sentences that were stored with their details, in the reader's language; and days as people say them."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

from samkraft.money.rules.figures import UNIT_LABELS, Unit
from samkraft.money.rules.findings.words import Said
from samkraft.web import days, figures


def words(said: Said | None) -> str:
    """The sentence translated, with its details in place. A detail that is a day is written as one."""
    if said is None:
        return ""
    details = {name: day_or_words(value) for name, value in said.details.items()}
    return gettext(said.template).format(**details)


def day_or_words(text: str) -> str:
    """`2024-03-06` as 6 mars 2024; anything else as it is."""
    try:
        return days.full(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def value(text: Said | int | None, unit: str = "") -> str:
    """What a side says: an amount in öre, a figure with its unit, a day or words."""
    if isinstance(text, int):
        return figures.kronor(text)
    plain = words(text)
    if not plain:
        return figures.unknown()
    return " ".join(filter(None, [figure(plain), gettext(UNIT_LABELS[Unit(unit)]) if unit else ""]))


def figure(plain: str) -> str:
    """`4389` as 4 389 with hard spaces; what is no number is left as it is. Years are not grouped."""
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return plain
    whole = number == number.to_integral_value()
    return plain if len(plain) <= 4 and whole else figures.decimal(number, 0 if whole else 2)
