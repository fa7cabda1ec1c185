"""An application to Ung i sommar: what is asked, what is refused, and in which group of the lot it falls."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samkraft.offer.rules import summer_rounds, working_time
from samkraft.offer.rules.summer_rounds import Strata
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Ground(StrEnum):
    """Why somebody has a place before the lot is drawn. Decided by those who hold the round, one at a time."""

    ADAPTATION = "adaptation"
    SUPPORT = "support"
    RECOMMENDED = "recommended"


GROUND_NAMES = {
    Ground.ADAPTATION: phrase("Behöver en anpassad plats"),
    Ground.SUPPORT: phrase("Hushållet har ekonomiskt bistånd"),
    Ground.RECOMMENDED: phrase("Föreslagen av skola eller socialtjänst"),
}
# Letters and figures that are not mistaken for each other when they are read aloud.
CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
MOST_WISHES = 5

CLOSED = Reason(
    "summer_closed", phrase("Ansökan är stängd. Den var öppen till och med {date}."), phrase("Välkommen nästa år.")
)
NOT_OPEN_YET = Reason(
    "summer_not_open_yet", phrase("Ansökan har inte öppnat än. Den öppnar {date}."), phrase("Kom tillbaka då.")
)
NAME_MISSING = Reason("summer_name_missing", phrase("Namnet saknas."), phrase("Skriv både förnamn och efternamn."))
NO_WAY_TO_REACH = Reason(
    "summer_no_way_to_reach", phrase("Vi behöver din e-postadress eller ditt mobilnummer."), phrase("Skriv det ena.")
)
GUARDIAN_MISSING = Reason(
    "summer_guardian_missing",
    phrase("Du är under 18 år. Då behöver vi veta vem som är din vårdnadshavare."),
    phrase("Skriv namn och e-post för varje vårdnadshavare. Har du två behöver båda säga ja."),
)
SAME_GUARDIAN = Reason(
    "summer_same_guardian",
    phrase("Vårdnadshavarna har samma e-postadress."),
    phrase("Var och en ska få en egen länk. Skriv två olika adresser."),
)
GUARDIAN_IS_SELF = Reason(
    "summer_guardian_is_self",
    phrase("Vårdnadshavaren har samma e-postadress som du."),
    phrase("Skriv vårdnadshavarens egen adress."),
)
TOO_MANY_WISHES = Reason(
    "summer_too_many_wishes", phrase("Du kan önska högst {most} arbetsplatser."), phrase("Ta bort någon.")
)
NO_SUCH_WISH = Reason(
    "summer_no_such_wish", phrase("En av arbetsplatserna finns inte i omgången."), phrase("Välj i listan.")
)
UNKNOWN_SCHOOL_YEAR = Reason("summer_unknown_school_year", phrase("Välj vilken årskurs du går i."), "")
NUMBER_WITHOUT_DAY = Reason(
    "summer_number_without_day",
    phrase("Numret säger inte vilken dag du är född."),
    phrase("Skriv till oss, så hjälper vi dig att söka."),
)
OTHER_HOURS = Reason(
    "summer_other_hours",
    phrase("Timmarna i andra jobb ska vara mellan 0 och {most} i veckan."),
    phrase("Räkna ihop timmarna och skriv igen."),
)
LIST_PUBLISHED = Reason(
    "summer_list_published",
    phrase("Listan till lottningen är publicerad. Den går inte att ändra."),
    phrase("Den som inte kom med kan sättas i kö efter reserverna i nästa omgång."),
)
LINK_NOT_VALID = Reason(
    "summer_link_not_valid",
    phrase("Länken går inte att använda. Den kan vara för gammal."),
    phrase("Be om en ny länk på sidan om Ung i sommar."),
)


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian as the young person names them."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """What the form asks for. Birth and sex come from the number, which is read where it is typed."""

    given_name: str
    family_name: str
    born: date
    sex: str
    school_year: str
    phone: str = ""
    email: str = ""
    district: str = ""
    guardians: tuple[Guardian, ...] = ()
    other_hours_a_week: float = 0.0

    @property
    def has_finished_school(self) -> bool:
        """Whether compulsory school is finished by the summer."""
        return self.school_year in {one.value for one in summer_rounds.LEAVES_COMPULSORY_SCHOOL}

    @property
    def worker(self) -> working_time.Worker:
        """As the working-time rules see them. A week's other hours fall on five days."""
        week = round(self.other_hours_a_week * 60)
        return working_time.Worker(self.born, self.has_finished_school, week // 5, week)


MOST_OTHER_HOURS = 40


def why_not_send(
    application: Application, limits: summer_rounds.Limits, *, first_day: date
) -> tuple[Reason, dict[str, object]] | None:
    """None when the application can be sent; else the first thing that is wrong, with its details."""
    if not application.given_name.strip() or not application.family_name.strip():
        return NAME_MISSING, {}
    if application.school_year not in {one.value for one in summer_rounds.SchoolYear}:
        return UNKNOWN_SCHOOL_YEAR, {}
    if reason := summer_rounds.why_not_apply(limits, born=application.born, school_year=application.school_year):
        year = summer_rounds.SCHOOL_YEAR_NAMES[summer_rounds.SchoolYear(application.school_year)]
        return reason, {"first": limits.born_from, "last": limits.born_to, "school_year": year}
    if not application.email and not application.phone:
        return NO_WAY_TO_REACH, {}
    if not 0 <= application.other_hours_a_week <= MOST_OTHER_HOURS:
        return OTHER_HOURS, {"most": MOST_OTHER_HOURS}
    if working_time.is_minor(application.born, first_day):
        return _why_not_guardians(application)
    return None


def _why_not_guardians(application: Application) -> tuple[Reason, dict[str, object]] | None:
    named = application.guardians
    if not named or any(not one.name.strip() or not (one.email or one.phone) for one in named):
        return GUARDIAN_MISSING, {}
    emails = [one.email.casefold() for one in named if one.email]
    if len(set(emails)) < len(emails):
        return SAME_GUARDIAN, {}
    return (GUARDIAN_IS_SELF, {}) if application.email and application.email.casefold() in emails else None


def why_not_now(opens: datetime, closes: datetime, at: datetime) -> Reason | None:
    """None while the round takes applications."""
    if at < opens:
        return NOT_OPEN_YET
    return CLOSED if at >= closes else None


def stratum(application: Application, strata: str) -> str:
    """The group of the lot that somebody falls in."""
    if strata == Strata.SEX.value:
        return application.sex
    return application.school_year if strata == Strata.SCHOOL_YEAR.value else ""


def code(numbers: bytes) -> str:
    """A code of eight signs from eight random bytes: XXXX-XXXX. It says nothing about anybody."""
    signs = "".join(CODE_SIGNS[number % len(CODE_SIGNS)] for number in numbers[:8])
    return f"{signs[:4]}-{signs[4:]}"
