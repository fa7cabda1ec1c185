"""Who may do what: permissions are a closed list, roles are data with a description in words.

Roles for work with people are listed with the permissions that exist today; each domain adds its own when it arrives.
Role content follows the parties' agreement on who does what in the joint teams and the city's way with its funds.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from samkraft.values.wording import phrase


class Permission(StrEnum):
    """One thing that a role may do. Permissions about a person's data also need the case itself."""

    SEE_MONEY = "see_money"
    REGISTER_DECISIONS = "register_decisions"
    MANAGE_FUNDS = "manage_funds"
    REQUEST_MONEY = "request_money"
    ANSWER_FOR_COMMITTEE = "answer_for_committee"
    SETTLE_CONTRADICTIONS = "settle_contradictions"
    SEE_DUTIES = "see_duties"
    MANAGE_DUTIES = "manage_duties"
    SEE_GOALS = "see_goals"
    MANAGE_GOALS = "manage_goals"
    SEE_TEAMS = "see_teams"
    MANAGE_TEAMS = "manage_teams"
    SEE_RESULTS = "see_results"
    MANAGE_RESULTS = "manage_results"
    MAKE_FORECASTS = "make_forecasts"
    SEE_STEERING = "see_steering"
    MANAGE_STEERING = "manage_steering"
    ADJUST_MINUTES = "adjust_minutes"
    SEE_HANDBOOK = "see_handbook"
    SEE_COHORTS = "see_cohorts"
    RUN_STUDIES = "run_studies"
    KEEP_CALL_LISTS = "keep_call_lists"
    SEE_CASELOAD = "see_caseload"
    REFER = "refer"
    ENROL = "enrol"
    ASSESS = "assess"
    WRITE_PLAN = "write_plan"
    MAKE_STUDY_PLANS = "make_study_plans"
    MOVE_PHASE = "move_phase"
    DECIDE_PROLONGATION = "decide_prolongation"
    HAND_OVER = "hand_over"
    EXIT = "exit"
    FOLLOW_UP = "follow_up"
    SEE_PARTNERS = "see_partners"
    MANAGE_MEMBERS = "manage_members"
    REVIEW_AUDIT = "review_audit"
    WORK_WITH_PEOPLE = "work_with_people"
    JOIN_DUPLICATES = "join_duplicates"
    SEE_OFFER = "see_offer"
    COORDINATE_PLACES = "coordinate_places"
    MANAGE_OFFER = "manage_offer"
    HOLD_SESSIONS = "hold_sessions"
    REPORT_TIME = "report_time"
    CLOSE_MONTHS = "close_months"
    REPORT_OWN_HOURS = "report_own_hours"
    ATTEST_HOURS = "attest_hours"
    RUN_SUMMER = "run_summer"
    SUPERVISE_SUMMER = "supervise_summer"
    SEE_EMPLOYERS = "see_employers"
    KEEP_EMPLOYERS = "keep_employers"
    SEE_OWN_WORKPLACE = "see_own_workplace"
    SEE_GRANTS = "see_grants"
    PREPARE_GRANTS = "prepare_grants"
    DECIDE_PAYMENTS = "decide_payments"
    ASSESS_GRANTS = "assess_grants"
    APPLY_FOR_GRANTS = "apply_for_grants"
    SIGN_FOR_ORGANISATION = "sign_for_organisation"
    MANAGE_EU_PROJECTS = "manage_eu_projects"
    CERTIFY_EU_CLAIMS = "certify_eu_claims"
    HANDLE_ACCESS_REQUESTS = "handle_access_requests"


