"""Levels of protected identity that can be seen. The third, a new identity, is a new person and is never linked."""

from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Level(StrEnum):
    """As the population register names them (2019)."""

    MARKED = "marked"
    PROTECTED_REGISTRATION = "protected_registration"


LEVELS = {
    Level.MARKED: phrase("Sekretessmarkering"),
    Level.PROTECTED_REGISTRATION: phrase("Skyddad folkbokföring"),
}
NO_SUCH_LEVEL = Reason("no_such_level", phrase("Välj vilket slags skydd det är."), "")


def require_level(level: str) -> Level:
    """The level. Raises Refused when it is none of them."""
    if level not in set(Level):
        raise Refused(NO_SUCH_LEVEL)
    return Level(level)
