"""The closed lists that contents choose from, each with its Swedish name."""

from enum import StrEnum

from samkraft.partners.rules.roles import Role
from samkraft.people.rules.categories import Category
from samkraft.people.rules.contents.following import Busy, Direction, Leaving, Occasion, Schooling, Support
from samkraft.people.rules.contents.studying import KnownFrom, StudyFunding, StudyLevel, StudyPlanState
from samkraft.values.identity_number import Sex
from samkraft.values.wording import phrase


class HowReferred(StrEnum):
    """Each authority has a routine of its own, and anyone may ask to take part."""

    ASSIGNED = "anvisning"
    REFERRED = "remittering"
    OWN_APPLICATION = "own_application"


class ReferralEnding(StrEnum):
    """Why nobody goes on with a referral."""

    WITHDRAWN = "withdrawn"
    NOT_ELIGIBLE = "not_eligible"
    MOVED = "moved"
    OTHER_SUPPORT = "other_support"
    OTHER = "other"


class LifeArea(StrEnum):
    """What an item of the assessment is about."""

    WORK = "work"
    EDUCATION = "education"
    LANGUAGE = "language"
    INCOME = "income"
    BENEFIT = "benefit"
    HEALTH = "health"
    CARE = "care"
    HOUSING = "housing"
    FAMILY = "family"
    DEBTS = "debts"
    EVERYDAY = "everyday"


class StepKind(StrEnum):
    """What a step is for."""

    MOTIVATING = "motivating"
    REHABILITATING = "rehabilitating"
    EDUCATION = "education"
    WORKPLACE = "workplace"
    MATCHING = "matching"
    PLANNING = "planning"
    OTHER = "other"


class StepState(StrEnum):
    """Where a step is; which moves there are stands in `states`."""

    PLANNED = "planned"
    WAITING = "waiting"
    ONGOING = "ongoing"
    DONE = "done"
    DROPPED = "dropped"


class Order(StrEnum):
    """How a step stands to those before it."""

    SEQUENCE = "sequence"
    PARALLEL = "parallel"


class Waited(StrEnum):
    """Whom a step or a message waits on."""

    US = "us"
    PARTICIPANT = "participant"
    BODY = "body"
    NONE = "none"


class Purpose(StrEnum):
    """Why a meeting is held."""

    START = "start"
    BEFORE_ACTIVITY = "before_activity"
    AFTER_ACTIVITY = "after_activity"
    PHASE = "phase"
    FOLLOW_UP = "follow_up"
    PLANNING = "planning"


class MeetingState(StrEnum):
    """Where a meeting is."""

    BOOKED = "booked"
    HELD = "held"
    CANCELLED = "cancelled"


class Closing(StrEnum):
    """How a point of the minutes ended."""

    DECIDED = "decided"
    MOVED = "moved"
    DROPPED = "dropped"


