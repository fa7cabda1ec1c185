"""Projects that the EU pays part of: budget against outcome, who pays, positions and rates, and the forecast."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from samkraft.money.models import EuAccountRange, EuBudget, EuHours, EuProject
from samkraft.money.queries.eu import eu_claims, eu_sources
from samkraft.money.queries.eu.eu_claims import ClaimRow, Outcome
from samkraft.money.rules.economy_accounts import Range
from samkraft.money.rules.eu import eu_budgets, eu_outcomes
from samkraft.money.rules.eu.eu_budgets import (
    COSTS,
    FINANCING,
    Budget,
    Demand,
    DemandCheck,
    Row,
    RowKind,
    SumCheck,
    Told,
)
from samkraft.money.rules.eu.eu_outcomes import Forecast
from samkraft.money.rules.findings.facts import EuStatement
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line in the list. `spent_ore` is None when nothing has been noted."""

    id: UUID
    code: str
    name: str
    programme: str
    owner: str
    period: Period
    total_ore: int | None
    spent_ore: int | None
    initiative_id: UUID | None


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """A version of the budget: its rows, their sums, and how they hold against what is told and demanded."""

    number: int
    decided_date: date | None
    rows: tuple[Row, ...]
    sums: Budget
    checks: tuple[SumCheck, ...]
    demand: DemandCheck
    source: str
    per_participant_ore: int | None
    statements: tuple[EuStatement, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One kind of row: what is set aside, what has happened, and where it ends if it goes on so."""

    kind: RowKind
    budget_ore: int
    spent_ore: int
    forecast: Forecast | None

    @property
    def used_percent(self) -> int | None:
        """Whole percent of what is set aside; None when nothing is."""
        return round(100 * Fraction(self.spent_ore, self.budget_ore)) if self.budget_ore else None


@dataclass(frozen=True, slots=True)
class PositionMonths:
    """A position and its hours: the latest number and minutes for each month."""

    id: UUID
    code: str
    title: str
    function: str
    employer: str
    period: Period
    minutes: dict[date, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RateRow:
    """What an hour costs for a time."""

    function: str
    period: Period
    ore_per_hour: int
    is_assumption: bool
    source: str


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything that a project's page shows."""

    row: ProjectRow
    demand: Demand
    yearly_hours: int
    planned_participants: int | None
    source: str
    budgets: tuple[BudgetPage, ...]
    outcome: Outcome
    lines: tuple[LineRow, ...]
    claims: tuple[ClaimRow, ...]
    rates: tuple[RateRow, ...]

    @property
    def budget(self) -> BudgetPage | None:
        """The latest version."""
        return self.budgets[0] if self.budgets else None


def listed(*, by: Context) -> list[ProjectRow]:
    """Every project, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    return [_row(project) for project in EuProject.objects.select_related("owner").order_by("-period", "code")]


def of_initiative(initiative_id: UUID) -> list[ProjectRow]:
    """The projects that pay for an initiative, the latest first. What they cost is public."""
    found = EuProject.objects.select_related("owner").filter(initiative_id=initiative_id)
    return [_row(project) for project in found.order_by("-period", "code")]


def page(*, by: Context, code: str) -> ProjectPage | None:
    """One project, or None when there is none with that code."""
    access.require(by, Permission.SEE_MONEY)
    project = EuProject.objects.select_related("owner").filter(code=code).first()
    if project is None:
        return None
    outcome = eu_claims.outcome(project.id)
    versions = project.budgets.prefetch_related("rows__financier", "statements__organisation").order_by("-number")
    budgets = tuple(_budget(project, one) for one in versions)
    rates = project.rates.order_by("function", "period")
    claims = eu_claims.listed(project.id)
    return ProjectPage(
        row=_row(project),
        demand=Demand(project.demand_percent, project.demand_decimals),
        yearly_hours=project.yearly_hours,
        planned_participants=project.planned_participants,
        source=project.source,
        budgets=budgets,
        outcome=outcome,
        lines=_lines(budgets[0] if budgets else None, outcome, claims, project.period.upper),
        claims=claims,
        rates=tuple(
            RateRow(
                one.function,
                Period(one.period.lower, one.period.upper),
                one.ore_per_hour,
                one.is_assumption,
                one.source,
            )
            for one in rates
        ),
    )


def hours(*, by: Context, project_id: UUID, year: int) -> list[PositionMonths]:
    """Every position of a project with its hours in a calendar year."""
    access.require(by, Permission.SEE_MONEY)
    project = EuProject.objects.get(id=project_id)
    latest: dict[tuple[UUID, date], tuple[int, int]] = {}
    rows = EuHours.objects.filter(position__project=project, month__year=year).order_by("number")
    for row in rows:
        latest[row.position_id, row.month] = (row.number, row.minutes)
    return [
        PositionMonths(
            one.id, one.code, one.title, one.function, one.employer.name, Period(one.period.lower, one.period.upper),
            {month: found for (position, month), found in latest.items() if position == one.id},
        )
        for one in project.positions.select_related("employer").order_by("code")
    ]  # fmt: skip


def account_ranges(*, by: Context, project_id: UUID) -> list[Range]:
    """Which accounts of the economy system belong to which row of the budget."""
    access.require(by, Permission.SEE_MONEY)
    rows = EuAccountRange.objects.filter(project=project_id).order_by("first", "last")
    return [Range(one.first, one.last, RowKind(one.kind) if one.kind else None) for one in rows]


def _row(project: EuProject) -> ProjectRow:
    latest = project.budgets.prefetch_related("rows__financier", "statements__organisation").order_by("-number").first()
    rows = [eu_sources.as_row(row) for row in latest.rows.all()] if latest else []
    spent = eu_claims.outcome(project.id).costs_ore
    return ProjectRow(
        id=project.id,
        code=project.code,
        name=project.name,
        programme=project.programme,
        owner=project.owner.name,
        period=Period(project.period.lower, project.period.upper),
        total_ore=eu_budgets.add_up(rows).total_ore if latest else None,
        spent_ore=spent or None,
        initiative_id=project.initiative_id,
    )


def _budget(project: EuProject, one: EuBudget) -> BudgetPage:
    rows = tuple(eu_sources.as_row(row) for row in one.rows.all())
    sums = eu_budgets.add_up(rows)
    told = Told(
        one.told_costs_ore, one.told_support_ore, one.told_cofinancing_ore, one.told_total_ore,
        one.told_support_share, one.told_cofinancing_share,
    )  # fmt: skip
    return BudgetPage(
        number=one.number,
        decided_date=one.decided_date,
        rows=rows,
        sums=sums,
        checks=tuple(eu_budgets.check_sums(rows, told)),
        demand=eu_budgets.check_demand(sums, Demand(project.demand_percent, project.demand_decimals)),
        source=one.source,
        per_participant_ore=round(Fraction(sums.total_ore, 100 * project.planned_participants)) * 100
        if project.planned_participants
        else None,
        statements=tuple(
            sorted(
                map(eu_sources.as_statement, one.statements.all()),
                key=lambda said: (said.kind, said.row_kind, said.what),
            )
        ),
    )


def _lines(
    budget: BudgetPage | None, outcome: Outcome, claims: tuple[ClaimRow, ...], end: date | None
) -> tuple[LineRow, ...]:
    """Costs and financing with something in them, in the order of the budget. The EU's part is what it has paid."""
    lines = []
    for kind in (*COSTS, *FINANCING):
        planned = sum(row.amount_ore for row in budget.rows if row.kind is kind) if budget else 0
        by_month = [(month, amount) for (found, month), amount in outcome.by_month.items() if found is kind]
        spent = sum(amount for _month, amount in by_month)
        if kind is RowKind.SUPPORT:
            spent = sum(claim.paid_ore for claim in claims)
        if planned or spent:
            spread = kind in COSTS or kind in eu_budgets.COMPENSATIONS
            forecast = eu_outcomes.foresee(by_month, _last(end)) if end and spread else None
            lines.append(LineRow(kind, planned, spent, forecast))
    return tuple(lines)


def _last(end: date) -> date:
    """The first day of the last month of a project whose period ends (exclusively) on a day."""
    first = eu_outcomes.first_of_month(end)
    return (
        first if end.day > 1 else date(first.year - (first.month == 1), 12 if first.month == 1 else first.month - 1, 1)
    )
