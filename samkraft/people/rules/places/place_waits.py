"""The stages of a wait in words, and whose they are: set-up time, which is ours to shorten, or the queue itself."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Stage(StrEnum):
    """From what to what."""

    NEED_TO_QUEUE = "need_to_queue"
    QUEUE_TO_OFFER = "queue_to_offer"
    OFFER_TO_START = "offer_to_start"
    NEED_TO_START = "need_to_start"


STAGE_NAMES = {
    Stage.NEED_TO_QUEUE: phrase("Från behov till kö"),
    Stage.QUEUE_TO_OFFER: phrase("Från kö till erbjudande"),
    Stage.OFFER_TO_START: phrase("Från erbjudande till start"),
    Stage.NEED_TO_START: phrase("Från behov till start"),
}
WHOSE = {
    Stage.NEED_TO_QUEUE: phrase("Ställtid: vår egen"),
    Stage.QUEUE_TO_OFFER: phrase("Kö: platserna räcker inte"),
    Stage.OFFER_TO_START: phrase("Ställtid: svar, beslut och start"),
    Stage.NEED_TO_START: phrase("Hela väntan"),
}
