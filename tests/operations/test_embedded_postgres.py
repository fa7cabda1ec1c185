"""The embedded PostgreSQL starts, stops and survives whatever happens to it."""

import signal
import time
from pathlib import Path

import pytest

from samkraft.operations import embedded_postgres
from samkraft.operations.embedded_postgres import places, refusals
from samkraft.values.refusal import Refused
from tests.operations import clusters

KEEP = ("CREATE TABLE kept (what text)", "INSERT INTO kept VALUES ('still here')")
KEPT = "SELECT what FROM kept"


def test_what_was_written_is_there_after_a_stop_and_a_start(folder: Path) -> None:
    with clusters.start(folder) as cluster:
        clusters.tell(cluster.owner_url(), *KEEP)
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.owner_url(), KEPT) == "still here"


def test_stopping_takes_seconds_and_leaves_no_process(folder: Path) -> None:
    cluster = clusters.start(folder)
    assert clusters.servers(cluster)
    began = time.monotonic()
    cluster.stop()
    cluster.stop()  # twice does no harm
    assert time.monotonic() - began < 5
    assert clusters.servers(cluster) == []
    assert not cluster.socket_folder.exists()


def test_a_second_start_is_refused_and_told_who_holds_it(folder: Path) -> None:
    other, _ = clusters.start_elsewhere(folder)
    try:
        with pytest.raises(Refused) as refused:
            clusters.start(folder)
        assert refused.value.reason is refusals.ALREADY_RUNNING
        assert refused.value.details["pid"] == str(other.pid)
        joined = embedded_postgres.running(folder)
        assert joined is not None
        assert clusters.ask(joined.app_url(), "SELECT current_user") == "samkraft_app"
    finally:
        clusters.end(other)


def test_nobody_is_found_running_where_nobody_runs(folder: Path) -> None:
    assert embedded_postgres.running(folder) is None
    clusters.start(folder).stop()
    assert embedded_postgres.running(folder) is None


def test_after_the_server_is_killed_the_next_start_recovers(folder: Path) -> None:
    with clusters.start(folder, durable=True) as cluster:
        clusters.tell(cluster.owner_url(), *KEEP)
        assert cluster.server is not None
        clusters.kill([cluster.server.pid])
        clusters.wait_until(lambda: not cluster.alive())
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.owner_url(), KEPT) == "still here"


def test_the_server_stops_when_whoever_started_it_is_killed(folder: Path) -> None:
    other, address = clusters.start_elsewhere(folder)
    cluster = embedded_postgres.running(folder)
    assert cluster is not None
    clusters.tell(address, *KEEP)
    clusters.end(other, signal.SIGKILL)
    clusters.wait_until(lambda: clusters.servers(cluster) == [])
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.owner_url(), KEPT) == "still here"


def test_after_everything_is_killed_at_once_the_next_start_recovers(folder: Path) -> None:
    other, address = clusters.start_elsewhere(folder)
    cluster = embedded_postgres.running(folder)
    assert cluster is not None
    clusters.tell(address, *KEEP)
    everyone = clusters.servers(cluster)
    clusters.kill([other.pid, *everyone])
    clusters.end(other)
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.owner_url(), KEPT) == "still here"


def test_a_start_at_once_after_a_kill_waits_for_the_old_server(folder: Path) -> None:
    other, _ = clusters.start_elsewhere(folder)
    other.kill()  # and no waiting for its server to notice
    clusters.end(other)
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.app_url(), "SELECT 1") == 1


def test_a_pid_file_that_names_an_innocent_process_is_no_hindrance(folder: Path) -> None:
    cluster = clusters.start(folder)
    innocent = clusters.PROJECT  # any text will do after the number
    cluster.stop()
    (cluster.data_folder / "postmaster.pid").write_text(f"1\n{innocent}\n")
    with clusters.start(folder) as cluster:
        assert cluster.alive()


def test_half_a_cluster_is_begun_again(folder: Path) -> None:
    place = places.of(folder)
    places.prepare(place)
    (place.folder / "data.unfinished").mkdir()
    (place.folder / "data.unfinished" / "PG_VERSION").write_text("half")
    with clusters.start(folder) as cluster:
        assert clusters.ask(cluster.app_url(), "SELECT 1") == 1
    assert not (place.folder / "data.unfinished").exists()


def test_data_of_another_version_is_refused_with_the_way_out(folder: Path) -> None:
    cluster = clusters.start(folder)
    cluster.stop()
    (cluster.data_folder / "PG_VERSION").write_text("14\n")
    with pytest.raises(Refused) as refused:
        clusters.start(folder)
    assert refused.value.reason is refusals.OTHER_VERSION
    assert "14" in str(refused.value)
    assert "make demo-reset" in str(refused.value)


def test_a_start_that_fails_says_why_and_lets_go(folder: Path) -> None:
    cluster = clusters.start(folder)
    cluster.stop()
    catalogue = cluster.data_folder / "global" / "pg_control"
    whole = catalogue.read_bytes()
    catalogue.write_bytes(b"")
    with pytest.raises(Refused) as refused:
        clusters.start(folder)
    assert refused.value.reason is refusals.DID_NOT_START
    assert "pg_control" in str(refused.value)
    catalogue.write_bytes(whole)
    with clusters.start(folder) as cluster:
        assert cluster.alive()


def test_a_running_cluster_is_not_erased(folder: Path) -> None:
    with clusters.start(folder) as cluster:
        with pytest.raises(Refused) as refused:
            embedded_postgres.erase(folder)
        assert refused.value.reason is refusals.ALREADY_RUNNING
        assert cluster.data_folder.exists()
    embedded_postgres.erase(folder)
    assert not cluster.data_folder.exists()


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LONGEST_SOCKET_PATH", 40)  # as root the path is ours and short: make any too long
    deep = tmp_path / ("deep" * 10) / ("deeper" * 10)
    try:
        with clusters.start(deep) as cluster:
            assert clusters.ask(cluster.app_url(), "SELECT 1") == 1
            assert not cluster.socket_folder.is_relative_to(places.of(deep).folder)
            assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
            elsewhere = cluster.socket_folder
        assert not elsewhere.exists()
    finally:
        embedded_postgres.erase(deep)
