"""What an initiative has cost for each participant, month and outcome: money and people laid side by side, here alone.

Costs and people must be of the same time, and no month may lack its costs; else there is no figure, only the reason. What
each outcome costs has an interval: so much could chance have done to how many got there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samkraft.knowledge.rules.figures import Figure
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NO_MONEY = Reason(
    "cost_no_money",
    phrase("Inga kostnader är kopplade till insatsen."),
    phrase("Lägg upp projektets budget och utfall under Medel, och koppla det till insatsen."),
)
NO_PEOPLE = Reason(
    "cost_no_people",
    phrase("Det finns ingen ögonblicksbild av deltagarna från en månad då kostnaderna är noterade."),
    phrase("Kostnaderna är noterade till och med {month}. Notera resten, eller vänta till nästa ögonblicksbild."),
)
MONTHS_MISSING = Reason(
    "cost_months_missing",
    phrase("Kostnader saknas för {months}."),
    phrase("Notera dem, också om de är noll. Annars blir kostnaden per deltagare för låg utan att det syns."),
)
RATES_MISSING = Reason(
    "cost_rates_missing",
    phrase("Timkostnad saknas för {functions}. Då är deras timmar inte räknade."),
    phrase("Ange timkostnaden i projektet."),
)
FEWEST_OUTCOMES = 10


@dataclass(frozen=True, slots=True)
class People:
    """What a snapshot tells at the end of a month."""

    day: date
    run: int
    participants: Figure
    outcomes: Figure
    reached: Figure
    in_stock: Figure


@dataclass(frozen=True, slots=True)
class Money:
    """What has been noted: month → öre of costs, and of participants' compensation. missing_rates: functions without one."""

    costs: Mapping[date, int]
    compensation: Mapping[date, int]
    missing_rates: tuple[str, ...]
    has_assumed_rates: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month that has a snapshot: its costs, and what they are for each who was enrolled at its end. None: hidden."""

    month: date
    costs_ore: int
    in_stock: int | None
    each_ore: int | None


@dataclass(frozen=True, slots=True)
class Costs:
    """The answer. Sums from the first cost through the snapshot's month; None where a number of people is not shown.

    low_ore, high_ore: the interval for an outcome; None where fewer than ten got there.
    """

    people: People
    first_month: date
    costs_ore: int
    compensation_ore: int
    participant_ore: int | None
    participant_with_compensation_ore: int | None
    outcome_ore: int | None
    low_ore: int | None
    high_ore: int | None
    months: tuple[Month, ...]
    has_assumed_rates: bool


def work_out(money: Money, snapshots: list[People], began: date) -> Costs | tuple[Reason, dict[str, str]]:
    """The costs at the latest snapshot whose month is noted, or why there is no figure. snapshots: the latest first.

    began: the first month that must have costs.
    """
    noted = {month for month, ore in money.costs.items() if ore}
    if not noted:
        return NO_MONEY, {}
    if money.missing_rates:
        return RATES_MISSING, {"functions": ", ".join(money.missing_rates)}
    last = max(noted)
    people = next((one for one in snapshots if one.day.replace(day=1) <= last), None)
    if people is None or people.participants.n is None:
        return NO_PEOPLE, {"month": f"{last:%Y-%m}"}
    until = people.day.replace(day=1)
    first = min(min(noted), began.replace(day=1))
    gaps = [month for month in _months(first, until) if month not in noted]
    if gaps:
        return MONTHS_MISSING, {"months": ", ".join(f"{month:%Y-%m}" for month in gaps)}
    costs = sum(ore for month, ore in money.costs.items() if month <= until)
    compensation = sum(ore for month, ore in money.compensation.items() if month <= until)
    low, high = _interval(costs, people.reached)
    return Costs(
        people, first, costs, compensation, _each(costs, people.participants.n),
        _each(costs + compensation, people.participants.n),
        _each(costs, people.outcomes.n), low, high, tuple(_month(money, one) for one in snapshots if one.day <= people.day),
        money.has_assumed_rates,
    )  # fmt: skip


def _each(ore: int, many: int | None) -> int | None:
    """To whole kronor."""
    return round(ore / many / 100) * 100 if many else None


def _interval(costs: int, reached: Figure) -> tuple[int | None, int | None]:
    """From the interval of the share that got there among those who have left."""
    if reached.n is None or reached.n < FEWEST_OUTCOMES or not reached.of or not reached.low or not reached.high:
        return None, None
    return round(costs / (reached.high * reached.of)), round(costs / (reached.low * reached.of))


def _month(money: Money, one: People) -> Month:
    month = one.day.replace(day=1)
    costs = money.costs.get(month, 0)
    return Month(month, costs, one.in_stock.n, _each(costs, one.in_stock.n))


def _months(first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        found.append(first)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return found
