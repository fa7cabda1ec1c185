"""How a budget is carried."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Carried(StrEnum):
    """At someone's disposal during the year, or moved permanently into frames (på ram)."""

    DISPOSAL = "disposal"
    FRAME = "frame"


LABELS = {
    Carried.DISPOSAL: phrase("till förfogande"),
    Carried.FRAME: phrase("på ram"),
}
