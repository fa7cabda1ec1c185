"""Puts rows into the database in bulk, as the tables' owner: all of it in one transaction, or nothing.

Rows are copied straight into tables that are laid bare (`bare`); then keys, indexes and constraints are built over them,
and the board's rows are worked out by the database's own function. The trail's events go in last, in the order of time.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from samkraft.operations.database import time_travel
from samkraft.operations.world.people import bare
from samkraft.operations.world.people.tables import COLUMNS, TRAIL, TRAIL_COLUMNS, Rows
from samkraft.values.refusal import Refused

Connection = psycopg.Connection[tuple[object, ...]]

WORKED_OUT_AT_A_TIME = 1_000
MEMORY_FOR_INDEXES, MEMORY_FOR_SORTING = "128MB", "64MB"
_WAITING = sql.Identifier("pg_temp", "trail_to_come")

_PAIRS = """
    SELECT array_agg(person_id), array_agg(area_id) FROM (
        SELECT person_id, area_id, (row_number() OVER (ORDER BY person_id, area_id) - 1) / %s AS part
        FROM (SELECT DISTINCT person_id, area_id FROM people_contribution WHERE kind IN ('card', 'enrolled')) known
    ) numbered GROUP BY part ORDER BY part
"""


def connected() -> Connection:
    """The owner's connection. Raises Refused without the owner's address."""
    address = os.environ.get("DATABASE_OWNER_URL", "")
    if not address:
        raise Refused(time_travel.NO_OWNER)
    return psycopg.connect(address)


@contextmanager
def filling() -> Iterator[Connection]:
    """The owner's transaction with bare tables, into which `add` puts rows. Everything stands again when it is left.

    Others wait meanwhile. Raises Refused without the owner's address, and what a constraint refuses when it is built.
    """
    with connected() as connection, connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute(sql.SQL("SET LOCAL maintenance_work_mem = {}").format(MEMORY_FOR_INDEXES))
        connection.execute(sql.SQL("SET LOCAL work_mem = {}").format(MEMORY_FOR_SORTING))
        connection.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                _WAITING, _columns(TRAIL_COLUMNS), sql.Identifier(TRAIL)
            )
        )
        with bare.laid_bare(connection, list(COLUMNS)):
            yield connection
        for table in COLUMNS:
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        _work_out(connection)
        _write_trail(connection)
    with connected() as connection:
        # The database plans badly for tables that it takes to be empty.
        connection.execute(sql.SQL("ANALYZE people_overview, people_searchtoken, {}").format(sql.Identifier(TRAIL)))


def add(connection: Connection, rows: Rows) -> None:
    """Copy the rows; those of the trail wait until all have come."""
    for table, lines in rows.by_table.items():
        if not lines:
            continue
        into, columns = (_WAITING, TRAIL_COLUMNS) if table == TRAIL else (sql.Identifier(table), COLUMNS[table])
        with (
            connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(into, _columns(columns))) as copy,
        ):
            copy.write("".join(lines))


def _work_out(connection: Connection) -> None:
    """The board's rows and the words to search by, of everybody whom an area has a card or an enrolment of."""
    connection.execute("SET LOCAL jit = off")
    for persons, areas in connection.execute(_PAIRS, [WORKED_OUT_AT_A_TIME]).fetchall():
        connection.execute("SELECT people_refresh_overviews(%s, %s)", [persons, areas])


def _write_trail(connection: Connection) -> None:
    """In the order of time, so that the newest event is also the one that was recorded last.

    Dated and numbered as the trigger does, and not by it: a trigger's way out of an error is a transaction within the
    transaction, and after so many tables have been laid bare each of those takes a quarter of a millisecond.
    """
    columns = _columns(TRAIL_COLUMNS)
    with bare.laid_bare(connection, [TRAIL]):
        connection.execute(
            sql.SQL(
                "INSERT INTO {} ({}, recorded_at, transaction) "
                "SELECT {}, clock_timestamp(), pg_current_xact_id()::text::bigint FROM "
                "(SELECT {} FROM {} ORDER BY at, id OFFSET 0) in_order"
            ).format(sql.Identifier(TRAIL), columns, columns, columns, _WAITING)
        )


def _columns(names: str) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names.split()))
