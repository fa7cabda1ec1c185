"""Two persons who are one, and one who is two: joined and split by the steward alone, with a trail."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.values.context import Context

MATCH = "people.match"


def number_of(*, by: Context, match_id: UUID, at: datetime | None = None) -> str | None:
    """The number that the two share. Each look is kept in the trail."""
    access.require(by, Permission.JOIN_DUPLICATES)
    with transactions.write(by):
        trail.record(by=by, at=at, action="match.number_read", subject_kind=MATCH, subject_id=match_id)
        number: str | None = guard.ask("people_match_number", match_id)
    return number


def join(*, by: Context, match_id: UUID, reason: str, at: datetime | None = None) -> None:
    """Make them one. Nobody comes onto a case by it: each area keeps seeing what it holds itself."""
    access.require(by, Permission.JOIN_DUPLICATES)
    with transactions.write(by):
        guard.ask("people_join", match_id, by.actor_name, reason)
        trail.record(by=by, at=at, action="match.joined", subject_kind=MATCH, subject_id=match_id, reason=reason)


def split(*, by: Context, match_id: UUID, reason: str, at: datetime | None = None) -> None:
    """Say that they are two: dismiss what was found, or undo what was joined."""
    access.require(by, Permission.JOIN_DUPLICATES)
    with transactions.write(by):
        guard.ask("people_split", match_id, by.actor_name, reason)
        trail.record(by=by, at=at, action="match.split", subject_kind=MATCH, subject_id=match_id, reason=reason)
