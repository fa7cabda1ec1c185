"""A person's answers to the questions of a reading give a new reading; the old one stays as it was."""

from collections.abc import Mapping
from dataclasses import replace

from samkraft.money.rules.decision_text import amounts, money_once
from samkraft.money.rules.decision_text.reading import Item, Point, Question, Reading


def answer(reading: Reading, given: Mapping[str, str]) -> Reading:
    """The reading with questions settled. `given` maps a question's letter to the value of an answer, or to typed words.

    A year question takes years ("2023", "2024, 2025"); a unit question "kronor" or "tkr"; questions about amounts take an
    amount in words ("500 000 kr"); a question about who reports takes a name. Answers that cannot be used are ignored and
    their question stays.
    """
    for question in reading.questions:
        value = given.get(question.id, "").strip()
        point = next((point for point in reading.points if point.number == question.point), None)
        settled = _settle(point, question, value) if value and point else None
        if settled is not None:
            points = tuple(settled if other is point else other for other in reading.points)
            left = tuple(other for other in reading.questions if other.id != question.id)
            # An amount that became known may change which point pays for which.
            linked = tuple(money_once.link([replace(other, funds=()) for other in points]))
            reading = replace(reading, points=linked, questions=left)
    return reading


def _settle(point: Point, question: Question, value: str) -> Point | None:
    """The point with the answer in it, or None when the answer cannot be used."""
    if question.kind == "missing_year":
        years = tuple(int(part) for part in value.replace(",", " ").split() if part.isdigit() and len(part) == 4)
        items = tuple(replace(item, years=item.years or years) for item in point.items)
        return replace(point, items=items) if years else None
    if question.kind == "reporter_is_not_receiver":
        renamed = tuple(replace(i, receiver=value) if i.receiver == question.words else i for i in point.items)
        return replace(point, items=renamed)
    if question.item is None or question.item >= len(point.items):
        return point  # the person has seen it: there is no single amount to change
    item = _item(point.items[question.item], question, value)
    if item is None:
        return None
    return replace(point, items=(*point.items[: question.item], item, *point.items[question.item + 1 :]))


def _item(item: Item, question: Question, value: str) -> Item | None:
    if question.kind == "missing_unit":
        unit = amounts.ore_per_unit(value)
        number = amounts.find_numbers(question.words + " ")
        return replace(item, amount_ore=int(number[0].number * unit)) if unit and number else None
    if question.kind == "shared_amount":
        return item
    found = amounts.find(value)
    return replace(item, amount_ore=found[0].ore) if found and found[0].ore is not None else None
