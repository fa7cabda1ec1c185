"""Stages of an initiative."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Stage(StrEnum):
    """How far an initiative has come."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSING = "closing"
    ENDED = "ended"


LABELS = {
    Stage.PLANNED: phrase("planeras"),
    Stage.RUNNING: phrase("pågår"),
    Stage.CLOSING: phrase("avslutas"),
    Stage.ENDED: phrase("avslutad"),
}
