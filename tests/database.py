"""The tests' database: a template made and migrated by the owner, cloned for each worker, used as the serving role.

Never a second Django connection: the tests meet the same walls as the pages do.
"""

import atexit
import fcntl
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from samkraft.operations import scratch_database

PROJECT = Path(__file__).resolve().parents[1]
TEST_PREFIX = "samkraft_test"
DROP_S = 10


def start_server() -> None:
    """Start the embedded server unless the surroundings name another, and tell every worker where it is."""
    if "DATABASE_OWNER_URL" not in os.environ:
        from samkraft.operations import embedded_postgres

        cluster = embedded_postgres.start(_own_folder(), durable=False, progress=lambda words: None)
        atexit.register(cluster.stop)
        os.environ["DATABASE_OWNER_URL"] = cluster.owner_url()
        os.environ["DATABASE_URL"] = cluster.app_url()
    name = scratch_database.template_name()
    os.environ["SAMKRAFT_TEST_TEMPLATE"] = name
    _ensure_template(name)


def _own_folder() -> Path:
    """Where this run has its server: the usual folder or, when another run has it, the next one."""
    root = PROJECT / ".samkraft"
    root.mkdir(exist_ok=True)
    for number in itertools.count(1):
        folder = root / ("tests" if number == 1 else f"tests-{number}")
        # Held until the run ends, and let go of even if it is killed: a bare handle, which nothing closes or warns of.
        lock = os.open(f"{folder}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return folder
    raise AssertionError("there is always a next one")


def _ensure_template(name: str) -> None:
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext('samkraft test template'))")
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        making = f"{name}_making"
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        environment = {**os.environ, "DATABASE_OWNER_URL": url_of("DATABASE_OWNER_URL", making)}
        command = [sys.executable, "-m", "samkraft", "migrate"]
        made = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(f"the test template could not be migrated:\n{made.stdout}{made.stderr}")
        with as_owner(making) as of_the_template:
            of_the_template.execute("INSERT INTO audit_timetravel (why, since) VALUES ('tests', now())")
        owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))


def clone(name: str) -> None:
    """A fresh copy of the template under a name, instead of the one that was there."""
    drop(name)
    template = sql.Identifier(os.environ["SAMKRAFT_TEST_TEMPLATE"])
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext('samkraft test template'))")
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))


def drop(name: str) -> None:
    """Remove a test database. Refuses any other."""
    if not name.startswith(TEST_PREFIX):
        raise ValueError(f"{name} is not a test database")
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    until = time.monotonic() + DROP_S
    with _owner() as owner:
        while True:
            try:
                owner.execute(statement)
                return
            except psycopg.errors.ObjectInUse:  # a connection of the serving role is on its way out
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


def url_of(variable: str, database: str) -> str:
    """The same server and role, another database."""
    return make_conninfo(**{**conninfo_to_dict(os.environ[variable]), "dbname": database})


@contextmanager
def as_owner(database: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection as the owner: to do behind the program's back what the serving role cannot."""
    with psycopg.connect(url_of("DATABASE_OWNER_URL", database), autocommit=True) as connection:
        yield connection


@contextmanager
def _owner() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with as_owner("postgres") as connection:
        yield connection
