"""Figures inside a text: `[[3]]` stands where the report's third figure is to be read. Two texts at once. Pure.

`[[3 tal]]` is the same figure without its unit, where the sentence says the unit itself.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PLACE = re.compile(r"\[\[\s*(\d{1,3})(\s+tal)?\s*\]\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or the number of a figure (`figure` above 0), with or without its unit."""

    text: str
    figure: int = 0
    is_bare: bool = False


def pieces(text: str) -> list[Piece]:
    """The text cut at its figures."""
    found, at = [], 0
    for match in _PLACE.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(Piece("", int(match[1]), bool(match[2])))
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def paragraphs(text: str) -> list[list[Piece]]:
    """The text in paragraphs, each cut at its figures. An empty line parts paragraphs; other breaks are spaces."""
    parts = re.split(r"\n\s*\n", text.replace("\r", "").strip())
    return [pieces(" ".join(part.split())) for part in parts if part.strip()]


def numbers(text: str) -> set[int]:
    """The figures that the text names."""
    return {int(match[1]) for match in _PLACE.finditer(text)}


def plain(text: str, written: Mapping[int, tuple[str, str]]) -> str:
    """The text with each figure written out (with its unit, and bare). A number that is no figure stays as it is."""

    def told(match: re.Match[str]) -> str:
        found = written.get(int(match[1]))
        return match[0] if found is None else found[1 if match[2] else 0]

    return _PLACE.sub(told, text)


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one text brought together. `is_clean` when they were made in different paragraphs."""

    text: str
    is_clean: bool


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Bring two changes of the same text together, paragraph by paragraph. Nothing of either is left out.

    Where both changed the same paragraph theirs comes first and mine after it, for a person to choose.
    """
    old, own, other = (_lines(text) for text in (base, mine, theirs))
    ours, theirs_by = _changes(old, own), _changes(old, other)
    result: list[str] = []
    clean, at = True, 0
    while at <= len(old):
        start, end, left, right = _stretch(at, ours, theirs_by)
        if start is None:
            result += old[at : at + 1]
            at += 1
            continue
        mine_now, theirs_now = _applied(old, start, end, left), _applied(old, start, end, right)
        if not left or mine_now == theirs_now:
            result += theirs_now
        elif not right:
            result += mine_now
        else:
            clean = False
            result += [*theirs_now, *(line for line in mine_now if line not in theirs_now)]
        at = max(end, at + (1 if end == start and at < len(old) and not left and not right else 0))
        ours = [change for change in ours if change not in left]
        theirs_by = [change for change in theirs_by if change not in right]
    return Merged("\n\n".join(result), clean)


Change = tuple[int, int, tuple[str, ...]]


def _lines(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r", "").strip()) if part.strip()]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i, j, tuple(new[k:m])) for kind, i, j, k, m in codes if kind != "equal"]


def _stretch(at: int, mine: list[Change], theirs: list[Change]) -> tuple[int | None, int, list[Change], list[Change]]:
    """The stretch of old paragraphs from `at` that changes touch, with the changes of either side in it."""
    begin = [change for change in (*mine, *theirs) if change[0] == at]
    if not begin:
        return None, at, [], []
    end = max(change[1] for change in begin)
    while True:
        left = [change for change in mine if at <= change[0] and (change[0] < end or change[0] == at)]
        right = [change for change in theirs if at <= change[0] and (change[0] < end or change[0] == at)]
        reach = max((change[1] for change in (*left, *right)), default=end)
        if reach <= end:
            return at, end, left, right
        end = reach


def _applied(old: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    result, at = [], start
    for first, last, new in sorted(changes):
        result += [*old[at:first], *new]
        at = last
    return [*result, *old[at:end]]


def digest(parts: Sequence[object]) -> str:
    """A fingerprint of content: the same content gives the same, in whatever way it came to be."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
