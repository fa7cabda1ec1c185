"""Spreading the method handbook: on a day somebody was shown, taught or given a version of it."""

from datetime import date
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

MOST_PEOPLE = 10_000


class SpreadKind(StrEnum):
    """How it was spread."""

    PRESENTATION = "presentation"
    TRAINING = "training"
    VISIT = "visit"
    MATERIAL = "material"


KIND_NAMES = {
    SpreadKind.PRESENTATION: phrase("Presentation"),
    SpreadKind.TRAINING: phrase("Utbildning"),
    SpreadKind.VISIT: phrase("Studiebesök"),
    SpreadKind.MATERIAL: phrase("Material"),
}

NOT_YET = Reason(
    "spread_not_yet",
    phrase("{day} har inte varit än."),
    phrase("Anteckna spridningen när den har skett. Det som ska göras står i årshjulet."),
)
NOT_DECIDED_THEN = Reason(
    "spread_not_decided_then",
    phrase("Version {number} var inte beslutad {day}."),
    phrase("Välj den version som visades, eller rätta dagen. Ett utkast sprids inte."),
)
NO_SUCH_RECEIVER = Reason(
    "spread_without_receiver",
    phrase("Det står inte vem som tog emot metodstödet."),
    phrase("Välj en organisation i listan."),
)
TAKEN_BACK = Reason(
    "spread_taken_back",
    phrase("Anteckningen är redan tillbakatagen."),
    phrase("Du behöver inte göra något."),
)


def why_not(*, on_date: date, decided: date | None, today: date) -> Reason | None:
    """None when a version that was decided on a day (None: never) can have been spread on another."""
    if on_date > today:
        return NOT_YET
    return NOT_DECIDED_THEN if decided is None or on_date < decided else None
