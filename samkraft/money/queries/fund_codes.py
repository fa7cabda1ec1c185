"""Funds by their codes, for parts of the product that only know the code."""

from uuid import UUID

from samkraft.money.models import Fund


def ids() -> dict[str, UUID]:
    """Code → id."""
    return dict(Fund.objects.values_list("code", "id"))
