"""Reports that wait for the reader: asked on every page, so it looks only at the last step of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from samkraft.audit.queries import statements
from samkraft.money.models import Report, ReportStep
from samkraft.money.rules.reports.reports import StepKind
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


class Waits(StrEnum):
    """What it waits for."""

    REVIEW = "review"
    HAND_IN = "hand_in"
    FILE = "file"


OF_STEP = {
    StepKind.READY.value: Waits.REVIEW,
    StepKind.REVIEWED.value: Waits.HAND_IN,
    StepKind.HANDED_IN.value: Waits.FILE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One report that waits, and since when."""

    id: UUID
    fund: str
    year: int
    body: str
    waits: Waits
    since_at: datetime


def listed(*, by: Context) -> list[Row]:
    """What waits for the reader, longest first. What the reader sent on does not wait for the reader."""
    found = _waiting(by)
    if found is None:
        return []
    rows = found.select_related("fund", "organisation").order_by("last_at")
    return [
        Row(row.id, row.fund.name, row.year, row.organisation.name, OF_STEP[row.last_kind], row.last_at) for row in rows
    ]


# As `_waiting` says it; planned once, since it is asked on every page of whoever reports or takes reports to file.
_NUMBER = """
SELECT count(*) FROM money_report r CROSS JOIN LATERAL (
    SELECT s.kind, s.membership_id FROM money_reportstep s WHERE s.report_id = r.id AND s.kind <> %(comment)s
    ORDER BY s.number DESC LIMIT 1) l
WHERE l.kind = ANY (%(kinds)s) AND l.membership_id <> %(me)s
    AND (%(everywhere)s OR r.organisation_id = %(body)s)
"""


def number(*, by: Context) -> int:
    """How many `listed` gives, without reading them."""
    files = may(by.role, Permission.REGISTER_DECISIONS)
    if not files and not may(by.role, Permission.ANSWER_FOR_COMMITTEE):
        return 0
    kinds = [StepKind.HANDED_IN.value] if files else [StepKind.READY.value, StepKind.REVIEWED.value]
    asked = {"comment": StepKind.COMMENT.value, "kinds": kinds, "me": by.membership_id}
    ((many,),) = statements.rows(_NUMBER, asked | {"everywhere": files, "body": by.organisation_id})
    return int(many)


def _waiting(by: Context) -> "QuerySet[Report] | None":
    """Reports whose last step waits for a role and body like the reader's, and was not taken by the reader."""
    if not may(by.role, Permission.REGISTER_DECISIONS) and not may(by.role, Permission.ANSWER_FOR_COMMITTEE):
        return None
    steps = ReportStep.objects.filter(report=OuterRef("id")).exclude(kind=StepKind.COMMENT.value).order_by("-number")
    reports = Report.objects.annotate(
        last_kind=Subquery(steps.values("kind")[:1]),
        last_at=Subquery(steps.values("at")[:1]),
        last_by=Subquery(steps.values("membership_id")[:1]),
    ).exclude(last_by=by.membership_id)
    if may(by.role, Permission.REGISTER_DECISIONS):
        return reports.filter(last_kind=StepKind.HANDED_IN.value)
    return reports.filter(
        organisation_id=by.organisation_id, last_kind__in=[StepKind.READY.value, StepKind.REVIEWED.value]
    )
