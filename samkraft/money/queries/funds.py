"""Funds: the list, and one fund with its years, kinds of support, key, requests and sources."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.money.models import AllocationKey, Appropriation, Fund, MoneyRequest
from samkraft.money.queries import decided_items, fund_families
from samkraft.money.queries.decided_items import Body, Item, State
from samkraft.money.queries.flow import flow
from samkraft.money.queries.flow.flow import BudgetRow, Flow, FlowPath
from samkraft.money.rules.budgets import Carried
from samkraft.money.rules.flow import flow_paths
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import Support
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class FundYear:
    """A fund's year. `left_ore` is None when budget or allocation is not known in full."""

    year: int
    budgets: tuple[BudgetRow, ...]
    allocated: Amount
    waiting: Amount

    @property
    def has_budget(self) -> bool:
        """Whether any budget is registered for the year."""
        return bool(self.budgets)

    @property
    def budget(self) -> Amount:
        """The whole budget; unknown when none is registered."""
        return flow_paths.total(row.amount_ore for row in self.budgets) if self.budgets else Amount(unknown=1)

    @property
    def at_disposal(self) -> Amount:
        """The part that is at someone's disposal during the year."""
        return flow_paths.total(row.amount_ore for row in self.budgets if row.carried is Carried.DISPOSAL)

    @property
    def on_frame(self) -> Amount:
        """The part that has been moved into frames (på ram)."""
        return flow_paths.total(row.amount_ore for row in self.budgets if row.carried is Carried.FRAME)

    @property
    def left_ore(self) -> int | None:
        """Budget less what is given out."""
        budget, allocated = self.budget.ore, self.allocated.ore
        return None if not self.budgets or budget is None or allocated is None else budget - allocated


@dataclass(frozen=True, slots=True)
class FundRow:
    """One line of the list."""

    id: UUID
    code: str
    name: str
    purpose: str
    first_year: int
    last_year: int | None
    follows_name: str
    latest: FundYear | None


@dataclass(frozen=True, slots=True)
class KindSum:
    """One kind of support in a year. `is_within` marks what is taken out of frames, with no sum of its own told."""

    support: Support
    amount: Amount
    is_within: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and words, to link to."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class FundPage:
    """Everything that the page of one fund shows."""

    id: UUID
    code: str
    name: str
    purpose: str
    first_day: date
    last_day: date | None
    follows: Named | None
    followers: tuple[Named, ...]
    goals: tuple[Named, ...]
    committees: tuple[Body, ...]
    initiatives: tuple[Named, ...]
    report_words: str
    source: str
    years: tuple[FundYear, ...]
    budgets: tuple[BudgetRow, ...]
    kinds: tuple[tuple[int, tuple[KindSum, ...]], ...]
    has_key: bool
    requests: int


@dataclass(frozen=True, slots=True)
class AppropriationRow:
    """An appropriation, as a choice."""

    id: UUID
    name: str
    year: int
    owner_name: str


def listed(*, by: Context) -> list[FundRow]:
    """All funds, the latest to begin first."""
    access.require(by, Permission.SEE_MONEY)
    funds = list(Fund.objects.select_related("follows").order_by("-valid", "name"))
    years = _years_of([fund.id for fund in funds])
    rows = []
    for fund in funds:
        own = years.get(fund.id, [])
        with_budget = [year for year in own if year.has_budget]
        rows.append(
            FundRow(
                fund.id, fund.code, fund.name, fund.purpose, fund.valid.lower.year,
                (fund.valid.upper - timedelta(days=1)).year if fund.valid.upper else None,
                fund.follows.name if fund.follows else "",
                (with_budget or own or [None])[-1],
            )
        )  # fmt: skip
    return rows


