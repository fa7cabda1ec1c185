"""What a provider proposes about occasions, and the place coordinator's answer. What is agreed is entered where places are known:
`people.actions.place_proposals`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import activities
from samkraft.offer.models import Occasion, Proposal
from samkraft.offer.rules import occasions as occasion_rules
from samkraft.offer.rules import proposals as rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "offer.proposal"


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What is proposed, about an occasion that the provider holds: a new one like it, another time or size, or an end."""

    occasion_id: UUID
    kind: str
    words: str
    starts_on: date | None = None
    ends_on: date | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was proposed about an occasion, as it is entered when it is agreed."""

    kind: str
    occasion_id: UUID
    starts_on: date | None
    ends_on: date | None
    places: int | None


def propose(*, by: Context, draft: ProposalDraft, at: datetime | None = None) -> UUID:
    """Hand in a proposal as the provider of an occasion, and return it."""
    access.require(by, Permission.HOLD_SESSIONS)
    moment = at or timezone.now()
    if draft.kind not in set(rules.ProposalKind):
        raise Refused(rules.NO_SUCH_MOVE)
    if not draft.words.strip():
        raise Refused(rules.NO_WORDS)
    if refused := rules.why_not_propose(
        draft.kind, has_start=draft.starts_on is not None, has_end=draft.ends_on is not None,
        has_places=draft.places is not None,
    ):  # fmt: skip
        raise Refused(refused)
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise Refused(occasion_rules.ENDS_BEFORE)
    with transactions.write(by):
        occasion = Occasion.objects.filter(id=draft.occasion_id, provider_id=by.organisation_id).first()
        if occasion is None:
            raise Refused(occasion_rules.NO_SUCH_OCCASION)
        made = Proposal.objects.create(
            id=uuid4(), activity_id=occasion.activity_id, occasion=occasion, provider_id=by.organisation_id,
            kind=draft.kind, words=draft.words.strip(), starts_on=draft.starts_on, ends_on=draft.ends_on,
            places=draft.places, asked_at=moment, asked_by=by.actor_name,
        )  # fmt: skip
        trail.record(by=by, at=moment, action="proposal.asked", subject_kind=KIND, subject_id=made.id, kind=draft.kind)
        return made.id


def answer(*, by: Context, proposal_id: UUID, agrees: bool, words: str = "", at: datetime | None = None) -> None:
    """Refuse a proposal with a reason, or agree to it without entering anything, as the activity's place coordinator."""
    access.require(by, Permission.COORDINATE_PLACES)
    with transactions.write(by):
        answer_within(by=by, proposal_id=proposal_id, agrees=agrees, words=words, at=at or timezone.now())


def answer_within(*, by: Context, proposal_id: UUID, agrees: bool, words: str, at: datetime) -> Agreed:
    """The same, inside the transaction of the action that enters what was agreed. Returns what was proposed."""
    made = _held(proposal_id)
    activities.require_coordinator_within(by, made.activity_id, at)
    after = rules.ProposalState.AGREED if agrees else rules.ProposalState.REFUSED
    _move(made, after, "coordinator")
    if not agrees and not words.strip():
        raise Refused(rules.NO_REASON)
    made.answer, made.answered_at, made.answered_by = words.strip(), at, by.actor_name
    made.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    trail.record(by=by, at=at, action=f"proposal.{after.value}", subject_kind=KIND, subject_id=made.id)
    assert made.occasion_id is not None
    return Agreed(made.kind, made.occasion_id, made.starts_on, made.ends_on, made.places)


def take_back(*, by: Context, proposal_id: UUID, at: datetime | None = None) -> None:
    """Take back a proposal that nobody has answered, as the provider that handed it in."""
    access.require(by, Permission.HOLD_SESSIONS)
    moment = at or timezone.now()
    with transactions.write(by):
        made = _held(proposal_id)
        if made.provider_id != by.organisation_id:
            raise Refused(rules.NOT_YOUR_ANSWER)
        _move(made, rules.ProposalState.TAKEN_BACK, "provider")
        made.save(update_fields=["state"])
        trail.record(by=by, at=moment, action="proposal.taken_back", subject_kind=KIND, subject_id=made.id)


def _held(proposal_id: UUID) -> Proposal:
    found = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise Refused(rules.NO_SUCH_MOVE)
    return found


def _move(made: Proposal, after: rules.ProposalState, who: str) -> None:
    if refused := rules.why_not_move(made.state, after.value, who):
        raise Refused(refused)
    made.state = after.value
