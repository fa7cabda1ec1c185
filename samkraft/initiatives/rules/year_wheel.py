"""The yearly cycle of the job money as data: who shall have done what by when, and how strongly it is asked for.

The source tells most times in words ("november", "vid årsbokslut"). The words are kept; the day is our reading: the
last day of the time that the words name. Titles are stored with the duty, so they are not translated.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NOTHING_TO_PLAN = Reason(
    "year_wheel_empty",
    phrase("Det finns inget beslut om {year} som ger uppgifter i årshjulet."),
    phrase("Beslutade år är {first}–{last}. Lägg upp enstaka uppgifter för andra år."),
)

_COMMITTEES = ("asn", "gvn", "fsn", "ks")
_OLD, _NEW = "jobbpakt", "strategiska-jobbsatsningar"
_NEW_SETUP = "Tjänsteskrivelse STK-2024-291, den årliga gången"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing in the cycle.

    `month` and `years_after` count from the year that the money is for; `title` may hold `{year}`, that same year.
    `first` and `last` are the money years that it holds for. `initiative` is the code of what it belongs to.
    """

    code: str
    title: str
    bodies: tuple[str, ...]
    month: int
    years_after: int
    words: str
    binding: bool
    basis: str
    first: int
    last: int
    initiative: str
    brought_in: frozenset[int] = frozenset()  # money years whose own decision brings the duty when it is registered

    def due_date(self, year: int) -> date:
        """The last day of the month."""
        due_year = year + self.years_after
        return date(due_year, self.month, calendar.monthrange(due_year, self.month)[1])


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """One step for one body in one year."""

    source_key: str
    title: str
    body: str
    due_date: date
    due_words: str
    binding: bool
    basis: str
    initiative: str
    brought_by_decision: bool


STEPS = (
    Step(
        "behov",
        "Samla in behov, åtaganden och äskanden inför {year}",
        ("stk",), 3, 0, "första kvartalet", False,
        "Den gamla ordningen, beskriven i STK-2024-291", 2023, 2023, _OLD,
    ),
    Step(
        "budget",
        "Besluta budget med summan för jobbsatsningar {year}",
        ("kf",), 11, -1, "november året före", True, _NEW_SETUP, 2024, 2026, _NEW,
    ),
    Step(
        "fordelning",
        "Fördela {year} års strategiska jobbsatsningar efter nyckeln",
        ("ks",), 12, -1, "efter fullmäktiges budget", True, _NEW_SETUP, 2025, 2026, _NEW,
    ),
    Step(
        "namndbudget",
        "Besluta egen budget för {year}, med årets strategiska jobbsatsningar",
        _COMMITTEES, 1, 0, "januari", True, _NEW_SETUP, 2025, 2026, _NEW,
    ),
    Step(
        "genomfor",
        "Genomför årets strategiska jobbsatsningar {year}",
        _COMMITTEES, 12, 0, "under året", False, _NEW_SETUP, 2024, 2026, _NEW,
    ),
    Step(
        "bokslut",
        "Redovisa hur {year} års jobbpaktsmedel har använts",
        ("asn", "gvn", "fsn"), 1, 1, "senast vid årsbokslut", True,
        "STK-2023-576, beslutspunkt 4", 2023, 2023, _OLD, frozenset({2023}),
    ),
    Step(
        "arsanalys",
        "Redovisa {year} års strategiska jobbsatsningar i ordinarie uppföljning och årsanalys",
        ("asn", "gvn", "fsn"), 2, 1, "januari eller februari året efter", False,
        "STK-2024-291, beslutspunkt 11", 2024, 2026, _NEW, frozenset({2024}),
    ),
    Step(
        "arsanalys",
        "Redovisa {year} års strategiska jobbsatsningar i ordinarie uppföljning och årsanalys",
        ("ks",), 2, 1, "januari eller februari året efter", False,
        "STK-2024-291, den årliga gången. Punkt 11 riktar sig inte till kommunstyrelsen.", 2024, 2026, _NEW,
    ),
    Step(
        "bidrag",
        "Redovisa utfall och användning av {year} års bidrag",
        ("redi", "level"), 5, 1, "maj året efter", True, "STK-2023-576, beslutspunkt 8", 2023, 2023, _OLD, frozenset({2023}),
    ),
    Step(
        "avtal",
        "Redovisa {year} års stöd enligt avtal",
        ("tillvaxt-malmo", "level"), 2, 1, "årligen enligt avtal; dagen står inte i beslutet", False,
        "STK-2024-291, beslutspunkt 12", 2024, 2026, _NEW, frozenset({2024}),
    ),
)  # fmt: skip

FIRST_YEAR = min(step.first for step in STEPS)
LAST_YEAR = max(step.last for step in STEPS)


def source_key(step: str, year: int, body: str) -> str:
    """The name under which this duty comes only once, whoever plans it."""
    return f"arshjul:{year}:{step}:{body}"


def of_money_year(year: int) -> tuple[PlannedDuty, ...]:
    """All duties that the money of one year brings, some of them due the year before or after; in order of date."""
    planned = [
        PlannedDuty(
            source_key=source_key(step.code, year, body),
            title=step.title.format(year=year),
            body=body,
            due_date=step.due_date(year),
            due_words=step.words,
            binding=step.binding,
            basis=step.basis,
            initiative=step.initiative,
            brought_by_decision=year in step.brought_in,
        )
        for step in STEPS
        if step.first <= year <= step.last
        for body in step.bodies
    ]
    return tuple(sorted(planned, key=lambda duty: (duty.due_date, duty.source_key)))


def why_not_plan(year: int) -> Reason | None:
    """None when the cycle has anything for the year, else the reason."""
    return None if FIRST_YEAR <= year <= LAST_YEAR else NOTHING_TO_PLAN
