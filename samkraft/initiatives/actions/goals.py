"""Goals: added and changed, always a tree."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.models import Goal
from samkraft.initiatives.queries import goals as queries
from samkraft.initiatives.rules import goals as rules
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def add(
    *,
    by: Context,
    at: datetime | None = None,
    code: str,
    kind: GoalKind,
    text: str,
    owner_id: UUID,
    parent_id: UUID | None = None,
    source: str = "",
    position: int = 0,
) -> UUID:
    """Add a goal and return its id. Raises Refused when the code is taken or the goal cannot stand there."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        _lock_tree()
        if Goal.objects.filter(code=code).exists():
            raise Refused(rules.CODE_TAKEN, code=code)
        goal = Goal(
            code=code, kind=kind.value, text=text.strip(), owner_id=owner_id, parent_id=parent_id,
            source=source.strip(), position=position,
        )  # fmt: skip
        _refuse_where(goal)
        goal.save(force_insert=True)
        _record(by, at, "goal.add", goal)
        return goal.id


def change(
    *,
    by: Context,
    at: datetime | None = None,
    goal_id: UUID,
    kind: GoalKind,
    text: str,
    owner_id: UUID,
    parent_id: UUID | None,
    source: str,
    position: int,
    version: str | None = None,
) -> None:
    """Change a goal. `version` is what the person had seen (`GoalPage.version`).

    Raises Refused when it has changed since, or when it would come to stand under itself.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        _lock_tree()
        if version is not None and version != queries.version(queries.row_of(goal_id)):
            raise Refused(rules.CHANGED_MEANWHILE)
        goal = Goal.objects.get(id=goal_id)
        goal.kind, goal.text, goal.source, goal.position = kind.value, text.strip(), source.strip(), position
        goal.owner_id, goal.parent_id = owner_id, parent_id
        _refuse_where(goal)
        goal.save(force_update=True)
        _record(by, at, "goal.change", goal)


def _refuse_where(goal: Goal) -> None:
    if not goal.text:
        raise Refused(rules.NO_TEXT)
    parents = dict(Goal.objects.values_list("id", "parent_id"))
    kind = GoalKind(goal.kind)
    if reason := rules.why_not_under(kind, goal.id, goal.parent_id, parents):
        parent = Goal.objects.get(id=goal.parent_id)
        raise Refused(reason, goal=goal.text, parent=parent.text, kind=rules.LABELS[kind])


def _lock_tree() -> None:
    """One change to the tree at a time: two moves that are each right could together make a circle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('goal tree', 0))")


def _record(by: Context, at: datetime | None, action: str, goal: Goal) -> None:
    trail.record(
        by=by, at=at or timezone.now(), action=action, subject_kind="initiatives.goal", subject_id=goal.id,
        subject_name=goal.text, code=goal.code, kind=goal.kind, owner=goal.owner_id, parent=goal.parent_id,
        source=goal.source, position=goal.position,
    )  # fmt: skip
