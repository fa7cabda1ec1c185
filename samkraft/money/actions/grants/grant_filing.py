"""When a grant's last report is put to the documents it becomes a source like others: a document, with its outcomes noted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.text import slugify

from samkraft.audit.actions import trail
from samkraft.money.actions import matters
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import Document, Figure, Grant, GrantReport, GrantReportContent
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.grants import grant_reporting, grant_words
from samkraft.money.rules.grants.grant_content import number
from samkraft.money.rules.grants.grant_kinds import REPORT_LABELS, ReportKind
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Told:
    """A target or an outcome as the report tells it. No value: the report says that it is not known, in `words`."""

    kind: FigureKind
    measure: str
    label: str
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None = None
    words: str = ""


def file_within(*, by: Context, at: datetime, report: GrantReport) -> UUID:
    """Keep a report that has come as a document, inside the transaction of the step, and return the document's id.

    The last report's targets and outcomes are noted as figures of whoever does the work; what a source has told already,
    in the same words of measure, year and value, is not noted again. A report on the way tells of a part of the year, and
    is kept as a document only.
    """
    grant = report.grant
    said = GrantReportContent.objects.filter(report=report).first()
    content = grant_reporting.read(said.content if said else {})
    targets = list(grant.targets.order_by("position"))
    kind = REPORT_LABELS[ReportKind(report.kind)].capitalize()
    document = matters.receive_within(
        by=by,
        at=at,
        matter=grant.point_item.point.decision.matter if grant.point_item and grant.point_item.point.decision else None,
        kind=kind,
        title=f"{kind} {report.year}: {grant.title}, {grant.performer.name}",
        author_id=grant.performer_id,
        dated=day_in_stockholm(report.sent_at or at),
        text=grant_words.whole(
            content, kind=kind, year=report.year, title=grant.title, who=grant.performer.name,
            targets=[
                grant_words.Target(str(one.id), one.label, Unit(one.unit), one.value, one.upper_value) for one in targets
            ],
        ),
    )  # fmt: skip
    if report.kind == ReportKind.FINAL:
        for told in _told(targets, content):
            _note(by, at, report, grant, told, document)
        looking.soon()
    found: UUID = document.id
    return found


def _told(targets: list, content: grant_reporting.Report) -> Iterator[Told]:  # type: ignore[type-arg]  # rows of GrantTarget
    for target in targets:
        unit, outcome = Unit(target.unit), content.of(str(target.id))
        if target.value is not None:
            yield Told(FigureKind.TARGET, target.measure, target.label, unit, target.value, target.upper_value)
        if outcome.value or outcome.is_unknown:
            value = grant_reporting.value_of(outcome)
            yield Told(FigureKind.OUTCOME, target.measure, target.label, unit, value, words=outcome.words)
    for other in content.others:
        value = number(other.value)
        if value is not None:
            counted = Unit(other.unit) if other.unit in set(Unit) else Unit.OTHER
            yield Told(FigureKind.OUTCOME, slugify(other.label)[:100] or "annat", other.label, counted, value)


def _note(by: Context, at: datetime, report: GrantReport, grant: Grant, told: Told, document: Document) -> None:
    known = Figure.objects.filter(
        measure=told.measure, organisation_id__in={grant.organisation_id, grant.performer_id}, year=report.year,
        kind=told.kind.value, unit=told.unit.value, value=told.value, upper_value=told.upper_value,
    )  # fmt: skip
    if known.exists():
        return
    made = Figure.objects.create(
        id=uuid4(),
        measure=told.measure,
        label=told.label,
        kind=told.kind.value,
        unit=told.unit.value,
        value=told.value,
        upper_value=told.upper_value,
        document=document,
        organisation_id=grant.performer_id,
        fund=grant.point_item.fund if grant.point_item else None,
        year=report.year,
        quote=_quote(told),
        said_by=grant.performer.name,
        said_date=day_in_stockholm(report.sent_at or at),
        noted_at=at,
        noted_by=by.actor_name,
    )
    trail.record(
        by=by, at=at, action="figure.note", subject_kind="money.figure", subject_id=made.id, subject_name=made.label,
        value=str(told.value), year=report.year,
    )  # fmt: skip


def _quote(told: Told) -> str:
    if told.kind is FigureKind.TARGET:
        return grant_words.aimed(told.value, told.upper_value, told.unit)
    return grant_words.outcome(told.value, told.unit, told.words)
