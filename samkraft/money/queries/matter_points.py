"""Points of a proposal or a decision with their items, and the vouchers that they gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.money.models import Decision, Point, PointItem, Transfer, Voucher
from samkraft.money.queries import standing
from samkraft.money.rules.points import GIVES_MONEY, POSTS, SUPPORT_LABELS, Outcome, Support, Verb


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One receiver and year of a point. `waits` is true for decided money that is not posted yet."""

    id: UUID
    receiver: str
    receiver_code: str
    amount_ore: int | None
    year: int | None
    fund: str
    source: str
    support: str
    purpose: str
    contract: str
    waits: bool
    is_money: bool


@dataclass(frozen=True, slots=True)
class PointLine:
    """One numbered point with its items and the vouchers that it gave."""

    id: UUID
    number: str
    verb: Verb
    text: str
    due: str
    binding: bool | None
    items: tuple[ItemLine, ...]
    vouchers: tuple["VoucherLine", ...] = ()


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One voucher. `gives` is whether it posts what was decided, or gives it again after a reversal; `reversed_by` is
    the number of the one that took it back."""

    id: UUID
    number: str
    posted_date: date
    amount_ore: int
    is_reversal: bool
    gives: bool
    reversed_by: str


def listed(points: Iterable[Point], decision: Decision | None) -> list[PointLine]:
    """The points in order; of a decision with their vouchers and what still waits."""
    ids = [point.id for point in points]
    rows = list(Point.objects.filter(id__in=ids).order_by("position", "id"))
    items: dict[UUID, list[PointItem]] = {}
    listed_items = (
        PointItem.objects.filter(point_id__in=ids)
        .select_related("receiver", "fund", "paid_by")
        .order_by("position", "id")
    )
    for item in listed_items:
        items.setdefault(item.point_id, []).append(item)
    posted = set(
        Transfer.objects.filter(point_item__point_id__in=ids).order_by().values_list("point_item_id", flat=True)
    )
    vouchers = _vouchers(ids) if decision else {}
    posts = decision is not None and Outcome(decision.outcome) in POSTS
    return [
        PointLine(
            id=row.id,
            number=row.number,
            verb=Verb(row.verb),
            text=row.text,
            due=row.due_words or (row.due_date.isoformat() if row.due_date else ""),
            binding=row.binding,
            items=tuple(_item(item, row, posted, posts=posts) for item in items.get(row.id, [])),
            vouchers=tuple(vouchers.get(row.id, ())),
        )
        for row in rows
    ]


def _item(item: PointItem, point: Point, posted: set[UUID], *, posts: bool) -> ItemLine:
    is_money = Verb(point.verb) in GIVES_MONEY
    source = f"punkt {item.paid_by.number}" if item.paid_by else item.appropriation_words
    return ItemLine(
        id=item.id,
        receiver=item.receiver.name if item.receiver else item.receiver_words,
        receiver_code=item.receiver.code if item.receiver else "",
        amount_ore=item.amount_ore,
        year=item.year,
        fund=item.fund.name if item.fund else "",
        source=source,
        support=SUPPORT_LABELS[Support(item.support)] if item.support else "",
        purpose=item.purpose,
        contract=item.contract,
        waits=posts and is_money and item.amount_ore is not None and item.id not in posted,
        is_money=is_money,
    )


def _vouchers(point_ids: list[UUID]) -> dict[UUID, list[VoucherLine]]:
    found: dict[UUID, list[VoucherLine]] = {}
    signs = standing.signs_of_reversals(point_id__in=point_ids)
    rows = (
        Voucher.objects.filter(point_id__in=point_ids)
        .select_related("reversed_by")
        .prefetch_related("transfers")
        .order_by("year", "number")
    )
    for row in rows:
        if row.point_id:
            found.setdefault(row.point_id, []).append(_voucher_line(row, signs.get(row.id, 1)))
    return found


def _voucher_line(row: Voucher, sign: int) -> VoucherLine:
    """A voucher in short. Its transfers come with it, and the one that reverses it."""
    undone = getattr(row, "reversed_by", None)
    return VoucherLine(
        row.id, f"{row.year}-{row.number}", row.posted_date, sum(each.amount_ore for each in row.transfers.all()),
        row.reverses_id is not None, sign > 0, f"{undone.year}-{undone.number}" if undone else "",
    )  # fmt: skip
