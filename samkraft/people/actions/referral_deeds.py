"""What is done with a referral that is open: its start check is answered, it is handed on, or it is ended."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, cases, disclosures, referrals
from samkraft.people.actions.at_hand import Case
from samkraft.people.queries import consents
from samkraft.people.rules import contents, guards, secrecy, start_check
from samkraft.people.rules import disclosures as handing_over
from samkraft.people.rules import referrals as rules
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def answer_check(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    answers: Mapping[str, str],
    based_on: int,
    at: datetime | None = None,
) -> int:
    """Change answers of the start check of an own referral that is open; the others stay. Returns the version.

    Raises Refused when it has changed since `based_on`, when it is not open, and for an answer that cannot be understood.
    """
    access.require(by, Permission.REFER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "referral")
        standing = _require_open(case, lineage)
        asked = [one for found in referrals.questions_of_area(by.area_id, case.today) for one in found]
        if refused := start_check.why_not_answer(asked, answers):
            raise Refused(refused[0], **refused[1])
        content = {**held.content, "start_check": {**standing.content.start_check, **answers}}
        return at_hand.write_within(
            case, "referral.checked", "referral", content, of_person=True, lineage=lineage, based_on=based_on
        ).version


def hand_on(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    to_area_id: UUID,
    membership_id: UUID,
    understood: bool = False,
    receiver_is_weaker: bool = False,
    at: datetime | None = None,
) -> None:
    """Let somebody of another authority take an own referral further: hand it over and put that member on the case.

    Both or neither. Raises Refused without the person's consent that the other may know of the taking part and have the
    referral, and when the receiver's secrecy is weaker and the officer has not said that it is `understood`.
    """
    access.require(by, Permission.REFER)
    if receiver_is_weaker and not understood:
        raise Refused(handing_over.WEAKER_SECRECY)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "referral")
        _require_open(case, lineage)
        basis = _bases(by, person_id).get(to_area_id)
        if basis is None:
            raise Refused(guards.REASONS["no_basis"])
        disclosures.release_within(
            by=by, person_id=person_id, contribution_id=held.id, to_area_id=to_area_id, scope_id=basis, at=at
        )
        cases.assign_within(by=by, person_id=person_id, membership_id=membership_id, at=at)


def refer_again(*, by: Context, person_id: UUID, referral: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Register a new referral of a person whose earlier ones were all ended, and return its lineage.

    Whoever has no number is thereby the same person still. Raises Refused while another waits or the person takes part, and
    for a day before the last one came.
    """
    access.require(by, Permission.REFER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        if rules.last_ended(case.everything) is None or rules.is_taken_up(case.today, rules.begun(case.everything)):
            raise Refused(rules.ANOTHER_STANDS)
        content = contents.read("referral", referral, case.today)
        if refused := rules.why_not_again(case.everything, content.received_on):
            raise Refused(refused[0], **refused[1])
        at_hand.require_move(case, Kind.ENROLMENT, "referral_ended", "referred")
        return at_hand.write_within(case, "referral.made", "referral", referral, of_person=True).lineage


def end(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    ended: Mapping[str, Any],
    tell: Collection[UUID] = (),
    at: datetime | None = None,
) -> UUID:
    """End a referral that nobody goes on with, and return the lineage of the end. It waits no longer; a new one may come.

    Whoever sent it in the own area sees it at once. `tell`: the other areas that are to know, each on the person's consent
    to hand over referrals there. Raises Refused without such a consent, when the person has begun, when it has been ended,
    and for a day before it came.
    """
    access.require(by, Permission.REFER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        standing = _standing(case, lineage)
        said = {**ended, "referral": str(lineage)}
        content = contents.read("referral_end", said, case.today)
        if refused := rules.why_not_end(standing, content, rules.begun(case.everything)):
            raise Refused(refused[0], **refused[1])
        at_hand.require_move(case, Kind.ENROLMENT, "referred", "referral_ended", reason=content.reason)
        written = at_hand.write_within(case, "referral.ended", "referral_end", said, of_person=True)
        bases = _bases(by, person_id)
        for area_id in sorted(tell, key=str):
            if area_id not in bases:
                raise Refused(guards.REASONS["no_basis"])
            disclosures.release_within(
                by=by, person_id=person_id, contribution_id=written.id, to_area_id=area_id, scope_id=bases[area_id],
                at=at,
            )  # fmt: skip
        return written.lineage


def _standing(case: Case, lineage: UUID) -> rules.Standing:
    found = next((one for one in rules.all_of(case.everything) if one.held.lineage == lineage), None)
    if found is None:
        raise Refused(secrecy.NOT_FOUND)
    return found


def _require_open(case: Case, lineage: UUID) -> rules.Standing:
    standing = _standing(case, lineage)
    if standing.end is not None:
        raise Refused(rules.ENDED_ALREADY, ended=standing.end.ended_on.isoformat())
    if rules.is_taken_up(standing.content.received_on, rules.begun(case.everything)):
        raise Refused(rules.TAKEN_UP)
    return standing


def _bases(by: Context, person_id: UUID) -> dict[UUID, UUID]:
    """By area: the part of a consent on which a referral may be handed over there now."""
    return {line.to_area_id: line.id for line in consents.standing(by, person_id, category="referral")}
