"""Organisations and people for tests, built through the actions.

`member(Role.FUND_OFFICER)` is a person in a fitting organisation; `.context` is what actions take as `by`. Most tests begin
with a handful of them, so they are written by statements of their own, which leave what the actions leave
(`tests/actions/partners/test_member_factory.py`).
"""

import itertools
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.audit.queries import statements
from samkraft.partners.actions import areas, begin, memberships, organisations, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.queries import organisations as bodies
from samkraft.partners.rules.organisations import OrganisationKind, swedish_sort_key
from samkraft.partners.rules.people import sort_name, tidy_name
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

START_DATE = date(2022, 1, 3)
_numbers = itertools.count(1)

# Where a role is at home when a test does not say.
HOME = {
    Role.FUND_OFFICER: ("stk", OrganisationKind.OFFICE),
    Role.COUNCILLOR: ("kf", OrganisationKind.COUNCIL),
    Role.GRANTEE_REPORTER: ("redi", OrganisationKind.ASSOCIATION),
    Role.STEERING_GROUP: ("finsam", OrganisationKind.COORDINATION_ASSOCIATION),
    Role.EVALUATOR: ("sydvast", OrganisationKind.SUPPLIER),
    Role.EMPLOYMENT_OFFICER: ("af", OrganisationKind.STATE_AUTHORITY),
    Role.INSURANCE_OFFICER: ("fk", OrganisationKind.STATE_AUTHORITY),
    Role.CARE_COORDINATOR: ("region-skane", OrganisationKind.REGION),
    Role.MAIN_PROJECT_LEADER: ("af", OrganisationKind.STATE_AUTHORITY),
    Role.DATA_PROTECTION_OFFICER: ("malmo", OrganisationKind.CITY),
    Role.SYSTEM_ADMINISTRATOR: ("malmo", OrganisationKind.CITY),
}
_DEFAULT_HOME = ("asn", OrganisationKind.COMMITTEE)
_OUTSIDE = {
    OrganisationKind.ASSOCIATION,
    OrganisationKind.SUPPLIER,
    OrganisationKind.STATE_AUTHORITY,
    OrganisationKind.REGION,
    OrganisationKind.COORDINATION_ASSOCIATION,
    OrganisationKind.COMPANY,
}


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a role."""

    user_id: UUID
    membership_id: UUID
    organisation_id: UUID
    area_id: UUID
    name: str
    context: Context


def administrator() -> Context:
    """The city's first system administrator; made when there is nobody yet."""
    email = "administrator@exempel.invalid"
    if _known and _still_stands(_known[-1]):
        return _known[-1]
    held = asked.of_people([email]).get(email)
    found = held[0].context() if held else begin.begin(
        email=email,
        name="Ada Ministrator",
        organisation_name="Malmö stad",
        organisation_code="malmo",
        organisation_number="212000-1124",
    )  # fmt: skip
    _known[:] = [found]
    return found


_known: list[Context] = []


def _still_stands(by: Context) -> bool:
    """Whether who was the administrator a moment ago is it still: asked for each thing that is made, so it is asked cheaply."""
    who = {"id": by.membership_id, "name": by.actor_name, "today": day_in_stockholm(timezone.now())}
    return bool(statements.rows(_STANDS, who))


_STANDS = """
SELECT 1 FROM partners_membership m JOIN partners_user u ON u.id = m.user_id
WHERE m.id = %(id)s AND m.valid @> %(today)s AND u.is_active AND u.name = %(name)s
"""


def organisation(code: str, kind: OrganisationKind = OrganisationKind.COMMITTEE, **more: object) -> UUID:
    """The organisation with this code; made, with an area of the same code, when it is not there."""
    by = administrator()
    known = statements.rows("SELECT id FROM partners_organisation WHERE code = %(code)s", {"code": code})
    if known:
        found: UUID = known[0][0]
        return found
    if "parent_id" not in more and kind not in _OUTSIDE:
        more["parent_id"] = (
            organisation("ks", OrganisationKind.BOARD) if code in {"stk", "ksau"} else by.organisation_id
        )
    made = organisations.add(by=by, code=code, **{"name": code.upper(), "kind": kind.value, **more})
    areas.add(by=by, code=code, name=f"Område {code}", authority_id=made, controller=code, archive_authority=code)
    return made


