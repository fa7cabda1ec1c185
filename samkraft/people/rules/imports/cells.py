"""What stands in a cell, as people and systems in Sweden write it. Each raises Refused when it cannot be read."""

import re
from collections.abc import Mapping
from datetime import date, time

from samkraft.people.rules.imports import faults
from samkraft.values import identity_number, written_day
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.refusal import Refused

_YES = {"ja", "j", "true", "sant", "1", "x", "yes"}
_NO = {"nej", "n", "false", "falskt", "0", "no", "-"}
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?(?:[.:]\d{2})?")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?")


def day(text: str) -> date:
    """A day; a midnight that a system has added is left out."""
    if match := _WITH_TIME.fullmatch(text):
        text = match[1]
    try:
        return written_day.read(text)
    except ValueError:
        raise Refused(faults.NOT_A_DAY) from None


def clock(text: str) -> time:
    """A time of day: 9, 9.30, 09:30, kl. 9.30."""
    match = _CLOCK.fullmatch(text.casefold())
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else _no_time()
    except ValueError:
        return _no_time()


def whole(text: str) -> int:
    """A whole number; 12,0 and 1 200 are such."""
    tidy = re.sub(r"[\s\u202f]", "", text)
    match = re.fullmatch(r"(-?\d{1,9})(?:[.,]0+)?", tidy, re.ASCII)
    if match is None:
        raise Refused(faults.NOT_A_WHOLE_NUMBER)
    return int(match[1])


def truth(text: str) -> bool:
    """Yes or no."""
    said = text.casefold()
    if said not in _YES | _NO:
        raise Refused(faults.NOT_YES_OR_NO)
    return said in _YES


def choice(text: str, known: Mapping[str, str], names: str) -> str:
    """One of some words, by what it means. `names` tells the choices to whoever wrote something else."""
    found = known.get(" ".join(text.casefold().split()))
    if found is None:
        raise Refused(faults.NOT_A_CHOICE, choices=names)
    return found


def number(text: str, today: date) -> IdentityNumber:
    """An identity number. A spreadsheet that has counted with it has lost a digit or rounded it: said as that."""
    if re.fullmatch(r"\d(?:[.,]\d+)?E\+?\d+", text, re.IGNORECASE) or re.fullmatch(r"\d{8,9}", text):
        raise Refused(faults.NUMBER_LOST_DIGITS)
    return identity_number.read(text, today)


def _no_time() -> time:
    raise Refused(faults.NOT_A_TIME)
