"""A person's answers to the questions of a reading give a new reading; the old one stays as it was."""

from collections.abc import Mapping
from dataclasses import replace

from samkraft.money.rules.decision_text import amounts
from samkraft.money.rules.decision_text.reading import Item, Point, Question, Reading


def answer(reading: Reading, given: Mapping[str, str]) -> Reading:
    """The reading with questions settled. `given` maps a question's letter to the value of an answer, or to typed words.

    A year question takes years ("2023", "2024, 2025"); a unit question "kronor" or "tkr"; questions about amounts take an
    amount in words ("500 000 kr"); a question about who reports takes a name. Answers that cannot be used are ignored and
    their question stays.
    """
    for question in reading.questions:
        value = given.get(question.id, "").strip()
        if not value:
            continue
        points = tuple(
            _settle(point, question, value) if point.number == question.point else point for point in reading.points
        )
        if points != reading.points or question.kind in {"approximate", "sum_differs", "shared_amount", "missing_unit"}:
            left = tuple(other for other in reading.questions if other.id != question.id)
            reading = replace(reading, points=points, questions=left)
    return reading


def _settle(point: Point, question: Question, value: str) -> Point:
    if question.kind == "missing_year":
        years = tuple(int(part) for part in value.replace(",", " ").split() if part.isdigit() and len(part) == 4)
        return (
            replace(point, items=tuple(replace(item, years=item.years or years) for item in point.items))
            if years
            else point
        )
    if question.kind == "reporter_is_not_receiver":
        return replace(
            point, items=tuple(replace(i, receiver=value) if i.receiver == question.words else i for i in point.items)
        )
    if question.item is None or question.item >= len(point.items):
        return point
    items = list(point.items)
    items[question.item] = _item(items[question.item], question, value)
    return replace(point, items=tuple(items))


def _item(item: Item, question: Question, value: str) -> Item:
    if question.kind == "missing_unit":
        unit = amounts.ore_per_unit(value)
        number = amounts.find_numbers(question.words + " ")
        return replace(item, amount_ore=int(number[0].number * unit)) if unit and number else item
    found = amounts.find(value)
    return replace(item, amount_ore=found[0].ore) if found and found[0].ore is not None else item
