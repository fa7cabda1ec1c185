"""The ledger as it is read: accounts with their balance on any day, what moved, and one voucher."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When

from samkraft.money.models import Account, Fund, Transfer, Voucher
from samkraft.money.queries import balances as month_balances
from samkraft.money.queries import balances as on_day
from samkraft.money.queries import book
from samkraft.money.rules.accounts import LABELS, AccountKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account with its balance at the end of the day asked for. Öre."""

    id: UUID
    name: str
    kind: AccountKind
    kind_name: str
    year: int
    fund: str
    is_source: bool
    balance_ore: int


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer seen from an account: into it above zero, out of it below; and the balance after it."""

    id: UUID
    posted_date: date
    voucher_id: UUID
    voucher: str
    text: str
    other: str
    other_id: UUID
    change_ore: int
    balance_ore: int


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account with some of its transfers, newest first, and where the next ones begin (empty: no more)."""

    line: AccountLine
    rows: tuple[TransferLine, ...]
    after: str


@dataclass(frozen=True, slots=True)
class VoucherListLine:
    """One voucher in the list of all."""

    id: UUID
    number: str
    posted_date: date
    text: str
    amount_ore: int
    reversed_by: str
    is_reversal: bool
    cursor: str


@dataclass(frozen=True, slots=True)
class VoucherTransfer:
    """One transfer of a voucher."""

    source: str
    source_id: UUID
    target: str
    target_id: UUID
    amount_ore: int


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """One voucher with why it was posted: a point of a decision, a budget, or another voucher that it takes back."""

    id: UUID
    number: str
    posted_date: date
    text: str
    reason: str
    digest: str
    registered_at: datetime
    registered_by: str
    transfers: tuple[VoucherTransfer, ...]
    matter_id: UUID | None
    case_number: str
    point: str
    point_text: str
    is_assumption: bool
    document_id: UUID | None
    document_title: str
    budget_source: str
    reverses: tuple[UUID, str] | None
    reversed_by: tuple[UUID, str] | None


def accounts(
    *, by: Context, per: date | None = None, year: int | None = None, fund: str = "", kind: str = ""
) -> list[AccountLine]:
    """Accounts in the order that money goes, with balances at the end of `per` (or now); narrowed by year, fund, kind."""
    access.require(by, Permission.SEE_MONEY)
    found = Account.objects.select_related("organisation", "fund", "appropriation")
    if year is not None:
        found = found.filter(year=year)
    if fund:
        found = found.filter(fund__code=fund)
    if kind in set(AccountKind):
        found = found.filter(kind=kind)
    rows = list(found)
    balances = month_balances.on(by=by, day=per) if per else {row.id: row.balance_ore for row in rows}
    order = {each.value: place for place, each in enumerate(AccountKind)}
    lines = [_account(row, balances.get(row.id, 0)) for row in rows]
    return sorted(lines, key=lambda line: (-line.year, order[line.kind.value], line.name))


def account(
    *, by: Context, account_id: UUID, per: date | None = None, after: str = "", most: int = PAGE
) -> AccountPage | None:
    """One account and its transfers up to a day, newest first from the cursor `after`; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    row = Account.objects.select_related("organisation", "fund", "appropriation").filter(id=account_id).first()
    if row is None:
        return None
    found = _of_account(row, per)
    balance = on_day.on(by=by, day=per).get(row.id, 0) if per else row.balance_ore
    rows = list(_older_than(found, after)[: most + 1])
    running = _sum_of(_older_than(_of_account(row, per), after), row) if after else balance
    lines = []
    for each in rows[:most]:
        change = each.amount_ore if each.to_account_id == row.id else -each.amount_ore
        lines.append(_transfer(each, row, change, running))
        running -= change
    return AccountPage(_account(row, balance), tuple(lines), _cursor(rows[most - 1]) if len(rows) > most else "")


def every_transfer(*, by: Context, account_id: UUID, per: date | None = None) -> Iterator[TransferLine]:
    """All transfers of an account, newest first, for a file."""
    access.require(by, Permission.SEE_MONEY)
    after = ""
    while True:
        shown = account(by=by, account_id=account_id, per=per, after=after, most=1000)
        if shown is None:
            return
        yield from shown.rows
        after = shown.after
        if not after:
            return


def _of_account(row: Account, per: date | None) -> "QuerySet[Transfer]":
    found = Transfer.objects.filter(Q(from_account=row) | Q(to_account=row))
    return found.filter(posted_date__lte=per) if per else found


_TRANSFER_ORDER = ("-posted_date", "-voucher__year", "-voucher__number", "-position")


def _older_than(found: "QuerySet[Transfer]", after: str) -> "QuerySet[Transfer]":
    """The transfers after the cursor in the list's order. A cursor that cannot be read is taken as none."""
    ordered = found.select_related(
        "voucher", "from_account__organisation", "from_account__fund", "from_account__appropriation",
        "to_account__organisation", "to_account__fund", "to_account__appropriation",
    ).order_by(*_TRANSFER_ORDER)  # fmt: skip
    try:
        day_words, year, number, position = after.split("_")
        day, place = date.fromisoformat(day_words), (int(year), int(number), int(position))
    except ValueError:
        return ordered
    same_day = Q(posted_date=day)
    before = (
        Q(posted_date__lt=day)
        | same_day & Q(voucher__year__lt=place[0])
        | same_day & Q(voucher__year=place[0], voucher__number__lt=place[1])
        | same_day & Q(voucher__year=place[0], voucher__number=place[1], position__lt=place[2])
    )
    return ordered.filter(before)


