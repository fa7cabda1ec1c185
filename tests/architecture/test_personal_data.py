"""Every table that holds something about a person says so: whose area it belongs to, what it is, how long it is kept.

A new table, or a new field that smells of a person, fails here until it is declared below or named as free of persons.
"""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection


@dataclass(frozen=True, slots=True)
class Declared:
    """Whose secrecy area a row belongs to, which category it is, and how long it is kept."""

    area: str
    category: str
    retention: str
    persons: str


STAFF = "people who work with the money or look after the system"
PARTICIPANTS = "those who take part, and staff as the authors of what is said about them"
REPRESENTATIVES = "whom one asks for at an employer, at work"
HOLDER, OFFICER, NOBODY = "the row's own", "the membership's own", "none: only the guard reads it"
WITH_THE_FILE = "as the area's own file about the person: its retention plan, counted from the exit"
YOUNG = "young people who apply, their guardians, and staff as the authors of what is done"
SUMMER_FILE = "with the round's file: two years after the summer, by decision"
DECLARED: dict[str, Declared] = {
    "partners_user": Declared(
        "none: read before anybody is known", "contact", "while employed; deactivated, then thinned", STAFF
    ),
    "partners_membership": Declared(
        "the membership's own", "contact", "with the account; ended, kept as history of who could", STAFF
    ),
    "initiatives_feedtoken": Declared("the membership's own", "contact", "until replaced", STAFF),
    "initiatives_teammember": Declared(
        "the membership's own", "contact", "with the account; ended, kept as history of who could", STAFF
    ),
    "initiatives_boardseat": Declared(
        "the membership's own", "contact", "with the account; ended, kept as history of who could", STAFF
    ),
    "initiatives_boardevent": Declared("the membership's own", "contact", "with the initiative's file", STAFF),
    "initiatives_resolution": Declared("the membership's own", "work", "kept, as the body's own minutes", STAFF),
    "initiatives_meetingevent": Declared("the membership's own", "work", "kept, as the body's own minutes", STAFF),
    "initiatives_riskassessment": Declared("the membership's own", "work", "with the initiative's file", STAFF),
    "initiatives_planpointentry": Declared("the membership's own", "work", "with the initiative's file", STAFF),
    "initiatives_staffplace": Declared("the membership's own", "work", "with the initiative's file", STAFF),
    "initiatives_reminder": Declared("the membership's own", "contact", "with the duty", STAFF),
    "money_readingdraft": Declared("the membership's own", "work", "until registered or thrown away", STAFF),
    "money_reportanswer": Declared("the membership's own", "work", "kept, as the committee's own document", STAFF),
    "money_reporteffort": Declared("the membership's own", "work", "kept, as the committee's own document", STAFF),
    "money_reportfigure": Declared("the membership's own", "work", "kept, as the committee's own document", STAFF),
    "money_reportstep": Declared("the membership's own", "work", "kept, as the committee's own document", STAFF),
    "money_reporttransfer": Declared("the membership's own", "work", "kept, as the committee's own document", STAFF),
    "money_grantassessor": Declared("the membership's own", "work", "with the application", STAFF),
    "money_grantinstalment": Declared(
        "the city office's", "accountability", "seven years, as the basis of payments", STAFF
    ),
    "money_grantrecovery": Declared(
        "the city office's", "accountability", "seven years, as the basis of payments", STAFF
    ),
    "money_potdraw": Declared("the committee's", "accountability", "seven years, as the basis of payments", STAFF),
    "audit_event": Declared("the actor's own", "accountability", "thinned by decision; digests stay", STAFF),
    "audit_thinning": Declared("none: accountability", "accountability", "kept", STAFF),
    "offer_summerround": Declared("the round's own", "contact", "with the year's file", STAFF),
    "offer_summersupervisor": Declared("the membership's own", "contact", "with the year's file", STAFF),
    "people_summerstaff": Declared("the round's own", "security", SUMMER_FILE, STAFF),
    "people_summerlink": Declared(NOBODY, "security", "until it runs out, then with the round's file", YOUNG),
    "people_summerdraw": Declared("the round's own", "none: codes and strata, published", "kept", YOUNG),
    "people_summerapplicant": Declared("the round's own", "contact", SUMMER_FILE, YOUNG),
    "people_summerguardian": Declared("the round's own", "contact", SUMMER_FILE, YOUNG),
    "people_summerconsent": Declared("the round's own", "contact", SUMMER_FILE, YOUNG),
    "people_summerplacement": Declared("the round's own", "work", SUMMER_FILE, YOUNG),
    "people_summershift": Declared("the round's own", "work", SUMMER_FILE, YOUNG),
    "people_summerpunch": Declared("the round's own", "work", SUMMER_FILE, YOUNG),
    "people_summerattest": Declared("the round's own", "work", "seven years, as the basis of wages", YOUNG),
    "people_summercard": Declared("the round's own, a copy for the workplace's", "contact", SUMMER_FILE, YOUNG),
    "people_summerevent": Declared("the round's own", "work", SUMMER_FILE, YOUNG),
    "people_summerpayment": Declared("the round's own", "work", "seven years, as the basis of wages", YOUNG),
    "people_person": Declared(NOBODY, "none: an id", "with the last file that points at it", PARTICIPANTS),
    "people_identity": Declared(NOBODY, "contact", "with the last file that points at the person", PARTICIPANTS),
    "people_guardcall": Declared(NOBODY, "security", "an hour counts; thinned with the trail", STAFF),
    "people_match": Declared(
        "none: the steward of duplicates", "security", "until decided; then with the file", PARTICIPANTS
    ),
    "people_caseaccess": Declared(HOLDER, "security", "with the file: who could see what", PARTICIPANTS),
    "people_recusal": Declared(HOLDER, "security", WITH_THE_FILE, PARTICIPANTS),
    "people_breakglass": Declared(HOLDER, "security", "with the trail, when reviewed", PARTICIPANTS),
    "people_protection": Declared("every area's", "security", "with the last file", PARTICIPANTS),
    "people_protectionname": Declared("every area's", "security", "with the last file", PARTICIPANTS),
    "people_enrolment": Declared(HOLDER, "enrolment", WITH_THE_FILE, PARTICIPANTS),
    "people_contribution": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "money_accessrequest": Declared(
        "the authority's own",
        "contact, only where the answer should go",
        "with the matter",
        "whoever asks for documents",
    ),
    "people_milestone": Declared(
        "none: days and numbers, read through the cohort door alone",
        "none: packed numbers",
        WITH_THE_FILE,
        PARTICIPANTS,
    ),
    "people_cohortcolumn": Declared(
        "none: the same in columns, read through the cohort door alone",
        "none: packed numbers",
        "worked out; goes with what it is worked out from",
        PARTICIPANTS,
    ),
    "people_cohortrun": Declared(
        "none: who went through the cohort door", "accountability", "kept, as history of who took what", STAFF
    ),
    "people_calllist": Declared(HOLDER, "none: a list's days and who laid it in", "with the study's file", STAFF),
    "people_caller": Declared("its list's", "none: who may call", "with the list", STAFF),
    "people_callentry": Declared(HOLDER, "contact", "with the study's file; then codes lead to nobody", PARTICIPANTS),
    "people_callnote": Declared(HOLDER, "the row's own", "with its entry", PARTICIPANTS),
    "people_callfollowup": Declared(
        "its entry's", "work, read through the cohort door alone", "with its entry", PARTICIPANTS
    ),
    "knowledge_studydraft": Declared(OFFICER, "none: a study to come", "until it is registered or thrown away", STAFF),
    "people_cohortkey": Declared(NOBODY, "security", "with the study; then the names of it mean nothing", PARTICIPANTS),
    "people_consent": Declared("both parties'", "enrolment", "with the file of either party", PARTICIPANTS),
    "people_consentscope": Declared("both parties'", "the row's own", "with its consent", PARTICIPANTS),
    "people_disclosure": Declared("both parties'", "the row's own", "with the file of either party", PARTICIPANTS),
    "people_searchtoken": Declared(HOLDER, "contact", "worked out; goes with what it is worked out from", PARTICIPANTS),
    "people_overview": Declared(HOLDER, "plan", "worked out; goes with what it is worked out from", PARTICIPANTS),
    "people_staffletter": Declared("the membership's own", "contact", "a year; then thinned", STAFF),
    "people_monthclosing": Declared(HOLDER, "enrolment", "with the project: as long as the financier may ask", STAFF),
    "people_monthrow": Declared(
        HOLDER, "enrolment", "with the project: as long as the financier may ask", PARTICIPANTS
    ),
    "people_monthfile": Declared(HOLDER, "enrolment", "with the project: as long as the financier may ask", STAFF),
    "people_monthsetting": Declared(HOLDER, "enrolment", "with the project: as long as the financier may ask", STAFF),
    "people_staffhours": Declared(
        "the membership's own", "work", "with the project: as long as the financier may ask", STAFF
    ),
    "people_staffattest": Declared(
        "the membership's own", "work", "with the project: as long as the financier may ask", STAFF
    ),
    "people_importedfile": Declared(HOLDER, "work", "two years; then thinned", STAFF),
    "partners_errand": Declared("the membership's own", "work", "thirty days", STAFF),
    "partners_errandevent": Declared("the membership's own", "work", "with the errand", STAFF),
    "partners_errandfile": Declared("the membership's own", "the file's own", "a day", PARTICIPANTS),
    "partners_standin": Declared("the membership's own", "contact", "with the account", STAFF),
    "offer_employer": Declared(
        "none: shared by the parties", "contact", "while the contact is kept up", REPRESENTATIVES
    ),
    "offer_employercontact": Declared("the membership's own, read by all", "work", "five years; then thinned", STAFF),
    "offer_placementterms": Declared(
        "none: shared by the parties", "contact", "two years after the last day", REPRESENTATIVES
    ),
    "offer_employerweek": Declared("the membership's own, shown in sums", "work", "two years; then thinned", STAFF),
    "people_recruitmentinvitation": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_recruitmentresult": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_invitation": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_invitationbooking": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_invitationlink": Declared(NOBODY, "security", "until it runs out, then with the file", PARTICIPANTS),
    "people_invitationslot": Declared("the row's own", "contact", "a year after the day", STAFF),
    "people_placeentry": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placehold": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placeevent": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placedisclosure": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_attendance": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placeresult": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placesuggestion": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "people_placeadoption": Declared(HOLDER, "the row's own", WITH_THE_FILE, PARTICIPANTS),
    "knowledge_allotment": Declared(
        "the membership's own, read by who coordinates", "work", "two years; then thinned", STAFF
    ),
    "knowledge_allotmentproof": Declared(
        "none: numbers drawn for one proposal, read by an evaluator alone",
        "none: days and sex of numbers",
        "two years; then thinned",
        PARTICIPANTS,
    ),
    "offer_coordinator": Declared(
        "the membership's own", "contact", "with the account; ended, kept as history of who could", STAFF
    ),
    "people_savedview": Declared("the membership's own", "work", "until removed", STAFF),
    "account_emailaddress": Declared("none: read before anybody is known", "contact", "with the account", STAFF),
    "account_emailconfirmation": Declared("none: read before anybody is known", "contact", "days", STAFF),
    "axes_accessattempt": Declared("none: read before anybody is known", "security", "until the lock-out ends", STAFF),
    "axes_accessattemptexpiration": Declared(
        "none: read before anybody is known", "security", "until the lock-out ends", STAFF
    ),
    "axes_accessfailurelog": Declared(
        "none: read before anybody is known", "security", "thinned with the trail", STAFF
    ),
    "axes_accesslog": Declared("none: read before anybody is known", "security", "thinned with the trail", STAFF),
    "django_session": Declared("none: read before anybody is known", "security", "ten hours", STAFF),
    "mfa_authenticator": Declared("none: read before anybody is known", "security", "with the account", STAFF),
    "socialaccount_socialaccount": Declared("none: read before anybody is known", "contact", "with the account", STAFF),
    "socialaccount_socialtoken": Declared("none: read before anybody is known", "security", "with the account", STAFF),
    "web_cache": Declared("none: read before anybody is known", "security", "minutes", STAFF),
}

