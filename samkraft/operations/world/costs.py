"""What the joint work costs in the demo: a project of the initiative that goes on, noted month by month. All amounts are invented."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.queries import codes, undertakings
from samkraft.money.actions.eu import eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.queries.eu import eu_projects as asked
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.operations.world import arranged
from samkraft.operations.world.partners import acting
from samkraft.operations.world.stage import Stage
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.period import Period, day_in_stockholm

WHAT = "kostnader månad för månad"
CODE = arranged.MALMOKRAFTEN.undertaking.code
PROJECT = "malmokraften-idag"
A_MONTH, A_TEAM_MORE, EXTERNAL = 318_000, 23_500, 14_200
COMPENSATION_KR = 30


def is_loaded() -> bool:
    """Whether the project is there."""
    return any(one.code == PROJECT for one in asked.of_initiative(codes.initiatives()[CODE]))


def load() -> None:
    """From the initiative's first month through the last that is over."""
    stage = Stage.begin(acting("Inger Ros", Role.PROJECT_ECONOMIST))
    initiative = undertakings.row_of(stage.initiative_ids[CODE])
    today = day_in_stockholm(timezone.now())
    first = (initiative.start_date or today).replace(day=1)
    ends = date(first.year + 3, first.month, 1)
    project_id = eu_projects.register(
        by=stage.by, code=PROJECT, name="Malmökraften i dag (påhittat projekt)",
        programme="Europeiska socialfonden+ (påhittat i demon)", owner_id=stage.org("af"), initiative_id=initiative.id,
        period=Period(first, ends), demand_percent=Decimal("60.00"), yearly_hours=1662, planned_participants=1_400,
        source="Påhittad i demon",
    )  # fmt: skip
    month, place = first, 0
    while _following(month) <= today.replace(day=1):
        _note(stage, project_id, month, place)
        month, place = _following(month), place + 1


def _note(stage: Stage, project_id: UUID, month: date, place: int) -> None:
    spent = A_MONTH + A_TEAM_MORE * min(place, 5) + (place * 37 % 11) * 1_300
    eu_outcomes.enter(
        by=stage.by, project_id=project_id,
        entries=[
            EntryDraft(RowKind.PERSONNEL, month, kronor.from_kronor(spent), f"Löner {month:%Y-%m}", f"LP-{month:%y%m}-1"),
            EntryDraft(RowKind.EXTERNAL, month, kronor.from_kronor(EXTERNAL + place % 4 * 2_100), "Tolk", f"LP-{month:%y%m}-2"),
        ],
    )  # fmt: skip
    eu_outcomes.note_participant_hours(
        by=stage.by, project_id=project_id, month=month, minutes=(900 + 140 * min(place, 8)) * 60, ore_per_hour=COMPENSATION_KR * 100,
        source="summan av månadens närvarorapporter (påhittad)",
    )  # fmt: skip


def _following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
