"""A grant paid out in parts, what each part waits for, and money that is asked back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.models import Grant, GrantInstalment, GrantRecovery, GrantReport
from samkraft.money.rules.grants import grant_terms
from samkraft.money.rules.grants.grant_kinds import REPORT_LABELS, ReportKind
from samkraft.money.rules.grants.grant_terms import Held
from samkraft.values.refusal import Reason


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """A payment. `why_not` is what stands in the way of it today: a reason and its details, or None."""

    id: UUID
    number: int
    amount_ore: int
    due_date: date
    report: str
    report_id: UUID | None
    prepared_actor: UUID
    prepared_by: str
    decided_at: datetime | None
    decided_by: str
    stopped_at: datetime | None
    stop_reason: str
    paid_date: date | None
    why_not: tuple[Reason, dict[str, str]] | None


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """Money that is asked back."""

    id: UUID
    amount_ore: int
    reason: str
    due_date: date
    prepared_actor: UUID
    prepared_by: str
    decided_at: datetime | None
    decided_by: str
    voucher_id: UUID | None
    repaid_date: date | None


def instalments_of(grant: Grant) -> Iterable[GrantInstalment]:
    """The stored payments of a grant, in order."""
    return grant.instalments.select_related("report").order_by("number")


def instalment(row: GrantInstalment, *, is_signed: bool, today: date) -> InstalmentRow:
    """A payment as it stands today. `is_signed`: both have signed the agreement."""
    held = held_by(row.report)
    why_not = None
    if row.paid_at is None:
        has_recovery = GrantRecovery.objects.filter(grant_id=row.grant_id, repaid_date__isnull=True).exists()
        why_not = (
            (grant_terms.STOPPED, {"why": row.stop_reason})
            if row.stopped_at
            else grant_terms.why_not_pay(held, is_signed=is_signed, has_recovery=has_recovery, today=today)
        )
    return InstalmentRow(
        row.id, row.number, row.amount_ore, row.due_date, held.name if held else "", row.report_id, row.prepared_actor,
        row.prepared_by, row.decided_at, row.decided_by, row.stopped_at, row.stop_reason, row.paid_date, why_not,
    )  # fmt: skip


def held_by(report: GrantReport | None) -> Held | None:
    """The report that a payment waits for, as the rule takes it."""
    if report is None:
        return None
    name = f"{REPORT_LABELS[ReportKind(report.kind)]} {report.year}"
    return Held(name, report.due_date, report.sent_at is not None)


def recovery(row: GrantRecovery) -> RecoveryRow:
    """What is asked back, as it is shown."""
    return RecoveryRow(
        row.id, row.amount_ore, row.reason, row.due_date, row.prepared_actor, row.prepared_by, row.decided_at,
        row.decided_by, row.voucher_id, row.repaid_date,
    )  # fmt: skip
