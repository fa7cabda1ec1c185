"""Deciding an initiative's theory of change: a whole version at a time, none of which is ever changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import leading
from samkraft.initiatives.models.theories import Theory
from samkraft.initiatives.rules import theory as rules
from samkraft.initiatives.rules.theory import Item
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


def decide(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, items: Sequence[Item], source: str = ""
) -> int:
    """Put a new version in force and return its number. Raises Refused when an item leads nowhere or lacks its target."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        if refused := rules.why_not(items):
            raise refused
        version = Theory.objects.filter(initiative=initiative).count() + 1
        Theory.objects.create(
            initiative=initiative, version=version, items=rules.as_json(items), source=source.strip(),
            decided_at=at or timezone.now(), decided_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="theory.decide", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, version=version, items=len(items),
        )  # fmt: skip
        return version
