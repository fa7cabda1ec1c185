"""What each source says of what they tell differently, with the digits that differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from samkraft.money.models import ContradictionSide
from samkraft.money.rules import digits
from samkraft.money.rules.findings import words
from samkraft.money.rules.findings.words import Said


@dataclass(frozen=True, slots=True)
class Side:
    """One source. `mark` is how the figure is written in the quote; `said_words` may be an ISO day."""

    id: UUID
    position: int
    title: Said
    place: Said
    value: Said
    amount_ore: int | None
    unit: str
    quote: str
    mark: str
    said_by: str
    said_words: Said
    support: Said | None
    is_supported: bool | None
    document_id: UUID | None
    document_title: str
    matter_id: UUID | None
    point_number: str
    figure_id: UUID | None


def sides_of(ids: Sequence[UUID]) -> dict[UUID, list[Side]]:
    """The sides of several, each with what its source says. For other queries."""
    found: dict[UUID, list[Side]] = defaultdict(list)
    for row in stored(ids):
        found[row.contradiction_id].append(side_of(row))
    return found


def side_of(row: ContradictionSide) -> Side:
    """A stored side with its quote marked where the value stands."""
    figure, item = row.figure, row.point_item
    point = item.point if item else None
    owner = (point.decision or point.proposal) if point else None
    value = words.read(row.value)
    mark = (
        digits.words_of_amount(row.quote, row.amount_ore, figure.rounded_to if figure else 0)
        if row.amount_ore is not None
        else digits.words_of_value(row.quote, str(value))
    )
    return Side(
        id=row.id,
        position=row.position,
        title=words.read(row.title),
        place=words.read(row.place),
        value=value,
        amount_ore=row.amount_ore,
        unit=figure.unit if figure else "",
        quote=row.quote,
        mark=mark,
        said_by=row.said_by,
        said_words=words.read(row.said_words),
        support=words.read(row.support_words) if row.support_words else None,
        is_supported=row.is_supported,
        document_id=row.document_id,
        document_title=row.document.title if row.document else "",
        matter_id=owner.matter_id if owner else None,
        point_number=point.number if point else "",
        figure_id=row.figure_id,
    )


def differing_digits(sides: Sequence[Side]) -> tuple[tuple[digits.Run, ...], tuple[digits.Run, ...]] | None:
    """Two values that have the same digits in another order, with the runs that differ; else None."""
    if len(sides) != 2:
        return None
    told = [str(side.amount_ore // 100) if side.amount_ore is not None else str(side.value) for side in sides]
    return digits.compared(told[0], told[1]) if sorted(told[0]) == sorted(told[1]) else None


def stored(ids: Sequence[UUID]) -> "QuerySet[ContradictionSide]":
    """The stored sides of several contradictions, with what their pages need."""
    return (
        ContradictionSide.objects.filter(contradiction_id__in=ids)
        .select_related(
            "figure__organisation", "document__author", "point_item__receiver",
            "point_item__point__decision", "point_item__point__proposal",
        )
        .defer("document__text", "document__content")
        .order_by("contradiction_id", "position")
    )  # fmt: skip
