"""What providers have proposed, and what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.offer.models import Proposal
from samkraft.offer.rules.proposals import ProposalState


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal with its state; `answer` is empty until somebody has answered."""

    id: UUID
    activity: str
    occasion: str
    provider: str
    kind: str
    state: str
    words: str
    starts_on: date | None
    ends_on: date | None
    places: int | None
    asked_at: datetime
    asked_by: str
    answer: str
    answered_by: str


def listed(*, activity_id: UUID | None = None, provider_id: UUID | None = None, most: int = 20) -> list[ProposalRow]:
    """Of an activity or a provider: the unanswered first, then the newest."""
    rows = Proposal.objects.select_related("activity", "occasion", "provider").order_by("-asked_at", "id")
    if activity_id is not None:
        rows = rows.filter(activity_id=activity_id)
    if provider_id is not None:
        rows = rows.filter(provider_id=provider_id)
    return sorted(map(_row, rows[:200]), key=lambda row: row.state != "asked")[:most]


def unanswered(activity_ids: Collection[UUID]) -> list[tuple[UUID, ProposalRow]]:
    """Those of several activities that wait for an answer, each with its activity; the newest first."""
    rows = Proposal.objects.select_related("activity", "occasion", "provider").order_by("-asked_at", "id")
    found = rows.filter(activity_id__in=activity_ids, state=ProposalState.ASKED.value) if activity_ids else []
    return [(row.activity_id, _row(row)) for row in found]


def _row(row: Proposal) -> ProposalRow:
    return ProposalRow(
        row.id, row.activity.name, row.occasion.name if row.occasion else "", row.provider.name, row.kind, row.state,
        row.words, row.starts_on, row.ends_on, row.places, row.asked_at, row.asked_by, row.answer, row.answered_by or "",
    )  # fmt: skip
