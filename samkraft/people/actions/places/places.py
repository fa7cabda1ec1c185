"""A person's place in an activity, from the queue to a result: said by those on the case, kept by the database."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.rules.activities import CRITERIA, WORDS_OF, why_not_codes
from samkraft.offer.rules.activities import UNKNOWN_CODE as UNKNOWN
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, guard
from samkraft.people.actions.at_hand import Case
from samkraft.people.actions.places import place_clock, place_steps
from samkraft.people.models import PlaceEntry, PlaceHold
from samkraft.people.rules import secrecy
from samkraft.people.rules.held import versions
from samkraft.people.rules.places import place_states as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

PERSON = "people.person"


def join(
    *,
    by: Context,
    person_id: UUID,
    activity_id: UUID,
    occasion_id: UUID | None = None,
    step: UUID | None = None,
    not_before: date | None = None,
    criteria: Collection[str] = (),
    needed_date: date | None = None,
    at: datetime | None = None,
) -> UUID:
    """Put the person in an activity's queue and return the entry: for any occasion, or for one.

    `step` is the step of the own part of the plan that the place fulfils; it waits with the person. `needed_date` is when
    the need was stated; without one it is when the step, or what it leads to, was first written.
    """
    # Two deeds, each whole by itself: what there is to give is given when the joining is safe. So those who join at once need
    # not wait for each other, and whoever gives sees them all. If the second fails, the clock does it within a minute.
    made, may_give = _queue_up(by, person_id, activity_id, occasion_id, step, not_before, criteria, needed_date, at)
    if may_give and place_clock.offer(by=by, activity_id=activity_id, at=at) and step is not None:
        place_steps.follow(by=by, entry_id=made, at=at)
    return made


def _queue_up(
    by: Context, person_id: UUID, activity_id: UUID, occasion_id: UUID | None, step: UUID | None, not_before: date | None,
    criteria: Collection[str], needed_date: date | None, at: datetime | None,
) -> tuple[UUID, bool]:  # fmt: skip
    """The entry, and whether anything in the activity could be given now."""
    access.require(by, Permission.WRITE_PLAN)
    if wrong := why_not_codes(criteria, CRITERIA):
        raise Refused(UNKNOWN, code=wrong, field=WORDS_OF["criteria"])
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        if step is not None:
            at_hand.own(case, step, "step")
        made, may_give = guard.ask(
            "people_place_join", person_id, activity_id, occasion_id, not_before, sorted(set(criteria)), step,
            case.enrolment_id, needed_date or _needed(case, step), case.at,
        )  # fmt: skip
        _trace(case, "place.joined", made, activity_id=activity_id)
        place_steps.follow_within(case, made)
    return made, may_give


def answer(
    *,
    by: Context,
    person_id: UUID,
    hold_id: UUID,
    accepts: bool,
    reason_code: str = "",
    reason: str = "",
    stays: bool = True,
    at: datetime | None = None,
) -> str:
    """Say yes or no to an offer for the person, and return accepted or declined. A no says why, and frees the place at once.

    `stays`: whether the person waits for another occasion, with the place in the queue kept.
    """
    access.require(by, Permission.WRITE_PLAN)
    if not accepts and reason_code not in rules.DECLINE_REASONS:
        raise Refused(rules.NO_REASON)
    with transactions.write(by):
        case, hold = _open_hold(by, person_id, hold_id, at)
        said: str = guard.ask("people_place_answer", hold_id, accepts, reason_code, reason, stays, case.at)
        _trace(case, f"place.{said}", hold.entry_id)
        place_steps.follow_within(case, hold.entry_id)
        return said


def leave(
    *, by: Context, person_id: UUID, entry_id: UUID, reason_code: str, reason: str = "", at: datetime | None = None
) -> None:
    """Take the person out of the queue, or away from a place that has not begun."""
    access.require(by, Permission.WRITE_PLAN)
    if reason_code not in rules.DECLINE_REASONS:
        raise Refused(rules.NO_REASON)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        _require_own(person_id, entry_id)
        guard.ask("people_place_leave", entry_id, reason_code, reason, case.at)
        _trace(case, "place.left", entry_id)
        place_steps.follow_within(case, entry_id)


def decide(
    *,
    by: Context,
    hold_id: UUID,
    granted: bool,
    number: str = "",
    decided_date: date,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Give the place, or refuse it: by whoever the activity says decides. Until then the offer is on condition.

    An arbetsförmedlare's decision has a number. Where the entry belongs to another area, it must have told the decider.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        moment = at or timezone.now()
        guard.ask("people_place_decide", hold_id, granted, number, decided_date, reason, moment)
        held = PlaceHold.objects.filter(id=hold_id).first()  # of the own area, or nothing
        action = "place.decided" if granted else "place.refused"
        if held is None:
            trail.record(by=by, at=moment, action=action, subject_kind="people.place", subject_id=hold_id)
            return
        case = at_hand.open_within(by=by, person_id=held.person_id, at=at)
        _trace(case, action, held.entry_id)
        place_steps.follow_within(case, held.entry_id)


def start(*, by: Context, person_id: UUID, hold_id: UUID, on: date, at: datetime | None = None) -> None:
    """Note that the person began, where the provider has not noted anybody present."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case, hold = _open_hold(by, person_id, hold_id, at)
        guard.ask("people_place_start", hold_id, on, case.at)
        _trace(case, "place.started", hold.entry_id)
        place_steps.follow_within(case, hold.entry_id)


