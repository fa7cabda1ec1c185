"""What of the walls each check reaches: the functions that it has the database run and the tables that it asks.

A stone that a check never comes near cannot make it fall, so each mutant is tried by the checks that reach it, and by those
that read the walls themselves. That is what lets the whole proof be run to its end.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAMES = re.compile(r"\b(?:people|partners|knowledge|audit|initiatives|offer)_\w+")
READS_THE_WALLS = re.compile(r"\bpg_(?:polic|proc|class|trigger|get_)\w*|has_\w+_privilege|information_schema")
COUNTS = (
    "SELECT 'f', p.proname, s.calls FROM pg_stat_user_functions s JOIN pg_proc p ON p.oid = s.funcid UNION ALL "
    "SELECT 't', relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del "
    "FROM pg_stat_user_tables"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a check reached when nothing was changed, and how long it took. whole: it may be felled by anything."""

    names: tuple[str, ...]
    seconds: float
    whole: bool

    def comes_near(self, stone: str) -> bool:
        """Whether the check can notice that something is wrong with the function or table."""
        return self.whole or not stone or stone in self.names


@contextmanager
def counting() -> Iterator[bool]:
    """Have the server count which functions are run, by every session that begins inside; whether it can."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    owners = conninfo_to_dict(os.environ["DATABASE_OWNER_URL"])
    roles = ("samkraft_app", "samkraft_owner")
    try:
        asked = psycopg.connect(make_conninfo(**{**owners, "user": "postgres", "dbname": "postgres"}), autocommit=True)
    except psycopg.OperationalError:  # a server of somebody else's: every check is taken to reach everything
        yield False
        return
    with asked:
        for role in roles:
            asked.execute(f"ALTER ROLE {role} SET track_functions = 'all'")
        try:
            yield True
        finally:
            for role in roles:
                asked.execute(f"ALTER ROLE {role} RESET track_functions")


@contextmanager
def watched(owner: Any, into: dict[str, Reach], name: str) -> Iterator[None]:
    """Note what is reached inside, by the product's connection and by whatever it sets going."""
    from django.db import connection

    said: set[str] = set()

    def listen(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        said.add(str(statement))
        return execute(statement, values, many, context)

    before, began, process = _counts(owner), time.monotonic(), _process()
    with connection.execute_wrapper(listen):
        yield
    took, same = time.monotonic() - began, _process() == process
    after = _counts(owner)
    names = {key for key, many in after.items() if many != before.get(key, 0)}
    whole = not same or any(READS_THE_WALLS.search(one) for one in said)
    into[name] = Reach(tuple(sorted(names | {word for one in said for word in NAMES.findall(one)})), took, whole)


def kept(file: Path, of: str) -> dict[str, Reach] | None:
    """What an earlier run noted, if the sources were the same."""
    if not file.exists():
        return None
    told = json.loads(file.read_text("utf-8"))
    if told["of"] != of:
        return None
    return {name: Reach(tuple(one["names"]), one["seconds"], one["whole"]) for name, one in told["reach"].items()}


def keep(file: Path, of: str, reach: dict[str, Reach]) -> None:
    """Note it for the next part."""
    told = {"of": of, "reach": {name: asdict(one) for name, one in reach.items()}}
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _counts(owner: Any) -> dict[str, int]:
    _flush()
    return {f"{name}": many for _kind, name, many in owner.execute(COUNTS).fetchall()}


def _flush() -> None:
    """What the product's session has counted is told to the others now, not within a second."""
    from django.db import connection

    if connection.connection is not None and not connection.in_atomic_block:
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
            cursor.execute("SELECT 1")


def _process() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)
