"""Inviting somebody to a first meeting: times are laid out, a link is made, the person chooses, and the plan follows."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, guard, invitation_steps
from samkraft.people.models import Enrolment, Invitation
from samkraft.people.queries import invitation_links
from samkraft.people.queries.invitation_links import InvitationLink
from samkraft.people.rules import invitations as rules
from samkraft.people.rules import secrecy
from samkraft.people.rules.invitations import Sent, Span
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

PERSON = "people.person"


def publish(*, by: Context, span: Span, place: str, at: datetime | None = None) -> int:
    """Lay out one's own times for first meetings, and return how many. Raises Refused when one of them overlaps another."""
    access.require(by, Permission.WRITE_PLAN)
    moment = at or timezone.now()
    if not place.strip():
        raise Refused(rules.NO_PLACE)
    if refused := rules.why_not_span(span, moment):
        raise Refused(refused, most=rules.MOST_SLOTS_AT_ONCE)
    made = rules.times(span, moment)
    with transactions.write(by):
        guard.ask(
            "people_invitation_publish", [first for first, _ in made], [last for _, last in made], place.strip()[:120],
            moment,
        )  # fmt: skip
        trail.record(
            by=by, at=moment, action="invitation.times_published", subject_kind="people.times", subject_id="",
            times=len(made),
        )  # fmt: skip
        return len(made)


def unpublish(*, by: Context, slot_id: UUID, at: datetime | None = None) -> None:
    """Take back a time of one's own that nobody has chosen."""
    access.require(by, Permission.WRITE_PLAN)
    moment = at or timezone.now()
    with transactions.write(by):
        guard.ask("people_invitation_unpublish", slot_id, moment)
        trail.record(
            by=by, at=moment, action="invitation.time_withdrawn", subject_kind="people.times", subject_id=slot_id
        )


def make(
    *,
    by: Context,
    person_id: UUID,
    hosts: Collection[UUID],
    answer_until: datetime | None = None,
    at: datetime | None = None,
) -> UUID:
    """Invite the person to choose among the free times of some of one's own area, and return the invitation.

    Where the person takes part, a step of the plan waits for the answer, so that the board shows it.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        until = answer_until or case.at + timedelta(days=rules.ANSWER_DAYS)
        step = invitation_steps.begin_within(case, until)
        enrolment = Enrolment.objects.filter(id=case.enrolment_id, area_id=by.area_id).first()
        made: UUID = guard.ask(
            "people_invitation_make", person_id, enrolment.id if enrolment else None, list(hosts), step, until, case.at
        )
        _trace(by, case.at, "invitation.made", person_id, made)
        return made


def send(*, by: Context, invitation_id: UUID, sent: Sent, is_reminder: bool = False, at: datetime | None = None) -> str:
    """A new personal link, to be sent or handed over; only its digest is kept. Earlier letters' links go on holding."""
    access.require(by, Permission.WRITE_PLAN)
    moment = at or timezone.now()
    token = invitation_links.new_token()
    with transactions.write(by):
        held = _held(invitation_id)
        until = held.answer_until + timedelta(days=rules.LINK_DAYS_AFTER)
        guard.ask(
            "people_invitation_send",
            invitation_id,
            invitation_links.digest(token),
            sent.value,
            until,
            is_reminder,
            moment,
        )
        _trace(by, moment, "invitation.reminded" if is_reminder else "invitation.sent", held.person_id, invitation_id)
    return token


def book(*, by: Context, invitation_id: UUID, slot_id: UUID, at: datetime | None = None) -> None:
    """Take a time for the person, who has said which by telephone."""
    _arrange(by, invitation_id, slot_id, False, "invitation.booked", at)


def call_off(*, by: Context, invitation_id: UUID, at: datetime | None = None) -> None:
    """Call off the time that was chosen; the person may choose another with the same link."""
    _arrange(by, invitation_id, None, False, "invitation.called_off", at)


def withdraw(*, by: Context, invitation_id: UUID, at: datetime | None = None) -> None:
    """Take the invitation back, with the time if one was chosen. The link holds no longer."""
    _arrange(by, invitation_id, None, True, "invitation.withdrawn", at)


def choose(*, link: InvitationLink, slot_id: UUID) -> None:
    """Choose a time with one's personal link, or change it. Raises Refused when somebody was quicker."""
    _with_link(link, "invitation.chosen", "people_invitation_book", slot_id)


def give_back(*, link: InvitationLink) -> None:
    """Give back the time that was chosen, with one's personal link."""
    _with_link(link, "invitation.given_back", "people_invitation_give_back")


def _with_link(link: InvitationLink, action: str, function: str, *said: object) -> None:
    with transactions.write(link.by), invitation_links.carried(link):
        guard.ask(function, *said)
        trail.record(
            by=link.by,
            at=timezone.now(),
            action=action,
            subject_kind="people.invitation",
            subject_id=link.invitation_id,
        )


def _arrange(
    by: Context, invitation_id: UUID, slot_id: UUID | None, withdraws: bool, action: str, at: datetime | None
) -> None:
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        held = _held(invitation_id)
        case = at_hand.open_within(by=by, person_id=held.person_id, at=at)
        guard.ask("people_invitation_arrange", invitation_id, slot_id, withdraws, case.at)
        _trace(by, case.at, action, held.person_id, invitation_id)
        invitation_steps.follow_within(case, invitation_id)


def _held(invitation_id: UUID) -> Invitation:
    found = Invitation.objects.filter(id=invitation_id).first()
    if found is None:
        raise Refused(secrecy.NOT_FOUND)
    return found


def _trace(by: Context, at: datetime, action: str, person_id: UUID, invitation_id: UUID) -> None:
    trail.record(by=by, at=at, action=action, subject_kind=PERSON, subject_id=person_id, invitation=invitation_id)