# Tables about bodies, money and goals. `…_by` is the name of an officer in office, part of the public record.
FREE_OF_PERSONS = {
    "audit_seal", "audit_sealeddigest", "audit_timetravel",
    "partners_organisation", "partners_unit", "partners_secrecyarea", "partners_areadecision",
    "initiatives_goal", "initiatives_initiative", "initiatives_initiative_goals", "initiatives_initiativepartner",
    "initiatives_staffpromise", "initiatives_duty", "initiatives_dutyevent",
    "initiatives_phase", "initiatives_wave", "initiatives_team", "initiatives_party", "initiatives_initiativerules",
    "initiatives_board", "initiatives_meeting", "initiatives_agendapoint",
    "initiatives_resolutiontask", "initiatives_capacitychange", "initiatives_risk", "initiatives_handbookversion",
    "initiatives_handbookspread",
    "initiatives_handbooktext", "initiatives_handbookevent", "initiatives_planpoint", "initiatives_planevent",
    "knowledge_study", "knowledge_studyevent",
    "initiatives_theory", "knowledge_snapshot", "knowledge_release", "knowledge_binding", "knowledge_series",
    "knowledge_assumptions", "knowledge_scenario", "knowledge_scenarioversion", "knowledge_scenariocomment",
    "knowledge_scenariowithdrawal", "knowledge_forecast",
    "offer_activity", "offer_outcome", "offer_priorityrule", "offer_priorityline", "offer_occasion", "offer_place",
    "offer_session", "offer_closedperiod", "offer_proposal",
    "offer_opening", "offer_recruitmentmeeting",
    "offer_concept", "offer_vacancy", "offer_vacancywish", "offer_vacancyfetch",
    "offer_summerperiod", "offer_summerworkplace", "offer_summerhours", "offer_summerplace", "offer_summerseed",
    "offer_summerwage", "offer_workingtimerule",
    "money_fund", "money_fund_goals", "money_fund_committees", "money_fund_initiatives", "money_appropriation",
    "money_yearlybudget", "money_allocationkey", "money_keyshare", "money_matter", "money_document", "money_proposal",
    "money_plannedmeeting", "money_decision", "money_point", "money_pointitem", "money_figure", "money_use",
    "money_contradiction", "money_contradictionside", "money_settlement", "money_account", "money_monthtotal",
    "money_report", "money_reportquestion",
    "money_grantcall", "money_grantapplication", "money_grantseries", "money_grantassessment", "money_grantopinion",
    "money_grantproposal", "money_grantevent", "money_grant", "money_aidreceived", "money_granttarget",
    "money_grantagreement", "money_grantreport", "money_grantreportcontent", "money_grantattachment", "money_pot",
    "money_grantsample", "money_grantcontrol",
    "money_euproject", "money_eubudget", "money_eubudgetrow", "money_eustatement", "money_euposition", "money_eurate",
    "money_euhours", "money_euparticipanthours", "money_euentry", "money_euclaim", "money_euclaimstep",
    "money_euclaimrow", "money_economyaccount", "money_euaccountrange", "money_accessdocument", "money_accessstep",
    "money_voucherseries", "money_voucher", "money_transfer", "money_moneyrequest", "money_requestevent",
    "people_category", "people_rolecategory", "people_statute",
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    "procrastinate_version",  # jobs carry ids, never names; `operations.jobs` says so and its tests look
    "socialaccount_socialapp", "socialaccount_socialapp_sites",
}  # fmt: skip

