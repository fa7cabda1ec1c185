"""The flow of a year as it is read from decisions and ledger: sums, narrowing, what waits, what is unknown."""

from copy import deepcopy
from datetime import date

import pytest

from samkraft.money.actions import decisions, figures, ledger
from samkraft.money.models import Voucher
from samkraft.money.queries import funds
from samkraft.money.queries.flow import flow, flow_nodes
from samkraft.money.queries.flow.flow import Flow, Narrow
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.uses import UseStage
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import money, partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
KR = 100


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(money.city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def _year(city: money.City, year: int = 2024, **narrow: str) -> Flow:
    found = flow.read(by=city.by, fund_code="jobb", year=year, narrow=Narrow(**narrow))
    assert found is not None
    return found


def _decide(city: money.City, *points: PointDraft, case: str = "STK-2024-291", **more: object) -> None:
    decisions.decide(
        by=city.by, case_number=case, body_id=city.orgs["ks"], date=date(2024, 3, 6), outcome=Outcome.AS_PROPOSED,
        points=points, **more,  # type: ignore[arg-type]  # as decisions.decide
    )  # fmt: skip


def _transfer_and_grants(city: money.City) -> tuple[PointDraft, PointDraft]:
    return (
        PointDraft("5", Verb.TRANSFERS, "överför", (city.item("ks", 900),)),
        PointDraft(
            "6", Verb.GRANTS, "beviljar",
            (city.item("redi", 500, paid_by="5"), city.item("summer", 300, paid_by="5")),
        ),
    )  # fmt: skip


def test_what_is_not_given_out_is_unexplained_and_a_transfer_counts_once(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000), *_transfer_and_grants(city))
    year = _year(city)
    assert year.budget == Amount(10_000 * KR)
    assert year.allocated == Amount(6_900 * KR)
    assert year.unexplained_ore == 3_100 * KR
    assert {(path.body.code, path.receiver_name, path.amount_ore) for path in year.paths} == {
        ("asn", "", 6_000 * KR), ("ks", "REDI", 500 * KR), ("ks", "SUMMER", 300 * KR), ("ks", "", 100 * KR),
    }  # fmt: skip


def test_a_proposal_draws_nothing(city: money.City) -> None:
    city.budget(10_000)
    decisions.propose(
        by=city.by,
        case_number="STK-2024-291",
        title="F",
        decider_id=city.orgs["ks"],
        points=[city.gives("1", "asn", 6_000)],
    )
    assert _year(city).paths == ()
    assert _year(city).unexplained_ore == 10_000 * KR


def test_narrowing_leaves_out_the_rest_and_still_adds_up(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000), *_transfer_and_grants(city))
    assert _year(city, body="asn").total_shown == Amount(6_000 * KR)
    assert _year(city, body="ks").total_shown == Amount(900 * KR)
    assert _year(city, receiver="redi").total_shown == Amount(500 * KR)
    assert _year(city, matter="STK-2024-1").shown == ()
    whole = _year(city)
    assert sum(_year(city, body=code).total_shown.known_ore for code in ("asn", "ks")) == whole.allocated.known_ore


def test_decided_money_of_a_year_without_budget_waits_and_is_posted_when_it_comes(city: money.City) -> None:
    city.budget(10_000)
    _decide(
        city,
        PointDraft("1", Verb.ALLOCATES, "tilldelar", (city.item("asn", 10_000), city.item("asn", 4_000, year=2025))),
    )
    year = _year(city, 2025)
    assert (year.waiting, year.allocated) == (Amount(4_000 * KR), Amount(4_000 * KR))
    assert year.unexplained_ore is None, "no budget, so what is left is not known"
    city.budget(5_000, year=2025)
    year = _year(city, 2025)
    assert (year.waiting, year.unexplained_ore) == (Amount(), 1_000 * KR)


def test_unknown_amounts_are_shown_as_unknown_and_make_the_rest_unknown(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000), PointDraft("2", Verb.ALLOCATES, "ger", (city.item("gvn", None),)))
    year = _year(city)
    assert year.allocated == Amount(6_000 * KR, 1)
    assert year.unexplained_ore is None


def test_an_unknown_budget_is_unknown_not_zero(city: money.City) -> None:
    city.budget(None)
    _decide(city, city.gives("1", "asn", 6_000))
    assert _year(city).budget.ore is None
    assert _year(city).unexplained_ore is None


def test_what_is_reversed_in_the_ledger_is_no_longer_in_the_flow(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000))
    voucher = Voucher.objects.get(point__isnull=False)
    ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel nämnd")
    year = _year(city)
    assert year.paths == ()
    assert year.unexplained_ore == 10_000 * KR
    assert [item.receiver_name for item in year.reversed_items] == ["ASN"]


def test_what_was_reported_hides_what_was_planned(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "gvn", 350))
    for stage, title, amount in (
        (UseStage.PLANNED, "Tanke", None),
        (UseStage.REPORTED, "Kurs", 300),
        (UseStage.REPORTED, "Råd", 50),
    ):
        figures.note_use(
            by=city.by, organisation_id=city.orgs["gvn"], fund_id=city.fund_id, year=2024, stage=stage,
            support=Support.FRAME, title=title, amount_ore=amount * KR if amount else None,
        )  # fmt: skip
    assert [(path.uses[0].title, path.amount_ore) for path in _year(city).paths] == [
        ("Kurs", 300 * KR),
        ("Råd", 50 * KR),
    ]


def test_assumed_decisions_are_named(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000), is_assumption=True, note="Inget protokoll.")
    assert [item.case_number for item in _year(city).assumed] == ["STK-2024-291"]


def test_the_latest_year_with_a_budget_comes_first(city: money.City) -> None:
    city.budget(10_000, year=2023)
    city.budget(10_000, year=2024)
    _decide(city, PointDraft("1", Verb.ALLOCATES, "tilldelar", (city.item("asn", 1, year=2026),)))
    found = flow.read(by=city.by)
    assert found is not None
    assert (found.year, found.family.years) == (2024, (2023, 2024, 2026))


def test_kinds_of_support_are_kept_apart(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, city.gives("1", "asn", 6_000), *_transfer_and_grants(city))
    kinds = {kind.support: kind.amount.ore for kind in funds.kinds_of(_year(city))}
    assert kinds == {Support.FRAME: 6_100 * KR, Support.GRANT: 500 * KR, Support.UNKNOWN: 300 * KR}


def test_a_body_shows_what_it_got_and_what_it_paid_on(city: money.City) -> None:
    city.budget(10_000)
    _decide(city, *_transfer_and_grants(city))
    board = flow_nodes.body(by=city.by, code="ks")
    assert board is not None
    assert board.years[0].in_sum == Amount(900 * KR)
    assert [path.receiver_name for path in board.years[0].paid_on] == ["REDI", "SUMMER"]
    redi = flow_nodes.body(by=city.by, code="redi")
    assert redi is not None
    assert redi.years[0].received_sum == Amount(500 * KR)


def test_who_may_not_see_money_is_refused() -> None:
    outsider = partners.member(Role.EMPLOYMENT_OFFICER).context
    for read in (
        lambda: flow.read(by=outsider),
        lambda: funds.listed(by=outsider),
        lambda: flow_nodes.body(by=outsider, code="ks"),
    ):
        with pytest.raises(Refused) as refusal:
            read()
        assert refusal.value.reason.code == "not_allowed"
