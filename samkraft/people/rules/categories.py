"""Which kinds of information there are about a person, how each may leave its area, and which roles meet it at work.

A closed list: what may be handed over must be possible to name in a consent. The same rows are loaded into the
database, where the policies read them.
"""

from dataclasses import dataclass
from enum import StrEnum

from samkraft.partners.rules.roles import Role
from samkraft.values.wording import phrase


class Release(StrEnum):
    """How information of a category leaves the area that wrote it, when there is a basis for it."""

    STANDING = "standing"  # each new version as it is written, for as long as the basis stands
    PER_ITEM = "per_item"  # one item at a time, by an officer who has thought about it
    NEVER = "never"


class Category(StrEnum):
    """One category. The value is stored."""

    ENROLMENT = "enrolment"
    CONTACT = "contact"
    PLAN = "plan"
    WORK = "work"
    EDUCATION = "education"
    REFERRAL = "referral"
    INCOME_SOURCE = "income_source"
    BENEFIT_CASE = "benefit_case"
    HEALTH = "health"
    CARE_PLAN = "care_plan"
    SOCIAL_SITUATION = "social_situation"
    OWN_NOTES = "own_notes"


@dataclass(frozen=True, slots=True)
class CategoryDescription:
    """A category in words, as it is written in a consent."""

    name: str
    says: str
    release: Release
    sensitive: bool = False


C = Category
CATEGORIES: dict[Category, CategoryDescription] = {
    C.ENROLMENT: CategoryDescription(
        phrase("Deltagandet"),
        phrase(
            "Att du deltar, ditt team, din processledare, din fas, tider för möten, tidrapporter och när du slutar."
        ),
        Release.STANDING,
    ),
    C.CONTACT: CategoryDescription(
        phrase("Kontaktuppgifter"), phrase("Namn, språk, telefon och e-post."), Release.STANDING
    ),
    C.PLAN: CategoryDescription(
        phrase("Planen"), phrase("Behov, mål, steg, resultat och anteckningar från gemensamma möten."), Release.STANDING
    ),
    C.WORK: CategoryDescription(
        phrase("Arbete"), phrase("Vad du har arbetat med och vad du kan och vill arbeta med."), Release.STANDING
    ),
    C.EDUCATION: CategoryDescription(phrase("Utbildning"), phrase("Skola, kurser, språk och intyg."), Release.STANDING),
    C.REFERRAL: CategoryDescription(
        phrase("Remittering och anvisning"),
        phrase("Vem som föreslog att du skulle delta, och varför."),
        Release.PER_ITEM,
        sensitive=True,
    ),
    C.INCOME_SOURCE: CategoryDescription(
        phrase("Försörjning"), phrase("Vad du lever på."), Release.PER_ITEM, sensitive=True
    ),
    C.BENEFIT_CASE: CategoryDescription(
        phrase("Ersättningsärende"),
        phrase("Ärenden om ersättning, sjukpenning eller bistånd."),
        Release.PER_ITEM,
        sensitive=True,
    ),
    C.HEALTH: CategoryDescription(
        phrase("Hälsa"), phrase("Vad som påverkar vad du orkar och kan."), Release.PER_ITEM, sensitive=True
    ),
    C.CARE_PLAN: CategoryDescription(
        phrase("Vårdplan"), phrase("Behandling och vårdens plan."), Release.PER_ITEM, sensitive=True
    ),
    C.SOCIAL_SITUATION: CategoryDescription(
        phrase("Social situation"), phrase("Bostad, familj, ekonomi och skulder."), Release.PER_ITEM, sensitive=True
    ),
    C.OWN_NOTES: CategoryDescription(
        phrase("Myndighetens egna anteckningar"),
        phrase("Underlag för den egna akten. Lämnas aldrig härifrån."),
        Release.NEVER,
        sensitive=True,
    ),
}

_DAILY = frozenset({C.ENROLMENT, C.CONTACT, C.PLAN, C.WORK, C.EDUCATION, C.REFERRAL, C.OWN_NOTES})

# What a role reads of what its own area holds, on the cases it is on. What it writes is the same, unless said below.
READS: dict[Role, frozenset[Category]] = {
    Role.EMPLOYMENT_OFFICER: _DAILY | {C.INCOME_SOURCE, C.BENEFIT_CASE, C.HEALTH, C.SOCIAL_SITUATION},
    Role.SOCIAL_SECRETARY: frozenset(Category),
    Role.LABOUR_MARKET_SECRETARY: _DAILY | {C.INCOME_SOURCE, C.BENEFIT_CASE, C.HEALTH},
    Role.INSURANCE_OFFICER: _DAILY | {C.INCOME_SOURCE, C.BENEFIT_CASE, C.HEALTH},
    Role.CARE_COORDINATOR: _DAILY | {C.HEALTH, C.CARE_PLAN, C.SOCIAL_SITUATION},
    Role.STUDY_COUNSELLOR: _DAILY - {C.REFERRAL},
    # Who closes the month meets names and hours, and nothing that is said about the person.
    Role.PROJECT_ADMINISTRATOR: frozenset({C.ENROLMENT, C.CONTACT}),
}
# Who reads something without writing it.
_READS_ONLY: dict[Role, frozenset[Category]] = {
    Role.EMPLOYMENT_OFFICER: frozenset({C.SOCIAL_SITUATION}),
    Role.LABOUR_MARKET_SECRETARY: frozenset({C.HEALTH}),
    Role.PROJECT_ADMINISTRATOR: frozenset({C.CONTACT}),
}
WRITES: dict[Role, frozenset[Category]] = {
    role: reads - _READS_ONLY.get(role, frozenset()) for role, reads in READS.items()
}


def release_of(category: str) -> Release:
    """How the category leaves its area."""
    return CATEGORIES[Category(category)].release


def may_be_released(category: str) -> bool:
    """Whether anything of the category can ever be handed over from here."""
    return release_of(category) is not Release.NEVER
