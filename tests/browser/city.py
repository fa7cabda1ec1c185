"""A city to browse in: the demo world in a database of its own, served by the real web server on this machine.

The world is loaded once into a template that is kept until something in it, or in what makes it, changes.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from samkraft.operations import child_processes, server, static_files
from tests import database

PROJECT = database.PROJECT
LOCK = PROJECT / ".samkraft" / "tests.city.lock"
START_S = 60.0
CODE_OF_THE_WORLD = ("values", "audit", "partners", "initiatives", "offer", "money", "people", "knowledge")


@dataclass(frozen=True, slots=True)
class City:
    """Where it answers, and what the server has said."""

    address: str
    log: Path


@contextmanager
def opened(name: str, folder: Path, *, processes: int = 1, **settings: str) -> Iterator[City]:
    """Serve a fresh copy of the demo world until the block ends; then nothing of it is left. `settings` are more of
    what the surroundings say."""
    database_name = f"{database.TEST_PREFIX}_city_{os.getpid()}_{name}"
    _copy_world(database_name)
    log = folder / f"{name}.log"
    port = _free_port()
    environment = _surroundings(database_name, port) | settings
    assert static_files.collect(environment), static_files.LOG.read_text()
    command = server.command(server.Server(f"127.0.0.1:{port}", workers=processes, threads=4))
    with open(log, "ab") as output:
        program = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait(program, f"http://127.0.0.1:{port}/logga-in/", log)
        yield City(f"http://127.0.0.1:{port}", log)
    finally:
        child_processes.finish([program])
        _drop(database_name)


def _surroundings(database_name: str, port: int) -> dict[str, str]:
    environment = {**os.environ, "DATABASE_URL": database.url_of("DATABASE_URL", database_name)}
    environment |= {"SAMKRAFT_DEMO": "1", "SAMKRAFT_SITE_URL": f"http://127.0.0.1:{port}"}
    for name in ("DATABASE_OWNER_URL", "SAMKRAFT_DEBUG", "SAMKRAFT_ACT_AS"):
        environment.pop(name, None)
    return environment


def _copy_world(name: str) -> None:
    database.drop(name)
    LOCK.parent.mkdir(exist_ok=True)
    with open(LOCK, "ab") as lock:  # two workers may come at once, and one of them makes the world
        fcntl.flock(lock, fcntl.LOCK_EX)
        world = _ensure_world()
        with database.as_owner("postgres") as owner:
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(world)))


def _ensure_world() -> str:
    name = _world_name()
    with database.as_owner("postgres") as owner:
        found = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'samkraft_test_world_%'").fetchall()
        if (name,) in found:
            return name
        for (old,) in found:
            with contextlib.suppress(Exception):  # somebody else may be copying it
                database.drop(str(old))
    making = f"{database.TEST_PREFIX}_making_world"
    database.clone(making)
    environment = _surroundings(making, 8000)
    environment["DATABASE_OWNER_URL"] = database.url_of("DATABASE_OWNER_URL", making)
    for words in (["world", "load"], ["jobs", "--once"]):  # what the world has asked for is done beside the pages
        command = [sys.executable, "-m", "samkraft", *words]
        made = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(f"the demo world could not be loaded:\n{made.stdout}{made.stderr}")
    with database.as_owner("postgres") as owner:
        owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))
    return name


def _world_name() -> str:
    """Changes with the template, with the world and the code that builds it, and with the day that it is built for."""
    digest = hashlib.sha256(os.environ["SAMKRAFT_TEST_TEMPLATE"].encode())
    digest.update(datetime.now(UTC).date().isoformat().encode())
    files = [file for part in CODE_OF_THE_WORLD for file in (PROJECT / "samkraft" / part).rglob("*.py")]
    files += [file for file in (PROJECT / "samkraft" / "operations" / "world").rglob("*.*") if file.suffix != ".pyc"]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return f"{database.TEST_PREFIX}_world_{digest.hexdigest()[:12]}"


def _drop(name: str) -> None:
    """The server's last connections take a moment to go, and are not ours to end."""
    for patience_s in (0.2, 0.5, 1.0, 2.0):
        try:
            return database.drop(name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(patience_s)
    return database.drop(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(program: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and program.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=START_S):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer:\n{log.read_text()[-4000:]}")


def faults(city: City) -> list[str]:
    """What the server has complained about: a fault behind a page that still looks right is a fault."""
    said = city.log.read_text(encoding="utf-8", errors="replace")
    return re.findall(r"^.*(?:ERROR|Traceback|Error:).*$", said, flags=re.MULTILINE)
