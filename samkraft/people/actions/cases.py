"""Who is on a person's case: begun, assigned, handed to a team, ended; and jäv, which is stronger than all of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import CaseAccess
from samkraft.people.rules import recusals, secrecy
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.refusal import Refused

PERSON = "people.person"


@dataclass(frozen=True, slots=True)
class Begun:
    """The person to go on with, and whether the asker was on that case already."""

    person_id: UUID
    is_known: bool


def begin_within(*, by: Context, number: IdentityNumber | None, at: datetime) -> Begun:
    """Find the person when the asker is on the case already, else begin a new case. Inside the transaction of another action.

    The answer is alike whether or not somebody else knows the number; a match is noted for the steward of duplicates.
    """
    person_id, is_known = guard.ask(
        "people_begin_case", number.digits if number else None, number.kind.value if number else None
    )
    trail.record(by=by, at=at, action="case.begun", subject_kind=PERSON, subject_id=person_id, known=is_known)
    return Begun(person_id, is_known)


def assign(
    *,
    by: Context,
    person_id: UUID,
    membership_id: UUID,
    until: datetime | None = None,
    at: datetime | None = None,
) -> UUID:
    """Put one member of staff on the case personally, in the own area or in one that knows of the enrolment."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        return assign_within(by=by, person_id=person_id, membership_id=membership_id, until=until, at=at)


def assign_within(
    *,
    by: Context,
    person_id: UUID,
    membership_id: UUID,
    until: datetime | None = None,
    basis: str = "assigned",
    at: datetime | None = None,
) -> UUID:
    """The same, inside the transaction of another action; `basis` is assigned or handover."""
    made: UUID = guard.ask("people_assign", person_id, membership_id, until, basis)
    trail.record(
        by=by,
        at=at,
        action="case.assigned",
        subject_kind=PERSON,
        subject_id=person_id,
        membership_id=membership_id,
        until=until,
        access_id=made,
    )
    return made


def assign_team_within(
    *, by: Context, person_id: UUID, team_id: UUID, area_id: UUID, at: datetime | None = None
) -> None:
    """Put a team's members of one area on the case, inside the transaction of another action."""
    guard.ask("people_assign_team", person_id, team_id, area_id)
    trail.record(
        by=by,
        at=at,
        action="case.team_assigned",
        subject_kind=PERSON,
        subject_id=person_id,
        team_id=team_id,
        area_id=area_id,
    )


def end_access(*, by: Context, person_id: UUID, access_id: UUID, at: datetime | None = None) -> None:
    """Take a team or a member of staff of the own area off the case, now."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        end_access_within(by=by, person_id=person_id, access_id=access_id, ends_at=timezone.now(), at=at)


def end_access_within(
    *, by: Context, person_id: UUID, access_id: UUID, ends_at: datetime, at: datetime | None = None
) -> None:
    """The same, at a moment to come when two overlap, inside the transaction of another action."""
    if not CaseAccess.objects.filter(id=access_id, person_id=person_id).exists():
        raise Refused(secrecy.NOT_FOUND)  # or it would be written down as about somebody else
    guard.ask("people_end_access", access_id, ends_at)
    trail.record(
        by=by,
        at=at,
        action="case.access_ended",
        subject_kind=PERSON,
        subject_id=person_id,
        access_id=access_id,
        ends_at=ends_at,
    )


def recuse_within(*, by: Context, person_id: UUID, user_id: UUID, ground: str, at: datetime | None = None) -> None:
    """State jäv: this member of staff may not handle the person, from the next statement. Inside a transaction."""
    recusals.require_ground(ground)
    trail.record(
        by=by,
        at=at,
        action="case.recused",
        subject_kind=PERSON,
        subject_id=person_id,
        user_id=user_id,
        ground=ground,
    )
    guard.ask("people_recuse", person_id, user_id, ground, by.actor_name)