class Contact(StrEnum):
    """How staff and participant were in touch."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    DIGITAL = "digital"


class Agreeing(StrEnum):
    """How somebody said yes to a version of the plan."""

    IN_PERSON = "in_person"
    PAPER = "paper"
    DIGITAL = "digital"


class HandedIn(StrEnum):
    """How the time report came."""

    PAPER = "paper"
    DIGITAL = "digital"
    ATTENDANCE = "attendance"


class Answer(StrEnum):
    """Of a request that somebody else decides."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class HandoverState(StrEnum):
    """Of a hand-over."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class PauseReason(StrEnum):
    """A kind, not a story. It is kept beside the pause, in the category that it reveals (`rules.details`)."""

    ILLNESS = "illness"
    PARENTAL_LEAVE = "parental_leave"
    TRAVEL = "travel"
    OTHER = "other"
    NOT_TOLD = "not_told"


class Outcome(StrEnum):
    """Where the person goes on."""

    WORK = "work"
    STUDIES = "studies"
    COOPERATION = "af_fk_cooperation"
    SICKNESS_COMPENSATION = "sickness_compensation"
    MOVED = "moved"
    OTHER = "other"


class FollowUpState(StrEnum):
    """Of a follow-up after the exit."""

    DUE = "due"
    DONE = "done"
    NOT_REACHED = "not_reached"


class OwnSystem(StrEnum):
    """An officer's own system, where the authority's own file is kept."""

    AIS = "AIS"
    PROCAPITA = "Procapita"
    FK = "FK"
    JOURNAL = "journal"


# Where each profession keeps its own authority's file.
SYSTEM_OF_ROLE = {
    Role.EMPLOYMENT_OFFICER: OwnSystem.AIS,
    Role.SOCIAL_SECRETARY: OwnSystem.PROCAPITA,
    Role.LABOUR_MARKET_SECRETARY: OwnSystem.PROCAPITA,
    Role.INSURANCE_OFFICER: OwnSystem.FK,
    Role.CARE_COORDINATOR: OwnSystem.JOURNAL,
    Role.STUDY_COUNSELLOR: OwnSystem.PROCAPITA,
}
LIFE_AREA_CATEGORY = {
    LifeArea.WORK: Category.WORK,
    LifeArea.EDUCATION: Category.EDUCATION,
    LifeArea.LANGUAGE: Category.EDUCATION,
    LifeArea.INCOME: Category.INCOME_SOURCE,
    LifeArea.BENEFIT: Category.BENEFIT_CASE,
    LifeArea.HEALTH: Category.HEALTH,
    LifeArea.CARE: Category.CARE_PLAN,
    LifeArea.HOUSING: Category.SOCIAL_SITUATION,
    LifeArea.FAMILY: Category.SOCIAL_SITUATION,
    LifeArea.DEBTS: Category.SOCIAL_SITUATION,
    LifeArea.EVERYDAY: Category.SOCIAL_SITUATION,
}

_NAMES: tuple[tuple[StrEnum, str], ...] = (
    (Sex.WOMAN, phrase("Kvinna")),
    (Sex.MAN, phrase("Man")),
    (HowReferred.ASSIGNED, phrase("Anvisning")),
    (HowReferred.REFERRED, phrase("Remittering")),
    (HowReferred.OWN_APPLICATION, phrase("Egen ansökan")),
    (LifeArea.WORK, phrase("Arbete")),
    (LifeArea.EDUCATION, phrase("Utbildning")),
    (LifeArea.LANGUAGE, phrase("Språk")),
    (LifeArea.INCOME, phrase("Försörjning")),
    (LifeArea.BENEFIT, phrase("Ersättningsärende")),
    (LifeArea.HEALTH, phrase("Hälsa")),
    (LifeArea.CARE, phrase("Vård och behandling")),
    (LifeArea.HOUSING, phrase("Bostad")),
    (LifeArea.FAMILY, phrase("Familj")),
    (LifeArea.DEBTS, phrase("Ekonomi och skulder")),
    (LifeArea.EVERYDAY, phrase("Vardag och nätverk")),
    (StepKind.MOTIVATING, phrase("Motiverande")),
    (StepKind.REHABILITATING, phrase("Rehabiliterande")),
    (StepKind.EDUCATION, phrase("Utbildning")),
    (StepKind.WORKPLACE, phrase("På en arbetsplats")),
    (StepKind.MATCHING, phrase("Matchning mot arbete")),
    (StepKind.PLANNING, phrase("Planering")),
    (StepKind.OTHER, phrase("Annat")),
    (StepState.PLANNED, phrase("planerat")),
    (StepState.WAITING, phrase("väntar")),
    (StepState.ONGOING, phrase("pågår")),
    (StepState.DONE, phrase("klart")),
    (StepState.DROPPED, phrase("utgår")),
    (Order.SEQUENCE, phrase("Efter steget före")),
    (Order.PARALLEL, phrase("Samtidigt som andra steg")),
    (Waited.US, phrase("Oss")),
    (Waited.PARTICIPANT, phrase("Deltagaren")),
    (Waited.BODY, phrase("En annan part")),
    (Waited.NONE, phrase("Ingen")),
    (Purpose.START, phrase("Startmöte")),
    (Purpose.BEFORE_ACTIVITY, phrase("Före aktivitet")),
    (Purpose.AFTER_ACTIVITY, phrase("Efter aktivitet")),
    (Purpose.PHASE, phrase("Fasbyte")),
    (Purpose.FOLLOW_UP, phrase("Uppföljning")),
    (Purpose.PLANNING, phrase("Planeringsmöte")),
    (MeetingState.BOOKED, phrase("bokat")),
    (MeetingState.HELD, phrase("hållet")),
    (MeetingState.CANCELLED, phrase("inställt")),
    (Closing.DECIDED, phrase("beslutat")),
    (Closing.MOVED, phrase("flyttat till nästa möte")),
    (Closing.DROPPED, phrase("utgår")),
    (Contact.PHONE, phrase("Telefon")),
    (Contact.VISIT, phrase("Besök")),
    (Contact.LETTER, phrase("Brev")),
    (Contact.DIGITAL, phrase("Digitalt")),
    (Agreeing.IN_PERSON, phrase("Muntligt, på plats")),
    (Agreeing.PAPER, phrase("På papper")),
    (Agreeing.DIGITAL, phrase("Digitalt")),
    (HandedIn.PAPER, phrase("På papper")),
    (HandedIn.DIGITAL, phrase("Digitalt")),
    (HandedIn.ATTENDANCE, phrase("Ur närvaron, bekräftad av deltagaren")),
    (Occasion.START, phrase("Vid start")),
    (Occasion.QUARTER, phrase("Var tredje månad")),
    (Occasion.EXIT, phrase("Vid avslut")),
    (Direction.ENTRY, phrase("Inregistrering")),
    (Direction.EXIT, phrase("Utregistrering")),
    (Support.NONE, phrase("Ingen offentlig försörjning")),
    (Support.ASSISTANCE, phrase("Ekonomiskt bistånd")),
    (Support.ACTIVITY, phrase("Aktivitetsstöd eller utvecklingsersättning")),
    (Support.UNEMPLOYMENT, phrase("Arbetslöshetsersättning")),
    (Support.ESTABLISHMENT, phrase("Etableringsersättning")),
    (Support.SICKNESS, phrase("Sjukpenning")),
    (Support.REHABILITATION, phrase("Rehabiliteringspenning")),
    (Support.COMPENSATION, phrase("Sjukersättning eller aktivitetsersättning")),
    (Schooling.NONE, phrase("Ingen avslutad grundskola")),
    (Schooling.COMPULSORY, phrase("Grundskola")),
    (Schooling.SECONDARY, phrase("Gymnasium")),
    (Schooling.HIGHER_SHORT, phrase("Eftergymnasial utbildning kortare än tre år")),
    (Schooling.HIGHER_LONG, phrase("Eftergymnasial utbildning tre år eller längre")),
    (Busy.WORKS, phrase("Arbetar")),
    (Busy.STUDIES, phrase("Studerar")),
    (Busy.SEEKS, phrase("Söker aktivt arbete")),
    (Busy.OTHER, phrase("Annat")),
    (Leaving.COMPLETED, phrase("Slutförd insats")),
    (Leaving.BROKEN_OFF, phrase("Avbröts i förtid")),
    (Leaving.MOVED, phrase("Flytt")),
    (Leaving.ILL, phrase("Sjukdom")),
    (Leaving.REGISTERED_WRONGLY, phrase("Felregistrering")),
    (Leaving.OTHER, phrase("Annat")),
    (Answer.ASKED, phrase("begärd")),
    (Answer.GRANTED, phrase("beviljad")),
    (Answer.REFUSED, phrase("avslagen")),
    (HandoverState.ASKED, phrase("begärd")),
    (HandoverState.ACCEPTED, phrase("mottagen")),
    (HandoverState.REFUSED, phrase("inte mottagen")),
    (PauseReason.ILLNESS, phrase("Sjukdom")),
    (PauseReason.PARENTAL_LEAVE, phrase("Föräldraledighet")),
    (PauseReason.TRAVEL, phrase("Resa")),
    (PauseReason.OTHER, phrase("Annat")),
    (PauseReason.NOT_TOLD, phrase("Anges inte")),
    (Outcome.WORK, phrase("Arbete")),
    (Outcome.STUDIES, phrase("Studier")),
    (Outcome.COOPERATION, phrase("Samarbete mellan Arbetsförmedlingen och Försäkringskassan")),
    (Outcome.SICKNESS_COMPENSATION, phrase("Sjukersättning")),
    (Outcome.MOVED, phrase("Flyttat")),
    (Outcome.OTHER, phrase("Annat")),
    (ReferralEnding.WITHDRAWN, phrase("Personen vill inte delta")),
    (ReferralEnding.NOT_ELIGIBLE, phrase("Personen uppfyller inte villkoren")),
    (ReferralEnding.MOVED, phrase("Personen har flyttat")),
    (ReferralEnding.OTHER_SUPPORT, phrase("Personen får ett annat stöd")),
    (ReferralEnding.OTHER, phrase("Annat skäl")),
    (FollowUpState.DUE, phrase("ska göras")),
    (FollowUpState.DONE, phrase("gjord")),
    (FollowUpState.NOT_REACHED, phrase("nåddes inte")),
    (KnownFrom.OWN_WORDS, phrase("Personens egna ord")),
    (KnownFrom.CERTIFICATE, phrase("Betyg eller intyg")),
    (KnownFrom.REGISTER, phrase("Utbildningsregister")),
    (KnownFrom.ASSESSED_ABROAD, phrase("Bedömning av utländsk utbildning")),
    (KnownFrom.MAPPING, phrase("En tidigare kartläggning")),
    (StudyLevel.SFI, phrase("Svenska för invandrare")),
    (StudyLevel.BASIC, phrase("Vuxenutbildning på grundläggande nivå")),
    (StudyLevel.UPPER_SECONDARY, phrase("Vuxenutbildning på gymnasial nivå")),
    (StudyLevel.VOCATIONAL, phrase("Yrkesutbildning på gymnasial nivå")),
    (StudyLevel.FOLK_HIGH_SCHOOL, phrase("Folkhögskola")),
    (StudyLevel.HIGHER_VOCATIONAL, phrase("Yrkeshögskola")),
    (StudyLevel.HIGHER, phrase("Högskola eller universitet")),
    (StudyFunding.STUDY_AID, phrase("Studiemedel från CSN")),
    (StudyFunding.STUDY_START_SUPPORT, phrase("Studiestartsstöd")),
    (StudyFunding.TRANSITION_AID, phrase("Omställningsstudiestöd")),
    (StudyFunding.EMPLOYER, phrase("Arbetsgivaren")),
    (StudyFunding.OTHER, phrase("Annat")),
    (StudyFunding.OPEN, phrase("Inte klart än")),
    (StudyPlanState.PROPOSED, phrase("förslag")),
    (StudyPlanState.AGREED, phrase("överenskommen")),
    (StudyPlanState.ENDED, phrase("avslutad")),
    (OwnSystem.AIS, phrase("AIS")),
    (OwnSystem.PROCAPITA, phrase("Procapita eller Lifecare")),
    (OwnSystem.FK, phrase("Försäkringskassans system")),
    (OwnSystem.JOURNAL, phrase("Journalen")),
)
# Members of different lists may have the same value, and then they are equal; so the list is part of the key.
NAMES = {(type(choice), choice): name for choice, name in _NAMES}


def name_of(choice: StrEnum) -> str:
    """The Swedish name of a choice, as a template to translate."""
    return NAMES[type(choice), choice]
