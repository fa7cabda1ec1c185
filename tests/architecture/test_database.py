"""The tests run as the pages do: as the serving role, in a test database."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from samkraft.operations.database import grants

pytestmark = pytest.mark.django_db


def _one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_tests_connect_as_the_serving_role_to_a_test_database() -> None:
    assert _one("SELECT current_user") == "samkraft_app"
    assert str(_one("SELECT current_database()")).startswith("samkraft_test")


def test_the_serving_role_owns_nothing_and_steps_past_nothing() -> None:
    assert _one("SELECT count(*) FROM pg_class WHERE relowner = 'samkraft_app'::regrole") == 0
    assert (
        _one(
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        is False
    )
    assert _one("SELECT count(*) FROM pg_auth_members WHERE member = 'samkraft_app'::regrole") == 0


def test_grants_are_what_the_models_declare() -> None:
    assert grants.differences() == []


def test_every_model_declares_what_may_be_written() -> None:
    from django.apps import apps

    missing = [
        m.__name__ for m in apps.get_models() if m.__module__.startswith("samkraft.") and not hasattr(m, "writes")
    ]
    assert missing == []


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE money_account CASCADE",
        "UPDATE money_account SET balance_ore = 1",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET content = ''",
        "INSERT INTO audit_seal (number, sealed_at, horizon, count, chain) VALUES (1, now(), 1, 1, '')",
        "SELECT audit_thin(now(), 'beslut', 'någon')",
        "SELECT money_move_balances()",
        "CREATE TABLE own (id int)",
        "SET ROLE samkraft_owner",
        "SET ROLE samkraft_guard",
    ],
)
def test_the_serving_role_is_refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
