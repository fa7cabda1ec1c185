"""The book as a SIE file for the economy system: every voucher of a year, with committee, fund and counterpart."""

from collections.abc import Iterable
from datetime import date

from samkraft.money.models import Account, EconomyAccount, Transfer
from samkraft.money.queries import book as names
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.economy_accounts import ASSUMED
from samkraft.money.rules.sie import writing
from samkraft.money.rules.sie.book import COST_CENTRE, OWN, Book, Entry, Row
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context

FUND, COUNTERPART = OWN, OWN + 1
SERIES = "SK"  # vouchers that came from here, so that the economy system tells them from its own
IMPORT = "4i"


def accounts(*, by: Context) -> list[tuple[AccountKind, str, str, bool]]:
    """(kind, number, name, whether it is only assumed) for each kind of account."""
    access.require(by, Permission.SEE_MONEY)
    return [(kind, *_chart()[kind]) for kind in AccountKind]


def of_year(*, by: Context, year: int, made: date) -> bytes:
    """All vouchers posted in a calendar year as a SIE 4 file for import (4i). The same book gives the same bytes."""
    access.require(by, Permission.MANAGE_FUNDS)
    chart = _chart()
    found = (
        Transfer.objects.filter(voucher__posted_date__year=year)
        .select_related("voucher", "from_account__organisation", "from_account__fund", "to_account__organisation",
                        "to_account__fund", "from_account__appropriation", "to_account__appropriation")
        .order_by("voucher__year", "voucher__number", "position")
    )  # fmt: skip
    transfers = list(found)
    top = organisations.top_of(by.organisation_id)
    city = next(row for row in organisations.listed() if row.id == top)
    return writing.write(
        Book(
            company=city.name,
            organisation_number=city.number,
            year=(date(year, 1, 1), date(year, 12, 31)),
            made=made,
            accounts={number: name for number, name, _assumed in chart.values()},
            dimensions={COST_CENTRE: "Nämnd", FUND: "Satsning", COUNTERPART: "Motpart"},
            objects=_objects(transfers),
            entries=tuple(_entries(transfers, chart)),
            kind=IMPORT,
        )
    )


def _chart() -> dict[AccountKind, tuple[str, str, bool]]:
    said = {AccountKind(one.kind): (one.number, one.name, one.is_assumption) for one in EconomyAccount.objects.all()}
    return {kind: said.get(kind) or (*ASSUMED[kind], True) for kind in AccountKind}


def _entries(transfers: list[Transfer], chart: dict[AccountKind, tuple[str, str, bool]]) -> Iterable[Entry]:
    by_voucher: dict[object, list[Transfer]] = {}
    for one in transfers:
        by_voucher.setdefault(one.voucher_id, []).append(one)
    for rows in by_voucher.values():
        voucher = rows[0].voucher
        yield Entry(
            series=SERIES,
            number=f"{voucher.year}{voucher.number:05}",
            day=voucher.posted_date,
            text=voucher.text,
            rows=tuple(row for one in rows for row in _rows(one, chart)),
            registered=voucher.posted_date,
        )


def _rows(one: Transfer, chart: dict[AccountKind, tuple[str, str, bool]]) -> tuple[Row, Row]:
    """Debit where the money comes, credit where it leaves; each side names the other as its counterpart."""
    to, out = one.to_account, one.from_account
    return (
        Row(chart[AccountKind(to.kind)][0], one.amount_ore, _objects_of(to, out), one.posted_date, names.name_of(to)),
        Row(
            chart[AccountKind(out.kind)][0], -one.amount_ore, _objects_of(out, to), one.posted_date, names.name_of(out)
        ),
    )


def _objects_of(account: Account, other: Account) -> dict[int, str]:
    found = {}
    if account.organisation:
        found[COST_CENTRE] = account.organisation.code
    fund = account.fund or other.fund
    if fund:
        found[FUND] = fund.code
    if other.organisation:
        found[COUNTERPART] = other.organisation.code
    return found


def _objects(transfers: list[Transfer]) -> dict[tuple[int, str], str]:
    named: dict[tuple[int, str], str] = {}
    for one in transfers:
        for account in (one.from_account, one.to_account):
            if account.organisation:
                named[COST_CENTRE, account.organisation.code] = account.organisation.name
                named[COUNTERPART, account.organisation.code] = account.organisation.name
            if account.fund:
                named[FUND, account.fund.code] = account.fund.name
    return named
