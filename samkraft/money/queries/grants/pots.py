"""Pots that others draw on, and what is left of each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.money.models import PointItem, Pot, PotDraw
from samkraft.money.rules.points import POSTS, Support, Verb
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import HOLDS_FRAME
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class DrawRow:
    """What somebody draws; `is_given` is None while it waits."""

    id: UUID
    organisation: str
    quantity: int
    amount_ore: int
    words: str
    asked_actor: UUID
    asked_at: datetime
    asked_by: str
    is_given: bool | None
    decided_at: datetime | None
    decided_by: str
    reason: str
    voucher_id: UUID | None


@dataclass(frozen=True, slots=True)
class PotRow:
    """One pot with its draws, the latest first."""

    id: UUID
    holder_id: UUID
    holder: str
    title: str
    support: Support
    year: int
    fund_name: str
    amount_ore: int
    unit_ore: int | None
    note: str
    draws: tuple[DrawRow, ...]

    @property
    def given_ore(self) -> int:
        """What has been given."""
        return sum(one.amount_ore for one in self.draws if one.is_given)

    @property
    def waiting_ore(self) -> int:
        """What is asked for and not decided."""
        return sum(one.amount_ore for one in self.draws if one.is_given is None)

    @property
    def left_ore(self) -> int:
        """What is left to give."""
        return self.amount_ore - self.given_ore

    @property
    def quantity(self) -> int:
        """How many employments or youths the given draws are for."""
        return sum(one.quantity for one in self.draws if one.is_given)


def listed(*, by: Context) -> list[PotRow]:
    """Every pot, the latest year first."""
    access.require(by, Permission.SEE_GRANTS)
    rows = (
        Pot.objects.select_related("holder", "point_item__fund")
        .prefetch_related("draws__organisation")
        .order_by("-point_item__year", "holder__sort_key", "title")
    )
    return [_row(row) for row in rows]


def one(*, by: Context, pot_id: UUID) -> PotRow | None:
    """One pot."""
    return next((row for row in listed(by=by) if row.id == pot_id), None)


def decided_items(*, by: Context, holder_id: UUID | None = None) -> list[tuple[UUID, str]]:
    """Decided money of committees that a pot can be made of: id and words."""
    access.require(by, Permission.SEE_GRANTS)
    rows = PointItem.objects.filter(
        point__decision__outcome__in=[kind.value for kind in POSTS],
        point__verb__in=[Verb.ALLOCATES.value, Verb.TRANSFERS.value],
        receiver__kind__in=[kind.value for kind in HOLDS_FRAME],
        amount_ore__isnull=False,
        transfers__isnull=False,
    )
    if holder_id is not None:
        rows = rows.filter(receiver_id=holder_id)
    found = rows.select_related("receiver", "fund", "point__decision__matter").distinct()
    return [
        (row.id, f"{row.receiver.name} {row.year}, {row.fund.name} ({row.point.decision.matter.case_number})")
        for row in sorted(found, key=lambda one: (-one.year, one.receiver.sort_key))
    ]


def _row(row: Pot) -> PotRow:
    draws = sorted(row.draws.all(), key=lambda one: one.asked_at, reverse=True)
    return PotRow(
        row.id, row.holder_id, row.holder.name, row.title, Support(row.support), row.point_item.year,
        row.point_item.fund.name, row.amount_ore, row.unit_ore, row.note, tuple(_draw(one) for one in draws),
    )  # fmt: skip


def _draw(row: PotDraw) -> DrawRow:
    return DrawRow(
        row.id, row.organisation.name, row.quantity, row.amount_ore, row.words, row.asked_actor, row.asked_at,
        row.asked_by, row.is_given, row.decided_at, row.decided_by, row.reason, row.voucher_id,
    )  # fmt: skip
