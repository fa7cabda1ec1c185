"""One node of the flow at a time: a body, a decided point, a use, a fund's budget of a year, down to the sources."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.money.models import Account, Document, Point, Transfer, Use
from samkraft.money.queries import decided_items, figures, fund_families
from samkraft.money.queries.decided_items import Item
from samkraft.money.queries.flow import flow
from samkraft.money.queries.flow.flow import Flow, FlowPath, UseRow
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.flow.flow_paths import Amount, total
from samkraft.money.rules.points import GIVES_MONEY, Verb
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher that an item was posted by."""

    id: UUID
    number: str
    posted_date: date
    amount_ore: int
    from_name: str
    to_name: str
    is_reversal: bool


@dataclass(frozen=True, slots=True)
class PointPage:
    """One decided (or proposed) point with its items, vouchers and source."""

    id: UUID
    number: str
    verb: Verb
    text: str
    is_proposal: bool
    case_number: str
    matter_id: UUID
    matter_title: str
    body_name: str
    decided_date: date | None
    date_words: str
    paragraph: str
    is_assumption: bool
    note: str
    document_id: UUID | None
    document_title: str
    items: tuple[Item, ...]
    paid_items: tuple[Item, ...]
    vouchers: tuple[VoucherRow, ...]


@dataclass(frozen=True, slots=True)
class YearOfBody:
    """What one body has to do with the money of one year and family: what came in, what went on, what it told."""

    flow: Flow
    paths: tuple[FlowPath, ...]
    received: tuple[FlowPath, ...]

    @property
    def in_sum(self) -> Amount:
        """New money to the body's frame, or straight to it."""
        return total(path.amount_ore for path in self.paths)

    @property
    def received_sum(self) -> Amount:
        """What other bodies have paid on to it."""
        return total(path.amount_ore for path in self.received)

    @property
    def paid_on(self) -> tuple[FlowPath, ...]:
        """What the body has paid on to others."""
        return tuple(path for path in self.paths if path.outflow)

    @property
    def kept(self) -> tuple[FlowPath, ...]:
        """What stays with the body."""
        return tuple(path for path in self.paths if not path.outflow)


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body in the money: every year in which it has any."""

    id: UUID
    code: str
    name: str
    short_name: str
    kind_name: str
    administration_name: str
    note: str
    holds_frame: bool
    years: tuple[YearOfBody, ...]
    figures: tuple[figures.Row, ...]


@dataclass(frozen=True, slots=True)
class UsePage:
    """One use, with the money that it is a part of."""

    use: UseRow
    paths: tuple[FlowPath, ...]
    place: str
    siblings: tuple[UseRow, ...]


def point(*, by: Context, point_id: UUID) -> PointPage | None:
    """A point with everything behind it. None when there is none, or when only a proposal is asked for by the public."""
    access.require(by, Permission.SEE_MONEY)
    row = (
        Point.objects.filter(id=point_id)
        .select_related("decision__matter", "decision__body", "proposal__matter", "proposal__decider")
        .first()
    )
    if row is None or (row.decision is None and row.proposal is None):
        return None
    source = row.decision or row.proposal
    assert source is not None
    body = row.decision.body if row.decision else row.proposal.decider
    document_id = source.document_id or (
        row.decision.proposal.document_id if row.decision and row.decision.proposal else None
    )
    items = decided_items.of_point(point_id=row.id)
    paid = [
        item
        for item in decided_items.of_funds(fund_ids=list({item.fund_id for item in items}))
        if row.decision and item.decision_id == row.decision.id and item.paid_by == row.number
    ]
    return PointPage(
        id=row.id,
        number=row.number,
        verb=Verb(row.verb),
        text=row.text,
        is_proposal=row.decision is None,
        case_number=source.matter.case_number,
        matter_id=source.matter_id,
        matter_title=source.matter.title,
        body_name=body.name,
        decided_date=row.decision.date if row.decision else None,
        date_words=row.decision.date_words if row.decision else "",
        paragraph=row.decision.paragraph if row.decision else "",
        is_assumption=bool(row.decision and row.decision.is_assumption),
        note=row.decision.note if row.decision else "",
        document_id=document_id,
        document_title=Document.objects.values_list("title", flat=True).get(id=document_id) if document_id else "",
        items=tuple(items),
        paid_items=tuple(paid),
        vouchers=tuple(_vouchers(row.id)) if row.verb in {verb.value for verb in GIVES_MONEY} else (),
    )


def _vouchers(point_id: UUID) -> list[VoucherRow]:
    rows = (
        Transfer.objects.filter(voucher__point_id=point_id)
        .select_related(
            "voucher", "from_account__organisation", "from_account__appropriation", "from_account__fund",
            "to_account__organisation", "to_account__appropriation", "to_account__fund",
        )
        .order_by("voucher__year", "voucher__number", "position")
    )  # fmt: skip
    return [
        VoucherRow(
            row.voucher_id,
            f"{row.voucher.year}-{row.voucher.number}",
            row.posted_date,
            row.amount_ore,
            account_name(row.from_account),
            account_name(row.to_account),
            row.voucher.reverses_id is not None,
        )
        for row in rows
    ]


def account_name(account: Account) -> str:
    """An account as people call it."""
    if account.kind == AccountKind.COUNCIL:
        return f"Kommunfullmäktiges budget {account.year}"
    if account.appropriation:
        return f"{account.appropriation.name} {account.year}"
    return account.organisation.name if account.organisation else ""


def body(*, by: Context, code: str) -> BodyPage | None:
    """A body with all its years, the latest first. None when there is no such organisation."""
    access.require(by, Permission.SEE_MONEY)
    found = organisations.page(code)
    if found is None:
        return None
    row = found.row
    years = []
    for family in fund_families.listed():
        for year in family.years:
            whole = flow.of_family(family, year)
            own = tuple(path for path in whole.paths if path.body.id == row.id)
            received = tuple(
                path for path in whole.paths if path.receiver and path.receiver.id == row.id and path.body.id != row.id
            )
            if own or received:
                years.append(YearOfBody(whole, own, received))
    years.sort(key=lambda year: (-year.flow.year, year.flow.members[0].name))
    return BodyPage(
        id=row.id,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind_name=row.kind_name,
        administration_name=row.administration_name,
        note=found.note,
        holds_frame=row.holds_frame,
        years=tuple(years),
        figures=tuple(figures.sums_told_by(row.id)),
    )


def use(*, by: Context, use_id: UUID) -> UsePage | None:
    """A use with the money it is part of, and what else the body told of the same money."""
    access.require(by, Permission.SEE_MONEY)
    row = (
        Use.objects.filter(id=use_id)
        .select_related("organisation", "fund", "counterparty", "document")
        .defer("document__text", "document__content")
        .first()
    )
    if row is None:
        return None
    told = flow.use_row(row)
    family = fund_families.of_fund(told.fund_code)
    assert family is not None
    whole = flow.of_family(family, told.year)
    mine = tuple(path for path in whole.paths if any(each.id == told.id for each in path.uses))
    siblings = tuple(
        other
        for other in flow.uses_of([told.fund_id], told.year)
        if other.body.id == told.body.id and other.id != told.id
    )
    return UsePage(told, mine, "", siblings)


def budget(*, by: Context, fund_code: str, year: int) -> Flow | None:
    """The council's budget for a fund's family in a year, as a flow. None when nothing is known of the year."""
    whole = flow.read(by=by, fund_code=fund_code, year=year)
    return whole if whole and (whole.budgets or whole.paths) else None
