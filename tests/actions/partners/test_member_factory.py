"""Members for tests are written by statements of their own: they leave what the actions leave, row for row."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.partners.actions import memberships, people
from samkraft.partners.queries import memberships as asked
from samkraft.partners.rules.roles import Role
from tests.factories import partners

pytestmark = pytest.mark.django_db

_ROWS = """
SELECT 'user', to_jsonb(u) FROM partners_user u WHERE u.id = %(user)s
UNION ALL SELECT 'address', to_jsonb(a) FROM account_emailaddress a WHERE a.user_id = %(user)s
UNION ALL SELECT 'membership', to_jsonb(m) FROM partners_membership m WHERE m.user_id = %(user)s
UNION ALL SELECT e.action, to_jsonb(e) || jsonb_build_object('content', e.content::jsonb) FROM audit_event e
    WHERE e.subject_id IN (%(user)s::text, (SELECT m.id::text FROM partners_membership m WHERE m.user_id = %(user)s))
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
}


def _left(user_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    with transactions.read(partners.administrator()), connection.cursor() as cursor:
        cursor.execute(_ROWS, {"user": user_id})
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
    left = _left(made.user_id)
    assert [kind for kind, _row in left] == ["address", "membership", "membership.given", "person.invited", "user"]
    assert left == _left(user_id)
    assert made.context == asked.of_user(made.user_id)[0].context()
    assert made.context.purpose == asked.one(membership_id).context().purpose  # type: ignore[union-attr]  # it is there
