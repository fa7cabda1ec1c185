"""Write down what was done. Called inside the transaction of the action itself, so that neither exists without the other."""

import json
import secrets
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from samkraft.audit.models import Event
from samkraft.values.context import Context


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
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the same transaction as what it tells about")
    Event.objects.create(
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
