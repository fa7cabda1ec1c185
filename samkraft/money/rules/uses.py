"""Stages of a use of money, and how far an effort came."""

from enum import StrEnum

from samkraft.values.wording import phrase


class UseStage(StrEnum):
    """Meant before, or told afterwards."""

    PLANNED = "planned"
    REPORTED = "reported"


STAGE_LABELS = {UseStage.PLANNED: phrase("tänkt till"), UseStage.REPORTED: phrase("använt till")}


class EffortStatus(StrEnum):
    """How far a reported effort came."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


EFFORT_LABELS = {
    EffortStatus.DONE: phrase("genomförd"),
    EffortStatus.PARTLY: phrase("delvis genomförd"),
    EffortStatus.NOT_DONE: phrase("inte genomförd"),
}
