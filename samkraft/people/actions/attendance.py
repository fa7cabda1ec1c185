"""Who was there, as the provider notes it. The provider sees codes and what was told, and never why somebody was away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import catalogue
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.places import place_states as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer as it was written: its version, and what it did with the place (nothing when empty)."""

    version: int
    became: str = ""


def note(*, by: Context, session_id: UUID, hold_id: UUID, presence: str, at: datetime | None = None) -> Mark:
    """Note whether somebody with a place was at a session. The same again changes nothing.

    Something else than before is a correction: both stay. The first time somebody is there, the place has begun; when
    that is corrected, and nothing else has begun it, it is given and has not begun.
    """
    access.require(by, Permission.HOLD_SESSIONS)
    with transactions.write(by):
        return note_within(by=by, session_id=session_id, hold_id=hold_id, presence=presence, at=at or timezone.now())


@dataclass(frozen=True, slots=True)
class Answer:
    """What one form says of one person: what stood there when it was opened (`seen`), and what is to stand there now."""

    hold_id: UUID
    seen: str
    presence: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What a form did: how many had no answer and got one, how many were corrected, and whose answer somebody else had given.

    `unbegun`: of how many it was corrected that they had begun.
    """

    new: int
    corrected: int
    left_alone: tuple[UUID, ...]
    unbegun: int = 0


def note_several(*, by: Context, session_id: UUID, answers: Sequence[Answer], at: datetime | None = None) -> Noted:
    """Note a whole list at once. What somebody else has noted since the form was opened stays; an empty answer notes nothing.

    Refused before the session begins: until then nobody can say that all are there.
    """
    access.require(by, Permission.HOLD_SESSIONS)
    moment = at or timezone.now()
    new = corrected = unbegun = 0
    left_alone = []
    with transactions.write(by):
        _one_at_a_time(session_id)
        session = catalogue.session(session_id)
        if session is not None and moment < session.starts_at:
            raise Refused(rules.NOT_BEGUN_FOR_ALL)
        now = {one.hold_id: one.presence for one in place_lists.roll(by, session_id)}
        for said in answers:
            stands = now.get(said.hold_id, "")
            if not said.presence or said.presence in (said.seen, stands):
                continue
            if stands != said.seen:
                left_alone.append(said.hold_id)
                continue
            mark = note_within(by=by, session_id=session_id, hold_id=said.hold_id, presence=said.presence, at=moment)
            new, corrected = new + (not stands), corrected + bool(stands)
            unbegun += mark.became == rules.Event.START_UNDONE
    return Noted(new, corrected, tuple(left_alone), unbegun)


def note_within(*, by: Context, session_id: UUID, hold_id: UUID, presence: str, at: datetime) -> Mark:
    """The same as `note`, inside the transaction of another action."""
    if presence not in set(rules.Presence):
        raise Refused(rules.NO_REASON)
    _one_at_a_time(session_id)
    version, became = guard.ask("people_place_attend", session_id, hold_id, presence, at)
    trail.record(
        by=by, at=at, action="session.attendance", subject_kind="offer.session", subject_id=session_id,
        hold=hold_id, version=version,
    )  # fmt: skip
    return Mark(version, became)


def _one_at_a_time(session_id: UUID) -> None:
    """Two phones at one session: whoever notes the whole list sees what the other has noted, and leaves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"attendance {session_id}"])
