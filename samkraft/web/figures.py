"""Figures as people read them: hard spaces inside, a real minus, and "okänt" where nothing is known."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
NONE = "\u2013"
_INSIDE_AMOUNT = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|(?:kr|kronor|mnkr|tkr|miljoner|%)(?!\w))")


def unbroken(text: str) -> str:
    """A source's own words with hard spaces inside its amounts, so that no line ends in the middle of one."""
    return _INSIDE_AMOUNT.sub(HARD_SPACE, text)


def kronor(ore: int | None) -> str:
    """`1305600000` öre as `13 056 000 kr`; öre are written only when there are any; None is okänt."""
    return unknown() if ore is None else f"{amount(ore)}{HARD_SPACE}kr"


def amount(ore: int | None) -> str:
    """The same without the unit, for dense tables whose head says kronor."""
    if ore is None:
        return unknown()
    sign = MINUS if ore < 0 else ""
    whole, fraction = divmod(abs(ore), 100)
    return f"{sign}{_grouped(whole)}{f'{_decimal_mark()}{fraction:02}' if fraction else ''}"


def millions(ore: int | None) -> str:
    """`1305600000` öre as `13,1 mnkr`. Under 0,05 million with three decimals, so as not to look like nothing."""
    if ore is None:
        return unknown()
    value = Decimal(ore) / 100_000_000
    decimals = 3 if 0 < abs(value) < Decimal("0.05") else 1
    # Translators: short for million kronor, after a number.
    return f"{decimal(value, decimals)}{HARD_SPACE}{_('mnkr')}"


def decimal(value: Decimal | float, decimals: int) -> str:
    """A number with a fixed count of decimals, rounded half up, in the reader's language."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    whole, _dot, fraction = f"{abs(rounded):f}".partition(".")
    return f"{sign}{_grouped(int(whole))}{f'{_decimal_mark()}{fraction}' if fraction else ''}"


def number(value: int | None) -> str:
    """`5600` as `5 600`."""
    return unknown() if value is None else decimal(value, 0)


def days(count: int | None) -> str:
    """`16` as `16 d`: how long something has waited."""
    return unknown() if count is None else f"{number(count)}{HARD_SPACE}d"


def signed(value: int | None) -> str:
    """A change: `+25`, `−60`, `0`."""
    if value is None:
        return unknown()
    return f"+{number(value)}" if value > 0 else number(value)


def percent(share: Decimal | float | None, decimals: int | None = None) -> str:
    """A share as `27 %` or `24,19 %`: as many decimals as it needs up to two, unless told."""
    if share is None:
        return unknown()
    value = Decimal(str(share)) * 100
    if decimals is None:
        rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP).normalize()
        exponent = rounded.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{decimal(value, decimals)}{HARD_SPACE}%"


def unknown() -> str:
    """What is not known is said so; it is never 0 and never empty."""
    return _("okänt")


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", HARD_SPACE)


def _decimal_mark() -> str:
    return "." if (get_language() or "sv").startswith("en") else ","
