"""A proposal moves nothing; a decision posts what was decided; the same money is never posted twice."""

from copy import deepcopy
from datetime import date

import pytest

from samkraft.initiatives.queries import duties as duty_queries
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Decision, Point, PointItem, Transfer, Voucher
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import money, partners, refusals
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
DAY = date(2024, 3, 6)


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


def propose(city: money.City, *points: PointDraft) -> object:
    return decisions.propose(
        by=city.by, case_number="STK-2024-1", title="Fördelning", decider_id=city.orgs["ks"], points=points
    )


def decide(city: money.City, **more: object) -> object:
    arguments = {"case_number": "STK-2024-1", "body_id": city.orgs["ks"], "date": DAY, "outcome": Outcome.AS_PROPOSED}
    return decisions.decide(by=city.by, **{**arguments, **more})  # type: ignore[arg-type]  # as decisions.decide


def test_a_registered_proposal_leaves_every_balance_unchanged(city: money.City) -> None:
    before = city.kronor_at("appropriation")
    propose(city, city.gives("1", "asn", 6_000))
    assert (before, city.kronor_at("appropriation"), city.kronor_at("frame", "asn")) == (10_000, 10_000, 0)


def test_a_decision_as_proposed_posts_the_proposals_points(city: money.City) -> None:
    proposal = propose(city, city.gives("1", "asn", 6_000), city.gives("2", "gvn", 3_000))
    decide(city, proposal_id=proposal)
    assert city.kronor_at("frame", "asn") == 6_000
    assert city.kronor_at("frame", "gvn") == 3_000
    assert city.kronor_at("appropriation") == 1_000


def test_a_changed_amount_posts_the_decided_one_and_keeps_both(city: money.City) -> None:
    proposal = propose(city, city.gives("1", "asn", 6_000))
    decide(city, proposal_id=proposal, outcome=Outcome.CHANGED, points=[city.gives("1", "asn", 5_500)])
    assert city.kronor_at("frame", "asn") == 5_500
    assert PointItem.objects.get(point__proposal__isnull=False).amount_ore == 600_000
    assert PointItem.objects.get(point__decision__isnull=False).amount_ore == 550_000


@pytest.mark.parametrize("outcome", [Outcome.REMITTED, Outcome.TABLED, Outcome.REJECTED])
def test_what_is_not_decided_posts_nothing(city: money.City, outcome: Outcome) -> None:
    proposal = propose(city, city.gives("1", "asn", 6_000))
    decide(city, proposal_id=proposal, outcome=outcome)
    assert city.kronor_at("appropriation") == 10_000
    assert Decision.objects.get().outcome == outcome.value


def test_a_remitted_matter_can_be_decided_at_a_later_meeting(city: money.City) -> None:
    proposal = propose(city, city.gives("1", "asn", 6_000))
    decide(city, proposal_id=proposal, outcome=Outcome.REMITTED)
    decide(city, proposal_id=proposal, date=date(2024, 4, 10))
    assert city.kronor_at("frame", "asn") == 6_000


def test_a_transfer_that_pays_for_grants_is_counted_once(city: money.City) -> None:
    grants = PointDraft(
        "2",
        Verb.GRANTS,
        "beviljar",
        (city.item("redi", 500, paid_by="1"), city.item("summer", 400, paid_by="1")),
    )
    transfer = PointDraft("1", Verb.TRANSFERS, "överför", (city.item("ks", 900),))
    decide(city, points=[transfer, grants])
    assert city.kronor_at("appropriation") == 9_100
    assert city.kronor_at("frame", "ks") == 0
    assert (city.kronor_at("receiver", "redi"), city.kronor_at("receiver", "summer")) == (500, 400)


def test_a_supplier_that_is_granted_money_is_kept_apart_as_unclear(city: money.City) -> None:
    point = PointDraft("1", Verb.GRANTS, "beviljar", (city.item("redi", 500), city.item("summer", 400)))
    decide(city, points=[point])
    kinds = dict(PointItem.objects.values_list("receiver__code", "support"))
    assert kinds == {"redi": Support.GRANT, "summer": Support.UNKNOWN}


def test_years_without_a_budget_wait_and_are_posted_when_it_comes(city: money.City) -> None:
    items = tuple(city.item("asn", 1_000, year) for year in (2024, 2025))
    decide(city, points=[PointDraft("1", Verb.ALLOCATES, "tilldelar årligen", items)])
    assert city.kronor_at("frame", "asn", 2025) == 0
    city.budget(5_000, year=2025)
    assert city.kronor_at("frame", "asn", 2025) == 1_000
    assert city.kronor_at("appropriation", year=2025) == 4_000


def test_a_body_without_a_share_cannot_grant_out_of_its_own_frame(city: money.City) -> None:
    grant = PointDraft("1", Verb.GRANTS, "beviljar", (city.item("redi", 500, appropriation=""),))
    assert refusals.code_of(decide, city, points=[grant]) == "overdrawn"


def test_an_amount_that_is_not_stated_moves_nothing_and_stays_unknown(city: money.City) -> None:
    decide(city, points=[PointDraft("1", Verb.ALLOCATES, "tilldelar", (city.item("asn", None),))])
    assert PointItem.objects.get().amount_ore is None
    assert city.kronor_at("appropriation") == 10_000


