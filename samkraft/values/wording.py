"""Wording in code that may not know Django: marked here, and said in the language that is spoken where it is printed.

Swedish is what stands in the source. Whoever prints (a command, a page) says with `speaking` how the reader is spoken
to; without that it is Swedish. Sentences have named fields, so that another language may order them anew.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any


def phrase(text: str) -> str:
    """Return the text unchanged; the collector of translations looks for calls of this function."""
    return text


@dataclass(frozen=True, slots=True)
class Speech:
    """How a reader is spoken to: language ("sv", "en"), the translation of a sentence, and the signs of numbers."""

    language: str = "sv"
    translate: Callable[[str], str] = phrase
    decimal: str = ","
    thousands: str = "\N{NO-BREAK SPACE}"
    minus: str = "\N{MINUS SIGN}"
    percent: str = "\N{NO-BREAK SPACE}%"


SWEDISH = Speech()
_MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni",
           "juli", "augusti", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_ISO_DAY = re.compile(r"(?<![\d-])(?:19|20)\d{2}-\d{2}-\d{2}(?![\d-])")
_speech: ContextVar[Speech] = ContextVar("speech", default=SWEDISH)


@contextmanager
def speaking(speech: Speech) -> Iterator[None]:
    """Speak so within this block."""
    before = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(before)


def language() -> str:
    """The language that is spoken now."""
    return _speech.get().language


def spoken(text: str, /, **fields: Any) -> str:
    """The sentence in the language that is spoken, its named fields filled. The collector looks for calls of this too."""
    said = _speech.get().translate(text) if text else text
    return said.format(**fields) if fields else said


def number(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A number as the reader writes it: thousands apart, its own decimal sign, a real minus."""
    speech = _speech.get()
    text = f"{value:{'+' if signed else ''},.{decimals}f}"
    signs = {",": speech.thousands, ".": speech.decimal, "-": speech.minus}
    return "".join(signs.get(sign, sign) for sign in text)


def full_day(one: date) -> str:
    """A day in running text, never broken over two lines: `23 februari 2024`."""
    months = _MONTHS.get(language(), _MONTHS["sv"])
    return f"{one.day}\N{NO-BREAK SPACE}{months[one.month - 1]}\N{NO-BREAK SPACE}{one.year}"


def days_in_words(text: str, say: Callable[[date], str] = full_day) -> str:
    """Running text whose days were written as 2024-02-23, with those as they are said: `senast 23 februari 2024`."""

    def said(found: re.Match[str]) -> str:
        try:
            return say(date.fromisoformat(found[0]))
        except ValueError:  # looks like a day and is none
            return found[0]

    return _ISO_DAY.sub(said, text)


def percent(share: float, decimals: int = 0) -> str:
    """A share as per cent."""
    return number(100 * share, decimals) + _speech.get().percent
