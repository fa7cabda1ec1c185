"""Close the events that are finished into a seal, and remove content by decision."""

from datetime import datetime

from django.db import connection, transaction


def seal() -> int | None:
    """Seal every event that is older than all open transactions; return the seal's number, or None when there was none.

    There is no `by`: it is a clock's work, done by a database function that alone may write seals. Run it every ten
    minutes, and after the demo world is loaded. Two at once wait for each other.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal()")
        return cursor.fetchone()[0]


def thin(*, before: datetime, decision: str, by_name: str) -> int:
    """Remove the content of sealed events recorded before an instant, by a decision; return how many.

    Works only for the owner's role. Digests stay, so that the chain still proves what is left; the protocol says which
    decision and who. Events that are not sealed yet are left alone.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT audit_thin(%s, %s, %s)", [before, decision, by_name])
        return int(cursor.fetchone()[0])
