"""Secrecy areas as people at work call them."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.partners.models import SecrecyArea


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """An area by its everyday name: the body that everybody knows, and which part of it when it has several areas."""

    id: UUID
    body: str
    part: str
    harm_test: str

    @property
    def name(self) -> str:
        """Body and part in one."""
        return f"{self.body}, {self.part}" if self.part else self.body


def labels() -> dict[UUID, AreaLabel]:
    """Every area, in one statement. A committee is called by its city, with the committee or branch as the part."""
    rows = SecrecyArea.objects.select_related("authority__parent").order_by("sort_key", "id")
    return {row.id: _label(row) for row in rows}


def _label(row: SecrecyArea) -> AreaLabel:
    authority = row.authority
    branch = row.name.partition(", ")[2]
    if authority.parent is not None and authority.parent.kind == "city":
        part = branch or authority.administration_name or authority.name
        return AreaLabel(row.id, authority.parent.name, part, row.harm_test)
    return AreaLabel(row.id, authority.short_name or authority.name, branch, row.harm_test)
