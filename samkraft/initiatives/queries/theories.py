"""The theory of change that holds for an initiative, and the versions before it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.initiatives.models.theories import Theory
from samkraft.initiatives.rules import theory as rules
from samkraft.initiatives.rules.theory import Item
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class TheoryPage:
    """One version, the day of its decision and why it was changed, and who wrote it here."""

    version: int
    items: tuple[Item, ...]
    source: str
    reason: str
    decided_date: date
    decided_at: datetime
    decided_by: str


def latest(initiative_id: UUID) -> TheoryPage | None:
    """The version that holds; None while none is decided."""
    row = Theory.objects.filter(initiative_id=initiative_id).order_by("-version").first()
    return None if row is None else _page(row)


def versions(initiative_id: UUID) -> list[TheoryPage]:
    """Every version, the newest first."""
    return [_page(row) for row in Theory.objects.filter(initiative_id=initiative_id).order_by("-version")]


def _page(row: Theory) -> TheoryPage:
    day = row.decided_date or day_in_stockholm(row.decided_at)
    items = rules.from_json(row.items)
    return TheoryPage(row.version, items, row.source, row.reason, day, row.decided_at, row.decided_by)
