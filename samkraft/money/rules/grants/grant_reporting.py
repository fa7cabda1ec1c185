"""What an organisation reports: an outcome for each target, other figures, words, and what the money went to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from samkraft.money.rules.grants.grant_content import Line, number
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OUTCOME_MISSING = Reason(
    "report_outcome_missing",
    phrase("Målet ”{target}” har inget utfall."),
    phrase("Skriv utfallet, eller kryssa för att det inte är känt och skriv varför."),
)
OUTCOME_UNREADABLE = Reason(
    "report_outcome_unreadable",
    phrase("Utfallet ”{value}” för ”{target}” är inget tal."),
    phrase("Skriv ett tal, till exempel 102."),
)
WHY_UNKNOWN = Reason(
    "report_why_unknown",
    phrase("Det står inte varför utfallet för ”{target}” inte är känt."),
    phrase("Skriv några ord."),
)
WORDS_MISSING = Reason(
    "report_words_missing",
    phrase("Rapporten säger inte vad ni har gjort."),
    phrase("Skriv det under ”Vad ni har gjort”."),
)
COSTS_MISSING = Reason(
    "report_costs_missing",
    phrase("Rapporten säger inte vad pengarna gick till."),
    phrase("Skriv minst en kostnad med belopp."),
)
COST_INCOMPLETE = Reason(
    "report_cost_incomplete", phrase("En kostnad saknar text eller belopp."), phrase("Fyll i båda, eller töm raden.")
)
WRONG_YEAR = Reason(
    "report_says_wrong_year",
    phrase("Rapporten säger {said}, men den gäller {year}."),
    phrase("Kontrollera att ni skriver om rätt år."),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target, as it was typed; or that it is not known, and why."""

    value: str = ""
    is_unknown: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """A figure that no target asks for."""

    label: str
    unit: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `outcomes` by the target's id; `year` is the year that the writer says it is about."""

    year: str = ""
    done: str = ""
    learnt: str = ""
    outcomes: Mapping[str, Outcome] | None = None
    others: tuple[OtherFigure, ...] = ()
    costs: tuple[Line, ...] = ()

    def of(self, target_id: str) -> Outcome:
        """What is said of one target."""
        return (self.outcomes or {}).get(target_id, Outcome())

    @property
    def costs_ore(self) -> int:
        """The sum of what the money went to."""
        return sum(line.amount_ore or 0 for line in self.costs)

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def read(stored: Mapping[str, Any]) -> Report:
    """The value of what is stored; what is missing is empty, rows without anything are left out."""
    return Report(
        year=str(stored.get("year") or "").strip(),
        done=str(stored.get("done") or "").strip()[:20_000],
        learnt=str(stored.get("learnt") or "").strip()[:20_000],
        outcomes={key: Outcome(**value) for key, value in (stored.get("outcomes") or {}).items()},
        others=tuple(one for one in (OtherFigure(**each) for each in stored.get("others") or ()) if one.label.strip()),
        costs=tuple(
            one
            for one in (Line(**each) for each in stored.get("costs") or ())
            if one.words.strip() or one.amount_ore is not None
        ),
    )


def faults(report: Report, targets: Sequence[tuple[str, str]], *, year: int) -> list[Refused]:
    """Everything that has to be put right before it can be sent. `targets` are ids and labels, in order."""
    found: list[Refused] = []
    if report.year and report.year != str(year):
        found.append(Refused(WRONG_YEAR, said=report.year, year=year))
    if not report.done:
        found.append(Refused(WORDS_MISSING))
    for key, label in targets:
        outcome = report.of(key)
        if outcome.is_unknown:
            if not outcome.words.strip():
                found.append(Refused(WHY_UNKNOWN, target=label))
        elif not outcome.value.strip():
            found.append(Refused(OUTCOME_MISSING, target=label))
        elif (value := number(outcome.value)) is None or value < 0:
            found.append(Refused(OUTCOME_UNREADABLE, target=label, value=outcome.value))
    if not report.costs:
        found.append(Refused(COSTS_MISSING))
    if any(not line.words.strip() or not line.amount_ore or line.amount_ore <= 0 for line in report.costs):
        found.append(Refused(COST_INCOMPLETE))
    return found


def value_of(outcome: Outcome) -> Decimal | None:
    """The outcome as a number; None when it is not known."""
    return None if outcome.is_unknown else number(outcome.value)
