"""Inviting somebody to a first meeting at a time that they choose: free times, a personal link, a reminder, no answer.

Whoever holds the link sees a first name, times and a place. Which authority, and why, it does not say.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Sent(StrEnum):
    """How a link reaches the person."""

    EMAIL = "email"
    LETTER = "letter"
    BY_HAND = "by_hand"


class State(StrEnum):
    """Where an invitation is."""

    WAITING = "waiting"
    BOOKED = "booked"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    HAS_BEEN = "has_been"


STATE_NAMES = {
    State.WAITING: phrase("Väntar på att personen väljer en tid"),
    State.BOOKED: phrase("Tid vald"),
    State.UNANSWERED: phrase("Har inte svarat i tid"),
    State.WITHDRAWN: phrase("Återtagen"),
    State.HAS_BEEN: phrase("Tiden har varit"),
}

ANSWER_DAYS = 14
REMIND_AFTER_DAYS = 5
REMIND_BEFORE = timedelta(days=2)
MOST_SLOTS_AT_ONCE = 120
SHORTEST, LONGEST = 15, 180
LINK_DAYS_AFTER = 60  # so long after the last day to answer the time that was chosen can be looked up and changed

SUBJECT_CHOOSE = phrase("Välj en tid")
SUBJECT_TIME = phrase("Påminnelse om din tid")
LETTER_CHOOSE = phrase(
    "Hej {name}!\n\nDu är välkommen på ett möte. Välj själv en tid som passar dig, senast {until}:\n\n{link}\n\nLänken är bara "
    "din. Skicka den inte vidare. Passar ingen tid, eller har du frågor: hör av dig till den som du har pratat med.\n"
)
LETTER_TIME = phrase(
    "Hej {name}!\n\nDu har en tid {when}.\nPlats: {place}\n\nKan du inte komma? Använd länken som du fick förut och välj en "
    "annan tid.\n"
)

SLOT_BEHIND = Reason("slot_behind", phrase("Tiderna ligger bakåt i tiden."), phrase("Välj dagar som kommer."))
SLOT_LENGTH = Reason(
    "slot_length", phrase("En tid är mellan 15 minuter och tre timmar."), phrase("Välj en annan längd.")
)
NO_SLOTS = Reason("slot_none", phrase("Ingen tid ryms där."), phrase("Välj fler dagar eller längre stund."))
TOO_MANY_SLOTS = Reason(
    "slot_too_many", phrase("Det blir fler än {most} tider på en gång."), phrase("Välj färre dagar.")
)
SLOT_OVERLAPS = Reason(
    "slot_overlaps",
    phrase("Du har redan en tid som krockar."),
    phrase("Ta bort den först, eller välj andra klockslag."),
)
NO_PLACE = Reason("slot_no_place", phrase("Det står inte var."), phrase("Skriv adressen, så att personen hittar."))
NO_EMAIL = Reason(
    "invitation_no_email",
    phrase("Det finns ingen e-postadress till personen."),
    phrase("Skriv ut brevet, eller lämna länken i handen."),
)
NOT_BY_EMAIL = Reason(
    "invitation_not_by_email",
    phrase("Till den som har skyddade personuppgifter skickas ingenting med e-post."),
    phrase("Lämna länken i handen, eller använd den säkra kontaktvägen."),
)
REASONS = {
    reason.code: reason
    for reason in (
        Reason(
            "invitation_link_not_valid",
            phrase("Länken gäller inte."),
            phrase("Ring eller skriv till den som gav dig den, så får du en ny."),
        ),
        Reason("slot_taken", phrase("Någon annan hann före till den tiden."), phrase("Välj en annan tid.")),
        Reason("slot_gone", phrase("Den tiden går inte att välja längre."), phrase("Välj en annan tid.")),
        Reason(
            "slot_is_booked",
            phrase("Någon har valt den tiden."),
            phrase("Ställ in den på personens sida, så får personen välja en ny."),
        ),
        Reason(
            "invitation_too_many",
            phrase("Du har bytt tid många gånger."),
            phrase("Ring eller skriv till den som bjöd in dig."),
        ),
        Reason(
            "invitation_open_already",
            phrase("Personen har redan en inbjudan som gäller."),
            phrase("Skicka den igen, eller ta tillbaka den först."),
        ),
        Reason("invitation_over", phrase("Inbjudan gäller inte längre."), phrase("Gör en ny.")),
        Reason(
            "invitation_hosts",
            phrase("Någon av dem som du valde lägger inte ut tider hos er."),
            phrase("Välj bland dem som visas."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The days and hours that are laid out as times, each of so many minutes with so many between."""

    first: date
    last: date
    weekdays: tuple[int, ...]
    starts: time
    ends: time
    minutes: int
    gap: int = 0


def why_not_span(span: Span, now: datetime) -> Reason | None:
    """None when times can be laid out so."""
    if not SHORTEST <= span.minutes <= LONGEST or not 0 <= span.gap <= LONGEST:
        return SLOT_LENGTH
    if span.last < span.first or datetime.combine(span.last, span.ends, STOCKHOLM) <= now:
        return SLOT_BEHIND
    made = times(span, now)
    if not made:
        return NO_SLOTS
    return TOO_MANY_SLOTS if len(made) > MOST_SLOTS_AT_ONCE else None


def times(span: Span, now: datetime) -> list[tuple[datetime, datetime]]:
    """Every time of the span that lies ahead, by the clock in Sweden: first and last moment."""
    found = []
    for number in range((span.last - span.first).days + 1):
        day = span.first + timedelta(days=number)
        if day.weekday() not in span.weekdays:
            continue
        moment, end = datetime.combine(day, span.starts), datetime.combine(day, span.ends)
        while moment + timedelta(minutes=span.minutes) <= end:
            starts = moment.replace(tzinfo=STOCKHOLM)
            if starts > now:
                found.append((starts, (moment + timedelta(minutes=span.minutes)).replace(tzinfo=STOCKHOLM)))
            moment += timedelta(minutes=span.minutes + span.gap)
    return found


def state_of(*, answer_until: datetime, withdrawn: bool, booked_ends: datetime | None, now: datetime) -> State:
    """Where an invitation is, from what is kept of it."""
    if booked_ends is not None:
        return State.HAS_BEEN if booked_ends <= now else State.BOOKED
    if withdrawn:
        return State.WITHDRAWN
    return State.UNANSWERED if answer_until <= now else State.WAITING


def may_be_reminded(*, state: State, made_at: datetime, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who has not chosen a time should be reminded by the clock: once, after some days."""
    return state is State.WAITING and reminded_at is None and now - made_at >= timedelta(days=REMIND_AFTER_DAYS)
