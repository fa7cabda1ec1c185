"""Write down what was done. Called inside the transaction of the action itself, so that neither exists without the other."""

import json
import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from samkraft.audit.queries import statements
from samkraft.values.context import Context

Row = dict[str, Any]
"""What an event is, by the names of its columns."""

_gathered: ContextVar[list[Row] | None] = ContextVar("events to insert together", default=None)
# Every action ends with it: planned once for each connection, however many events there are.
_INSERT = "INSERT INTO audit_event SELECT made.* FROM json_populate_recordset(NULL::audit_event, %s::json) made"


@contextmanager
def gathered() -> Iterator[None]:
    """Inside the transaction of an action that leaves many events: insert them in one statement at the block's end.

    When the block is left by an exception nothing is inserted: the whole
    transaction has to be rolled back then, as an action's is.
    """
    _refuse_outside()
    events: list[Row] = []
    before = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(before)
    insert(events)


def record(
    *,
    by: Context,
    at: datetime | None = None,
    action: str,
    subject_kind: str,
    subject_id: object,
    subject_name: str = "",
    **content: Any,
) -> None:
    """Add one event. `content` is what changed, as JSON; amounts in öre. Raises RuntimeError outside a transaction."""
    _refuse_outside()
    event = {
        "id": uuid.uuid4(),
        "at": at or timezone.now(),
        "recorded_at": timezone.now(),  # this and the next are overwritten by the database
        "transaction": 0,
        "actor_id": by.actor_id,
        "actor_name": by.actor_name,
        "membership_id": by.membership_id,
        "role": by.role,
        "area_id": by.area_id,
        "purpose": by.purpose,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": str(subject_id),
        "subject_name": subject_name,
        "salt": secrets.token_hex(16),
        "content": json.dumps(content, ensure_ascii=False, sort_keys=True, default=str),
    }
    together = _gathered.get()
    if together is None:
        insert([event])
    else:
        together.append(event)


def insert(events: Sequence[Row]) -> None:
    """All of them, with every column given, in one statement of the transaction that is open."""
    if events:
        statements.run(_INSERT, [json.dumps(events, ensure_ascii=False, default=str)])


def _refuse_outside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the same transaction as what it tells about")
