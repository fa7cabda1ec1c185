"""Organisations and people for tests, built through the actions.

`member(Role.FUND_OFFICER)` is a person in a fitting organisation; `.context` is what actions take as `by`. Most tests begin
with a handful of them, so they and their organisations are written by statements of their own, which leave what the actions
leave (`tests/actions/partners/test_member_factory.py`).
"""

import itertools
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.audit.queries import statements
from samkraft.partners.actions import areas, memberships, organisations, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.queries import organisations as bodies
from samkraft.partners.rules.organisations import OrganisationKind, swedish_sort_key
from samkraft.partners.rules.organisations import tidy_name as tidy_organisation_name
from samkraft.partners.rules.people import sort_name, tidy_name
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm

START_DATE = date(2022, 1, 3)
CITY = "malmo"
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
    Role.DATA_PROTECTION_OFFICER: (CITY, OrganisationKind.CITY),
    Role.SYSTEM_ADMINISTRATOR: (CITY, OrganisationKind.CITY),
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
    found = held[0].context() if held else _begun(email)
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


def _begun(email: str) -> Context:
    """What `begin.begin` leaves: the city, its area and whoever may add the rest."""
    by = _acting(Role.SYSTEM_ADMINISTRATOR, uuid4(), "Ada Ministrator", uuid4(), uuid4())
    city = _body_said(by, by.organisation_id, CITY, "Malmö stad", OrganisationKind.CITY, None)
    said = {
        **city, "area": by.area_id, "area_name": city["name"], "area_key": city["body_key"], "controller": city["name"],
        "number": "2120001124", **_person_said(by, by, email, day_in_stockholm(timezone.now())),
    }  # fmt: skip
    with transactions.write(by), trail.gathered():
        statements.several([(statement, said) for statement in (*_BODY, *_NEWCOMER)])
        _record_given(by, by, str(city["name"]), day_in_stockholm(timezone.now()))
        trail.record(
            by=by, action="installation.begun", subject_kind="partners.user", subject_id=by.actor_id,
            subject_name=by.actor_name, email=email, organisation=city["name"],
        )  # fmt: skip
    return by


def organisation(code: str, kind: OrganisationKind = OrganisationKind.COMMITTEE, **more: object) -> UUID:
    """The organisation with this code; made, with an area of the same code, when it is not there."""
    known = statements.rows("SELECT id FROM partners_organisation WHERE code = %(code)s", {"code": code})
    if known:
        found: UUID = known[0][0]
        return found
    by = administrator()
    if code == CITY:  # it is there with its first administrator
        return by.organisation_id
    if "parent_id" not in more and kind not in _OUTSIDE:
        more["parent_id"] = (
            organisation("ks", OrganisationKind.BOARD) if code in {"stk", "ksau"} else by.organisation_id
        )
    if set(more) <= {"name", "parent_id"}:
        return _body(by, code, kind, **more)  # type: ignore[arg-type]  # a test names fields as the action does
    made = organisations.add(by=by, code=code, **{"name": code.upper(), "kind": kind.value, **more})
    areas.add(by=by, code=code, name=f"Område {code}", authority_id=made, controller=code, archive_authority=code)
    return made


def _body(by: Context, code: str, kind: OrganisationKind, *, name: str = "", parent_id: UUID | None = None) -> UUID:
    """Nothing but a name and what it is part of: nothing to ask about, and all written in two journeys."""
    made, area_name = uuid4(), f"Område {code}"
    said = {
        **_body_said(by, made, code, name or code.upper(), kind, parent_id), "area": uuid4(), "area_name": area_name,
        "area_key": swedish_sort_key(area_name), "controller": code, "number": "",
    }  # fmt: skip
    with transactions.write(by), trail.gathered():
        [(part_of,)], _area = statements.several([(statement, said) for statement in _BODY])
        trail.record(
            by=by, action="organisation.added", subject_kind="partners.organisation", subject_id=made,
            subject_name=str(said["name"]), name=said["name"], short_name="", other_names=[], administration_name="",
            kind=kind.value, part_of=part_of or "", organisation_number="", workplace_number="", note="",
        )  # fmt: skip
        trail.record(
            by=by, action="area.added", subject_kind="partners.area", subject_id=said["area"], subject_name=area_name,
            authority_id=made, secrecy_rule="",
        )  # fmt: skip
    return made


def _body_said(
    by: Context, made: UUID, code: str, name: str, kind: OrganisationKind, parent_id: UUID | None
) -> dict[str, object]:
    name = tidy_organisation_name(name)
    return {
        "body": made, "code": code, "name": name, "body_key": swedish_sort_key(name), "kind": kind.value,
        "parent": parent_id,
    }  # fmt: skip


_BODY = (
    """
INSERT INTO partners_organisation (id, code, name, short_name, other_names, administration_name, kind, organisation_number,
                                   workplace_number, parent_id, note, sort_key)
VALUES (%(body)s, %(code)s, %(name)s, '', '[]', '', %(kind)s, %(number)s, '', %(parent)s, '', %(body_key)s)
RETURNING (SELECT above.name FROM partners_organisation above WHERE above.id = partners_organisation.parent_id)
""",
    """
INSERT INTO partners_secrecyarea (id, code, name, authority_id, secrecy_rule, harm_test, controller, archive_authority,
                                  retention_plan, source, sort_key)
VALUES (%(area)s, %(code)s, %(area_name)s, %(body)s, '', '', %(controller)s, %(controller)s, '', '', %(area_key)s) RETURNING id
""",
)


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
    by, number = administrator(), next(_numbers)
    made = _acting(role, uuid4(), tidy_name(name or f"Person {number}"), organisation_id, area_id)
    email = f"person{number}@exempel.invalid"
    with transactions.write(by), trail.gathered():
        said = _person_said(by, made, email, START_DATE)
        *_written, [(body,)] = statements.several([(statement, said) for statement in _NEWCOMER])
        trail.record(
            by=by, action="person.invited", subject_kind="partners.user", subject_id=made.actor_id,
            subject_name=made.actor_name, email=email,
        )  # fmt: skip
        _record_given(by, made, body, START_DATE)
    return Member(made.actor_id, made.membership_id, organisation_id, area_id, made.actor_name, made)


def _acting(role: Role, user_id: UUID, name: str, organisation_id: UUID, area_id: UUID) -> Context:
    return Context(
        actor_id=user_id,
        actor_name=name,
        membership_id=uuid4(),
        role=role.value,
        organisation_id=organisation_id,
        area_id=area_id,
        purpose=ROLES[role].purpose,
    )


def _person_said(by: Context, made: Context, email: str, start: date) -> dict[str, object]:
    return {
        "user": made.actor_id, "email": email, "user_name": made.actor_name,
        "sort_key": swedish_sort_key(sort_name(made.actor_name)), "password": make_password(None),
        "membership": made.membership_id, "organisation": made.organisation_id, "area": made.area_id, "role": made.role,
        "start": start, "now": timezone.now(), "by": by.actor_name,
    }  # fmt: skip


def _record_given(by: Context, made: Context, body: str, start: date) -> None:
    trail.record(
        by=by, action="membership.given", subject_kind="partners.membership", subject_id=made.membership_id,
        subject_name=made.actor_name, user_id=made.actor_id, role=made.role, organisation=body, start_date=start,
        last_date=None,
    )  # fmt: skip


_NEWCOMER = (
    """
INSERT INTO partners_user (id, email, name, sort_key, password, language, colour_scheme, is_active)
VALUES (%(user)s, %(email)s, %(user_name)s, %(sort_key)s, %(password)s, 'sv', 'auto', true) RETURNING id
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
