"""Whom a message to a body goes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.partners.models import Membership
from samkraft.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person in one membership, with the address and the language that they read."""

    membership_id: UUID
    name: str
    email: str
    language: str


def in_roles(*, roles: Iterable[Role], day: date, organisation_id: UUID | None = None) -> list[Recipient]:
    """Those who hold one of the roles on the day, in one organisation or (None) in any; in order of name."""
    members = Membership.objects.filter(
        role__in=[role.value for role in roles], valid__contains=day, user__is_active=True
    )
    if organisation_id is not None:
        members = members.filter(organisation_id=organisation_id)
    return [
        Recipient(member.id, member.user.name, member.user.email, member.user.language)
        for member in members.select_related("user").order_by("user__sort_key", "id")
    ]


def one(membership_id: UUID, *, day: date) -> Recipient | None:
    """Who holds a membership on the day."""
    found = Membership.objects.filter(id=membership_id, valid__contains=day, user__is_active=True)
    member = found.select_related("user").first()
    return Recipient(member.id, member.user.name, member.user.email, member.user.language) if member else None
