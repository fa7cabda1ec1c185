"""Who is invited to meet an employer, what the employer is told, and what came of it: for the plan and for the exit."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.places import place_states
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Result(StrEnum):
    """What came of a recruitment meeting for one person."""

    NO_SHOW = "no_show"
    INTERVIEW = "interview"
    TRIAL = "trial"
    HIRED = "hired"
    NOT_NOW = "not_now"


class Reply(StrEnum):
    """What the person says about coming."""

    NONE = "none"
    YES = "yes"
    NO = "no"


class SaidBy(StrEnum):
    """Whose word a result is. Only staff's goes into the plan."""

    STAFF = "staff"
    EMPLOYER = "employer"


RESULT_NAMES = {
    Result.NO_SHOW: phrase("Kom inte"),
    Result.INTERVIEW: phrase("Kallas till intervju"),
    Result.TRIAL: phrase("Får prova"),
    Result.HIRED: phrase("Anställd"),
    Result.NOT_NOW: phrase("Inte den här gången"),
}
REPLY_NAMES = {
    Reply.NONE: phrase("Har inte svarat"),
    Reply.YES: phrase("Kommer"),
    Reply.NO: phrase("Kommer inte"),
}
# What can be told an employer before a meeting, of what is told about a place.
FIELDS = {code: place_states.FIELDS[code] for code in ("name", "phone", "email", "language", "interpreter")}
SAFE_FIELDS = frozenset({"interpreter"})
# With these a day on which it begins is asked for.
BEGINS = frozenset({Result.TRIAL, Result.HIRED})

UNKNOWN_FIELD = Reason(
    "recruitment_field",
    phrase("Den uppgiften lämnas inte till en arbetsgivare."),
    phrase("Välj bland dem som finns i listan. Fri text lämnas aldrig vidare."),
)
UNKNOWN_RESULT = Reason("recruitment_result", phrase("Det resultatet finns inte."), phrase("Välj ett i listan."))
NO_START = Reason(
    "recruitment_no_start", phrase("Det står inte när det börjar."), phrase("Skriv dagen, eller den dag som är tänkt.")
)
REASONS = {
    reason.code: reason
    for reason in (
        Reason(
            "recruitment_over",
            phrase("Rekryteringsmötet har börjat, är inställt eller finns inte."),
            phrase("Ladda om sidan och välj ett annat möte."),
        ),
        Reason(
            "recruitment_full",
            phrase("Alla platser på mötet är tagna."),
            phrase("Fråga arbetsgivaren om fler kan komma, eller välj ett annat möte."),
        ),
        Reason("recruitment_already", phrase("Personen är redan inbjuden till det mötet."), phrase("Ladda om sidan.")),
        Reason(
            "recruitment_ended",
            phrase("Inbjudan gäller inte längre."),
            phrase("Bjud in igen om personen ska komma ändå."),
        ),
        Reason(
            "recruitment_not_begun",
            phrase("Mötet har inte börjat än."),
            phrase("Skriv resultatet när mötet har varit."),
        ),
        Reason(
            "recruitment_long_ago",
            phrase("Mötet var för länge sedan för att ni ska kunna svara här."),
            phrase("Hör av er till den som bjöd in."),
        ),
        Reason(
            "recruitment_begins_before",
            phrase("Anställningen kan inte börja före mötet."),
            phrase("Rätta dagen."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Becomes:
    """What the step about a recruitment meeting becomes, and the step that follows it, if any: title and first day."""

    state: StepState
    result: str
    next_title: str = ""
    next_from: date | None = None


def title_of(employer: str) -> str:
    """What the step is called in the plan."""
    return f"Rekryteringsmöte hos {employer}"[:200]


def becomes(result: Result, employer: str, start_date: date | None) -> Becomes:
    """What a result means for the plan. A job is left to the exit, which somebody decides on."""
    words = {
        Result.NO_SHOW: "Kom inte till mötet.",
        Result.INTERVIEW: "Kallas till intervju.",
        Result.TRIAL: "Får prova på arbetsplatsen.",
        Result.HIRED: "Anställd.",
        Result.NOT_NOW: "Inte den här gången.",
    }[result]
    follows = {
        Result.INTERVIEW: f"Intervju hos {employer}",
        Result.TRIAL: f"Provperiod hos {employer}",
        Result.HIRED: f"Börja arbeta hos {employer}",
    }.get(result, "")
    state = StepState.DROPPED if result is Result.NO_SHOW else StepState.DONE
    return Becomes(state, words, follows[:200], start_date if result in BEGINS else None)
