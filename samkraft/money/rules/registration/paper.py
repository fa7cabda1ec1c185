"""A decision text as a sheet with marks: what is understood is underlined, what is a question is yellow with its letter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samkraft.money.rules.decision_text import Place, Reading
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.values.wording import phrase

LONGEST_INTRODUCTION = 260
_INSIDE_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
PLAIN, UNDERSTOOD, QUESTION = "", "understood", "question"
# What to write where the text lacks something that there is nothing to mark.
MISSING = {"missing_year": phrase("vilket år?")}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph, marked or not. A question has its letter."""

    text: str
    mark: str = PLAIN
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered point, or words outside the points (no number)."""

    number: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The points of one matter as they stand in the document."""

    introduction: str
    paragraphs: tuple[Paragraph, ...]


def sheet(reading: Reading, asked: Sequence[Ask], numbers: Iterable[str]) -> Sheet:
    """The points with these numbers, and after them what was not understood outside them."""
    shown = set(numbers)
    points = [point for point in reading.points if point.number in shown]
    marked = [ask for ask in asked if ask.place is not None]
    paragraphs = []
    used: set[str] = set()
    for point in points:
        own = [ask for ask in marked if ask.place and _within(ask.place, point.place)]
        used |= {ask.key for ask in own}
        spans = [(mark.place.start, mark.place.end, UNDERSTOOD, "") for mark in point.marks]
        asks = [
            (ask.place.start, ask.place.end, QUESTION, ask.letter)
            for ask in own
            if ask.place and ask.kind not in MISSING
        ]
        segments = _cut(reading.text, point.place, asks, spans)
        for ask in own:
            if ask.kind in MISSING:
                words = f"({ask.given})" if ask.given else MISSING[ask.kind]
                segments += [Segment(" "), Segment(words, *_mark(ask))]
        paragraphs.append(Paragraph(point.number, tuple(segments)))
    for ask in marked:
        if ask.key not in used and ask.kind == "not_understood" and not ask.given:
            paragraphs.append(Paragraph("", (Segment(" ".join(ask.words.split()), QUESTION, ask.letter),)))
    return Sheet(_introduction(reading), tuple(paragraphs))


def _mark(ask: Ask) -> tuple[str, str]:
    """An answered question is understood; an open one has its letter."""
    return (UNDERSTOOD, "") if ask.given else (QUESTION, ask.letter)


def _within(inner: Place, outer: Place) -> bool:
    return outer.start <= inner.start < outer.end


def _introduction(reading: Reading) -> str:
    """The line before the first point, such as "Arbetsutskottet föreslår kommunstyrelsen besluta"."""
    if not reading.points:
        return ""
    before = reading.text[: reading.points[0].place.start].rstrip()
    before = before.removesuffix("1.").removesuffix("1").rstrip()
    last = before.rsplit("\n\n", 1)[-1]
    lines = [line.strip() for line in last.splitlines() if line.strip()]
    if len(lines) > 1 and len(lines[0]) < 40 and lines[0].casefold().startswith(("förslag", "beslut")):
        lines = lines[1:]
    words = " ".join(lines)
    return words if len(words) <= LONGEST_INTRODUCTION else ""


def _cut(
    text: str, place: Place, asks: list[tuple[int, int, str, str]], spans: list[tuple[int, int, str, str]]
) -> list[Segment]:
    """Segments without overlap; a question wins over what is understood, and the earlier over the later."""
    taken: list[tuple[int, int, str, str]] = []
    for span in [*sorted(asks), *sorted(spans)]:
        start, end = max(span[0], place.start), min(span[1], place.end)
        if start < end and all(end <= other[0] or other[1] <= start for other in taken):
            taken.append((start, end, span[2], span[3]))
    segments: list[Segment] = []
    at = place.start
    for start, end, mark, letter in sorted(taken):
        segments += [Segment(_even(text[at:start])), Segment(_even(text[start:end]).strip(), mark, letter)]
        at = end
    segments.append(Segment(_even(text[at : place.end]).rstrip()))
    return [segment for segment in segments if segment.text]


def _even(words: str) -> str:
    """Line breaks of the document are not breaks on our sheet; a space at either end is kept."""
    told = _INSIDE_NUMBER.sub("\u00a0", " ".join(words.split()))
    if not told:
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{told}{' ' if words[-1].isspace() else ''}"
