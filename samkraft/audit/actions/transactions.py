"""How every action and every read opens the database: with the context set, and nothing left behind.

The context lives in settings of the transaction, where the database's own policies read it. Row-level security thereby
guards against our mistakes; it does not guard against injected SQL, which could set the context itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from psycopg.pq import TransactionStatus

from samkraft.audit.queries import statements
from samkraft.values.context import Context

_SETTINGS = ("actor", "membership", "organisation", "area", "role", "purpose")
_SETTING = ", ".join(f"set_config('samkraft.{name}', %s, true)" for name in _SETTINGS)
_SET = f"SELECT {_SETTING}"
_SET_AND_ONLY_READ = f"{_SET}, set_config('transaction_read_only', 'on', true)"
_NOW_SET = "SELECT " + ", ".join(f"coalesce(current_setting('samkraft.{name}', true), '')" for name in _SETTINGS)
_WRITING = ("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY", "ALTER", "CREATE", "DROP", "GRANT", "REVOKE")


class NoContext(Exception):
    """Something was asked of the database without saying who asks. Always a fault in the program."""


class WroteWhileReading(Exception):
    """A page or query that reads tried to write. Always a fault in the program."""


@contextmanager
def write(by: Context) -> Iterator[None]:
    """One use case, one transaction: all of it or nothing. Refuses to be opened inside another."""
    _require(by)
    outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True), _acting(by, outermost=outermost):
        yield


@contextmanager
def read(by: Context) -> Iterator[bool]:
    """A read-only transaction with the context set. Raises WroteWhileReading when something inside it writes.

    Yields whether it is the outermost, which `insert_after` can end.
    """
    _require(by)
    if connection.in_atomic_block:
        with transaction.atomic(), connection.execute_wrapper(_refuse_writing), _acting(by, outermost=False):
            yield False
        return
    with transaction.atomic(), connection.execute_wrapper(_Opening(by)), connection.execute_wrapper(_refuse_writing):
        yield True


class _Opening:
    """Sends the context ahead of the first statement of a transaction that reads, in the same journey.

    Without a statement there is nothing to guard. What does not pass here has no context, and therefore sees nothing.
    """

    def __init__(self, by: Context) -> None:
        self.by: Context | None = by

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        by, self.by = self.by, None
        if by is None:
            return execute(sql, params, many, context)
        if isinstance(getattr(context["cursor"], "cursor", None), psycopg.ServerCursor):
            _set(_settings_of(by), read_only=True)  # such a one cannot travel together with others
            return execute(sql, params, many, context)
        with statements.one_journey():
            _set(_settings_of(by), read_only=True)
            return execute(sql, params, many, context)


def insert_alone(by: Context, table: str, rows: list[dict[str, Any]]) -> None:
    """A transaction that is nothing but rows for one table, in one statement with its context. Not inside another.

    The context is set before the first row is there to be checked. Every column of the table is given.
    """
    _require(by)
    if connection.in_atomic_block:
        raise RuntimeError("a statement of its own is not made inside a transaction")
    _insert(by, table, rows)


def insert_after(by: Context, table: str, rows: list[dict[str, Any]]) -> None:
    """The same as the last thing inside the outermost `read`: ends it, then inserts, both in one journey.

    Nothing is asked of that `read` afterwards. When the insert fails, so does what was read.
    """
    with statements.one_journey():
        psycopg.Cursor(connection.connection).execute("COMMIT")
        _insert(by, table, rows)


def _insert(by: Context, table: str, rows: list[dict[str, Any]]) -> None:
    statements.run(
        f"WITH acting AS MATERIALIZED (SELECT {_SETTING}) INSERT INTO {table} SELECT made.* "  # noqa: S608 - both are names in our own code
        f"FROM acting, json_populate_recordset(NULL::{table}, %s::json) made",
        [*_settings_of(by), json.dumps(rows, ensure_ascii=False, default=str)],
    )


@contextmanager
def _acting(by: Context, *, outermost: bool) -> Iterator[None]:
    """Set the context for this transaction and put back what was there: the setting outlives an inner block.

    The settings of the outermost transaction end with it, so there is nothing to put back.
    """
    before = None
    if outermost:
        _set(_settings_of(by))
    else:
        [before], _now = statements.several([(_NOW_SET, ()), (_SET, _settings_of(by))])
    try:
        yield
    finally:
        if before is not None and _can_still_ask():
            _set(before)


def _settings_of(by: Context) -> tuple[str, ...]:
    return (str(by.actor_id), str(by.membership_id), str(by.organisation_id), str(by.area_id), by.role, by.purpose)


def _can_still_ask() -> bool:
    """Whether the transaction is open and unharmed: a broken one is rolled back, and its settings with it."""
    here = connections[DEFAULT_DB_ALIAS]
    if not here.in_atomic_block or here.needs_rollback or here.connection is None:
        return False
    status: TransactionStatus = here.connection.info.transaction_status
    return status == TransactionStatus.INTRANS


def _set(values: Sequence[str], *, read_only: bool = False) -> None:
    """One statement: every page begins with it."""
    statements.run(_SET_AND_ONLY_READ if read_only else _SET, values)


def _refuse_writing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.lstrip("( \n\t")[:9].upper().startswith(_WRITING):
        raise WroteWhileReading(sql[:200])
    return execute(sql, params, many, context)


def _require(by: Context | None) -> None:
    if by is None:
        raise NoContext("no context: say who acts")
