"""Whatever is decided, refused and reversed, every promise of the ledger still holds and a refusal leaves no trace."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Account, Decision, Matter, Transfer, Voucher
from samkraft.money.queries import proof
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.values.refusal import Refused
from tests.factories import money

pytestmark = pytest.mark.django_db
_cases = itertools.count(1)

AMOUNTS = some.integers(1, 4_000)
GIVES = some.tuples(
    some.just("gives"), some.sampled_from(["asn", "gvn", "ks", "redi"]), AMOUNTS, some.sampled_from([2024, 2025])
)
PAID = some.tuples(some.just("paid"), AMOUNTS, AMOUNTS, some.sampled_from([2024, 2025]))
OWN = some.tuples(some.just("own"), AMOUNTS, some.sampled_from(["redi", "asn"]), some.sampled_from([2024, 2025]))
REVERSES = some.tuples(some.just("reverses"), some.integers(0, 20))
BUDGETS = some.tuples(some.just("budget"), some.integers(-3_000, 5_000).filter(bool), some.sampled_from([2024, 2025]))
DEEDS = some.lists(some.one_of(GIVES, PAID, OWN, REVERSES, BUDGETS), min_size=1, max_size=8)


def points_of(city: money.City, deed: tuple) -> list[PointDraft]:  # type: ignore[type-arg]  # one of the shapes above
    if deed[0] == "gives":
        return [city.gives("1", deed[1], deed[2], deed[3])]
    if deed[0] == "paid":
        return [
            PointDraft("1", Verb.TRANSFERS, "överför", (city.item("ks", deed[1], deed[3]),)),
            PointDraft("2", Verb.GRANTS, "beviljar", (city.item("redi", deed[2], deed[3], paid_by="1"),)),
        ]
    return [
        PointDraft("1", Verb.GRANTS, "beviljar ur egen ram", (city.item(deed[2], deed[1], deed[3], appropriation=""),))
    ]


def do(city: money.City, deed: tuple, day: date) -> None:
    if deed[0] == "budget":
        city.budget(deed[1], deed[2])
    elif deed[0] == "reverses":
        rows = list(Voucher.objects.order_by("year", "number").values_list("id", flat=True))
        if rows:
            ledger.reverse(by=city.by, voucher_id=rows[deed[1] % len(rows)], reason="Prov")
    else:
        decisions.decide(
            by=city.by, case_number=f"STK-2024-{next(_cases)}", body_id=city.orgs["ks"], date=day,
            outcome=Outcome.AS_PROPOSED, points=points_of(city, deed),
        )  # fmt: skip


def traces(city: money.City) -> tuple[int, ...]:
    """Everything that a refused deed must leave as it was."""
    with transactions.read(city.by):
        counted = [model.objects.count() for model in (Matter, Decision, Voucher, Transfer, Event)]
    return (*counted, *Account.objects.order_by("id").values_list("balance_ore", flat=True))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds=DEEDS, first=some.dates(date(2024, 1, 1), date(2024, 12, 1)))
def test_the_ledger_holds_after_any_deeds(world: money.City, deeds: list[tuple], first: date) -> None:
    for place, deed in enumerate(deeds):
        before = traces(world)
        try:
            do(world, deed, first + timedelta(days=place))
        except Refused:
            assert traces(world) == before, "a refused deed left something behind"
    with transactions.read(world.by):
        found = proof.check()
    assert found.findings == ()
    assert sum(Account.objects.values_list("balance_ore", flat=True)) == 0


@pytest.fixture
def world() -> money.City:
    made = money.city()
    made.budget(10_000)
    made.budget(1_000, 2025)
    return made
