"""A database to measure and try things in: made for the moment, migrated, removed again. Never anybody's own data."""

import contextlib
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
NOT_MADE = Reason("scratch_not_made", "Databasen att mäta i kunde inte göras:\n{words}")


@contextlib.contextmanager
def made() -> Iterator[str]:
    """A fresh, migrated database; the settings of this process point at it while it lasts. Yields its name.

    It is made on the server that DATABASE_OWNER_URL names, else on an embedded one of its own. Call before Django is
    set up. Raises Refused when it cannot be made.
    """
    with _server():
        name = f"{PREFIX}_{secrets.token_hex(6)}"
        server = os.environ["DATABASE_OWNER_URL"]
        urls = {variable: _url(os.environ[variable], name) for variable in ("DATABASE_OWNER_URL", "DATABASE_URL")}
        before = {variable: os.environ.get(variable) for variable in (*urls, *_FIXED)}
        _administer(server, "CREATE DATABASE {}", name)
        try:
            os.environ.update(urls | _FIXED)
            _migrate()
            time_travel.allow("mätning")
            yield name
        finally:
            _disconnect()
            for variable, value in before.items():
                os.environ.pop(variable, None)
                if value is not None:
                    os.environ[variable] = value
            _remove(server, name)


_FIXED = {"SAMKRAFT_DEMO": "1", "SAMKRAFT_SECRET_KEY": "only-for-measuring-" + "0123456789" * 4}


@contextlib.contextmanager
def _server() -> Iterator[None]:
    if "DATABASE_OWNER_URL" in os.environ and "DATABASE_URL" in os.environ:
        yield
        return
    with embedded_postgres.start(PROJECT / ".samkraft" / "bench", durable=False) as cluster:
        os.environ |= {"DATABASE_OWNER_URL": cluster.owner_url(), "DATABASE_URL": cluster.app_url()}
        try:
            yield
        finally:
            del os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]


def _migrate() -> None:
    made = subprocess.run(python_programs.samkraft("migrate"), cwd=PROJECT, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Refused(NOT_MADE, words=(made.stdout + made.stderr)[-2000:])


def _administer(server: str, statement: str, name: str) -> None:
    with psycopg.connect(_url(server, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


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
