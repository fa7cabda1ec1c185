"""Projects that the EU pays part of: the project, its budgets with what their text says, positions and hourly rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import EuBudget, EuBudgetRow, EuPosition, EuProject, EuRate, EuStatement
from samkraft.money.rules.eu.eu_budgets import COSTS, FINANCING, LABELS, RowKind, Told
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

CODE_TAKEN = Reason("eu_project_code_taken", phrase("Det finns redan ett projekt med beteckningen {code}."), "")
NO_NAME = Reason("eu_project_without_name", phrase("Projektet saknar namn."), phrase("Skriv vad det heter."))
DEMAND_NOT_A_SHARE = Reason(
    "eu_demand_not_a_share", phrase("Kravet på medfinansiering är mellan 0 och 100 procent."), ""
)
NO_PROJECT = Reason("no_eu_project", phrase("Projektet finns inte."), phrase("Gå till listan och välj ett annat."))
NO_ROWS = Reason("eu_budget_without_rows", phrase("Budgeten har inga rader."), phrase("Skriv minst en kostnad."))
NEGATIVE_ROW = Reason(
    "eu_budget_row_negative", phrase("{row} kan inte vara mindre än noll."), phrase("Intäkter skrivs som en egen rad.")
)
ROW_TWICE = Reason(
    "eu_budget_row_twice", phrase("{row} står två gånger för samma fas och finansiär."), phrase("Lägg ihop dem.")
)
COST_NEEDS_PHASE = Reason("eu_cost_without_phase", phrase("Kostnaden {row} saknar fas."), phrase("Välj en fas."))
RATE_OVERLAPS = Reason(
    "eu_rate_overlaps",
    phrase("Det finns redan en timkostnad för {function} under en del av tiden."),
    phrase("Välj en tid efter den som gäller."),
)
RATE_NOT_POSITIVE = Reason("eu_rate_not_positive", phrase("Timkostnaden måste vara större än noll."), "")
POSITION_TAKEN = Reason("eu_position_taken", phrase("Det finns redan en tjänst med beteckningen {code}."), "")
OUTSIDE_PROJECT = Reason(
    "outside_eu_project",
    phrase("{words} ligger utanför projektets tid, {first} till {last}."),
    phrase("Kontrollera datumet."),
)

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class RowDraft:
    """A row of a budget that is being noted. Costs have a phase; financing may have a financier."""

    kind: RowKind
    amount_ore: int
    phase: str = ""
    financier_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """Something that the text beside the budget says."""

    kind: StatementKind
    row_kind: RowKind
    what: str
    quote: str = ""
    place: str = ""
    organisation_id: UUID | None = None
    person_months: int | None = None


def register(
    *,
    by: Context,
    at: datetime | None = None,
    code: str,
    name: str,
    programme: str,
    owner_id: UUID,
    period: Period,
    demand_percent: Decimal,
    demand_decimals: int = 2,
    yearly_hours: int,
    planned_participants: int | None = None,
    initiative_id: UUID | None = None,
    source: str = "",
) -> UUID:
    """A new project. `yearly_hours` is how many hours of a position count in a calendar year."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at = at or timezone.now()
    if not name.strip():
        raise Refused(NO_NAME)
    if not 0 <= demand_percent <= _WHOLE:
        raise Refused(DEMAND_NOT_A_SHARE)
    with transactions.write(by):
        if EuProject.objects.filter(code=code).exists():
            raise Refused(CODE_TAKEN, code=code)
        project = EuProject.objects.create(
            id=uuid4(),
            code=code,
            name=name.strip(),
            programme=programme.strip(),
            owner_id=owner_id,
            initiative_id=initiative_id,
            period=(period.start_date, period.end_date),
            demand_percent=demand_percent,
            demand_decimals=demand_decimals,
            yearly_hours=yearly_hours,
            planned_participants=planned_participants,
            source=source,
        )
        _record(by, at, "eu_project.register", project)
        return project.id


