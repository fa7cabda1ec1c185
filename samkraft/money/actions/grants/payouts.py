"""Handing decided payments and recoveries to the economy system, which pays and invoices: each is marked once as handed over."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.grants import instalments
from samkraft.money.models import GrantInstalment, GrantRecovery
from samkraft.money.rules.grants import grant_terms
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOTHING_CHOSEN = Reason(
    "payout_nothing_chosen", phrase("Ingen utbetalning är vald."), phrase("Kryssa för minst en rad.")
)
ONE_IS_GONE = Reason(
    "payout_one_is_gone", phrase("En av raderna finns inte längre."), phrase("Ladda om sidan och välj igen.")
)
HANDED_ALREADY = Reason(
    "payout_handed_already",
    phrase("{what} är redan markerad som överförd av {who}."),
    phrase("Ladda om sidan, så betalas den inte två gånger."),
)
NOT_HANDED = Reason(
    "payout_not_handed", phrase("{what} är inte markerad som överförd."), phrase("Du behöver inte göra något.")
)
NOT_DECIDED = Reason(
    "payout_not_decided", phrase("{what} är inte beslutad."), phrase("Bara det som är beslutat kan föras över.")
)

Row = GrantInstalment | GrantRecovery


def hand_over(
    *,
    by: Context,
    at: datetime | None = None,
    instalment_ids: Collection[UUID] = (),
    recovery_ids: Collection[UUID] = (),
) -> int:
    """Note that these are in the economy system, all or none; returns how many.

    Raises Refused for what is not decided, is stopped, has left already or was handed over before: two who take out the
    same file are told, and nothing is paid twice.
    """
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        rows = _held(instalment_ids, recovery_ids)
        for row in rows:
            _refuse(row)
            row.handed_at, row.handed_by = at, by.actor_name
            row.save(update_fields=["handed_at", "handed_by"])
            _told(by, at, row, "hand_over")
        return len(rows)


def take_back(
    *,
    by: Context,
    at: datetime | None = None,
    instalment_ids: Collection[UUID] = (),
    recovery_ids: Collection[UUID] = (),
) -> int:
    """Note that these are not in the economy system after all. What has been paid stays as it is."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        rows = _held(instalment_ids, recovery_ids)
        for row in rows:
            if row.handed_at is None:
                raise Refused(NOT_HANDED, what=_name(row))
            if _has_left(row):
                raise Refused(grant_terms.PAID_ALREADY)
            row.handed_at, row.handed_by = None, ""
            row.save(update_fields=["handed_at", "handed_by"])
            _told(by, at, row, "take_back")
        return len(rows)


def _held(instalment_ids: Collection[UUID], recovery_ids: Collection[UUID]) -> list[Row]:
    if not instalment_ids and not recovery_ids:
        raise Refused(NOTHING_CHOSEN)
    payments = GrantInstalment.objects.filter(id__in=instalment_ids)
    recoveries = GrantRecovery.objects.filter(id__in=recovery_ids)
    for grant_id in sorted(
        {*payments.values_list("grant_id", flat=True), *recoveries.values_list("grant_id", flat=True)}
    ):
        instalments.hold_grant(grant_id)
    rows: list[Row] = [
        row
        for found in (payments, recoveries)
        for row in found.select_for_update(of=("self",)).select_related("grant").order_by("id")
    ]
    if len(rows) != len(set(instalment_ids)) + len(set(recovery_ids)):
        raise Refused(ONE_IS_GONE)
    return rows


def _refuse(row: Row) -> None:
    if row.handed_at is not None:
        raise Refused(HANDED_ALREADY, what=_name(row), who=row.handed_by)
    if row.decided_at is None:
        raise Refused(NOT_DECIDED, what=_name(row))
    if _has_left(row):
        raise Refused(grant_terms.PAID_ALREADY)
    if isinstance(row, GrantInstalment) and row.stopped_at is not None:
        raise Refused(grant_terms.STOPPED, why=row.stop_reason)


def _has_left(row: Row) -> bool:
    return row.paid_at is not None if isinstance(row, GrantInstalment) else row.repaid_date is not None


def _name(row: Row) -> str:
    return row.grant.title


def _told(by: Context, at: datetime, row: Row, deed: str) -> None:
    kind = "grant_instalment" if isinstance(row, GrantInstalment) else "grant_recovery"
    trail.record(
        by=by, at=at, action=f"{kind}.{deed}", subject_kind="money.grant", subject_id=row.grant_id,
        subject_name=row.grant.title, amount_ore=row.amount_ore,
    )  # fmt: skip