def area(organisation_id: UUID) -> UUID:
    """An area that members of the organisation belong to."""
    for (own,) in statements.rows(_OWN_AREA, {"body": organisation_id}):
        found: UUID = own
        return found
    return bodies.areas_for(organisation_id)[0].id


_OWN_AREA = "SELECT id FROM partners_secrecyarea WHERE authority_id = %(body)s ORDER BY sort_key, id LIMIT 1"


def person(name: str = "") -> UUID:
    """Someone with an account and no role."""
    number = next(_numbers)
    return people.invite(by=administrator(), email=f"person{number}@exempel.invalid", name=name or f"Person {number}")


def member(role: Role, code: str = "", *, user_id: UUID | None = None, name: str = "") -> Member:
    """Someone with this role, in the organisation with this code or where the role is at home."""
    home, kind = HOME.get(role, _DEFAULT_HOME)
    if code and code != home:
        home, kind = code, OrganisationKind.COMMITTEE
    organisation_id = organisation(home, kind)
    area_id = area(organisation_id)
    if user_id is None:
        return _newcomer(role, organisation_id, area_id, name)
    membership_id = memberships.give(
        by=administrator(),
        user_id=user_id,
        organisation_id=organisation_id,
        area_id=area_id,
        role=role.value,
        start_date=START_DATE,
    )
    row = next(row for row in asked.of_user(user_id) if row.id == membership_id)
    return Member(user_id, membership_id, organisation_id, area_id, row.user_name, row.context())


def _newcomer(role: Role, organisation_id: UUID, area_id: UUID, name: str) -> Member:
    """Somebody new, who can have no other role that conflicts: nothing to ask about, and all written in two journeys."""
    by, number, user_id, membership_id = administrator(), next(_numbers), uuid4(), uuid4()
    name, email = tidy_name(name or f"Person {number}"), f"person{number}@exempel.invalid"
    said: dict[str, object] = {
        "user": user_id, "email": email, "name": name, "sort_key": swedish_sort_key(sort_name(name)),
        "password": make_password(None), "membership": membership_id, "organisation": organisation_id, "area": area_id,
        "role": role.value, "start": START_DATE, "now": timezone.now(), "by": by.actor_name,
    }  # fmt: skip
    with transactions.write(by), trail.gathered():
        *_written, [(body,)] = statements.several([(statement, said) for statement in _NEWCOMER])
        trail.record(
            by=by, action="person.invited", subject_kind="partners.user", subject_id=user_id, subject_name=name,
            email=email,
        )  # fmt: skip
        trail.record(
            by=by, action="membership.given", subject_kind="partners.membership", subject_id=membership_id,
            subject_name=name, user_id=user_id, role=role.value, organisation=body, start_date=START_DATE, last_date=None,
        )  # fmt: skip
    context = Context(
        actor_id=user_id,
        actor_name=name,
        membership_id=membership_id,
        role=role.value,
        organisation_id=organisation_id,
        area_id=area_id,
        purpose=ROLES[role].purpose,
    )
    return Member(user_id, membership_id, organisation_id, area_id, name, context)


_NEWCOMER = (
    """
INSERT INTO partners_user (id, email, name, sort_key, password, language, colour_scheme, is_active)
VALUES (%(user)s, %(email)s, %(name)s, %(sort_key)s, %(password)s, 'sv', 'auto', true) RETURNING id
""",
    """
INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%(user)s, %(email)s, true, true) RETURNING id
""",
    """
INSERT INTO partners_membership (id, user_id, organisation_id, area_id, role, title, valid, added_at, added_by)
VALUES (%(membership)s, %(user)s, %(organisation)s, %(area)s, %(role)s, '', daterange(%(start)s, NULL), %(now)s, %(by)s)
RETURNING (SELECT name FROM partners_organisation WHERE id = organisation_id)
""",
)


def by(role: Role, code: str = "") -> Context:
    """Only the context of someone with this role."""
    return member(role, code).context
