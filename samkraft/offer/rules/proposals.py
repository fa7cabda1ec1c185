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
# Why sessions outside the new days are cancelled, as those who would have come read it.
NEW_DAYS = phrase("Tillfället har fått nya dagar, och träffen ligger utanför dem.")
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

NO_DAY = Reason(
    "proposal_no_day", phrase("Det står inte vilken dag det gäller."), phrase("Skriv den första eller den sista dagen.")
)
NOTHING_NEW = Reason(
    "proposal_nothing_new",
    phrase("Det står inte vad som ska ändras."),
    phrase("Skriv en ny dag eller ett nytt antal platser."),
)
SOMEBODY_IS_THERE = Reason(
    "proposal_somebody_is_there",
    phrase("Den första dagen kan inte flyttas när någon redan har eller är erbjuden en plats."),
    phrase("Ställ in tillfället och lägg in ett nytt. Då går alla tillbaka till sin plats i kön och får veta varför."),
)
NOT_BEGUN = Reason(
    "proposal_not_begun",
    phrase("Tillfället har inte börjat och kan inte avslutas."),
    phrase("Ställ in det i stället. Då får alla som berörs veta varför."),
)


def why_not_propose(kind: str, *, has_start: bool, has_end: bool, has_places: bool) -> Reason | None:
    """None when what is proposed says enough to be entered as it is."""
    if kind == ProposalKind.START:
        return None if has_start else NO_DAY
    if kind == ProposalKind.END:
        return None if has_end else NO_DAY
    return None if has_start or has_end or has_places else NOTHING_NEW


def why_not_move(before: str, after: str, by: str) -> Reason | None:
    """None when the proposal may become that by this party, `coordinator` or `provider`."""
    wanted = MOVES.get((before, after))
    if wanted is None:
        return NO_SUCH_MOVE
    return None if wanted == by else NOT_YOUR_ANSWER
