"""Which memberships a person has today, and the context that one of them gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samkraft.partners.models import Membership
from samkraft.partners.rules.memberships import Held
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A membership as the bar and the choice at sign-in show it."""

    id: UUID
    user_id: UUID
    user_name: str
    user_email: str
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
    return [_row(row) for row in _today().filter(user_id=user_id)]


def one(membership_id: UUID) -> MembershipRow | None:
    """A membership, if it holds today: a job that was put in the queue for it asks again when it runs."""
    return next((_row(row) for row in _today().filter(id=membership_id)), None)


def of_people(emails: Sequence[str]) -> dict[str, list[MembershipRow]]:
    """The memberships that hold today of several people, by e-mail address."""
    found: dict[str, list[MembershipRow]] = {}
    for row in _today().filter(user__email__in=emails):
        found.setdefault(row.user.email, []).append(_row(row))
    return found


def of_number(*, user_id: UUID, organisation_number: str) -> list[MembershipRow]:
    """The memberships that hold today in organisations with this number: what its own sign-in vouches for."""
    return [
        _row(row) for row in _today().filter(user_id=user_id, organisation__organisation_number=organisation_number)
    ]


def held_by(user_id: UUID) -> list[Held]:
    """Every role of a person, past and coming, for the rules on conflict and overlap."""
    rows = Membership.objects.filter(user_id=user_id).select_related("organisation").order_by("id")
    return [Held(row.id, Role(row.role), row.organisation_id, row.organisation.name, period_of(row)) for row in rows]


def period_of(row: Membership) -> Period:
    """The validity as a period."""
    return Period(row.valid.lower, row.valid.upper)


def nobody_in_particular(user_id: UUID, name: str) -> Context:
    """A person who acts before any role: may change only what is theirs alone, such as the password."""
    return Context(
        actor_id=user_id,
        actor_name=name,
        membership_id=_NOBODY,
        role=Role.PUBLIC.value,
        organisation_id=_NOBODY,
        area_id=_NOBODY,
        purpose=ROLES[Role.PUBLIC].purpose,
    )


def _today() -> QuerySet[Membership]:
    today = day_in_stockholm(timezone.now())
    return (
        Membership.objects.filter(user__is_active=True, valid__contains=today)
        .select_related("user", "organisation", "area", "unit")
        .order_by("organisation__sort_key", "role", "id")
    )


def _row(row: Membership) -> MembershipRow:
    return MembershipRow(
        id=row.id,
        user_id=row.user_id,
        user_name=row.user.name,
        user_email=row.user.email,
        role=Role(row.role),
        role_name=ROLES[Role(row.role)].name,
        title=row.title,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        organisation_short=row.organisation.short_name or row.organisation.name,
        area_id=row.area_id,
        area_name=row.area.name,
    )
