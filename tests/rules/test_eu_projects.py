"""An EU project's sums, shares and hours, against figures worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from samkraft.money.rules.eu import eu_budgets, eu_outcomes
from samkraft.money.rules.eu.eu_budgets import Demand, Row, RowKind, Told
from samkraft.money.rules.eu.eu_outcomes import Rate, Worked
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.findings import eu_projects, every
from samkraft.money.rules.findings.facts import EuBudget, EuStatement, Sources
from samkraft.operations.world import eu_project as world
from samkraft.values import kronor
from samkraft.values.period import Period

ROWS = tuple(Row(kind, kronor.from_kronor(amount), phase, who) for kind, amount, phase, who in world.BUDGET)
DEMAND = Demand(Decimal("53.00"), 2)


def _budget(**more: object) -> EuBudget:
    statements = tuple(
        EuStatement(kind, row, what, body=body, person_months=months)
        for kind, row, what, body, months in world.STATEMENTS
    )
    told = {"rows": ROWS, "statements": statements, "person_months": 1158, "year": 2020, **more}
    return EuBudget("mk", "Malmökraften 2.0", 1, "Arbetsförmedlingen", DEMAND, **told)  # type: ignore[arg-type]  # as named


def test_the_sums_of_the_application_are_its_rows() -> None:
    sums = eu_budgets.add_up(ROWS)
    assert (sums.costs_ore, sums.cash_ore) == (7_565_773_400, 3_257_000_000)
    assert (sums.cofinancing_ore, sums.total_ore) == (4_858_596_600, 9_167_370_000)
    assert sums.needed_support_ore == sums.support_ore == 4_308_773_400
    checks = eu_budgets.check_sums(ROWS, Told(total_ore=9_167_370_000, costs_ore=7_565_773_500))
    assert [(check.name, check.holds) for check in checks] == [
        ("Kostnader", False), ("All finansiering", True), ("Stödet och kontanterna mot kostnaderna", True),
    ]  # fmt: skip


def test_the_share_is_1095_kronor_short_of_53_percent_and_is_only_met_when_rounded() -> None:
    check = eu_budgets.check_demand(eu_budgets.add_up(ROWS), DEMAND)
    assert eu_budgets.rounded(check.exact, 4) == Decimal("52.9988")
    assert -(-check.short_ore // 100) == 1095
    assert not check.holds_exactly
    assert check.holds_rounded
    assert not eu_budgets.check_demand(eu_budgets.add_up(ROWS), Demand(Decimal("53.00"), 3)).holds_rounded


@pytest.mark.parametrize("more", [0, 109_500])
def test_a_share_that_reaches_the_demand_exactly_is_not_short(more: int) -> None:
    rows = [Row(RowKind.SUPPORT, 4_700), Row(RowKind.PUBLIC_CASH, 5_300 + more)]
    check = eu_budgets.check_demand(eu_budgets.add_up(rows), DEMAND)
    assert check.short_ore == 0
    assert check.holds_exactly


def test_nothing_of_nothing_is_no_division_by_zero() -> None:
    assert eu_budgets.check_demand(eu_budgets.add_up([]), DEMAND).exact == Fraction(0)


def test_the_rules_find_the_shortfall_and_the_three_contradictions_and_the_unnamed_financier() -> None:
    found = {finding.rule: finding for finding in every.look(Sources(eu_budgets=(_budget(),)))}
    assert "1\u00a0095\u00a0kr fattas" in str(found["share_below_demand"].explanation)
    promised = [one for one in every.look(Sources(eu_budgets=(_budget(),))) if one.rule == "promise_without_money"]
    assert {one.sides[-1].amount_ore for one in promised} == {0}
    assert {str(one.subject) for one in promised} == {
        "Externa tjänster i Malmökraften 2.0", "Resor och logi i Malmökraften 2.0",
    }  # fmt: skip
    assert len(found["in_kind_without_value"].sides) == 3
    monthly, ordinary = found["cash_dearer_than_staff"].sides
    assert str(monthly.value) == "126\u00a0167\u00a0kr i månaden"
    assert str(ordinary.value) == "65\u00a0335\u00a0kr i månaden"
    assert not found["cash_dearer_than_staff"].agrees
    assert "25\u00a0000\u00a0000" in str(found["financier_unsaid"].question)


def test_what_has_money_and_a_name_agrees() -> None:
    rows = tuple(
        Row(row.kind, row.amount_ore or 5_000_000, row.phase, row.financier or "FINSAM")
        if row.kind in (RowKind.EXTERNAL, RowKind.TRAVEL, RowKind.PUBLIC_IN_KIND, *eu_budgets.CASH)
        else row
        for row in ROWS
    )
    found = list(every.look(Sources(eu_budgets=(_budget(rows=rows),))))
    assert all(one.agrees for one in found if one.rule in {"promise_without_money", "in_kind_without_value"})
    assert "financier_unsaid" not in {one.rule for one in found}


def test_cash_at_the_ordinary_price_of_staff_agrees() -> None:
    statement = EuStatement(StatementKind.CASH_IS_STAFF, RowKind.OWNER_CASH, "personal", body="AF", person_months=116)
    (finding,) = eu_projects.cash_dearer_than_staff(Sources(eu_budgets=(_budget(statements=(statement,)),)))
    assert finding.agrees
    assert not list(eu_projects.cash_dearer_than_staff(Sources(eu_budgets=(_budget(person_months=None),))))


def test_hours_above_the_years_limit_are_kept_and_not_claimed() -> None:
    rates = [Rate("Ledare", Period(date(2020, 1, 1), date(2022, 1, 1)), 50_000)]
    worked = [Worked("AF-01", "Ledare", date(2020, month, 1), 150 * 60) for month in range(12, 0, -1)]
    worked.append(Worked("AF-01", "Ledare", date(2021, 1, 1), 150 * 60))
    counted = eu_outcomes.count(worked, rates, yearly_hours=1662)
    of_2020 = [one for one in counted if one.worked.month.year == 2020]
    assert sum(one.counted_minutes for one in of_2020) == 1662 * 60
    assert [one.worked.month.month for one in of_2020 if one.above_minutes] == [12]
    assert of_2020[-1].above_minutes == (1800 - 1662) * 60
    assert counted[-1].counted_minutes == 150 * 60  # a new year begins
    assert sum(one.cost_ore or 0 for one in of_2020) == 1662 * 50_000


def test_an_hour_without_a_rate_has_no_cost_rather_than_none_at_all() -> None:
    (one,) = eu_outcomes.count([Worked("A", "Okänd", date(2020, 1, 1), 60)], [], yearly_hours=1662)
    assert one.cost_ore is None
    assert one.counted_minutes == 60


@pytest.mark.parametrize(
    ("minutes", "rate", "ore"), [(60, 46_800, 46_800), (1, 30, 1), (1, 29, 0), (0, 500, 0), (90, 101, 152)]
)
def test_minutes_cost_whole_ore_with_half_an_ore_upwards(minutes: int, rate: int, ore: int) -> None:
    assert eu_outcomes.cost_of(minutes, rate) == ore


def test_the_forecast_goes_on_as_the_latest_months_and_tells_how_wide_that_is() -> None:
    months = [(date(2021, month, 1), amount) for month, amount in ((1, 1), (2, 100), (3, 120), (4, 80))]
    forecast = eu_outcomes.foresee(months, date(2021, 6, 1), basis=3)
    assert forecast is not None
    assert (forecast.so_far_ore, forecast.months_left, forecast.basis_months) == (301, 2, 3)
    assert (forecast.low_ore, forecast.expected_ore, forecast.high_ore) == (461, 501, 541)
    assert eu_outcomes.foresee(months[:2], date(2021, 6, 1)) is None


def test_months_of_a_period_and_the_turn_of_the_year() -> None:
    assert eu_outcomes.months_of(Period(date(2020, 11, 1), date(2021, 2, 1))) == [
        date(2020, 11, 1), date(2020, 12, 1), date(2021, 1, 1),
    ]  # fmt: skip
    assert eu_outcomes.is_closed(date(2021, 1, 1), [Period(date(2020, 11, 1), date(2021, 2, 1))])
    assert not eu_outcomes.is_closed(date(2021, 2, 1), [Period(date(2020, 11, 1), date(2021, 2, 1))])
