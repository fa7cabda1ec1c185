"""How a person comes: referred by an authority, assigned, or by an own application; with a start check that asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import joined
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, cases
from samkraft.people.actions.at_hand import Case
from samkraft.people.rules import start_check
from samkraft.people.rules.held import latest
from samkraft.people.rules.imports import faults
from samkraft.people.rules.start_check import Asked
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Referred:
    """The person to go on with, and whether the writer was on the case already."""

    person_id: UUID
    is_known: bool


def refer(
    *,
    by: Context,
    number: IdentityNumber | None,
    card: Mapping[str, Any],
    referral: Mapping[str, Any],
    initiative_id: UUID,
    at: datetime | None = None,
) -> Referred:
    """Register a referral and the person's card. The answer is alike whether or not somebody else knows the person.

    Visible to the sender's own area alone, until it is disclosed. Raises Refused naming the field that is wrong, or the
    question whose answer cannot be understood.
    """
    access.require(by, Permission.REFER)
    moment = at or timezone.now()
    with transactions.write(by):
        _require_answers(initiative_id, referral, day_in_stockholm(moment))
        begun = cases.begin_within(by=by, number=number, at=moment)
        case = _known(by, begun.person_id, moment) if begun.is_known else _new(by, begun.person_id, moment)
        _write_card_within(case, card)
        at_hand.write_within(case, "referral.made", "referral", referral, of_person=True)
        return Referred(begun.person_id, begun.is_known)


def refer_from_file_within(
    *, by: Context, number: IdentityNumber | None, card: Mapping[str, Any], referral: Mapping[str, Any], at: datetime
) -> Referred:
    """The same for a row of a file, inside the transaction of the action that reads it in.

    What the own area knows of who the person is stays as it is: a file has fewer fields. Raises Refused for what has been
    said before.
    """
    begun = cases.begin_within(by=by, number=number, at=at)
    case = _known(by, begun.person_id, at) if begun.is_known else _new(by, begun.person_id, at)
    own = [held for held in latest(case.everything, "card", "referral") if held.author_area_id == by.area_id]
    said = {(held.content["how"], held.content["received_on"]) for held in own if held.kind == "referral"}
    if (referral["how"], referral["received_on"]) in said:
        raise Refused(faults.REFERRED_BEFORE)
    if not any(held.kind == "card" for held in own):
        _write_card_within(case, card)
    at_hand.write_within(case, "referral.made", "referral", referral, of_person=True)
    return Referred(begun.person_id, begun.is_known)


def update_card(
    *, by: Context, person_id: UUID, card: Mapping[str, Any], based_on: int | None = None, at: datetime | None = None
) -> int:
    """Change name or contact, as the own area knows them, and return the version. Refuses when it has changed since."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        return _write_card_within(case, card, based_on)


def questions(initiative_id: UUID, on: date) -> tuple[Asked, ...]:
    """What the initiative asks at the start, beside whether consent has been asked for."""
    found = arrangements.rules_on(initiative_id, on=on)
    asked = found.rules.start_check if found else ()
    return tuple(Asked(one.code, one.text, one.expected, one.must_hold) for one in asked)


def questions_of_area(area_id: UUID, on: date) -> list[tuple[Asked, ...]]:
    """The same for each initiative in which the area may enrol."""
    return [questions(one.id, on) for one in joined.by_area(area_id, on=on)]


def _require_answers(initiative_id: UUID, referral: Mapping[str, Any], on: date) -> None:
    answers = referral.get("start_check") or {}
    if isinstance(answers, Mapping) and (refused := start_check.why_not_answer(questions(initiative_id, on), answers)):
        raise Refused(refused[0], **refused[1])


def _known(by: Context, person_id: UUID, moment: datetime) -> Case:
    return at_hand.open_within(by=by, person_id=person_id, at=moment)


def _new(by: Context, person_id: UUID, moment: datetime) -> Case:
    return Case(by, person_id, moment, (), (), None, None, None)


def _write_card_within(case: Case, card: Mapping[str, Any], based_on: int | None = None) -> int:
    """Inside a transaction: the own area's card, or a new version of it."""
    own = [held for held in latest(case.everything, "card") if held.author_area_id == case.by.area_id]
    lineage = own[0].lineage if own else None
    written = at_hand.write_within(
        case,
        "card.written",
        "card",
        card,
        of_person=True,
        lineage=lineage,
        based_on=None if lineage is None else based_on,
    )
    return written.version
