"""A worker's database made as it was, without being copied anew: what a test has written in empty tables is emptied out.

Only where that is enough. When a test has changed a table that was not empty, or the tables, rights, functions or policies
themselves, the database is cloned from the template again, as it would be without this; so it is where we may not be the
server's superuser, whom neither guards nor references stop. (To empty a table as its owner takes every table that hangs on
it, however far away: nearly all, and half a second each time.)
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from samkraft.operations.embedded_postgres import configuration
from tests import database

PATIENCE_S = 10
# Where a change of tables, rights, functions and policies is seen: something there is younger, or there are more or fewer.
CATALOGS = (
    "pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_db_role_setting", "pg_default_acl", "pg_extension", "pg_index",
    "pg_namespace", "pg_policy", "pg_proc", "pg_rewrite", "pg_type",
)  # fmt: skip
# Guards are taken off and put on again by who tries what is found behind the program's back: only their words count.
_GUARDS = "SELECT count(*), sum(hashtextextended(one::text, 0))::text FROM pg_trigger one"
_TABLES = """
SELECT oid::regclass::text, pg_relation_size(oid) > 0 FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
_SEQUENCES = "SELECT quote_ident(sequencename), last_value, start_value FROM pg_sequences WHERE schemaname = 'public'"
Connection = psycopg.Connection[tuple[Any, ...]]
Marks = dict[str, tuple[int, int | None]]
"""Table → how many rows, and the transaction of the youngest."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a database when nothing has been done in it. filled: marks of the tables that hold something."""

    catalogs: Marks
    guards: object
    empty: frozenset[str]
    filled: Marks
    sequences: dict[str, int | None]


_known: dict[str, State] = {}


def start_over(name: str) -> None:
    """Make a worker's database as the template is. Nobody may be connected to it."""
    before = _known.pop(name, None)
    try:
        with _as_superuser(name) as opened:
            if before is not None and _undone(opened, before):
                _known[name] = before
                return
    except psycopg.OperationalError:
        before = None
    database.clone(name)
    with suppress(psycopg.OperationalError), _as_superuser(name) as opened:
        _known[name] = _state(opened)


def _as_superuser(name: str) -> Connection:
    url = database.url_of("DATABASE_OWNER_URL", name)
    return psycopg.connect(make_conninfo(url, user=configuration.SUPERUSER), autocommit=True)


def _state(opened: Connection) -> State:
    tables = dict(opened.execute(_TABLES).fetchall())
    return State(
        _marks(opened, CATALOGS),
        opened.execute(_GUARDS).fetchone(),
        frozenset(table for table, has_some in tables.items() if not has_some),
        _marks(opened, [table for table, has_some in tables.items() if has_some]),
        {sequence: last for sequence, last, _start in opened.execute(_SEQUENCES).fetchall()},
    )


def _marks(opened: Connection, tables: Any) -> Marks:
    asked = " UNION ALL ".join(f"SELECT '{one}', count(*), max(xmin::text::bigint) FROM {one}" for one in tables)
    return {table: (many, youngest) for table, many, youngest in opened.execute(asked.encode()).fetchall()}


def _undone(opened: Connection, before: State) -> bool:
    """Whether the database could be made as it was."""
    _wait_until_alone(opened)
    if _marks(opened, CATALOGS) != before.catalogs or opened.execute(_GUARDS).fetchone() != before.guards:
        return False
    if _marks(opened, before.filled) != before.filled:
        return False
    opened.execute("SET session_replication_role = replica")
    written = [table for table, has_some in opened.execute(_TABLES).fetchall() if has_some and table in before.empty]
    for table in written:
        opened.execute(f"DELETE FROM {table}".encode())
    if written:
        opened.execute(f"VACUUM {', '.join(written)}".encode())  # else they would look written next time too
    for sequence, last, start in opened.execute(_SEQUENCES).fetchall():
        if last != before.sequences[sequence]:
            if before.sequences[sequence] is not None:
                return False
            opened.execute("SELECT setval(%s, %s, false)", [sequence, start])
    return True


def _wait_until_alone(opened: Connection) -> None:
    """A connection that a test has left open is a fault of the test, and is told as one."""
    others = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND usesysid IS NOT NULL"  # what the server does by itself is nobody's
    )
    until = time.monotonic() + PATIENCE_S
    while opened.execute(others).fetchone():
        if time.monotonic() > until:
            raise RuntimeError("a test has left a connection to its database open")
        time.sleep(0.02)
