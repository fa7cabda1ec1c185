"""Which funds belong together: those that follow one another are one family, shown as one in a year's view.

For other queries: they ask for permission first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import Fund, PointItem, YearlyBudget
from samkraft.money.rules.points import GIVES_MONEY, POSTS


@dataclass(frozen=True, slots=True)
class Member:
    """One fund in a family."""

    id: UUID
    code: str
    name: str
    first_year: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Family:
    """Funds that follow one another, the oldest first, and the years in which anything is known of them."""

    members: tuple[Member, ...]
    budget_years: tuple[int, ...]
    years: tuple[int, ...]

    @property
    def ids(self) -> list[UUID]:
        """The funds' ids."""
        return [member.id for member in self.members]

    @property
    def latest_year(self) -> int | None:
        """The latest year that has a budget, else the latest of which anything is known."""
        return (self.budget_years or self.years or (None,))[-1]

    def of_year(self, year: int) -> tuple[Member, ...]:
        """The funds that hold in a year; all of them when none does."""
        holding = tuple(
            member
            for member in self.members
            if member.first_year <= year and (member.last_year is None or year <= member.last_year)
        )
        return holding or self.members


def listed() -> list[Family]:
    """All families; the one with the largest known budgets first."""
    funds = list(Fund.objects.order_by("valid", "name"))
    groups = _grouped(funds)
    budgets: dict[UUID, set[int]] = defaultdict(set)
    weight: dict[UUID, int] = defaultdict(int)
    for fund_id, year, amount in YearlyBudget.objects.values_list("fund_id", "appropriation__year", "amount_ore"):
        budgets[fund_id].add(year)
        weight[fund_id] += amount or 0
    decided = _years_of_points()
    families = []
    for group in groups:
        ids = [fund.id for fund in group]
        with_budget = sorted({year for fund in ids for year in budgets[fund]})
        known = sorted({*with_budget, *(year for fund in ids for year in decided[fund])})
        families.append((sum(weight[fund] for fund in ids), _family(group, with_budget, known)))
    return [family for _weight, family in sorted(families, key=lambda pair: (-pair[0], pair[1].members[0].name))]


def of_fund(code: str) -> Family | None:
    """The family of the fund with this code; the weightiest one when no code is given."""
    families = listed()
    if not code:
        return families[0] if families else None
    return next((family for family in families if any(member.code == code for member in family.members)), None)


def _grouped(funds: Iterable[Fund]) -> list[list[Fund]]:
    """Funds by the root that they go back to."""
    by_id = {fund.id: fund for fund in funds}
    groups: dict[UUID, list[Fund]] = defaultdict(list)
    for fund in by_id.values():
        root, seen = fund, {fund.id}
        while root.follows_id and root.follows_id in by_id and root.follows_id not in seen:
            root = by_id[root.follows_id]
            seen.add(root.id)
        groups[root.id].append(fund)
    return list(groups.values())


def _years_of_points() -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = PointItem.objects.filter(
        Q(point__decision__outcome__in=[outcome.value for outcome in POSTS]),
        point__verb__in=[verb.value for verb in GIVES_MONEY],
        fund__isnull=False,
        year__isnull=False,
    ).values_list("fund_id", "year")
    for fund_id, year in rows.distinct():
        found[fund_id].add(year)
    return found


def _family(group: list[Fund], with_budget: list[int], known: list[int]) -> Family:
    members = tuple(
        Member(
            fund.id,
            fund.code,
            fund.name,
            fund.valid.lower.year,
            (
                fund.valid.upper.year
                if (fund.valid.upper.month, fund.valid.upper.day) != (1, 1)
                else fund.valid.upper.year - 1
            )
            if fund.valid.upper
            else None,
        )
        for fund in group
    )
    return Family(members, tuple(with_budget), tuple(known))
