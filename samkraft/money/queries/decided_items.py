"""Decided items of money for a year, with what has been posted: the rows behind every flow, sum and node page.

For other queries: they ask for permission and narrow to what the reader may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from samkraft.money.models import PointItem, Transfer
from samkraft.money.queries import standing
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.points import GIVES_MONEY, POSTS, Support, Verb
from samkraft.partners.queries import frames


class State(StrEnum):
    """Where a decided item stands in the ledger."""

    POSTED = "posted"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as money's pages name it."""

    id: UUID
    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One receiver and year of a decided point. `payer` is the body whose frame pays; None is the appropriation."""

    id: UUID
    point_id: UUID
    number: str
    position: int
    verb: Verb
    text: str
    receiver: Body | None
    receiver_words: str
    holds_frame: bool
    amount_ore: int | None
    year: int
    fund_id: UUID
    fund_code: str
    fund_name: str
    purpose: str
    support: Support | None
    contract: str
    paid_by: str
    payer: Body | None
    state: State
    matter_id: UUID
    case_number: str
    matter_title: str
    decision_id: UUID
    decider: Body
    decided_date: date
    date_words: str
    paragraph: str
    is_assumption: bool
    note: str
    document_id: UUID | None
    document_title: str

    @property
    def receiver_name(self) -> str:
        """Who gets it."""
        return self.receiver.name if self.receiver else self.receiver_words

    @property
    def from_appropriation(self) -> bool:
        """Whether it is new money, straight from an appropriation, and so counted in sums."""
        return self.payer is None


def of_year(*, fund_ids: Sequence[UUID], year: int) -> list[Item]:
    """What has been decided for these funds and this year, in order of date, matter and point."""
    return _items(_decided().filter(fund_id__in=fund_ids, year=year))


def of_funds(*, fund_ids: Sequence[UUID]) -> list[Item]:
    """What has been decided for these funds, whatever the year."""
    return _items(_decided().filter(fund_id__in=fund_ids))


def of_point(*, point_id: UUID) -> list[Item]:
    """The items of one decided point that have a year and a fund."""
    return _items(_decided().filter(point_id=point_id))


def _decided() -> "QuerySet[PointItem]":
    return (
        PointItem.objects.filter(
            point__decision__outcome__in=[outcome.value for outcome in POSTS],
            point__verb__in=[verb.value for verb in GIVES_MONEY],
            fund__isnull=False,
            year__isnull=False,
        )
        .select_related(
            "receiver", "fund", "point__decision__matter", "point__decision__body", "point__decision__document",
            "point__decision__proposal__document", "paid_by",
        )
        .defer(
            "point__decision__document__text", "point__decision__document__content",
            "point__decision__proposal__document__text", "point__decision__proposal__document__content",
        )
        .order_by("point__decision__date", "point__decision__matter__case_number", "point__position", "position")
    )  # fmt: skip


def _items(found: "QuerySet[PointItem]") -> list[Item]:
    rows = list(found)
    posted = _net_of_reversals([row.id for row in rows])
    holders = frames.which_hold({row.receiver_id for row in rows if row.receiver_id})
    payers = _payers(rows)
    return [_item(row, posted.get(row.id), holders, payers) for row in rows]


def _net_of_reversals(ids: Sequence[UUID]) -> dict[UUID, tuple[bool, int]]:
    """Item → (paid by an appropriation, öre that stand). Only items that have ever been posted."""
    result: dict[UUID, tuple[bool, int]] = {}
    signs = standing.signs_of_reversals(point__items__in=ids)
    rows = Transfer.objects.filter(point_item_id__in=ids).values_list(
        "point_item_id", "amount_ore", "voucher_id", "from_account__kind", "to_account__kind"
    )
    for item_id, amount, voucher_id, from_kind, to_kind in rows:
        sign = signs.get(voucher_id, 1)
        kind = from_kind if sign > 0 else to_kind
        before = result.get(item_id, (kind == AccountKind.APPROPRIATION, 0))[1]
        result[item_id] = (kind == AccountKind.APPROPRIATION, before + sign * amount)
    return result


def _payers(rows: Sequence[PointItem]) -> dict[tuple[UUID, int], Body]:
    """(paying point, year) → the body that the point gave money to."""
    wanted = {row.paid_by_id for row in rows if row.paid_by_id}
    paying = PointItem.objects.filter(point_id__in=wanted, receiver__isnull=False).select_related("receiver")
    found: dict[tuple[UUID, int], Body] = {}
    for item in paying.order_by("point_id", "position"):
        if item.year is not None:
            found.setdefault((item.point_id, item.year), body_of(item.receiver))
    return found


def body_of(organisation: object) -> Body:
    """An organisation as plain data."""
    return Body(organisation.id, organisation.code, organisation.name, organisation.short_name)  # type: ignore[attr-defined]  # the models have no stubs


def _state(row: PointItem, posted: tuple[bool, int] | None) -> State:
    if row.amount_ore is None:
        return State.UNKNOWN
    if posted is None:
        return State.WAITING
    return State.POSTED if posted[1] > 0 else State.REVERSED


def _payer(row: PointItem, posted: tuple[bool, int] | None, payers: dict[tuple[UUID, int], Body]) -> Body | None:
    """Whose frame pays. What no amount is told of is taken as new money unless the decision names a payer."""
    assert row.year is not None
    if row.paid_by_id:
        return payers.get((row.paid_by_id, row.year))
    from_appropriation = posted[0] if posted else bool(row.appropriation_words) or row.amount_ore is None
    return None if from_appropriation else body_of(row.point.decision.body)


def _item(
    row: PointItem,
    posted: tuple[bool, int] | None,
    holders: dict[UUID, bool],
    payers: dict[tuple[UUID, int], Body],
) -> Item:
    decision = row.point.decision
    assert decision is not None
    assert row.fund is not None
    assert row.year is not None
    document = decision.document or (decision.proposal.document if decision.proposal else None)
    return Item(
        id=row.id,
        point_id=row.point_id,
        number=row.point.number,
        position=row.position,
        verb=Verb(row.point.verb),
        text=row.point.text,
        receiver=body_of(row.receiver) if row.receiver else None,
        receiver_words=row.receiver_words,
        holds_frame=bool(row.receiver_id and holders.get(row.receiver_id)),
        amount_ore=row.amount_ore,
        year=row.year,
        fund_id=row.fund.id,
        fund_code=row.fund.code,
        fund_name=row.fund.name,
        purpose=row.purpose,
        support=Support(row.support) if row.support else None,
        contract=row.contract,
        paid_by=row.paid_by.number if row.paid_by else "",
        payer=_payer(row, posted, payers),
        state=_state(row, posted),
        matter_id=decision.matter_id,
        case_number=decision.matter.case_number,
        matter_title=decision.matter.title,
        decision_id=decision.id,
        decider=body_of(decision.body),
        decided_date=decision.date,
        date_words=decision.date_words,
        paragraph=decision.paragraph,
        is_assumption=decision.is_assumption,
        note=decision.note,
        document_id=document.id if document else None,
        document_title=document.title if document else "",
    )
