"""How secrecy is tested in an area: what has to be clear before something may leave it (OSL 3 kap. 1 §)."""

from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NAME_MISSING = Reason("area_name_missing", phrase("Sekretessområdets namn saknas."), phrase("Skriv vad det kallas."))
NAME_TAKEN = Reason(
    "area_name_taken",
    phrase("Det finns redan ett sekretessområde som heter {name}."),
    phrase("Skriv ett namn som skiljer dem åt."),
)

DECIDER_MISSING = Reason(
    "area_decision_by_nobody", phrase("Det står inte vem som beslutade."), phrase("Skriv nämnden eller personen.")
)
WHAT_MISSING = Reason(
    "area_decision_without_text", phrase("Det står inte vad som beslutades."), phrase("Skriv hur myndigheten delas.")
)
DECIDED_AHEAD = Reason(
    "area_decision_ahead", phrase("Beslutsdagen {day} har inte varit än."), phrase("Skriv dagen när det beslutades.")
)


class HarmTest(StrEnum):
    """The test of harm in the area's main rule. Empty where nobody has decided which it is."""

    UNKNOWN = ""
    STRAIGHT = "straight"
    REVERSED = "reversed"
    ABSOLUTE = "absolute"


LABELS = {
    HarmTest.UNKNOWN: phrase("inte bestämt"),
    HarmTest.STRAIGHT: phrase("rakt: offentligt om man inte kan anta att någon lider men"),
    HarmTest.REVERSED: phrase("omvänt: hemligt om det inte står klart att ingen lider men"),
    HarmTest.ABSOLUTE: phrase("absolut: hemligt som huvudregel"),
}
