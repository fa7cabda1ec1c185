"""Whoever has signed in, and the memberships that hold today: what every page begins with, in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Question, Rows
from samkraft.partners.models import User
from samkraft.partners.queries.memberships import MembershipRow
from samkraft.partners.rules.roles import ROLES, Role

_FIELDS = tuple(field.attname for field in User._meta.concrete_fields)
# Keys and devices that count as a second factor, as the sign-in library calls them.
_ACCOUNT = f"""
SELECT {", ".join(f"u.{name}" for name in _FIELDS)},
       EXISTS (SELECT FROM mfa_authenticator f WHERE f.user_id = u.id AND f.type IN ('totp', 'webauthn')),
       m.id, m.role, m.title, o.id, o.name, o.short_name, o.organisation_number, a.id, a.name
FROM partners_user u
LEFT JOIN partners_membership m ON m.user_id = u.id AND m.valid @> %s::date
LEFT JOIN partners_organisation o ON o.id = m.organisation_id
LEFT JOIN partners_secrecyarea a ON a.id = m.area_id
WHERE u.id = %s AND u.is_active
ORDER BY o.sort_key, m.role, m.id
"""  # noqa: S608 - the names are those of our own model


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, with the memberships of today beside each organisation's number."""

    user: User
    has_second_factor: bool
    memberships: tuple[tuple[MembershipRow, str], ...]

    def acting(self, organisation_number: str = "") -> list[MembershipRow]:
        """The memberships; with a number only those in organisations that have it."""
        return [row for row, number in self.memberships if not organisation_number or number == organisation_number]


def of(user_id: UUID, today: date) -> Account | None:
    """None when there is no such person, or the account is closed. Read before any context exists."""
    return account_from(statements.rows(*question(user_id, today)))


def question(user_id: UUID, today: date) -> Question:
    """The statement behind `of`, for whoever asks several in one journey."""
    return _ACCOUNT, [today, user_id]


def account_from(found: Rows) -> Account | None:
    """The account out of the answer."""
    if not found:
        return None
    many = len(_FIELDS)
    user: User = User.from_db("default", _FIELDS, found[0][:many])
    memberships = tuple(_membership(user, row[many + 1 :]) for row in found if row[many + 1] is not None)
    return Account(user, found[0][many], memberships)


def _membership(user: User, row: tuple[Any, ...]) -> tuple[MembershipRow, str]:
    key, role, title, organisation_id, organisation, short, number, area_id, area = row
    known = Role(role)
    return MembershipRow(
        id=key,
        user_id=user.id,
        user_name=user.name,
        user_email=user.email,
        role=known,
        role_name=ROLES[known].name,
        title=title,
        organisation_id=organisation_id,
        organisation_name=organisation,
        organisation_short=short or organisation,
        area_id=area_id,
        area_name=area,
    ), number
