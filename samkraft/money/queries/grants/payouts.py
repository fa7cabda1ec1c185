"""What is to be paid out and asked back: what can be handed to the economy system, what has been, and what is in the way."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samkraft.money.models import Grant, GrantInstalment, GrantRecovery
from samkraft.money.queries.grants import grant_instalments
from samkraft.money.rules.grants.grant_terms import STOPPED, why_not_pay
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason


class Kind(StrEnum):
    """Which way the money goes."""

    PAYMENT = "instalment"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Payout:
    """A payment to an organisation, or money asked back from it. `payer` is the body whose money it is.

    `why_not` is what stands in the way today; then it is not handed over.
    """

    id: UUID
    kind: Kind
    number: int
    grant_id: UUID
    title: str
    organisation: str
    organisation_number: str
    payer_code: str
    payer: str
    fund_code: str
    case_number: str
    amount_ore: int
    due_date: date
    prepared_by: str
    decided_at: datetime | None
    decided_by: str
    handed_at: datetime | None
    handed_by: str
    why_not: tuple[Reason, dict[str, str]] | None

    @property
    def can_be_handed(self) -> bool:
        """Whether it is decided, not handed over, and nothing stands in the way."""
        return self.decided_at is not None and self.handed_at is None and self.why_not is None


def open_now(*, by: Context, today: date) -> list[Payout]:
    """Everything that has been prepared and has not left or come back, by the day it is due."""
    access.require(by, Permission.PREPARE_GRANTS)
    instalments = GrantInstalment.objects.filter(paid_at__isnull=True).select_related("report", *_GRANT)
    recoveries = GrantRecovery.objects.filter(repaid_date__isnull=True).select_related(*_GRANT)
    asked_back = {one.grant_id for one in recoveries}
    signed = _signed({one.grant_id for one in instalments})
    found = [_payment(one, one.grant_id in signed, one.grant_id in asked_back, today) for one in instalments]
    found += [_recovery(one) for one in recoveries]
    return sorted(found, key=lambda one: (one.due_date, one.organisation, one.number))


_GRANT = (
    "grant__organisation", "grant__point_item__fund", "grant__point_item__point__decision__matter",
    "grant__point_item__point__decision__body",
)  # fmt: skip


def _signed(grant_ids: set[UUID]) -> set[UUID]:
    """Those whose latest agreement both have signed."""
    found = set()
    for grant in Grant.objects.filter(id__in=grant_ids).prefetch_related("agreements"):
        latest = max(grant.agreements.all(), key=lambda one: one.version, default=None)
        if latest and latest.city_signed_at and latest.receiver_signed_at:
            found.add(grant.id)
    return found


def _payment(row: GrantInstalment, is_signed: bool, has_recovery: bool, today: date) -> Payout:
    why_not = (
        (STOPPED, {"why": row.stop_reason})
        if row.stopped_at
        else why_not_pay(
            grant_instalments.held_by(row.report), is_signed=is_signed, has_recovery=has_recovery, today=today
        )
    )
    return _payout(row, Kind.PAYMENT, row.number, why_not)


def _recovery(row: GrantRecovery) -> Payout:
    return _payout(row, Kind.RECOVERY, 0, None)


def _payout(
    row: GrantInstalment | GrantRecovery, kind: Kind, number: int, why_not: tuple[Reason, dict[str, str]] | None
) -> Payout:
    grant = row.grant
    item = grant.point_item
    decision = item.point.decision if item else None
    return Payout(
        id=row.id,
        kind=kind,
        number=number,
        grant_id=grant.id,
        title=grant.title,
        organisation=grant.organisation.name,
        organisation_number=grant.organisation.organisation_number,
        payer_code=decision.body.code if decision else "",
        payer=decision.body.name if decision else "",
        fund_code=item.fund.code if item and item.fund else "",
        case_number=decision.matter.case_number if decision else "",
        amount_ore=row.amount_ore,
        due_date=row.due_date,
        prepared_by=row.prepared_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        handed_at=row.handed_at,
        handed_by=row.handed_by,
        why_not=why_not,
    )
