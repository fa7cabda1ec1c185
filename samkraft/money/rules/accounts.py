"""Kinds of accounts in the ledger."""

from enum import StrEnum

from samkraft.values.wording import phrase


class AccountKind(StrEnum):
    """Where money can be, from the council to the one who gets it."""

    COUNCIL = "council"
    APPROPRIATION = "appropriation"
    FRAME = "frame"
    RECEIVER = "receiver"


LABELS = {
    AccountKind.COUNCIL: phrase("Kommunfullmäktige"),
    AccountKind.APPROPRIATION: phrase("Anslag"),
    AccountKind.FRAME: phrase("Nämnd"),
    AccountKind.RECEIVER: phrase("Mottagare"),
}
