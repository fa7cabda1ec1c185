"""Jäv: when somebody may not handle a person (förvaltningslagen 2017:900, 16 §)."""

from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Ground(StrEnum):
    """Why. Which relative or friend it is about is never written here."""

    CLOSE = "close"
    INTEREST = "interest"
    REPRESENTS = "represents"
    DECIDED_BEFORE = "decided_before"
    OTHER = "other"


GROUNDS = {
    Ground.CLOSE: phrase("Närstående, eller granne eller vän"),
    Ground.INTEREST: phrase("Har något att vinna eller förlora på ärendet"),
    Ground.REPRESENTS: phrase("Har varit ombud för personen"),
    Ground.DECIDED_BEFORE: phrase("Har redan beslutat i saken hos en annan myndighet"),
    Ground.OTHER: phrase("Något annat som gör att opartiskheten kan ifrågasättas"),
}
NO_SUCH_GROUND = Reason(
    "no_such_recusal_ground", phrase("Välj varför det är jäv."), phrase("Skriv inte vem det gäller, bara vilket slag.")
)
NOBODY_AFTER = Reason(
    "recusal_leaves_nobody",
    phrase("Då skulle ingen hos er ha ärendet, eller ingen leda processen."),
    phrase("Välj vem som tar över. Be din chef om ingen kan."),
)
SAME_PERSON = Reason(
    "recusal_by_oneself",
    phrase("Den som är jävig kan inte ta över."),
    phrase("Välj någon annan."),
)


def require_ground(ground: str) -> Ground:
    """The ground. Raises Refused when it is none of them."""
    if ground not in set(Ground):
        raise Refused(NO_SUCH_GROUND)
    return Ground(ground)
