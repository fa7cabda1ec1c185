"""What an application says, as one value: read from what is stored, and gone through before it is sent.

A draft may be as unfinished as its writers like. What is sent has to hold together: a budget that adds up, every
target with a unit, every amount above zero.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from samkraft.money.rules.figures import Unit
from samkraft.values import kronor
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_TITLE = Reason(
    "application_without_title", phrase("Ansökan saknar rubrik."), phrase("Skriv vad ni söker pengar till.")
)
NO_PURPOSE = Reason(
    "application_without_purpose",
    phrase("Ansökan säger inte vad ni vill göra."),
    phrase("Beskriv det under ”Vad ni vill göra”."),
)
NO_AMOUNT = Reason(
    "application_without_amount", phrase("Ansökan säger inte hur mycket ni söker."), phrase("Skriv ett belopp.")
)
NO_BUDGET = Reason(
    "application_without_budget", phrase("Budgeten har inga kostnader."), phrase("Skriv minst en kostnad med belopp.")
)
LINE_WITHOUT_AMOUNT = Reason(
    "budget_line_without_amount",
    phrase("Budgetraden ”{words}” har inget belopp."),
    phrase("Skriv ett belopp större än noll."),
)
LINE_WITHOUT_WORDS = Reason(
    "budget_line_without_words",
    phrase("En rad i budgeten har {amount} men säger inte vad det är."),
    phrase("Skriv vad beloppet gäller."),
)
DOES_NOT_ADD_UP = Reason(
    "budget_does_not_add_up",
    phrase(
        "Budgeten går inte ihop: kostnaderna är {costs}, men det ni söker och andra finansierar är {income}. "
        "Skillnaden är {difference}."
    ),
    phrase("Rätta kostnaderna, det ni söker eller den andra finansieringen, så att de blir lika."),
)
TARGET_WITHOUT_UNIT = Reason(
    "target_without_unit",
    phrase("Målet ”{words}” har ingen enhet."),
    phrase("Välj vad målet räknas i, till exempel personer."),
)
TARGET_WITHOUT_VALUE = Reason(
    "target_without_value", phrase("Målet ”{words}” har inget värde."), phrase("Skriv ett tal större än noll.")
)
NO_TARGETS = Reason(
    "application_without_targets", phrase("Ansökan har inga mål."), phrase("Skriv minst ett mål som går att följa upp.")
)
AID_UNTOLD = Reason(
    "application_aid_untold",
    phrase("Ni har inte svarat på om ni har fått annat stöd av mindre betydelse."),
    phrase("Svara ja eller nej. Vid ja: skriv vem som gav det, när och hur mycket i euro."),
)
LINES = 200  # more rows than anybody needs is somebody trying something
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A cost, or what another pays. `is_certain` tells of a financier whether it has said yes."""

    words: str
    amount_ore: int | None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """What it shall lead to. `unit` is empty while the applicant has not chosen."""

    label: str
    unit: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class OtherAid:
    """De minimis aid from another: who gave it, when (ISO date) and euro cents."""

    giver: str
    given_date: str
    euro_cents: int


@dataclass(frozen=True, slots=True)
class Application:
    """All of it. `asked_ore` is what is asked for; `has_other_aid` is None until it is answered."""

    title: str = ""
    purpose: str = ""
    target_group: str = ""
    method: str = ""
    asked_ore: int | None = None
    starts: str = ""
    ends: str = ""
    costs: tuple[Line, ...] = ()
    financiers: tuple[Line, ...] = ()
    targets: tuple[Target, ...] = ()
    has_other_aid: bool | None = None
    other_aid: tuple[OtherAid, ...] = field(default_factory=tuple)

    @property
    def costs_ore(self) -> int:
        """The sum of the costs that have an amount."""
        return sum(line.amount_ore or 0 for line in self.costs)

    @property
    def income_ore(self) -> int:
        """What is asked for and what others pay."""
        return (self.asked_ore or 0) + sum(line.amount_ore or 0 for line in self.financiers)

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def read(stored: Mapping[str, Any]) -> Application:
    """The value of what is stored; what is missing is empty."""
    return Application(
        **{
            name: str(stored.get(name) or "")
            for name in ("title", "purpose", "target_group", "method", "starts", "ends")
        },
        asked_ore=stored.get("asked_ore"),
        costs=tuple(Line(**line) for line in stored.get("costs", ())),
        financiers=tuple(Line(**line) for line in stored.get("financiers", ())),
        targets=tuple(Target(**target) for target in stored.get("targets", ())),
        has_other_aid=stored.get("has_other_aid"),
        other_aid=tuple(OtherAid(**aid) for aid in stored.get("other_aid", ())),
    )


