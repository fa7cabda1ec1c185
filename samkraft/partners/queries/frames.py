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
