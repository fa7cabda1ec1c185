"""What a consent must say to be one: which parties, which information, what for and how long, and who gave it.

It is asked, never demanded, and can always be taken back (OSL 10 kap. 1 § with 12 kap. 2 §). It is not the consent of
the data-protection regulation, and not the one that the register of the coordination associations asks for.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules.categories import Category, may_be_released
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

REMIND_DAYS_BEFORE = 30
LONGEST_YEARS = 4
TEXT_VERSION = "1"
TEXT = phrase(
    "Läs tillsammans: Du bestämmer själv. Du kan säga nej utan att det påverkar din ersättning eller din plats, "
    "och du kan ta tillbaka det när du vill. "
    "En del måste myndigheter lämna till varandra ändå, när lagen säger det: till exempel om ett barn kan fara illa."
)
# The languages in which the text exists. In any other somebody interprets it for the person, and is named.
TEXT_LANGUAGES = {"sv": phrase("svenska"), "en": phrase("engelska")}
# What it is often read in besides; another language is written out. Codes as BCP 47.
READ_LANGUAGES = {
    **TEXT_LANGUAGES,
    "ar": phrase("arabiska"),
    "so": phrase("somaliska"),
    "fa": phrase("persiska"),
    "prs": phrase("dari"),
    "uk": phrase("ukrainska"),
    "ti": phrase("tigrinja"),
    "ku": phrase("kurdiska"),
    "sq": phrase("albanska"),
    "bs": phrase("bosniska, kroatiska eller serbiska"),
    "tr": phrase("turkiska"),
    "pl": phrase("polska"),
    "es": phrase("spanska"),
    "sgn": phrase("teckenspråk"),
}


class How(StrEnum):
    """How it was given. No form is demanded by law, but there must be no doubt."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    ORAL = "oral"


class GiverGround(StrEnum):
    """By what right the giver speaks for the person."""

    SELF = "self"
    GOD_MAN = "god_man"
    FORVALTARE = "forvaltare"
    FUTURE_POWER = "framtidsfullmakt"
    PROXY = "ombud"
    GUARDIAN = "guardian"


HOW_NAMES = {
    How.PAPER: phrase("På papper, undertecknat"),
    How.ELECTRONIC: phrase("Digitalt, med e-legitimation"),
    How.ORAL: phrase("Muntligt, antecknat här"),
}
GROUND_NAMES = {
    GiverGround.SELF: phrase("Personen själv"),
    GiverGround.GOD_MAN: phrase("God man"),
    GiverGround.FORVALTARE: phrase("Förvaltare"),
    GiverGround.FUTURE_POWER: phrase("Den som har framtidsfullmakt"),
    GiverGround.PROXY: phrase("Ombud med fullmakt"),
    GiverGround.GUARDIAN: phrase("Vårdnadshavare"),
}

