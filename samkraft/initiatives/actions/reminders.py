"""Reminding a body of a duty by e-mail: once for each person, step and date.

A message that has left cannot be called back, so each person's reminder is noted as begun before it is sent and as sent
afterwards, in transactions of their own. If we stop in between, nobody knows whether it left: the next try sends it
again and says so in the letter. A reminder is thus never lost, and never repeated in silence.
"""

import socket
from datetime import date, datetime
from smtplib import SMTPConnectError, SMTPHeloError, SMTPRecipientsRefused, SMTPSenderRefused
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.models import DutyEvent, Reminder
from samkraft.initiatives.queries import duties, reminders
from samkraft.initiatives.queries.duties import DutyRow
from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules import letters
from samkraft.initiatives.rules.duties import OPEN, DutyEventKind, ReminderStep
from samkraft.partners.queries.recipients import Recipient
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

OWN_PAGES = "/mina-bidrag/"  # links to what an organisation outside the city reports on, where it cannot see the wheel
# Faults that tell for certain that nothing was handed over.
NOT_SENT = (
    SMTPConnectError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    ConnectionRefusedError,
    socket.gaierror,
)


def remind(*, by: Context, at: datetime | None = None, duty_id: UUID, page: str) -> int:
    """Send what the day calls for about one duty, and return how many letters that was. `page` is the duty's address.

    Nothing is sent for a duty that is done, not near, or reminded of already. Not for people: `by` is the clock's own
    context. Two at once for the same duty are kept apart by the queue's lock. Raises what the mail server raises.
    """
    now = at or timezone.now()
    today = day_in_stockholm(now)
    with transactions.read(by):
        row = duties.one(duty_id=duty_id, today=today)
        step = rules.reminder_step(row.due_date, today) if row and row.state in OPEN else None
        if row is None or step is None or reminders.is_told(duty_id=duty_id, step=step, due_date=row.due_date):
            return 0
        waiting, own = reminders.left_to_send(row=row, step=step, today=today)
    if own and row.link.startswith(OWN_PAGES):  # those who answer for it have a page of their own
        page = page[: page.find("/", len("https://"))] + row.link
    for one in waiting:
        _remind_one(by, now, row, step, one, page, own)
    if waiting:
        _tell(by, now, row, step, len(waiting))
    return len(waiting)


def _remind_one(
    by: Context, now: datetime, row: DutyRow, step: ReminderStep, one: Recipient, page: str, own: bool
) -> None:
    with transactions.write(by):
        key = {"duty_id": row.id, "membership_id": one.membership_id, "step": step.value, "due_date": row.due_date}
        noted, is_new = Reminder.objects.get_or_create(**key, defaults={"begun_at": now})
        perhaps_again = not is_new and noted.begun_at is not None
        Reminder.objects.filter(id=noted.id).update(begun_at=now)
    try:
        letter(row, step, one, page, perhaps_again=perhaps_again, own=own).send()
    except NOT_SENT:
        with transactions.write(by):
            Reminder.objects.filter(id=noted.id).update(begun_at=None)
        raise
    with transactions.write(by):
        Reminder.objects.filter(id=noted.id).update(sent_at=timezone.now())


def letter(
    row: DutyRow, step: ReminderStep, one: Recipient, page: str, *, perhaps_again: bool, own: bool
) -> EmailMessage:
    """The letter in the reader's language; `own` tells whether they answer for the body.

    Its Message-ID is the same each time, so that a mail server may notice.
    """
    with translation.override(one.language):
        facts = {
            "title": row.title,
            "body": row.body_name,
            "date": _in_words(row.due_date),
            "basis": row.basis,
            "page": page,
        }
        parts = [letters.PERHAPS_AGAIN] if perhaps_again else []
        parts += [letters.OPENINGS[step], "    {title}"]
        parts += [letters.BASIS] if row.basis else []
        parts += [letters.WAY_OUT, letters.CLOSING if own else letters.CLOSING_FOR_HOLDERS]
        subject = gettext(letters.SUBJECTS[step]).format(**facts)
        text = "\n\n".join(gettext(part).format(**facts) for part in parts)
    name = f"{row.id}.{step.value}.{row.due_date:%Y%m%d}.{one.membership_id}"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=text + "\n",
        to=[one.email],
        headers={"Message-ID": f"<{name}@samkraft.invalid>", "Auto-Submitted": "auto-generated"},
    )


def _in_words(day: date) -> str:
    return date_format(day, "j F Y")


def _tell(by: Context, now: datetime, row: DutyRow, step: ReminderStep, letters_sent: int) -> None:
    """Write in the duty's history, and in the trail, that the reminder has gone out."""
    with transactions.write(by):
        DutyEvent.objects.create(
            duty_id=row.id,
            kind=DutyEventKind.REMINDED.value,
            at=now,
            by=by.actor_name,
            note=reminders.told_as(step, row.due_date),
        )
        trail.record(
            by=by, at=now, action="duty.remind", subject_kind="initiatives.duty", subject_id=row.id,
            subject_name=row.title, step=step.value, due_date=row.due_date, letters=letters_sent,
        )  # fmt: skip
