"""Open data about money, as flat rows for anybody: funds, decided points, and what sources tell afterwards.

Only what the open pages show: decided things and public sources, nobody's name, no drafts. Amounts in whole öre here;
a value that no source tells is None.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samkraft.money.models import Figure, Fund
from samkraft.money.queries import decided_items, funds
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund in a year."""

    fund: str
    name: str
    year: int
    budget_ore: int | None
    allocated_ore: int
    left_ore: int | None


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One receiver and year of a decided point."""

    case_number: str
    point: str
    verb: str
    support: str
    fund: str
    year: int
    decider: str
    decided_date: date
    receiver: str
    amount_ore: int | None
    is_assumption: bool


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A figure as a source tells it. Kronor where the unit is kronor."""

    measure: str
    label: str
    kind: str
    body: str
    fund: str
    year: int | None
    group: str
    value: Decimal | None
    upper_value: Decimal | None
    unit: str
    source: str
    place: str


def funds_by_year(*, by: Context) -> Iterator[FundRow]:
    """Every fund and year that has a budget or a decision."""
    access.require(by, Permission.SEE_MONEY)
    for row in funds.listed(by=by):
        page = funds.page(by=by, code=row.code)
        for year in page.years if page else ():
            budget = year.budget.known_ore if year.has_budget and not year.budget.unknown else None
            yield FundRow(row.code, row.name, year.year, budget, year.allocated.known_ore, year.left_ore)


def decided(*, by: Context) -> Iterator[DecidedRow]:
    """Every decided item of money that stands."""
    access.require(by, Permission.SEE_MONEY)
    ids = list(Fund.objects.order_by("code").values_list("id", flat=True))
    for item in decided_items.of_funds(fund_ids=ids):
        if item.state is decided_items.State.REVERSED:
            continue
        yield DecidedRow(
            case_number=item.case_number,
            point=item.number,
            verb=item.verb.value,
            support=item.support.value if item.support else "",
            fund=item.fund_code,
            year=item.year,
            decider=item.decider.name,
            decided_date=item.decided_date,
            receiver=item.receiver_name,
            amount_ore=item.amount_ore,
            is_assumption=item.is_assumption,
        )


def told(*, by: Context) -> Iterator[ToldRow]:
    """Every figure with its source."""
    access.require(by, Permission.SEE_MONEY)
    rows = Figure.objects.select_related("organisation", "fund", "document").defer(
        "document__text", "document__content"
    )
    for one in rows.order_by("organisation__name", "measure", "year", "said_date", "id"):
        yield ToldRow(
            measure=one.measure,
            label=one.label,
            kind=one.kind,
            body=one.organisation.name if one.organisation else "",
            fund=one.fund.code if one.fund else "",
            year=one.year,
            group=one.group,
            value=one.value,
            upper_value=one.upper_value,
            unit=one.unit,
            source=one.document.title,
            place=one.place,
        )


def publisher() -> str:
    """The city whose money it is; the first organisation when no city is there."""
    cities = organisations.listed(kind=OrganisationKind.CITY.value) or organisations.listed()
    return cities[0].name if cities else ""
