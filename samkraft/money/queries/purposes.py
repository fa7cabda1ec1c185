"""Which funds serve a goal or belong to an initiative: the way from what is wanted to the money for it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from samkraft.money.models import Fund
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Served:
    """One fund. `last_year` is None when no end is decided."""

    code: str
    name: str
    first_year: int
    last_year: int | None


def of_goal(*, by: Context, goal_id: UUID) -> list[Served]:
    """The funds that serve a goal, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    return _served(Fund.objects.filter(goals=goal_id))


def of_initiative(*, by: Context, initiative_id: UUID) -> list[Served]:
    """The funds that pay for an initiative, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    return _served(Fund.objects.filter(initiatives=initiative_id))


def _served(found: "QuerySet[Fund]") -> list[Served]:
    return [
        Served(fund.code, fund.name, fund.valid.lower.year, fund.valid.upper.year - 1 if fund.valid.upper else None)
        for fund in found.order_by("-valid", "name")
    ]
