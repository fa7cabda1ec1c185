"""What the joint work costs in the demo: a project of the initiative that goes on, noted month by month. All amounts are invented."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.queries import codes, undertakings
from samkraft.money.actions.eu import eu_claims, eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.actions.eu.eu_projects import RowDraft
from samkraft.money.queries.eu import eu_projects as asked
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
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
PHASE = "Genomförande"
BUDGET = (
    (RowKind.PERSONNEL, 15_800_000, PHASE, ""),
    (RowKind.EXTERNAL, 700_000, PHASE, ""),
    (RowKind.SUPPORT, 7_400_000, "", ""),
    (RowKind.PARTICIPANT_COMPENSATION, 2_100_000, "", ""),
    (RowKind.PUBLIC_CASH, 7_000_000, "", ""),
    (RowKind.OWNER_CASH, 2_100_000, "", "af"),
)
CLAIMED = 4  # months in a claim; the first is paid, the second waits for the programme's answer
PAID_KR = 560_000


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
    eu_projects.note_budget(
        by=stage.by, project_id=project_id, decided_date=first,
        rows=[
            RowDraft(kind, kronor.from_kronor(amount), phase, stage.org(code) if code else None)
            for kind, amount, phase, code in BUDGET
        ],
        source="Påhittad i demon",
    )  # fmt: skip
    month, place = first, 0
    while _following(month) <= today.replace(day=1):
        _note(stage, project_id, month, place)
        month, place = _following(month), place + 1
    second = _later(first, CLAIMED)
    if month >= _later(second, CLAIMED):
        _claim(stage, project_id, Period(first, second), (ClaimStep.SENT, ClaimStep.APPROVED, ClaimStep.PAID))
        _claim(stage, project_id, Period(second, _later(second, CLAIMED)), (ClaimStep.SENT,))


def _claim(stage: Stage, project_id: UUID, period: Period, steps: tuple[ClaimStep, ...]) -> None:
    """Prepared by the economist, certified by the leader, and taken so far."""
    leader = acting("Kristina Holm", Role.MAIN_PROJECT_LEADER)
    claim = eu_claims.draft(by=stage.by, project_id=project_id, period=period)
    eu_claims.move(by=leader, claim_id=claim, step=ClaimStep.CERTIFIED)
    for step in steps:
        told = kronor.from_kronor(PAID_KR) if step is ClaimStep.APPROVED else None
        eu_claims.move(by=stage.by, claim_id=claim, step=step, amount_ore=told)


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


def _later(month: date, months: int) -> date:
    for _month in range(months):
        month = _following(month)
    return month
