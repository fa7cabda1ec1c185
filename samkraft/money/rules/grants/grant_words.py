"""A grant's report as text, as it is kept when it is put to the documents. Swedish: it is the organisation's own. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants.grant_content import number
from samkraft.money.rules.grants.grant_reporting import Report, value_of
from samkraft.money.rules.reports import report_words
from samkraft.values import kronor

NONE = "inget mål"


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at: its id, its name, and from how many to how many."""

    id: str
    label: str
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None


def whole(report: Report, *, kind: str, year: int, title: str, who: str, targets: Sequence[Target]) -> str:
    """The whole report: outcome by outcome against its target, then the words, then what the money went to."""
    parts = [f"{kind} {year}: {title}\n{who}"]
    lines = [
        f"• {each.label}: {outcome(value_of(said), each.unit, said.words)} ({aimed(each.value, each.upper_value, each.unit)})."
        for each in targets
        if (said := report.of(each.id))
    ]
    lines += [f"• {each.label}: {_other(each.value, each.unit)}." for each in report.others]
    if lines:
        parts.append("\n".join(["Mål och utfall", *lines]))
    parts += [
        f"{heading}\n{text}"
        for heading, text in (("Vad vi har gjort", report.done), ("Vad vi har lärt oss", report.learnt))
        if text
    ]
    if report.costs:
        rows = [f"• {each.words}: {kronor.in_words(each.amount_ore or 0)}." for each in report.costs]
        parts.append("\n".join(["Vad pengarna gick till", *rows, f"Summa: {kronor.in_words(report.costs_ore)}."]))
    return "\n\n".join(parts)


def outcome(value: Decimal | None, unit: Unit, words: str = "") -> str:
    """`102 personer`; `okänt: källan säger det inte`."""
    told = report_words.figure(value, unit)
    return f"{told}: {words.strip().rstrip('.')}" if value is None and words.strip() else told


def aimed(value: Decimal | None, upper: Decimal | None, unit: Unit) -> str:
    """`mål 95 personer`, `mål 15–20 företag`, `inget mål`."""
    if value is None:
        return NONE
    if upper is not None:
        return f"mål {report_words.number(value)}–{report_words.figure(upper, unit)}"
    return f"mål {report_words.figure(value, unit)}"


def _other(value: str, unit: str) -> str:
    read = number(value)
    return report_words.figure(read, Unit(unit) if unit in set(Unit) else Unit.OTHER) if read is not None else value
