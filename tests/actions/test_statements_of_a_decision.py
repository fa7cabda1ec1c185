"""Registering a decision is a short conversation with the database: what it costs is bounded, point by point."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.money.actions import decisions
from samkraft.money.models import Transfer
from samkraft.money.rules.points import Outcome
from tests.factories import money

pytestmark = pytest.mark.django_db
ONE_POINT = 26  # two of them only here, where a test's own transaction lies outside
EACH_MORE = 9  # account, locks, balances, voucher, transfer, number, later days, and the reader of the account


def statements(city: money.City, case: str, points: int) -> int:
    codes = ("asn", "gvn", "fsn", "ks")
    with CaptureQueriesContext(connection) as asked:
        decisions.decide(
            by=city.by, case_number=case, title=case, body_id=city.orgs["ks"], date=date(2024, 3, 6),
            outcome=Outcome.AS_PROPOSED,
            points=[city.gives(str(number + 1), codes[number], 100) for number in range(points)],
        )  # fmt: skip
    return len(asked)


def test_what_a_decision_costs_is_bounded_and_grows_by_a_little_for_each_point() -> None:
    city = money.city()
    city.budget(100_000)
    statements(city, "STK-2024-1", 4)  # opens the accounts
    one, four = statements(city, "STK-2024-2", 1), statements(city, "STK-2024-3", 4)
    assert one <= ONE_POINT
    assert four - one <= 3 * EACH_MORE
    assert Transfer.objects.filter(point_item__isnull=False).count() == 9


def test_all_that_a_decision_does_is_in_the_trail_in_order() -> None:
    city = money.city()
    city.budget(100_000)
    statements(city, "STK-2024-1", 2)
    with transactions.read(city.by):
        told = list(
            Event.objects.filter(actor_id=city.by.actor_id)
            .order_by("recorded_at", "id")
            .values_list("action", flat=True)
        )
    assert sorted(told[-4:]) == ["decision.register", "matter.open", "voucher.post", "voucher.post"]
