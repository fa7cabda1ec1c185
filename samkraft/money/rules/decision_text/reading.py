"""What is read out of a decision text, as plain frozen values.

Amounts are whole öre inside and whole kronor in JSON. `total_kr` is the sum of the amounts as stated, each counted once:
an amount "per year" once and not once per year (`total_by_year_kr` tells what falls on each year), a transfer and the
grants it pays for once, refusals and history not at all. Offsets are given twice: in the text as read and in the original.
"""

from dataclasses import dataclass, field
from typing import Any

PROPOSAL, DECIDED, REMITTED, TABLED, REJECTED, UNKNOWN = (
    "proposal",
    "decided",
    "remitted",
    "tabled",
    "rejected",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch `start:end` of the text as read, and of the original document."""

    start: int
    end: int
    original_start: int = 0
    original_end: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something understood in the text: kind is verb, receiver, amount, year, appropriation, due, contract or purpose."""

    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    """One receiver and one amount. `counted` is False for what is refused, or paid out of another point's money."""

    receiver: str | None
    amount_ore: int | None
    years: tuple[int, ...] = ()
    purpose: str | None = None
    appropriation: str | None = None
    contract: str | None = None
    yearly: bool = False
    ceiling: bool = False
    roughly: bool = False
    amount_start: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The item with its amount in whole kronor."""
        return {
            "receiver": self.receiver, "amount_kr": kronor(self.amount_ore), "years": list(self.years),
            "purpose": self.purpose, "appropriation": self.appropriation, "contract": self.contract,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One decision point. `body` decides it or is asked to; `counted` says whether its money is new in this matter;
    `spends` that a task came with money of its own."""

    number: str
    verb: str
    kind: str
    text: str
    items: tuple[Item, ...]
    place: Place
    due: str | None = None
    binding: bool | None = None
    funds: tuple[str, ...] = ()
    body: str | None = None
    status: str = UNKNOWN
    counted: bool = True
    spends: bool = False
    marks: tuple[Mark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The point for machines; `body` and `status` tell points of several bodies in one text apart."""
        return {
            "number": self.number, "verb": self.verb, "text": self.text, "items": [item.as_json() for item in self.items],
            "due": self.due, "binding": self.binding, "funds": list(self.funds), "body": self.body, "status": self.status,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """A body and the ISO date that it meets."""

    body: str
    date: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready-made answer: `label` on the button, `value` for `answer()`, `why` out of the text."""

    label: str
    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person must settle. Kinds: missing_year, missing_unit, amount_not_assigned, per_unit, approximate,
    reporter_is_not_receiver, sum_differs, unknown_receiver, shared_amount."""

    id: str
    kind: str
    point: str | None
    text: str
    why: str
    words: str
    place: Place
    answers: tuple[Answer, ...] = ()
    item: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The question with its ready-made answers."""
        return {
            "id": self.id, "kind": self.kind, "point": self.point, "text": self.text, "why": self.why, "words": self.words,
            "answers": [{"label": a.label, "value": a.value, "why": a.why} for a in self.answers],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A stretch that could hold something that matters and was not understood."""

    text: str
    why: str
    place: Place

    def as_json(self) -> dict[str, Any]:
        """The words, the reason and where they stand in the original."""
        return {"text": self.text, "why": self.why, "start": self.place.original_start, "end": self.place.original_end}


@dataclass(frozen=True, slots=True)
class AmountTold:
    """An amount that is told and never counted. In a decision `role` is part, sum, size, rate, asked, refused, history,
    limit or noted. Outside the points it comes with its sentence: budget frames, earlier decisions, what was asked for.
    """

    amount_ore: int
    sentence: str
    section: str
    place: Place
    years: tuple[int, ...] = ()
    case_number: str | None = None
    role: str = "told"

    def as_json(self) -> dict[str, Any]:
        """The amount, its line and what it is."""
        return {"amount_kr": kronor(self.amount_ore), "text": self.sentence, "role": self.role}


@dataclass(frozen=True, slots=True)
class DateTold:
    """A day outside the meeting plan, such as the one in a document's name ("KSAU 230424")."""

    date: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Facts:
    """What else the document says that later checks compare with."""

    title: str | None = None
    document_kind: str | None = None
    sections: tuple[tuple[str, str], ...] = ()
    amounts: tuple[AmountTold, ...] = ()
    dates: tuple[DateTold, ...] = ()
    missing_recipients: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One matter as read."""

    case_number: str | None
    body: str | None
    status: str
    meetings: tuple[Meeting, ...]
    points: tuple[Point, ...]
    recipients: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...]
    questions: tuple[Question, ...]
    facts: Facts
    place: Place
    text: str = field(repr=False, default="")
    original: str = field(repr=False, default="")
    recipient_marks: tuple[Mark, ...] = field(repr=False, default=())
    told: tuple[AmountTold, ...] = ()

    @property
    def total_ore(self) -> int:
        """The sum of stated amounts, each counted once."""
        return sum(item.amount_ore or 0 for point in self.points if point.counted for item in point.items)

    @property
    def total_by_year_ore(self) -> dict[int, int]:
        """What falls on each year: a yearly amount on every year it holds for, another one only when it has one year."""
        by_year: dict[int, int] = {}
        for point in self.points:
            for item in point.items if point.counted else ():
                years = item.years if item.yearly or len(item.years) == 1 else ()
                for year in years:
                    by_year[year] = by_year.get(year, 0) + (item.amount_ore or 0)
        return dict(sorted(by_year.items()))

    def as_json(self) -> dict[str, Any]:
        """The reading for machines; keys are documented in the command's help."""
        return {
            "case_number": self.case_number, "body": self.body, "status": self.status,
            "meetings": [{"body": meeting.body, "date": meeting.date} for meeting in self.meetings],
            "points": [point.as_json() for point in self.points], "recipients": list(self.recipients),
            "not_understood": [part.as_json() for part in self.not_understood], "total_kr": kronor(self.total_ore),
            "total_by_year_kr": {str(year): kronor(ore) for year, ore in self.total_by_year_ore.items()},
            "questions": [question.as_json() for question in self.questions],
            "told": [told.as_json() for told in self.told],
        }  # fmt: skip


def kronor(ore: int | None) -> int | None:
    """Öre as whole kronor; half a krona is rounded up."""
    return None if ore is None else (ore + 50) // 100
