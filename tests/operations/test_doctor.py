"""samkraft doctor finds what has been made unsafe on purpose, and says what to do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samkraft.operations import health, proofs, serving_role
from samkraft.operations.health import database, installation
from tests import database as test_database
from tests.factories import partners

pytestmark = pytest.mark.django_db


def _wrong(findings: Any) -> list[str]:
    return [one.said for one in findings if one.is_wrong]


@pytest.fixture
def owner_of(transactional_db: None) -> Any:
    from django.db import connection

    with test_database.as_owner(connection.settings_dict["NAME"]) as opened:
        yield opened


def test_a_database_as_migrated_is_in_order() -> None:
    checks = (database.version, database.migrations, database.privileges, database.row_security, database.functions)
    assert [_wrong(check()) for check in (*checks, database.clock)] == [[]] * 6


def test_a_grant_too_many_is_unsafe(owner_of: Any) -> None:
    owner_of.execute("GRANT UPDATE ON audit_event TO samkraft_app")
    assert any("audit_event" in said for said in _wrong(database.privileges()))


def test_row_security_that_no_longer_binds_the_owner_is_unsafe(owner_of: Any) -> None:
    owner_of.execute("ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY")
    assert _wrong(database.row_security()) == ["audit_event har inte radskydd som också gäller ägaren."]


def test_row_security_switched_off_is_unsafe(owner_of: Any) -> None:
    owner_of.execute("ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY")
    assert _wrong(database.row_security())


def test_a_function_with_rights_of_its_own_that_all_may_call_is_unsafe(owner_of: Any) -> None:
    owner_of.execute("CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
    assert any("peek()" in said for said in _wrong(database.functions()))


def test_a_missing_step_is_found(owner_of: Any) -> None:
    latest = "SELECT max(name) FROM django_migrations WHERE app = 'audit'"
    owner_of.execute(f"DELETE FROM django_migrations WHERE app = 'audit' AND name = ({latest})")
    assert any("steg är inte gjorda" in said for said in _wrong(database.migrations()))


def test_the_owners_address_must_not_serve_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    assert _wrong(database.role()) == []
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_OWNER_URL"])
    assert any("äger" in said for said in _wrong(database.role()))
    assert all(one.way_out == serving_role.WAY_OUT for one in database.role())


def test_a_demo_that_others_can_reach_is_unsafe(settings: Any) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert _wrong(installation.configuration()) == []
    settings.ALLOWED_HOSTS = ["samkraft.example.se"]
    assert any("logga in utan lösenord" in said for said in _wrong(installation.configuration()))


@pytest.mark.parametrize("key", ["kort", "a" * 80])
def test_a_key_that_can_be_guessed_is_unsafe(settings: Any, key: str) -> None:
    settings.DEMO = False
    settings.SITE_URL = "https://samkraft.example.se"
    settings.SECRET_KEY = key
    assert any("kan gissas" in said for said in _wrong(installation.configuration()))


def test_without_a_letter_box_invitations_reach_nobody(settings: Any) -> None:
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert _wrong(installation.email())


def test_proofs_are_shown_with_their_age_and_a_failed_one_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(proofs, "NOTES", tmp_path / "proofs.json")
    assert [one.state for one in installation.proved()] == [health.State.NOTE]
    proofs.note("audit", proofs.Outcome(True, []))
    assert [one.state for one in installation.proved()] == [health.State.FINE]
    proofs.note("audit", proofs.Outcome(False, []))
    assert [one.state for one in installation.proved()] == [health.State.UNSAFE]
    old = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    monkeypatch.setattr(proofs, "noted", lambda: {"audit": {"at": old, "commit": "abc", "holds": True}})
    assert [one.state for one in installation.proved()] == [health.State.NOTE]


def test_an_installation_without_an_administrator_says_how_to_begin() -> None:
    assert _wrong(database.administrators()) == ["Ingen kan ge behörigheter."]
    partners.administrator()
    assert _wrong(database.administrators()) == []
