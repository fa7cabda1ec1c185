"""A random budget of an EU project in which everything agrees, and single faults to plant in it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from samkraft.money.rules.eu.eu_budgets import Demand, Row, RowKind
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.findings.facts import EuBudget, EuStatement, Sources


def agreeing(random: Random) -> EuBudget:
    """Costs are paid, the demanded share is met to the öre, every financier is named and what is promised has money."""
    months = random.randint(12, 900)
    personnel = months * random.randint(40_000, 70_000) * 100
    external, in_kind = random.randint(1, 900) * 100_000, random.randint(1, 900) * 100_000
    costs = personnel + external
    percent = random.randint(10, 60)
    needed = -(-percent * (costs + in_kind) // 100) - in_kind
    cash = max(needed, 0) + random.randint(0, 5) * 100
    staff = min(personnel // months * 6, cash)
    rows = (
        Row(RowKind.PERSONNEL, personnel, "Genomförande"),
        Row(RowKind.EXTERNAL, external, "Genomförande"),
        Row(RowKind.SUPPORT, costs - cash),
        Row(RowKind.PUBLIC_CASH, cash - staff, financier="FINSAM"),
        Row(RowKind.OWNER_CASH, staff, financier="Ägaren"),
        Row(RowKind.PUBLIC_IN_KIND, in_kind, financier="Staden"),
    )
    said = (
        EuStatement(StatementKind.PROMISES_COST, RowKind.EXTERNAL, "en utvärdering", body="Ägaren"),
        EuStatement(StatementKind.PAYS_IN_KIND, RowKind.PUBLIC_IN_KIND, "en ledare", body="Staden"),
        EuStatement(StatementKind.CASH_IS_STAFF, RowKind.OWNER_CASH, "en ekonom", body="Ägaren", person_months=6),
    )
    demand = Demand(Decimal(percent))
    return EuBudget("projekt", "Projektet", 1, "Ägaren", demand, rows, said, person_months=months, year=2020)


def _with_row(sources: Sources, kind: RowKind, change: Callable[[Row], Row]) -> Sources:
    (budget,) = sources.eu_budgets
    rows = tuple(change(row) if row.kind is kind else row for row in budget.rows)
    return replace(sources, eu_budgets=(replace(budget, rows=rows),))


def a_krona_too_much_support(sources: Sources, random: Random) -> Sources:
    """So much more from the EU that the others' part no longer reaches the demand."""
    return _with_row(
        sources, RowKind.SUPPORT, lambda row: replace(row, amount_ore=row.amount_ore * 3 + random.randint(10**6, 10**9))
    )


def a_promise_nobody_pays(sources: Sources, random: Random) -> Sources:
    """What is promised has a row of zero."""
    return _with_row(sources, RowKind.EXTERNAL, lambda row: replace(row, amount_ore=0))


def a_gift_without_value(sources: Sources, random: Random) -> Sources:
    """What is given in kind is worth nothing in the budget."""
    return _with_row(sources, RowKind.PUBLIC_IN_KIND, lambda row: replace(row, amount_ore=0))


def staff_at_twice_the_price(sources: Sources, random: Random) -> Sources:
    """The cash that is said to be staff is more than any such staff costs."""
    (budget,) = sources.eu_budgets
    months = budget.person_months or 1
    personnel = next(row.amount_ore for row in budget.rows if row.kind is RowKind.PERSONNEL)
    return _with_row(
        sources,
        RowKind.OWNER_CASH,
        lambda row: replace(row, amount_ore=(personnel * 6 // months) * random.randint(2, 5)),
    )


def money_from_nobody(sources: Sources, random: Random) -> Sources:
    """Cash that nobody is named as giving."""
    return _with_row(
        sources, RowKind.PUBLIC_CASH, lambda row: replace(row, amount_ore=random.randint(1, 10**9), financier="")
    )


PLANTED = {
    a_krona_too_much_support: "share_below_demand",
    a_promise_nobody_pays: "promise_without_money",
    a_gift_without_value: "in_kind_without_value",
    staff_at_twice_the_price: "cash_dearer_than_staff",
    money_from_nobody: "financier_unsaid",
}
