"""Claims for payment in an EU project: where each stands, what a period holds, and which months are closed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import EuClaim, EuClaimStep, EuEntry, EuHours, EuParticipantHours, EuProject, EuRate
from samkraft.money.rules.eu import eu_outcomes
from samkraft.money.rules.eu.eu_budgets import COSTS, RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep, Counted, Rate, Worked
from samkraft.values.period import Period

_CLOSES = {ClaimStep.CERTIFIED, ClaimStep.SENT, ClaimStep.APPROVED, ClaimStep.PAID}
_ORDER = list(ClaimStep)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has happened in a period. Sums in öre per kind of row; minutes above the year's limit are in no sum."""

    sums: dict[RowKind, int]
    by_month: dict[tuple[RowKind, date], int]
    counted: tuple[Counted, ...]
    participant_minutes: int
    missing_rates: frozenset[str]
    assumed_rates: frozenset[str]

    @property
    def costs_ore(self) -> int:
        """All costs, less revenue."""
        return sum(self.sums.get(kind, 0) for kind in COSTS if kind is not RowKind.REVENUE) - self.sums.get(
            RowKind.REVENUE, 0
        )

    @property
    def above_minutes(self) -> int:
        """Staff minutes over the limit of a calendar year."""
        return sum(one.above_minutes for one in self.counted)


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that happened to a claim."""

    step: ClaimStep
    at: datetime
    by: str
    by_id: UUID
    amount_ore: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its frozen rows; empty until it is certified."""

    id: UUID
    number: int
    period: Period
    standing: ClaimStep
    steps: tuple[StepRow, ...]
    rows: dict[RowKind, int]

    @property
    def approved_ore(self) -> int | None:
        """What the programme approved, when it has said so."""
        return next((step.amount_ore for step in self.steps if step.step is ClaimStep.APPROVED), None)

    @property
    def paid_ore(self) -> int:
        """What the programme has paid; what it approved when the payment tells no other amount."""
        if self.standing is not ClaimStep.PAID:
            return 0
        told = next((step.amount_ore for step in self.steps if step.step is ClaimStep.PAID), None)
        return told if told is not None else self.approved_ore or 0

    @property
    def costs_ore(self) -> int | None:
        """The costs that were certified."""
        if not self.rows:
            return None
        return sum(self.rows.get(kind, 0) for kind in COSTS if kind is not RowKind.REVENUE) - self.rows.get(
            RowKind.REVENUE, 0
        )


def standing(claim: EuClaim) -> ClaimStep:
    """The furthest that a claim has come; taken back wins over everything."""
    return _furthest({ClaimStep(step.step) for step in claim.steps.all()})


def _furthest(steps: set[ClaimStep]) -> ClaimStep:
    return max(steps, key=_ORDER.index)


def listed(project_id: UUID) -> tuple[ClaimRow, ...]:
    """The project's claims, the latest first."""
    claims = EuClaim.objects.filter(project=project_id).prefetch_related("steps", "rows").order_by("-number")
    return tuple(_row(claim) for claim in claims)


def covers(project_id: UUID, period: Period) -> bool:
    """Whether a claim that stands has a month of the period."""
    return any(
        row.standing is not ClaimStep.WITHDRAWN and set(eu_outcomes.months_of(row.period)) & set(_months(period))
        for row in listed(project_id)
    )


def closed_periods(project_id: UUID) -> tuple[Period, ...]:
    """The time of the claims that are certified and not taken back, in one question: it is asked for each row."""
    steps = EuClaimStep.objects.filter(claim__project=project_id).values_list("claim__period", "claim_id", "step")
    taken: dict[tuple[Period, UUID], set[ClaimStep]] = defaultdict(set)
    for period, claim_id, step in steps:
        taken[Period(period.lower, period.upper), claim_id].add(ClaimStep(step))
    return tuple(period for (period, _claim), its_steps in taken.items() if _furthest(its_steps) in _CLOSES)


def outcome(project_id: UUID, period: Period | None = None) -> Outcome:
    """What has happened in the project, or in a part of its time. Hours of earlier months count towards the limit."""
    project = EuProject.objects.get(id=project_id)
    rates = _rates(project)
    everything = eu_outcomes.count(_worked(project), rates, yearly_hours=project.yearly_hours)
    counted = [one for one in everything if period is None or one.worked.month in period]
    by_month: dict[tuple[RowKind, date], int] = defaultdict(int)
    for one in counted:
        by_month[RowKind.PERSONNEL, one.worked.month] += one.cost_ore or 0
    minutes = _add_participants(project, period, by_month)
    for entry in EuEntry.objects.filter(project=project):
        if period is None or entry.month in period:
            by_month[RowKind(entry.kind), entry.month] += entry.amount_ore
    sums: dict[RowKind, int] = defaultdict(int)
    for (kind, _month), amount in by_month.items():
        sums[kind] += amount
    used = {(one.worked.function, one.worked.month) for one in counted if one.counted_minutes}
    return Outcome(
        sums=dict(sums),
        by_month=dict(by_month),
        counted=tuple(counted),
        participant_minutes=minutes,
        missing_rates=frozenset(one.worked.function for one in counted if one.cost_ore is None),
        assumed_rates=frozenset(
            function
            for function, month in used
            if (rate := eu_outcomes.rate_in(rates, function, month)) is not None and rate.is_assumption
        ),
    )


def _add_participants(project: EuProject, period: Period | None, by_month: dict[tuple[RowKind, date], int]) -> int:
    minutes = 0
    for row in _latest(EuParticipantHours.objects.filter(project=project).order_by("month", "number"), "month"):
        if period is None or row.month in period:
            minutes += row.minutes
            cost = eu_outcomes.cost_of(row.minutes, row.ore_per_hour)
            by_month[RowKind.PARTICIPANT_COMPENSATION, row.month] += cost
    return minutes


def _worked(project: EuProject) -> list[Worked]:
    rows = EuHours.objects.filter(Q(position__project=project)).select_related("position")
    latest = _latest(rows.order_by("month", "number"), "position_id", "month")
    return [Worked(row.position.code, row.position.function, row.month, row.minutes) for row in latest]


def _latest(rows: object, *names: str) -> list[EuHours | EuParticipantHours]:
    """The last of the rows that agree in the named fields."""
    return list({tuple(getattr(row, name) for name in names): row for row in rows}.values())  # type: ignore[attr-defined]  # a query set of either


def _rates(project: EuProject) -> list[Rate]:
    return [
        Rate(row.function, Period(row.period.lower, row.period.upper), row.ore_per_hour, row.is_assumption)
        for row in EuRate.objects.filter(project=project)
    ]


def _months(period: Period) -> list[date]:
    return eu_outcomes.months_of(period)


def _row(claim: EuClaim) -> ClaimRow:
    steps = sorted(claim.steps.all(), key=lambda step: (step.at, _ORDER.index(ClaimStep(step.step))))
    return ClaimRow(
        id=claim.id,
        number=claim.number,
        period=Period(claim.period.lower, claim.period.upper),
        standing=standing(claim),
        steps=tuple(StepRow(ClaimStep(one.step), one.at, one.by, one.by_id, one.amount_ore, one.text) for one in steps),
        rows={RowKind(row.kind): row.amount_ore for row in claim.rows.all()},
    )
