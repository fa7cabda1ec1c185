"""Statements on paths that are walked all day: planned once for each connection, and several in one journey.

Most of a small question's time is otherwise spent on making its text, planning it again, and waiting for the answer before
the next is asked. What wraps Django's own statements wraps these too: who may not write does not write, who counts counts.
"""

import functools
import select
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import PipelineStatus

Params = Sequence[object] | Mapping[str, object]
Question = tuple[str, Params]
Rows = list[tuple[Any, ...]]


def rows(sql: str, params: Params = ()) -> Rows:
    """All its rows. Values are bound by the database and have to be of the column's own type."""
    return _run(sql, params).fetchall()


def several(questions: Sequence[Question]) -> list[Rows]:
    """The rows of each. All are sent before the first answer is waited for, and run in that order."""
    with one_journey():
        asked = [_run(sql, params) for sql, params in questions]
    return [cursor.fetchall() for cursor in asked]


def run(sql: str, params: Params = ()) -> None:
    """A statement whose rows nobody asks for."""
    _run(sql, params)


@contextmanager
def one_journey() -> Iterator[None]:
    """What is sent inside goes together, and is answered when the outermost of these is left. An error is raised then."""
    connection = _connected()
    raw = connection.connection
    if raw.pgconn.pipeline_status != PipelineStatus.OFF:
        yield
        return
    with connection.wrap_database_errors, raw.pipeline():
        yield


def _run(sql: str, params: Params) -> "psycopg.Cursor[Any]":
    connection = _connected()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)

    def send(sql: str, params: Params, many: bool, context: dict[str, Any]) -> None:
        connection.validate_no_broken_transaction()
        with connection.wrap_database_errors:
            cursor.execute(sql, params, prepare=True)

    execute: Any = send
    for wrapper in reversed(connection.execute_wrappers):
        execute = functools.partial(wrapper, execute)
    execute(sql, params, False, {"connection": connection, "cursor": cursor})
    return cursor


def _connected() -> Any:
    """A connection that the server has not left. A quiet line is taken for a living one; else Django asks the server.

    Django's own name for it looks for the thread's connection at each word: a dozen times for a statement.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is not None and connection.health_check_enabled and not connection.health_check_done:
        line = select.poll()
        line.register(connection.connection.fileno(), select.POLLIN | select.POLLPRI)
        if connection.in_atomic_block or line.poll(0):
            connection.close_if_health_check_failed()
        else:
            connection.health_check_done = True
    connection.ensure_connection()
    return connection
