"""Paying out a grant in parts, and asking for money back. Who prepares never decides."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import ledger
from samkraft.money.actions.contradictions import looking
from samkraft.money.actions.grants.applications import TEXT_NEEDED
from samkraft.money.actions.grants.grants import NO_GRANT
from samkraft.money.models import Grant, GrantInstalment, GrantRecovery, GrantReport, Transfer, Voucher
from samkraft.money.queries import standing
from samkraft.money.queries.grants import grant_instalments
from samkraft.money.rules.grants import grant_terms
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_POSITIVE = Reason(
    "instalment_not_positive", phrase("Beloppet måste vara större än noll."), phrase("Skriv ett belopp.")
)
OVER_GRANT = Reason(
    "instalment_over_grant",
    phrase("Utbetalningarna skulle bli mer än bidraget: {left} är kvar att betala ut."),
    phrase("Sänk beloppet."),
)
NOT_POSTED = Reason(
    "instalment_not_posted",
    phrase("Bidraget har inga pengar i huvudboken att betala ut av."),
    phrase("Registrera beslutet, eller vänta på årets budget."),
)
NO_INSTALMENT = Reason("no_instalment", phrase("Utbetalningen finns inte."), phrase("Öppna bidraget på nytt."))
OTHER_GRANTS_REPORT = Reason(
    "report_of_other_grant", phrase("Rapporten hör till ett annat bidrag."), phrase("Välj en av bidragets egna.")
)
NOT_STOPPED = Reason(
    "instalment_not_stopped", phrase("Utbetalningen är inte stoppad."), phrase("Du behöver inte göra något.")
)
OVER_PAID = Reason(
    "recovery_over_paid",
    phrase("Det går inte att kräva tillbaka mer än {most}, som är det som har getts och inte redan krävts tillbaka."),
    phrase("Sänk beloppet."),
)
NO_RECOVERY = Reason("no_recovery", phrase("Återkravet finns inte."), phrase("Öppna bidraget på nytt."))
RECOVERY_DECIDED = Reason(
    "recovery_decided", phrase("Återkravet är redan beslutat."), phrase("Du behöver inte göra något.")
)
RECOVERY_NOT_DECIDED = Reason(
    "recovery_not_decided",
    phrase("Återkravet är inte beslutat."),
    phrase("Någon annan än den som beredde det beslutar."),
)


def prepare(
    *,
    by: Context,
    at: datetime | None = None,
    grant_id: UUID,
    amount_ore: int,
    due_date: date,
    report_id: UUID | None = None,
) -> UUID:
    """Prepare a payment, which somebody else then decides. `report_id` is the report that has to come first."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if amount_ore <= 0:
        raise Refused(NOT_POSITIVE)
    with transactions.write(by):
        grant = hold_grant(grant_id)
        _account_of(grant)
        left = grant.amount_ore - sum(row.amount_ore for row in grant.instalments.all())
        if amount_ore > left:
            raise Refused(OVER_GRANT, left=kronor.in_words(left))
        if report_id and not GrantReport.objects.filter(id=report_id, grant=grant).exists():
            raise Refused(OTHER_GRANTS_REPORT)
        made = GrantInstalment.objects.create(
            grant=grant,
            number=grant.instalments.count() + 1,
            amount_ore=amount_ore,
            due_date=due_date,
            report_id=report_id,
            prepared_actor=by.actor_id,
            prepared_at=at,
            prepared_by=by.actor_name,
        )
        _told(by, at, "grant_instalment.prepare", grant, number=made.number, amount_ore=amount_ore)
        return made.id


