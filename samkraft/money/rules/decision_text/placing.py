"""Leads every place of a reading back to the original document."""

from dataclasses import replace

from samkraft.money.rules.decision_text.reading import Mark, Place, Reading
from samkraft.money.rules.decision_text.source_text import SourceText


def in_original(reading: Reading, source: SourceText) -> Reading:
    """The same reading with `original_start` and `original_end` filled in everywhere."""

    def place(at: Place) -> Place:
        start, end = source.original_span(at.start, at.end)
        return Place(at.start, at.end, start, end)

    def marks(found: tuple[Mark, ...]) -> tuple[Mark, ...]:
        return tuple(replace(mark, place=place(mark.place)) for mark in found)

    facts = replace(
        reading.facts,
        amounts=tuple(replace(told, place=place(told.place)) for told in reading.facts.amounts),
        dates=tuple(replace(told, place=place(told.place)) for told in reading.facts.dates),
    )
    return replace(
        reading, place=place(reading.place), facts=facts, recipient_marks=marks(reading.recipient_marks),
        points=tuple(replace(point, place=place(point.place), marks=marks(point.marks)) for point in reading.points),
        questions=tuple(replace(question, place=place(question.place)) for question in reading.questions),
        told=tuple(replace(told, place=place(told.place)) for told in reading.told),
        not_understood=tuple(replace(part, place=place(part.place)) for part in reading.not_understood),
    )  # fmt: skip
