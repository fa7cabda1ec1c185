"""Nödåtkomst: into the own area's rows without being on the case, for a while, with a reason that another reviews."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.rules import emergencies
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.refusal import Refused

PERSON = "people.person"


def open_case(
    *, by: Context, number: IdentityNumber, reason: str, minutes: int = 60, at: datetime | None = None
) -> UUID:
    """Open the own area's rows about the person behind the number. The same refusal for every kind of miss.

    The try itself is kept, also when nobody was found: the question is as telling as the answer.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        found: UUID | None = guard.ask("people_break_glass", number.digits, reason, minutes, by.actor_name)
        trail.record(
            by=by,
            at=at,
            action="break_glass.opened" if found else "break_glass.missed",
            subject_kind=PERSON,
            subject_id=found or "",
            minutes=minutes,
        )
    if found is None:
        raise Refused(emergencies.NOBODY_HERE)
    return found


def review(*, by: Context, opened_id: UUID, is_justified: bool, note: str, at: datetime | None = None) -> None:
    """Say whether it was justified. Never by the one who opened."""
    access.require(by, Permission.REVIEW_AUDIT)
    emergencies.require_note(is_justified, note)
    verdict = "justified" if is_justified else "not_justified"
    with transactions.write(by):
        guard.ask("people_review_break_glass", opened_id, verdict, note, by.actor_name)
        trail.record(
            by=by,
            at=at,
            action="break_glass.reviewed",
            subject_kind="people.break_glass",
            subject_id=opened_id,
            verdict=verdict,
        )
