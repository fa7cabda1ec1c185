"""Allocation keys with their arithmetic, and the shares that committees can expect of the years to come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.money.models import AllocationKey, Fund
from samkraft.money.queries import decided_items, funds
from samkraft.money.queries.decided_items import Body, State
from samkraft.money.queries.funds import FundYear
from samkraft.money.rules import allocation
from samkraft.money.rules.points import Verb
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Step:
    """One body's part: amount × share, before and after the remainder rule. `decided_ore` is what has been decided."""

    body: Body
    share: int
    exact_ore_times_whole: int
    amount_ore: int
    extra_ore: int
    decided_ore: int | None = None

    @property
    def agrees(self) -> bool | None:
        """Whether the decision gives what the key gives; None when nothing is decided."""
        return None if self.decided_ore is None else self.decided_ore == self.amount_ore


@dataclass(frozen=True, slots=True)
class Split:
    """A year's money by the key. `is_expected` when the sum is an earlier year's, for the council decides each year."""

    year: int
    base_year: int
    amount_ore: int
    is_expected: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """A key as it was decided for a term."""

    id: UUID
    first_day: date
    last_day: date | None
    decided_in: str
    source: str
    shares: tuple[tuple[Body, int], ...]
    splits: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A fund's key versions, the latest first, and the years that can be split now."""

    fund_id: UUID
    fund_code: str
    fund_name: str
    versions: tuple[KeyVersion, ...]
    splittable: tuple[FundYear, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What one body can expect of a year to come, by the key, if the council's sum stays as it was."""

    fund_code: str
    fund_name: str
    year: int
    base_year: int
    amount_ore: int
    share: int


def page(*, by: Context, code: str) -> KeyPage | None:
    """The key page of a fund. None when there is no such fund."""
    access.require(by, Permission.SEE_MONEY)
    fund = Fund.objects.filter(code=code).first()
    if fund is None:
        return None
    described = funds.page(by=by, code=code)
    assert described is not None
    decided = _decided(fund)
    keys = fund.keys.prefetch_related("shares__organisation").order_by("-valid")
    versions = tuple(_version(key, described.years, decided) for key in keys)
    splittable = tuple(
        year for year in described.years if year.left_ore and year.left_ore > 0 and _holds(versions, year.year)
    )
    return KeyPage(fund.id, fund.code, fund.name, versions, splittable)


def expected_of(*, by: Context, organisation_id: UUID) -> list[Expected]:
    """One body's expected shares of coming years, for every fund with a key."""
    access.require(by, Permission.SEE_MONEY)
    found = []
    for code in Fund.objects.filter(keys__isnull=False).order_by("name").distinct().values_list("code", flat=True):
        keys = page(by=by, code=code)
        assert keys is not None
        for version in keys.versions:
            for split in version.splits:
                for step in split.steps:
                    if split.is_expected and step.body.id == organisation_id:
                        found.append(
                            Expected(code, keys.fund_name, split.year, split.base_year, step.amount_ore, step.share)
                        )
    return sorted(found, key=lambda row: (row.fund_name, row.year))


def _holds(versions: Sequence[KeyVersion], year: int) -> bool:
    day = date(year, 1, 1)
    return any(each.first_day <= day and (each.last_day is None or day <= each.last_day) for each in versions)


def _decided(fund: Fund) -> dict[tuple[UUID, int], int]:
    """(body, year) → what it has been allocated of this fund, transfers that are paid on left out."""
    sums: dict[tuple[UUID, int], int] = defaultdict(int)
    for item in decided_items.of_funds(fund_ids=[fund.id]):
        counts = item.from_appropriation and item.verb is not Verb.TRANSFERS and item.state is not State.REVERSED
        if counts and item.receiver and item.amount_ore is not None:
            sums[item.receiver.id, item.year] += item.amount_ore
    return sums


def _version(key: AllocationKey, years: Sequence[FundYear], decided: dict[tuple[UUID, int], int]) -> KeyVersion:
    rows = sorted(key.shares.all(), key=lambda row: row.position)
    shares = tuple((decided_items.body_of(row.organisation), row.share) for row in rows)
    first, last = key.valid.lower, key.valid.upper - timedelta(days=1) if key.valid.upper else None
    return KeyVersion(
        key.id, first, last, key.decided_in, key.source, shares, tuple(_splits(shares, first, last, years, decided))
    )


def _splits(
    shares: Sequence[tuple[Body, int]],
    first: date,
    last: date | None,
    years: Sequence[FundYear],
    decided: dict[tuple[UUID, int], int],
) -> list[Split]:
    """Every year of the term: by its own budget where there is one, else by the latest before it, as expected."""
    known = {year.year: year.at_disposal.ore for year in years if year.has_budget and year.at_disposal.ore}
    end = last.year if last else max([first.year, *known])
    found = []
    base: int | None = None
    for year in range(first.year, end + 1):
        base = year if year in known else base
        if base is None:
            continue
        amount = known[base]
        assert amount is not None
        is_expected = year != base
        found.append(Split(year, base, amount, is_expected, tuple(_steps(shares, amount, year, is_expected, decided))))
    return found


def _steps(
    shares: Sequence[tuple[Body, int]],
    amount: int,
    year: int,
    is_expected: bool,
    decided: dict[tuple[UUID, int], int],
) -> list[Step]:
    parts = allocation.split(amount, shares)
    return [
        Step(
            part.who, part.share, part.exact_ore_times_whole, part.amount_ore, part.extra_ore,
            None if is_expected else decided.get((part.who.id, year)),
        )
        for part in parts
    ]  # fmt: skip
