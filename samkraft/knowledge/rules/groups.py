"""What figures are split by: each dimension's categories, and which of them each enrolment is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samkraft.knowledge.rules import months
from samkraft.knowledge.rules.measures import Indicator
from samkraft.knowledge.rules.populations import View
from samkraft.values.wording import phrase

Codes = NDArray[np.int64]
UNKNOWN = "unknown"
ESF_AGES = ((15, 25), (25, 55), (55, 65))
SUS_AGES = ((20, 40), (40, 60), (60, 200))


class Dimension(StrEnum):
    """One way of splitting."""

    SEX = "sex"
    AGE_ESF = "age_esf"
    AGE_SUS = "age_sus"
    EDUCATION = "education"
    TEAM = "team"
    WAVE = "wave"
    BODY = "body"
    MONTH = "month"


NAMES = {
    Dimension.SEX: phrase("Kön"),
    Dimension.AGE_ESF: phrase("Ålder, som ESF räknar"),
    Dimension.AGE_SUS: phrase("Ålder, som SUS räknar"),
    Dimension.EDUCATION: phrase("Utbildning, som ESF räknar"),
    Dimension.TEAM: phrase("Team"),
    Dimension.WAVE: phrase("Intag"),
    Dimension.BODY: phrase("Vem som remitterade"),
    Dimension.MONTH: phrase("Månad"),
}
WORDS = {
    "woman": phrase("Kvinnor"), "man": phrase("Män"), UNKNOWN: phrase("Okänt"), "other": phrase("Övriga"),
    "compulsory": phrase("Högst grundskola, ISCED 0–2"), "upper_secondary": phrase("Gymnasium, ISCED 3–4"),
    "higher": phrase("Eftergymnasial, ISCED 5–8"),
}  # fmt: skip
_SEX, _EDUCATION = (UNKNOWN, "woman", "man"), (UNKNOWN, "compulsory", "upper_secondary", "higher")


@dataclass(frozen=True, slots=True)
class Frame:
    """What there could be in an initiative: team and wave numbers, body ids, and how many months there are to tell of."""

    teams: tuple[int, ...]
    waves: tuple[int, ...]
    bodies: tuple[str, ...]
    first_month: int


@dataclass(frozen=True, slots=True)
class Split:
    """categories: all that there could be. codes (n): each enrolment's place among them."""

    categories: tuple[str, ...]
    codes: Codes


def split(dimension: Dimension, frame: Frame, view: View, bodies: Codes, one: Indicator) -> Split:
    """How a dimension splits the cohort. bodies (n): each enrolment's place in `frame.bodies`, -1 for unknown."""
    if dimension is Dimension.SEX:
        return Split(_SEX, view.sex.astype(np.int64))
    if dimension is Dimension.EDUCATION:
        return Split(_EDUCATION, view.education.astype(np.int64))
    if dimension in (Dimension.AGE_ESF, Dimension.AGE_SUS):
        return _ages(view, ESF_AGES if dimension is Dimension.AGE_ESF else SUS_AGES)
    if dimension is Dimension.TEAM:
        return _numbers(view.team, frame.teams)
    if dimension is Dimension.WAVE:
        return _numbers(view.wave, frame.waves)
    if dimension is Dimension.BODY:
        return Split((*frame.bodies, UNKNOWN), np.where(bodies < 0, len(frame.bodies), bodies))
    return _months(view, frame, one.month)


def _ages(view: View, classes: Sequence[tuple[int, int]]) -> Split:
    codes = np.full(len(view.age), len(classes), np.int64)
    for place, (low, high) in enumerate(classes):
        codes[(view.age >= low) & (view.age < high)] = place
    codes[view.age < 0] = len(classes) + 1
    words = tuple(f"{low}–{high - 1}" if high < 100 else f"{low}–" for low, high in classes)
    return Split((*words, "other", UNKNOWN), codes)


def _numbers(values: NDArray[np.int16], known: Sequence[int]) -> Split:
    codes = np.full(len(values), len(known), np.int64)
    for place, number in enumerate(known):
        codes[values == number] = place
    return Split((*map(str, known), UNKNOWN), codes)


def _months(view: View, frame: Frame, column: str) -> Split:
    """The month of the indicator's own day. What has not happened lies in none."""
    last = int(months.index(view.day))
    there = months.index(view.columns[column]).astype(np.int64)
    codes = np.clip(there - frame.first_month + 1, 0, last - frame.first_month + 1)
    codes[there < frame.first_month] = 0
    return Split((UNKNOWN, *(months.word(month) for month in range(frame.first_month, last + 1))), codes)


def in_words(dimension: Dimension, category: str, names: Mapping[str, str]) -> str:
    """A category as it is shown, as a template to translate. names: body id → name."""
    if category in WORDS:
        return WORDS[category]
    return names.get(category, category)