def tidy(application: Application) -> Application:
    """Without empty rows and stray spaces, no longer than anybody needs."""
    return Application(
        title=application.title.strip()[:200],
        purpose=application.purpose.strip()[:LONGEST],
        target_group=application.target_group.strip()[:LONGEST],
        method=application.method.strip()[:LONGEST],
        asked_ore=application.asked_ore,
        starts=application.starts.strip(),
        ends=application.ends.strip(),
        costs=_lines(application.costs),
        financiers=_lines(application.financiers),
        targets=tuple(one for one in application.targets if one.label.strip() or one.value.strip())[:LINES],
        has_other_aid=application.has_other_aid,
        other_aid=application.other_aid[:LINES] if application.has_other_aid else (),
    )


def _lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.words.strip() or line.amount_ore is not None)[:LINES]


def faults(application: Application) -> list[Refused]:
    """Everything that has to be put right before it can be sent, in the order of the form. Empty when it can go."""
    found: list[Refused] = []
    if not application.title.strip():
        found.append(Refused(NO_TITLE))
    if not application.purpose.strip():
        found.append(Refused(NO_PURPOSE))
    if not application.asked_ore or application.asked_ore <= 0:
        found.append(Refused(NO_AMOUNT))
    found += _budget_faults(application)
    found += _target_faults(application)
    if application.has_other_aid is None or (application.has_other_aid and not application.other_aid):
        found.append(Refused(AID_UNTOLD))
    return found


def _budget_faults(application: Application) -> list[Refused]:
    found = [] if application.costs else [Refused(NO_BUDGET)]
    for line in (*application.costs, *application.financiers):
        if line.amount_ore is None or line.amount_ore <= 0:
            found.append(Refused(LINE_WITHOUT_AMOUNT, words=line.words))
        elif not line.words.strip():
            found.append(Refused(LINE_WITHOUT_WORDS, amount=kronor.in_words(line.amount_ore)))
    if application.costs and application.costs_ore != application.income_ore:
        found.append(
            Refused(
                DOES_NOT_ADD_UP,
                costs=kronor.in_words(application.costs_ore),
                income=kronor.in_words(application.income_ore),
                difference=kronor.in_words(abs(application.costs_ore - application.income_ore)),
            )
        )
    return found


def _target_faults(application: Application) -> list[Refused]:
    found = [] if application.targets else [Refused(NO_TARGETS)]
    for target in application.targets:
        if target.unit not in {unit.value for unit in Unit}:
            found.append(Refused(TARGET_WITHOUT_UNIT, words=target.label or target.value))
        value = number(target.value)
        if value is None or value <= 0:
            found.append(Refused(TARGET_WITHOUT_VALUE, words=target.label))
    return found


def number(text: str) -> Decimal | None:
    """`1 200`, `12,5` as a number; None for anything else, and for what is too large to be one."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None


def next_year(application: Application, year: int) -> Application:
    """Last year's application as the beginning of a new one: the same texts, rows and targets, other days, and what
    has to be answered anew left out."""
    return Application(
        title=application.title,
        purpose=application.purpose,
        target_group=application.target_group,
        method=application.method,
        asked_ore=application.asked_ore,
        starts=f"{year}-01-01",
        ends=f"{year}-12-31",
        costs=application.costs,
        financiers=tuple(Line(line.words, line.amount_ore, False) for line in application.financiers),
        targets=application.targets,
    )