PERMISSION_NAMES = {
    Permission.SEE_MONEY: phrase("Se medel, beslut och flöden"),
    Permission.REGISTER_DECISIONS: phrase("Läsa in och registrera förslag och beslut"),
    Permission.MANAGE_FUNDS: phrase("Lägga upp satsningar, budgetar och fördelningsnycklar"),
    Permission.REQUEST_MONEY: phrase("Äska medel för sin nämnd"),
    Permission.ANSWER_FOR_COMMITTEE: phrase("Svara och rapportera för sin nämnd"),
    Permission.SETTLE_CONTRADICTIONS: phrase("Reda ut uppgifter som skiljer sig"),
    Permission.SEE_DUTIES: phrase("Se årshjulet"),
    Permission.MANAGE_DUTIES: phrase("Planera och flytta uppgifter i årshjulet"),
    Permission.SEE_GOALS: phrase("Se mål och insatser"),
    Permission.MANAGE_GOALS: phrase("Ändra mål och insatser"),
    Permission.SEE_TEAMS: phrase("Se team, faser och regler i en insats"),
    Permission.MANAGE_TEAMS: phrase("Lägga upp team, faser, intag, regler och förändringsteori i en insats"),
    Permission.SEE_RESULTS: phrase("Se läget: styrkort, förändringsteori och väntan"),
    Permission.MANAGE_RESULTS: phrase("Välja vad som mäter förändringsteorin och läsa in jämförelser"),
    Permission.SEE_STEERING: phrase("Se risker, möten, beslut, aktivitetsplan och bemanning"),
    Permission.MANAGE_STEERING: phrase("Hålla i risker, möten, metodstöd, aktivitetsplan och bemanning"),
    Permission.ADJUST_MINUTES: phrase("Justera protokoll från möten i grupper där man har en plats"),
    Permission.SEE_HANDBOOK: phrase("Läsa metodstödet"),
    Permission.MAKE_FORECASTS: phrase("Göra prognoser, pröva ändringar och skriva vad de räknar med"),
    Permission.SEE_COHORTS: phrase("Hämta avidentifierade rader till en namngiven studie"),
    Permission.RUN_STUDIES: phrase("Registrera studier, dra lott, skatta och publicera"),
    Permission.KEEP_CALL_LISTS: phrase("Läsa in ringlistor till studier och ringa dem som lotten drog"),
    Permission.SEE_CASELOAD: phrase("Se deltagare som man arbetar med"),
    Permission.REFER: phrase("Remittera och anvisa deltagare"),
    Permission.ENROL: phrase("Skriva in deltagare och välja team och processledare"),
    Permission.ASSESS: phrase("Skriva i kartläggningen"),
    Permission.WRITE_PLAN: phrase("Skriva sin del av planen, boka möten och skriva i tråden"),
    Permission.MAKE_STUDY_PLANS: phrase("Göra studieplaner tillsammans med deltagare"),
    Permission.MOVE_PHASE: phrase("Byta fas, göra paus och begära mer tid"),
    Permission.DECIDE_PROLONGATION: phrase("Besluta om mer tid som någon annan har begärt"),
    Permission.HAND_OVER: phrase("Lämna över och ta emot deltagare"),
    Permission.EXIT: phrase("Skriva ut deltagare och ta tillbaka dem på sin plats"),
    Permission.FOLLOW_UP: phrase("Följa upp efter utskrivning"),
    Permission.SEE_PARTNERS: phrase("Se organisationer och roller"),
    Permission.MANAGE_MEMBERS: phrase("Lägga upp organisationer och personer, ge och avsluta roller"),
    Permission.REVIEW_AUDIT: phrase("Granska vem som har gjort och läst vad"),
    Permission.WORK_WITH_PEOPLE: phrase("Arbeta med de deltagare vars ärenden rollen är med i"),
    Permission.JOIN_DUPLICATES: phrase("Föra ihop och skilja åt dubbletter"),
    Permission.RUN_SUMMER: phrase("Hålla i omgångar av Ung i sommar"),
    Permission.SUPERVISE_SUMMER: phrase("Handleda unga i Ung i sommar på sin arbetsplats"),
    Permission.SEE_GRANTS: phrase("Se bidrag, ansökningar som har kommit in, och rapporter"),
    Permission.PREPARE_GRANTS: phrase("Bereda bidrag: utlysningar, förslag, avtal, utbetalningar och återkrav"),
    Permission.DECIDE_PAYMENTS: phrase("Besluta om utbetalningar och återkrav som någon annan har berett"),
    Permission.ASSESS_GRANTS: phrase("Bedöma ansökningar om bidrag som man är utsedd för"),
    Permission.APPLY_FOR_GRANTS: phrase("Söka bidrag och lämna rapporter för sin organisation"),
    Permission.SIGN_FOR_ORGANISATION: phrase("Skriva under för sin organisation"),
    Permission.MANAGE_EU_PROJECTS: phrase("Föra EU-projekts budget, timmar, kostnader och ansökningar om utbetalning"),
    Permission.CERTIFY_EU_CLAIMS: phrase("Intyga ansökningar om utbetalning som någon annan har förberett"),
    Permission.HANDLE_ACCESS_REQUESTS: phrase("Pröva och besvara begäran om att få ut handlingar"),
    Permission.SEE_OFFER: phrase("Se aktiviteter, tillfällen och lediga platser"),
    Permission.SEE_EMPLOYERS: phrase("Se arbetsgivare, deras jobb och platser, och teamens tid med arbetsgivare"),
    Permission.KEEP_EMPLOYERS: phrase("Lägga upp arbetsgivare, skriva kontakter och notera tid med arbetsgivare"),
    Permission.SEE_OWN_WORKPLACE: phrase("Se dem som kommer till den egna arbetsplatsen och svara hur det gick"),
    Permission.COORDINATE_PLACES: phrase("Samordna platser och köer för aktiviteter som man är utsedd för"),
    Permission.MANAGE_OFFER: phrase("Lägga upp aktiviteter, besluta turordning och utse platssamordnare"),
    Permission.REPORT_TIME: phrase("Registrera och attestera deltagares tidrapporter"),
    Permission.CLOSE_MONTHS: phrase("Stänga månaden och ta fram filer till SCB och ESF-rådet"),
    Permission.REPORT_OWN_HOURS: phrase("Rapportera sina egna timmar i projektet"),
    Permission.ATTEST_HOURS: phrase("Attestera medarbetares timmar"),
    Permission.HOLD_SESSIONS: phrase("Hålla träffar, notera närvaro och lämna förslag som utförare"),
}


