"""Memberships by id and by area, with their time: whom one may work with, appoint or place in a team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from samkraft.partners.models import Membership
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class Colleague:
    """One membership: who, as what, where, and when."""

    membership_id: UUID
    user_id: UUID
    name: str
    role: Role
    role_name: str
    title: str
    organisation_id: UUID
    organisation_name: str
    area_id: UUID
    area_name: str
    period: Period


def one(membership_id: UUID) -> Colleague | None:
    """One membership, whenever it holds; None when there is none."""
    row = _rows().filter(id=membership_id).first()
    return None if row is None else _colleague(row)


def meeting_people(area_ids: Iterable[UUID], *, on: date) -> list[Colleague]:
    """Those in the areas whose role is to meet people and whose membership holds on the day, by area and last name."""
    roles = [role.value for role, described in ROLES.items() if described.meets_people]
    rows = _rows().filter(area_id__in=list(area_ids), role__in=roles, valid__contains=on, user__is_active=True)
    return [_colleague(row) for row in rows.order_by("area__sort_key", "user__sort_key", "id")]


def having(permission: Permission, *, on: date) -> list[Colleague]:
    """Everybody whose role gives a permission and whose membership holds on the day, by last name."""
    roles = [role.value for role in ROLES if may(role, permission)]
    rows = _rows().filter(role__in=roles, valid__contains=on, user__is_active=True)
    return [_colleague(row) for row in rows.order_by("user__sort_key", "id")]


def in_role(role: Role, *, on: date) -> list[Colleague]:
    """Everybody who has the role on the day, by last name."""
    rows = _rows().filter(role=role.value, valid__contains=on, user__is_active=True)
    return [_colleague(row) for row in rows.order_by("user__sort_key", "id")]


def _rows() -> "QuerySet[Membership]":
    return Membership.objects.select_related("user", "organisation", "area")


def _colleague(row: Membership) -> Colleague:
    role = Role(row.role)
    return Colleague(
        membership_id=row.id,
        user_id=row.user_id,
        name=row.user.name,
        role=role,
        role_name=ROLES[role].name,
        title=row.title,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        area_id=row.area_id,
        area_name=row.area.name,
        period=Period(row.valid.lower, row.valid.upper),
    )