def page(*, by: Context, code: str) -> FundPage | None:
    """One fund; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    fund = Fund.objects.select_related("follows").filter(code=code).first()
    if fund is None:
        return None
    years = _years_of([fund.id]).get(fund.id, [])
    family = fund_families.of_fund(code)
    assert family is not None
    return FundPage(
        id=fund.id,
        code=fund.code,
        name=fund.name,
        purpose=fund.purpose,
        first_day=fund.valid.lower,
        last_day=fund.valid.upper - timedelta(days=1) if fund.valid.upper else None,
        follows=Named(fund.follows.code, fund.follows.name) if fund.follows else None,
        followers=tuple(Named(row.code, row.name) for row in fund.followers.order_by("name")),
        goals=tuple(Named(row.code, row.text) for row in fund.goals.order_by("position", "code")),
        committees=tuple(decided_items.body_of(row) for row in fund.committees.order_by("sort_key")),
        initiatives=tuple(Named(row.code, row.name) for row in fund.initiatives.order_by("name")),
        report_words=fund.report_words,
        source=fund.source,
        years=tuple(years),
        budgets=tuple(flow.budgets_of([fund.id])),
        kinds=tuple((year.year, kinds_of(flow.of_family(family, year.year), fund.code)) for year in years),
        has_key=AllocationKey.objects.filter(fund=fund).exists(),
        requests=MoneyRequest.objects.filter(fund=fund).count(),
    )


def kinds_of(whole: Flow, fund_code: str = "") -> tuple[KindSum, ...]:
    """The year's money by kind of support, never mixed. Kinds that are taken out of frames are named without a sum."""
    sums: dict[Support, Amount] = {}
    within: dict[Support, Amount] = {}
    for path in whole.paths:
        if fund_code and path.item.fund_code != fund_code:
            continue
        kind = _kind(path)
        sums[kind] = sums.get(kind, Amount()).plus(path.amount_ore)
        for use in path.uses if len(path.uses) > 1 or (path.uses and path.uses[0].amount_ore is None) else ():
            if use.support in {Support.CALL_OFF, Support.COMPENSATION, Support.PROCUREMENT}:
                within[use.support] = within.get(use.support, Amount()).plus(use.amount_ore)
    order = list(Support)
    found = [KindSum(kind, sums[kind], is_within=False) for kind in sorted(sums, key=order.index)]
    return (*found, *(KindSum(kind, within[kind], is_within=True) for kind in sorted(within, key=order.index)))


def _kind(path: FlowPath) -> Support:
    if path.outflow:
        return path.outflow.support or Support.UNKNOWN
    if len(path.uses) == 1 and path.uses[0].amount_ore is not None:
        return path.uses[0].support
    return Support.FRAME


def _years_of(fund_ids: Sequence[UUID]) -> dict[UUID, list[FundYear]]:
    """Each fund's years in order, with what is decided for them."""
    budgets: dict[tuple[UUID, int], list[BudgetRow]] = defaultdict(list)
    for row in flow.budgets_of(fund_ids):
        budgets[row.fund_id, row.year].append(row)
    items: dict[tuple[UUID, int], list[Item]] = defaultdict(list)
    for item in decided_items.of_funds(fund_ids=fund_ids):
        if item.from_appropriation and item.state is not State.REVERSED:
            items[item.fund_id, item.year].append(item)
    found: dict[UUID, list[FundYear]] = defaultdict(list)
    for fund_id, year in sorted({*budgets, *items}, key=lambda place: place[1]):
        mine = items[fund_id, year]
        found[fund_id].append(
            FundYear(
                year,
                tuple(budgets[fund_id, year]),
                flow_paths.total(item.amount_ore for item in mine),
                flow_paths.total(item.amount_ore for item in mine if item.state is State.WAITING),
            )
        )
    return found


def appropriations(*, by: Context) -> list[AppropriationRow]:
    """All appropriations, the latest year first."""
    access.require(by, Permission.SEE_MONEY)
    rows = Appropriation.objects.select_related("owner").order_by("-year", "name")
    return [AppropriationRow(row.id, row.name, row.year, row.owner.name) for row in rows]


def choices(*, by: Context) -> list[Named]:
    """Every fund as a choice."""
    access.require(by, Permission.SEE_MONEY)
    return [Named(code, name) for code, name in Fund.objects.order_by("name").values_list("code", "name")]
