"""People who can sign in, with their roles over time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone

from samkraft.partners.models import Membership, User
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of one person, with its time."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: Role
    role_name: str
    title: str
    organisation_code: str
    organisation_name: str
    area_name: str
    unit_name: str
    start_date: date
    last_date: date | None
    state: str  # "now", "coming" or "ended"
    added_by: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the administrator's list."""

    id: UUID
    name: str
    email: str
    is_active: bool
    has_password: bool
    has_second_factor: bool
    last_signed_in: date | None
    roles: tuple[RoleHeld, ...]


def listed(*, search: str = "", role: str = "", organisation_id: UUID | None = None) -> list[PersonRow]:
    """People in order of last name, narrowed by words in name or address, by a role and by an organisation."""
    found = User.objects.order_by("sort_key", "id")
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    held = roles_held()
    wanted = {one.user_id for one in held if (not role or one.role.value == role) and one.state != "ended"}
    if organisation_id is not None:
        wanted &= set(
            Membership.objects.filter(organisation_id=organisation_id).order_by().values_list("user_id", flat=True)
        )
    if role or organisation_id is not None:
        found = found.filter(id__in=wanted)
    return _rows(list(found), held)


def one(user_id: UUID) -> PersonRow | None:
    """One person with every role, also those that have ended."""
    found = list(User.objects.filter(id=user_id))
    return _rows(found, roles_held(user_id=user_id))[0] if found else None


def ids_by_email() -> dict[str, UUID]:
    """E-mail address → id."""
    return dict(User.objects.order_by("email").values_list("email", "id"))


def choices_of(user_id: UUID) -> tuple[str, str]:
    """The language and colour scheme that the person has chosen."""
    found = User.objects.filter(id=user_id).values_list("language", "colour_scheme").first()
    return found or ("sv", "auto")


def roles_held(*, user_id: UUID | None = None, organisation_id: UUID | None = None) -> list[RoleHeld]:
    """Roles over time, in order of organisation, role and last name."""
    today = day_in_stockholm(timezone.now())
    found = Membership.objects.select_related("user", "organisation", "area", "unit").order_by(
        "organisation__sort_key", "role", "user__sort_key", "id"
    )
    if user_id is not None:
        found = found.filter(user_id=user_id)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    return [_held(row, today) for row in found]


def _held(row: Membership, today: date) -> RoleHeld:
    upper = row.valid.upper
    state = "coming" if row.valid.lower > today else "now" if upper is None or today < upper else "ended"
    return RoleHeld(
        id=row.id,
        user_id=row.user_id,
        name=row.user.name,
        email=row.user.email,
        role=Role(row.role),
        role_name=ROLES[Role(row.role)].name,
        title=row.title,
        organisation_code=row.organisation.code,
        organisation_name=row.organisation.name,
        area_name=row.area.name,
        unit_name=row.unit.name if row.unit else "",
        start_date=row.valid.lower,
        last_date=date.fromordinal(upper.toordinal() - 1) if upper else None,
        state=state,
        added_by=row.added_by,
    )


def _rows(users: list[User], held: list[RoleHeld]) -> list[PersonRow]:
    by_user: dict[UUID, list[RoleHeld]] = {}
    for row in held:
        by_user.setdefault(row.user_id, []).append(row)
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    secured = set(Authenticator.objects.filter(type__in=kinds).order_by().values_list("user_id", flat=True))
    return [
        PersonRow(
            id=user.id,
            name=user.name,
            email=user.email,
            is_active=user.is_active,
            has_password=user.has_usable_password(),
            has_second_factor=user.id in secured,
            last_signed_in=day_in_stockholm(user.last_login) if user.last_login else None,
            roles=tuple(by_user.get(user.id, ())),
        )
        for user in users
    ]
