"""No account is ever below zero on any day, also when something is registered long afterwards."""

from copy import deepcopy
from datetime import date

import pytest

from samkraft.audit.actions import transactions
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Voucher
from samkraft.money.queries import ledger as queries
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.values.refusal import Refused
from tests.factories import money
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


def _city() -> money.City:
    made = money.city()
    made.budget(10_000)
    return made


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def decide(city: money.City, case: str, day: date, *points: PointDraft) -> None:
    decisions.decide(
        by=city.by, case_number=case, body_id=city.orgs["ks"], date=day, outcome=Outcome.AS_PROPOSED, points=points
    )


def own_frame(city: money.City, amount: int) -> PointDraft:
    return PointDraft("1", Verb.GRANTS, "beviljar ur egen ram", (city.item("redi", amount, appropriation=""),))


def test_money_is_not_spent_on_a_day_before_it_came(city: money.City) -> None:
    decide(city, "STK-2024-1", date(2024, 6, 3), city.gives("1", "ks", 1_000))
    with pytest.raises(Refused) as refused:
        decide(city, "STK-2024-2", date(2024, 6, 2), own_frame(city, 500))
    assert refused.value.reason.code == "overdrawn_later"
    decide(city, "STK-2024-2", date(2024, 6, 3), own_frame(city, 500))
    assert city.kronor_at("receiver", "redi") == 500


def test_money_that_has_gone_out_since_is_not_spent_afterwards(city: money.City) -> None:
    decide(city, "STK-2024-1", date(2024, 3, 1), city.gives("1", "ks", 1_000))
    decide(city, "STK-2024-2", date(2024, 9, 1), own_frame(city, 900))
    with pytest.raises(Refused) as refused:
        decide(city, "STK-2024-3", date(2024, 5, 1), own_frame(city, 200))
    assert refused.value.reason.code == "overdrawn"


def test_the_balance_of_any_day_is_what_had_been_posted_by_then(city: money.City) -> None:
    decide(city, "STK-2024-1", date(2024, 3, 6), city.gives("1", "asn", 1_000))
    decide(city, "STK-2024-2", date(2024, 6, 30), city.gives("1", "asn", 2_000))
    with transactions.read(city.by):
        told = {
            day: next((row.balance_ore for row in queries.accounts(by=city.by, per=day, kind="frame")), None)
            for day in (date(2024, 3, 5), date(2024, 3, 6), date(2024, 6, 29), date(2024, 6, 30))
        }
    assert list(told.values()) == [0, 100_000, 100_000, 300_000]


def test_an_accounts_pages_hang_together_however_they_are_cut(city: money.City) -> None:
    for number in range(1, 8):
        decide(city, f"STK-2024-{number}", date(2024, 3, 1 + number // 3), city.gives("1", "asn", number * 100))
    ledger.reverse(by=city.by, voucher_id=Voucher.objects.get(number=4).id, reason="Fel")
    with transactions.read(city.by):
        account = next(row for row in queries.accounts(by=city.by, kind="frame"))
        whole = queries.account(by=city.by, account_id=account.id)
        assert whole is not None
        cut, after = [], ""
        while True:
            shown = queries.account(by=city.by, account_id=account.id, after=after, most=3)
            assert shown is not None
            cut += shown.rows
            after = shown.after
            if not after:
                break
        assert tuple(cut) == whole.rows
        assert whole.rows[0].balance_ore == account.balance_ore
        assert whole.rows[-1].balance_ore == whole.rows[-1].change_ore
        assert list(queries.every_transfer(by=city.by, account_id=account.id)) == cut
