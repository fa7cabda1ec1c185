"""Deciding an initiative's theory of change: a whole version at a time, none of which is ever changed."""

from collections.abc import Sequence
from datetime import date, datetime
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
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def decide(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    items: Sequence[Item],
    source: str = "",
    reason: str = "",
    decided_date: date | None = None,
    seen: int | None = None,
) -> int:
    """Put a new version in force and return its number. What measures an item goes on measuring it.

    decided_date: the day of the decision, today without. seen: the version that the person had opened, 0 for none.
    Raises Refused when an item leads nowhere or lacks its target, without a reason for a change, for a day that cannot
    be, and when somebody else has decided meanwhile.
    """
    now = at or timezone.now()
    with transactions.write(by):
        access.require(by, Permission.MANAGE_TEAMS)
        initiative = leading.lock_within(by, initiative_id)
        today = day_in_stockholm(now)
        day = decided_date or today
        if refused := rules.why_not(items):
            raise refused
        latest = Theory.objects.filter(initiative=initiative).order_by("-version").first()
        _refuse_after(latest, items, reason, seen)
        held = (latest.decided_date or day_in_stockholm(latest.decided_at)) if latest else None
        if why := rules.why_not_then(day, latest=held, today=today):
            raise Refused(why, day=day, latest=held, version=latest.version if latest else 0)
        version = latest.version + 1 if latest else 1
        Theory.objects.create(
            initiative=initiative, version=version, items=rules.as_json(items), source=source.strip(),
            reason=reason.strip(), decided_date=day, decided_at=now, decided_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="theory.decide", subject_kind="initiatives.initiative", subject_id=initiative.id,
            subject_name=initiative.name, version=version, items=len(items), reason=reason.strip(), decided_date=day,
        )  # fmt: skip
        return version


def _refuse_after(latest: Theory | None, items: Sequence[Item], reason: str, seen: int | None) -> None:
    """Inside the transaction: a version after another has a reason, differs, and rests on the one that was read."""
    if latest is None:
        return
    if seen is not None and seen != latest.version:
        raise Refused(rules.CHANGED_MEANWHILE, who=latest.decided_by, version=latest.version)
    if tuple(items) == rules.from_json(latest.items):
        raise Refused(rules.NOTHING_CHANGED)
    if not reason.strip():
        raise Refused(rules.NO_REASON)
