"""Reminding an organisation of a report that is late: in its inbox, in the report's history, and by e-mail once a day at most.

What stands in the inbox and the history holds when no letter leaves; how many letters left is told to whoever reminds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.grants.grant_reports import ALREADY_SENT, NO_REPORT
from samkraft.money.models import GrantEvent, GrantReport
from samkraft.money.queries.grants import report_reminders
from samkraft.money.rules.grants import grant_terms
from samkraft.money.rules.grants import report_reminders as rules
from samkraft.money.rules.grants.grant_kinds import GrantEventKind
from samkraft.partners.queries.recipients import Recipient
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Reminded:
    """To how many a letter went, and to how many it could not be sent."""

    sent: int
    not_sent: int


def remind(*, by: Context, at: datetime | None = None, report_id: UUID, page: str, words: str = "") -> Reminded:
    """Remind whoever reports for the organisation. `page` is the address of its report; `words` a line of the officer's own.

    Raises Refused when the report has come, is not late, was reminded of today, or nobody there has an account.
    """
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    today, said = day_in_stockholm(at), words.strip()
    with transactions.write(by):
        report = _late(report_id, at)
        before = report_reminders.latest(report_id)
        if before is not None and day_in_stockholm(before.at) == today:
            raise Refused(rules.REMINDED_TODAY, who=before.by, time=f"{timezone.localtime(before.at):%H.%M}")
        whom = report_reminders.whom(report.grant_id, day=today)
        if not whom:
            raise Refused(rules.NOBODY_TO_REMIND, organisation=report.grant.organisation.name)
        GrantEvent.objects.create(
            report=report, kind=GrantEventKind.REPORT_REMINDED.value, text=said, at=at, by=by.actor_name
        )
        trail.record(
            by=by, at=at, action="grant_report.reminded", subject_kind="money.grantreport", subject_id=report.id,
            subject_name=report.grant.title, people=len(whom), due_date=report.due_date,
        )  # fmt: skip
    return _post([_letter(report, one, by, page, said) for one in whom])


def _late(report_id: UUID, at: datetime) -> GrantReport:
    """The report, held until we are done, so that two officers at once remind once."""
    found = GrantReport.objects.select_for_update(of=("self",)).select_related("grant__organisation")
    report = found.filter(id=report_id).first()
    if report is None:
        raise Refused(NO_REPORT)
    if report.sent_at is not None:
        raise Refused(ALREADY_SENT)
    if not grant_terms.is_late(report.due_date, has_come=False, today=day_in_stockholm(at)):
        raise Refused(rules.NOT_LATE, day=report.due_date.isoformat())
    return report


def _letter(report: GrantReport, one: Recipient, by: Context, page: str, said: str) -> EmailMessage:
    """The letter in the reader's language."""
    with translation.override(one.language):
        facts = {
            "title": report.grant.title, "who": by.actor_name, "page": page,
            "date": date_format(report.due_date, "j F Y"), "words": said,
        }  # fmt: skip
        parts = [rules.OPENING, *([rules.WORDS] if said else []), rules.WAY_OUT, rules.CLOSING]
        subject = " ".join(gettext(rules.SUBJECT).format(**facts).split())
        text = "\n\n".join(gettext(part).format(**facts) for part in parts)
    return EmailMessage(subject=subject, body=text + "\n", to=[one.email], headers={"Auto-Submitted": "auto-generated"})


def _post(letters: Iterable[EmailMessage]) -> Reminded:
    """Send them one by one: an address that does not work keeps nobody else from the letter."""
    sent = not_sent = 0
    for letter in letters:
        try:
            letter.send()
            sent += 1
        except (SMTPException, OSError):
            not_sent += 1
    return Reminded(sent, not_sent)
