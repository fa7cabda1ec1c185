"""Tell a member of staff by e-mail that something waits: at most once a day, and never what, about whom or how much.

A letter that has left cannot be called back, so it is noted as begun before it is sent and as sent afterwards, in
transactions of their own. If we stop in between, nobody knows whether it left: the next try sends it again under the
same Message-ID and says so.
"""

import socket
from datetime import datetime
from smtplib import SMTPConnectError, SMTPHeloError, SMTPRecipientsRefused, SMTPSenderRefused
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.partners.queries import recipients
from samkraft.partners.queries.recipients import Recipient
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.models import StaffLetter
from samkraft.people.queries import reminders
from samkraft.people.rules import reminders as rules
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

# Faults that tell for certain that nothing was handed over.
NOT_SENT = (
    SMTPConnectError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    ConnectionRefusedError,
    socket.gaierror,
)


def remind(*, by: Context, at: datetime | None = None, page: str) -> bool:
    """Send today's letter if something new calls for one, and return whether it went. `page` is the inbox's address.

    Everything is asked as `by` may know it now: what has been withdrawn, closed by a protection or taken from the reader
    since the job was put in the queue is not there. Two at once for the same membership are kept apart by the queue's
    lock. Raises what the mail server raises.
    """
    now = at or timezone.now()
    today = day_in_stockholm(now)
    if not may(by.role, Permission.SEE_CASELOAD):
        return False
    with transactions.read(by):
        after = reminders.told_until(by, today)
        to = recipients.one(by.membership_id, day=today)
        if to is None or after >= today or not rules.calls(reminders.due(by, today), after=after, today=today):
            return False
    letter_id, perhaps_again = _begin(by, now)
    _send(by, letter_id, letter(to, letter_id, page, perhaps_again=perhaps_again))
    _mark_sent(by, now, letter_id)
    return True


def _begin(by: Context, now: datetime) -> tuple[UUID, bool]:
    """Today's letter, and whether an earlier try may have sent it."""
    with transactions.write(by):
        noted, is_new = StaffLetter.objects.get_or_create(
            membership_id=by.membership_id,
            day=day_in_stockholm(now),
            defaults={"area_id": by.area_id, "begun_at": now},
        )
        StaffLetter.objects.filter(id=noted.id).update(begun_at=now)
    return noted.id, not is_new and noted.begun_at is not None


def _mark_sent(by: Context, now: datetime, letter_id: UUID) -> None:
    with transactions.write(by):
        StaffLetter.objects.filter(id=letter_id).update(sent_at=timezone.now())
        trail.record(
            by=by, at=now, action="staff.reminded", subject_kind="partners.membership", subject_id=by.membership_id
        )


def _send(by: Context, letter_id: UUID, message: EmailMessage) -> None:
    try:
        message.send()
    except NOT_SENT:
        with transactions.write(by):
            StaffLetter.objects.filter(id=letter_id).update(begun_at=None)
        raise


def letter(to: Recipient, letter_id: UUID, page: str, *, perhaps_again: bool) -> EmailMessage:
    """The letter in the reader's language. Its Message-ID is the same each time, so that a mail server may notice."""
    with translation.override(to.language):
        parts = [rules.PERHAPS_AGAIN] if perhaps_again else []
        parts += [rules.OPENING, rules.WAY_OUT, rules.CLOSING]
        subject = gettext(rules.SUBJECT)
        text = "\n\n".join(gettext(part).format(page=page) for part in parts)
    return EmailMessage(
        subject=subject,
        body=text + "\n",
        to=[to.email],
        headers={"Message-ID": f"<{letter_id}@samkraft.invalid>", "Auto-Submitted": "auto-generated"},
    )
