"""What somebody has studied and is going to study: the highest education with its source, and the study plan.

A study plan is made by a study counsellor together with the person, and changed and ended by new versions. How the studies may
be paid for is said in general terms: what tells of a benefit case or of what somebody lives on is written in those categories.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.people.rules.contents.fields import When, Writing, said
from samkraft.people.rules.contents.following import Schooling
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

PLAN_ENDS_WITHOUT_DAY = Reason(
    "study_plan_ends_without_day",
    phrase("Studieplanen är avslutad, men det står inte vilken dag."),
    phrase("Skriv dagen."),
)


class KnownFrom(StrEnum):
    """Where a level of education is known from."""

    OWN_WORDS = "own_words"
    CERTIFICATE = "certificate"
    REGISTER = "register"
    ASSESSED_ABROAD = "assessed_abroad"
    MAPPING = "mapping"


class StudyLevel(StrEnum):
    """What somebody is to study."""

    SFI = "sfi"
    BASIC = "basic"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    FOLK_HIGH_SCHOOL = "folk_high_school"
    HIGHER_VOCATIONAL = "higher_vocational"
    HIGHER = "higher"


class StudyFunding(StrEnum):
    """How the studies may be paid for. What is another public support stands as something else."""

    STUDY_AID = "study_aid"
    STUDY_START_SUPPORT = "study_start_support"
    TRANSITION_AID = "transition_aid"
    EMPLOYER = "employer"
    OTHER = "other"
    OPEN = "open"


class StudyPlanState(StrEnum):
    """Where a study plan is; which moves there are stands in `states`."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Educated:
    """The highest education that somebody has finished, a foreign one as its Swedish level, and where that is known from."""

    level: Schooling = said(phrase("Högsta avslutade utbildning"))
    is_foreign: bool = said(phrase("Utbildningen är från ett annat land"), default=False)
    finished_year: int | None = said(phrase("Avslutad år"), default=None, least=1930, most=2100)
    source: KnownFrom = said(phrase("Källa"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """What the person is going to study and when. `extent` is per cent of full time; `made_on` when it was talked through.

    `with_whom` are those who made it with the participant and the author.
    """

    direction: str = said(phrase("Inriktning"))
    level: StudyLevel = said(phrase("Nivå"))
    school: str = said(phrase("Skola eller anordnare"), default="")
    starts_on: date | None = said(phrase("Studiestart"), default=None)
    extent: int | None = said(phrase("Omfattning i procent av heltid"), default=None, least=1, most=100)
    funding: tuple[StudyFunding, ...] = said(phrase("Tänkt finansiering"), default=(), most=6)
    steps: str = said(phrase("Vägen dit"), default="", writing=Writing.TEXT, most=5_000)
    made_on: date = said(phrase("Gjord tillsammans med deltagaren"), when=When.PAST)
    with_whom: tuple[str, ...] = said(phrase("Fler som var med"), default=(), key="with", most=10)
    state: StudyPlanState = said(phrase("Läge"))
    ended_on: date | None = said(phrase("Avslutad"), default=None, when=When.PAST)
    result: str = said(phrase("Hur det gick"), default="", writing=Writing.TEXT, most=2_000)

    def check(self) -> None:
        """Raise Refused when it has ended on no day."""
        if self.state is StudyPlanState.ENDED and self.ended_on is None:
            raise Refused(PLAN_ENDS_WITHOUT_DAY)
