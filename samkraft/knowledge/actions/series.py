"""Reading in somebody else's figures, to be laid beside our own. Never an effect."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Series
from samkraft.knowledge.rules import series as rules
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.scorecards import NO_SUCH_INDICATOR
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def read_in(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    indicator: str,
    name: str,
    unit: str,
    source: str,
    text: str,
) -> int:
    """Keep a new version of a series, and return its number. `text`: one line for each month, with its value.

    Raises Refused with every line that cannot be used; nothing is kept then.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_RESULTS)
        if indicator not in BY_CODE:
            raise Refused(NO_SUCH_INDICATOR, indicator=indicator)
        if not name.strip() or not source.strip():
            raise Refused(rules.NO_SOURCE)
        points = rules.read(text, unit)
        version = Series.objects.filter(initiative_id=initiative_id, indicator=indicator).count() + 1
        made = Series.objects.create(
            initiative_id=initiative_id, indicator=indicator, version=version, name=name.strip(), unit=unit,
            source=source.strip(), points=[[point.month, point.value] for point in points],
            read_in_at=at or timezone.now(), read_in_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="series.read_in", subject_kind="knowledge.series", subject_id=made.id,
            subject_name=made.name, indicator=indicator, version=version, months=len(points),
            gaps=sum(point.value is None for point in points),
        )  # fmt: skip
        return version
