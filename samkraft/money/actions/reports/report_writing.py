"""Write in a report: answers, efforts and figures. A change is a new version; of two at once the second is told.

Every change names the version that it was made from (0 for something new). Nothing that anybody wrote is lost: all
versions are kept, and the second of two sees both texts side by side.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import Report, ReportAnswer, ReportEffort, ReportFigure, ReportQuestion
from samkraft.money.queries.reports import report_contents
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports import report_texts
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.reports.reports import OPEN_FOR_WRITING, STATE_LABELS
from samkraft.money.rules.uses import EffortStatus
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def answer(
    *, by: Context, at: datetime | None = None, report_id: UUID, question_id: UUID, version: int, text: str
) -> int:
    """Save the text of an answer and return its new version. The same text again saves nothing."""
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    with transactions.write(by):
        report = hold(by=by, report_id=report_id)
        question = asked_of(report, question_id)
        last = ReportAnswer.objects.filter(report=report, question=question).order_by("-version").first()
        _refuse_stale(last, version)
        text = text.replace("\x00", "").replace("\r", "").strip()
        if last is not None and last.text == text:
            return last.version
        row = ReportAnswer.objects.create(
            id=uuid4(), report=report, question=question, version=version + 1, text=text, **_who(by, at)
        )
        _trace(by, at, "report.answer", report, question=question.id, version=row.version)
        return row.version


def write_effort(
    *,
    by: Context,
    at: datetime | None = None,
    report_id: UUID,
    question_id: UUID,
    number: int = 0,
    version: int = 0,
    title: str,
    status: EffortStatus,
    text: str = "",
    counterparty: str = "",
    amount_ore: int | None = None,
    is_removed: bool = False,
) -> int:
    """Save an effort and return its number; without a number it is a new one."""
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if not title.strip():
        raise Refused(rules.TITLE_EMPTY)
    if amount_ore is not None and amount_ore <= 0:
        raise Refused(rules.AMOUNT_NOT_POSITIVE)
    with transactions.write(by):
        report = hold(by=by, report_id=report_id)
        question = asked_of(report, question_id)
        number = _next(ReportEffort, report, number, version)
        ReportEffort.objects.create(
            id=uuid4(),
            report=report,
            question=question,
            number=number,
            version=version + 1,
            title=title.strip()[:300],
            text=text.replace("\r", "").strip(),
            status=status.value,
            counterparty=counterparty.strip()[:200],
            amount_ore=amount_ore,
            is_removed=is_removed,
            **_who(by, at),
        )
        _trace(by, at, "report.effort", report, number=number, version=version + 1, removed=is_removed)
        return number


def write_figure(
    *,
    by: Context,
    at: datetime | None = None,
    report_id: UUID,
    question_id: UUID,
    number: int = 0,
    version: int = 0,
    measure: str,
    label: str,
    unit: Unit,
    value: Decimal | int | None,
    year: int,
    source: str,
    group: str = "",
    rounded_to: int = 0,
    is_removed: bool = False,
) -> int:
    """Save a figure and return its number, by which the text names it. No value means unknown, which is shown.

    A figure is of the report's own year or an earlier one. One that the text names is not removed.
    """
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if not label.strip() or not measure.strip():
        raise Refused(rules.LABEL_EMPTY)
    if not source.strip():
        raise Refused(rules.SOURCE_EMPTY)
    with transactions.write(by):
        report = hold(by=by, report_id=report_id)
        question = asked_of(report, question_id)
        if year > report.year:
            raise Refused(rules.WRONG_YEAR, year=year, report_year=report.year)
        number = _next(ReportFigure, report, number, version)
        if is_removed and number in _named(report):
            raise Refused(rules.STILL_IN_TEXT, number=number)
        ReportFigure.objects.create(
            id=uuid4(),
            report=report,
            question=question,
            number=number,
            version=version + 1,
            measure=measure.strip()[:100],
            label=label.strip()[:300],
            unit=unit.value,
            value=value,
            year=year,
            group=group.strip()[:100],
            rounded_to=rounded_to,
            source=source.strip()[:300],
            is_removed=is_removed,
            **_who(by, at),
        )
        _trace(by, at, "report.figure", report, number=number, version=version + 1, value=value, removed=is_removed)
        return number


def hold(*, by: Context, report_id: UUID, own: bool = True, must_be_open: bool = True) -> Report:
    """The report, alone until the transaction ends; inside a transaction. Raises Refused for one that may not be changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"report {report_id}"])
    report = Report.objects.select_related("fund", "organisation").filter(id=report_id).first()
    if report is None:
        raise Refused(rules.NO_REPORT)
    if own and report.organisation_id != by.organisation_id:
        raise Refused(rules.OTHER_COMMITTEE)
    if must_be_open:
        state = report_contents.of([report])[report.id].standing.state
        if state not in OPEN_FOR_WRITING:
            raise Refused(rules.CLOSED, state=STATE_LABELS[state])
    return report


def asked_of(report: Report, question_id: UUID) -> ReportQuestion:
    """The question, when the report's body answers it. Inside a transaction. Raises Refused otherwise."""
    found: ReportQuestion | None = ReportQuestion.objects.filter(
        id=question_id, fund_id=report.fund_id, year=report.year
    ).first()
    if found is None or found.organisation_id not in {None, report.organisation_id}:
        raise Refused(rules.NO_QUESTION)
    return found


def _next(model: Any, report: Report, number: int, version: int) -> int:
    """The number to write under: a new one, or the one that is changed when its version is still the last."""
    if not number:
        return int(model.objects.filter(report=report).aggregate(last=Max("number"))["last"] or 0) + 1
    _refuse_stale(model.objects.filter(report=report, number=number).order_by("-version").first(), version)
    return number


def _refuse_stale(last: Any, version: int) -> None:
    if (last.version if last else 0) != version:
        raise Refused(rules.STALE, who=last.written_by if last else "–")


def _named(report: Report) -> set[int]:
    """The figures that any answer's last text names."""
    latest: dict[UUID, str] = {}
    for question_id, text in (
        ReportAnswer.objects.filter(report=report).order_by("version").values_list("question_id", "text")
    ):
        latest[question_id] = text
    return {number for text in latest.values() for number in report_texts.numbers(text)}


def _who(by: Context, at: datetime | None) -> dict[str, Any]:
    return {"membership_id": by.membership_id, "written_at": at or timezone.now(), "written_by": by.actor_name}


def _trace(by: Context, at: datetime | None, action: str, report: Report, **content: Any) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="money.report",
        subject_id=report.id,
        subject_name=f"{report.fund.name} {report.year}, {report.organisation.name}",
        **content,
    )