def decide(*, by: Context, at: datetime | None = None, instalment_id: UUID) -> None:
    """Decide that it is paid: by somebody else than who prepared it, when nothing stands in the way."""
    access.require(by, Permission.DECIDE_PAYMENTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _held_instalment(instalment_id)
        if row.prepared_actor == by.actor_id:
            raise Refused(grant_terms.SAME_PERSON)
        if row.decided_at is not None:
            raise Refused(grant_terms.DECIDED_ALREADY)
        _refuse_stopped(row, day_in_stockholm(at))
        row.decided_actor, row.decided_at, row.decided_by = by.actor_id, at, by.actor_name
        row.save(update_fields=["decided_actor", "decided_at", "decided_by"])
        _told(by, at, "grant_instalment.decide", row.grant, number=row.number, amount_ore=row.amount_ore)


def mark_paid(*, by: Context, at: datetime | None = None, instalment_id: UUID, paid_date: date) -> None:
    """Note that the economy system has paid it. What has come to stand in the way since it was decided stops it here."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _held_instalment(instalment_id)
        if row.paid_at is not None:
            raise Refused(grant_terms.PAID_ALREADY)
        if row.decided_at is None:
            raise Refused(grant_terms.NOT_DECIDED)
        _refuse_stopped(row, day_in_stockholm(at))
        row.paid_date, row.paid_at, row.paid_by = paid_date, at, by.actor_name
        row.save(update_fields=["paid_date", "paid_at", "paid_by"])
        _told(by, at, "grant_instalment.paid", row.grant, number=row.number, amount_ore=row.amount_ore)


def stop(*, by: Context, at: datetime | None = None, instalment_id: UUID, reason: str) -> None:
    """Stop a payment that has not left, with a reason that everybody sees, the organisation too."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        row = _held_instalment(instalment_id)
        if row.paid_at is not None:
            raise Refused(grant_terms.PAID_ALREADY)
        row.stopped_at, row.stopped_by, row.stop_reason = at, by.actor_name, reason.strip()
        row.save(update_fields=["stopped_at", "stopped_by", "stop_reason"])
        _told(by, at, "grant_instalment.stop", row.grant, number=row.number)


def release(*, by: Context, at: datetime | None = None, instalment_id: UUID, reason: str) -> None:
    """Take a stop away. A decision made before the stop has to be made again, and handed to the economy system again."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        row = _held_instalment(instalment_id)
        if row.stopped_at is None:
            raise Refused(NOT_STOPPED)
        row.stopped_at, row.stopped_by, row.stop_reason = None, "", ""
        row.decided_actor, row.decided_at, row.decided_by = None, None, ""
        row.handed_at, row.handed_by = None, ""
        row.save()
        _told(by, at, "grant_instalment.release", row.grant, number=row.number, reason=reason.strip())


def prepare_recovery(
    *, by: Context, at: datetime | None = None, grant_id: UUID, amount_ore: int, reason: str, due_date: date
) -> UUID:
    """Prepare to ask for money back: at most what was given and has not been asked back already."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if amount_ore <= 0:
        raise Refused(NOT_POSITIVE)
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        grant = hold_grant(grant_id)
        _account_of(grant)
        most = grant.amount_ore - sum(row.amount_ore for row in grant.recoveries.all())
        if amount_ore > most:
            raise Refused(OVER_PAID, most=kronor.in_words(most))
        made = GrantRecovery.objects.create(
            grant=grant,
            amount_ore=amount_ore,
            reason=reason.strip(),
            due_date=due_date,
            prepared_actor=by.actor_id,
            prepared_at=at,
            prepared_by=by.actor_name,
        )
        _told(by, at, "grant_recovery.prepare", grant, amount_ore=amount_ore)
        return made.id


def decide_recovery(*, by: Context, at: datetime | None = None, recovery_id: UUID) -> Voucher:
    """Decide on a recovery: by somebody else. The money goes back in the ledger, from the organisation to who gave it."""
    access.require(by, Permission.DECIDE_PAYMENTS)
    at = at or timezone.now()
    with transactions.write(by):
        known = GrantRecovery.objects.filter(id=recovery_id).first()
        if known is None:
            raise Refused(NO_RECOVERY)
        grant = hold_grant(known.grant_id)
        row = GrantRecovery.objects.select_for_update().get(id=recovery_id)
        if row.prepared_actor == by.actor_id:
            raise Refused(grant_terms.SAME_PERSON)
        if row.decided_at is not None:
            raise Refused(RECOVERY_DECIDED)
        given = _account_of(grant)
        assert grant.point_item is not None
        voucher = ledger.post_within(
            by=by,
            at=at,
            posted_date=max(given.posted_date, day_in_stockholm(at)),
            text=f"Återkrav: {grant.title}"[:300],
            lines=[ledger.Line(given.to_account, given.from_account, row.amount_ore)],
            point=grant.point_item.point,
            reason=row.reason,
        )
        row.decided_actor, row.decided_at, row.decided_by, row.voucher = by.actor_id, at, by.actor_name, voucher
        row.save(update_fields=["decided_actor", "decided_at", "decided_by", "voucher"])
        _told(by, at, "grant_recovery.decide", grant, amount_ore=row.amount_ore)
        looking.soon()
        return voucher


def mark_repaid(*, by: Context, at: datetime | None = None, recovery_id: UUID, repaid_date: date) -> None:
    """Note that the organisation has paid back."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = (
            GrantRecovery.objects.select_for_update(of=("self",)).select_related("grant").filter(id=recovery_id).first()
        )
        if row is None:
            raise Refused(NO_RECOVERY)
        if row.decided_at is None:
            raise Refused(RECOVERY_NOT_DECIDED)
        row.repaid_date = repaid_date
        row.save(update_fields=["repaid_date"])
        _told(by, at, "grant_recovery.repaid", row.grant, amount_ore=row.amount_ore)


def hold_grant(grant_id: UUID) -> Grant:
    """The grant, held for this transaction, which others wait for: the database's own check of the sums takes the same
    lock. Hold it before its rows. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"grant {grant_id}"])
    grant = Grant.objects.select_related("point_item__point").filter(id=grant_id).first()
    if grant is None:
        raise Refused(NO_GRANT)
    return grant


def _held_instalment(instalment_id: UUID) -> GrantInstalment:
    known = GrantInstalment.objects.filter(id=instalment_id).first()
    if known is None:
        raise Refused(NO_INSTALMENT)
    hold_grant(known.grant_id)
    return GrantInstalment.objects.select_related("grant").get(id=instalment_id)


def _account_of(grant: Grant) -> Transfer:
    """The transfer that gave the organisation the money. Raises Refused where none is in force."""
    if grant.point_item_id is None:
        raise Refused(NOT_POSTED)
    found = (
        Transfer.objects.select_related("from_account", "to_account")
        .filter(standing.giving("voucher__", point__items=grant.point_item_id), point_item_id=grant.point_item_id)
        .order_by("posted_date")
        .last()
    )
    if found is None:
        raise Refused(NOT_POSTED)
    return found


def _refuse_stopped(row: GrantInstalment, today: date) -> None:
    if row.stopped_at is not None:
        raise Refused(grant_terms.STOPPED, why=row.stop_reason)
    agreement = row.grant.agreements.order_by("version").last()
    is_signed = bool(agreement and agreement.city_signed_at and agreement.receiver_signed_at)
    has_recovery = row.grant.recoveries.filter(repaid_date__isnull=True).exists()
    if refused := grant_terms.why_not_pay(
        grant_instalments.held_by(row.report), is_signed=is_signed, has_recovery=has_recovery, today=today
    ):
        raise Refused(refused[0], **refused[1])


def _told(by: Context, at: datetime, action: str, grant: Grant, **content: object) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="money.grant",
        subject_id=grant.id,
        subject_name=grant.title,
        **content,
    )
