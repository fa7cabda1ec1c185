"""What a board pack says about steering: what the next meeting shall decide, and the risks that need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.knowledge.rules.documents.parts import Column, Heading, Paragraph, Part, Points, Table, words
from samkraft.values.wording import full_day, number, phrase, spoken


@dataclass(frozen=True, slots=True)
class Agenda:
    """The next meeting: which body, which day, and its points as number, title and proposal."""

    board: str
    day: date
    points: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk that is heavy, or whose review is late. `weight` is in words; days_over 0 when it is not late."""

    number: int
    text: str
    weight: str
    owner: str
    measure: str
    days_over: int


def agenda(found: Agenda | None) -> list[Part]:
    """What shall be decided; nothing where no meeting is called."""
    if found is None:
        return []
    heading = spoken(phrase("Att besluta den {day}: {board}"), day=full_day(found.day), board=found.board)
    parts: list[Part] = [Heading(2, heading, "att-besluta")]
    if not found.points:
        return [*parts, Paragraph(words(spoken(phrase("Dagordningen är tom än."))), is_quiet=True)]
    lines = [
        spoken(phrase("{number}. {title}. {proposal}"), number=place, title=title, proposal=proposal)
        if proposal
        else spoken(phrase("{number}. {title}"), number=place, title=title)
        for place, title, proposal in found.points
    ]
    return [*parts, Points(tuple(words(line) for line in lines))]


def risks(found: Sequence[RiskLine]) -> list[Part]:
    """The risks as a table; nothing where none needs the group."""
    if not found:
        return []
    columns = (
        Column(spoken(phrase("Risk")), weight=3), Column(spoken(phrase("Tyngd"))), Column(spoken(phrase("Ägare"))),
        Column(spoken(phrase("Åtgärd")), weight=3),
    )  # fmt: skip
    rows = tuple(
        (words(f"{number(one.number)}. {one.text}"), words(_weight(one)), words(one.owner), words(one.measure))
        for one in found
    )
    caption = spoken(phrase("Risker som är höga eller vars genomgång är sen"))
    return [Heading(2, spoken(phrase("Risker")), "risker"), Table("riskerna", caption, columns, rows)]


def _weight(one: RiskLine) -> str:
    if not one.days_over:
        return spoken(one.weight)
    return spoken(
        phrase("{weight}, genomgången är {days} dagar sen"), weight=spoken(one.weight), days=number(one.days_over)
    )
