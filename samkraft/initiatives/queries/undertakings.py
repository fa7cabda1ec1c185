"""The register of initiatives: what is undertaken, by whom together, towards which goals, with what staff promised."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samkraft.initiatives.models import Initiative, InitiativePartner, StaffPromise
from samkraft.initiatives.queries.goals import GoalRow
from samkraft.initiatives.queries.goals import listed as goals_listed
from samkraft.initiatives.rules import undertakings as rules
from samkraft.initiatives.rules.undertakings import LABELS, Staff, Stage
from samkraft.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One line of the register. `last_day` belongs to the period; None means that no end is decided."""

    id: UUID
    code: str
    name: str
    aim: str
    target_groups: str
    owner_id: UUID
    owner_name: str
    start_date: date | None
    last_day: date | None
    stage: Stage
    stage_name: str
    partners: int
    source: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A body's part in an initiative."""

    organisation_code: str
    organisation_name: str
    part: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What one employer has promised in one role."""

    title: str
    employer_name: str
    heads: int
    months: int
    person_months: int


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """Everything that the page of one initiative shows."""

    row: InitiativeRow
    version: str
    partners: tuple[PartnerRow, ...]
    goals: tuple[GoalRow, ...]
    staff: tuple[StaffRow, ...]
    staff_sum: Staff


def listed(*, search: str = "", stage: str = "") -> list[InitiativeRow]:
    """Initiatives in order of name, narrowed by words and by stage."""
    found = _counted().filter(stage=stage) if stage else _counted()
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(aim__icontains=word)
            | Q(target_groups__icontains=word)
            | Q(owner__name__icontains=word)
        )
    return [_row(one) for one in found.order_by("name")]


def stages() -> dict[str, int]:
    """How many initiatives there are in each stage."""
    counts: dict[str, int] = dict(Initiative.objects.order_by().values_list("stage").annotate(Count("id")))
    return counts


def page(code: str) -> InitiativePage | None:
    """One initiative; None when there is none."""
    one = _counted().filter(code=code).first()
    if one is None:
        return None
    row = _row(one)
    wanted = set(one.goals.values_list("id", flat=True))
    staff = tuple(_staff(one.id))
    return InitiativePage(
        row=row,
        version=version(row, wanted),
        partners=tuple(_partners(one.id)),
        goals=tuple(goal for goal in goals_listed() if goal.id in wanted),
        staff=staff,
        staff_sum=rules.staff_of((line.heads, line.months) for line in staff),
    )


def version(row: InitiativeRow, goals: Iterable[UUID]) -> str:
    """Changes with anything that can be edited, so that two people who edit the same initiative find out."""
    facts = [row.name, row.aim, row.target_groups, row.owner_id, row.start_date, row.last_day, row.stage, row.source]
    content = "\x1f".join([*map(str, facts), *sorted(map(str, goals))])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def row(code: str) -> InitiativeRow | None:
    """One initiative without what belongs to it; None when there is none."""
    one = _counted().filter(code=code).first()
    return _row(one) if one else None


def row_of(initiative_id: UUID) -> InitiativeRow:
    """One initiative by id. Raises Initiative.DoesNotExist."""
    return _row(_counted().get(id=initiative_id))


def goals_of(initiative_id: UUID) -> set[UUID]:
    """The goals that an initiative serves."""
    return set(Initiative.goals.through.objects.filter(initiative_id=initiative_id).values_list("goal_id", flat=True))


def _counted() -> "QuerySet[Initiative]":
    return Initiative.objects.select_related("owner").annotate(partner_count=Count("partners", distinct=True))


def _partners(initiative_id: UUID) -> Iterable[PartnerRow]:
    rows = InitiativePartner.objects.filter(initiative_id=initiative_id).select_related("organisation")
    for row in rows.order_by("organisation__sort_key"):
        yield PartnerRow(row.organisation.code, row.organisation.name, row.part)


def _staff(initiative_id: UUID) -> Iterable[StaffRow]:
    """The leadership first, then the core of the teams, then those who are called in."""
    order = list(rules.STAFF_ORDER)
    rows = StaffPromise.objects.filter(initiative_id=initiative_id).select_related("employer")
    for row in sorted(rows, key=lambda row: (order.index(Role(row.role)), row.title, -row.months)):
        yield StaffRow(row.title, row.employer.name, row.heads, row.months, row.heads * row.months)


def source_of_promise(promise_id: UUID) -> str:
    """Where it stands what an employer has promised; empty when nobody has said, or there is no such promise."""
    return StaffPromise.objects.filter(id=promise_id).values_list("source", flat=True).first() or ""


def person_months(initiative_id: UUID) -> int:
    """All the staff that is promised to an initiative, in months; zero when nobody has promised anything."""
    return sum(row.person_months for row in _staff(initiative_id))


def _row(one: Initiative) -> InitiativeRow:
    stage = Stage(one.stage)
    upper = one.period.upper if one.period else None
    return InitiativeRow(
        id=one.id,
        code=one.code,
        name=one.name,
        aim=one.aim,
        target_groups=one.target_groups,
        owner_id=one.owner_id,
        owner_name=one.owner.name,
        start_date=one.period.lower if one.period else None,
        last_day=upper - timedelta(days=1) if upper else None,
        stage=stage,
        stage_name=LABELS[stage],
        partners=one.partner_count,
        source=one.source,
    )
