"""State aid: how much de minimis an undertaking has had in three years, against the ceiling of its day.

The ceiling is data with its first day and source, so that a new regulation is a new row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

# first day, ceiling in euro, where it stands
CEILINGS = (
    (date(2014, 1, 1), 200_000, "förordning (EU) nr 1407/2013"),
    (date(2024, 1, 1), 300_000, "förordning (EU) 2023/2831"),
)
YEARS = 3

OVER_CEILING = Reason(
    "aid_over_ceiling",
    phrase(
        "Stödet går inte att ge som de minimis: med det här blir det {sum} euro på tre år, "
        "och taket är {ceiling} euro ({source})."
    ),
    phrase("Sänk beloppet, eller pröva en annan grund för stödet."),
)
RATE_NEEDED = Reason(
    "aid_rate_needed",
    phrase("Stöd av mindre betydelse räknas i euro."),
    phrase("Skriv hur många kronor en euro kostade den dag beslutet fattades."),
)
BASIS_NEEDED = Reason(
    "aid_basis_needed",
    phrase("Undantaget enligt gruppundantagsförordningen behöver sin artikel."),
    phrase("Skriv vilken artikel, och hur villkoren är uppfyllda."),
)


@dataclass(frozen=True, slots=True)
class Given:
    """De minimis that has been given: when, how much in euro cents, and by whom."""

    day: date
    euro_cents: int
    giver: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Three years' sum against the ceiling, both in euro cents."""

    sum_cents: int
    ceiling_cents: int
    source: str

    @property
    def left_cents(self) -> int:
        """What may still be given; below zero when it is too much already."""
        return self.ceiling_cents - self.sum_cents

    @property
    def share(self) -> float:
        """How much of the ceiling is used, from 0."""
        return self.sum_cents / self.ceiling_cents


def euro_cents(amount_ore: int, rate: Decimal) -> int:
    """Öre as euro cents at so many kronor for a euro, rounded half up: an öre is to a krona as a cent is to a euro."""
    return int((Decimal(amount_ore) / rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def ceiling(day: date) -> tuple[int, str]:
    """The ceiling in euro that held on a day, and its source. The earliest for days before the first."""
    held = [row for row in CEILINGS if row[0] <= day] or [CEILINGS[0]]
    return held[-1][1], held[-1][2]


def standing(given: Iterable[Given], day: date) -> Standing:
    """What has been given in the three years that end on the day, the day itself among them."""
    first = _years_before(day)
    total = sum(one.euro_cents for one in given if first < one.day <= day)
    most, source = ceiling(day)
    return Standing(total, most * 100, source)


def _years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # 29 February
        return date(day.year - YEARS, 2, 28)
