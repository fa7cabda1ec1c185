"""What providers have proposed, and what was answered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.offer.models import Proposal


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
    found = [
        ProposalRow(
            row.id, row.activity.name, row.occasion.name if row.occasion else "", row.provider.name, row.kind, row.state,
            row.words, row.starts_on, row.ends_on, row.places, row.asked_at, row.asked_by, row.answer,
            row.answered_by or "",
        )
        for row in rows[:200]
    ]  # fmt: skip
    return sorted(found, key=lambda row: row.state != "asked")[:most]
