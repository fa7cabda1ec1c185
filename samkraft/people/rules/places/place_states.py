"""What can happen with somebody's place, as one table: from waiting to a result. The database keeps the same order.

The state is never stored as truth: it is the fold of the events.
"""

from collections.abc import Iterable
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Event(StrEnum):
    """What happened. The value is stored."""

    JOINED = "joined"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"
    CANCELLED = "cancelled"
    DECIDED = "decided"
    REFUSED = "refused"
    STARTED = "started"
    ENDED = "ended"
    GAVE_UP = "gave_up"
    LEFT = "left"
    PUT_BEFORE = "put_before"
    PASSED = "passed"
    ABSENCE = "absence"
    CHANGED = "changed"
    BECAUSE = "because"
    SESSION_ADDED = "session_added"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_KNOWN = "session_known"
    START_UNDONE = "start_undone"  # whoever was noted as there was not, and nothing else has begun the place
    WITHDRAWN = "withdrawn"  # one offer, taken back from one person
    OFFER_KNOWN = "offer_known"  # the person knows that it was lost, in whichever way


class State(StrEnum):
    """Where an entry is."""

    WAITING = "waiting"
    OFFERED = "offered"
    CONDITIONAL = "conditional"  # accepted, but nobody has decided yet
    DECIDED_UNANSWERED = "decided_unanswered"
    GIVEN = "given"
    ONGOING = "ongoing"
    ENDED = "ended"
    LEFT = "left"


class Presence(StrEnum):
    """Whether somebody was there. Why somebody was not is no business of the provider's."""

    PRESENT = "present"
    LATE = "late"
    TOLD = "absent_told"
    ABSENT = "absent"


