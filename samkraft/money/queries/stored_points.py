"""Stored points in the shape that the rules take."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samkraft.money.models import Point, PointItem, Proposal
from samkraft.money.rules.points import Support, Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft


def drafts_of(points: Iterable[Point]) -> list[PointDraft]:
    """Everything that stored points say, ready to be decided or posted. Items come with the points."""
    listed = list(points)
    numbers = {point.id: point.number for point in listed}
    return [
        PointDraft(
            number=point.number,
            verb=Verb(point.verb),
            text=point.text,
            due_words=point.due_words,
            due_date=point.due_date,
            binding=point.binding,
            items=tuple(
                ItemDraft(
                    receiver_id=item.receiver_id,
                    receiver_words=item.receiver_words,
                    amount_ore=item.amount_ore,
                    year=item.year,
                    purpose=item.purpose,
                    fund_id=item.fund_id,
                    appropriation=item.appropriation_words,
                    contract=item.contract,
                    support=Support(item.support) if item.support else None,
                    paid_by=numbers.get(item.paid_by_id, "") if item.paid_by_id else "",
                    request_id=item.request_id,
                )
                for item in in_order(point)
            ),
        )
        for point in listed
    ]


def of_proposal(proposal: Proposal) -> list[PointDraft]:
    """A proposal's points with everything they say."""
    return drafts_of(proposal.points.order_by("position").prefetch_related("items"))


@dataclass(frozen=True, slots=True)
class Followed:
    """A proposal that a decision may follow."""

    id: UUID
    points: tuple[PointDraft, ...]


def latest_proposal(case_number: str, decider_id: UUID | None) -> Followed | None:
    """The latest proposal to this body in the matter; None when there is none."""
    row = Proposal.objects.filter(matter__case_number=case_number, decider_id=decider_id).order_by("-version").first()
    return Followed(row.id, tuple(of_proposal(row))) if row else None


def in_order(point: Point) -> list[PointItem]:
    """The items of a point, which come with it, in their order."""
    return sorted(point.items.all(), key=lambda item: item.position)
