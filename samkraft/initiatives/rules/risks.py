"""Risks of an initiative: how likely, how grave, who owns it, what is done about it and when it is looked at again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

LEAST, MOST = 1, 5
SCALE = range(LEAST, MOST + 1)
HIGH_FROM, MIDDLE_FROM = 15, 6  # of probability times consequence, which is at most 25
LONGEST_REVIEW_DAYS = 366

PROBABILITIES = {
    1: phrase("mycket osannolikt"),
    2: phrase("osannolikt"),
    3: phrase("kan hända"),
    4: phrase("troligt"),
    5: phrase("mycket troligt"),
}
CONSEQUENCES = {
    1: phrase("knappt märkbar"),
    2: phrase("liten"),
    3: phrase("tydlig"),
    4: phrase("allvarlig"),
    5: phrase("målen nås inte"),
}


class RiskState(StrEnum):
    """Whether a risk is still one."""

    OPEN = "open"
    CLOSED = "closed"


class Weight(StrEnum):
    """How heavy a risk weighs."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


WEIGHT_NAMES = {Weight.HIGH: phrase("hög"), Weight.MIDDLE: phrase("medel"), Weight.LOW: phrase("låg")}

NO_TEXT = Reason(
    "risk_without_text", phrase("Det står inte vad risken är."), phrase("Skriv i en mening vad som kan hända.")
)
NO_MEASURE = Reason(
    "risk_without_measure",
    phrase("Det står inte vad som görs åt risken."),
    phrase("Skriv åtgärden, eller att den accepteras och varför."),
)
OFF_SCALE = Reason(
    "risk_off_scale",
    phrase("Sannolikhet och konsekvens anges från {least} till {most}."),
    phrase("Välj ett tal på skalan."),
)
REVIEW_PAST = Reason(
    "risk_review_past",
    phrase("Nästa genomgång {day} har redan varit."),
    phrase("Välj en dag som inte har varit."),
)
REVIEW_FAR = Reason(
    "risk_review_far",
    phrase("Nästa genomgång {day} är mer än ett år bort."),
    phrase("En öppen risk gås igenom minst en gång om året."),
)
NO_REASON = Reason(
    "risk_closed_without_reason",
    phrase("Det står inte varför risken inte längre är en risk."),
    phrase("Skriv vad som har hänt."),
)
IS_CLOSED = Reason("risk_is_closed", phrase("Risken är redan stängd."), phrase("Bedöm den på nytt för att öppna den."))
NOT_YOURS = Reason(
    "risk_not_yours",
    phrase("Risken ägs av {owner}."),
    phrase("Be ägaren eller den som leder insatsen bedöma den."),
)
CHANGED_MEANWHILE = Reason(
    "risk_changed_meanwhile",
    phrase("{who} bedömde risken {when}, efter att du öppnade sidan."),
    phrase("Läs den nya bedömningen och spara igen om din ändring fortfarande behövs."),
)
OWNER_SEES_NOTHING = Reason(
    "risk_owner_sees_nothing",
    phrase("{name} kan inte öppna riskerna och får inga påminnelser."),
    phrase("Välj någon i projektledningen eller styrgruppen."),
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What somebody holds of a risk on a day. `review_date` is None when it is closed."""

    state: RiskState
    probability: int
    consequence: int
    measure: str
    review_date: date | None
    note: str = ""


def weigh(probability: int, consequence: int) -> int:
    """1–25: how likely times how grave."""
    return probability * consequence


def weight(probability: int, consequence: int) -> Weight:
    """High, middle or low."""
    weighed = weigh(probability, consequence)
    if weighed >= HIGH_FROM:
        return Weight.HIGH
    return Weight.MIDDLE if weighed >= MIDDLE_FROM else Weight.LOW


def is_overdue(state: RiskState, review_date: date | None, today: date) -> bool:
    """Whether an open risk should have been looked at again before today."""
    return state is RiskState.OPEN and review_date is not None and review_date < today


def why_not(said: Assessment, *, today: date) -> Refused | None:
    """None when it can be held; else the refusal."""
    if said.state is RiskState.CLOSED:
        return None if said.note.strip() else Refused(NO_REASON)
    if not said.measure.strip():
        return Refused(NO_MEASURE)
    if said.probability not in SCALE or said.consequence not in SCALE:
        return Refused(OFF_SCALE, least=LEAST, most=MOST)
    assert said.review_date is not None
    if said.review_date < today:
        return Refused(REVIEW_PAST, day=said.review_date.isoformat())
    if (said.review_date - today).days > LONGEST_REVIEW_DAYS:
        return Refused(REVIEW_FAR, day=said.review_date.isoformat())
    return None
