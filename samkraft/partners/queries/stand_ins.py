"""Who stands in for whom, and when."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.partners.models import StandIn
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class StandInRow:
    """One appointment: who looks after the inbox, from and to (both days included)."""

    id: UUID
    name: str
    first_date: date
    last_date: date


def standing_in_for(by: Context, today: date) -> list[StandInRow]:
    """Whom I look after the inbox for, today and ahead, the first first."""
    rows = StandIn.objects.filter(
        stand_in_id=by.membership_id, period__endswith__gt=today, membership__area_id=by.area_id
    )
    return [
        StandInRow(row.id, row.membership.user.name, row.period.lower, row.period.upper - timedelta(days=1))
        for row in rows.select_related("membership__user").order_by("period", "id")
    ]


def appointed(by: Context, today: date) -> list[StandInRow]:
    """Those that I have appointed and that are not over, the first first."""
    rows = StandIn.objects.filter(membership_id=by.membership_id, period__endswith__gt=today)
    return [
        StandInRow(row.id, row.stand_in.user.name, row.period.lower, row.period.upper - timedelta(days=1))
        for row in rows.select_related("stand_in__user").order_by("period", "id")
    ]
