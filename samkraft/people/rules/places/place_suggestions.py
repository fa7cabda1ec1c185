"""What a proposal of who gets which place says about each who waits, and what became of it when somebody adopted it.

The words tell only what a place coordinator may know: the queue's own order and the places. What else stands in the way
of somebody (another place, a step that comes first) is told as one and the same answer.
"""

from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Why(StrEnum):
    """What the proposal does for one who waits, beside the queue's order alone. The value is stored."""

    SAME = "same"
    GAINS = "gains"
    EARLIER = "earlier"
    LATER = "later"
    GIVES_WAY = "gives_way"
    NO_ROOM = "no_room"
    NOTHING_FITS = "nothing_fits"
    LOCKED = "locked"


class Adopted(StrEnum):
    """What became of one row when it was adopted. The value is stored."""

    OFFERED = "offered"
    ALREADY = "already"
    LEFT = "left"
    HOLDING = "holding"
    NOT_IN_LINE = "not_in_line"
    FULL = "full"
    CANCELLED = "cancelled"
    BEGUN = "begun"


class Fate(StrEnum):
    """Where an adopted offer stands now. A no is told, never why."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    GIVEN = "given"
    STARTED = "started"
    ENDED = "ended"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    GAVE_UP = "gave_up"


WHY_WORDS = {
    Why.SAME: phrase("Samma plats som i köordning"),
    Why.GAINS: phrase("Får en plats, i köordning ingen"),
    Why.EARLIER: phrase("Börjar tidigare än i köordning"),
    Why.LATER: phrase("Börjar senare än i köordning, så att någon till får plats"),
    Why.GIVES_WAY: phrase("Ingen plats, i köordning en"),
    Why.NO_ROOM: phrase("Ingen plats, inte heller i köordning"),
    Why.NOTHING_FITS: phrase("Inget av tillfällena går att ta"),
    Why.LOCKED: phrase("Bestämd av samordnaren"),
}
# Why, to whoever opens the row: what the proposal weighs, and nothing about anybody else.
WHY_EXPLAINED = {
    Why.SAME: phrase("Förslaget och kön ger samma svar."),
    Why.GAINS: phrase("Platserna räcker till en till när alla tillfällen fördelas tillsammans och inte ett i taget."),
    Why.EARLIER: phrase("En tidigare plats blir ledig när alla tillfällen fördelas tillsammans."),
    Why.LATER: phrase("Då räcker platserna till en till."),
    Why.GIVES_WAY: phrase("Den platsen gör mer nytta för någon annan, med vikterna som står i förslaget."),
    Why.NO_ROOM: phrase("Platserna räcker inte till alla som väntar."),
    Why.NOTHING_FITS: phrase("Vad som hindrar visas inte här. Personens handläggare ser det."),
    Why.LOCKED: phrase("Resten av förslaget är gjort runt det."),
}
ADOPTED_WORDS = {
    Adopted.OFFERED: phrase("Platsen är erbjuden"),
    Adopted.ALREADY: phrase("Var redan erbjuden ur förslaget"),
    Adopted.LEFT: phrase("Har lämnat kön"),
    Adopted.HOLDING: phrase("Har fått en annan plats i aktiviteten"),
    Adopted.NOT_IN_LINE: phrase("Kan inte längre ta det här tillfället"),
    Adopted.FULL: phrase("Platserna är tagna"),
    Adopted.CANCELLED: phrase("Tillfället är inställt"),
    Adopted.BEGUN: phrase("Tillfället har börjat"),
}
FATE_WORDS = {
    Fate.OFFERED: phrase("väntar på svar"),
    Fate.ACCEPTED: phrase("tackat ja, beslut återstår"),
    Fate.GIVEN: phrase("har platsen"),
    Fate.STARTED: phrase("har börjat"),
    Fate.ENDED: phrase("har avslutat"),
    Fate.DECLINED: phrase("tackade nej"),
    Fate.LAPSED: phrase("svarade inte i tid"),
    Fate.TAKEN_BACK: phrase("erbjudandet togs tillbaka"),
    Fate.WITHDRAWN: phrase("erbjudandet togs tillbaka"),
    Fate.CANCELLED: phrase("tillfället ställdes in"),
    Fate.REFUSED: phrase("platsen avslogs"),
    Fate.GAVE_UP: phrase("lämnade sin plats"),
}
SAID_YES = (Fate.ACCEPTED, Fate.GIVEN, Fate.STARTED, Fate.ENDED)
BEGAN = (Fate.STARTED, Fate.ENDED)
SAID_NO = (Fate.DECLINED, Fate.LAPSED, Fate.GAVE_UP)
CAME_TO_NOTHING = (Fate.TAKEN_BACK, Fate.WITHDRAWN, Fate.CANCELLED, Fate.REFUSED)

NOTHING_CHOSEN = Reason(
    "suggestion_nothing_chosen", phrase("Du har inte valt någon rad."), phrase("Välj en rad, eller välj alla.")
)
REASONS = (
    Reason(
        "suggested_already",
        phrase("Förslaget är redan räknat."),
        phrase("Be om ett nytt förslag."),
    ),
    Reason(
        "unknown_suggestion",
        phrase("Raden hör inte till förslaget."),
        phrase("Ladda om sidan."),
    ),
)
