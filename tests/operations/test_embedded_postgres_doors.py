"""Who gets into the embedded PostgreSQL, and what each role may do there."""

import os
import pwd
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from samkraft.operations.embedded_postgres import Cluster, binaries, places, refusals
from samkraft.values.refusal import Refused
from tests.operations import clusters


def test_the_serving_role_is_powerless(cluster: Cluster) -> None:
    with psycopg.connect(cluster.app_url()) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (n int)")


def test_the_owner_owns_the_database_and_no_more(cluster: Cluster) -> None:
    owns = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'samkraft'"
    assert clusters.ask(cluster.owner_url(), owns) == "samkraft_owner"
    powers = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert clusters.ask(cluster.owner_url(), powers) is False


@pytest.mark.parametrize("role", ["samkraft_guard", "samkraft_cohort", "samkraft_keeper"])
def test_the_owner_may_give_things_to_the_roles_that_nobody_signs_in_as(cluster: Cluster, role: str) -> None:
    clusters.tell(
        cluster.owner_url(),
        f"GRANT CREATE ON SCHEMA public TO {role}",
        f"CREATE FUNCTION asked_{role}() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"ALTER FUNCTION asked_{role}() OWNER TO {role}",
        f"REVOKE CREATE ON SCHEMA public FROM {role}",
        f"DROP FUNCTION asked_{role}()",
    )
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url("samkraft", role))
    with psycopg.connect(cluster.app_url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"SET ROLE {role}")


def test_a_database_that_the_owner_makes_has_the_extension_too(cluster: Cluster) -> None:
    with psycopg.connect(cluster.owner_url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
        try:
            clusters.tell(
                cluster.owner_url("another"),
                "CREATE TABLE ranges (who int, during daterange, EXCLUDE USING gist (who WITH =, during WITH &&))",
            )
        finally:
            connection.execute("DROP DATABASE another WITH (FORCE)")


def test_text_is_utf8_in_codepoint_order_and_knows_capital_å(cluster: Cluster) -> None:
    assert clusters.ask(cluster.app_url(), "SHOW server_encoding") == "UTF8"
    assert clusters.ask(cluster.app_url(), "SELECT upper('åäö')") == "ÅÄÖ"
    in_order = "SELECT string_agg(t, '' ORDER BY t) FROM unnest('{ä,z,Z,å}'::text[]) t"
    assert clusters.ask(cluster.app_url(), in_order) == "Zzäå"


def test_pages_of_data_carry_checksums(cluster: Cluster) -> None:
    assert clusters.ask(cluster.app_url(), "SHOW data_checksums") == "on"


def test_the_server_listens_on_no_network(cluster: Cluster) -> None:
    assert clusters.ask(cluster.app_url(), "SHOW listen_addresses") == ""


def test_only_the_owner_of_the_folders_may_enter_them(cluster: Cluster) -> None:
    for private in (cluster.data_folder, cluster.socket_folder):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.socket_folder / places.SOCKET_NAME).stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try another user's luck")
@pytest.mark.parametrize("role", ["samkraft_app", "samkraft_owner", "postgres"])
def test_another_user_of_the_machine_is_refused_even_at_an_open_door(cluster: Cluster, role: str) -> None:
    psql = binaries.folder(places.of(Path("/any"))) / "psql"
    stranger = pwd.getpwnam("nobody")
    command = [str(psql), "-c", "SELECT 1", cluster.url("samkraft", role)]

    def knock() -> str:
        as_stranger = {"user": stranger.pw_uid, "group": stranger.pw_gid, "extra_groups": [], "cwd": "/"}
        tried = subprocess.run(command, **as_stranger, env={}, capture_output=True, text=True, check=False)
        assert tried.returncode != 0
        return tried.stderr

    assert "Permission denied" in knock()
    socket = cluster.socket_folder / places.SOCKET_NAME
    cluster.socket_folder.chmod(0o755)
    socket.chmod(0o777)
    try:
        assert "Peer authentication failed" in knock()
    finally:
        socket.chmod(0o700)
        cluster.socket_folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's clusters belong to another user")
def test_roots_cluster_runs_as_somebody_without_power(cluster: Cluster) -> None:
    runs_as = {os.stat(f"/proc/{server}").st_uid for server in clusters.servers(cluster)}
    assert runs_as == {cluster.data_folder.stat().st_uid}
    assert 0 not in runs_as
    assert cluster.folder.stat().st_uid == 0  # the server may not swap what root writes beside its data


def test_a_folder_that_others_may_write_in_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SYSTEM_FOLDER", tmp_path / "system")
    folder = tmp_path / "cluster"
    place = places.of(folder)
    place.folder.mkdir(parents=True)
    place.folder.chmod(0o777)
    with pytest.raises(Refused) as refused:
        clusters.start(folder)
    assert refused.value.reason is refusals.UNSAFE_FOLDER


def test_a_socket_folder_of_somebody_elses_making_is_refused(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    planted.chmod(0o755)
    with pytest.raises(Refused) as refused:
        places.make_private(planted, None)
    assert refused.value.reason is refusals.UNSAFE_FOLDER
    link = tmp_path / "link"
    (tmp_path / "target").mkdir(mode=0o700)
    link.symlink_to(tmp_path / "target")
    with pytest.raises(Refused):
        places.make_private(link, None)
