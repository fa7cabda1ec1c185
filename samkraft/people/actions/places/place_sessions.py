"""One session of an occasion: added, moved, cancelled or held after all, with everybody who comes told through their own area.

Whoever coordinates sees codes, and learns how many are told. Those on the case tell the person, and note that the person knows.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import occasions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, guard
from samkraft.people.models import PlaceHold
from samkraft.people.rules import secrecy
from samkraft.people.rules.places.place_states import Event
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

OCCASION = "offer.occasion"


def add(
    *, by: Context, occasion_id: UUID, day: date, starts: time, ends: time, at: datetime | None = None
) -> tuple[UUID, int]:
    """Add one session, and return it and how many are told."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        _hold_still(occasion_id)
        made = occasions.add_session_within(
            by=by, occasion_id=occasion_id, day=day, starts=starts, ends=ends, at=moment
        )
        told = _tell(made, Event.SESSION_ADDED, "", moment)
        trail.record(
            by=by,
            at=moment,
            action="session.add",
            subject_kind=OCCASION,
            subject_id=occasion_id,
            session=made,
            told=told,
        )
        return made, told


def move(
    *,
    by: Context,
    session_id: UUID,
    day: date,
    starts: time,
    ends: time,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Move a session that has not begun to another time ahead, and return how many are told."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        occasion_id = _held_still(session_id)
        occasions.move_session_within(by=by, session_id=session_id, day=day, starts=starts, ends=ends, at=moment)
        told = _tell(session_id, Event.SESSION_MOVED, reason, moment)
        trail.record(
            by=by, at=moment, action="session.move", subject_kind=OCCASION, subject_id=occasion_id, session=session_id,
            told=told,
        )  # fmt: skip
        return told


def cancel(*, by: Context, session_id: UUID, reason: str, at: datetime | None = None) -> int:
    """Cancel one session that has not begun, and return how many are told why; the occasion goes on."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        occasion_id = _held_still(session_id)
        occasions.cancel_session_within(by=by, session_id=session_id, at=moment)
        told = _tell(session_id, Event.SESSION_CANCELLED, reason, moment)
        trail.record(
            by=by, at=moment, action="session.cancel", subject_kind=OCCASION, subject_id=occasion_id, session=session_id,
            told=told,
        )  # fmt: skip
        return told


def restore(*, by: Context, session_id: UUID, at: datetime | None = None) -> int:
    """Hold a cancelled session after all, if its time has not come, and return how many are told."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        occasion_id = _held_still(session_id)
        occasions.restore_session_within(by=by, session_id=session_id, at=moment)
        told = _tell(session_id, Event.SESSION_ADDED, "", moment)
        trail.record(
            by=by, at=moment, action="session.restore", subject_kind=OCCASION, subject_id=occasion_id, session=session_id,
            told=told,
        )  # fmt: skip
        return told


def tell_cancelled_within(*, session_ids: Collection[UUID], reason: str, at: datetime) -> int:
    """Tell of sessions that another action has cancelled, inside its transaction. How many were told of something."""
    return max((_tell(one, Event.SESSION_CANCELLED, reason, at) for one in session_ids), default=0)


def note_known(*, by: Context, person_id: UUID, hold_id: UUID, session_id: UUID, at: datetime | None = None) -> None:
    """Note that the person knows what was changed about a session."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        if not PlaceHold.objects.filter(id=hold_id, person_id=person_id).exists():
            raise Refused(secrecy.NOT_FOUND)
        guard.ask("people_place_session_known", session_id, hold_id, case.at)
        trail.record(
            by=by, at=case.at, action="place.session_known", subject_kind="people.person", subject_id=person_id,
            session=session_id,
        )  # fmt: skip


def _hold_still(occasion_id: UUID) -> None:
    """Before anything is changed: nobody is given a place meanwhile, and is left untold."""
    guard.ask("people_place_hold_still", occasion_id)


def _held_still(session_id: UUID) -> UUID:
    """The same, from the session; returns its occasion."""
    occasion_id = occasions.occasion_of_within(session_id)
    _hold_still(occasion_id)
    return occasion_id


def _tell(session_id: UUID, kind: Event, reason: str, at: datetime) -> int:
    told: int = guard.ask("people_place_tell_session", session_id, kind, reason.strip(), at)
    return told
