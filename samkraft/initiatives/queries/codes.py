"""Goals and initiatives by their codes, for those that link to them."""

from uuid import UUID

from samkraft.initiatives.models import Goal, Initiative


def goals() -> dict[str, UUID]:
    """Code of every goal → its id."""
    return dict(Goal.objects.values_list("code", "id"))


def initiatives() -> dict[str, UUID]:
    """Code of every initiative → its id."""
    return dict(Initiative.objects.values_list("code", "id"))
