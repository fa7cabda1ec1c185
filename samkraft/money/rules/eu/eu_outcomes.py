"""What has happened in a project that the EU pays part of: hours at a unit cost, periods that are closed, a forecast.

Staff are paid by the hour at the rate of their function. A position counts for at most so many hours a calendar year;
the hours above are kept and shown, and not claimed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from samkraft.money.rules.eu.eu_budgets import CASH, RowKind
from samkraft.values.period import Period
from samkraft.values.wording import phrase

CREDITED = (*CASH, RowKind.REVENUE)  # what comes in stands as credit, below zero, in the economy system


class ClaimStep(StrEnum):
    """What happens to a claim, in order. Who prepares never certifies."""

    DRAFTED = "drafted"
    CERTIFIED = "certified"
    SENT = "sent"
    APPROVED = "approved"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


STEP_LABELS = {
    ClaimStep.DRAFTED: phrase("förberedd"),
    ClaimStep.CERTIFIED: phrase("intygad"),
    ClaimStep.SENT: phrase("skickad"),
    ClaimStep.APPROVED: phrase("godkänd"),
    ClaimStep.PAID: phrase("utbetald"),
    ClaimStep.WITHDRAWN: phrase("återtagen"),
}
NEXT_STEPS = {
    ClaimStep.DRAFTED: (ClaimStep.CERTIFIED, ClaimStep.WITHDRAWN),
    ClaimStep.CERTIFIED: (ClaimStep.SENT, ClaimStep.WITHDRAWN),
    ClaimStep.SENT: (ClaimStep.APPROVED, ClaimStep.WITHDRAWN),
    ClaimStep.APPROVED: (ClaimStep.PAID,),
    ClaimStep.PAID: (),
    ClaimStep.WITHDRAWN: (),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour in a function costs, for a time. Öre per hour."""

    function: str
    period: Period
    ore_per_hour: int
    is_assumption: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """A position's minutes in a month."""

    position: str
    function: str
    month: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a month may be claimed. `cost_ore` is None when no rate holds for the function that month."""

    worked: Worked
    counted_minutes: int
    cost_ore: int | None

    @property
    def above_minutes(self) -> int:
        """What is over the year's limit."""
        return self.worked.minutes - self.counted_minutes


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a row ends at if the months left cost as the latest did. `basis_months` tells how many were averaged.

    `low_ore` and `high_ore` are what it ends at if every month left costs as the cheapest or the dearest of them.
    """

    so_far_ore: int
    low_ore: int
    expected_ore: int
    high_ore: int
    basis_months: int
    months_left: int


def first_of_month(day: date) -> date:
    """The month that a day belongs to, as its first day."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_of(period: Period) -> list[date]:
    """Every month that a closed period touches."""
    assert period.end_date is not None
    months, month = [], first_of_month(period.start_date)
    while month < period.end_date:
        months.append(month)
        month = following(month)
    return months


def rate_in(rates: Iterable[Rate], function: str, month: date) -> Rate | None:
    """The rate that holds for the function on the first day of the month."""
    return next((rate for rate in rates if rate.function == function and month in rate.period), None)


def cost_of(minutes: int, ore_per_hour: int) -> int:
    """Minutes at an hourly rate, in whole öre, half an öre upwards."""
    return (2 * minutes * ore_per_hour + 60) // 120


def count(worked: Iterable[Worked], rates: Sequence[Rate], *, yearly_hours: int) -> list[Counted]:
    """Month by month what counts: each position up to the limit of the calendar year, at the rate of that month."""
    used: dict[tuple[str, int], int] = defaultdict(int)
    counted = []
    for one in sorted(worked, key=lambda each: (each.month, each.position)):
        left = yearly_hours * 60 - used[one.position, one.month.year]
        minutes = max(0, min(one.minutes, left))
        used[one.position, one.month.year] += minutes
        rate = rate_in(rates, one.function, one.month)
        counted.append(Counted(one, minutes, cost_of(minutes, rate.ore_per_hour) if rate else None))
    return counted


def is_closed(month: date, claimed: Iterable[Period]) -> bool:
    """Whether the month lies in a claim that has been sent and not taken back."""
    return any(month in period for period in claimed)


def foresee(by_month: Sequence[tuple[date, int]], last_day: date, *, basis: int = 6) -> Forecast | None:
    """Where a row ends if it goes on as in its latest months, at most `basis` of them. None with fewer than three."""
    if len(by_month) < 3:
        return None
    ordered = sorted(by_month)
    latest = [amount for _month, amount in ordered[-basis:]]
    left, month = 0, following(ordered[-1][0])
    while month <= last_day:
        left, month = left + 1, following(month)
    so_far = sum(amount for _month, amount in ordered)
    mean = Fraction(sum(latest), len(latest))
    return Forecast(
        so_far_ore=so_far,
        low_ore=so_far + left * min(latest),
        expected_ore=so_far + round(left * mean),
        high_ore=so_far + left * max(latest),
        basis_months=len(latest),
        months_left=left,
    )
