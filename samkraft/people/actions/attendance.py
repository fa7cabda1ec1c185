"""Who was there, as the provider notes it. The provider sees codes and what was told, and never why somebody was away."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.rules.places import place_states as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def note(*, by: Context, session_id: UUID, hold_id: UUID, presence: str, at: datetime | None = None) -> int:
    """Note whether somebody with a place was at a session, and return the version. The same again changes nothing.

    Something else than before is a correction: both stay. The first time somebody is there, the place has begun.
    """
    access.require(by, Permission.HOLD_SESSIONS)
    with transactions.write(by):
        return note_within(by=by, session_id=session_id, hold_id=hold_id, presence=presence, at=at or timezone.now())


def note_within(*, by: Context, session_id: UUID, hold_id: UUID, presence: str, at: datetime) -> int:
    """The same, inside the transaction of another action."""
    if presence not in set(rules.Presence):
        raise Refused(rules.NO_REASON)
    version: int = guard.ask("people_place_attend", session_id, hold_id, presence, at)
    trail.record(
        by=by, at=at, action="session.attendance", subject_kind="offer.session", subject_id=session_id,
        hold=hold_id, version=version,
    )  # fmt: skip
    return version