def _sum_of(found: "QuerySet[Transfer]", row: Account) -> int:
    signed = Case(When(to_account_id=row.id, then=F("amount_ore")), default=-F("amount_ore"))
    return found.order_by().aggregate(total=Sum(signed))["total"] or 0


def _cursor(row: Transfer) -> str:
    return f"{row.posted_date.isoformat()}_{row.voucher.year}_{row.voucher.number}_{row.position}"


def _transfer(each: Transfer, row: Account, change: int, balance: int) -> TransferLine:
    other = each.from_account if each.to_account_id == row.id else each.to_account
    voucher = each.voucher
    return TransferLine(
        each.id, each.posted_date, voucher.id, f"{voucher.year}-{voucher.number}", voucher.text, book.name_of(other), other.id,
        change, balance,
    )  # fmt: skip


def _account(row: Account, balance: int) -> AccountLine:
    kind = AccountKind(row.kind)
    fund = row.fund.name if row.fund else ""
    return AccountLine(row.id, book.name_of(row), kind, LABELS[kind], row.year, fund, row.is_source, balance)


def vouchers(
    *, by: Context, year: int | None = None, after: str = "", most: int = PAGE
) -> tuple[list[VoucherListLine], str]:
    """Vouchers, the highest number first from the cursor `after`, and where the next ones begin."""
    access.require(by, Permission.SEE_MONEY)
    found = (
        Voucher.objects.annotate(total=Sum("transfers__amount_ore"))
        .select_related("reversed_by")
        .order_by("-year", "-number")
    )
    if year is not None:
        found = found.filter(year=year)
    before_year, _dash, before_number = after.partition("-")
    if before_year.isdecimal() and before_number.isdecimal():
        found = found.filter(Q(year__lt=int(before_year)) | Q(year=int(before_year), number__lt=int(before_number)))
    rows = list(found[: most + 1])
    lines = [_voucher_line(row) for row in rows[:most]]
    return lines, lines[-1].cursor if len(rows) > most else ""


def _voucher_line(row: Voucher) -> VoucherListLine:
    number = f"{row.year}-{row.number}"
    undone = getattr(row, "reversed_by", None)
    total: int = getattr(row, "total", 0) or 0
    return VoucherListLine(
        row.id, number, row.posted_date, row.text, total, f"{undone.year}-{undone.number}" if undone else "",
        row.reverses_id is not None, number,
    )  # fmt: skip


def voucher(*, by: Context, voucher_id: UUID) -> VoucherPage | None:
    """One voucher; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    row = (
        Voucher.objects.filter(id=voucher_id)
        .select_related(
            "point__decision__matter",
            "point__decision__document",
            "point__decision__proposal__document",
            "budget",
            "reverses",
            "reversed_by",
        )
        .first()
    )
    if row is None:
        return None
    decision = row.point.decision if row.point else None
    document = None
    if decision:
        document = decision.document or (decision.proposal.document if decision.proposal else None)
    undone = getattr(row, "reversed_by", None)
    transfers = row.transfers.select_related(
        "from_account__organisation", "from_account__fund", "from_account__appropriation",
        "to_account__organisation", "to_account__fund", "to_account__appropriation",
    ).order_by("position")  # fmt: skip
    return VoucherPage(
        id=row.id,
        number=f"{row.year}-{row.number}",
        posted_date=row.posted_date,
        text=row.text,
        reason=row.reason,
        digest=row.digest,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        transfers=tuple(
            VoucherTransfer(
                book.name_of(each.from_account),
                each.from_account_id,
                book.name_of(each.to_account),
                each.to_account_id,
                each.amount_ore,
            )
            for each in transfers
        ),
        matter_id=decision.matter_id if decision else None,
        case_number=decision.matter.case_number if decision else "",
        point=row.point.number if row.point else "",
        point_text=row.point.text if row.point else "",
        is_assumption=decision.is_assumption if decision else False,
        document_id=document.id if document else None,
        document_title=document.title if document else "",
        budget_source=row.budget.source if row.budget else "",
        reverses=(row.reverses.id, f"{row.reverses.year}-{row.reverses.number}") if row.reverses else None,
        reversed_by=(undone.id, f"{undone.year}-{undone.number}") if undone else None,
    )


def years() -> list[int]:
    """Years that have accounts, latest first."""
    return sorted(set(Account.objects.order_by().values_list("year", flat=True)), reverse=True)


def funds() -> list[tuple[str, str]]:
    """Funds that have accounts: code and name."""
    ids = Account.objects.filter(fund__isnull=False).order_by().values("fund_id")
    return list(Fund.objects.filter(id__in=ids).order_by("name").values_list("code", "name"))
