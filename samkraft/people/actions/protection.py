"""Protected identity: at once and everywhere. Only the named list sees the person, and can work fully."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.rules import protection
from samkraft.values.context import Context

PERSON = "people.person"


def protect(
    *, by: Context, person_id: UUID, level: str, membership_ids: Sequence[UUID] = (), at: datetime | None = None
) -> None:
    """Close everything about the person to everybody outside the list. Who does it is on the list."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    protection.require_level(level)
    with transactions.write(by):
        guard.ask("people_protect", person_id, level, list(membership_ids), by.actor_name)
        trail.record(
            by=by,
            at=at,
            action="protection.begun",
            subject_kind=PERSON,
            subject_id=person_id,
            level=level,
            membership_ids=list(membership_ids),
        )


def name(*, by: Context, person_id: UUID, membership_id: UUID, at: datetime | None = None) -> None:
    """Put one more on the list. Being on the case is needed as well."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        guard.ask("people_name_on_list", person_id, membership_id, by.actor_name)
        trail.record(
            by=by,
            at=at,
            action="protection.named",
            subject_kind=PERSON,
            subject_id=person_id,
            membership_id=membership_id,
        )


def strike(*, by: Context, person_id: UUID, membership_id: UUID, at: datetime | None = None) -> None:
    """Take one off the list; never the last."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        trail.record(
            by=by,
            at=at,
            action="protection.struck",
            subject_kind=PERSON,
            subject_id=person_id,
            membership_id=membership_id,
        )
        guard.ask("people_strike_from_list", person_id, membership_id)


def lift(*, by: Context, person_id: UUID, at: datetime | None = None) -> bool:
    """Ask for the protection to end, or decide what another has asked. Returns whether it ended."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        answer = guard.ask("people_lift_protection", person_id, by.actor_name)
        trail.record(by=by, at=at, action=f"protection.{answer}", subject_kind=PERSON, subject_id=person_id)
    return bool(answer == "lifted")
