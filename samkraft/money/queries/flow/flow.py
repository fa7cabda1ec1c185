"""Follow the krona: a year's money for a family of funds, as paths from the council to what it is used for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from samkraft.money.models import Use, YearlyBudget
from samkraft.money.queries import decided_items, figures, fund_families
from samkraft.money.queries.decided_items import Body, Item, State
from samkraft.money.queries.fund_families import Family, Member
from samkraft.money.rules.budgets import Carried
from samkraft.money.rules.findings import ALLOCATED
from samkraft.money.rules.flow import flow_paths
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import UseStage
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class UseRow:
    """What a body has told that its money is meant for or has been used for."""

    id: UUID
    body: Body
    fund_id: UUID
    fund_code: str
    fund_name: str
    year: int
    stage: UseStage
    support: Support
    title: str
    text: str
    counterparty: Body | None
    amount_ore: int | None
    quantity: int | None
    quantity_unit: str
    status: str
    document_id: UUID | None
    document_title: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What the council gave a fund for a year, or changed."""

    id: UUID
    fund_id: UUID
    fund_code: str
    fund_name: str
    appropriation_name: str
    year: int
    amount_ore: int | None
    carried: Carried
    words: str
    decided_date: date | None
    is_assumption: bool
    source: str


@dataclass(frozen=True, slots=True)
class FlowPath:
    """One way for some of the money: the decided item that brought it, the body that holds it, what it went on to."""

    item: Item
    body: Body
    amount_ore: int | None
    outflow: Item | None = None
    receiver: Body | None = None
    receiver_name: str = ""
    uses: tuple[UseRow, ...] = ()

    @property
    def is_direct(self) -> bool:
        """Whether the appropriation pays the receiver without going through a frame."""
        return self.outflow is not None and self.outflow.id == self.item.id

    @property
    def is_waiting(self) -> bool:
        """Whether it is decided but waits for its year's budget."""
        return self.item.state is State.WAITING


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the reader has narrowed to: parts of the address, empty when not used."""

    matter: str = ""
    body: str = ""
    fund: str = ""
    receiver: str = ""

    @property
    def is_used(self) -> bool:
        """Whether anything is left out."""
        return bool(self.matter or self.body or self.fund or self.receiver)

    def holds(self, path: FlowPath) -> bool:
        """Whether a path belongs to what is narrowed to."""
        return (
            self.matter in ("", path.item.case_number)
            and self.body in ("", path.body.code)
            and self.fund in ("", path.item.fund_code)
            and self.receiver in ("", path.receiver.code if path.receiver else "")
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """A year of a family of funds. Every sum is a sum of `paths`; `shown` are those that are narrowed to.

    `disputed` are sums that the sources tell otherwise than what is decided, with what is settled about them.
    """

    family: Family
    members: tuple[Member, ...]
    year: int
    budgets: tuple[BudgetRow, ...]
    paths: tuple[FlowPath, ...]
    reversed_items: tuple[Item, ...] = ()
    narrow: Narrow = field(default_factory=Narrow)
    disputed: tuple[figures.Row, ...] = ()

    @property
    def shown(self) -> tuple[FlowPath, ...]:
        """The paths that are narrowed to."""
        return tuple(path for path in self.paths if self.narrow.holds(path))

    @property
    def budget(self) -> Amount:
        """The year's budget. Unknown when no budget is registered or a source leaves it out."""
        if not self.budgets:
            return Amount(unknown=1)
        return flow_paths.total(row.amount_ore for row in self.budgets)

    @property
    def allocated(self) -> Amount:
        """New money that decided points have given out, counted once."""
        return flow_paths.total(path.amount_ore for path in self.paths)

    @property
    def waiting(self) -> Amount:
        """The part of `allocated` that waits for the year's budget."""
        return flow_paths.total(path.amount_ore for path in self.paths if path.is_waiting)

    @property
    def total_shown(self) -> Amount:
        """The sum of what is narrowed to."""
        return flow_paths.total(path.amount_ore for path in self.shown)

    @property
    def unexplained_ore(self) -> int | None:
        """Budget less what has been given out, in öre; None when either is not known in full."""
        budget, allocated = self.budget.ore, self.allocated.ore
        return None if budget is None or allocated is None else budget - allocated

    @property
    def items(self) -> list[Item]:
        """The decided items that brought new money, in order, without those left out by narrowing."""
        return list({path.item.id: path.item for path in self.shown}.values())

    @property
    def assumed(self) -> list[Item]:
        """One item for each decision that is taken for granted without minutes."""
        return list({path.item.decision_id: path.item for path in self.shown if path.item.is_assumption}.values())

    def paths_of(self, item: Item) -> list[FlowPath]:
        """What became of one item."""
        return [path for path in self.shown if path.item.id == item.id]


def read(*, by: Context, fund_code: str = "", year: int | None = None, narrow: Narrow | None = None) -> Flow | None:
    """The flow of a year. Without a year, the latest that has a budget; without a fund, the weightiest family.

    None when there is no such fund, or nothing at all.
    """
    access.require(by, Permission.SEE_MONEY)
    family = fund_families.of_fund(fund_code)
    if family is None:
        return None
    year = year or family.latest_year
    if year is None:
        return None
    told = figures.disputed(year=year, measure=ALLOCATED, fund_ids=family.ids)
    return replace(of_family(family, year, narrow or Narrow()), disputed=tuple(told))


