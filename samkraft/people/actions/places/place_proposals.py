"""What a provider has proposed is entered when the place coordinator says yes: a new occasion, other days or places, an end."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import occasions, proposals
from samkraft.offer.actions.proposals import Agreed
from samkraft.offer.rules import proposals as rules
from samkraft.offer.rules.proposals import ProposalKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.actions.places import place_coordination, place_sessions
from samkraft.people.queries.places import place_lists
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

OCCASION = "offer.occasion"


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the occasion that it is about now, and how many coming sessions fell away."""

    kind: str
    occasion_id: UUID
    sessions_cancelled: int = 0


def agree(*, by: Context, proposal_id: UUID, words: str = "", at: datetime | None = None) -> Entered:
    """Say yes, and enter it in the same moment; what cannot be entered is refused, and the proposal still waits.

    A new occasion is like the one that it was proposed from, and is not opened for offers. Places are never cut below those who
    have one. The first day is not moved under somebody who has a place: that is a cancellation, and they are told why.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        agreed = proposals.answer_within(by=by, proposal_id=proposal_id, agrees=True, words=words, at=moment)
        if agreed.kind == ProposalKind.START:
            return _begin_within(by, agreed, moment)
        if agreed.kind == ProposalKind.END:
            return _end_within(by, agreed, moment)
        return _change_within(by, agreed, moment)


def _begin_within(by: Context, agreed: Agreed, at: datetime) -> Entered:
    like = occasions.draft_like(agreed.occasion_id)
    assert agreed.starts_on is not None
    length = like.ends_on - like.starts_on if like.ends_on else None
    draft = replace(
        like, name=f"Start {agreed.starts_on.day}/{agreed.starts_on.month}", starts_on=agreed.starts_on,
        ends_on=agreed.ends_on or (agreed.starts_on + length if length is not None else None),
    )  # fmt: skip
    places, _held = _numbers(by, agreed.occasion_id)
    made = place_coordination.add_occasion_within(by=by, draft=draft, places=agreed.places or places, at=at)
    return Entered(agreed.kind, made)


def _change_within(by: Context, agreed: Agreed, at: datetime) -> Entered:
    _places, held = _numbers(by, agreed.occasion_id)
    cancelled = 0
    if agreed.starts_on is not None and held:
        raise Refused(rules.SOMEBODY_IS_THERE)
    if agreed.starts_on is not None or agreed.ends_on is not None:
        cancelled = _new_days(by, agreed, agreed.starts_on, at)
    if agreed.places is not None:
        guard.ask("people_place_resize", agreed.occasion_id, agreed.places, False, "", at)
        trail.record(
            by=by, at=at, action="occasion.places", subject_kind=OCCASION, subject_id=agreed.occasion_id,
            places=agreed.places,
        )  # fmt: skip
    return Entered(agreed.kind, agreed.occasion_id, cancelled)


def _end_within(by: Context, agreed: Agreed, at: datetime) -> Entered:
    if occasions.draft_like(agreed.occasion_id).starts_on > day_in_stockholm(at):
        raise Refused(rules.NOT_BEGUN)
    return Entered(agreed.kind, agreed.occasion_id, _new_days(by, agreed, None, at))


def _new_days(by: Context, agreed: Agreed, starts_on: date | None, at: datetime) -> int:
    """How many sessions lie outside the new days, and are cancelled; those who would have come are told."""
    outside = occasions.change_days_within(
        by=by, occasion_id=agreed.occasion_id, starts_on=starts_on, ends_on=agreed.ends_on, at=at
    )
    place_sessions.tell_cancelled_within(session_ids=outside, reason=rules.NEW_DAYS, at=at)
    return len(outside)


def _numbers(by: Context, occasion_id: UUID) -> tuple[int, int]:
    """Places, and how many of them somebody has."""
    row = next((one for one in place_lists.numbers(by) if one.occasion_id == occasion_id), None)
    return (row.places, row.places - row.free) if row else (0, 0)
