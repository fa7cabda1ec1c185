"""Anybody can tell that a page does not work for them. The system administrators get it by e-mail.

What was written is not kept: the trail only says that a report was sent. The limit is counted in each web process.
"""

from datetime import datetime

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.partners.queries import recipients
from samkraft.partners.rules import fault_reports as rules
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def send(*, by: Context, at: datetime | None = None, text: str, reply_to: str = "", page: str = "") -> None:
    """Send a report. Raises Refused when it is empty, too long, one too many this hour, or when nobody can get it."""
    now = at or timezone.now()
    with transactions.write(by):
        if reason := rules.why_not(text, cache.get(_this_hour(), 0)):
            raise Refused(reason, longest=rules.LONGEST)
        to = [one.email for one in recipients.in_roles(roles=[Role.SYSTEM_ADMINISTRATOR], day=day_in_stockholm(now))]
        if not to:
            raise Refused(rules.NOBODY_TO_TELL)
        trail.record(by=by, at=now, action="fault_report.send", subject_kind="web.page", subject_id=page[:200] or "–")
        letter = EmailMessage(
            subject=gettext("Något på sidorna fungerar inte"),
            body="\n\n".join(part for part in (text.strip(), page[:200]) if part),
            bcc=to,
            reply_to=[reply_to] if reply_to else None,
        )
        transaction.on_commit(lambda: _send(letter))


def _send(letter: EmailMessage) -> None:
    cache.add(_this_hour(), 0, timeout=3600)
    cache.incr(_this_hour())
    letter.send()


def _this_hour() -> str:
    return f"fault-reports-{timezone.now():%Y-%m-%dT%H}"
