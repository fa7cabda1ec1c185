"""Puts rows into the database in bulk, as the tables' owner, some hundred people at a time.

The bulk reader does not read into tables with row-level security, so rows go by way of temporary tables. Constraints and
triggers are the tables' own: what the database would refuse one by one it refuses here too.
"""

import os

import psycopg
from psycopg import sql

from samkraft.operations.database import time_travel
from samkraft.operations.world.people.tables import COLUMNS, Rows
from samkraft.values.refusal import Refused

Connection = psycopg.Connection[tuple[object, ...]]


def connected() -> Connection:
    """The owner's connection. Raises Refused without the owner's address."""
    address = os.environ.get("DATABASE_OWNER_URL", "")
    if not address:
        raise Refused(time_travel.NO_OWNER)
    return psycopg.connect(address)


def opened() -> Connection:
    """The owner's connection, with temporary tables ready. Raises Refused without the owner's address."""
    connection = connected()
    with connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        for table in COLUMNS:
            connection.execute(
                sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT {} FROM {} LIMIT 0").format(
                    _staged(table), _columns(table), sql.Identifier(table)
                )
            )
    return connection


def write(connection: Connection, rows: Rows) -> None:
    """All of it in one transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        # The triggers ask about one person at a time. A plan made while the tables were small would read them whole.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL jit = off")
        for table, lines in rows.by_table.items():
            if not lines:
                continue
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(_staged(table))) as copy:
                copy.write("".join(lines))
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
                    sql.Identifier(table), _columns(table), _columns(table), _staged(table)
                )
            )
            cursor.execute(sql.SQL("TRUNCATE {}").format(_staged(table)))


def count(connection: Connection) -> None:
    """Let the database know how much there is now: it plans badly for tables that it takes to be empty."""
    with connection.transaction():
        for table in (*COLUMNS, "people_overview", "people_searchtoken"):
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def _staged(table: str) -> sql.Identifier:
    return sql.Identifier("pg_temp", f"staged_{table}")


def _columns(table: str) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