def test_a_fund_of_unknown_size_can_be_given_out_but_not_be_said_to_have_anything_left(city: money.City) -> None:
    city.budget(None, year=2025)
    decide(city, points=[city.gives("1", "asn", 700, 2025)])
    assert city.kronor_at("frame", "asn", year=2025) == 700


def test_overdrawing_is_refused_with_what_is_left_and_nothing_is_saved(city: money.City) -> None:
    with pytest.raises(Refused) as refused:
        decide(city, points=[city.gives("1", "asn", 9_000), city.gives("2", "gvn", 1_001)])
    assert refused.value.reason is ledger.OVERDRAWN
    assert "1\u00a0000\u00a0kr kvar" in str(refused.value)
    assert not Decision.objects.exists()
    assert not Point.objects.exists()
    assert Transfer.objects.count() == 1  # the budget


def test_a_voucher_dated_before_money_that_has_gone_out_may_not_overdraw_a_later_day(city: money.City) -> None:
    decide(city, points=[city.gives("1", "asn", 9_000)], date=date(2024, 6, 1))
    city.budget(5_000, decided_date=date(2024, 9, 1))
    code = refusals.code_of(
        decide, city, case_number="STK-2024-2", points=[city.gives("1", "gvn", 4_000)], date=date(2024, 5, 1)
    )
    assert code == ledger.OVERDRAWN_LATER.code


def test_the_same_matter_body_and_day_is_refused_the_second_time(city: money.City) -> None:
    decide(city, points=[city.gives("1", "asn", 1_000)])
    assert refusals.code_of(decide, city, points=[city.gives("1", "asn", 1_000)]) == "already_decided"
    assert city.kronor_at("frame", "asn") == 1_000


def test_a_proposal_is_not_posted_again_under_another_day(city: money.City) -> None:
    proposal = propose(city, city.gives("1", "asn", 1_000))
    decide(city, proposal_id=proposal)
    assert refusals.code_of(decide, city, proposal_id=proposal, date=date(2024, 4, 10)) == "already_posted"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year": None}, "missing_year"),
        ({"receiver_id": None}, "missing_receiver"),
        ({"fund_id": None}, "missing_fund"),
        ({"paid_by": "9"}, "no_payer"),
    ],
)
def test_what_cannot_be_posted_is_refused_by_name(city: money.City, change: dict[str, object], code: str) -> None:
    from dataclasses import replace

    item = replace(city.item("asn", 100), **change)  # type: ignore[arg-type]  # the change under test
    assert refusals.code_of(decide, city, points=[PointDraft("1", Verb.ALLOCATES, "tilldelar", (item,))]) == code
    assert not Decision.objects.exists()


@pytest.mark.parametrize("amount", [0, -5])
def test_amounts_must_be_above_zero(city: money.City, amount: int) -> None:
    assert refusals.code_of(decide, city, points=[city.gives("1", "asn", amount)]) == "amount_not_positive"


def test_grants_may_not_exceed_the_transfer_that_pays_them(city: money.City) -> None:
    transfer = PointDraft("1", Verb.TRANSFERS, "överför", (city.item("ks", 900),))
    grant = PointDraft("2", Verb.GRANTS, "beviljar", (city.item("redi", 901, paid_by="1"),))
    assert refusals.code_of(decide, city, points=[transfer, grant]) == "payer_too_small"


def test_an_assumed_decision_needs_a_reason(city: money.City) -> None:
    points = [city.gives("1", "asn", 1_000)]
    assert refusals.code_of(decide, city, points=points, is_assumption=True) == "assumption_needs_reason"
    decide(city, points=points, is_assumption=True, note="Protokollet saknas.")
    assert Decision.objects.get().is_assumption


def test_only_those_who_may_register(city: money.City) -> None:
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "asn").context
    city.by = controller
    assert refusals.code_of(decide, city, points=[city.gives("1", "asn", 1)]) == "not_allowed"


def test_a_reversal_moves_the_money_back_and_happens_once(city: money.City) -> None:
    decide(city, points=[city.gives("1", "asn", 1_000)])
    voucher = Voucher.objects.get(point__isnull=False)
    ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel nämnd")
    assert (city.kronor_at("frame", "asn"), city.kronor_at("appropriation")) == (0, 10_000)
    assert refusals.code_of(ledger.reverse, by=city.by, voucher_id=voucher.id, reason="Igen") == "already_reversed"
    assert refusals.code_of(ledger.reverse, by=city.by, voucher_id=voucher.id, reason=" ") == "reason_needed"


def test_a_duty_in_a_decision_becomes_a_place_in_the_year_wheel(city: money.City) -> None:
    duty = PointDraft(
        "1", Verb.INSTRUCTS, "rapportera hur medlen använts", (city.item("asn"),), due_words="årsbokslut", binding=True
    )
    decide(city, points=[duty])
    (row,) = duty_queries.of_body(body_id=city.orgs["asn"], today=DAY)
    assert (row.due_date, row.binding) == (date(2025, 1, 31), True)
