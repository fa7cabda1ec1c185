"""Employers: what a contact was about, what a placement offers, and when somebody should be in touch again.

Nothing here knows a participant. A note about an employer is read by every party, so what looks like a person's number is
refused, and the form says that participants are not named.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Industry(StrEnum):
    """The branch that an employer is in, roughly: what one looks for in the list."""

    TRADE = "trade"
    FOOD = "food"
    CARE = "care"
    CLEANING = "cleaning"
    TRANSPORT = "transport"
    INDUSTRY = "industry"
    BUILDING = "building"
    PROPERTY = "property"
    SCHOOL = "school"
    OFFICE = "office"
    GREEN = "green"
    OTHER = "other"


class ContactKind(StrEnum):
    """How there was contact."""

    VISIT = "visit"
    PHONE = "phone"
    EMAIL = "email"
    DIGITAL = "digital"
    EVENT = "event"


class ContactAbout(StrEnum):
    """What a contact was about."""

    FIRST = "first"
    VACANCY = "vacancy"
    PLACEMENT = "placement"
    RECRUITMENT = "recruitment"
    FOLLOW_UP = "follow_up"


class ContactLed(StrEnum):
    """What a contact led to."""

    OFFERS = "offers"
    MEETS = "meets"
    LATER = "later"
    NO = "no"
    NOTHING_YET = "nothing_yet"


class Term(StrEnum):
    """One thing that is agreed about a placement."""

    CLOTHES = "clothes"
    INSURANCE = "insurance"
    PART_DAYS = "part_days"
    STEP_UP = "step_up"
    OWN_SUPERVISOR = "own_supervisor"
    LANGUAGE_SUPPORT = "language_support"
    TOLD_FIRST = "told_first"


class Afterwards(StrEnum):
    """What the employer offers after a placement."""

    JOB = "job"
    TRIAL = "trial"
    INTERVIEW = "interview"
    HOURS = "hours"
    REFERENCE = "reference"
    NOTHING = "nothing"


class MeetingForm(StrEnum):
    """Where a recruitment meeting is held."""

    AT_EMPLOYER = "at_employer"
    WITH_US = "with_us"
    DIGITAL = "digital"


INDUSTRY_NAMES = {
    Industry.TRADE: phrase("Handel"),
    Industry.FOOD: phrase("Restaurang och livsmedel"),
    Industry.CARE: phrase("Vård och omsorg"),
    Industry.CLEANING: phrase("Städ och service"),
    Industry.TRANSPORT: phrase("Lager och transport"),
    Industry.INDUSTRY: phrase("Tillverkning"),
    Industry.BUILDING: phrase("Bygg och anläggning"),
    Industry.PROPERTY: phrase("Fastighet"),
    Industry.SCHOOL: phrase("Skola och förskola"),
    Industry.OFFICE: phrase("Kontor och kundtjänst"),
    Industry.GREEN: phrase("Park och odling"),
    Industry.OTHER: phrase("Annat"),
}
KIND_NAMES = {
    ContactKind.VISIT: phrase("Besök"),
    ContactKind.PHONE: phrase("Telefon"),
    ContactKind.EMAIL: phrase("E-post"),
    ContactKind.DIGITAL: phrase("Videomöte"),
    ContactKind.EVENT: phrase("Mässa eller träff"),
}
ABOUT_NAMES = {
    ContactAbout.FIRST: phrase("Första kontakten"),
    ContactAbout.VACANCY: phrase("Lediga jobb"),
    ContactAbout.PLACEMENT: phrase("Praktik eller traineeplats"),
    ContactAbout.RECRUITMENT: phrase("Rekryteringsmöte"),
    ContactAbout.FOLLOW_UP: phrase("Uppföljning"),
}
LED_NAMES = {
    ContactLed.OFFERS: phrase("Erbjuder jobb eller platser"),
    ContactLed.MEETS: phrase("Vill träffas"),
    ContactLed.LATER: phrase("Vill att vi hör av oss senare"),
    ContactLed.NO: phrase("Tackar nej"),
    ContactLed.NOTHING_YET: phrase("Inget besked än"),
}
TERM_NAMES = {
    Term.CLOTHES: phrase("Arbetskläder ingår"),
    Term.INSURANCE: phrase("Försäkring genom Arbetsförmedlingen eller kommunen"),
    Term.PART_DAYS: phrase("Kortare dagar går bra"),
    Term.STEP_UP: phrase("Timmarna kan öka efter hand"),
    Term.OWN_SUPERVISOR: phrase("Samma handledare hela tiden"),
    Term.LANGUAGE_SUPPORT: phrase("Stöd i svenska på plats"),
    Term.TOLD_FIRST: phrase("Studiebesök före start"),
}
AFTERWARDS_NAMES = {
    Afterwards.JOB: phrase("Anställning, om båda vill"),
    Afterwards.TRIAL: phrase("Provanställning"),
    Afterwards.INTERVIEW: phrase("Anställningsintervju"),
    Afterwards.HOURS: phrase("Timanställning vid behov"),
    Afterwards.REFERENCE: phrase("Intyg och referens"),
    Afterwards.NOTHING: phrase("Inget utlovat"),
}
FORM_NAMES = {
    MeetingForm.AT_EMPLOYER: phrase("Hos arbetsgivaren"),
    MeetingForm.WITH_US: phrase("Hos oss"),
    MeetingForm.DIGITAL: phrase("Videomöte"),
}

NO_SUCH_EMPLOYER = Reason(
    "employer_unknown", phrase("Arbetsgivaren finns inte här."), phrase("Gå till listan och sök igen.")
)
ALREADY_EMPLOYER = Reason(
    "employer_already",
    phrase("{name} finns redan bland arbetsgivarna."),
    phrase("Öppna den i listan."),
)
UNKNOWN_WORD = Reason(
    "employer_unknown_word", phrase("{word} finns inte att välja."), phrase("Välj bland dem som visas.")
)
NUMBER_IN_TEXT = Reason(
    "employer_number_in_text",
    phrase("Det står något som ser ut som ett personnummer."),
    phrase("Ta bort det. Här skrivs bara om arbetsgivaren, aldrig om deltagare."),
)
NO_WORDS = Reason("employer_no_words", phrase("Det står inget."), phrase("Skriv en mening om vad ni kom fram till."))
CONTACT_AHEAD = Reason(
    "employer_contact_ahead",
    phrase("Kontakten ligger framåt i tiden."),
    phrase("Skriv den dag då ni hade kontakt, och nästa kontakt i sitt eget fält."),
)
NEXT_BEHIND = Reason(
    "employer_next_behind", phrase("Nästa kontakt ligger bakåt i tiden."), phrase("Skriv en dag som kommer.")
)
NO_SUPERVISOR = Reason(
    "employer_no_supervisor", phrase("Det står inte vem som är handledare."), phrase("Skriv handledarens namn.")
)
NOT_AN_ACTIVITY = Reason(
    "employer_not_workplace",
    phrase("Den aktiviteten är inte en plats på en arbetsplats."),
    phrase("Välj praktik, arbetsträning eller en anställning med stöd."),
)
NO_SUCH_OPENING = Reason(
    "employer_no_opening", phrase("Jobbet finns inte, eller är redan tillsatt."), phrase("Ladda om sidan.")
)
NO_HEADLINE = Reason("employer_no_headline", phrase("Det står inte vad det är."), phrase("Skriv yrket eller rubriken."))
NO_PLACES = Reason("employer_no_places", phrase("Antalet ska vara mellan 1 och 500."), phrase("Rätta antalet."))
LAST_DATE_BEHIND = Reason(
    "employer_last_date_behind", phrase("Sista dag att söka har redan varit."), phrase("Skriv en dag som kommer.")
)
BAD_SCOPE = Reason(
    "employer_bad_scope", phrase("Omfattningen går från mindre till större, 1–100 procent."), phrase("Rätta den.")
)
NO_SUCH_MEETING = Reason(
    "recruitment_unknown", phrase("Rekryteringsmötet finns inte, eller är inställt."), phrase("Gå till listan.")
)
MEETING_BEHIND = Reason(
    "recruitment_behind", phrase("Mötet börjar bakåt i tiden."), phrase("Skriv en dag och tid som kommer.")
)
MEETING_ENDS_BEFORE = Reason(
    "recruitment_ends_before", phrase("Mötet slutar innan det börjar."), phrase("Rätta klockslagen.")
)
MEETING_HAS_BEEN = Reason(
    "recruitment_has_been", phrase("Mötet har redan börjat."), phrase("Skriv resultatet för var och en i stället.")
)
NO_REASON = Reason(
    "employer_no_reason", phrase("Det står inte varför."), phrase("Skriv en mening. De inbjudna får veta den.")
)

MOST_PLACES = 500
# Two weeks without contact after an agreed day is what a team usually looks at; shown, never enforced.
NEAR_DAYS = 7
_NUMBERLIKE = re.compile(r"(?<!\d)(?:19|20)?\d{2}[01]\d[0-8]\d[-+ ]?\d{4}(?!\d)")


def looks_numbered(text: str) -> bool:
    """Whether something in the text could be a personal identity number, a coordination number included."""
    return _NUMBERLIKE.search(text) is not None


def why_not_contact(*, on: date, text: str, next_date: date | None, today: date) -> Reason | None:
    """None when a contact can be written down so."""
    if on > today:
        return CONTACT_AHEAD
    if not text.strip():
        return NO_WORDS
    if looks_numbered(text):
        return NUMBER_IN_TEXT
    return NEXT_BEHIND if next_date is not None and next_date < today else None


def why_not_opening(
    *, headline: str, places: int, last_date: date | None, scope_from: int | None, scope_to: int | None, today: date
) -> Reason | None:
    """None when a job that an employer has told of can be written down so."""
    if not headline.strip():
        return NO_HEADLINE
    if looks_numbered(headline):
        return NUMBER_IN_TEXT
    if not 1 <= places <= MOST_PLACES:
        return NO_PLACES
    if last_date is not None and last_date < today:
        return LAST_DATE_BEHIND
    low, high = scope_from or 1, scope_to or 100
    return None if 1 <= low <= high <= 100 else BAD_SCOPE


def why_not_meeting(
    *, headline: str, most: int, starts_at: datetime, ends_at: datetime, now: datetime
) -> Reason | None:
    """None when a recruitment meeting can be planned so."""
    if not headline.strip():
        return NO_HEADLINE
    if looks_numbered(headline):
        return NUMBER_IN_TEXT
    if not 1 <= most <= MOST_PLACES:
        return NO_PLACES
    if starts_at <= now:
        return MEETING_BEHIND
    return MEETING_ENDS_BEFORE if ends_at <= starts_at else None


def unknown_word(chosen: Collection[str], known: type[StrEnum]) -> str | None:
    """The first of those chosen that cannot be chosen; None when all can."""
    values = {one.value for one in known}
    return next((one for one in chosen if one not in values), None)


def next_contact(days: Sequence[tuple[date, date | None]]) -> date | None:
    """When somebody should be in touch: what the newest contact said, from (day, next day) in the order they were written.

    A newer contact without a next day means that none is agreed.
    """
    return max(enumerate(days), key=lambda pair: (pair[1][0], pair[0]))[1][1] if days else None


def lateness(next_date: date | None, today: date) -> str:
    """Which of the four meanings the next contact has: overdue, needs, ok, closed."""
    if next_date is None:
        return "closed"
    if next_date < today:
        return "overdue"
    return "needs" if next_date - today <= timedelta(days=NEAR_DAYS) else "ok"
