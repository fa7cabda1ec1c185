"""PostgreSQL 15 is the oldest that is promised: the tables, the walls and the ledger are tried on a real one.

The embedded server is newer. On a machine without PostgreSQL 15 this cannot be tried, and is said to be skipped.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
PROJECT = Path(__file__).resolve().parents[2]
TRIED = (
    "tests/architecture/test_database.py",
    "tests/actions/test_decisions.py",
    "tests/actions/test_grant_walls.py",
    "tests/stories/test_two_keys.py",
    "tests/stories/test_place.py",
    "tests/stories/test_a_month.py",
)
ROLES = """
CREATE ROLE samkraft_owner LOGIN CREATEDB;
CREATE ROLE samkraft_app LOGIN;
CREATE ROLE samkraft_guard; CREATE ROLE samkraft_cohort; CREATE ROLE samkraft_keeper;
GRANT samkraft_guard, samkraft_cohort, samkraft_keeper TO samkraft_owner;
"""

pytestmark = pytest.mark.skipif(not (PROGRAMS / "initdb").exists(), reason="this machine has no PostgreSQL 15")


def _as_somebody() -> dict[str, int]:
    """The server refuses to run as root."""
    return {"user": pwd.getpwnam("nobody").pw_uid} if os.getuid() == 0 else {}


@pytest.fixture(scope="module")
def oldest() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pg15-", dir="/tmp"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    run = {"check": True, "capture_output": True, "cwd": "/", **_as_somebody()}
    data, superuser = str(folder / "data"), "postgres"
    subprocess.run(
        [PROGRAMS / "initdb", "-D", data, "-U", superuser, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"], **run
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run([PROGRAMS / "pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"], **run)
    try:
        for database, statements in (("postgres", ROLES), ("template1", "CREATE EXTENSION btree_gist")):
            with psycopg.connect(f"host={folder} user={superuser} dbname={database}", autocommit=True) as connection:
                connection.execute(statements)
        yield str(folder)
    finally:
        subprocess.run([PROGRAMS / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)


def test_tables_walls_and_ledger_hold_on_the_oldest_promised_server(oldest: str) -> None:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    for name, role in (("DATABASE_OWNER_URL", "samkraft_owner"), ("DATABASE_URL", "samkraft_app")):
        surroundings[name] = f"postgresql:///postgres?host={oldest}&user={role}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TRIED]
    tried = subprocess.run(command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout[-4000:]
    assert " passed" in tried.stdout
