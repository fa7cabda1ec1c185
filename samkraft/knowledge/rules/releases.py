"""What can leave, in words."""

from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class What(StrEnum):
    """The kind of thing that left."""

    SNAPSHOT = "snapshot"
    BOARD_PACK = "board_pack"
    DOCUMENT = "document"
    STUDY = "study"
    EXTRACT = "extract"
    FORECAST = "forecast"


WHAT_NAMES = {
    What.SNAPSHOT: phrase("Ögonblicksbild"),
    What.BOARD_PACK: phrase("Underlag till möte"),
    What.DOCUMENT: phrase("Dokument"),
    What.STUDY: phrase("Studie"),
    What.EXTRACT: phrase("Avidentifierade rader"),
    What.FORECAST: phrase("Prognos"),
}
NO_SNAPSHOT = Reason(
    "no_snapshot",
    phrase("Insatsen har ingen ögonblicksbild än."),
    phrase("Den första tas när en månad är över."),
)
