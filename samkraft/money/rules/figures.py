"""Kinds and units of figures, and when two figures agree."""

from decimal import Decimal
from enum import StrEnum

from samkraft.values.wording import phrase


class FigureKind(StrEnum):
    """What a figure tells."""

    BUDGET = "budget"
    TARGET = "target"
    OUTCOME = "outcome"
    STATED = "stated"


KIND_LABELS = {
    FigureKind.BUDGET: phrase("budget"),
    FigureKind.TARGET: phrase("mål"),
    FigureKind.OUTCOME: phrase("utfall"),
    FigureKind.STATED: phrase("uppgift"),
}


class Unit(StrEnum):
    """What a figure is counted in."""

    KRONOR = "kronor"
    PERSONS = "persons"
    PLACES = "places"
    COMPANIES = "companies"
    PERCENT = "percent"
    EVENTS = "events"
    YEAR = "year"
    DATE = "date"
    MONTHS = "months"
    OTHER = "other"


UNIT_LABELS = {
    Unit.KRONOR: phrase("kr"),
    Unit.PERSONS: phrase("personer"),
    Unit.PLACES: phrase("platser"),
    Unit.COMPANIES: phrase("företag"),
    Unit.PERCENT: phrase("%"),
    Unit.EVENTS: phrase("tillfällen"),
    Unit.YEAR: phrase("år"),
    Unit.DATE: phrase("dag"),
    Unit.MONTHS: phrase("månader"),
    Unit.OTHER: phrase("antal"),
}


def agree(one: Decimal, one_rounded_to: int, other: Decimal, other_rounded_to: int) -> bool:
    """Whether two figures may be the same one, told with different roundings.

    A figure rounded to a step may lie half a step from the truth, so 4,1 million (step 100 000) agrees with 4 096 000.
    """
    return abs(one - other) * 2 <= one_rounded_to + other_rounded_to
