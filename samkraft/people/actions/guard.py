"""Ask the database's guard functions, and turn their no into a refusal in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from samkraft.people.rules import guards, secrecy
from samkraft.values.refusal import Refused

_REFUSED_BY_GUARD = "SK001"
_REFUSED_BY_POLICY = "42501"


def ask(function: str, *arguments: Any) -> Any:
    """The single answer of a guard function, inside the transaction of the action that calls. Raises Refused."""
    places = ", ".join(["%s"] * len(arguments))
    with refusing(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({places})", arguments)  # noqa: S608 - the name is ours, never typed
        row = cursor.fetchone()
    return row[0] if len(row) == 1 else row


@contextmanager
def refusing() -> Iterator[None]:
    """Say the database's no in words. What a policy stops is said as what does not exist."""
    try:
        yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state == _REFUSED_BY_GUARD:
            code = error.__cause__.diag.message_primary  # type: ignore[union-attr]  # the driver's error has it
            raise Refused(guards.REASONS[code]) from error
        if state == _REFUSED_BY_POLICY:
            raise Refused(secrecy.NOT_FOUND) from error
        raise
