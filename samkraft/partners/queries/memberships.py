"""Which memberships a person has today, and the context that one of them gives."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from samkraft.partners.models import Membership
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A membership as the bar and the choice at sign-in show it."""

    id: UUID
    user_id: UUID
    user_name: str
    role: Role
    role_name: str
    title: str
    organisation_id: UUID
    organisation_name: str
    organisation_short: str
    area_id: UUID
    area_name: str

    def context(self) -> Context:
        """Act as this membership, with the role's ordinary purpose."""
        return Context(
            actor_id=self.user_id,
            actor_name=self.user_name,
            membership_id=self.id,
            role=self.role.value,
            organisation_id=self.organisation_id,
            area_id=self.area_id,
            purpose=ROLES[self.role].purpose,
        )


def of_user(user_id: UUID) -> list[MembershipRow]:
    """The memberships that hold today. Read before any context exists: it tells nothing about participants."""
    today = day_in_stockholm(timezone.now())
    rows = (
        Membership.objects.filter(user_id=user_id, user__is_active=True, valid__contains=today)
        .select_related("user", "organisation", "area", "unit")
        .order_by("organisation__sort_key", "role", "id")
    )
    return [
        MembershipRow(
            id=row.id,
            user_id=row.user_id,
            user_name=row.user.name,
            role=Role(row.role),
            role_name=ROLES[Role(row.role)].name,
            title=row.title,
            organisation_id=row.organisation_id,
            organisation_name=row.organisation.name,
            organisation_short=row.organisation.short_name or row.organisation.name,
            area_id=row.area_id,
            area_name=row.area.name,
        )
        for row in rows
    ]
