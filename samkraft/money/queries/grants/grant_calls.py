"""Calls: what can be applied for, and how many have applied."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from samkraft.money.models import GrantCall
from samkraft.money.rules.points import Support
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an application is judged by."""

    name: str
    guide: str
    most: int


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call. `received` counts what the reader may see: those that are sent, or the organisation's own."""

    id: UUID
    fund_name: str
    fund_code: str
    title: str
    purpose: str
    support: Support
    year: int
    opens_date: date
    closes_date: date | None
    frame_ore: int | None
    criteria: tuple[Criterion, ...]
    received: int

    def is_open(self, today: date) -> bool:
        """Whether an application can be sent today."""
        return self.opens_date <= today and (self.closes_date is None or today <= self.closes_date)


def listed(*, by: Context) -> list[CallRow]:
    """All calls, the latest first."""
    _require(by)
    rows = GrantCall.objects.select_related("fund").annotate(
        received=Count("applications", filter=Q(applications__sent_at__isnull=False))
    )
    return [_row(row) for row in rows.order_by("-year", "-opens_date", "title")]


def one(*, by: Context, call_id: UUID) -> CallRow | None:
    """One call."""
    _require(by)
    row = (
        GrantCall.objects.select_related("fund")
        .annotate(received=Count("applications", filter=Q(applications__sent_at__isnull=False)))
        .filter(id=call_id)
        .first()
    )
    return _row(row) if row else None


def _require(by: Context) -> None:
    if not may(by.role, Permission.APPLY_FOR_GRANTS):
        access.require(by, Permission.SEE_GRANTS)


def _row(row: GrantCall) -> CallRow:
    return CallRow(
        id=row.id,
        fund_name=row.fund.name,
        fund_code=row.fund.code,
        title=row.title,
        purpose=row.purpose,
        support=Support(row.support),
        year=row.year,
        opens_date=row.opens_date,
        closes_date=row.closes_date,
        frame_ore=row.frame_ore,
        criteria=tuple(Criterion(one["name"], one["guide"], one["most"]) for one in row.criteria),
        received=getattr(row, "received", 0),
    )
