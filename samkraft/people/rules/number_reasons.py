"""Why somebody reads a person's identity number: chosen, never written freely, so that the trail can keep it."""

from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Why(StrEnum):
    """What the number is needed for now."""

    OWN_SYSTEM = "own_system"
    DECISION = "decision"
    RIGHT_PERSON = "right_person"
    ASKED = "asked"


NAMES = {
    Why.OWN_SYSTEM: phrase("Söka eller föra in i vårt eget system"),
    Why.DECISION: phrase("Skriva ett beslut, en anvisning eller en remiss"),
    Why.RIGHT_PERSON: phrase("Kontrollera att det är rätt person"),
    Why.ASKED: phrase("Personen har själv bett om det"),
}
NO_REASON = Reason(
    "number_without_reason", phrase("Välj vad du behöver numret till."), phrase("Skälet sparas i spåret.")
)


def require(why: str) -> Why:
    """The reason. Raises Refused when it is none of them."""
    if why not in set(Why):
        raise Refused(NO_REASON)
    return Why(why)
