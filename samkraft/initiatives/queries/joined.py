"""Which initiatives an area works with participants in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.initiatives.models.teams import Party


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """An initiative in which the area is a party on the day."""

    id: UUID
    code: str
    name: str


def by_area(area_id: UUID, *, on: date) -> tuple[JoinedRow, ...]:
    """In order of name."""
    rows = Party.objects.filter(area_id=area_id, period__contains=on).select_related("initiative")
    found = {row.initiative_id: JoinedRow(row.initiative_id, row.initiative.code, row.initiative.name) for row in rows}
    return tuple(sorted(found.values(), key=lambda row: (row.name, row.id)))
