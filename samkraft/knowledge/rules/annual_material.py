"""What an annual analysis is composed of: questions, committees, answers, figures and differences, as plain data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure of a report. `told` is how it reads; `bare` without its unit; earlier years as (year, how it reads).

    `differs` when another source says something else and nobody has settled which holds.
    """

    number: int
    label: str
    year: int
    told: str
    bare: str
    value: Decimal | None
    earlier: tuple[tuple[int, str, Decimal | None], ...]
    source: str
    address: str
    is_shown: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class EffortTold:
    """An effort of a report. `status` is how far it came, in words; `kind` the same as a code."""

    title: str
    kind: str
    status: str
    text: str
    counterparty: str
    amount_ore: int | None


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """A committee's answer to a question: paragraphs, each in stretches of text or numbers of figures (with `True` when bare)."""

    question: int
    paragraphs: tuple[tuple[tuple[str, int, bool], ...], ...]
    efforts: tuple[EffortTold, ...]
    figures: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True)
class BodyTold:
    """A committee's part about one fund. `answers` are empty when the report is not handed in.

    `decided_ore` is what decisions gave, None when no source tells; `decided_note` says where it stands,
    `address` where the report can be read.
    """

    code: str
    name: str
    short_name: str
    opening: str
    decided_ore: int | None
    decided_note: str
    decided_address: str
    address: str
    is_handed_in: bool
    handed_in_date: date | None
    due_date: date
    answers: tuple[AnswerTold, ...]


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A set question; `parent` is the position of the question that it stands under, 0 for none."""

    position: int
    text: str
    parent: int


@dataclass(frozen=True, slots=True)
class FundTold:
    """A fund's year: its questions in order, and the committees that got money.

    A decision is its sentence, and what is uncertain about it (empty for nothing).
    """

    code: str
    name: str
    purpose: str
    goals: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]
    questions: tuple[QuestionAsked, ...]
    bodies: tuple[BodyTold, ...]


@dataclass(frozen=True, slots=True)
class SideTold:
    """What one source says, where several differ."""

    title: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Sources that differ. `settled` says what a person has decided and why; empty while nobody has."""

    subject: str
    question: str
    sides: tuple[SideTold, ...]
    settled: str
    address: str


@dataclass(frozen=True, slots=True)
class TargetTold:
    """A grant's target beside its outcome, each as it reads; empty when nobody tells. `value` is the outcome, for a chart;
    `share` how much of the target it is, in words. `earlier` are the years before: year, how it reads.

    `differs` when sources tell the outcome differently: then none of them stands here.
    """

    label: str
    aimed: str
    outcome: str
    share: str
    earlier: tuple[tuple[int, str], ...]
    source: str
    address: str
    differs: bool


@dataclass(frozen=True, slots=True)
class GrantTold:
    """A grant to an organisation. `report` says in words whether its last report has come."""

    key: str
    organisation: str
    performer: str
    title: str
    support: str
    amount_ore: int
    report: str
    source: str
    address: str
    targets: tuple[TargetTold, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything for one year, or for some committees of it (`is_part`).

    `as_of` is the day of the latest change, so that the same content gives the same document.
    """

    year: int
    city: str
    as_of: date | None
    funds: tuple[FundTold, ...]
    differences: tuple[Difference, ...]
    is_part: bool = False
    grants: tuple[GrantTold, ...] = ()
