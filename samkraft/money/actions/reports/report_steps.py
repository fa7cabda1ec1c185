"""A report's way: sent for review, reviewed, given back, handed in, taken to file; comments on the way.

Different persons: who has written does not review, who has reviewed does not hand in, and the city office files.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import duties
from samkraft.money.actions.reports import report_filing, report_writing
from samkraft.money.actions.reports.report_years import duty_key
from samkraft.money.models import Report, ReportStep, ReportTransfer
from samkraft.money.queries.reports import report_contents
from samkraft.money.queries.reports.report_contents import Content
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.reports.reports import READ_BY_OTHERS, STATE_LABELS, StepKind, System
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def take(*, by: Context, at: datetime | None = None, report_id: UUID, kind: StepKind, text: str = "") -> None:
    """Take a step. Raises Refused when it is out of order, another person's to take, or lacks what it needs."""
    at = at or timezone.now()
    with transactions.write(by):
        report = report_writing.hold(by=by, report_id=report_id, own=False, must_be_open=False)
        _require(by, report, kind)
        content = report_contents.of([report])[report.id]
        _refuse_out_of_order(by, content, kind, text)
        document = (
            report_filing.file_within(by=by, at=at, report=report, content=content) if kind is StepKind.FILED else None
        )
        _add(by, at, report, content, kind, text, None, document)
        if kind in {StepKind.HANDED_IN, StepKind.GIVEN_BACK}:
            duties.answer_within(
                by=by, at=at, source_key=duty_key(report.id), is_done=kind is StepKind.HANDED_IN, note=text
            )


def comment(
    *, by: Context, at: datetime | None = None, report_id: UUID, question_id: UUID | None = None, text: str
) -> None:
    """Say something about a report or one of its questions, to those who may read it."""
    if not text.strip():
        raise Refused(rules.EMPTY_COMMENT)
    at = at or timezone.now()
    with transactions.write(by):
        report = report_writing.hold(by=by, report_id=report_id, own=False, must_be_open=False)
        content = report_contents.of([report])[report.id]
        _require_reader(by, report, content)
        if question_id is not None:
            report_writing.asked_of(report, question_id)
        if rules.why_not(StepKind.COMMENT, content.standing.state):
            raise Refused(rules.CLOSED, state=STATE_LABELS[content.standing.state])
        _add(by, at, report, content, StepKind.COMMENT, text, question_id, None)


def mark_transferred(
    *,
    by: Context,
    at: datetime | None = None,
    report_id: UUID,
    system: System,
    question_id: UUID | None = None,
    is_undone: bool = False,
) -> None:
    """Say that a part of a report has been put into another system, as it stands now; or that it was not."""
    at = at or timezone.now()
    with transactions.write(by):
        report = report_writing.hold(by=by, report_id=report_id, own=False, must_be_open=False)
        content = report_contents.of([report])[report.id]
        _require_reader(by, report, content)
        if content.standing.state not in READ_BY_OTHERS:
            raise Refused(rules.NOT_HANDED_IN)
        if question_id is not None:
            report_writing.asked_of(report, question_id)
        ReportTransfer.objects.create(
            id=uuid4(),
            report=report,
            question_id=question_id,
            system=system.value,
            digest=content.digest(question_id),
            is_undone=is_undone,
            membership_id=by.membership_id,
            at=at,
            by=by.actor_name,
        )
        _trace(by, at, "report.untransfer" if is_undone else "report.transfer", report, system=system.value)


def _require(by: Context, report: Report, kind: StepKind) -> None:
    """Who may take the step at all. Giving back is for whoever is to receive: the committee's reviewer, or the office."""
    if kind is StepKind.FILED or (kind is StepKind.GIVEN_BACK and by.organisation_id != report.organisation_id):
        access.require(by, Permission.REGISTER_DECISIONS)
        return
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if by.organisation_id != report.organisation_id:
        raise Refused(rules.OTHER_COMMITTEE)


def _require_reader(by: Context, report: Report, content: Content) -> None:
    """The committee itself at any time, the city office from the day it is handed in."""
    if by.organisation_id == report.organisation_id:
        access.require(by, Permission.ANSWER_FOR_COMMITTEE)
        return
    access.require(by, Permission.REGISTER_DECISIONS)
    if content.standing.state not in READ_BY_OTHERS:
        raise Refused(rules.NOT_HANDED_IN)


def _refuse_out_of_order(by: Context, content: Content, kind: StepKind, text: str) -> None:
    state = content.standing.state
    if rules.why_not(kind, state):
        raise Refused(rules.NOT_IN_THAT_STATE, state=STATE_LABELS[state])
    if kind in {StepKind.READY, StepKind.REVIEWED} and (left := content.unanswered()):
        raise Refused(rules.NOTHING_WRITTEN, count=len(left), questions="; ".join(each.text for each in left))
    if kind is StepKind.REVIEWED and by.membership_id in content.writers:
        raise Refused(rules.OWN_WORDS)
    if kind is StepKind.HANDED_IN and by.membership_id == content.standing.reviewed_by:
        raise Refused(rules.REVIEWER_HANDS_IN)
    if kind is StepKind.GIVEN_BACK and not text.strip():
        raise Refused(rules.SAYS_WHY)


def _add(
    by: Context,
    at: datetime,
    report: Report,
    content: Content,
    kind: StepKind,
    text: str,
    question_id: UUID | None,
    document_id: UUID | None,
) -> None:
    ReportStep.objects.create(
        id=uuid4(),
        report=report,
        question_id=question_id,
        kind=kind.value,
        number=max((step.number for step in content.steps), default=0) + 1,
        text=text.strip(),
        digest="" if kind is StepKind.COMMENT else content.digest(),
        document_id=document_id,
        membership_id=by.membership_id,
        at=at,
        by=by.actor_name,
    )
    _trace(by, at, f"report.{kind.value}", report)


def _trace(by: Context, at: datetime, action: str, report: Report, **content: str) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="money.report",
        subject_id=report.id,
        subject_name=f"{report.fund.name} {report.year}, {report.organisation.name}",
        **content,
    )
