"""The book out as SIE 4i with committee, fund and counterpart; an EU project's outcome in, all of it or nothing."""

from datetime import date

import pytest

from samkraft.money.actions import economy_accounts
from samkraft.money.actions.eu import eu_outcomes
from samkraft.money.queries import sie_files
from samkraft.money.queries.eu import eu_claims
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.economy_accounts import Range, kind_of
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.sie import reading
from samkraft.money.rules.sie.book import COST_CENTRE
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import economy_files, partners
from tests.factories import eu_projects as eu
from tests.factories.eu_projects import LATER

pytestmark = pytest.mark.django_db
MADE = date(2024, 4, 1)
RANGES = (Range("461", "469", RowKind.TRAVEL), Range("5000", "5999", None), Range("7690", "7690", RowKind.EXTERNAL),
          Range("391", "391", RowKind.REVENUE))  # fmt: skip


def test_the_books_vouchers_go_out_balanced_with_committee_fund_and_counterpart() -> None:
    city = economy_files.decided()
    content = sie_files.of_year(by=city.by, year=2024, made=MADE)
    book = reading.read(content)
    assert book.kind == "4i"
    amounts = {
        row.objects[COST_CENTRE]: row.amount_ore
        for entry in book.entries
        for row in entry.rows
        if row.amount_ore > 0 and COST_CENTRE in row.objects
    }
    assert amounts["asn"] == 60_000
    assert amounts["gvn"] == 30_000
    (fund,) = {row.objects.get(sie_files.FUND) for entry in book.entries for row in entry.rows}
    assert book.objects[sie_files.FUND, fund]
    assert {row.objects.get(sie_files.COUNTERPART) for entry in book.entries for row in entry.rows if row.amount_ore < 0} >= {
        "asn", "gvn",
    }  # fmt: skip
    assert content == sie_files.of_year(by=city.by, year=2024, made=MADE)
    assert not reading.read(sie_files.of_year(by=city.by, year=2023, made=MADE)).entries


def test_the_citys_own_account_takes_the_place_of_the_assumed_one() -> None:
    city = economy_files.decided()
    economy_accounts.say_account(by=city.by, kind=AccountKind.FRAME, number="1799", name="Nämndernas ramar")
    economy_accounts.say_account(by=city.by, kind=AccountKind.FRAME, number="1798", name="Nämndernas ramar")
    book = reading.read(sie_files.of_year(by=city.by, year=2024, made=MADE))
    assert book.accounts["1798"] == "Nämndernas ramar"
    assert "1799" not in book.accounts
    assert {kind: assumed for kind, _number, _name, assumed in sie_files.accounts(by=city.by)}[
        AccountKind.FRAME
    ] is False
    with pytest.raises(Refused) as refused:
        economy_accounts.say_account(by=city.by, kind=AccountKind.FRAME, number="17a", name="x")
    assert refused.value.reason is economy_accounts.NOT_A_NUMBER


def test_only_those_who_handle_funds_take_the_book_out() -> None:
    economy_files.decided()
    with pytest.raises(Refused):
        sie_files.of_year(by=partners.by(Role.COUNCILLOR), year=2024, made=MADE)


def test_an_outcome_is_tried_then_taken_in_once_and_revenue_turns_its_sign() -> None:
    project = eu.project()
    by = project.economist
    economy_accounts.say_ranges(by=by, project_id=project.id, ranges=RANGES)
    content = economy_files.outcome_file(
        ("4610", 12_550, "P1"), ("7690", 100, "P2"), ("5010", 900, "P1"), ("3910", -50, "P1"), ("7690", 5, "")
    )
    tried = economy_accounts.take_in(by=by, at=LATER, project_id=project.id, content=content, code="P1", is_trial=True)
    assert (len(tried.taken), tried.left_out) == (2, 1)
    assert eu_claims.outcome(project.id).sums == {}
    economy_accounts.take_in(by=by, at=LATER, project_id=project.id, content=content, code="P1")
    assert eu_claims.outcome(project.id).sums == {RowKind.TRAVEL: 12_550, RowKind.REVENUE: 50}
    assert eu_claims.outcome(project.id).costs_ore == 12_500
    with pytest.raises(Refused) as refused:
        economy_accounts.take_in(by=by, at=LATER, project_id=project.id, content=content, code="P1")
    assert refused.value.reason is eu_outcomes.REFERENCE_TWICE


def test_an_account_that_nobody_has_placed_refuses_the_whole_file_by_name() -> None:
    project = eu.project()
    economy_accounts.say_ranges(by=project.economist, project_id=project.id, ranges=RANGES)
    with pytest.raises(Refused) as refused:
        economy_accounts.take_in(
            by=project.economist, at=LATER, project_id=project.id,
            content=economy_files.outcome_file(("4610", 1, "P1"), ("6000", 2, "P1")), code="P1",
        )  # fmt: skip
    assert "6000 Annat" in str(refused.value)
    with pytest.raises(Refused) as refused:
        economy_accounts.take_in(
            by=project.economist,
            at=LATER,
            project_id=project.id,
            content=economy_files.outcome_file(("4610", 1, "P2")),
            code="P9",
        )
    assert "P1, P2" in str(refused.value)
    assert eu_claims.outcome(project.id).sums == {}


def test_ranges_are_in_order_and_the_narrowest_holds() -> None:
    project = eu.project()
    with pytest.raises(Refused) as refused:
        economy_accounts.say_ranges(by=project.economist, project_id=project.id, ranges=[Range("469", "461", None)])
    assert refused.value.reason is economy_accounts.RANGE_BACKWARDS
    wide, narrow = Range("400", "499", RowKind.EXTERNAL), Range("4610", "4619", RowKind.TRAVEL)
    assert kind_of("4615", [wide, narrow]) is narrow
    assert kind_of("4700", [wide, narrow]) is wide
    assert kind_of("3910", [wide, narrow]) is None
