"""Tables without what is slow to keep up row by row, while very many rows go in; afterwards exactly as before.

Keys, indexes, foreign keys and exclusion constraints are taken away and built again over what has come, so that what
they would have refused row by row is refused then, and the whole transaction with it. Triggers rest, and so does the
forcing of row-level security upon the owner, which the bulk reader does not know. All of it is read from the
database's own catalogue: what is added to a table tomorrow is taken along.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

# Foreign keys last, of other tables too when they point here; primary keys first.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE (contype IN ('p', 'u', 'x') AND conrelid = ANY (%(tables)s::regclass[]))
       OR (contype = 'f' AND (conrelid = ANY (%(tables)s::regclass[]) OR confrelid = ANY (%(tables)s::regclass[])))
    ORDER BY contype = 'f', contype <> 'p', 1, 2
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = ANY (%(tables)s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
    ORDER BY 1
"""
_TRIGGERS = """
    SELECT tgrelid::regclass::text, quote_ident(tgname), tgenabled::text FROM pg_trigger
    WHERE tgrelid = ANY (%(tables)s::regclass[]) AND NOT tgisinternal AND tgenabled <> 'D' ORDER BY 1, 2
"""
_FORCED = """
    SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (%(tables)s::regclass[]) AND relforcerowsecurity ORDER BY 1
"""
_ENABLE = {"O": "ENABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(slots=True)
class _Taken:
    """The statements that take everything away, in order, and those that put it back."""

    away: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


@contextmanager
def laid_bare(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Inside a transaction, which then holds these tables alone. An exception leaves everything to its rollback."""
    taken = _taken(connection, list(tables))
    for statement in taken.away:
        connection.execute(sql.SQL(statement))  # made of the catalogue's own quoted names
    yield
    for statement in taken.back:
        connection.execute(sql.SQL(statement))


def _taken(connection: Connection, tables: list[str]) -> _Taken:
    asked, taken = {"tables": tables}, _Taken()
    constraints = connection.execute(_CONSTRAINTS, asked).fetchall()
    taken.away += [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in reversed(constraints)]
    for index, definition in connection.execute(_INDEXES, asked).fetchall():
        taken.away.append(f"DROP INDEX {index}")
        taken.back.append(str(definition))
    built = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in constraints]
    taken.back = built[: len(built) - _links(constraints)] + taken.back + built[len(built) - _links(constraints) :]
    for table, name, enabled in connection.execute(_TRIGGERS, asked).fetchall():
        taken.away.append(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        taken.back.append(f"ALTER TABLE {table} {_ENABLE[str(enabled)]} TRIGGER {name}")
    for (table,) in connection.execute(_FORCED, asked).fetchall():
        taken.away.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        taken.back.append(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return taken


def _links(constraints: Sequence[tuple[object, ...]]) -> int:
    return sum(str(definition).startswith("FOREIGN KEY") for _, _, definition in constraints)
