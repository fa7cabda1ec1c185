"""Handing over: what an officer is told before it is done."""

from samkraft.partners.rules.areas import HarmTest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

WEAKER_SECRECY = Reason(
    "weaker_secrecy",
    phrase("Hos mottagaren är sekretessen svagare än hos er."),
    phrase("Tänk igenom om uppgiften behövs. Kryssa sedan för att du har förstått."),
)
ALREADY_HANDED_OVER = Reason(
    "already_handed_over",
    phrase("Den här versionen är redan utlämnad dit."),
    phrase("Se under Samtycken och utlämnanden när det skedde."),
)
_STRENGTH = {HarmTest.UNKNOWN: 0, HarmTest.STRAIGHT: 1, HarmTest.REVERSED: 2, HarmTest.ABSOLUTE: 3}


def is_weaker(receiver: str, own: str) -> bool:
    """Whether the receiver's test of harm protects less than the own. What nobody has decided counts as weakest."""
    return _STRENGTH[HarmTest(receiver)] < _STRENGTH[HarmTest(own)]
