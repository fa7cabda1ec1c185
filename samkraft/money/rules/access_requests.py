"""A request to be given documents (begäran om utlämnande): what is looked for, tested for secrecy, masked, decided.

Who asks need not say who they are or why (2 kap. 18 § tryckfrihetsförordningen). An official tests first; a no, whole or
in part, is the authority's when the asker wants it so, in writing, with how to appeal (6 kap. 3 and 7 §§
offentlighets- och sekretesslagen). Nothing is masked without a ground and a passage that really stands in the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samkraft.values.wording import phrase

PROMPT_DAYS = 3  # working days: what is usually meant by at once, for a few documents


class Way(StrEnum):
    """How a request came in."""

    LETTER = "letter"
    EMAIL = "email"
    PHONE = "phone"
    VISIT = "visit"


WAY_LABELS = {
    Way.LETTER: phrase("brev"),
    Way.EMAIL: phrase("e-post"),
    Way.PHONE: phrase("telefon"),
    Way.VISIT: phrase("besök"),
}


class Result(StrEnum):
    """What becomes of one document."""

    WHOLE = "whole"
    MASKED = "masked"
    REFUSED = "refused"


RESULT_LABELS = {
    Result.WHOLE: phrase("lämnas ut"),
    Result.MASKED: phrase("lämnas ut med maskning"),
    Result.REFUSED: phrase("lämnas inte ut"),
}


class Step(StrEnum):
    """What happens to a request, in order."""

    RECEIVED = "received"
    ANSWERED = "answered"
    TO_AUTHORITY = "to_authority"
    DECIDED = "decided"
    HANDED_OUT = "handed_out"
    WITHDRAWN = "withdrawn"


STEP_LABELS = {
    Step.RECEIVED: phrase("inkommen"),
    Step.ANSWERED: phrase("besvarad"),
    Step.TO_AUTHORITY: phrase("den som frågar vill ha myndighetens beslut"),
    Step.DECIDED: phrase("beslutad av myndigheten"),
    Step.HANDED_OUT: phrase("utlämnad"),
    Step.WITHDRAWN: phrase("återtagen"),
}
NEXT_STEPS = {
    Step.RECEIVED: (Step.ANSWERED, Step.WITHDRAWN),
    Step.ANSWERED: (Step.HANDED_OUT, Step.TO_AUTHORITY),
    Step.TO_AUTHORITY: (Step.DECIDED, Step.WITHDRAWN),
    Step.DECIDED: (Step.HANDED_OUT,),
    Step.HANDED_OUT: (Step.TO_AUTHORITY,),
    Step.WITHDRAWN: (),
}

# Grounds that occur where money and grants are handled; another one is written out.
GROUNDS = {
    "19:1": phrase("19 kap. 1 § OSL: myndighetens egna affärer"),
    "19:3": phrase("19 kap. 3 § OSL: upphandling och inköp"),
    "21:1": phrase("21 kap. 1 § OSL: hälsa och sexualliv"),
    "21:3": phrase("21 kap. 3 § OSL: adress för den som är förföljd"),
    "21:7": phrase("21 kap. 7 § OSL: personuppgifter som kan antas behandlas i strid med lag"),
    "22:1": phrase("22 kap. 1 § OSL: folkbokföring, skyddade uppgifter"),
    "26:1": phrase("26 kap. 1 § OSL: enskilda inom socialtjänsten"),
    "28:11": phrase("28 kap. 11 § OSL: enskilda inom arbetsmarknadspolitiken"),
    "31:16": phrase("31 kap. 16 § OSL: affärer för den som samarbetar med det allmänna"),
    "31:20": phrase("31 kap. 20 § OSL: anbud och annat av enskild i affärsförbindelse"),
}
BLOCK = "█"


@dataclass(frozen=True, slots=True)
class Mask:
    """A passage that is covered, with the ground as a key of GROUNDS."""

    passage: str
    ground: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the masked text: shown as it is, or covered by a ground."""

    text: str
    ground: str = ""


def occurrences(text: str, passage: str) -> int:
    """How many times the passage stands in the text; line breaks and spaces count as alike."""
    return len(_pattern(passage).findall(text)) if passage.strip() else 0


def mask(text: str, masks: Iterable[Mask]) -> list[Piece]:
    """The text in pieces, every occurrence of every passage covered. Passages that overlap are covered together."""
    covered: list[tuple[int, int, str]] = sorted(
        (found.start(), found.end(), one.ground)
        for one in masks
        if one.passage.strip()
        for found in _pattern(one.passage).finditer(text)
    )
    pieces: list[Piece] = []
    place = 0
    for start, end, ground in covered:
        if end <= place:
            continue
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(BLOCK * 8, ground))  # always as long: the length of what is covered tells something too
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return pieces


def whole_answer(results: Sequence[Result]) -> Result | None:
    """The answer to the request: whole, in part, or no. None when nothing was found."""
    if not results:
        return None
    if all(result is Result.WHOLE for result in results):
        return Result.WHOLE
    return Result.REFUSED if all(result is Result.REFUSED for result in results) else Result.MASKED


def due(received: date) -> date:
    """The day by which a few documents should be out: so many working days, weekends not counted."""
    day, left = received, PROMPT_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _pattern(passage: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in passage.split()))
