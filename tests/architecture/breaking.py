"""A promise of a table is tried by copying one of its rows with a change that breaks it, past all policies: as the owner."""

import json
import re
from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

NEW = "new"  # a fresh key
Change = dict[str, Any]
ID = {"id": NEW}
# Made by Django for whole numbers that cannot be negative.
NOT_NEGATIVE = re.compile(r'^CHECK \(\("?(\w+)"? >= 0\)\)$')


def promises(tables: str) -> dict[str, tuple[str, str]]:
    """Every check, unique and exclusion of the tables whose names match: its name, table and definition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text ~ %(tables)s "
            "UNION ALL SELECT c.relname, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique AND NOT i.indisprimary "
            "AND i.indrelid::regclass::text ~ %(tables)s "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
            {"tables": tables},
        )
        return {name: (table, definition) for name, table, definition in cursor.fetchall()}


def worded(tables: str) -> set[str]:
    """The names of those that somebody has worded: all but the whole numbers that cannot be negative."""
    return {name for name, (_, words) in promises(tables).items() if not NOT_NEGATIVE.match(words)}


def refused_by(owner: Any, table: str, change: Change | str, where: str = "") -> str:
    """The name of the constraint that refuses a copied row with a change, or what a trigger says; empty: nothing does.

    change: values by column, or an SQL expression for them in which the row is `r`.
    """
    values, given = (change, []) if isinstance(change, str) else ("%s::jsonb", [json.dumps(change)])
    condition = f"WHERE {where}" if where else ""
    try:
        with owner.transaction(force_rollback=True):
            copied = owner.execute(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(r, {values})).* FROM {table} r {condition} LIMIT 1",
                given,
            )
            assert copied.rowcount == 1, f"no row of {table} to copy"
    except psycopg.errors.IntegrityError as error:
        return str(error.diag.constraint_name)
    except psycopg.Error as error:
        return str(error.diag.message_primary)
    return ""


def with_new_keys(owner: Any, change: Change) -> Change:
    """The change with a key of its own wherever it asks for one."""
    return {column: fresh_key(owner) if value == NEW else value for column, value in change.items()}


def fresh_key(owner: Any) -> str:
    """A key that no row has."""
    return str(owner.execute("SELECT gen_random_uuid()").fetchone()[0])


def broken(
    owner: Any,
    breaks: Mapping[str, tuple[str, Change, str]],
    alike: Mapping[str, tuple[str, str, str]],
    not_negative: Mapping[str, tuple[str, str]],
    met_first: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The promises of tables about people that did not refuse what breaks them, with what did instead.

    breaks: table, change and which row. alike: table, a column and the one it may not equal. not_negative: table, column.
    """
    found = {
        name: refused_by(owner, f"people_{table}", with_new_keys(owner, change), where)
        for name, (table, change, where) in breaks.items()
    }
    for name, (table, column, other) in alike.items():
        same = f"jsonb_build_object('id', gen_random_uuid(), '{column}', r.{other})"
        found[name] = refused_by(owner, f"people_{table}", same)
    for name, (table, column) in not_negative.items():
        found[name] = refused_by(owner, f"people_{table}", {column: -1}) and name
    return {name: refused for name, refused in found.items() if refused not in (name, (met_first or {}).get(name))}
