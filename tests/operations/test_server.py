"""The web server takes its settings from the environment and refuses those that make no sense."""

import os
import subprocess
import sys

import pytest

from samkraft.operations import server
from samkraft.operations.embedded_postgres import Cluster
from samkraft.values.refusal import Refused
from tests.operations import clusters

REAL = {
    "SAMKRAFT_SECRET_KEY": "k" * 64,
    "SAMKRAFT_HOSTS": "samkraft.example",
    "SAMKRAFT_SITE_URL": "https://samkraft.example",
}


def test_the_defaults_are_for_one_ordinary_machine() -> None:
    found = server.from_environment({})
    assert found.bind == "127.0.0.1:8000"
    assert 3 <= found.workers <= 9


def test_the_environment_decides() -> None:
    found = server.from_environment({"SAMKRAFT_BIND": "unix:/run/x", "SAMKRAFT_WORKERS": "3", "SAMKRAFT_TIMEOUT": "9"})
    assert (found.bind, found.workers, found.timeout_s) == ("unix:/run/x", 3, 9)
    words = server.command(found)
    assert words[words.index("--bind") + 1] == "unix:/run/x"


@pytest.mark.parametrize("value", ["0", "-1", "many", "65", "3.5"])
def test_a_number_that_makes_no_sense_is_refused_by_name(value: str) -> None:
    with pytest.raises(Refused, match="SAMKRAFT_WORKERS"):
        server.from_environment({"SAMKRAFT_WORKERS": value})


def _serve(**environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMKRAFT_", "DATABASE_"))}
    command = [sys.executable, "-m", "samkraft", "serve"]
    return subprocess.run(
        command,
        env={**kept, **environment},
        cwd=clusters.PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_serve_refuses_the_owner(cluster: Cluster) -> None:
    tried = _serve(DATABASE_URL=cluster.owner_url(), **REAL)
    assert tried.returncode == 1
    assert "äger databasen" in tried.stderr


def test_serve_lists_every_setting_that_is_missing() -> None:
    tried = _serve()
    assert tried.returncode == 1
    for name in ("SAMKRAFT_SECRET_KEY", "SAMKRAFT_HOSTS", "SAMKRAFT_SITE_URL", "DATABASE_URL"):
        assert name in tried.stderr
