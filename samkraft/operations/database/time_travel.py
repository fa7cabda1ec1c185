"""Lets this database be filled with a past: for tests, for measuring, and for the demo's world. Only the owner can."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from samkraft.values.refusal import Reason, Refused

NO_OWNER = Reason(
    "no_owner",
    "Att lägga in något med andra tider än klockans kan bara databasens ägare tillåta.",
    "Sätt DATABASE_OWNER_URL till samma databas, med rollen som äger tabellerna.",
)


def allow(why: str) -> None:
    """From now on, until somebody takes the row away. Raises Refused without the owner's address."""
    with _owner() as owner:
        owner.execute("INSERT INTO audit_timetravel (why, since) VALUES (%s, now())", [why])


@contextmanager
def allowed(why: str) -> Iterator[None]:
    """While the block lasts. Raises Refused without the owner's address."""
    with _owner() as owner:
        row = owner.execute(
            "INSERT INTO audit_timetravel (why, since) VALUES (%s, now()) RETURNING id", [why]
        ).fetchone()
        assert row is not None
        try:
            yield
        finally:
            owner.execute("DELETE FROM audit_timetravel WHERE id = %s", [row[0]])


def _owner() -> "psycopg.Connection[tuple[object, ...]]":
    address = os.environ.get("DATABASE_OWNER_URL", "")
    if not address:
        raise Refused(NO_OWNER)
    return psycopg.connect(address, autocommit=True)
