"""Proposals made by a key or from what is proposed for requests: exact, once, and nothing moves."""

from copy import deepcopy
from datetime import date
from uuid import UUID

import pytest

from samkraft.money.actions import decisions, drafting, keys, requests
from samkraft.money.models import MoneyRequest, Proposal, Transfer
from samkraft.money.queries import keys as key_queries
from samkraft.money.queries import requests as request_queries
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.period import Period
from samkraft.values.refusal import Refused
from tests.factories import money, partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
SHARES = (("asn", 5100), ("gvn", 2700), ("fsn", 1600), ("ks", 600))


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(money.city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def _key(
    city: money.City, shares: tuple[tuple[str, int], ...] = SHARES, first: int = 2024, last: int | None = 2026
) -> UUID:
    end = date(last + 1, 1, 1) if last else None
    return keys.decide(
        by=city.by, fund_id=city.fund_id, valid=Period(date(first, 1, 1), end),
        shares=[(city.orgs[code], share) for code, share in shares], decided_in="STK-2024-291",
    )  # fmt: skip


def _propose(city: money.City, year: int = 2024) -> UUID:
    return drafting.propose_by_key(by=city.by, fund_id=city.fund_id, year=year, case_number="STK-2024-291")


def _amounts(proposal_id: UUID) -> dict[str, int]:
    points = Proposal.objects.get(id=proposal_id).points.order_by("position")
    return {
        item.receiver.code: (item.amount_ore or 0) // 100
        for point in points
        for item in point.items.all()
        if item.receiver
    }


def _refused(code: str, run: object) -> None:
    with pytest.raises(Refused) as refusal:
        run()  # type: ignore[operator]  # a function without arguments
    assert refusal.value.reason.code == code


def test_the_key_of_2024_gives_the_decided_amounts_and_moves_nothing(city: money.City) -> None:
    city.budget(25_600_000)
    _key(city)
    before = Transfer.objects.count()
    assert _amounts(_propose(city)) == {"asn": 13_056_000, "gvn": 6_912_000, "fsn": 4_096_000, "ks": 1_536_000}
    assert Transfer.objects.count() == before


def test_only_what_is_left_is_split(city: money.City) -> None:
    city.budget(30_500_000)
    _key(city)
    transfer = PointDraft("1", Verb.TRANSFERS, "överför", (city.item("ks", 4_900_000),))
    decisions.decide(
        by=city.by, case_number="STK-2024-1", body_id=city.orgs["ks"], date=date(2024, 2, 1),
        outcome=Outcome.AS_PROPOSED, points=[transfer],
    )  # fmt: skip
    assert sum(_amounts(_propose(city)).values()) == 25_600_000


def test_the_decision_of_such_a_proposal_empties_the_year(city: money.City) -> None:
    city.budget(100)
    _key(city, (("asn", 3333), ("gvn", 3333), ("fsn", 3334)))
    proposal = _propose(city)
    decisions.decide(
        by=city.by, case_number="STK-2024-291", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, proposal_id=proposal,
    )  # fmt: skip
    assert sum(city.kronor_at("frame", code) for code in ("asn", "gvn", "fsn")) == 100
    _refused("all_given", lambda: _propose(city))


def test_a_year_without_key_or_budget_is_refused(city: money.City) -> None:
    city.budget(100)
    _refused("no_key", lambda: _propose(city))
    _key(city)
    _refused("no_budget", lambda: _propose(city, 2025))
    city.budget(None, year=2026)
    _refused("no_budget", lambda: _propose(city, 2026))


def test_coming_years_are_expected_from_the_latest_sum_and_said_to_be(city: money.City) -> None:
    city.budget(25_600_000)
    _key(city)
    found = key_queries.expected_of(by=city.by, organisation_id=city.orgs["asn"])
    assert [(row.year, row.base_year, row.amount_ore) for row in found] == [
        (2025, 2024, 1_305_600_000), (2026, 2024, 1_305_600_000),
    ]  # fmt: skip
    city.budget(20_000_000, year=2025)
    found = key_queries.expected_of(by=city.by, organisation_id=city.orgs["asn"])
    assert [(row.year, row.base_year, row.amount_ore) for row in found] == [(2026, 2025, 1_020_000_000)]


def _ask(city: money.City, code: str, amount: int | None, purpose: str = "Kurs") -> UUID:
    return requests.ask(
        by=city.by, fund_id=city.fund_id, year=2024, organisation_id=city.orgs[code], purpose=purpose,
        amount_ore=kronor.from_kronor(amount) if amount is not None else None,
    )  # fmt: skip


def _suggest(city: money.City, request_id: UUID, amount: int) -> None:
    requests.note(
        by=city.by, request_id=request_id, kind=RequestEventKind.PROPOSED, amount_ore=kronor.from_kronor(amount)
    )


def _propose_requested(city: money.City) -> UUID:
    return drafting.propose_requested(by=city.by, fund_id=city.fund_id, year=2024, case_number="STK-2024-291")


def test_what_is_proposed_for_requests_becomes_one_point_each_and_only_once(city: money.City) -> None:
    city.budget(1_000)
    taken, refused, withdrawn, unanswered = (_ask(city, code, 500) for code in ("asn", "gvn", "fsn", "ks"))
    _suggest(city, taken, 300)
    _suggest(city, refused, 0)
    _suggest(city, withdrawn, 200)
    requests.note(by=city.by, request_id=withdrawn, kind=RequestEventKind.WITHDRAWN, text="Behövs inte")
    proposal = _propose_requested(city)
    assert _amounts(proposal) == {"asn": 300}
    row = request_queries.one(by=city.by, request_id=taken)
    assert row is not None
    assert [(each.case_number, each.is_decided) for each in row.taken_up] == [("STK-2024-291", False)]
    assert unanswered
    _refused("nothing_proposed", lambda: _propose_requested(city))


def test_more_than_the_budget_is_refused_and_nothing_is_saved(city: money.City) -> None:
    city.budget(1_000)
    _suggest(city, _ask(city, "asn", 700), 700)
    _suggest(city, _ask(city, "gvn", 700), 400)
    _refused("over_budget", lambda: _propose_requested(city))
    assert not Proposal.objects.exists()


def test_asked_proposed_and_decided_stand_side_by_side(city: money.City) -> None:
    city.budget(1_000)
    request_id = _ask(city, "asn", 700)
    _suggest(city, request_id, 600)
    proposal = _propose_requested(city)
    decisions.decide(
        by=city.by, case_number="STK-2024-291", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, proposal_id=proposal,
    )  # fmt: skip
    row = request_queries.one(by=city.by, request_id=request_id)
    assert row is not None
    assert (row.asked_ore, row.proposed_ore, row.decided_ore) == (70_000, 60_000, 60_000)
    [group] = request_queries.listed(by=city.by)
    assert [(one.body.code, one.given and one.given.ore) for one in group.bodies] == [("asn", 60_000)]


def test_a_committee_asks_for_itself_and_neither_for_another_nor_proposes(city: money.City) -> None:
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "gvn").context
    requests.ask(
        by=controller, fund_id=city.fund_id, year=2024, organisation_id=city.orgs["gvn"], purpose="K", amount_ore=1
    )
    _refused(
        "other_committee",
        lambda: requests.ask(
            by=controller, fund_id=city.fund_id, year=2024, organisation_id=city.orgs["asn"], purpose="K", amount_ore=1
        ),
    )
    _refused(
        "not_allowed",
        lambda: drafting.propose_by_key(by=controller, fund_id=city.fund_id, year=2024, case_number="STK-2024-1"),
    )
    assert MoneyRequest.objects.count() == 1
