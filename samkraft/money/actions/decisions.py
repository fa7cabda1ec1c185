"""Register what is proposed and what is decided. Proposals never move money; decided points are posted at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import drafts as reading_drafts
from samkraft.money.actions import matters, obligations, postings
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import (
    Appropriation,
    Decision,
    Document,
    Matter,
    PlannedMeeting,
    Point,
    PointItem,
    Proposal,
)
from samkraft.money.queries import standing, stored_points
from samkraft.money.rules import posting
from samkraft.money.rules.points import POSTS, Outcome
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.queries import frames
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import HOLDS_FRAME, OrganisationKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

ALREADY_DECIDED = Reason(
    "already_decided",
    phrase("{body} har redan ett registrerat beslut i {case} den {date}."),
    phrase("Öppna det beslutet. Är det fel vänder du verifikaten där."),
)
ALREADY_POSTED = Reason(
    "already_posted",
    phrase("Förslaget i {case} är redan beslutat {date}. Samma pengar kan inte bokföras en gång till."),
    phrase("Öppna beslutet, eller läs in ett nytt förslag."),
)
NO_PROPOSAL = Reason(
    "no_proposal",
    phrase("Ett beslut enligt förslaget behöver ett förslag att gå efter."),
    phrase("Läs in tjänsteskrivelsen först, eller registrera beslutets egna punkter."),
)
ASSUMPTION_NEEDS_REASON = Reason(
    "assumption_needs_reason",
    phrase("Ett antaget beslut behöver en förklaring."),
    phrase("Skriv varför beslutet antas ha fattats. Det visas överallt där pengarna räknas."),
)


@dataclass(frozen=True, slots=True)
class Text:
    """The text and file that something was read from."""

    kind: str
    title: str
    text: str = ""
    file_name: str = ""
    media_type: str = ""
    content: bytes | None = field(default=None, repr=False)


def propose(
    *,
    by: Context,
    at: datetime | None = None,
    case_number: str,
    title: str,
    decider_id: UUID,
    points: Sequence[PointDraft],
    proposer_id: UUID | None = None,
    meetings: Sequence[tuple[UUID, date]] = (),
    addressees: Sequence[str] = (),
    source: Text | None = None,
    document_id: UUID | None = None,
    draft: tuple[UUID, int] | None = None,
) -> UUID:
    """Register a proposal (tjänsteskrivelse) as the next version in its matter. Every balance stays as it was.

    `draft` is the reading draft and version that it came from: removed in the same transaction, so that of two people
    who register the same draft exactly one does.
    """
    access.require(by, Permission.REGISTER_DECISIONS)
    posting.check(points)
    at = at or timezone.now()
    with transactions.write(by):
        if draft:
            reading_drafts.take_within(by=by, draft_id=draft[0], version=draft[1])
        matter = matters.open_within(by=by, at=at, case_number=case_number, title=title)
        proposal = Proposal.objects.create(
            id=uuid4(),
            matter=matter,
            document=_document(by, at, matter, source, document_id),
            version=matter.proposals.count() + 1,
            proposer_id=proposer_id,
            decider_id=decider_id,
            addressees=list(addressees),
            registered_at=at,
            registered_by=by.actor_name,
        )
        if proposal.version == 1 and title:  # a document may have opened the matter; the first proposal names it
            Matter.objects.filter(id=matter.id).update(title=title[:300])
        _store(points, proposal=proposal)
        PlannedMeeting.objects.bulk_create(
            [
                PlannedMeeting(id=uuid4(), proposal=proposal, body_id=body, date=day)
                for body, day in dict.fromkeys(meetings)
            ]
        )
        trail.record(
            by=by,
            at=at,
            action="proposal.register",
            subject_kind="money.matter",
            subject_id=matter.id,
            subject_name=matter.case_number,
            version=proposal.version,
            points=len(points),
        )
        looking.soon()
        return proposal.id


def decide(
    *,
    by: Context,
    at: datetime | None = None,
    case_number: str,
    title: str = "",
    body_id: UUID,
    date: date,
    outcome: Outcome,
    proposal_id: UUID | None = None,
    points: Sequence[PointDraft] | None = None,
    paragraph: str = "",
    date_words: str = "",
    addressees: Sequence[str] | None = None,
    is_assumption: bool = False,
    note: str = "",
    source: Text | None = None,
    document_id: UUID | None = None,
    draft: tuple[UUID, int] | None = None,
) -> UUID:
    """Register what a body did with a matter at a meeting; decided points are posted to the ledger.

    `points` are the decided ones; left out, the proposal's own hold (outcome as proposed). Remitted, tabled and
    rejected matters post nothing. Raises Refused for the same matter, body and date twice, for a proposal that is
    already posted, and when the money is not there; then nothing at all is saved. `draft` as in `propose`.
    """
    access.require(by, Permission.REGISTER_DECISIONS)
    if is_assumption and not note.strip():
        raise Refused(ASSUMPTION_NEEDS_REASON)
    at = at or timezone.now()
    with transactions.write(by), trail.gathered():
        if draft:
            reading_drafts.take_within(by=by, draft_id=draft[0], version=draft[1])
        matter = matters.open_within(by=by, at=at, case_number=case_number, title=title or case_number)
        proposal = Proposal.objects.filter(id=proposal_id, matter=matter).first() if proposal_id else None
        drafts = _decided_points(outcome, points, proposal)
        version = _refuse_twice(matter, proposal, body_id, date, outcome)
        decision = Decision.objects.create(
            id=uuid4(),
            matter=matter,
            proposal=proposal,
            document=_document(by, at, matter, source, document_id),
            body_id=body_id,
            date=date,
            date_words=date_words,
            paragraph=paragraph,
            outcome=outcome.value,
            version=version,
            is_assumption=is_assumption,
            note=note.strip(),
            addressees=list(addressees if addressees is not None else (proposal.addressees if proposal else [])),
            registered_at=at,
            registered_by=by.actor_name,
        )
        trail.record(
            by=by,
            at=at,
            action="decision.register",
            subject_kind="money.matter",
            subject_id=matter.id,
            subject_name=matter.case_number,
            outcome=outcome.value,
            date=date.isoformat(),
            paragraph=paragraph,
            is_assumption=is_assumption,
            points=len(drafts),
        )
        if outcome in POSTS:
            posting.check(drafts)
            kinds = _store(drafts, decision=decision)
            points = list(decision.points.order_by("position").prefetch_related("items"))
            postings.post_decision(by=by, at=at, decision=decision, points=points, kinds=kinds)
            obligations.plan_from(by=by, at=at, decision=decision, points=points)
        looking.soon()
        return decision.id


def _decided_points(
    outcome: Outcome, points: Sequence[PointDraft] | None, proposal: Proposal | None
) -> list[PointDraft]:
    if points is not None:
        return list(points)
    if outcome not in POSTS:
        return []
    if proposal is None:
        raise Refused(NO_PROPOSAL)
    return stored_points.of_proposal(proposal)


def _refuse_twice(matter: Matter, proposal: Proposal | None, body_id: UUID, day: date, outcome: Outcome) -> int:
    """The version to register: one, or the next where all that was registered before has been taken back."""
    same = list(matter.decisions.filter(body_id=body_id, date=day).select_related("body"))
    for earlier in same:
        if earlier.id not in standing.undone([earlier.id]):
            raise Refused(ALREADY_DECIDED, body=earlier.body.name, case=matter.case_number, date=day.isoformat())
    if proposal and outcome in POSTS:
        for posted in proposal.decisions.filter(outcome__in=[kind.value for kind in POSTS], body_id=body_id):
            if posted.id not in standing.undone([posted.id]):
                raise Refused(ALREADY_POSTED, case=matter.case_number, date=posted.date.isoformat())
    return len(same) + 1


def _document(
    by: Context, at: datetime, matter: Matter, source: Text | None, document_id: UUID | None
) -> Document | None:
    if document_id:
        return Document.objects.get(id=document_id)
    if source is None:
        return None
    return matters.receive_within(
        by=by,
        at=at,
        matter=matter,
        kind=source.kind,
        title=source.title,
        text=source.text,
        file_name=source.file_name,
        media_type=source.media_type,
        content=source.content,
    )


def _store(
    drafts: Sequence[PointDraft], *, proposal: Proposal | None = None, decision: Decision | None = None
) -> dict[UUID, OrganisationKind]:
    """Write points and items. The names of appropriations are matched to those that exist for the item's year.

    Returns what kind of organisation each receiver is.
    """
    points = {
        draft.number: Point(
            id=uuid4(),
            proposal=proposal,
            decision=decision,
            number=draft.number,
            position=position,
            verb=draft.verb.value,
            text=draft.text,
            due_words=draft.due_words,
            due_date=draft.due_date,
            binding=draft.binding,
        )
        for position, draft in enumerate(drafts, start=1)
    }
    Point.objects.bulk_create(points.values())
    kinds = frames.kinds({item.receiver_id for draft in drafts for item in draft.items if item.receiver_id})
    known = {(row.name, row.year): row for row in Appropriation.objects.all()}
    items = []
    for draft in drafts:
        for position, item in enumerate(draft.items, start=1):
            support = item.support
            if support is None and item.amount_ore is not None:
                kind = kinds.get(item.receiver_id) if item.receiver_id else None
                support = posting.default_support(
                    draft.verb,
                    holds_frame=kind in HOLDS_FRAME,
                    is_supplier=kind is OrganisationKind.SUPPLIER,
                    has_contract=bool(item.contract),
                )
            items.append(
                PointItem(
                    id=uuid4(),
                    point=points[draft.number],
                    position=position,
                    receiver_id=item.receiver_id,
                    receiver_words=item.receiver_words[:300],
                    amount_ore=item.amount_ore,
                    year=item.year,
                    purpose=item.purpose[:300],
                    fund_id=item.fund_id,
                    appropriation=known.get((item.appropriation, item.year)) if item.year else None,
                    appropriation_words=item.appropriation[:300],
                    contract=item.contract[:200],
                    support=support.value if support else "",
                    paid_by=points.get(item.paid_by),
                    request_id=item.request_id,
                )
            )
    PointItem.objects.bulk_create(items)
    return kinds
