"""Efforts: what committees' money is meant for and has been used for, and how far each came."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.money.models import Use
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Effort:
    """What a committee's money was meant for or has been used for."""

    id: UUID
    body_code: str
    body: str
    fund: str
    year: int
    stage: UseStage
    title: str
    text: str
    support: Support
    counterparty: str
    amount_ore: int | None
    quantity: int | None
    quantity_unit: str
    status: EffortStatus | None
    document_id: UUID | None
    document: str
    noted_by: str


def listed(
    *, by: Context, body_code: str = "", year: int | None = None, stage: str = "", status: str = ""
) -> list[Effort]:
    """What money was meant for and used for, narrowed, committee by committee in the source's own order."""
    access.require(by, Permission.SEE_MONEY)
    found = Use.objects.select_related("organisation", "fund", "counterparty", "document")
    if body_code:
        found = found.filter(organisation__code=body_code)
    if year is not None:
        found = found.filter(year=year)
    if stage:
        found = found.filter(stage=stage)
    if status:
        found = found.filter(status=status)
    ordered = found.order_by("-year", "organisation__sort_key", "fund__name", "stage", "position", "noted_at", "id")
    return [_effort(use) for use in ordered.defer("document__text", "document__content")]


def choices(*, by: Context) -> tuple[tuple[tuple[str, str], ...], tuple[int, ...]]:
    """The bodies (code, name) and the years that have any effort."""
    access.require(by, Permission.SEE_MONEY)
    every = Use.objects.order_by()
    bodies = every.values_list("organisation__code", "organisation__name").distinct()
    years = every.values_list("year", flat=True).distinct()
    return tuple(sorted(bodies, key=lambda body: swedish_sort_key(body[1]))), tuple(sorted(years, reverse=True))


def _effort(use: Use) -> Effort:
    return Effort(
        id=use.id,
        body_code=use.organisation.code,
        body=use.organisation.name,
        fund=use.fund.name,
        year=use.year,
        stage=UseStage(use.stage),
        title=use.title,
        text=use.text,
        support=Support(use.support),
        counterparty=use.counterparty.name if use.counterparty else "",
        amount_ore=use.amount_ore,
        quantity=use.quantity,
        quantity_unit=use.quantity_unit,
        status=EffortStatus(use.status) if use.status else None,
        document_id=use.document_id,
        document=use.document.title if use.document else "",
        noted_by=use.noted_by,
    )
