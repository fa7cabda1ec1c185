"""Files to applications and reports: looked through, kept in the database, removed only from a draft."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.grants import virus_scanner
from samkraft.money.models import GrantApplication, GrantAttachment, GrantReportContent
from samkraft.money.rules.grants import attachments as rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_NOW = Reason(
    "attachment_not_now",
    phrase("Det går inte att ändra bilagor till något som är inskickat."),
    phrase("Be stadskontoret om att få komplettera."),
)
TWICE = Reason(
    "attachment_twice",
    phrase("Filen {name} finns redan bland bilagorna."),
    phrase("Du behöver inte lägga till den igen."),
)


def attach(
    *,
    by: Context,
    at: datetime | None = None,
    name: str,
    content: bytes,
    application_id: UUID | None = None,
    report_id: UUID | None = None,
) -> UUID:
    """Look a file through and keep it with a draft, or with an application that the city has asked to be completed.

    Raises Refused for what it may not be; then nothing is kept.
    """
    access.require(by, Permission.APPLY_FOR_GRANTS)
    file = rules.accept(name, content)
    virus_scanner.refuse_infected(file.content)
    digest = hashlib.sha256(file.content).hexdigest()
    at = at or timezone.now()
    with transactions.write(by):
        _may_change(by, application_id, report_id)
        kept = GrantAttachment.objects.filter(application_id=application_id, report_id=report_id)
        if kept.count() >= rules.MOST_FILES:
            raise Refused(rules.TOO_MANY, most=rules.MOST_FILES)
        if kept.filter(sha256=digest).exists():
            raise Refused(TWICE, name=file.name)
        made = GrantAttachment(
            application_id=application_id,
            report_id=report_id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=digest,
            content=file.content,
            added_at=at,
            added_by=by.actor_name,
        )
        made.save(force_insert=True)
        trail.record(
            by=by, at=at, action="grant_attachment.add", subject_kind="money.grantattachment", subject_id=made.id,
            sha256=digest, size=made.size,
        )  # fmt: skip
        return made.id


def remove(*, by: Context, at: datetime | None = None, attachment_id: UUID) -> None:
    """Take a file away from a draft."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    with transactions.write(by):
        removed, _what = GrantAttachment.objects.filter(id=attachment_id).delete()  # the database keeps what is sent
        if not removed:
            raise Refused(NOT_NOW)
        trail.record(
            by=by, at=at, action="grant_attachment.remove", subject_kind="money.grantattachment",
            subject_id=attachment_id,
        )  # fmt: skip


def _may_change(by: Context, application_id: UUID | None, report_id: UUID | None) -> None:
    if report_id is not None:
        own = GrantReportContent.objects.filter(report_id=report_id, organisation_id=by.organisation_id)
        if not own.filter(report__sent_at__isnull=True).exists():
            raise Refused(NOT_NOW)
        own.filter(is_sent=True).update(is_sent=False)  # it has gone back: a draft again
        return
    row = GrantApplication.objects.filter(id=application_id, organisation_id=by.organisation_id).first()
    if row is None:
        raise Refused(NOT_NOW)
    last = row.events.filter(kind__in=["completion_asked", "completed", "withdrawn", "rejected"]).order_by("at").last()
    if row.sent_at is not None and (last is None or last.kind != "completion_asked"):
        raise Refused(NOT_NOW)