def finish(
    *,
    by: Context,
    person_id: UUID,
    hold_id: UUID,
    on: date,
    outcomes: Mapping[UUID, str],
    reason_code: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """End a place that has begun, with what came of it for each outcome of the activity: yes, partly or no.

    `reason_code` when it was broken off. The place goes to the next in line at once.
    """
    access.require(by, Permission.WRITE_PLAN)
    if any(value not in set(rules.Reached) for value in outcomes.values()):
        raise Refused(rules.NO_REASON)
    with transactions.write(by):
        case, hold = _open_hold(by, person_id, hold_id, at)
        guard.ask(
            "people_place_finish", hold_id, on, reason_code, reason, list(outcomes), list(outcomes.values()), case.at
        )
        _trace(case, "place.ended", hold.entry_id)
        place_steps.follow_within(case, hold.entry_id)


def note_offer_known(*, by: Context, person_id: UUID, hold_id: UUID, at: datetime | None = None) -> None:
    """Note that the person knows that an offer was taken back, or that what they had a place in or an offer of is cancelled."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case, hold = _open_hold(by, person_id, hold_id, at)
        guard.ask("people_place_offer_known", hold_id, case.at)
        _trace(case, "place.offer_known", hold.entry_id)


def explain_absence(
    *,
    by: Context,
    person_id: UUID,
    hold_id: UUID,
    session_id: UUID,
    reason_code: str,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Note why the person was not there. Illness is known only to those whose work meets health."""
    access.require(by, Permission.WRITE_PLAN)
    if reason_code not in rules.ABSENCE_REASONS:
        raise Refused(rules.NO_REASON)
    with transactions.write(by):
        case, hold = _open_hold(by, person_id, hold_id, at)
        guard.ask("people_place_explain", session_id, hold_id, reason_code, reason, case.at)
        _trace(case, "place.absence_explained", hold.entry_id)


def disclose(
    *,
    by: Context,
    person_id: UUID,
    entry_id: UUID,
    receiver: str,
    fields: Collection[str],
    shown_how: str,
    shown_date: date,
    basis: str = "agreed",
    to_area_id: UUID | None = None,
    at: datetime | None = None,
) -> UUID:
    """Tell the place coordinator, the provider or the decider named fields that the person has been shown and agreed to.

    It replaces what that receiver was told before, and ends with the place. Free text is never among the fields.
    """
    access.require(by, Permission.WRITE_PLAN)
    if not fields and receiver != rules.Receiver.DECIDER:
        raise Refused(rules.NOTHING_CHOSEN)
    if any(one not in rules.FIELDS for one in fields) or receiver not in set(rules.Receiver):
        raise Refused(rules.UNKNOWN_FIELD)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        _require_own(person_id, entry_id)
        made: UUID = guard.ask(
            "people_place_disclose", entry_id, receiver, to_area_id, sorted(set(fields)), basis, shown_how, shown_date,
            case.at,
        )  # fmt: skip
        _trace(case, "place.disclosed", entry_id, receiver=receiver, fields=sorted(set(fields)))
        return made


def end_disclosure(*, by: Context, person_id: UUID, disclosure_id: UUID, at: datetime | None = None) -> None:
    """Stop telling: from now on the receiver sees the code alone."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        guard.ask("people_place_end_disclosure", disclosure_id, case.at)
        trail.record(
            by=by, at=case.at, action="place.disclosure_ended", subject_kind=PERSON, subject_id=person_id,
            disclosure=disclosure_id,
        )  # fmt: skip


def _open_hold(by: Context, person_id: UUID, hold_id: UUID, at: datetime | None) -> tuple[Case, PlaceHold]:
    case = at_hand.open_within(by=by, person_id=person_id, at=at)
    held = PlaceHold.objects.filter(id=hold_id, person_id=person_id).first()
    if held is None:
        raise Refused(secrecy.NOT_FOUND)
    return case, held


def _require_own(person_id: UUID, entry_id: UUID) -> None:
    if not PlaceEntry.objects.filter(id=entry_id, person_id=person_id).exists():
        raise Refused(secrecy.NOT_FOUND)


def _needed(case: Case, step: UUID | None) -> date | None:
    """When the need that the step answers was first written, else the step itself."""
    if step is None:
        return None
    found = versions(case.everything, step)
    goal = found[-1].content.get("goal")
    aimed = versions(case.everything, UUID(goal)) if goal else []
    need = aimed[-1].content.get("need") if aimed else None
    first = versions(case.everything, UUID(need)) if need else []
    return min(one[0].occurred_at for one in (found, aimed, first) if one).date()


def _trace(case: Case, action: str, entry_id: UUID, **more: object) -> None:
    trail.record(
        by=case.by, at=case.at, action=action, subject_kind=PERSON, subject_id=case.person_id, entry=entry_id, **more
    )
