"""When a report is taken to file it becomes a source like others: a document, with its efforts and figures noted."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from samkraft.audit.actions import trail
from samkraft.money.actions import matters
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import Document, Figure, Matter, Report, ReportEffort, ReportFigure, Use
from samkraft.money.queries.reports import report_contents, report_copies
from samkraft.money.rules.figures import FigureKind
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import UseStage
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

KIND = "Redovisning"


def file_within(*, by: Context, at: datetime, report: Report, content: report_contents.Content) -> UUID:
    """Take a report to file, inside the transaction of the step, and return its document.

    What a source has told already, in the same words of measure, year and value, is not noted again.
    """
    case_number = report_copies.case_number_of(report)
    document = matters.receive_within(
        by=by,
        at=at,
        matter=Matter.objects.filter(case_number=case_number).first() if case_number else None,
        kind=KIND,
        title=f"{KIND} {report.year}: {report.fund.name}, {report.organisation.name}",
        author_id=report.organisation_id,
        dated=day_in_stockholm(content.standing.handed_in_at or at),
        text=report_copies.whole(report, content),
    )
    for figure in content.figures:
        _keep_figure(by, at, report, figure, _noted_figure(by, at, report, figure, document))
    for effort in content.efforts:
        _keep_effort(by, at, report, effort, _noted_use(by, at, report, effort, document))
    looking.soon()
    found: UUID = document.id
    return found


def _noted_figure(
    by: Context, at: datetime, report: Report, figure: report_contents.Figure, document: Document
) -> Figure:
    same = Figure.objects.filter(
        measure=figure.measure, organisation=report.organisation, fund=report.fund, year=figure.year,
        group=figure.group, unit=figure.unit.value, value=figure.value,
    ).order_by("noted_at")  # fmt: skip
    known = same.first()
    if known is not None:
        return known
    made = Figure.objects.create(
        id=uuid4(),
        measure=figure.measure,
        label=figure.label,
        kind=FigureKind.OUTCOME.value,
        unit=figure.unit.value,
        value=figure.value,
        document=document,
        organisation=report.organisation,
        fund=report.fund,
        year=figure.year,
        group=figure.group,
        rounded_to=figure.rounded_to,
        quote=_quoted(figure),
        said_by=report.organisation.name,
        noted_at=at,
        noted_by=by.actor_name,
    )
    trail.record(
        by=by, at=at, action="figure.note", subject_kind="money.figure", subject_id=made.id, subject_name=made.label,
        value=str(figure.value), year=figure.year,
    )  # fmt: skip
    return made


def _quoted(figure: report_contents.Figure) -> str:
    return report_copies.written(figure) if figure.value is not None else ""


def _noted_use(by: Context, at: datetime, report: Report, effort: report_contents.Effort, document: Document) -> Use:
    same = Use.objects.filter(
        organisation=report.organisation, fund=report.fund, year=report.year, stage=UseStage.REPORTED.value,
        title=effort.title, status=effort.status.value,
    ).order_by("noted_at")  # fmt: skip
    known = same.first()
    if known is not None:
        return known
    made = Use.objects.create(
        id=uuid4(),
        organisation=report.organisation,
        fund=report.fund,
        year=report.year,
        stage=UseStage.REPORTED.value,
        support=Support.FRAME.value,
        title=effort.title,
        text=effort.text,
        amount_ore=effort.amount_ore,
        status=effort.status.value,
        document=document,
        position=effort.number,
        noted_at=at,
        noted_by=by.actor_name,
    )
    trail.record(
        by=by, at=at, action="use.note", subject_kind="money.use", subject_id=made.id, subject_name=made.title,
        amount_ore=effort.amount_ore, year=report.year,
    )  # fmt: skip
    return made


def _keep_figure(by: Context, at: datetime, report: Report, figure: report_contents.Figure, noted: Figure) -> None:
    """The next version of the report's figure points at the noted one; nothing else in it is new."""
    ReportFigure.objects.create(
        id=uuid4(),
        report=report,
        question_id=figure.question_id,
        number=figure.number,
        version=figure.version + 1,
        measure=figure.measure,
        label=figure.label,
        unit=figure.unit.value,
        value=Decimal(figure.value) if figure.value is not None else None,
        year=figure.year,
        group=figure.group,
        rounded_to=figure.rounded_to,
        source=figure.source,
        figure=noted,
        membership_id=by.membership_id,
        written_at=at,
        written_by=by.actor_name,
    )


def _keep_effort(by: Context, at: datetime, report: Report, effort: report_contents.Effort, noted: Use) -> None:
    ReportEffort.objects.create(
        id=uuid4(),
        report=report,
        question_id=effort.question_id,
        number=effort.number,
        version=effort.version + 1,
        title=effort.title,
        text=effort.text,
        status=effort.status.value,
        counterparty=effort.counterparty,
        amount_ore=effort.amount_ore,
        use=noted,
        membership_id=by.membership_id,
        written_at=at,
        written_by=by.actor_name,
    )
