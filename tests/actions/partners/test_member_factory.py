"""Members and their organisations are written for tests by statements of their own: they leave what the actions leave, row for
row."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from samkraft.audit.actions import transactions
from samkraft.partners.actions import areas, begin, memberships, organisations, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import partners

pytestmark = pytest.mark.django_db

_ROWS = """
SELECT 'user', to_jsonb(u) FROM partners_user u WHERE u.id = %(user)s
UNION ALL SELECT 'address', to_jsonb(a) FROM account_emailaddress a WHERE a.user_id = %(user)s
UNION ALL SELECT 'membership', to_jsonb(m) FROM partners_membership m WHERE m.user_id = %(user)s
UNION ALL SELECT e.action, to_jsonb(e) || jsonb_build_object('content', e.content::jsonb) FROM audit_event e
    WHERE e.subject_id IN (%(user)s::text, (SELECT m.id::text FROM partners_membership m WHERE m.user_id = %(user)s))
"""
_BODIES = """
SELECT 'body', to_jsonb(o) FROM partners_organisation o WHERE o.id = %(body)s
UNION ALL SELECT 'area', to_jsonb(a) FROM partners_secrecyarea a WHERE a.authority_id = %(body)s
UNION ALL SELECT e.action, to_jsonb(e) || jsonb_build_object('content', e.content::jsonb) FROM audit_event e
    WHERE e.subject_id IN (%(body)s::text, (SELECT a.id::text FROM partners_secrecyarea a WHERE a.authority_id = %(body)s))
"""
# What is another for each: keys, the moment, chance, and the password, which is none and differs all the same.
OWN = {
    "id",
    "number",
    "at",
    "recorded_at",
    "added_at",
    "transaction",
    "salt",
    "password",
    "user_id",
    "subject_id",
    "email",
    "actor_id",
    "membership_id",
    "organisation_id",
    "area_id",
    "authority_id",
}


def _left(statement: str, **key: UUID) -> list[tuple[str, dict[str, Any]]]:
    with transactions.read(partners.administrator()), connection.cursor() as cursor:
        cursor.execute(statement, key)
        rows = cursor.fetchall()
    return sorted(((kind, _common(json.loads(row))) for kind, row in rows), key=lambda told: told[0])


def _common(row: Any) -> Any:
    return {name: _common(value) if name == "content" else value for name, value in row.items() if name not in OWN}


@pytest.mark.parametrize("role", [Role.EMPLOYMENT_OFFICER, Role.FUND_OFFICER, Role.STEERING_GROUP, Role.EVALUATOR])
def test_a_member_is_what_the_actions_make(role: Role) -> None:
    made = partners.member(role, name="Åsa  Maria Ek")
    user_id = people.invite(by=partners.administrator(), email="other@exempel.invalid", name="Åsa  Maria Ek")
    membership_id = memberships.give(
        by=partners.administrator(),
        user_id=user_id,
        organisation_id=made.organisation_id,
        area_id=made.area_id,
        role=role.value,
        start_date=partners.START_DATE,
    )
    left = _left(_ROWS, user=made.user_id)
    assert [kind for kind, _row in left] == ["address", "membership", "membership.given", "person.invited", "user"]
    assert left == _left(_ROWS, user=user_id)
    assert made.context == asked.of_user(made.user_id)[0].context()
    assert made.context.purpose == asked.one(membership_id).context().purpose  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("kind", [OrganisationKind.COMMITTEE, OrganisationKind.COMPANY])
def test_an_organisation_is_what_the_actions_make(kind: OrganisationKind) -> None:
    """Inside the city and outside it. Two cannot have one name, so the first is taken back before the second is made."""
    partners.administrator()
    at_first = transaction.savepoint()
    left = _left(_BODIES, body=partners.organisation("ejp", kind, name="Åtta  jobb och en plats"))
    transaction.savepoint_rollback(at_first)
    by = partners.administrator()
    body = organisations.add(
        by=by, code="ejp", kind=kind.value, name="Åtta  jobb och en plats",
        parent_id=by.organisation_id if kind is OrganisationKind.COMMITTEE else None,
    )  # fmt: skip
    areas.add(by=by, code="ejp", name="Område ejp", authority_id=body, controller="ejp", archive_authority="ejp")
    assert [kind for kind, _row in left] == ["area", "area.added", "body", "organisation.added"]
    assert left == _left(_BODIES, body=body)


def test_the_first_city_is_what_its_action_makes() -> None:
    """Nobody has a membership before either of them."""

    def left(by: Context) -> list[tuple[str, dict[str, Any]]]:
        return _left(_BODIES, body=by.organisation_id) + _left(_ROWS, user=by.actor_id)

    at_first = transaction.savepoint()
    ours = left(partners.administrator())
    transaction.savepoint_rollback(at_first)
    by = begin.begin(
        email="administrator@exempel.invalid",
        name="Ada Ministrator",
        organisation_name="Malmö stad",
        organisation_code="malmo",
        organisation_number="212000-1124",
    )
    assert [kind for kind, _row in ours] == [
        "area", "body", "address", "installation.begun", "membership", "membership.given", "user",
    ]  # fmt: skip
    assert ours == left(by)
    assert by == asked.of_user(by.actor_id)[0].context()
