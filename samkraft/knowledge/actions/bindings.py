"""Saying which indicator measures an item of the theory of change."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import theories
from samkraft.knowledge.models import Binding
from samkraft.knowledge.rules import scorecards as rules
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def bind(*, by: Context, at: datetime | None = None, initiative_id: UUID, item: str, indicator: str) -> None:
    """Let an item be measured by an indicator; by none with an empty code. Raises Refused for what does not exist."""
    with transactions.write(by):
        access.require(by, Permission.MANAGE_RESULTS)
        held = theories.latest(initiative_id)
        if held is None or item not in {one.code for one in held.items}:
            raise Refused(rules.NO_SUCH_ITEM, item=item)
        if indicator and indicator not in BY_CODE:
            raise Refused(rules.NO_SUCH_INDICATOR, indicator=indicator)
        Binding.objects.create(
            initiative_id=initiative_id, item=item, indicator=indicator, bound_at=at or timezone.now(), bound_by=by.actor_name
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="indicator.bind", subject_kind="initiatives.initiative", subject_id=initiative_id,
            subject_name=item, indicator=indicator,
        )  # fmt: skip
