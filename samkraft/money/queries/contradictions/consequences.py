"""What rests on a figure that sources tell differently, and what becomes of it for each choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Sum

from samkraft.money.models import ContradictionSide, Transfer
from samkraft.money.queries import standing
from samkraft.money.queries.contradictions import contradiction_sides, contradictions
from samkraft.money.rules.findings import words
from samkraft.money.rules.findings.words import Said, say
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.wording import phrase


class Change(StrEnum):
    """What a choice leads to in one place."""

    NONE = "none"
    KEPT = "kept"
    VALUE = "value"
    NOTE = "note"


class Place(StrEnum):
    """Which kind of page shows it; the address is the pages' own matter."""

    FLOW = "flow"
    FIGURE = "figure"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Rest:
    """One place: what it shows now, what it shows for the choice of each side in order, and what that means."""

    what: Said
    place: Place
    subject_id: UUID | None
    year: int | None
    body_code: str
    now: tuple[Said | int, ...]
    unit: str
    if_chosen: tuple[Said | int, ...]
    changes: tuple[Change, ...]


def of(*, by: Context, page: contradictions.Page) -> list[Rest]:
    """Ledger first (only decisions change it), then overviews of figures, then the documents themselves."""
    access.require(by, Permission.SEE_MONEY)
    stored = list(
        ContradictionSide.objects.filter(contradiction_id=page.row.id)
        .select_related("figure__organisation", "point_item__receiver", "document")
        .defer("document__text", "document__content")
        .order_by("position")
    )
    return [*_unexplained(page), *_allocated(stored), *_figures(page, stored), *_documents(page)]


def _values(page: contradictions.Page) -> tuple[Said | int, ...]:
    return _told(page.sides)


def _unexplained(page: contradictions.Page) -> list[Rest]:
    if page.row.rule != "points_against_budget" or page.row.difference_ore is None:
        return []
    left = page.row.difference_ore
    return [
        Rest(
            what=say(phrase("Följ kronan {year}: kvar att förklara"), year=page.row.year),
            place=Place.FLOW,
            subject_id=None,
            year=page.row.year,
            body_code="",
            now=(left,),
            unit="",
            if_chosen=(left,) * len(page.sides),
            changes=(Change.NONE,) * len(page.sides),
        )
    ]


def _allocated(stored: Sequence[ContradictionSide]) -> list[Rest]:
    found: dict[tuple[UUID, UUID, int], Rest] = {}
    for side in stored:
        item = side.point_item
        if item is None or item.receiver is None or item.fund_id is None or item.year is None:
            continue
        amount = _posted(item.receiver_id, item.fund_id, item.year)
        found[(item.receiver.id, item.fund_id, item.year)] = Rest(
            what=say(
                phrase("Följ kronan {year}: {body}"),
                year=item.year,
                body=item.receiver.short_name or item.receiver.name,
            ),
            place=Place.FLOW,
            subject_id=None,
            year=item.year,
            body_code=item.receiver.code,
            now=(amount,),
            unit="",
            if_chosen=(amount,) * len(stored),
            changes=(Change.NONE,) * len(stored),
        )
    return list(found.values())


def _posted(receiver_id: UUID, fund_id: UUID, year: int) -> int:
    """Öre that decisions have brought a body; a transfer that only pays for grants is not the body's own."""
    posted = Transfer.objects.filter(
        standing.giving("voucher__"),
        point_item__receiver_id=receiver_id,
        point_item__fund_id=fund_id,
        point_item__year=year,
        point_item__point__pays_for__isnull=True,
    )
    return int(posted.aggregate(sum=Sum("amount_ore"))["sum"] or 0)


def _figures(page: contradictions.Page, stored: Sequence[ContradictionSide]) -> list[Rest]:
    """Overviews show one value: that of the chosen side. Until then they show all of them."""
    figures = [side.figure for side in stored if side.figure]
    if not figures:
        return []
    first = figures[0]
    body = first.organisation
    what = (
        say(phrase("Mål och utfall: {label}, {body} {year}"), label=first.label, year=first.year or "–",
            body=body.short_name or body.name)
        if body
        else say(phrase("Mål och utfall: {label} {year}"), label=first.label, year=first.year or "–")
    )  # fmt: skip
    values = _values(page)
    unit = next((side.unit for side in page.sides if side.unit and side.amount_ore is None), "")
    changes = (Change.VALUE,) * len(values)
    code = body.code if body else ""
    return [Rest(what, Place.FIGURE, first.id, first.year, code, values, unit, values, changes)]


def _documents(page: contradictions.Page) -> list[Rest]:
    """Nothing in a source is changed; the ones that are not used get a note."""
    said: dict[UUID, list[contradiction_sides.Side]] = {}
    for side in page.sides:
        if side.document_id is not None:
            said.setdefault(side.document_id, []).append(side)
    return [
        Rest(
            what=words.read(sides[0].document_title),
            place=Place.DOCUMENT,
            subject_id=document_id,
            year=None,
            body_code="",
            now=_told(sides),
            unit=sides[0].unit if sides[0].amount_ore is None else "",
            if_chosen=_told(sides[:1]) * len(page.sides),
            changes=tuple(Change.KEPT if chosen.document_id == document_id else Change.NOTE for chosen in page.sides),
        )
        for document_id, sides in said.items()
    ]


def _told(sides: Sequence[contradiction_sides.Side]) -> tuple[Said | int, ...]:
    return tuple(side.amount_ore if side.amount_ore is not None else side.value for side in sides)
