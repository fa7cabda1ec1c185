"""A statement on a path that is walked all day: sent as it stands, and planned once for each connection.

Most of a small question's time is otherwise spent on making its text and planning it again. What wraps Django's own
statements wraps these too: who may not write does not write, who counts counts.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection

Params = Sequence[object] | Mapping[str, object]


def rows(sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
    """All its rows. Values are bound by the database and have to be of the column's own type."""
    return _run(sql, params).fetchall()


def run(sql: str, params: Params = ()) -> None:
    """A statement whose rows nobody asks for."""
    _run(sql, params)


def _run(sql: str, params: Params) -> "psycopg.Cursor[Any]":
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)

    def send(sql: str, params: Params, many: bool, context: dict[str, Any]) -> None:
        connection.validate_no_broken_transaction()
        with connection.wrap_database_errors:
            cursor.execute(sql, params, prepare=True)  # type: ignore[arg-type]  # psycopg asks for a literal; ours are constants

    execute: Any = send
    for wrapper in reversed(connection.execute_wrappers):
        execute = functools.partial(wrapper, execute)
    execute(sql, params, False, {"connection": connection, "cursor": cursor})
    return cursor
