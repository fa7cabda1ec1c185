"""An EU project of two years with one position and a rate, built through the actions."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from samkraft.money.actions.eu import eu_claims, eu_outcomes, eu_projects
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, Period
from tests.factories import partners

LATER = datetime(2021, 3, 10, 9, tzinfo=STOCKHOLM)
JAN, FEB, MAR = date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)


@dataclass
class Project:
    """A project of two years with one position and a rate."""

    id: UUID
    position: UUID
    economist: Context
    leader: Context

    def hours(self, month: date, hours: int, **more: object) -> None:
        eu_outcomes.note_hours(
            by=self.economist, at=LATER, position_id=self.position, month=month, minutes=hours * 60, **more,  # type: ignore[arg-type]  # as note_hours
        )  # fmt: skip

    def claim(self, first: date, end: date) -> UUID:
        return eu_claims.draft(by=self.economist, at=LATER, project_id=self.id, period=Period(first, end))

    def move(self, claim: UUID, *steps: ClaimStep) -> None:
        for step in steps:
            by = self.leader if step is ClaimStep.CERTIFIED else self.economist
            eu_claims.move(by=by, at=LATER, claim_id=claim, step=step)


def project(*, rate: bool = True, initiative_id: UUID | None = None) -> Project:
    economist, leader = partners.by(Role.PROJECT_ECONOMIST), partners.by(Role.MAIN_PROJECT_LEADER)
    af = economist.organisation_id
    period = Period(date(2020, 1, 1), date(2022, 1, 1))
    project = eu_projects.register(
        by=economist, code="mk", name="Malmökraften", programme="ESF", owner_id=af, period=period,
        demand_percent=Decimal(53), yearly_hours=1662, planned_participants=100,
        initiative_id=initiative_id,
    )  # fmt: skip
    position = eu_projects.add_position(
        by=economist, project_id=project, code="AF-01", title="Handläggare", function="Handläggare", employer_id=af,
        period=period,
    )  # fmt: skip
    if rate:
        eu_projects.set_rate(
            by=economist, project_id=project, function="Handläggare", period=period, ore_per_hour=40_000
        )
    return Project(project, position, economist, leader)