class Reached(StrEnum):
    """Whether an outcome was reached."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Receiver(StrEnum):
    """Who outside the own area can be told something about whoever has a place."""

    COORDINATOR = "coordinator"
    PROVIDER = "provider"
    DECIDER = "decider"


STATE_NAMES = {
    State.WAITING: phrase("Väntar i kön"),
    State.OFFERED: phrase("Erbjuden, väntar på svar"),
    State.CONDITIONAL: phrase("Tackat ja, villkorad"),
    State.DECIDED_UNANSWERED: phrase("Beslutad, väntar på svar"),
    State.GIVEN: phrase("Har platsen"),
    State.ONGOING: phrase("Pågår"),
    State.ENDED: phrase("Avslutad"),
    State.LEFT: phrase("Har lämnat kön"),
}
EVENT_NAMES = {
    Event.JOINED: phrase("Ställd i kön"),
    Event.OFFERED: phrase("Erbjuden en plats"),
    Event.ACCEPTED: phrase("Tackade ja"),
    Event.DECLINED: phrase("Tackade nej"),
    Event.LAPSED: phrase("Svarade inte i tid"),
    Event.TAKEN_BACK: phrase("Erbjudandet togs tillbaka"),
    Event.CANCELLED: phrase("Tillfället ställdes in"),
    Event.DECIDED: phrase("Platsen beslutades"),
    Event.REFUSED: phrase("Platsen avslogs"),
    Event.STARTED: phrase("Började"),
    Event.ENDED: phrase("Slutade"),
    Event.GAVE_UP: phrase("Lämnade sin plats"),
    Event.LEFT: phrase("Lämnade kön"),
    Event.PUT_BEFORE: phrase("Fick gå före i kön"),
    Event.PASSED: phrase("Någon annan fick gå före"),
    Event.ABSENCE: phrase("Frånvaro förklarad"),
    Event.CHANGED: phrase("Ändrade vad som väntas på"),
    Event.BECAUSE: phrase("Skäl"),
    Event.SESSION_ADDED: phrase("Ny träff"),
    Event.SESSION_MOVED: phrase("Träffen flyttades"),
    Event.SESSION_CANCELLED: phrase("Träffen ställdes in"),
    Event.SESSION_KNOWN: phrase("Personen vet om ändringen"),
    Event.START_UNDONE: phrase("Hade inte börjat"),
    Event.WITHDRAWN: phrase("Platssamordnaren tog tillbaka erbjudandet"),
    Event.OFFER_KNOWN: phrase("Personen vet att platsen inte gäller längre"),
}
# A place or an offer that others took from somebody, and what the coordinator changed about a session that somebody comes to:
# each waits until the person knows.
LOST = (Event.WITHDRAWN, Event.TAKEN_BACK, Event.CANCELLED)
SESSION_CHANGES = (Event.SESSION_ADDED, Event.SESSION_MOVED, Event.SESSION_CANCELLED)
PRESENCE_NAMES = {
    Presence.PRESENT: phrase("Här"),
    Presence.LATE: phrase("Sen"),
    Presence.TOLD: phrase("Borta, hört av sig"),
    Presence.ABSENT: phrase("Borta"),
}
# Why a start was taken back, written by the database when a presence is corrected.
UNDONE_BECAUSE = {"presence_corrected": phrase("närvaron rättades")}
REACHED_NAMES = {Reached.YES: phrase("Ja"), Reached.PARTLY: phrase("Delvis"), Reached.NO: phrase("Nej")}
RECEIVER_NAMES = {
    Receiver.COORDINATOR: phrase("Platssamordnaren"),
    Receiver.PROVIDER: phrase("Utföraren"),
    Receiver.DECIDER: phrase("Den som beslutar om platsen"),
}

# Why somebody says no, or leaves. Kept in the own area; nobody outside is told more than that it was a no.
DECLINE_REASONS = {
    "time": phrase("Tiden passar inte"),
    "far": phrase("För långt att resa"),
    "health": phrase("Orkar inte just nu"),
    "care": phrase("Barn eller anhörig behöver omsorg"),
    "work": phrase("Har fått arbete eller studier"),
    "other_activity": phrase("Vill hellre något annat"),
    "not_reached": phrase("Gick inte att nå"),
    "other": phrase("Annat"),
}
# A reason that tells of health is known only to those whose work meets health.
REASON_CATEGORY = {"health": "health", "ill": "health"}
ABSENCE_REASONS = {
    "ill": phrase("Sjuk"),
    "care": phrase("Vård av barn"),
    "meeting": phrase("Möte med myndighet"),
    "interview": phrase("Anställningsintervju eller arbete"),
    "other": phrase("Annat skäl"),
    "none": phrase("Inget skäl"),
}
# What may be told outside, one field at a time, in the words that the person is shown. Free text is not among them.
FIELDS = {
    "name": phrase("Namn"),
    "phone": phrase("Telefonnummer"),
    "email": phrase("E-postadress"),
    "language": phrase("Språk"),
    "interpreter": phrase("Behov av tolk"),
    "not_before": phrase("Första dag som passar"),
}
# Of these a protected person's place lets nothing out that can be traced to who or where the person is.
SAFE_FIELDS = ("interpreter", "not_before")
SHOWN_HOW = {
    "together": phrase("Vi läste det tillsammans"),
    "paper": phrase("På papper"),
    "digital": phrase("Digitalt"),
}

NO_REASON = Reason("place_no_reason", phrase("Det står inte varför."), phrase("Välj ett skäl."))
NOTHING_CHOSEN = Reason(
    "place_nothing_chosen", phrase("Du har inte valt vad som ska lämnas ut."), phrase("Välj minst en uppgift.")
)
UNKNOWN_FIELD = Reason("place_unknown_field", phrase("Den uppgiften lämnas inte ut så."), phrase("Välj ur listan."))
NOT_BEGUN_FOR_ALL = Reason(
    "session_not_begun_for_all",
    phrase("Träffen har inte börjat, så alla andra kan inte noteras på en gång än."),
    phrase("Notera var och en som har kommit, eller vänta tills träffen börjar."),
)

_BY_EVENT = {
    Event.JOINED: State.WAITING,
    Event.OFFERED: State.OFFERED,
    Event.DECLINED: State.WAITING,
    Event.LAPSED: State.WAITING,
    Event.TAKEN_BACK: State.WAITING,
    Event.CANCELLED: State.WAITING,
    Event.REFUSED: State.LEFT,
    Event.STARTED: State.ONGOING,
    Event.START_UNDONE: State.GIVEN,
    Event.WITHDRAWN: State.WAITING,
    Event.ENDED: State.ENDED,
    Event.GAVE_UP: State.LEFT,
    Event.LEFT: State.LEFT,
}


def fold(events: Iterable[str]) -> State | None:
    """Where an entry is after these events, the oldest first; None when nothing has happened."""
    state: State | None = None
    accepted = decided = False
    for event in map(Event, events):
        if event is Event.OFFERED:
            accepted = decided = False
        accepted = accepted or event is Event.ACCEPTED
        decided = decided or event is Event.DECIDED
        if event in (Event.ACCEPTED, Event.DECIDED):
            state = State.GIVEN if accepted and decided else State.CONDITIONAL if accepted else State.DECIDED_UNANSWERED
        elif event is Event.LEFT and state is State.ENDED:
            continue
        else:
            state = _BY_EVENT.get(event, state)
    return state


def band(before: int) -> str:
    """How far it is to the front, as it is said to the participant: never an exact place, which changes from day to day."""
    if before < 5:
        return BANDS[0]
    if before < 15:
        return BANDS[1]
    return BANDS[2] if before < 40 else BANDS[3]


BANDS = (
    phrase("Bland de första"),
    phrase("I början av kön"),
    phrase("En bit in i kön"),
    phrase("Långt från början av kön"),
)
