"""What a study promises before anybody is drawn: question, outcome, design and power, and by what right it is made.

A registration is never changed. Another version is another registration, and after freezing there is none.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from samkraft.analysis.effects import power
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

FEWEST, MOST = 20, 200_000
SHORTEST_DAYS, LONGEST_DAYS = 28, 1_826
LEAST_POWER = 0.8
LOST = 0.1  # of those in the lot, counted on not to be found at the follow-up: a promise that forgot them would be too large
SHORTEST_TEXT = 20


class Outcome(StrEnum):
    """The primary outcome: what somebody does on the day of the follow-up."""

    WORK_OR_STUDIES = "work_or_studies"
    WORK = "work"
    STUDIES = "studies"


class Ethics(StrEnum):
    """Whether it is research on people, which must have been reviewed, or not, and then why not."""

    APPROVED = "approved"
    NOT_RESEARCH = "not_research"


OUTCOME_NAMES = {
    Outcome.WORK_OR_STUDIES: phrase("arbete eller studier"),
    Outcome.WORK: phrase("arbete"),
    Outcome.STUDIES: phrase("studier"),
}
ETHICS_NAMES = {
    Ethics.APPROVED: phrase("Godkänd av Etikprövningsmyndigheten"),
    Ethics.NOT_RESEARCH: phrase("Inte forskning enligt etikprövningslagen, av det skäl som står här"),
}
TEXTS = (
    "title",
    "question",
    "offer",
    "comparison",
    "ethics_reference",
    "legal_basis",
    "impact_assessment",
    "seed_source",
)
NUMBERS = ("horizon_days", "people", "places", "baseline_percent", "effect_points")

MISSING = phrase("Fyll i det här.")
TOO_SHORT = phrase("Skriv lite mer, minst 20 tecken.")
NOT_A_NUMBER = phrase("Skriv ett tal.")
NOT_KNOWN = phrase("Välj ett av alternativen.")
NO_REASON = phrase("Skriv skälet till att det inte är forskning, minst 20 tecken. Det publiceras.")
NO_NUMBER = phrase("Skriv beslutets diarienummer, till exempel 2024-01234-01.")
FAULTS_OF_NUMBERS = {
    "horizon_days": phrase("Mellan 28 dagar och fem år."),
    "people": phrase("Mellan 20 och 200 000 personer."),
    "places": phrase(
        "Minst 10, minst 10 färre än de som står på listan, och jämnt så att kvinnor och män får lika många."
    ),
    "baseline_percent": phrase("Mellan 1 och 99 procent."),
    "effect_points": phrase("Mellan 1 och 90 procentenheter, och inte mer än vad som finns kvar till 100 procent."),
}
INCOMPLETE = Reason(
    "study_incomplete",
    phrase("Det går inte att registrera studien än. {many} saker saknas eller är fel."),
    phrase("De är utmärkta i formuläret. Utkastet är sparat."),
)
WITHOUT_RIGHT = Reason(
    "study_without_right",
    phrase("Studien saknar etikprövning eller skäl, rättslig grund eller konsekvensbedömning."),
    phrase("Utan dem dras ingen lott och kopplas inga uppgifter. Registrera en ny version."),
)


@dataclass(frozen=True, slots=True)
class Registration:
    """Everything promised. people: expected on the list; places: how many are drawn; shares in per cent.

    offer: what those drawn get, comparison: what the others get meanwhile. power: the chance to see the effect sought.
    """

    title: str
    question: str
    offer: str
    comparison: str
    outcome: Outcome
    horizon_days: int
    people: int
    places: int
    baseline_percent: float
    effect_points: float
    ethics: Ethics
    ethics_reference: str
    legal_basis: str
    impact_assessment: str
    seed_source: str
    power: float

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def may_go_on(self) -> bool:
        """Whether it says by what right it is made: without that there is no lot, and nothing is joined."""
        return all(one.strip() for one in (self.ethics_reference, self.legal_basis, self.impact_assessment))


def from_json(stored: Mapping[str, Any]) -> Registration:
    """As it was kept."""
    return Registration(**{**stored, "outcome": Outcome(stored["outcome"]), "ethics": Ethics(stored["ethics"])})


def chance_to_see(people: int, places: int, baseline: float, effect: float) -> float:
    """The power of two shares compared: people in the lot, places drawn, the share without, and the effect sought.

    Of those the study compares whoever is found at the follow-up, `LOST` fewer on both sides.
    """
    drawn, others = max(2, round(places * (1 - LOST))), max(2, round((people - places) * (1 - LOST)))
    treated = min(max(baseline + effect, 1e-6), 1 - 1e-6)
    se = sqrt(treated * (1 - treated) / drawn + baseline * (1 - baseline) / others)
    design = power.Design(drawn, others)
    return power.power(design, effect, se / sqrt(1 / drawn + 1 / others))


def smallest_to_see(people: int, places: int, baseline: float) -> float:
    """The smallest effect, as a share, that shows with the chance that is usually asked for."""
    low, high = 0.0, 1 - baseline
    for _halving in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if chance_to_see(people, places, baseline, middle) >= LEAST_POWER else (middle, high)
    return high


def read(draft: Mapping[str, str]) -> tuple[Registration | None, dict[str, str]]:
    """A draft as a registration, or what is wrong with it: field → what to do. The fields are those of `Registration`."""
    texts = {name: str(draft.get(name, "")).strip() for name in TEXTS}
    faults = {name: MISSING for name, text in texts.items() if not text}
    faults |= {name: TOO_SHORT for name in ("question", "offer", "comparison") if 0 < len(texts[name]) < SHORTEST_TEXT}
    outcome, ethics = str(draft.get("outcome", "")), str(draft.get("ethics", ""))
    if outcome not in set(Outcome):
        faults["outcome"] = NOT_KNOWN
    if ethics not in set(Ethics):
        faults["ethics"] = NOT_KNOWN
    elif fault := _why_not_ethics(Ethics(ethics), texts["ethics_reference"]):
        faults["ethics_reference"] = fault
    numbers = {name: _number(str(draft.get(name, ""))) for name in NUMBERS}
    faults |= {name: NOT_A_NUMBER for name, value in numbers.items() if value is None}
    known = {name: value for name, value in numbers.items() if value is not None}
    faults |= {name: FAULTS_OF_NUMBERS[name] for name in known if not _is_sane(name, known)}
    if faults:
        return None, faults
    people, places = int(known["people"]), int(known["places"])
    chance = chance_to_see(people, places, known["baseline_percent"] / 100, known["effect_points"] / 100)
    return (
        Registration(
            outcome=Outcome(outcome), ethics=Ethics(ethics), horizon_days=int(known["horizon_days"]), people=people,
            places=places, baseline_percent=known["baseline_percent"], effect_points=known["effect_points"],
            power=round(chance, 4), **texts,
        ),
        {},
    )  # fmt: skip


def _why_not_ethics(ethics: Ethics, reference: str) -> str:
    if ethics is Ethics.NOT_RESEARCH:
        return NO_REASON if len(reference) < SHORTEST_TEXT else ""
    return "" if any(sign.isdigit() for sign in reference) else NO_NUMBER


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def _is_sane(name: str, known: Mapping[str, float]) -> bool:
    value = known[name]
    if name == "baseline_percent":
        return 1 <= value <= 99
    if name == "effect_points":
        return 1 <= value <= 90 and value + known.get("baseline_percent", 0) < 100
    if value != int(value):
        return False
    if name == "horizon_days":
        return SHORTEST_DAYS <= value <= LONGEST_DAYS
    if name == "people":
        return FEWEST <= value <= MOST
    return 10 <= value <= known.get("people", MOST) - 10 and value % 2 == 0
