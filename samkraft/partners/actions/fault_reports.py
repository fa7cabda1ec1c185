"""Anybody can tell that a page does not work for them. The system administrators get it by e-mail.

What was written is not kept here: the trail only says that a report was sent, so that the limit holds.
"""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.audit.queries import told
from samkraft.partners.queries import recipients
from samkraft.partners.rules import fault_reports as rules
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

ACTION = "fault_report.send"


def send(*, by: Context, at: datetime | None = None, text: str, reply_to: str = "", page: str = "") -> None:
    """Send a report. Raises Refused when it is empty, too long, one too many this hour, or when nobody can get it."""
    now = at or timezone.now()
    with transactions.write(by):
        earlier = told.count_since(action=ACTION, since=timezone.now() - timedelta(hours=1))
        if reason := rules.why_not(text, earlier):
            raise Refused(reason, longest=rules.LONGEST)
        to = [one.email for one in recipients.in_roles(roles=[Role.SYSTEM_ADMINISTRATOR], day=day_in_stockholm(now))]
        if not to:
            raise Refused(rules.NOBODY_TO_TELL)
        trail.record(by=by, at=now, action=ACTION, subject_kind="web.page", subject_id=page[:200] or "–")
        letter = EmailMessage(
            subject=gettext("Något på sidorna fungerar inte"),
            body="\n\n".join(part for part in (text.strip(), page[:200]) if part),
            bcc=to,
            reply_to=[reply_to] if reply_to else None,
        )
        transaction.on_commit(letter.send)
