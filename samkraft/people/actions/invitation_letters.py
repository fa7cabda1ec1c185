"""E-mails with a personal link, and reminders. No word in them or in the subject line tells which authority it is, or why."""

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import guard, invitations
from samkraft.people.queries import invitations as asked
from samkraft.people.queries.invitations import InvitationRow
from samkraft.people.rules import invitations as rules
from samkraft.people.rules.invitations import Sent, State
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused


def send(*, by: Context, invitation_id: UUID, page: str, is_reminder: bool = False, at: datetime | None = None) -> str:
    """Make a link, e-mail it to the address that the own area knows, and return it. `page` has `{token}` where the token goes.

    Raises Refused where there is no address, and always for who is protected: a mailbox can be read by another.
    """
    now = at or timezone.now()
    with transactions.read(by):
        row = asked.one(by, invitation_id, now=now)
        name, email, is_protected = asked.way_to(by, row.person_id, now=now)
    if is_protected:
        raise Refused(rules.NOT_BY_EMAIL)
    if not email:
        raise Refused(rules.NO_EMAIL)
    token = invitations.send(by=by, invitation_id=invitation_id, sent=Sent.EMAIL, is_reminder=is_reminder, at=now)
    address = page.replace("{token}", token)
    _post(email, rules.SUBJECT_CHOOSE, rules.LETTER_CHOOSE, name=name, until=_day(row.answer_until), link=address)
    return address


def remind(*, by: Context, page: str, at: datetime | None = None) -> int:
    """Remind those whom `by` invited: to choose a time, or of the one that is chosen. How many letters went out.

    Everything is asked as `by` may know it now. Who has no e-mail address is left to whoever invited.
    """
    now = at or timezone.now()
    if not may(by.role, Permission.WRITE_PLAN):
        return 0
    with transactions.read(by):
        rows = asked.to_remind(by, now=now)
    return sum(_remind(by, row, page, now) for row in rows)


def _remind(by: Context, row: InvitationRow, page: str, now: datetime) -> bool:
    with transactions.read(by):
        name, email, is_protected = asked.way_to(by, row.person_id, now=now)
    if is_protected or not email:
        return False
    if row.state is State.WAITING:
        try:
            send(by=by, invitation_id=row.id, page=page, is_reminder=True, at=now)
        except Refused:
            return False
        return True
    assert row.slot is not None
    with transactions.write(by):
        guard.ask("people_invitation_reminded", row.booking_id, now)
        trail.record(
            by=by, at=now, action="invitation.reminded", subject_kind="people.person", subject_id=row.person_id,
            invitation=row.id,
        )  # fmt: skip
    _post(
        email, rules.SUBJECT_TIME, rules.LETTER_TIME, name=name, when=_moment(row.slot.starts_at),
        place=row.slot.place_name,
    )  # fmt: skip
    return True


def _post(email: str, subject: str, text: str, **said: str) -> None:
    with translation.override("sv"):
        message = EmailMessage(
            subject=gettext(subject), body=gettext(text).format(**said), to=[email],
            headers={"Auto-Submitted": "auto-generated"},
        )  # fmt: skip
    message.send(fail_silently=True)  # the invitation holds without it, and the page shows that nobody has answered


def _day(moment: datetime) -> str:
    with translation.override("sv"):
        return date_format(moment.astimezone(STOCKHOLM), "j F Y")


def _moment(moment: datetime) -> str:
    with translation.override("sv"):
        return date_format(moment.astimezone(STOCKHOLM), "l j F \\k\\l. H.i")
