"""The EU projects' latest budgets as the rules on contradictions read them."""

from collections.abc import Collection

from django.db.models import F, Max

from samkraft.initiatives.queries import undertakings
from samkraft.money.models import EuBudget, EuBudgetRow, EuStatement
from samkraft.money.rules.eu.eu_budgets import Demand, Row, RowKind
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.findings import facts


def gather(*, years: Collection[int] | None = None) -> tuple[facts.EuBudget, ...]:
    """The latest budget of every project, or of those whose time touches some of the years."""
    budgets = (
        EuBudget.objects.select_related("project__owner")
        .annotate(latest=Max("project__budgets__number"))
        .filter(number=F("latest"))
        .prefetch_related("rows__financier", "statements__organisation")
        .order_by("project__code")
    )
    return tuple(_budget(one) for one in budgets if years is None or set(years) & set(_years(one)))


def _years(budget: EuBudget) -> range:
    period = budget.project.period
    return range(period.lower.year, period.upper.year + 1) if period.upper else range(period.lower.year, 2200)


def _budget(one: EuBudget) -> facts.EuBudget:
    project = one.project
    return facts.EuBudget(
        code=project.code,
        name=project.name,
        number=one.number,
        owner=project.owner.name,
        demand=Demand(project.demand_percent, project.demand_decimals),
        rows=tuple(as_row(row) for row in one.rows.all()),
        statements=tuple(as_statement(each) for each in one.statements.all()),
        person_months=undertakings.person_months(project.initiative_id) if project.initiative_id else None,
        year=project.period.lower.year,
        document_id=one.document_id,
    )


def as_row(row: EuBudgetRow) -> Row:
    """A stored row as the rules know it."""
    return Row(RowKind(row.kind), row.amount_ore, row.phase, row.financier.name if row.financier else "")


def as_statement(one: EuStatement) -> facts.EuStatement:
    """A stored statement as the rules know it."""
    return facts.EuStatement(
        kind=StatementKind(one.kind),
        row_kind=RowKind(one.row_kind),
        what=one.what,
        quote=one.quote,
        place=one.place,
        body=one.organisation.name if one.organisation else "",
        person_months=one.person_months,
    )
