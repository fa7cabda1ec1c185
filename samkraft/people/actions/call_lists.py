"""Call lists of registered studies: laid in by an area, drawn among by an evaluator, called by those who are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, guard
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import CallEntry
from samkraft.people.rules import call_lists as rules
from samkraft.people.rules import secrecy
from samkraft.people.rules.call_lists import Followed, Noted
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "people.call_list"


@dataclass(frozen=True, slots=True)
class Laid:
    """A list that has been laid in, and how many stand in it: as many as in the file."""

    list_id: UUID
    listed: int


def lay_in(
    *, by: Context, registration: UUID, initiative_id: UUID, text: str, at: datetime | None = None
) -> Laid:  # fmt: skip
    """Lay in the list of those who may be called, from a file's text. Once for each registration.

    Everybody stands in it, so that no number tells of one alone: the lot passes by who is protected or takes part already.
    Raises Refused with every line to put right.
    """
    access.require(by, Permission.KEEP_CALL_LISTS)
    moment = at or timezone.now()
    lines = rules.read(text, day_in_stockholm(moment))
    with transactions.write(by):
        made, listed = guard.ask(
            "people_call_make", registration, initiative_id, [one.number.digits for one in lines],
            [one.number.kind.value for one in lines], [one.given_name for one in lines], [one.family_name for one in lines],
            [one.phone for one in lines], [one.stratum.value for one in lines], [one.birth_year for one in lines],
            [one.worked_before for one in lines], by.actor_name, moment,
        )  # fmt: skip
        _trace(by, moment, "call_list.laid_in", made, registration=registration, listed=listed)
        return Laid(made, listed)


def name_caller(*, by: Context, list_id: UUID, membership_id: UUID, at: datetime | None = None) -> None:
    """Let a colleague call too. Raises Refused for somebody of another area, or a role that does not refer people."""
    access.require(by, Permission.KEEP_CALL_LISTS)
    moment = at or timezone.now()
    with transactions.write(by):
        guard.ask("people_call_name", list_id, membership_id, by.actor_name, moment)
        _trace(by, moment, "call_list.caller_named", list_id, membership_id=membership_id)


def take_off(*, by: Context, list_id: UUID, number: IdentityNumber, at: datetime | None = None) -> bool:
    """Somebody does not want to be on the list. Whether the number stood there.

    If the list is published and not drawn it is another list from now on, and the study must be registered anew.
    """
    access.require(by, Permission.KEEP_CALL_LISTS)
    moment = at or timezone.now()
    with transactions.write(by):
        was_there = bool(guard.ask("people_call_take_off", list_id, number.digits, by.actor_name, moment))
        _trace(by, moment, "call_list.taken_off", list_id)
        return was_there


def note(*, by: Context, entry_id: UUID, kind: Noted, on: date | None = None, at: datetime | None = None) -> None:
    """Note what a call came to. Raises Refused for somebody whom the lot did not draw, or on another's list."""
    access.require(by, Permission.KEEP_CALL_LISTS)
    moment = at or timezone.now()
    with transactions.write(by):
        guard.ask("people_call_note", entry_id, kind.value, on or day_in_stockholm(moment), by.actor_name, moment)
        _trace(by, moment, "call_list.noted", entry_id, kind=kind.value)


def begin(
    *, by: Context, entry_id: UUID, at: datetime | None = None, referral: Mapping[str, Any] | None = None
) -> UUID:  # fmt: skip
    """Lay up the person who wants to come, with the card and a referral, as anybody is. The person's id."""
    access.require(by, Permission.KEEP_CALL_LISTS)
    access.require(by, Permission.REFER)
    moment = at or timezone.now()
    with transactions.write(by):
        entry = CallEntry.objects.filter(id=entry_id).first()
        if entry is None:
            raise Refused(secrecy.NOT_FOUND)
        person_id, known = guard.ask("people_call_begin", entry_id)
        trail.record(
            by=by, at=moment, action="case.begun", subject_kind=at_hand.PERSON, subject_id=person_id, known=known
        )
        if not known:
            case = Case(by, person_id, moment, (), (), None, None, None)
            card = {"given_name": entry.given_name, "family_name": entry.family_name, "phone": entry.phone}
            at_hand.write_within(case, "card.written", "card", card, of_person=True)
            said = {"how": "anvisning", "received_on": case.today.isoformat(), **(referral or {})}
            at_hand.write_within(case, "referral.made", "referral", said, of_person=True)
        found: UUID = person_id
        return found


def follow_up(*, by: Context, list_id: UUID, text: str, on: date, at: datetime | None = None) -> int:
    """Read in what those on the list did on a day, drawn or not alike; how many of them were found on the list."""
    access.require(by, Permission.KEEP_CALL_LISTS)
    moment = at or timezone.now()
    lines = rules.read_follow_up(text, day_in_stockholm(moment))
    with transactions.write(by):
        many = follow_up_within(by=by, list_id=list_id, lines=lines, on=on, at=moment)
        _trace(by, moment, "call_list.followed_up", list_id, found=many, day=on)
        return many


def follow_up_within(
    *, by: Context, list_id: UUID, lines: Sequence[tuple[str, Followed]], on: date, at: datetime
) -> int:  # fmt: skip
    """The same with lines that have been read, inside the transaction of an action."""
    asked = [number for number, _situation in lines], [situation.value for _number, situation in lines]
    return int(guard.ask("people_call_follow", list_id, *asked, on, by.actor_name, at))


def draw_within(
    *, by: Context, registration: UUID, order: Mapping[str, Sequence[str]], drawn: frozenset[str], at: datetime
) -> int:  # fmt: skip
    """Put a lot on the list, inside the transaction of the study's own action. order: group → codes in the lot's order.

    Who may not be called is passed by, and the next in the order is called instead. How many codes there were.
    Raises Refused for anybody but an evaluator, for a list that has changed, and for one that was drawn already.
    """
    placed = [(code, turn) for codes in order.values() for turn, code in enumerate(codes, 1)]
    return int(
        guard.ask(
            "people_call_draw", registration, [code for code, _turn in placed], [turn for _code, turn in placed],
            [code in drawn for code, _turn in placed], by.actor_name, at,
        )
    )  # fmt: skip


def _trace(by: Context, at: datetime, action: str, subject_id: UUID, **said: Any) -> None:
    trail.record(by=by, at=at, action=action, subject_kind=KIND, subject_id=subject_id, **said)