def note_budget(
    *,
    by: Context,
    at: datetime | None = None,
    project_id: UUID,
    rows: Sequence[RowDraft],
    told: Told | None = None,
    statements: Sequence[StatementDraft] = (),
    decided_date: date | None = None,
    document_id: UUID | None = None,
    source: str = "",
) -> UUID:
    """The next version of a project's budget. The earlier ones stay as they were."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    _check_rows(rows)
    at, told = at or timezone.now(), told or Told()
    with transactions.write(by):
        project = find(project_id)
        latest = project.budgets.order_by("-number").first()
        budget = EuBudget.objects.create(
            id=uuid4(),
            project=project,
            number=latest.number + 1 if latest else 1,
            decided_date=decided_date,
            told_costs_ore=told.costs_ore,
            told_support_ore=told.support_ore,
            told_cofinancing_ore=told.cofinancing_ore,
            told_total_ore=told.total_ore,
            told_support_share=told.support_share,
            told_cofinancing_share=told.cofinancing_share,
            document_id=document_id,
            source=source,
            noted_at=at,
            noted_by=by.actor_name,
        )
        EuBudgetRow.objects.bulk_create(
            EuBudgetRow(
                id=uuid4(), budget=budget, kind=row.kind.value, phase=row.phase,
                financier_id=row.financier_id, amount_ore=row.amount_ore,
            )
            for row in rows
        )  # fmt: skip
        EuStatement.objects.bulk_create(
            EuStatement(
                id=uuid4(), budget=budget, kind=one.kind.value, row_kind=one.row_kind.value, what=one.what,
                quote=one.quote, place=one.place, organisation_id=one.organisation_id, person_months=one.person_months,
            )
            for one in statements
        )  # fmt: skip
        _record(by, at, "eu_project.budget", project, number=budget.number)
        looking.soon()
        return budget.id


def add_position(
    *,
    by: Context,
    at: datetime | None = None,
    project_id: UUID,
    code: str,
    title: str,
    function: str,
    employer_id: UUID,
    period: Period,
) -> UUID:
    """A position that reports hours: a function at an employer, never a name."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at = at or timezone.now()
    with transactions.write(by):
        project = find(project_id)
        _require_inside(project, period.start_date)
        if period.last_day is not None:
            _require_inside(project, period.last_day)
        if project.positions.filter(code=code).exists():
            raise Refused(POSITION_TAKEN, code=code)
        position = EuPosition.objects.create(
            id=uuid4(),
            project=project,
            code=code,
            title=title,
            function=function,
            employer_id=employer_id,
            period=(period.start_date, period.end_date),
        )
        _record(by, at, "eu_project.position", project, position=code)
        return position.id


def set_rate(
    *,
    by: Context,
    at: datetime | None = None,
    project_id: UUID,
    function: str,
    period: Period,
    ore_per_hour: int,
    is_assumption: bool = False,
    source: str = "",
) -> UUID:
    """What an hour in a function costs for a time. Two rates never hold on the same day."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    if ore_per_hour <= 0:
        raise Refused(RATE_NOT_POSITIVE)
    at = at or timezone.now()
    try:
        with transactions.write(by):
            project = find(project_id)
            rate = EuRate.objects.create(
                id=uuid4(),
                project=project,
                function=function,
                period=(period.start_date, period.end_date),
                ore_per_hour=ore_per_hour,
                is_assumption=is_assumption,
                source=source,
            )
            _record(by, at, "eu_project.rate", project, function=function, ore_per_hour=ore_per_hour)
            return rate.id
    except IntegrityError as error:
        if "money_eurate_one_at_a_time" in str(error):
            raise Refused(RATE_OVERLAPS, function=function) from error
        raise


def find(project_id: UUID) -> EuProject:
    """The project, or the refusal that it is not there. Inside a transaction."""
    project = EuProject.objects.filter(id=project_id).first()
    if project is None:
        raise Refused(NO_PROJECT)
    return project


def _require_inside(project: EuProject, day: date) -> None:
    period = Period(project.period.lower, project.period.upper)
    if day not in period:
        raise Refused(OUTSIDE_PROJECT, words=day.isoformat(), first=period.start_date, last=period.last_day or "–")


def _check_rows(rows: Sequence[RowDraft]) -> None:
    if not rows:
        raise Refused(NO_ROWS)
    seen = set()
    for row in rows:
        label = LABELS[row.kind]
        if row.amount_ore < 0:
            raise Refused(NEGATIVE_ROW, row=label)
        if row.kind in COSTS and not row.phase:
            raise Refused(COST_NEEDS_PHASE, row=label)
        key = (row.kind, row.phase if row.kind not in FINANCING else "", row.financier_id)
        if key in seen:
            raise Refused(ROW_TWICE, row=label)
        seen.add(key)


def _record(by: Context, at: datetime, action: str, project: EuProject, **content: object) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="money.eu_project",
        subject_id=project.id,
        subject_name=project.name,
        **content,
    )
