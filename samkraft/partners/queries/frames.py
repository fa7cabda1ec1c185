"""Which organisations hold a frame of their own in the city's budget, and so can be given money by the board."""

from collections.abc import Iterable
from uuid import UUID

from samkraft.partners.models import Organisation
from samkraft.partners.rules.organisations import HOLDS_FRAME, OrganisationKind


def kinds(ids: Iterable[UUID]) -> dict[UUID, OrganisationKind]:
    """Organisation → its kind. Unknown ids are left out."""
    rows = Organisation.objects.filter(id__in=list(ids)).values_list("id", "kind")
    return {key: OrganisationKind(kind) for key, kind in rows}


def which_hold(ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Organisation → whether it holds a frame. Unknown ids are left out."""
    return {key: kind in HOLDS_FRAME for key, kind in kinds(ids).items()}


def which_are_suppliers(ids: Iterable[UUID]) -> set[UUID]:
    """Those among the organisations that are procured suppliers: money to them is not a grant by itself."""
    rows = Organisation.objects.filter(id__in=list(ids), kind=OrganisationKind.SUPPLIER.value)
    return set(rows.values_list("id", flat=True))
