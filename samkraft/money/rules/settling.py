"""What can be done with a contradiction, state by state, and why not. One table; pages and actions both ask it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from samkraft.money.rules.contradictions import Choice
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class State(StrEnum):
    """Where a contradiction is. Derived from what has been written down, never stored."""

    OPEN = "open"
    SETTLED = "settled"
    AGREES = "agrees"
    CLEARED = "cleared"
    OVERTAKEN = "overtaken"


LABELS: Mapping[State, str] = {
    State.OPEN: phrase("ska redas ut"),
    State.SETTLED: phrase("utredd"),
    State.AGREES: phrase("stämmer"),
    State.CLEARED: phrase("stämmer nu"),
    State.OVERTAKEN: phrase("ersatt av nyare uppgifter"),
}


class Move(StrEnum):
    """What a person may want to do."""

    SETTLE = "settle"
    REOPEN = "reopen"
    ASK = "ask"


MOVES: Mapping[Move, frozenset[State]] = {
    Move.SETTLE: frozenset({State.OPEN}),
    Move.REOPEN: frozenset({State.SETTLED}),
    Move.ASK: frozenset({State.OPEN}),
}

ALREADY_SETTLED = Reason(
    "contradiction_already_settled",
    phrase("{who} redde ut det här {when}: {what}."),
    phrase("Det du skrev står kvar. Håller du inte med öppnar du den igen och skriver varför."),
)
NOTHING_TO_SETTLE = Reason(
    "contradiction_nothing_to_settle",
    phrase("Uppgifterna stämmer med varandra."),
    phrase("Det finns inget att välja. Gå tillbaka till listan."),
)
OVERTAKEN = Reason(
    "contradiction_overtaken",
    phrase("Källorna säger något nytt sedan du öppnade sidan."),
    phrase("Öppna den nya jämförelsen. Det du skrev står kvar här tills du lämnar sidan."),
)
NOT_SETTLED = Reason(
    "contradiction_not_settled", phrase("Den är inte utredd än."), phrase("Välj vilken uppgift som gäller i stället.")
)
CHANGED_MEANWHILE = Reason(
    "contradiction_changed_meanwhile",
    phrase("{who} har gjort något här {when}, efter att du öppnade sidan: {what}."),
    phrase("Det du skrev står kvar. Läs vad som hänt och skicka igen om det fortfarande ska gälla."),
)
NO_REASON = Reason(
    "contradiction_without_reason",
    phrase("Det står inte varför."),
    phrase("Skriv en mening. Den läses av alla som ser siffran."),
)
NO_SIDE = Reason(
    "contradiction_without_side", phrase("Ingen av uppgifterna är vald."), phrase("Välj den uppgift som ska användas.")
)
TOO_FEW_SIDES = Reason(
    "contradiction_too_few_sides",
    phrase("Det behövs minst två uppgifter att jämföra."),
    phrase("Fyll i båda, var och en med sin källa."),
)
SIDE_WITHOUT_SOURCE = Reason(
    "contradiction_side_without_source",
    phrase("Uppgift {number} saknar källa."),
    phrase("Skriv var den står, till exempel diarienummer och punkt."),
)
SIDES_SAY_THE_SAME = Reason(
    "contradiction_sides_equal",
    phrase("Uppgifterna säger samma sak."),
    phrase("Rätta någon av dem, eller låt bli att anteckna dem."),
)
NO_QUESTION = Reason(
    "contradiction_without_question",
    phrase("Det står inte vad uppgifterna handlar om."),
    phrase("Skriv rubrik och fråga, till exempel ”Vilket år gavs uppdraget?”."),
)
NOT_FOUND = Reason(
    "contradiction_not_found",
    phrase("De här uppgifterna finns inte att reda ut."),
    phrase("Gå till listan och välj bland dem som finns."),
)
NOT_A_PARTY = Reason(
    "contradiction_not_a_party",
    phrase("{body} har inte sagt någon av uppgifterna."),
    phrase("Fråga den som står som avsändare på någon av sidorna."),
)
NOT_ASKED = Reason(
    "contradiction_not_asked",
    phrase("{body} har ingen obesvarad fråga om det här."),
    phrase("Be stadskontoret ställa frågan, om ni vill svara."),
)
NO_ANSWER = Reason("contradiction_answer_empty", phrase("Svaret är tomt."), phrase("Skriv vad som gäller och varför."))


def state_of(*, agrees: bool, differed_before: bool, is_latest: bool, choices: Sequence[Choice]) -> State:
    """The state, from what has been written down. `choices` are in order of time."""
    if not is_latest:
        return State.OVERTAKEN
    if agrees:
        return State.CLEARED if differed_before else State.AGREES
    return State.SETTLED if choices and choices[-1] is not Choice.REOPENED else State.OPEN


def why_not(move: Move, state: State) -> Reason | None:
    """None when it may be done in that state, else the reason."""
    if state in MOVES[move]:
        return None
    if state is State.OVERTAKEN:
        return OVERTAKEN
    if state in {State.AGREES, State.CLEARED}:
        return NOTHING_TO_SETTLE
    return NOT_SETTLED if move is Move.REOPEN else ALREADY_SETTLED
