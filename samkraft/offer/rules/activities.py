"""What an activity is: its kind, how it starts, what a place in it tells about a person, and who gives the place."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class ActivityKind(StrEnum):
    """What an activity is for; the same words as the steps of a plan, so that a step can be matched."""

    MOTIVATING = "motivating"
    REHABILITATING = "rehabilitating"
    EDUCATION = "education"
    WORKPLACE = "workplace"
    MATCHING = "matching"
    PLANNING = "planning"
    OTHER = "other"


class StartForm(StrEnum):
    """Whether everybody begins on the same day, or each when there is a place."""

    JOINT = "joint"
    RUNNING = "running"


class DecidedBy(StrEnum):
    """Who gives the place. Until that is done an offer is on condition (villkorad)."""

    EMPLOYMENT_OFFICER = "employment_officer"
    LABOUR_MARKET_SECRETARY = "labour_market_secretary"
    OWNER = "owner"


KIND_NAMES = {
    ActivityKind.MOTIVATING: phrase("Motiverande"),
    ActivityKind.REHABILITATING: phrase("Rehabiliterande"),
    ActivityKind.EDUCATION: phrase("Utbildning"),
    ActivityKind.WORKPLACE: phrase("Arbetsplats"),
    ActivityKind.MATCHING: phrase("Matchning"),
    ActivityKind.PLANNING: phrase("Planering"),
    ActivityKind.OTHER: phrase("Annat"),
}
START_FORM_NAMES = {
    StartForm.JOINT: phrase("Gemensam start"),
    StartForm.RUNNING: phrase("Löpande intag"),
}
DECIDED_BY_NAMES = {
    DecidedBy.EMPLOYMENT_OFFICER: phrase("Arbetsförmedlaren beslutar"),
    DecidedBy.LABOUR_MARKET_SECRETARY: phrase("Arbetsmarknadssekreteraren beslutar"),
    DecidedBy.OWNER: phrase("Den som äger aktiviteten beslutar"),
}
# What a place tells about whoever has it: a category of what is known about people, so that only those whose work meets
# that category see the place. The words are those of `people`; a test compares them.
REVEALS = ("plan", "work", "education", "health", "care_plan", "benefit_case", "social_situation")

# What somebody must have to be able to take part, as codes with names; the matching names those that are missing.
PREREQUISITES = {
    "registered_at_af": phrase("Inskriven hos Arbetsförmedlingen"),
    "programme": phrase("Beslut om arbetsmarknadspolitiskt program"),
    "swedish_b": phrase("Svenska motsvarande sfi B"),
    "swedish_c": phrase("Svenska motsvarande sfi C"),
    "driving_licence": phrase("Körkort B"),
    "sick_pay": phrase("Sjukpenning på heltid"),
    "work_permit": phrase("Rätt att arbeta i Sverige"),
    "digital": phrase("Kan använda dator eller telefon själv"),
}
# What is there for whoever needs it.
ACCESS = {
    "step_free": phrase("Utan trappor"),
    "hearing_loop": phrase("Hörslinga"),
    "quiet_room": phrase("Vilorum"),
    "interpreter": phrase("Tolk på plats"),
    "easy_read": phrase("Lättläst material"),
    "part_days": phrase("Går att börja med halva dagar"),
}
# Why somebody stands before others in a queue, as codes; which class each gives is decided for each activity.
CRITERIA = {
    "twelve_months": phrase("Ekonomiskt bistånd och minst tolv månader inskriven hos Arbetsförmedlingen"),
    "both_supports": phrase("Både aktivitetsstöd och kompletterande försörjningsstöd"),
    "waited_before": phrase("Blev av med sin plats när ett tillfälle ställdes in"),
    "rule_limit": phrase("Tiden i insatsen tar snart slut"),
    "work_waiting": phrase("Har ett arbete eller en utbildning som väntar"),
}

WORDS_OF = {
    "kind": phrase("Slag"),
    "start_form": phrase("Start"),
    "decided_by": phrase("Vem som ger platsen"),
    "reveals": phrase("Vad en plats berättar"),
    "prerequisites": phrase("Förkunskaper"),
    "accessible": phrase("Tillgänglighet"),
    "languages": phrase("Språk"),
    "criteria": phrase("Turordning"),
}
LANGUAGES = {
    "sv": phrase("Svenska"),
    "sv-lt": phrase("Lätt svenska"),
    "en": phrase("Engelska"),
    "ar": phrase("Arabiska"),
    "so": phrase("Somaliska"),
    "fa": phrase("Persiska"),
    "uk": phrase("Ukrainska"),
}

UNKNOWN_CODE = Reason(
    "offer_unknown_code", phrase("{code} finns inte i listan {field}."), phrase("Välj något ur listan.")
)
NO_NAME = Reason("offer_no_name", phrase("Namnet saknas."), phrase("Skriv vad aktiviteten heter."))
NAME_TAKEN = Reason(
    "offer_name_taken", phrase("Det finns redan en aktivitet som heter {name}."), phrase("Välj ett annat namn.")
)
NO_SUCH_ACTIVITY = Reason("offer_no_activity", phrase("Aktiviteten finns inte."), phrase("Gå till katalogen."))
NOT_YOURS = Reason(
    "offer_not_yours",
    phrase("Aktiviteten hör till en annan organisation, eller så är du inte platssamordnare för den."),
    phrase("Be den som äger aktiviteten att göra det, eller att utse dig."),
)


def why_not_codes(codes: Iterable[str], known: Collection[str]) -> str:
    """The first code that is not in the list; empty when all are."""
    return next((code for code in codes if code not in known), "")
