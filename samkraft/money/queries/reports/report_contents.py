"""What reports hold now: the last version of every answer, effort and figure, with the steps taken.

For other queries and actions: they ask for permission first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from samkraft.money.models import (
    Report,
    ReportAnswer,
    ReportEffort,
    ReportFigure,
    ReportQuestion,
    ReportStep,
    ReportTransfer,
)
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports import report_texts
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.reports.reports import Standing, Step, StepKind, System
from samkraft.money.rules.uses import EffortStatus


@dataclass(frozen=True, slots=True)
class Question:
    """A set question that the body answers."""

    id: UUID
    position: int
    text: str
    help_text: str
    parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The text that holds, with who wrote it last. Version 0: nobody has written."""

    question_id: UUID
    version: int
    text: str
    written_at: datetime | None
    written_by: str


@dataclass(frozen=True, slots=True)
class Effort:
    """One effort and how far it came. No amount: not told."""

    id: UUID
    question_id: UUID
    number: int
    version: int
    title: str
    text: str
    status: EffortStatus
    counterparty: str
    amount_ore: int | None
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the text. No value: unknown."""

    id: UUID
    question_id: UUID
    number: int
    version: int
    measure: str
    label: str
    unit: Unit
    value: Decimal | None
    year: int
    group: str
    rounded_to: int
    source: str
    noted_id: UUID | None
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One step that somebody took, or a comment on a question."""

    kind: StepKind
    number: int
    text: str
    question_id: UUID | None
    membership_id: UUID
    document_id: UUID | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """A part that stands in another system. `changed_since` when the part has been changed after it was put there."""

    system: System
    question_id: UUID | None
    digest: str
    at: datetime
    by: str


@dataclass(slots=True)
class Content:
    """Everything that a report holds now."""

    report_id: UUID
    questions: list[Question]
    answers: dict[UUID, Answer] = field(default_factory=dict)
    efforts: list[Effort] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    steps: list[Taken] = field(default_factory=list)
    transfers: list[Transferred] = field(default_factory=list)
    writers: set[UUID] = field(default_factory=set)
    standing: Standing = field(default_factory=lambda: rules.standing([], ""))

    def digest(self, question_id: UUID | None = None) -> str:
        """A fingerprint of the whole content, or of one question's part of it."""
        wanted = [question_id] if question_id else sorted((each.id for each in self.questions), key=str)
        return report_texts.digest([_plain(self, each) for each in wanted])

    def unanswered(self) -> list[Question]:
        """Questions with neither text, efforts nor figures. One that only gathers sub-questions needs no text."""
        parents = {each.parent_id for each in self.questions}
        held = {each.question_id for each in (*self.efforts, *self.figures)}
        held |= {key for key, answer in self.answers.items() if answer.text}
        return [each for each in self.questions if each.id not in held and each.id not in parents]


def of(reports: Sequence[Report]) -> dict[UUID, Content]:
    """The content of each report, in a fixed number of statements."""
    ids = [report.id for report in reports]
    found = {report.id: Content(report.id, questions) for report, questions in _questions(reports)}
    for answer in ReportAnswer.objects.filter(report_id__in=ids).order_by("version"):
        content = found[answer.report_id]
        content.writers.add(answer.membership_id)
        content.answers[answer.question_id] = Answer(
            answer.question_id, answer.version, answer.text, answer.written_at, answer.written_by
        )
    for effort in _latest(ReportEffort, ids, found):
        found[effort.report_id].efforts.append(_effort(effort))
    for figure in _latest(ReportFigure, ids, found):
        found[figure.report_id].figures.append(_figure(figure))
    for step in ReportStep.objects.filter(report_id__in=ids).order_by("number"):
        found[step.report_id].steps.append(
            Taken(
                StepKind(step.kind),
                step.number,
                step.text,
                step.question_id,
                step.membership_id,
                step.document_id,
                step.at,
                step.by,
            )
        )
    _add_transfers(found)
    _work_out_standing(found)
    return found


def _work_out_standing(found: dict[UUID, Content]) -> None:
    digests = dict.fromkeys(found, "")
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for row in ReportStep.objects.filter(report_id__in=list(found)).order_by("number"):
        steps[row.report_id].append(Step(StepKind(row.kind), row.membership_id, row.at, row.digest))
    for report_id, content in found.items():
        if any(step.kind is StepKind.REVIEWED for step in steps[report_id]):
            digests[report_id] = content.digest()
        content.standing = rules.standing(steps[report_id], digests[report_id])


def _questions(reports: Sequence[Report]) -> Iterable[tuple[Report, list[Question]]]:
    sets: dict[tuple[UUID, int], list[ReportQuestion]] = defaultdict(list)
    wanted = {report.fund_id for report in reports}
    for question in ReportQuestion.objects.filter(fund_id__in=wanted).order_by("position"):
        sets[question.fund_id, question.year].append(question)
    for report in reports:
        yield (
            report,
            [
                Question(each.id, each.position, each.text, each.help_text, each.parent_id)
                for each in sets[report.fund_id, report.year]
                if each.organisation_id in {None, report.organisation_id}
            ],
        )


def _latest(model: Any, ids: Sequence[UUID], found: dict[UUID, Content]) -> list[Any]:
    """The last version under each number that is not removed, in order of number."""
    last: dict[tuple[UUID, int], Any] = {}
    for row in model.objects.filter(report_id__in=ids).order_by("number", "version"):
        if not _is_filing(row):
            found[row.report_id].writers.add(row.membership_id)
        last[row.report_id, row.number] = row
    return [row for row in last.values() if not row.is_removed]


def _is_filing(row: Any) -> bool:
    """Whether the version only says which noted row is the same: made when the report was filed, by who filed it."""
    return bool(getattr(row, "figure_id", None) or getattr(row, "use_id", None))


def _add_transfers(found: dict[UUID, Content]) -> None:
    last: dict[tuple[UUID, str, UUID | None], ReportTransfer] = {}
    for row in ReportTransfer.objects.filter(report_id__in=list(found)).order_by("at", "id"):
        last[row.report_id, row.system, row.question_id] = row
    for row in last.values():
        if not row.is_undone:
            found[row.report_id].transfers.append(
                Transferred(System(row.system), row.question_id, row.digest, row.at, row.by)
            )


def _effort(row: ReportEffort) -> Effort:
    return Effort(
        row.id, row.question_id, row.number, row.version, row.title, row.text, EffortStatus(row.status),
        row.counterparty, row.amount_ore, row.written_at, row.written_by,
    )  # fmt: skip


def _figure(row: ReportFigure) -> Figure:
    return Figure(
        row.id, row.question_id, row.number, row.version, row.measure, row.label, Unit(row.unit), row.value, row.year,
        row.group, row.rounded_to, row.source, row.figure_id, row.written_at, row.written_by,
    )  # fmt: skip


def _plain(content: Content, question_id: UUID) -> list[object]:
    """One question's part as plain values, without who and when."""
    answer = content.answers.get(question_id)
    efforts = [
        [each.number, each.title, each.text, each.status.value, each.counterparty, each.amount_ore]
        for each in content.efforts
        if each.question_id == question_id
    ]
    figures = [
        [
            each.number, each.measure, each.label, each.unit.value, each.value, each.year, each.group, each.rounded_to,
            each.source,
        ]
        for each in content.figures
        if each.question_id == question_id
    ]  # fmt: skip
    return [str(question_id), answer.text if answer else "", efforts, figures]
