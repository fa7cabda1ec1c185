"""Whatever is changed in the ledger behind the program's back, `prove ledger` finds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Voucher
from samkraft.money.queries import proof
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from tests import database
from tests.factories import money

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("money_account", "money_voucher", "money_transfer", "money_pointitem", "money_decision", "money_yearlybudget")


@pytest.fixture
def city() -> money.City:
    """A budget, a decision with a transfer that pays a grant, and a voucher that is reversed."""
    made = money.city()
    made.budget(10_000)
    decisions.decide(
        by=made.by,
        case_number="STK-2024-1",
        body_id=made.orgs["ks"],
        date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED,
        points=[
            made.gives("1", "asn", 6_000),
            made.gives("2", "gvn", 1_000),
            PointDraft("3", Verb.TRANSFERS, "överför 500 kronor", (made.item("ks", 500),)),
            PointDraft("4", Verb.GRANTS, "beviljar 500 kronor", (made.item("redi", 500, paid_by="3"),)),
        ],
    )
    gvn = Voucher.objects.get(point__number="2")
    ledger.reverse(by=made.by, voucher_id=gvn.id, reason="Fel nämnd")
    return made


@contextmanager
def behind_the_back() -> Iterator[Any]:
    """The owner's connection with the tables' own guards off, as someone with the database's keys could have them."""
    with database.as_owner(connection.settings_dict["NAME"]) as opened:
        for table in TABLES:
            opened.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield opened
        for table in TABLES:
            opened.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def checks_that_fail(city: money.City) -> set[str]:
    with transactions.read(city.by):
        return {finding.check for finding in proof.check().findings}


def test_an_untouched_ledger_holds(city: money.City) -> None:
    with transactions.read(city.by):
        found = proof.check()
    assert found.findings == ()
    assert (found.vouchers, found.transfers) == (6, 6)


OF_POINT_1 = "SELECT v.id FROM money_voucher v JOIN money_point p ON p.id = v.point_id WHERE p.number = '1'"
REVERSAL = "SELECT id FROM money_voucher WHERE reverses_id IS NOT NULL"
SHRINK = f"UPDATE money_transfer SET amount_ore = amount_ore - 100 WHERE voucher_id IN ({OF_POINT_1})"
COLUMNS = "from_account_id, to_account_id, amount_ore, posted_date, point_item_id"

# What is done, and the check that must fail for it. Some changes break more than one promise.
TAMPERING = {
    "a balance is raised": (
        "UPDATE money_account SET balance_ore = balance_ore + 1 WHERE kind = 'receiver'",
        "balances",
    ),
    "a transfer's amount is changed": (
        SHRINK,
        "balances",
    ),
    "the same, and the digest does not fit": (
        SHRINK,
        "digests",
    ),
    "the same, and the decision says otherwise": (
        SHRINK,
        "decided",
    ),
    "a voucher's text is changed": ("UPDATE money_voucher SET text = 'något annat' WHERE number = 2", "digests"),
    "a voucher's digest is changed": ("UPDATE money_voucher SET digest = repeat('0', 64) WHERE number = 2", "digests"),
    "a voucher gets another number": ("UPDATE money_voucher SET number = 99 WHERE number = 3", "numbers"),
    "the next number is skipped": ("UPDATE money_voucherseries SET next_number = next_number + 5", "numbers"),
    "a reversal is made smaller": (
        f"UPDATE money_transfer SET amount_ore = amount_ore - 100 WHERE voucher_id IN ({REVERSAL})",
        "reversals",
    ),
    "a decided amount is changed afterwards": (
        "UPDATE money_pointitem SET amount_ore = amount_ore + 100 WHERE amount_ore = 600000",
        "decided",
    ),
    "a decided row is posted twice": (
        f"INSERT INTO money_transfer (id, voucher_id, position, {COLUMNS}) "
        f"SELECT gen_random_uuid(), voucher_id, 9, {COLUMNS} FROM money_transfer WHERE amount_ore = 600000",
        "decided",
    ),
    "a decision becomes a rejection": ("UPDATE money_decision SET outcome = 'rejected'", "grounds"),
    "a voucher loses its ground": ("UPDATE money_voucher SET point_id = NULL WHERE point_id IS NOT NULL", "grounds"),
    "a voucher loses its transfers": (
        f"DELETE FROM money_transfer WHERE voucher_id IN ({REVERSAL})",
        "grounds",
    ),
    "a month total is changed": ("UPDATE money_monthtotal SET net_ore = net_ore + 1", "months"),
    "a budget is raised without money": ("UPDATE money_yearlybudget SET amount_ore = amount_ore + 100", "budgets"),
    "a day is moved so that an account was overdrawn": (
        "UPDATE money_transfer SET posted_date = '2023-12-01' "
        "WHERE voucher_id IN (SELECT id FROM money_voucher WHERE budget_id IS NULL)",
        "overdrafts",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_a_change_behind_the_back_is_found(city: money.City, what: str) -> None:
    statement, check = TAMPERING[what]
    assert checks_that_fail(city) == set()
    with behind_the_back() as opened:
        done = opened.execute(statement)
        assert done.rowcount > 0, "the tampering changed nothing"
    assert check in checks_that_fail(city)


def test_a_removed_voucher_is_missed_by_the_trail(city: money.City) -> None:
    with behind_the_back() as opened:
        last = "(SELECT id FROM money_voucher ORDER BY number DESC LIMIT 1)"
        opened.execute(f"DELETE FROM money_transfer WHERE voucher_id = {last}")
        opened.execute(f"DELETE FROM money_voucher WHERE id = {last}")
    assert {"digests", "numbers"} <= checks_that_fail(city)


def test_a_voucher_that_nobody_told_the_trail_about_is_found(city: money.City) -> None:
    with behind_the_back() as opened:
        opened.execute("DELETE FROM audit_event WHERE action = 'voucher.post' AND subject_name LIKE '%-2'")
    assert "digests" in checks_that_fail(city)
