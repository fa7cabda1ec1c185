"""A role with power over the tables is found out before it serves a page."""

import pytest

from samkraft.operations import serving_role
from samkraft.operations.embedded_postgres import Cluster
from tests.operations import clusters


def test_the_serving_role_may_serve(cluster: Cluster) -> None:
    assert serving_role.why_not(cluster.app_url()) == []


def test_the_owner_may_not(cluster: Cluster) -> None:
    clusters.tell(cluster.owner_url(), "CREATE TABLE owned (n int)")
    try:
        faults = serving_role.why_not(cluster.owner_url())
    finally:
        clusters.tell(cluster.owner_url(), "DROP TABLE owned")
    assert any("äger tabeller" in fault for fault in faults)
    assert any("äger databasen" in fault for fault in faults)
    assert faults[-1] == serving_role.WAY_OUT


def test_the_superuser_may_not(cluster: Cluster) -> None:
    faults = serving_role.why_not(cluster.superuser_url("samkraft"))
    assert any("superuser" in fault for fault in faults)


@pytest.mark.parametrize(
    ("give", "take", "words"),
    [
        ("ALTER ROLE samkraft_app BYPASSRLS", "ALTER ROLE samkraft_app NOBYPASSRLS", "BYPASSRLS"),
        ("ALTER ROLE samkraft_app CREATEROLE", "ALTER ROLE samkraft_app NOCREATEROLE", "CREATEROLE"),
        ("GRANT samkraft_owner TO samkraft_app", "REVOKE samkraft_owner FROM samkraft_app", "byta till en roll"),
        ("GRANT samkraft_guard TO samkraft_app", "REVOKE samkraft_guard FROM samkraft_app", "byta till en roll"),
    ],
)
def test_one_power_too_many_is_named(cluster: Cluster, give: str, take: str, words: str) -> None:
    clusters.tell(cluster.superuser_url("samkraft"), give)
    try:
        faults = serving_role.why_not(cluster.app_url())
    finally:
        clusters.tell(cluster.superuser_url("samkraft"), take)
    assert any(words in fault for fault in faults)
    assert serving_role.why_not(cluster.app_url()) == []


def test_a_right_to_empty_a_table_is_named(cluster: Cluster) -> None:
    clusters.tell(
        cluster.owner_url(), "CREATE TABLE only_grows (n int)", "GRANT TRUNCATE ON only_grows TO samkraft_app"
    )
    try:
        faults = serving_role.why_not(cluster.app_url())
    finally:
        clusters.tell(cluster.owner_url(), "DROP TABLE only_grows")
    assert any("TRUNCATE" in fault for fault in faults)


def test_a_database_that_does_not_answer_is_a_fault_in_words() -> None:
    faults = serving_role.why_not("postgresql:///samkraft?host=/nonexistent&user=samkraft_app")
    assert len(faults) == 1
    assert "svarar inte" in faults[0]
