"""What sources tell of grants: figures of earlier years, and the document that tells of a grant whose decision is not here."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from samkraft.money.models import Document, Figure
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


def told_figures(
    *, performer_ids: Iterable[UUID], measures: Iterable[str]
) -> list[tuple[str, int, str, Decimal | None, Decimal | None]]:
    """What sources tell of these measures: measure, year, kind (target or outcome), value and upper value."""
    rows = Figure.objects.filter(
        organisation_id__in=list(performer_ids),
        measure__in=list(measures),
        kind__in=["target", "outcome"],
        year__isnull=False,
    )
    return list(rows.order_by("year", "noted_at").values_list("measure", "year", "kind", "value", "upper_value"))


def source_titled(*, by: Context, beginning: str) -> UUID | None:
    """The first document whose title begins so: where a grant is told of whose decision is not here."""
    access.require(by, Permission.PREPARE_GRANTS)
    found = Document.objects.filter(title__startswith=beginning).order_by("received_at")
    return found.values_list("id", flat=True).first()
