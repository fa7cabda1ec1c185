"""How fields of a content are declared: a label in Swedish, and what may stand in them."""

from dataclasses import MISSING as NO_DEFAULT
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class When(StrEnum):
    """Where a day may lie, seen from the day on which it is written."""

    PAST = "past"  # it has happened: today at the latest
    AHEAD = "ahead"  # may lie ahead, but not so far that it must be a typing error


class Writing(StrEnum):
    """What kind of text a field takes."""

    LINE = "line"
    TEXT = "text"  # several lines
    NAME = "name"  # a line with letters in it, of any alphabet


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said about one field. `most` counts characters of a text and items of a list; `least` is for numbers."""

    label: str
    key: str = ""
    writing: Writing = Writing.LINE
    most: int = 200
    least: int = 0
    when: When = When.AHEAD
    form: str = ""


LONGEST = {Writing.LINE: 200, Writing.TEXT: 20_000, Writing.NAME: 100}


def said(
    label: str,
    *,
    default: Any = NO_DEFAULT,
    key: str = "",
    writing: Writing = Writing.LINE,
    most: int | None = None,
    least: int = 0,
    when: When = When.AHEAD,
    form: str = "",
) -> Any:
    """One field of a content. Without a default it must be filled in.

    `default` may be the type `dict` for an empty one. `key` is its name in JSON where that is a word that Python keeps;
    `form` is a pattern that a text must match.
    """
    rule = Rule(label, key, writing, LONGEST[writing] if most is None else most, least, when, form)
    if default is dict:
        return field(default_factory=dict, metadata={"rule": rule})
    return field(metadata={"rule": rule}) if default is NO_DEFAULT else field(default=default, metadata={"rule": rule})
