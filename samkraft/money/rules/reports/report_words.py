"""Figures of reports in words, and a report's parts as text to copy. Swedish: these are the committee's own documents. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samkraft.money.rules.figures import Unit
from samkraft.money.rules.uses import EFFORT_LABELS, EffortStatus
from samkraft.values import kronor

UNKNOWN = "okänt"
_UNITS = {
    Unit.PERSONS: ("person", "personer"),
    Unit.PLACES: ("plats", "platser"),
    Unit.COMPANIES: ("företag", "företag"),
    Unit.EVENTS: ("tillfälle", "tillfällen"),
    Unit.MONTHS: ("månad", "månader"),
}


def number(value: Decimal) -> str:
    """`4389` as `4 389`, `30.5` as `30,5`, with hard spaces."""
    sign = "−" if value < 0 else ""
    whole, _point, rest = f"{abs(value):f}".partition(".")
    rest = rest.rstrip("0")
    return f"{sign}{int(whole):,}".replace(",", "\u00a0") + (f",{rest}" if rest else "")


def figure(value: Decimal | None, unit: Unit, group: str = "", rounded_to: int = 0) -> str:
    """`34 platser`, `omkring 30 % flickor`, `okänt`. A rounded figure says so."""
    if value is None:
        return UNKNOWN
    if unit is Unit.KRONOR:
        told = kronor.in_words(int(value * 100))
    elif unit is Unit.PERCENT:
        told = f"{number(value)}\u00a0%"
    elif unit in _UNITS:
        told = f"{number(value)}\u00a0{_UNITS[unit][0 if value == 1 else 1]}"
    else:
        told = number(value) if unit is not Unit.YEAR else str(int(value))
    about = "omkring " if rounded_to else ""
    return f"{about}{told}{f' {group}' if group else ''}"


def bare(value: Decimal | None, unit: Unit) -> str:
    """The number alone, where the sentence says what it counts."""
    if value is None:
        return UNKNOWN
    return str(int(value)) if unit is Unit.YEAR else number(value)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as a line: what it counts, its year, how it reads, earlier years (year, how it reads, value), its source."""

    number: int
    label: str
    year: int
    told: str
    earlier: tuple[tuple[int, str, Decimal | None], ...]
    source: str


@dataclass(frozen=True, slots=True)
class EffortLine:
    """An effort as a line."""

    title: str
    status: EffortStatus
    text: str
    counterparty: str
    amount_ore: int | None


def question(*, heading: str, opening: str, text: str, efforts: Sequence[EffortLine], figures: Sequence[Line]) -> str:
    """One question's answer as plain text to paste into another system. `text` has its figures written out."""
    parts = [heading]
    if opening:
        parts.append(opening)
    if text.strip():
        parts.append(text.strip())
    if efforts:
        parts.append("\n".join(["Insatser", *(_effort(line) for line in efforts)]))
    if figures:
        parts.append("\n".join(["Siffror", *(_figure(line) for line in figures)]))
    return "\n\n".join(parts)


def _effort(line: EffortLine) -> str:
    words = f"• {line.title}: {EFFORT_LABELS[line.status]}."
    if line.text:
        words += f" {line.text}"
    if line.counterparty:
        words += f" Tillsammans med {line.counterparty}."
    if line.amount_ore is not None:
        words += f" Belopp: {kronor.in_words(line.amount_ore)}."
    return words


def _figure(line: Line) -> str:
    earlier = "".join(f", {year}: {told}" for year, told, _value in line.earlier)
    return f"• {line.label} {line.year}: {line.told}{earlier}. Källa: {line.source}."
