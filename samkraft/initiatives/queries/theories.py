"""The theory of change that holds for an initiative."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.initiatives.models.theories import Theory
from samkraft.initiatives.rules import theory as rules
from samkraft.initiatives.rules.theory import Item


@dataclass(frozen=True, slots=True)
class TheoryPage:
    """One version, and who decided it."""

    version: int
    items: tuple[Item, ...]
    source: str
    decided_at: datetime
    decided_by: str


def latest(initiative_id: UUID) -> TheoryPage | None:
    """The version that holds; None while none is decided."""
    row = Theory.objects.filter(initiative_id=initiative_id).order_by("-version").first()
    if row is None:
        return None
    return TheoryPage(row.version, rules.from_json(row.items), row.source, row.decided_at, row.decided_by)