def of_family(family: Family, year: int, narrow: Narrow | None = None) -> Flow:
    """As `read`, for queries that have asked for permission."""
    items = decided_items.of_year(fund_ids=family.ids, year=year)
    standing = [item for item in items if item.state is not State.REVERSED]
    uses = uses_of(family.ids, year)
    return Flow(
        family=family,
        members=family.of_year(year),
        year=year,
        budgets=tuple(budgets_of(family.ids, year)),
        paths=tuple(_paths(standing, uses)),
        reversed_items=tuple(item for item in items if item.state is State.REVERSED),
        narrow=narrow or Narrow(),
    )


def _paths(items: Sequence[Item], uses: Sequence[UseRow]) -> list[FlowPath]:
    """Hand the items to the rule and put what they are back on what comes out."""
    items_by_key = {str(item.id): item for item in items}
    uses_by_key = {str(use.id): use for use in uses}
    bodies = {str(body.id): body for body in _bodies(items)}
    found = flow_paths.follow(
        [_inflow(item) for item in items if item.from_appropriation],
        [_outflow(item) for item in items if not item.from_appropriation],
        [flow_paths.Told(str(use.id), str(use.body.id), str(use.fund_id), use.amount_ore) for use in uses],
    )
    paths = []
    for path in found:
        outflow = items_by_key.get(path.outflow)
        told = tuple(uses_by_key[key] for key in path.uses)
        only = told[0].counterparty if len(told) == 1 and told[0].amount_ore is not None else None
        paths.append(
            FlowPath(
                item=items_by_key[path.inflow],
                body=bodies[path.body],
                amount_ore=path.amount_ore,
                outflow=outflow,
                receiver=outflow.receiver if outflow else only,
                receiver_name=outflow.receiver_name if outflow else (only.name if only else ""),
                uses=told,
            )
        )
    return paths


def _inflow(item: Item) -> flow_paths.Inflow:
    """Into the receiver's frame; a receiver that holds none is paid straight, on the deciding body's account."""
    goes_on = item.holds_frame and item.receiver is not None
    body = item.receiver if goes_on and item.receiver else item.decider
    receiver = "" if goes_on else (str(item.receiver.id) if item.receiver else item.receiver_words or "?")
    return flow_paths.Inflow(
        str(item.id), str(item.matter_id), str(body.id), str(item.fund_id), item.amount_ore, receiver
    )


def _outflow(item: Item) -> flow_paths.Outflow:
    assert item.payer is not None
    return flow_paths.Outflow(
        str(item.id), str(item.matter_id), str(item.payer.id), str(item.fund_id), item.receiver_name, item.amount_ore
    )


def _bodies(items: Sequence[Item]) -> list[Body]:
    found: list[Body] = []
    for item in items:
        found += [body for body in (item.receiver, item.payer, item.decider) if body]
    return found


def budgets_of(fund_ids: Sequence[UUID], year: int | None = None) -> list[BudgetRow]:
    """Budgets of these funds, in order of year and registration."""
    rows = YearlyBudget.objects.filter(fund_id__in=fund_ids).select_related("fund", "appropriation")
    if year is not None:
        rows = rows.filter(appropriation__year=year)
    return [
        BudgetRow(
            row.id, row.fund_id, row.fund.code, row.fund.name, row.appropriation.name, row.appropriation.year,
            row.amount_ore, Carried(row.carried), row.words, row.decided_date, row.is_assumption, row.source,
        )
        for row in rows.order_by("appropriation__year", "registered_at", "fund__name", "id")
    ]  # fmt: skip


def uses_of(fund_ids: Sequence[UUID], year: int) -> list[UseRow]:
    """What bodies have told of a year: what was reported where anything was, else what was planned."""
    rows = [
        use_row(row)
        for row in Use.objects.filter(fund_id__in=fund_ids, year=year)
        .select_related("organisation", "fund", "counterparty", "document")
        .defer("document__text", "document__content")
        .order_by("organisation__sort_key", "position", "title", "id")
    ]
    reported = {(row.body.id, row.fund_id) for row in rows if row.stage is UseStage.REPORTED}
    return [row for row in rows if row.stage is UseStage.REPORTED or (row.body.id, row.fund_id) not in reported]


def use_row(row: Use) -> UseRow:
    """A stored use as plain data."""
    return UseRow(
        id=row.id,
        body=decided_items.body_of(row.organisation),
        fund_id=row.fund_id,
        fund_code=row.fund.code,
        fund_name=row.fund.name,
        year=row.year,
        stage=UseStage(row.stage),
        support=Support(row.support),
        title=row.title,
        text=row.text,
        counterparty=decided_items.body_of(row.counterparty) if row.counterparty else None,
        amount_ore=row.amount_ore,
        quantity=row.quantity,
        quantity_unit=row.quantity_unit,
        status=row.status,
        document_id=row.document_id,
        document_title=row.document.title if row.document else "",
    )