NO_CATEGORY = Reason(
    "consent_without_category",
    phrase("Samtycket säger inte vilka uppgifter det gäller."),
    phrase("Kryssa för minst ett slag."),
)
CANNOT_BE_RELEASED = Reason(
    "consent_for_what_never_leaves",
    phrase("{category} kan inte lämnas ut härifrån, inte ens med samtycke."),
    phrase("Ta bort det slaget."),
)
TO_ITSELF = Reason(
    "consent_to_itself", phrase("Mottagaren är er egen myndighet."), phrase("Välj vem som ska få uppgifterna.")
)
NO_PURPOSE = Reason(
    "consent_without_purpose",
    phrase("Samtycket säger inte vad uppgifterna ska användas till."),
    phrase("Skriv det så att personen känner igen det."),
)
NO_GIVER = Reason("consent_without_giver", phrase("Skriv vem som gav samtycket."), "")
NO_SCOPE = Reason(
    "representative_without_scope",
    phrase("Den som företräder någon behöver ett uppdrag som räcker till det här."),
    phrase("Skriv vad uppdraget omfattar och var det står."),
)
LAPSED = Reason(
    "consent_lapsed", phrase("Samtycket skulle redan ha gått ut den {last_date}."), phrase("Ändra sista dagen.")
)
TOO_LONG = Reason(
    "consent_too_long",
    phrase("Ett samtycke gäller en viss tid. {last_date} är för långt fram."),
    phrase("Välj en dag inom fyra år. Vanligt är insatsen och sex månader till."),
)
NOBODY_READ_IT = Reason(
    "consent_text_not_in_language",
    phrase("Samtyckestexten finns på svenska och engelska, inte på det språk som den lästes på."),
    phrase("Skriv vem som tolkade eller läste den på språket. Förstod personen den på svenska, välj svenska."),
)
UNKNOWN_CHOICE = Reason(
    "consent_unknown_choice", phrase("Ett val går inte att förstå."), phrase("Ladda om sidan och välj igen.")
)
STANDS_ALREADY = Reason(
    "consent_stands_already",
    phrase("Det finns redan ett samtycke som gäller för något av det."),
    phrase("Ta bort de slag som redan gäller, eller ta tillbaka det gamla först."),
)
STANDS_ALREADY_WITH = Reason(
    "consent_stands_already_with",
    phrase("Redan samtyckt till något av det: {whom}. Inget är registrerat, inte heller till de andra."),
    phrase("Ta bort den mottagaren eller de slag som redan gäller, eller ta tillbaka det gamla först."),
)
NAMED_TWICE = Reason(
    "consent_to_the_same_twice", phrase("Samma mottagare är vald två gånger."), phrase("Välj varje mottagare en gång.")
)
NOTHING_TO_WITHDRAW = Reason(
    "nothing_to_withdraw", phrase("Samtycket gäller inte längre."), phrase("Ladda om sidan för att se vad som gäller.")
)


def code_of(language: str) -> str:
    """The code of a language that was written out, as on a person's card; empty when it is none of those listed."""
    wanted = language.strip().casefold()
    return next((code for code, name in READ_LANGUAGES.items() if wanted in (code, name.casefold())), "")


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """A consent as it is about to be registered by the area that will hand over. `last_date` is its last day."""

    to_area_id: UUID
    categories: tuple[str, ...]
    purpose: str
    last_date: date
    giver: str
    how: str = How.PAPER
    giver_ground: str = GiverGround.SELF
    giver_scope: str = ""
    language: str = "sv"
    text_version: str = TEXT_VERSION
    interpreter: str = ""
    document: str = ""
    given_at: datetime | None = None


def require(draft: ConsentDraft, *, own_area_id: UUID, today: date) -> None:
    """Raise Refused, naming what is missing or wrong."""
    if not draft.categories:
        raise Refused(NO_CATEGORY)
    if draft.how not in set(How) or draft.giver_ground not in set(GiverGround):
        raise Refused(UNKNOWN_CHOICE)
    for category in draft.categories:
        if category not in set(Category):
            raise Refused(UNKNOWN_CHOICE)
        if not may_be_released(category):
            raise Refused(CANNOT_BE_RELEASED, category=category)
    if draft.to_area_id == own_area_id:
        raise Refused(TO_ITSELF)
    if not draft.purpose.strip():
        raise Refused(NO_PURPOSE)
    if not draft.giver.strip():
        raise Refused(NO_GIVER)
    if draft.giver_ground != GiverGround.SELF and not draft.giver_scope.strip():
        raise Refused(NO_SCOPE)
    if draft.language not in TEXT_LANGUAGES and not draft.interpreter.strip():
        raise Refused(NOBODY_READ_IT)
    if draft.last_date < today:
        raise Refused(LAPSED, last_date=draft.last_date)
    if draft.last_date > date(today.year + LONGEST_YEARS, today.month, min(today.day, 28)):
        raise Refused(TOO_LONG, last_date=draft.last_date)
