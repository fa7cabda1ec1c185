"""Costs of an initiative: what its projects have noted, laid beside what the disclosure door lets be known of its people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.models import Snapshot
from samkraft.knowledge.rules import costs as rules
from samkraft.knowledge.rules import figures
from samkraft.knowledge.rules.costs import Costs, Money, People
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.weighing import WHOLE
from samkraft.money.queries.eu import eu_claims, eu_projects
from samkraft.money.queries.eu.eu_projects import ProjectRow
from samkraft.money.rules.eu.eu_budgets import COMPENSATIONS, COSTS, RowKind
from samkraft.values.refusal import Reason


@dataclass(frozen=True, slots=True)
class Told:
    """The costs, or why there are none, and the projects whose notes they are."""

    costs: Costs | None
    refused: tuple[Reason, dict[str, str]] | None
    projects: tuple[ProjectRow, ...]


def told(initiative: InitiativeRow) -> Told:
    """What can be said of an initiative's costs."""
    projects = tuple(eu_projects.of_initiative(initiative.id))
    money = _money([one.id for one in projects])
    began = min((one.period.start_date for one in projects), default=initiative.start_date or date.max)
    found = rules.work_out(money, _people(initiative.id), began)
    if isinstance(found, Costs):
        return Told(found, None, projects)
    return Told(None, found, projects)


def _money(projects: list[UUID]) -> Money:
    costs: dict[date, int] = {}
    compensation: dict[date, int] = {}
    missing: set[str] = set()
    is_assumed = False
    for project_id in projects:
        outcome = eu_claims.outcome(project_id)
        missing |= outcome.missing_rates
        is_assumed |= bool(outcome.assumed_rates)
        for (kind, month), ore in outcome.by_month.items():
            if kind in COSTS:
                costs[month] = costs.get(month, 0) + (-ore if kind is RowKind.REVENUE else ore)
            elif kind in COMPENSATIONS:
                compensation[month] = compensation.get(month, 0) + ore
    return Money(costs, compensation, tuple(sorted(missing)), is_assumed)


def _people(initiative_id: UUID) -> list[People]:
    found = Snapshot.objects.filter(initiative_id=initiative_id).defer("kept").order_by("-run")
    return [
        People(
            one.day, one.run, _whole(one, "participants"), _whole(one, "to_work_or_studies"),
            _whole(one, "share_to_work_or_studies"), _whole(one, "in_stock"),
        )
        for one in found
    ]  # fmt: skip


def _whole(one: Snapshot, indicator: str) -> Figure:
    stored = one.figures.get(indicator, {}).get(WHOLE, {}).get(WHOLE) or {}
    return figures.from_json(stored)
