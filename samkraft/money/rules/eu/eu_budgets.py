"""The budget of a project that the EU pays part of: its rows, its sums, and the share that others must pay.

Shares are kept as exact fractions. A programme that compares rounded shares says to how many decimals; both the exact
and the rounded answer are told, so that 52,9988 % is never taken for 53 %.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from samkraft.values.wording import phrase


class RowKind(StrEnum):
    """A row of the budget: a cost, or one way of paying for it."""

    PERSONNEL = "personnel"
    EXTERNAL = "external"
    TRAVEL = "travel"
    MOBILITY = "mobility"
    EQUIPMENT = "equipment"
    INDIRECT = "indirect"
    REVENUE = "revenue"
    REGIONAL_FUND = "regional_fund"
    SUPPORT = "support"
    OWNER_CASH = "owner_cash"
    PUBLIC_CASH = "public_cash"
    PRIVATE_CASH = "private_cash"
    PUBLIC_IN_KIND = "public_in_kind"
    PRIVATE_IN_KIND = "private_in_kind"
    PARTICIPANT_COMPENSATION = "participant_compensation"
    ESTABLISHMENT_COMPENSATION = "establishment_compensation"


COSTS = (
    RowKind.PERSONNEL,
    RowKind.EXTERNAL,
    RowKind.TRAVEL,
    RowKind.MOBILITY,
    RowKind.EQUIPMENT,
    RowKind.INDIRECT,
    RowKind.REVENUE,
    RowKind.REGIONAL_FUND,
)
CASH = (RowKind.PUBLIC_CASH, RowKind.OWNER_CASH, RowKind.PRIVATE_CASH)
IN_KIND = (RowKind.PUBLIC_IN_KIND, RowKind.PRIVATE_IN_KIND)
COMPENSATIONS = (RowKind.PARTICIPANT_COMPENSATION, RowKind.ESTABLISHMENT_COMPENSATION)
FINANCING = (RowKind.SUPPORT, *CASH, *IN_KIND, *COMPENSATIONS)

LABELS = {
    RowKind.PERSONNEL: phrase("Personal"),
    RowKind.EXTERNAL: phrase("Externa tjänster"),
    RowKind.TRAVEL: phrase("Resor och logi"),
    RowKind.MOBILITY: phrase("Ungas mobilitet"),
    RowKind.EQUIPMENT: phrase("Utrustning och materiel"),
    RowKind.INDIRECT: phrase("Indirekta kostnader"),
    RowKind.REVENUE: phrase("Intäkter"),
    RowKind.REGIONAL_FUND: phrase("Kostnader inom Eruf"),
    RowKind.SUPPORT: phrase("Stöd från EU"),
    RowKind.PUBLIC_CASH: phrase("Offentliga kontanta medel som tillförs"),
    RowKind.OWNER_CASH: phrase("Projektägarens kontanta medel"),
    RowKind.PRIVATE_CASH: phrase("Privata kontanta medel"),
    RowKind.PUBLIC_IN_KIND: phrase("Offentligt bidrag i annat än pengar"),
    RowKind.PRIVATE_IN_KIND: phrase("Privat bidrag i annat än pengar"),
    RowKind.PARTICIPANT_COMPENSATION: phrase("Deltagarersättning"),
    RowKind.ESTABLISHMENT_COMPENSATION: phrase("Etableringsersättning"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Zero is an answer: the budget says that nothing is set aside. `phase` is empty for financing."""

    kind: RowKind
    amount_ore: int
    phase: str = ""
    financier: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The sums and the shares that the document itself states; None where it says nothing."""

    costs_ore: int | None = None
    support_ore: int | None = None
    cofinancing_ore: int | None = None
    total_ore: int | None = None
    support_share: Decimal | None = None
    cofinancing_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of the whole others must pay: percent, and to how many decimals the programme compares."""

    percent: Decimal
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Budget:
    """What the rows add up to, in öre."""

    costs_ore: int
    cash_ore: int
    in_kind_ore: int
    compensation_ore: int
    support_ore: int

    @property
    def cofinancing_ore(self) -> int:
        """Everything that others than the EU pay."""
        return self.cash_ore + self.in_kind_ore + self.compensation_ore

    @property
    def total_ore(self) -> int:
        """All financing: the EU's and the others'."""
        return self.support_ore + self.cofinancing_ore

    @property
    def needed_support_ore(self) -> int:
        """What is left of the costs when the cash of others is used."""
        return self.costs_ore - self.cash_ore

    @property
    def support_share(self) -> Fraction:
        """The EU's exact part of all financing."""
        return share(self.support_ore, self.total_ore)

    @property
    def cofinancing_share(self) -> Fraction:
        """The others' exact part of all financing."""
        return share(self.cofinancing_ore, self.total_ore)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A sum that the document states, held against its own rows."""

    name: str
    told_ore: int
    computed_ore: int

    @property
    def holds(self) -> bool:
        """Whether they are the same to the öre."""
        return self.told_ore == self.computed_ore


@dataclass(frozen=True, slots=True)
class DemandCheck:
    """The demanded share against the exact and the rounded one. `short_ore` is what is missing, zero when nothing is."""

    demand: Demand
    exact: Fraction
    short_ore: int

    @property
    def holds_exactly(self) -> bool:
        """Whether the unrounded share reaches the demand."""
        return self.short_ore == 0

    @property
    def holds_rounded(self) -> bool:
        """Whether it does when both are rounded as the programme says."""
        return rounded(self.exact, self.demand.decimals) >= rounded(
            Fraction(self.demand.percent) / 100, self.demand.decimals
        )


def share(part_ore: int, whole_ore: int) -> Fraction:
    """The exact part of the whole; nothing of nothing is nothing."""
    return Fraction(part_ore, whole_ore) if whole_ore else Fraction(0)


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """A share as percent, rounded half up to so many decimals."""
    percent = Decimal(exact.numerator * 100) / Decimal(exact.denominator)
    return percent.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def add_up(rows: Iterable[Row]) -> Budget:
    """The rows as sums. Revenue lowers the costs."""
    sums = dict.fromkeys(RowKind, 0)
    for row in rows:
        sums[row.kind] += row.amount_ore
    costs = sum(sums[kind] for kind in COSTS if kind is not RowKind.REVENUE) - sums[RowKind.REVENUE]
    return Budget(
        costs_ore=costs,
        cash_ore=sum(sums[kind] for kind in CASH),
        in_kind_ore=sum(sums[kind] for kind in IN_KIND),
        compensation_ore=sum(sums[kind] for kind in COMPENSATIONS),
        support_ore=sums[RowKind.SUPPORT],
    )


def check_sums(rows: Sequence[Row], told: Told) -> list[SumCheck]:
    """Each stated sum against the rows; what is not stated is not compared, but costs and payment always are."""
    budget = add_up(rows)
    pairs = (
        (phrase("Kostnader"), told.costs_ore, budget.costs_ore),
        (phrase("Stöd från EU"), told.support_ore, budget.needed_support_ore),
        (phrase("Medfinansiering"), told.cofinancing_ore, budget.cofinancing_ore),
        (phrase("All finansiering"), told.total_ore, budget.total_ore),
    )
    checks = [SumCheck(name, stated, found) for name, stated, found in pairs if stated is not None]
    checks.append(
        SumCheck(
            phrase("Stödet och kontanterna mot kostnaderna"), budget.support_ore + budget.cash_ore, budget.costs_ore
        )
    )
    return checks


def check_demand(budget: Budget, demand: Demand) -> DemandCheck:
    """What is missing, in whole öre, for the others' part of all financing to reach the demand."""
    needed = Fraction(demand.percent) / 100 * budget.total_ore
    missing = needed - budget.cofinancing_ore
    return DemandCheck(demand, budget.cofinancing_share, max(0, -(-missing.numerator // missing.denominator)))
