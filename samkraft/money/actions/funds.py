"""Set money aside: funds, appropriations and what a fund gets each year."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import ledger, postings
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import Appropriation, Fund, YearlyBudget
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.budgets import Carried
from samkraft.money.rules.posting import Purse
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

FUND_EXISTS = Reason(
    "fund_exists",
    phrase("Det finns redan en satsning som heter {name}."),
    phrase("Öppna den, eller välj ett annat namn."),
)
APPROPRIATION_EXISTS = Reason(
    "appropriation_exists", phrase("Anslaget {name} {year} finns redan."), phrase("Öppna det i stället.")
)
AMOUNT_ZERO = Reason(
    "budget_zero",
    phrase("Budgeten kan inte vara noll."),
    phrase("Skriv ett belopp, eller lämna fältet tomt om källan inte säger det."),
)
UNKNOWN_FUND = Reason("unknown_fund", phrase("Satsningen finns inte."), phrase("Gå till listan och välj en annan."))


def establish(
    *,
    by: Context,
    at: datetime | None = None,
    code: str,
    name: str,
    purpose: str,
    valid: Period,
    follows_id: UUID | None = None,
    committee_ids: Sequence[UUID] = (),
    goal_ids: Sequence[UUID] = (),
    initiative_ids: Sequence[UUID] = (),
    report_words: str = "",
    source: str = "",
) -> UUID:
    """Set up a fund: what the council wants, which committees it concerns and which goals it serves."""
    access.require(by, Permission.MANAGE_FUNDS)
    with transactions.write(by):
        if Fund.objects.filter(name=name).exists() or Fund.objects.filter(code=code).exists():
            raise Refused(FUND_EXISTS, name=name)
        fund = Fund.objects.create(
            id=uuid4(),
            code=code,
            name=name,
            purpose=purpose,
            valid=(valid.start_date, valid.end_date),
            follows_id=follows_id,
            report_words=report_words,
            source=source,
        )
        fund.committees.set(committee_ids)
        fund.goals.set(goal_ids)
        fund.initiatives.set(initiative_ids)
        trail.record(
            by=by, at=at, action="fund.establish", subject_kind="money.fund", subject_id=fund.id, subject_name=name
        )
        return fund.id


def appropriate(
    *, by: Context, at: datetime | None = None, name: str, owner_id: UUID, year: int, source: str = ""
) -> UUID:
    """Open an appropriation (anslag) that a body may dispose of in a year."""
    access.require(by, Permission.MANAGE_FUNDS)
    with transactions.write(by):
        try:
            opened = Appropriation.objects.create(id=uuid4(), name=name, owner_id=owner_id, year=year, source=source)
        except IntegrityError as error:
            if "money_appropriation_once" in str(error):
                raise Refused(APPROPRIATION_EXISTS, name=name, year=year) from error
            raise
        trail.record(
            by=by,
            at=at,
            action="appropriation.open",
            subject_kind="money.appropriation",
            subject_id=opened.id,
            subject_name=f"{name} {year}",
        )
        return opened.id


def budget(
    *,
    by: Context,
    at: datetime | None = None,
    fund_id: UUID,
    appropriation_id: UUID,
    amount_ore: int | None,
    carried: Carried = Carried.DISPOSAL,
    decided_date: date | None = None,
    is_assumption: bool = False,
    words: str = "",
    source: str = "",
) -> UUID:
    """Register what the council gives a fund for the year of the appropriation, and post it.

    A later change is one more budget: above zero adds, below zero takes back. None means that no source says how much;
    then money can be seen going out, but not what is left. Decided points that waited for this year are posted too.
    """
    access.require(by, Permission.MANAGE_FUNDS)
    if amount_ore == 0:
        raise Refused(AMOUNT_ZERO)
    at = at or timezone.now()
    with transactions.write(by):
        fund = Fund.objects.filter(id=fund_id).first()
        appropriation = Appropriation.objects.filter(id=appropriation_id).first()
        if fund is None or appropriation is None:
            raise Refused(UNKNOWN_FUND)
        row = YearlyBudget.objects.create(
            id=uuid4(),
            fund=fund,
            appropriation=appropriation,
            amount_ore=amount_ore,
            carried=carried.value,
            words=words,
            decided_date=decided_date,
            is_assumption=is_assumption,
            source=source,
            registered_at=at,
            registered_by=by.actor_name,
        )
        posted_date = decided_date or date(appropriation.year, 1, 1)
        if amount_ore is not None:
            _post_budget(by, at, row, fund, appropriation, posted_date)
        trail.record(
            by=by,
            at=at,
            action="budget.register",
            subject_kind="money.fund",
            subject_id=fund.id,
            subject_name=f"{fund.name} {appropriation.year}",
            amount_ore=amount_ore,
            carried=carried.value,
            is_assumption=is_assumption,
        )
        postings.post_waiting(by=by, at=at, fund=fund, appropriation=appropriation, posted_date=posted_date)
        looking.soon()
        return row.id


def _post_budget(
    by: Context, at: datetime, row: YearlyBudget, fund: Fund, appropriation: Appropriation, posted_date: date
) -> None:
    assert row.amount_ore is not None
    council = ledger.account_of(Purse(AccountKind.COUNCIL, appropriation.year))
    purse = Purse(AccountKind.APPROPRIATION, appropriation.year, fund.id, appropriation=appropriation.name)
    target = ledger.account_of(purse)
    assert council is not None
    assert target is not None
    source, receiver = (council, target) if row.amount_ore > 0 else (target, council)
    ledger.post_within(
        by=by,
        at=at,
        posted_date=posted_date,
        text=f"Budget {appropriation.year}: {fund.name}",
        lines=[ledger.Line(source, receiver, abs(row.amount_ore))],
        budget=row,
    )
