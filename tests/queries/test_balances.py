"""Balances on a day, against the plain sum of the transfers."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db.models import Sum

from samkraft.money.actions import ledger
from samkraft.money.models import Account, MonthTotal, Transfer, Voucher
from samkraft.money.queries import balances
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import money, partners

pytestmark = pytest.mark.django_db
START = date(2023, 12, 30)


def _summed(day: date) -> dict[UUID, int]:
    until = Transfer.objects.filter(posted_date__lte=day)
    held: dict[UUID, int] = dict(until.values_list("to_account").annotate(Sum("amount_ore")))
    for account, out in until.values_list("from_account").annotate(Sum("amount_ore")):
        held[account] = held.get(account, 0) - out
    return {account: ore for account, ore in held.items() if ore}


def _book() -> money.City:
    """Budgets on the first and last days of months, one dated back, one reversed."""
    city = money.city()
    for amount, day in (
        (500, date(2024, 1, 1)),
        (70, date(2024, 1, 31)),
        (-20, date(2024, 2, 29)),
        (9, date(2024, 3, 1)),
        (1, date(2024, 2, 1)),
        (3000, date(2024, 12, 31)),
    ):
        city.budget(amount, decided_date=day)
    second = Voucher.objects.get(year=2024, number=2)
    ledger.reverse(by=city.by, voucher_id=second.id, reason="Fel belopp")
    return city


def test_every_day_is_told_as_the_transfers_sum_up() -> None:
    city = _book()
    days = [START + timedelta(days=step) for step in range(0, 372)]
    assert all(balances.on(by=city.by, day=day) == _summed(day) for day in days)
    assert len({tuple(sorted(balances.on(by=city.by, day=day).values())) for day in days}) > 5


def test_after_the_last_transfer_it_is_what_the_accounts_hold() -> None:
    city = _book()
    kept = {account.id: account.balance_ore for account in Account.objects.exclude(balance_ore=0)}
    assert balances.on(by=city.by, day=date(2099, 12, 31)) == kept


def test_month_totals_follow_every_transfer() -> None:
    _book()
    assert MonthTotal.objects.count() > 6
    assert MonthTotal.objects.aggregate(Sum("net_ore"))["net_ore__sum"] == 0


def test_who_may_not_see_money_is_refused() -> None:
    with pytest.raises(Refused):
        balances.on(by=partners.by(Role.EMPLOYMENT_OFFICER), day=START)
