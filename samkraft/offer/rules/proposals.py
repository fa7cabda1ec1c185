"""What a provider may propose about an occasion, and what may become of it."""

from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class ProposalKind(StrEnum):
    """To begin a new occasion, to change one, or to end one."""

    START = "start"
    CHANGE = "change"
    END = "end"


class ProposalState(StrEnum):
    """Where a proposal is."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


KIND_NAMES = {
    ProposalKind.START: phrase("Nytt tillfälle"),
    ProposalKind.CHANGE: phrase("Ändrat tillfälle"),
    ProposalKind.END: phrase("Avsluta tillfället"),
}
STATE_NAMES = {
    ProposalState.ASKED: phrase("Väntar på svar"),
    ProposalState.AGREED: phrase("Godkänt"),
    ProposalState.REFUSED: phrase("Avslaget"),
    ProposalState.TAKEN_BACK: phrase("Återtaget"),
}
# state → what it may become, and by whom: the provider or whoever coordinates the activity.
MOVES: dict[tuple[str, str], str] = {
    ("asked", "agreed"): "coordinator",
    ("asked", "refused"): "coordinator",
    ("asked", "taken_back"): "provider",
}
NO_SUCH_MOVE = Reason(
    "proposal_answered", phrase("Förslaget är redan besvarat eller återtaget."), phrase("Ladda om sidan.")
)
NOT_YOUR_ANSWER = Reason(
    "proposal_not_yours",
    phrase("Platssamordnaren svarar på förslaget, och bara den som lämnade det kan ta tillbaka det."),
    phrase("Be platssamordnaren."),
)
NO_WORDS = Reason("proposal_no_words", phrase("Det står inte vad ni föreslår."), phrase("Skriv en eller två meningar."))
NO_REASON = Reason("proposal_no_reason", phrase("Det står inte varför förslaget avslås."), phrase("Skriv varför."))


def why_not_move(before: str, after: str, by: str) -> Reason | None:
    """None when the proposal may become that by this party, `coordinator` or `provider`."""
    wanted = MOVES.get((before, after))
    if wanted is None:
        return NO_SUCH_MOVE
    return None if wanted == by else NOT_YOUR_ANSWER
