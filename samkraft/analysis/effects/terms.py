"""Which background columns a study adjusts for, in a small language: `age, age^2, C(education), age:sex`.

A word is a column; `C(x)` makes it categories (text is categories by itself); `^2` a power; `:` a product. A term that
names the treatment is a product with it and belongs to the outcome's regression alone. No code is run.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.tables import Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

MOST_CATEGORIES = 60
_CATEGORIES = re.compile(r"C\((.+)\)")
_POWER = re.compile(r"(.+)\^([2-5])")

NOT_UNDERSTOOD = Reason(
    "term_not_understood",
    phrase("Termen ”{term}” går inte att förstå."),
    phrase("Skriv till exempel alder, alder^2, C(utbildning), alder:kon."),
)
TOO_MANY_CATEGORIES = Reason(
    "too_many_categories",
    phrase("Kolumnen {name} har {many} olika värden; som kategorier får den ha högst {limit}."),
    phrase("Slå ihop värden, eller använd den som tal."),
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the columns that it multiplies, as (name, power, is_category)."""

    text: str
    factors: tuple[tuple[str, int, bool], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns it needs."""
        return tuple(name for name, _, _ in self.factors)


def read(words: str | Sequence[str]) -> tuple[Term, ...]:
    """Read terms from one text (split at comma or plus) or several. Raises Refused for what it does not understand."""
    parts = words if isinstance(words, str) else ",".join(words)
    texts = [part.strip() for part in re.split(r"[,+]", parts)]
    return tuple(dict.fromkeys(_term(text) for text in texts if text))


def _term(text: str) -> Term:
    factors = []
    for part in text.split(":"):
        part = part.strip()
        category, power = _CATEGORIES.fullmatch(part), _POWER.fullmatch(part)
        if category:
            factors.append((category[1].strip(), 1, True))
        elif power:
            factors.append((power[1].strip(), int(power[2]), False))
        else:
            factors.append((part, 1, False))
    if any(not name or re.search(r"[()^]", name) for name, _, _ in factors):
        raise Refused(NOT_UNDERSTOOD, term=text)
    return Term(text, tuple(factors))


def values(term: Term, table: Table, kept: np.ndarray | None = None) -> tuple[list[Floats], list[str]]:
    """The columns of numbers that a term stands for, each with its name; missing is NaN.

    `kept` (n, bool) chooses the rows whose categories count.
    """
    made: list[tuple[Floats, str]] = [(np.ones(table.rows), "")]
    for name, power, is_category in term.factors:
        if is_category or table.is_text(name):
            parts = _dummies(name, table, kept)
        else:
            parts = [(table.numbers(name) ** power, name if power == 1 else f"{name}^{power}")]
        made = [(a * b, f"{x}:{y}" if x else y) for a, x in made for b, y in parts]
    return [column for column, _ in made], [name for _, name in made]


def _dummies(name: str, table: Table, kept: np.ndarray | None) -> list[tuple[Floats, str]]:
    places, labels = table.categories(name)
    seen = np.unique(places[(places >= 0) if kept is None else (places >= 0) & kept])
    if len(seen) > MOST_CATEGORIES:
        raise Refused(TOO_MANY_CATEGORIES, name=name, many=len(seen), limit=MOST_CATEGORIES)
    gone = np.where(places >= 0, 0.0, np.nan)
    return [((places == level) + gone, f"{name}={labels[level]}") for level in seen[1:] if len(seen) > 1] or [
        ((places == seen[0]) + gone, name)
    ]
