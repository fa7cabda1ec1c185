"""What those who look after secrecy see: emergencies to review, and persons who may be one. Never a file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.people.models import BreakGlass, Match
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One nödåtkomst: who opened, when, why, and what the review said. Not whom it was about."""

    id: UUID
    area_id: UUID
    opened_by: str
    opened_at: datetime
    reason: str
    reviewed_at: datetime | None
    reviewed_by: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Two who may be one: when it was noticed and what was decided."""

    id: UUID
    found_at: datetime
    state: str
    decided_at: datetime | None
    decided_by: str
    reason: str


def emergencies(by: Context) -> list[OpenedRow]:
    """Those not reviewed first, then the newest. An officer sees the own ones, the data-protection officer all."""
    rows = BreakGlass.objects.order_by("-opened_at", "id")
    found = [
        OpenedRow(
            id=row.id,
            area_id=row.area_id,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            reason=row.reason,
            reviewed_at=row.reviewed_at,
            reviewed_by=row.reviewed_by,
            verdict=row.verdict,
            note=row.review_note,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: bool(row.verdict))


def matches(by: Context) -> list[MatchRow]:
    """Those to decide first, then the newest. Only the steward of duplicates has any."""
    rows = Match.objects.order_by("-found_at", "id")
    found = [MatchRow(row.id, row.found_at, row.state, row.decided_at, row.decided_by, row.reason) for row in rows]
    return sorted(found, key=lambda row: row.state != "open")
