"""The database to measure in: a copy of an empty migrated one where there is such, and gone afterwards."""

import os
from contextlib import suppress

import psycopg
import pytest

from samkraft.operations import scratch_database
from tests import database


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases that are migrated, in place of migrating them: they get the one table that is written in."""
    names: list[str] = []

    def migrate() -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
            names.append(connection.info.dbname)
            connection.execute("CREATE TABLE audit_timetravel (why text, since timestamptz)")

    monkeypatch.setattr(scratch_database, "_migrate", migrate)
    monkeypatch.setattr(scratch_database, "_disconnect", lambda: None)
    return names


def _reasons() -> set[str]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        return {str(why) for (why,) in connection.execute("SELECT why FROM audit_timetravel")}


def _databases(like: str) -> set[str]:
    with database.as_owner("postgres") as owner:
        return {str(name) for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])}


def test_the_one_that_the_server_has_is_copied_and_the_copy_is_removed(migrated: list[str]) -> None:
    before = dict(os.environ)
    with scratch_database.made() as name:
        assert _reasons() == {"tests", "mätning"}
    assert migrated == []
    assert name not in _databases("%")
    assert dict(os.environ) == before


def test_from_nothing_is_from_nothing(migrated: list[str]) -> None:
    with scratch_database.made(from_nothing=True) as name:
        assert _reasons() == {"mätning"}
    assert migrated == [name]


def test_where_there_is_none_to_copy_one_is_migrated_and_nothing_is_left(
    migrated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch_database, "TEMPLATE", "samkraft_test_none")
    with scratch_database.made() as name:
        assert _reasons() == {"mätning"}
    assert migrated == [name]
    assert _databases("samkraft_test_none%") == set()


def test_on_a_server_of_our_own_it_is_made_once_and_anew_when_what_makes_it_has_changed(
    migrated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = f"samkraft_test_kept{os.getpid()}"
    server = os.environ["DATABASE_OWNER_URL"]
    monkeypatch.setattr(scratch_database, "TEMPLATE", prefix)
    try:
        scratch_database._keep_template(server)
        scratch_database._keep_template(server)
        assert len(migrated) == 1
        assert _databases(f"{prefix}%") == {scratch_database.template_name()}
        monkeypatch.setattr(scratch_database, "template_name", lambda: f"{prefix}_later")
        scratch_database._keep_template(server)
        assert len(migrated) == 2
        assert _databases(f"{prefix}%") == {f"{prefix}_later"}
    finally:
        for left in _databases(f"{prefix}%"):
            with suppress(psycopg.Error):
                database.drop(left)