class Role(StrEnum):
    """What someone is in one organisation. The value is stored; the rest is in ROLES."""

    EMPLOYMENT_OFFICER = "employment_officer"
    SOCIAL_SECRETARY = "social_secretary"
    LABOUR_MARKET_SECRETARY = "labour_market_secretary"
    INSURANCE_OFFICER = "insurance_officer"
    CARE_COORDINATOR = "care_coordinator"
    STUDY_COUNSELLOR = "study_counsellor"
    SUBPROJECT_LEADER = "subproject_leader"
    MAIN_PROJECT_LEADER = "main_project_leader"
    PROJECT_ECONOMIST = "project_economist"
    PROJECT_ADMINISTRATOR = "project_administrator"
    PLACE_COORDINATOR = "place_coordinator"
    STEERING_GROUP = "steering_group"
    EVALUATOR = "evaluator"
    FUND_OFFICER = "fund_officer"
    COMMITTEE_CONTROLLER = "committee_controller"
    COUNCILLOR = "councillor"
    GRANT_ASSESSOR = "grant_assessor"
    GRANTEE_REPORTER = "grantee_reporter"
    GRANTEE_SIGNATORY = "grantee_signatory"
    PROVIDER = "provider"
    EMPLOYER = "employer"
    PARTICIPANT = "participant"
    DUPLICATE_STEWARD = "duplicate_steward"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """A role in words, what it may do, and which roles the same person may not hold at the same time, and why."""

    name: str
    description: str
    permissions: frozenset[Permission] = frozenset()
    conflicts: frozenset[Role] = frozenset()
    conflict_reason: str = ""
    meets_people: bool = False
    purpose: str = field(default=phrase("Handläggning"))


P = Permission
_EVERYBODY = frozenset({P.SEE_MONEY, P.SEE_GOALS, P.SEE_DUTIES, P.SEE_PARTNERS})
_MEETS_PEOPLE = frozenset({P.SEE_TEAMS, P.WORK_WITH_PEOPLE, P.SEE_OFFER, P.SEE_HANDBOOK})
_STEERS = frozenset({P.SEE_STEERING, P.MANAGE_STEERING, P.SEE_HANDBOOK})
# Called in to single cases: they write their own part. The core of a team also leads the way from enrolment to exit.
_CALLED_IN = _MEETS_PEOPLE | {
    P.SEE_CASELOAD, P.ASSESS, P.WRITE_PLAN, P.HAND_OVER, P.REPORT_TIME, P.REPORT_OWN_HOURS,
}  # fmt: skip
_EMPLOYERS = frozenset({P.SEE_EMPLOYERS, P.KEEP_EMPLOYERS})
_RESULTS = frozenset({P.SEE_RESULTS})
_TEAM_CORE = (
    _CALLED_IN | _EMPLOYERS | _RESULTS | {P.REFER, P.ENROL, P.MOVE_PHASE, P.DECIDE_PROLONGATION, P.EXIT, P.FOLLOW_UP}
)

