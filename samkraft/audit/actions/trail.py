"""Write down what was done. Called inside the transaction of the action itself, so that neither exists without the other."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from samkraft.audit.models import Event
from samkraft.values.context import Context

_gathered: ContextVar[list[Event] | None] = ContextVar("events to insert together", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Inside the transaction of an action that leaves many events: insert them in one statement at the block's end.

    When the block is left by an exception nothing is inserted: the whole
    transaction has to be rolled back then, as an action's is.
    """
    _refuse_outside()
    events: list[Event] = []
    before = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(before)
    Event.objects.bulk_create(events)


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
    event = Event(
        at=at or timezone.now(),
        recorded_at=timezone.now(),  # both are overwritten by the database
        transaction=0,
        actor_id=by.actor_id,
        actor_name=by.actor_name,
        membership_id=by.membership_id,
        role=by.role,
        area_id=by.area_id,
        purpose=by.purpose,
        action=action,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        subject_name=subject_name,
        salt=secrets.token_hex(16),
        content=json.dumps(content, ensure_ascii=False, sort_keys=True, default=str),
    )
    together = _gathered.get()
    if together is None:
        event.save(force_insert=True)
    else:
        together.append(event)


def _refuse_outside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the same transaction as what it tells about")