# What a field about a person is usually called.
SMELLS = (
    "email",
    "phone",
    "birth",
    "identity_number",
    "address",
    "ip_address",
    "user",
    "membership",
    "actor",
    "person",
    "participant",
)
# Fields that smell so in tables that are free of persons, with the reason.
NOT_A_PERSON = {
    "partners_organisation.organisation_number": "a body's",
    "money_decision.addressees": "bodies, as the decision names them",
    "money_proposal.addressees": "bodies, as the proposal names them",
    "money_figure.person": "a unit of counting",
    "money_eustatement.person_months": "a count of months",
}


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


@pytest.mark.django_db
def test_every_table_is_declared_or_free_of_persons() -> None:
    assert _tables() - DECLARED.keys() - FREE_OF_PERSONS == set()
    assert DECLARED.keys() & FREE_OF_PERSONS == set()


@pytest.mark.django_db
def test_what_is_declared_exists() -> None:
    there = _tables() | {"procrastinate_version", "socialaccount_socialapp_sites", "django_migrations"}
    assert (DECLARED.keys() | FREE_OF_PERSONS) - there == set()


def test_no_field_in_a_table_free_of_persons_smells_of_one() -> None:
    found = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in DECLARED or not model.__module__.startswith("samkraft."):
            continue
        for field in model._meta.local_fields:
            words = set(field.name.split("_")) | {field.name}
            related = field.related_model._meta.db_table if field.related_model else ""
            smells = words & set(SMELLS) or related in ("partners_user", "partners_membership")
            if smells and f"{table}.{field.name}" not in NOT_A_PERSON:
                found.append(f"{table}.{field.name}")
    assert found == []


def test_money_has_no_field_for_a_person() -> None:
    """Money knows those who handle it by membership and name, and nobody else."""
    allowed = {"money_readingdraft.membership", "money_grantassessor.membership"} | {
        f"money_report{part}.membership" for part in ("answer", "effort", "figure", "step", "transfer")
    }
    found = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("samkraft.money")
        for field in model._meta.local_fields
        if field.related_model and field.related_model._meta.db_table in ("partners_user", "partners_membership")
    }
    assert found == allowed