ROLES: dict[Role, RoleDescription] = {
    Role.EMPLOYMENT_OFFICER: RoleDescription(
        phrase("Arbetsförmedlare"),
        phrase("Möter deltagare, har kontakt med arbetsgivare, matchar och beslutar om Arbetsförmedlingens program."),
        _TEAM_CORE | {P.COORDINATE_PLACES, P.KEEP_CALL_LISTS},
        meets_people=True,
    ),
    Role.SOCIAL_SECRETARY: RoleDescription(
        phrase("Socialsekreterare"),
        phrase("Möter deltagare: socialt stöd, motiverande samtal och informationsmöten."),
        _TEAM_CORE,
        meets_people=True,
    ),
    Role.LABOUR_MARKET_SECRETARY: RoleDescription(
        phrase("Arbetsmarknadssekreterare"),
        phrase("Möter deltagare och anvisar till stadens arbetsmarknadsinsatser."),
        _TEAM_CORE | {P.COORDINATE_PLACES},
        meets_people=True,
    ),
    Role.INSURANCE_OFFICER: RoleDescription(
        phrase("FK-handläggare"),
        phrase("Bedömer behov av samordnad rehabilitering och följer den. Ser bara de ärenden som hen är utsedd i."),
        _CALLED_IN | {P.REFER, P.FOLLOW_UP},
        meets_people=True,
    ),
    Role.CARE_COORDINATOR: RoleDescription(
        phrase("Vårdsamordnare"),
        phrase("Samordnar med vårdcentral och psykiatri. Ser bara de ärenden som hen är utsedd i."),
        _CALLED_IN | {P.REFER},
        meets_people=True,
    ),
    Role.STUDY_COUNSELLOR: RoleDescription(
        phrase("Studie- och yrkesvägledare"),
        phrase("Vägleder och gör studieplaner. Ser bara de ärenden som hen är utsedd i."),
        _CALLED_IN | {P.MAKE_STUDY_PLANS, P.COORDINATE_PLACES, P.SEE_EMPLOYERS},
        meets_people=True,
    ),
    Role.SUBPROJECT_LEADER: RoleDescription(
        phrase("Delprojektledare"),
        phrase("Leder personal från en förvaltning och löser krockar mellan regelverk."),
        _EVERYBODY
        | {P.SEE_TEAMS, P.MANAGE_TEAMS, P.SEE_OFFER, P.SEE_EMPLOYERS, P.MANAGE_OFFER, P.COORDINATE_PLACES}
        | {P.REPORT_OWN_HOURS, P.ATTEST_HOURS, P.SEE_RESULTS, P.MANAGE_RESULTS, P.MAKE_FORECASTS}
        | _STEERS,
    ),
    Role.MAIN_PROJECT_LEADER: RoleDescription(
        phrase("Huvudprojektledare"),
        phrase("Leder, planerar, dokumenterar och rapporterar till projektägare och styrgrupp."),
        _EVERYBODY
        | {P.MANAGE_DUTIES, P.MANAGE_GOALS, P.SEE_TEAMS, P.MANAGE_TEAMS, P.SEE_OFFER, P.SEE_EMPLOYERS, P.MANAGE_OFFER}
        | {P.REPORT_OWN_HOURS, P.ATTEST_HOURS, P.CERTIFY_EU_CLAIMS, P.SEE_RESULTS, P.MANAGE_RESULTS}
        | {P.MAKE_FORECASTS}
        | _STEERS,
    ),
    Role.PROJECT_ECONOMIST: RoleDescription(
        phrase("Projektekonom"),
        phrase("Följer budget och utfall och tar fram underlag till finansiären."),
        _EVERYBODY
        | {P.SEE_TEAMS, P.REPORT_OWN_HOURS, P.MANAGE_EU_PROJECTS, P.SEE_RESULTS, P.SEE_STEERING, P.SEE_HANDBOOK},
    ),
    Role.PROJECT_ADMINISTRATOR: RoleDescription(
        phrase("Projektadministratör"),
        phrase("Stöder ledningen, sammanställer tidrapporter och rapporterar till SCB."),
        frozenset({P.SEE_DUTIES, P.SEE_GOALS, P.SEE_PARTNERS, P.SEE_TEAMS})
        | {P.REPORT_TIME, P.CLOSE_MONTHS, P.REPORT_OWN_HOURS, P.SEE_RESULTS, P.SEE_STEERING, P.SEE_HANDBOOK},
        meets_people=True,  # in the teams, for names and hours alone
    ),
    Role.PLACE_COORDINATOR: RoleDescription(
        phrase("Platssamordnare"),
        phrase("Håller reda på platser och köer. En funktion, inte ett yrke."),
        _EMPLOYERS | {P.SEE_GOALS, P.SEE_TEAMS, P.SEE_OFFER, P.COORDINATE_PLACES, P.RUN_SUMMER, P.SEE_HANDBOOK},
    ),
    Role.STEERING_GROUP: RoleDescription(
        phrase("Styrgrupp"),
        phrase("Ser siffror, mål och risker. Ser aldrig enskilda deltagare."),
        _EVERYBODY | {P.SEE_TEAMS, P.SEE_RESULTS, P.SEE_STEERING, P.ADJUST_MINUTES, P.SEE_HANDBOOK},
        purpose=phrase("Uppföljning"),
    ),
    Role.EVALUATOR: RoleDescription(
        phrase("Utvärderare"),
        phrase("Ser bara avidentifierade uppgifter."),
        frozenset({P.SEE_MONEY, P.SEE_GOALS, P.SEE_RESULTS, P.SEE_COHORTS, P.SEE_HANDBOOK})
        | {P.SEE_DUTIES, P.RUN_STUDIES},
        purpose=phrase("Utvärdering"),
    ),
    Role.FUND_OFFICER: RoleDescription(
        phrase("Handläggare, stadskontoret"),
        phrase("Läser in beslut, fördelar medel, följer kronan och reder ut uppgifter som skiljer sig."),
        _EVERYBODY
        | {P.REGISTER_DECISIONS, P.MANAGE_FUNDS, P.SETTLE_CONTRADICTIONS, P.MANAGE_DUTIES, P.MANAGE_GOALS}
        | {P.HANDLE_ACCESS_REQUESTS}
        | {P.SEE_GRANTS, P.PREPARE_GRANTS, P.DECIDE_PAYMENTS},
    ),
    Role.COMMITTEE_CONTROLLER: RoleDescription(
        phrase("Controller vid förvaltningen"),
        phrase("Ser nämndens medel, äskar, svarar på frågor och lämnar nämndens rapporter."),
        _EVERYBODY | {P.HANDLE_ACCESS_REQUESTS, P.REQUEST_MONEY, P.ANSWER_FOR_COMMITTEE, P.SEE_GRANTS},
    ),
    Role.COUNCILLOR: RoleDescription(
        phrase("Förtroendevald"),
        phrase("Ser budget, beslut, mål och resultat. Läser bara."),
        _EVERYBODY,
        purpose=phrase("Uppsikt"),
    ),
    Role.GRANT_ASSESSOR: RoleDescription(
        phrase("Bedömare av bidrag"),
        phrase(
            "Bedömer de ansökningar som hen är utsedd för, efter utlysningens kriterier. Föreslår men beslutar inte."
        ),
        frozenset({P.SEE_MONEY, P.SEE_GOALS, P.SEE_PARTNERS, P.SEE_GRANTS, P.ASSESS_GRANTS}),
    ),
    Role.GRANTEE_REPORTER: RoleDescription(
        phrase("Bidragsmottagare"),
        phrase("Söker bidrag och lämnar rapporter för sin organisation."),
        frozenset({P.APPLY_FOR_GRANTS}),
    ),
    Role.GRANTEE_SIGNATORY: RoleDescription(
        phrase("Firmatecknare"),
        phrase("Skriver under ansökningar, avtal och rapporter för sin organisation. Kan också skriva dem."),
        frozenset({P.APPLY_FOR_GRANTS, P.SIGN_FOR_ORGANISATION}),
    ),
    Role.PROVIDER: RoleDescription(
        phrase("Utförare"),
        phrase("Håller en aktivitet och registrerar närvaro."),
        frozenset({P.HOLD_SESSIONS, P.SUPERVISE_SUMMER}),
        meets_people=True,
    ),
    Role.EMPLOYER: RoleDescription(
        phrase("Arbetsgivare"),
        phrase("Tar emot praktikanter och möter dem som söker arbete. Ser bara sina egna."),
        frozenset({P.SUPERVISE_SUMMER, P.SEE_OWN_WORKPLACE}),
    ),
    Role.PARTICIPANT: RoleDescription(
        phrase("Deltagare"),
        phrase("Ser sin egen plan, svarar på erbjudanden och styr sina samtycken."),
    ),
    Role.DUPLICATE_STEWARD: RoleDescription(
        phrase("Dubblettansvarig"),
        phrase("Ser när samma person kan vara upplagd två gånger, och för ihop eller skiljer dem åt. Ser inga akter."),
        frozenset({P.JOIN_DUPLICATES}),
        purpose=phrase("Rättning av uppgifter"),
    ),
    Role.DATA_PROTECTION_OFFICER: RoleDescription(
        phrase("Dataskyddsombud"),
        phrase("Granskar vem som har läst och gjort vad. Ändrar ingenting."),
        frozenset({P.REVIEW_AUDIT, P.SEE_PARTNERS, P.SEE_TEAMS}),
        conflicts=frozenset({Role.SYSTEM_ADMINISTRATOR, Role.FUND_OFFICER, Role.COMMITTEE_CONTROLLER}),
        conflict_reason=phrase("Den som granskar får inte granska sig själv."),
        purpose=phrase("Granskning"),
    ),
    Role.SYSTEM_ADMINISTRATOR: RoleDescription(
        phrase("Systemadministratör"),
        phrase("Lägger upp organisationer, personer och roller. Ser varken deltagare eller beslut."),
        frozenset({P.SEE_PARTNERS, P.MANAGE_MEMBERS}),
        conflicts=frozenset({Role.DATA_PROTECTION_OFFICER, Role.FUND_OFFICER, Role.COMMITTEE_CONTROLLER}),
        conflict_reason=phrase("Den som delar ut behörighet får inte själv använda den."),
        purpose=phrase("Administration"),
    ),
}

