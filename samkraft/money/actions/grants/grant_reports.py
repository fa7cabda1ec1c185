"""An organisation's report: written as a draft of its own, sent, gone back for completion, filed; with a day that can move."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import duties
from samkraft.money.actions.grants import grant_filing
from samkraft.money.actions.grants.applications import ONLY_SIGNATORY, TEXT_NEEDED
from samkraft.money.actions.grants.grants import duty_key
from samkraft.money.models import GrantEvent, GrantReport, GrantReportContent
from samkraft.money.rules.grants import grant_reporting
from samkraft.money.rules.grants.grant_kinds import GrantEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_REPORT = Reason("no_report", phrase("Rapporten finns inte."), phrase("Gå till listan och välj en annan."))
ALREADY_SENT = Reason(
    "report_sent",
    phrase("Rapporten är inskickad och kan inte ändras."),
    phrase("Be stadskontoret att skicka tillbaka den."),
)
CHANGED_MEANWHILE = Reason(
    "report_changed_meanwhile",
    phrase("{who} sparade rapporten efter att du öppnade den."),
    phrase("Det du skrev står kvar här. Öppna rapporten i en ny flik, för över det som ska med, och spara igen."),
)
NOT_SENT = Reason("report_not_sent", phrase("Rapporten har inte kommit in."), phrase("Vänta på den, eller påminn."))
FILED = Reason(
    "report_filed", phrase("Rapporten är lagd till handlingarna."), phrase("Begär en ny rapport om något är fel.")
)
SAME_DAY = Reason("report_same_day", phrase("Rapporten ska redan komma {day}."), phrase("Välj en annan dag."))


def save(*, by: Context, at: datetime | None = None, report_id: UUID, content: Mapping[str, Any], version: int) -> int:
    """Save a draft as it stands. `version` is the one that was opened, 0 for the first; returns the new one."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        report = _own(by, report_id)
        if report.sent_at is not None:
            raise Refused(ALREADY_SENT)
        _told(by, at, "grant_report.save", report)
        tidy = grant_reporting.read(content).as_json()
        said = GrantReportContent.objects.select_for_update().filter(report=report).first()
        if said is None:
            if version:
                raise Refused(NO_REPORT)
            GrantReportContent.objects.create(
                report=report, organisation_id=by.organisation_id, content=tidy, changed_at=at, changed_by=by.actor_name
            )
            return 1
        if said.version != version:
            raise Refused(CHANGED_MEANWHILE, who=said.changed_by)
        said.content, said.version, said.is_sent = tidy, said.version + 1, False
        said.changed_at, said.changed_by = at, by.actor_name
        said.save(update_fields=["content", "version", "is_sent", "changed_at", "changed_by"])
        return said.version


def send(*, by: Context, at: datetime | None = None, report_id: UUID) -> None:
    """Sign and send. Raises Refused for the first thing that is missing, and when the person does not sign."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    if access.why_not(by, Permission.SIGN_FOR_ORGANISATION) is not None:
        raise Refused(ONLY_SIGNATORY)
    at = at or timezone.now()
    with transactions.write(by):
        report = _own(by, report_id)
        said = GrantReportContent.objects.filter(report=report).first()
        if report.sent_at is not None:
            raise Refused(ALREADY_SENT)
        targets = [(str(one.id), one.label) for one in report.grant.targets.order_by("position")]
        content = grant_reporting.read(said.content if said else {})
        if faults := grant_reporting.faults(content, targets, year=report.year):
            raise faults[0]
        assert said is not None
        said.is_sent = True
        said.save(update_fields=["is_sent"])
        report.sent_at, report.sent_by = at, by.actor_name
        report.save(update_fields=["sent_at", "sent_by"])
        duties.answer_within(by=by, at=at, source_key=duty_key(report.id), is_done=True)
        _told(by, at, "grant_report.send", report)


def move(*, by: Context, at: datetime | None = None, report_id: UUID, due_date: date, reason: str) -> None:
    """Give the report another day, with a reason that the organisation sees too. The first day stays."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        report = _held(report_id)
        if report.sent_at is not None:
            raise Refused(ALREADY_SENT)
        if due_date == report.due_date:
            raise Refused(SAME_DAY, day=due_date.isoformat())
        report.due_date = due_date
        report.save(update_fields=["due_date"])
        _happened(by, at, report, GrantEventKind.REPORT_MOVED, reason, due_date)
        duties.move_within(by=by, at=at, source_key=duty_key(report.id), new_due_date=due_date, reason=reason)


def send_back(*, by: Context, at: datetime | None = None, report_id: UUID, reason: str) -> None:
    """The report has to be completed: it is the organisation's own draft again, on the day that it had."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        report = _came(report_id)
        report.sent_at, report.sent_by = None, ""
        report.save(update_fields=["sent_at", "sent_by"])
        _happened(by, at, report, GrantEventKind.REPORT_RETURNED, reason, None)
        duties.answer_within(by=by, at=at, source_key=duty_key(report.id), note=reason, is_done=False)


def file(*, by: Context, at: datetime | None = None, report_id: UUID) -> None:
    """Put it to the documents (lägga till handlingarna): gone through, closed, and from now on a source of its outcomes."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        report = _came(report_id)
        report.filed_at, report.filed_by = at, by.actor_name
        report.save(update_fields=["filed_at", "filed_by"])
        document_id = grant_filing.file_within(by=by, at=at, report=report)
        _told(by, at, "grant_report.file", report, document=str(document_id))


def _own(by: Context, report_id: UUID) -> GrantReport:
    """A report of the organisation that receives the money, or of the one that does the work."""
    report = _held(report_id)
    if by.organisation_id not in (report.grant.organisation_id, report.grant.performer_id):
        raise Refused(NO_REPORT)
    return report


def _held(report_id: UUID) -> GrantReport:
    found = GrantReport.objects.select_for_update(of=("self",)).select_related("grant").filter(id=report_id).first()
    if found is None:
        raise Refused(NO_REPORT)
    return found


def _came(report_id: UUID) -> GrantReport:
    report = _held(report_id)
    if report.sent_at is None:
        raise Refused(NOT_SENT)
    if report.filed_at is not None:
        raise Refused(FILED)
    return report


def _happened(
    by: Context, at: datetime, report: GrantReport, kind: GrantEventKind, text: str, new_date: date | None
) -> None:
    GrantEvent.objects.create(
        report=report, kind=kind.value, text=text.strip(), new_date=new_date, at=at, by=by.actor_name
    )
    _told(by, at, f"grant_report.{kind.value.removeprefix('report_')}", report, new_date=new_date)


def _told(by: Context, at: datetime, action: str, report: GrantReport, **content: object) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="money.grantreport", subject_id=report.id,
        subject_name=report.grant.title, **content,
    )  # fmt: skip
