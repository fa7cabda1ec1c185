"""What of the walls each check reaches: the functions that it has the database run and the tables that it asks.

A stone that a check never comes near cannot make it fall, so each mutant is tried by the checks that reach it, and by those
that read the walls themselves. That is what lets the whole proof be run to its end.
"""

import ast
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
NAMES = re.compile(r"\b(?:people|partners|knowledge|audit|initiatives|offer)_\w+")
READS_THE_WALLS = re.compile(r"\bpg_(?:polic|proc|class|trigger|get_)\w*|has_\w+_privilege|information_schema")
COUNTS = (
    "SELECT 'f', p.proname, s.calls FROM pg_stat_user_functions s JOIN pg_proc p ON p.oid = s.funcid UNION ALL "
    "SELECT 't', relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del "
    "FROM pg_stat_user_tables"
)
WORDS = (
    "SELECT name, string_agg(words, ' ') FROM (SELECT proname AS name, prosrc AS words FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace UNION ALL SELECT c.relname, p.proname FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal) said GROUP BY name"
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
    refused: set[str] = set()

    def listen(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        said.add(str(statement))
        try:
            return execute(statement, values, many, context)
        except Exception:
            refused.add(str(statement))
            raise

    before, began, process = _counts(owner), time.monotonic(), _process()
    with connection.execute_wrapper(listen):
        yield
    took, same = time.monotonic() - began, _process() == process
    after = _counts(owner)
    names = {key for key, many in after.items() if many != before.get(key, 0)}
    whole = not same or any(READS_THE_WALLS.search(one) for one in said)
    names |= {word for one in said for word in NAMES.findall(one)}
    names |= _below(owner, {word for one in refused for word in NAMES.findall(one)})
    into[name] = Reach(tuple(sorted(names)), took, whole)


def _below(owner: Any, names: set[str]) -> set[str]:
    """What these functions and tables may set going, by their words: a function that ends in a refusal is not counted."""
    if not names:
        return names
    begins = {name: set(NAMES.findall(words)) for name, words in owner.execute(WORDS).fetchall()}
    found, left = set[str](), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += begins.get(name, ())
    return found


def kept(file: Path, digests: Mapping[str, str]) -> dict[str, Reach]:
    """What an earlier run noted of the checks whose digest is the same: they stood, and reached this."""
    if not file.exists():
        return {}
    told = json.loads(file.read_text("utf-8"))
    return {
        name: Reach(tuple(one["names"]), one["seconds"], one["whole"])
        for name, one in told.items()
        if name in digests and one.get("of") == digests[name]
    }


def keep(file: Path, digests: Mapping[str, str], reach: Mapping[str, Reach]) -> None:
    """Note it for the next part."""
    told = {name: {**asdict(one), "of": digests[name]} for name, one in reach.items() if name in digests}
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def digest_of(module: str) -> str:
    """Of the product and all that a module of tests is made of: its own file, and those that it imports, and theirs."""
    digest = hashlib.sha256(f"{_product()} {(PROJECT / 'tests/people/reaching.py').read_text('utf-8')}".encode())
    for file in sorted(made_of(module)):
        digest.update((PROJECT / file).read_bytes())
    return digest.hexdigest()


@cache
def _product() -> str:
    digest = hashlib.sha256()
    for file in sorted((PROJECT / "samkraft").glob("**/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def made_of(module: str) -> set[str]:
    """The files of the module and of all that it imports from the tests, by their paths in the project."""
    found, left = set[str](), [module]
    while left:
        file = f"{left.pop().replace('.', '/')}.py"
        if file not in found and (PROJECT / file).exists():
            found.add(file)
            left += _imported(file)
    return found


@cache
def _imported(file: str) -> tuple[str, ...]:
    tree = ast.parse((PROJECT / file).read_text("utf-8"))
    names = [one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module]
    names += [
        f"{one.module}.{name.name}" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) for name in one.names
    ]
    names += [name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names]
    return tuple(name for name in names if name.startswith("tests."))


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