ROLES[Role.PUBLIC] = RoleDescription(
    phrase("Allmänhet"),
    phrase("Ser vad som är offentligt om medel och mål, utan att logga in. Ingen kan ha rollen som medlem."),
    frozenset({P.SEE_MONEY, P.SEE_GOALS}),
    purpose=phrase("Offentlig insyn"),
)

# Money that someone decides on may not be reported on by the same person, and nobody applies to themselves.
_MORE_CONFLICTS = (
    (Role.FUND_OFFICER, Role.GRANTEE_REPORTER, phrase("Den som bereder bidrag får inte söka eller redovisa dem.")),
    (Role.FUND_OFFICER, Role.GRANTEE_SIGNATORY, phrase("Den som bereder bidrag får inte söka eller redovisa dem.")),
    (Role.GRANT_ASSESSOR, Role.GRANTEE_REPORTER, phrase("Den som bedömer ansökningar får inte själv söka.")),
    (Role.GRANT_ASSESSOR, Role.GRANTEE_SIGNATORY, phrase("Den som bedömer ansökningar får inte själv söka.")),
    (Role.FUND_OFFICER, Role.COMMITTEE_CONTROLLER, phrase("Den som fördelar medel får inte äska och redovisa dem.")),
    (Role.EVALUATOR, Role.MAIN_PROJECT_LEADER, phrase("Den som leder får inte utvärdera.")),
    (Role.EVALUATOR, Role.STEERING_GROUP, phrase("Den som styr får inte utvärdera.")),
)


def may(role: str, permission: Permission) -> bool:
    """Whether the role, by itself, gives the permission."""
    return permission in ROLES[Role(role)].permissions


def conflict_between(one: Role, other: Role) -> str | None:
    """Why the same person may not hold both roles, in words; None when nothing stops it."""
    for role, against in ((one, other), (other, one)):
        if against in ROLES[role].conflicts:
            return ROLES[role].conflict_reason
    for first, second, reason in _MORE_CONFLICTS:
        if {first, second} == {one, other}:
            return reason
    return None
