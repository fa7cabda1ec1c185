"""Allocation keys: decided for a term of office, a new version ends the one before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import AllocationKey, Fund, KeyShare
from samkraft.money.rules import allocation
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OVERLAPS = Reason(
    "key_overlaps",
    phrase("Det finns redan en nyckel för {fund} som gäller under en del av den tiden ({period})."),
    phrase("Låt den nya börja när den gamla slutar, eller avsluta den gamla."),
)


def decide(
    *,
    by: Context,
    at: datetime | None = None,
    fund_id: UUID,
    valid: Period,
    shares: Sequence[tuple[UUID, int]],
    decided_in: str = "",
    source: str = "",
) -> UUID:
    """Register a key: (committee, share in hundredths of a percent), summing to 10 000. Order breaks ties in rounding.

    A key that is open-ended is ended where the new one begins; any other overlap is refused.
    """
    access.require(by, Permission.MANAGE_FUNDS)
    allocation.check(shares)
    at = at or timezone.now()
    try:
        with transactions.write(by):
            fund = Fund.objects.get(id=fund_id)
            open_ended = fund.keys.filter(valid__endswith=None, valid__startswith__lt=valid.start_date).first()
            if open_ended:
                open_ended.valid = (open_ended.valid.lower, valid.start_date)
                open_ended.save(update_fields=["valid"])
            clash = fund.keys.filter(valid__overlap=(valid.start_date, valid.end_date)).first()
            if clash:
                raise Refused(OVERLAPS, fund=fund.name, period=f"{clash.valid.lower}–{clash.valid.upper or ''}")
            key = AllocationKey.objects.create(
                id=uuid4(),
                fund=fund,
                valid=(valid.start_date, valid.end_date),
                decided_in=decided_in,
                source=source,
                added_at=at,
                added_by=by.actor_name,
            )
            KeyShare.objects.bulk_create(
                [
                    KeyShare(id=uuid4(), key=key, organisation_id=organisation, share=share, position=position)
                    for position, (organisation, share) in enumerate(shares, start=1)
                ]
            )
            trail.record(
                by=by,
                at=at,
                action="key.decide",
                subject_kind="money.fund",
                subject_id=fund.id,
                subject_name=fund.name,
                shares={str(organisation): share for organisation, share in shares},
            )
            return key.id
    except IntegrityError as error:
        if "money_allocationkey_no_overlap" in str(error):
            raise Refused(OVERLAPS, fund=Fund.objects.get(id=fund_id).name, period=str(valid.start_date)) from error
        raise
