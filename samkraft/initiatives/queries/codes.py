"""Goals and initiatives by their codes, and names by ids, for those that link to them."""

from collections.abc import Collection
from uuid import UUID

from samkraft.initiatives.models import Goal, Initiative, Team


def goals() -> dict[str, UUID]:
    """Code of every goal → its id."""
    return dict(Goal.objects.values_list("code", "id"))


def initiatives() -> dict[str, UUID]:
    """Code of every initiative → its id."""
    return dict(Initiative.objects.values_list("code", "id"))


def names_of_initiatives(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those of these initiatives that there are."""
    return dict(Initiative.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}


def names_of_teams(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those of these teams that there are."""
    return dict(Team.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
