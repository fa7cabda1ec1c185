"""A database to measure and try things in: made for the moment, migrated, removed again. Never anybody's own data.

Migrating takes longer than most of what is tried. On a server of our own an empty migrated one is kept, and copied as long as
nothing that makes it has changed; on somebody else's nothing is left behind, but one that is there is copied.
"""

import contextlib
import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from samkraft.operations import embedded_postgres, python_programs
from samkraft.operations.database import time_travel
from samkraft.values.refusal import Reason, Refused

PROJECT = Path(__file__).resolve().parents[2]
PREFIX = "samkraft_scratch"
TEMPLATE = "samkraft_template"
NOT_MADE = Reason("scratch_not_made", "Databasen att mäta i kunde inte göras:\n{words}")


@contextlib.contextmanager
def made(*, from_nothing: bool = False) -> Iterator[str]:
    """A fresh, migrated database; the settings of this process point at it while it lasts. Yields its name.

    It is made on the server that DATABASE_OWNER_URL names, else on an embedded one of its own. Call before Django is
    set up. Raises Refused when it cannot be made.
    """
    with _server() as ours:
        server, name = os.environ["DATABASE_OWNER_URL"], f"{PREFIX}_{secrets.token_hex(6)}"
        if ours and not from_nothing:
            _keep_template(server)
        with _pointing_at(name):
            try:
                if from_nothing or not _copied(server, name):
                    _administer(server, "CREATE DATABASE {}", name)
                    _migrate()
                time_travel.allow("mätning")
                yield name
            finally:
                _disconnect()
                _remove(server, name)


def template_name() -> str:
    """What an empty migrated database is called: changes with whatever makes it, and with the versions of the libraries."""
    digest = hashlib.sha256()
    files = [*PROJECT.glob("samkraft/*/migrations/*.py"), *PROJECT.glob("samkraft/*/models/*.py")]
    files += [PROJECT / "requirements.txt", *PROJECT.glob("samkraft/operations/database/*.py")]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return f"{TEMPLATE}_{digest.hexdigest()[:12]}"


def _keep_template(server: str) -> None:
    """Make the one that is to be copied, unless it is there; the older are removed."""
    wanted = template_name()
    with psycopg.connect(_url(server, "postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE}%"]).fetchall()
    if (wanted,) in rows:
        return
    for (old,) in rows:
        _remove(server, old)
    making = f"{TEMPLATE}_making"
    _administer(server, "CREATE DATABASE {}", making)
    with _pointing_at(making):
        _migrate()
    _administer(server, "ALTER DATABASE {} RENAME TO {}", making, wanted)


def _copied(server: str, name: str) -> bool:
    """Whether there was an empty migrated one that could be copied."""
    try:
        _administer(server, "CREATE DATABASE {} TEMPLATE {}", name, template_name())
    except (psycopg.errors.InvalidCatalogName, psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
        return False
    return True


@contextlib.contextmanager
def _pointing_at(name: str) -> Iterator[None]:
    """The settings of this process name that database while it lasts."""
    urls = {variable: _url(os.environ[variable], name) for variable in ("DATABASE_OWNER_URL", "DATABASE_URL")}
    before = {variable: os.environ.get(variable) for variable in (*urls, *_FIXED)}
    os.environ.update(urls | _FIXED)
    try:
        yield
    finally:
        for variable, value in before.items():
            os.environ.pop(variable, None)
            if value is not None:
                os.environ[variable] = value


_FIXED = {"SAMKRAFT_DEMO": "1", "SAMKRAFT_SECRET_KEY": "only-for-measuring-" + "0123456789" * 4}


@contextlib.contextmanager
def _server() -> Iterator[bool]:
    """Yields whether it is our own."""
    if "DATABASE_OWNER_URL" in os.environ and "DATABASE_URL" in os.environ:
        yield False
        return
    with embedded_postgres.start(PROJECT / ".samkraft" / "bench", durable=False) as cluster:
        os.environ |= {"DATABASE_OWNER_URL": cluster.owner_url(), "DATABASE_URL": cluster.app_url()}
        try:
            yield True
        finally:
            del os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]


def _migrate() -> None:
    made = subprocess.run(python_programs.samkraft("migrate"), cwd=PROJECT, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Refused(NOT_MADE, words=(made.stdout + made.stderr)[-2000:])


def _administer(server: str, statement: str, *names: str) -> None:
    with psycopg.connect(_url(server, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _remove(server: str, name: str) -> None:
    """Without force first: that waits for the server's own cleaners, which force may not end."""
    try:
        _administer(server, "DROP DATABASE IF EXISTS {}", name)
    except psycopg.errors.ObjectInUse:
        _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _url(url: str, database: str) -> str:
    return make_conninfo(**{**conninfo_to_dict(url), "dbname": database})


def _disconnect() -> None:
    if "django.db" in sys.modules:
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()
