"""Write down what was read: collected while a page is made, inserted before it leaves. If that fails, so does the page."""

import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.audit.models import Event
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that was read: what kind, which, its name, and how it was asked for."""

    action: str
    subject_kind: str
    subject_id: str
    subject_name: str = ""
    content: dict[str, Any] = field(default_factory=dict)


def record(*, by: Context, reads: Sequence[Read], ends_reading: bool = False) -> None:
    """Insert all of them in one statement, in a transaction of their own.

    `ends_reading`: it is the last thing inside the outermost transaction that read, and ends it.
    """
    events = [_event(by, read, timezone.now()) for read in reads]
    if ends_reading:
        transactions.insert_after(by, Event._meta.db_table, events)
        return
    if not connection.in_atomic_block:
        transactions.insert_alone(by, Event._meta.db_table, events)
        return
    with transactions.write(by):
        trail.insert(events)


def _event(by: Context, read: Read, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "at": now,
        "recorded_at": now,  # this and the next are overwritten by the database
        "transaction": 0,
        "actor_id": by.actor_id,
        "actor_name": by.actor_name,
        "membership_id": by.membership_id,
        "role": by.role,
        "area_id": by.area_id,
        "purpose": by.purpose,
        "action": read.action,
        "subject_kind": read.subject_kind,
        "subject_id": read.subject_id,
        "subject_name": read.subject_name,
        "salt": secrets.token_hex(16),
        "content": json.dumps(read.content, ensure_ascii=False, sort_keys=True, default=str),
    }
