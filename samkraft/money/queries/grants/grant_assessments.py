"""How an application is assessed: who assesses it and how, the opinions that are asked for, and what is proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.models import (
    GrantApplication,
    GrantAssessor,
    GrantOpinion,
)
from samkraft.money.rules.grants.grant_kinds import Advice, Stance


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """The latest that an assessor has said. `points` by criterion."""

    points: dict[str, int]
    advice: Advice
    text: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody who is appointed; `recusal_reason` when disqualified."""

    membership_id: UUID
    name: str
    recused_at: datetime | None
    recusal_reason: str
    said: AssessmentRow | None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What an administration was asked and has said."""

    organisation_id: UUID
    body: str
    question: str
    due_date: date
    stance: Stance | None
    text: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What the city office proposes."""

    version: int
    advice: Advice
    amount_ore: int | None
    text: str
    conditions: tuple[str, ...]
    at: datetime
    by: str


def mean_points(seats: list[GrantAssessor]) -> float | None:
    """The mean over those whose assessment counts of points against the most."""
    shares = []
    for seat in seats:
        said = max(seat.assessments.all(), key=lambda one: one.version, default=None)
        if seat.recused_at is None and said is not None:
            most = sum(one["most"] for one in said.points)
            shares.append(sum(one["points"] for one in said.points) / most if most else 0)
    return sum(shares) / len(shares) if shares else None


def seats_of(found: GrantApplication) -> Iterable[GrantAssessor]:
    """Those who are appointed to assess an application, with what they have said."""
    return (
        GrantAssessor.objects.filter(application=found)
        .select_related("membership__user")
        .prefetch_related("assessments")
        .order_by("appointed_at")
    )


def seat_of(seat: GrantAssessor) -> SeatRow:
    """One who assesses, with the newest that they have said."""
    latest = max(seat.assessments.all(), key=lambda one: one.version, default=None)
    said = None
    if latest is not None:
        points = {one["name"]: one["points"] for one in latest.points}
        said = AssessmentRow(points, Advice(latest.advice), latest.text, latest.at, latest.version)
    return SeatRow(seat.membership_id, seat.membership.user.name, seat.recused_at, seat.recusal_reason, said)


def opinion_of(row: GrantOpinion) -> OpinionRow:
    """What an administration was asked and has answered."""
    stance = Stance(row.stance) if row.stance else None
    name = row.organisation.administration_name or row.organisation.name
    return OpinionRow(
        row.organisation_id, name, row.question, row.due_date, stance, row.text, row.answered_at, row.answered_by
    )
