"""The register of risks: what is held of each today, what was held before, and whose review is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from samkraft.audit.queries import statements
from samkraft.initiatives.models import Risk, RiskAssessment
from samkraft.initiatives.rules import risks as rules
from samkraft.initiatives.rules.risks import RiskState, Weight


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """What was held of a risk, by whom and when."""

    version: int
    state: RiskState
    owner_membership_id: UUID
    owner_name: str
    owner_body: str
    measure: str
    probability: int
    consequence: int
    review_date: date | None
    note: str
    at: datetime
    by: str

    @property
    def weighed(self) -> int:
        """1–25."""
        return rules.weigh(self.probability, self.consequence)

    @property
    def weight(self) -> Weight:
        """High, middle or low."""
        return rules.weight(self.probability, self.consequence)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk with its latest assessment, and how heavy it weighed before; None without an earlier one."""

    id: UUID
    initiative_id: UUID
    initiative_code: str
    number: int
    text: str
    source: str
    raised_by: str
    now: AssessmentRow
    weighed_before: int | None
    is_overdue: bool
    days_over: int


def listed(initiative_id: UUID, *, today: date) -> list[RiskRow]:
    """Every risk of an initiative: open ones first, the heaviest first; then the closed."""
    rows = _rows(Risk.objects.filter(initiative_id=initiative_id), today)
    return sorted(rows, key=lambda one: (one.now.state is RiskState.CLOSED, -one.now.weighed, one.number))


def overdue(initiative_id: UUID, *, today: date) -> list[RiskRow]:
    """Open risks whose review should have been, the longest overdue first."""
    return overdue_among(listed(initiative_id, today=today))


def overdue_among(found: Iterable[RiskRow]) -> list[RiskRow]:
    """The same, of risks that are at hand."""
    return sorted((one for one in found if one.is_overdue), key=lambda one: -one.days_over)


def owned(membership_id: UUID, *, today: date, within_days: int = 0) -> list[RiskRow]:
    """Open risks that the membership owns and should look at by then, the first first."""
    mine = _latest().filter(owner_id=membership_id, state=RiskState.OPEN.value)
    ids = [one.risk_id for one in mine if one.review_date and (one.review_date - today).days <= within_days]
    rows = _rows(Risk.objects.filter(id__in=ids), today)
    return sorted(rows, key=lambda one: (one.now.review_date or date.max, one.number))


def number_owned(membership_id: UUID, *, today: date, within_days: int = 0) -> int:
    """How many `owned` would give."""
    until = today + timedelta(days=within_days)
    asked = {"owner": membership_id, "open": RiskState.OPEN.value, "until": until}
    ((many,),) = statements.rows(_NUMBER_OWNED, asked)
    return int(many)


# Planned once: it is asked on every page of whoever sees the steering.
_NUMBER_OWNED = """
SELECT count(*) FROM initiatives_riskassessment a
WHERE a.owner_id = %(owner)s AND a.state = %(open)s AND a.review_date <= %(until)s
    AND NOT EXISTS (SELECT FROM initiatives_riskassessment n WHERE n.risk_id = a.risk_id AND n.version > a.version)
"""


def one(initiative_id: UUID, number: int, *, today: date) -> RiskRow | None:
    """One risk by its number; None when there is none."""
    found = _rows(Risk.objects.filter(initiative_id=initiative_id, number=number), today)
    return found[0] if found else None


def history(risk_id: UUID) -> tuple[AssessmentRow, ...]:
    """Every assessment, the latest first."""
    return tuple(_assessment(row) for row in _assessments().filter(risk_id=risk_id).order_by("-version"))


def _assessments() -> "QuerySet[RiskAssessment]":
    return RiskAssessment.objects.select_related("owner__user", "owner__organisation")


def _latest() -> "QuerySet[RiskAssessment]":
    newest = RiskAssessment.objects.filter(risk_id=OuterRef("risk_id")).order_by("-version").values("version")[:1]
    return RiskAssessment.objects.annotate(newest=Subquery(newest)).filter(version=F("newest"))


def _rows(found: "QuerySet[Risk]", today: date) -> list[RiskRow]:
    risks = {one.id: one for one in found.select_related("initiative")}
    held: dict[UUID, list[RiskAssessment]] = {}
    for row in _assessments().filter(risk_id__in=list(risks)).order_by("version"):
        held.setdefault(row.risk_id, []).append(row)
    return [_row(risk, held[risk.id], today) for risk in risks.values() if risk.id in held]


def _row(risk: Risk, held: list[RiskAssessment], today: date) -> RiskRow:
    now = _assessment(held[-1])
    before = rules.weigh(held[-2].probability, held[-2].consequence) if len(held) > 1 else None
    is_overdue = rules.is_overdue(now.state, now.review_date, today)
    days = (today - now.review_date).days if is_overdue and now.review_date else 0
    return RiskRow(
        risk.id, risk.initiative_id, risk.initiative.code, risk.number, risk.text, risk.source, risk.raised_by, now,
        before, is_overdue, days,
    )  # fmt: skip


def _assessment(row: RiskAssessment) -> AssessmentRow:
    return AssessmentRow(
        row.version, RiskState(row.state), row.owner_id, row.owner.user.name, row.owner.organisation.name, row.measure,
        row.probability, row.consequence, row.review_date, row.note, row.at, row.by,
    )  # fmt: skip
