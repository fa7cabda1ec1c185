"""The walls around people stand around every table: those that point at a person, and those that only look as if they did.

A table is about people when a chain of foreign keys leads to a person, when it lies in that part of the product, or when
its columns are named as such things are named. It must then be walled, or be named below with what keeps people out of it.
"""

from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from samkraft.values.writes import Writes
from tests.people import world

pytestmark = pytest.mark.django_db

# What a column about a person is called, wherever it stands; and columns into which anything at all can be put.
SIGNS = ("person", "participant", "enrolment", "contribution", "lineage", "consent", "disclosure", "identity_number")
CARRIERS = ("json", "jsonb")
CARRYING_NAMES = ("args", "session_data", "content", "draft", "filter", "filters", "query", "token", "payload", "body")
# Tables with such a sign that hold nothing about a person, or cannot be walled, and what keeps people out of them.
NOT_ABOUT_PEOPLE = {
    "people_category": "a list of words",
    "people_rolecategory": "which role meets what",
    "people_statute": "sections of law",
    "partners_organisation": "other names of bodies",
    "initiatives_initiativerules": "an initiative's rules as data",
    "initiatives_theory": "an initiative's theory of change as data",
    "initiatives_agendapoint": "what a meeting takes up; a change of a team's places as data",
    "initiatives_resolution": "what a meeting decided; a change of a team's places as data",
    "initiatives_meetingevent": "what happened with a meeting of a board, and which of its members were there",
    "initiatives_handbooktext": "the method handbook's sections",
    "knowledge_snapshot": "only figures that the disclosure door lets be shown",
    "knowledge_studydraft": "what an evaluator is writing about a study to come",
    "knowledge_studyevent": "what a study promises, codes that lead to nobody, and figures that only an evaluator reads",
    "knowledge_series": "other bodies' published figures",
    "knowledge_assumptions": "an earlier initiative's published totals",
    "knowledge_scenarioversion": "numbers of places and planned intakes",
    "knowledge_forecast": "totals in steps of ten, and draws of what has not happened",
    "initiatives_feedtoken": "a digest of a membership's own address to its calendar of duties",
    "money_readingdraft": "a decision's text, kept apart from people by the layers",
    "money_contradiction": "money",
    "money_contradictionside": "money",
    "money_document": "a decision's or a report's own text",
    "money_decision": "addressees are bodies",
    "money_proposal": "addressees are bodies",
    "money_figure": "a number and its source; `person` is a unit of counting",
    "money_eustatement": "`person_months` is a count of months",
    "money_grant": "what a decision grants an organisation",
    "money_grantassessment": "points and words about an organisation's application",
    "money_grantcall": "what organisations can apply for",
    "money_grantproposal": "what is proposed about an organisation's application",
    "money_grantsample": "which grants the lot chose",
    "procrastinate_jobs": "ids only; tests/people/test_canary.py reads every argument",
    "procrastinate_periodic_defers": "no arguments of ours",
    "procrastinate_workers": "no arguments of ours",
    "procrastinate_events": "no arguments of ours",
    "django_session": "read before anybody is known; tests/people/test_canary.py decodes every session",
    "mfa_authenticator": "staff",
    "socialaccount_socialaccount": "staff",
    "socialaccount_socialapp": "a party's sign-in service",
    "socialaccount_socialtoken": "staff",
    "django_content_type": "names of tables",
    "auth_permission": "names of permissions",
}
UNSEEN = {
    "people_callfollowup",
    "people_milestone",
    "people_cohortcolumn",
    "people_cohortrun",
    "people_cohortkey",
    "people_identity",
    "people_guardcall",
    "people_person",
    "people_summerlink",
    "people_invitationlink",
}


def _ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _pointing_at_a_person() -> set[str]:
    found = _ask(
        "WITH RECURSIVE pointing AS (SELECT 'people_person'::regclass::oid AS id UNION "
        "SELECT c.conrelid FROM pg_constraint c JOIN pointing p ON c.confrelid = p.id WHERE c.contype = 'f') "
        "SELECT id::regclass::text FROM pointing"
    )
    return {name for (name,) in found}


def _looking_like_one() -> set[str]:
    columns = _ask(
        "SELECT table_name, column_name, data_type, coalesce(udt_name, '') FROM information_schema.columns "
        "WHERE table_schema = 'public'"
    ) + _ask(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), '' FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
        "WHERE a.attnum > 0 AND NOT a.attisdropped"
    )
    return {
        table
        for table, column, kind, _ in columns
        if any(sign in column.split("_") or column.startswith(f"{sign}_") for sign in SIGNS)
        or kind in CARRIERS
        or column in CARRYING_NAMES
        or table.startswith("people_")
    }


def _about_people() -> set[str]:
    return (_pointing_at_a_person() | _looking_like_one()) - NOT_ABOUT_PEOPLE.keys()


def _walls() -> dict[str, tuple[bool, bool]]:
    return {
        name: (on, forced)
        for name, on, forced in _ask(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace"
        )
    }


def _policies(role: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, command in _ask(
        "SELECT tablename, cmd FROM pg_policies WHERE %s = ANY (roles) AND permissive = 'PERMISSIVE'", role
    ):
        found.setdefault(table, set()).add(command)
    return found


def test_tables_are_found_by_more_than_their_foreign_keys() -> None:
    assert {"people_contribution", "people_overview", "people_searchtoken"} <= _pointing_at_a_person()
    assert {"people_guardcall", "audit_event"} <= _looking_like_one() - _pointing_at_a_person()
    assert {"django_session", "procrastinate_jobs"} <= _looking_like_one()


def test_every_table_about_people_is_walled_for_its_owner_too() -> None:
    walls = _walls()
    assert {name: walls[name] for name in _about_people() if walls[name] != (True, True)} == {}


def test_whatever_has_walls_has_them_for_its_owner_too() -> None:
    """Also what is not about people: a study's events, an errand's."""
    assert {name for name, (on, forced) in _walls().items() if on != forced} == set()


def test_what_is_named_as_not_about_people_exists_and_points_at_nobody() -> None:
    assert NOT_ABOUT_PEOPLE.keys() - _walls().keys() == set()
    assert NOT_ABOUT_PEOPLE.keys() & _pointing_at_a_person() == set()


def test_every_walled_table_lets_its_owner_migrate_and_the_guard_work() -> None:
    owner, guard = _policies("samkraft_owner"), _policies("samkraft_guard")
    assert {name for name in _about_people() if "ALL" not in owner.get(name, ())} == set()
    granted = {
        name
        for name in _about_people()
        if _ask("SELECT has_table_privilege('samkraft_guard', %s, 'SELECT')", name)[0][0]
    }
    assert {name for name in granted if not guard.get(name)} == set()
    assert granted >= {"people_contribution", "people_identity", "people_caseaccess"}


def test_protected_identity_stands_in_the_way_at_every_table_that_names_a_person_and_can_be_read() -> None:
    restrictive = {
        name
        for (name,) in _ask(
            "SELECT tablename FROM pg_policies WHERE permissive = 'RESTRICTIVE' AND policyname = 'protected_identity'"
        )
    }
    naming = {
        table
        for (table,) in _ask(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'person_id' AND table_schema = 'public'"
        )
    }
    assert naming - restrictive - UNSEEN == set()


def test_without_a_context_there_are_no_rows_anywhere() -> None:
    world.everything()
    seen = {}
    for table in sorted(_about_people() - UNSEEN):
        if world.count(None, table):
            seen[table] = world.count(None, table)
    assert seen == {}


@pytest.mark.parametrize("table", sorted(UNSEEN))
def test_what_only_the_guard_touches_cannot_even_be_asked_for(table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        _ask(f"SELECT 1 FROM {table}")


@pytest.mark.parametrize(
    "table", ["caseaccess", "disclosure", "identity", "protection", "protectionname", "recusal", "breakglass", "match",
              "person", "overview", "searchtoken", "guardcall", "statute", "category", "rolecategory"]
)  # fmt: skip
@pytest.mark.parametrize("statement", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET id = id", "DELETE FROM {}"])
def test_nobody_writes_the_keys_themselves(table: str, statement: str) -> None:
    """A serving role that could insert its own access has no wall."""
    wanted = statement.replace("id = id", "code = code") if table in ("statute", "category") else statement
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(wanted.format(f"people_{table}"))


GUARDS = (
    "SELECT p.oid::regprocedure::text, p.prosecdef, pg_get_userbyid(p.proowner), coalesce(p.proconfig, '{}'), "
    "has_function_privilege('samkraft_app', p.oid, 'EXECUTE'), EXISTS (SELECT 1 FROM aclexplode("
    "coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) "
    "FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND (p.proname LIKE 'people\\_%%' OR p.prosecdef)"
)
# What the serving role may run of the functions that see everything; to add to these is to open a door.
DOORS = {
    "people_cohort_take(uuid,date)", "people_cohort_columns(uuid,integer,integer[])", "people_cohort_history(uuid)",
    "people_cohort_places(uuid,integer)", "people_cohort_pauses(uuid,integer)",  # the clock's, without who
    "money_acting()", "money_applying()", "money_may_read_sent(uuid)",
    "people_cohort_rows(uuid,text,integer)",
    # whom an area calls for a study, and what the lot drew
    "people_call_lists()", "people_call_hidden()", "people_call_standing(uuid)", "people_call_begin(uuid)",
    "people_call_make(uuid,uuid,text[],text[],text[],text[],text[],text[],integer[],boolean[],text,timestamp with time zone)",
    "people_call_name(uuid,uuid,text,timestamp with time zone)",
    "people_call_take_off(uuid,text,text,timestamp with time zone)",
    "people_call_note(uuid,text,date,text,timestamp with time zone)",
    "people_call_follow(uuid,text[],text[],date,text,timestamp with time zone)",
    "people_call_draw(uuid,text[],integer[],boolean[],text,timestamp with time zone)",
    "people_call_codes(uuid)", "people_call_rows(uuid,date)",
    "people_month_numbers(uuid)", "people_month_number_kinds(uuid)",
    "people_taking_part()", "people_me()", "people_cases()", "people_hidden()", "people_reads()",
    "people_writes()", "people_reviews()",
    "people_is_known_party(uuid,uuid)", "people_may(uuid)", "people_begin_case(text,text)", "people_number_of(uuid)",
    "people_change_number(uuid,text,text)", "people_assign(uuid,uuid,timestamp with time zone,text)",
    "people_assign_team(uuid,uuid,uuid)", "people_end_access(uuid,timestamp with time zone)",
    "people_recuse(uuid,uuid,text,text)", "people_team_load(uuid)", "people_protect(uuid,text,uuid[],text)",
    "people_name_on_list(uuid,uuid,text)", "people_strike_from_list(uuid,uuid)", "people_lift_protection(uuid,text)",
    "people_break_glass(text,text,integer,text)", "people_review_break_glass(uuid,text,text,text)",
    "people_match_number(uuid)", "people_join(uuid,text,text)", "people_split(uuid,text,text)",
    "people_summer_rounds()", "people_summer_link()", "people_summer_own()", "people_summer_known()", "people_summer_mine()",
    "people_summer_hidden()", "people_summer_name(uuid,uuid,boolean,text)",
    "people_summer_make_link(uuid,text,uuid,uuid,text,text,integer)", "people_summer_apply(text,text,boolean,jsonb,jsonb)",
    "people_summer_name_on_list(uuid,uuid,text)", "people_summer_numbers(uuid)",
    "people_summer_answer(uuid,boolean,text,boolean)", "people_summer_lapse(uuid)", "people_summer_give_on(uuid,text)",
    "people_summer_share(uuid)", "people_summer_list_of(uuid)", "people_summer_codes(uuid)", "people_summer_take_turns(uuid)",
    "people_summer_meets_all(uuid)",
    "people_release(uuid,uuid,uuid,text)", "people_release_standing(uuid)", "people_release_current(uuid)",
    "people_subjects()", "people_subjects_of(uuid)",
    "people_withdraw(uuid[],text,text)", "audit_seal()", "money_lock_accounts(uuid[])",
    "people_place_join(uuid,uuid,uuid,date,text[],uuid,uuid,date,timestamp with time zone)",
    "people_place_offer(uuid,timestamp with time zone)",
    "people_place_answer(uuid,boolean,text,text,boolean,timestamp with time zone)",
    "people_place_leave(uuid,text,text,timestamp with time zone)", "people_coordinates(uuid)",
    "people_place_decide(uuid,boolean,text,date,text,timestamp with time zone)",
    "people_place_start(uuid,date,timestamp with time zone)",
    "people_place_finish(uuid,date,text,text,uuid[],text[],timestamp with time zone)", "people_place_lapse()",
    "people_place_appoint(uuid,uuid,date,timestamp with time zone)", "people_place_open(uuid,timestamp with time zone)",
    "people_place_put_before(uuid,uuid,text,timestamp with time zone)",
    "people_place_resize(uuid,integer,boolean,text,timestamp with time zone)",
    "people_place_cancel(uuid,text,timestamp with time zone)", "people_place_queue(uuid)", "people_place_before(uuid)",
    "people_place_resting(uuid)",
    "people_place_numbers()", "people_place_waiting()", "people_place_to_decide()", "people_place_roll(uuid)",
    "people_place_attend(uuid,uuid,text,timestamp with time zone)",
    "people_place_withdraw(uuid,uuid,text,timestamp with time zone)",
    "people_place_offer_known(uuid,timestamp with time zone)",
    "people_place_explain(uuid,uuid,text,text,timestamp with time zone)",
    "people_place_hold_still(uuid)", "people_place_tell_session(uuid,text,text,timestamp with time zone)",
    "people_place_session_known(uuid,uuid,timestamp with time zone)",
    "people_place_disclose(uuid,text,uuid,text[],text,text,date,timestamp with time zone)",
    "people_recruitment_invite(uuid,uuid,uuid,uuid,text[],text,text,date,timestamp with time zone)",
    "people_recruitment_reply(uuid,text,timestamp with time zone)",
    "people_recruitment_note(uuid,text,date,timestamp with time zone)", "people_recruitment_list(uuid)",
    "people_recruitment_numbers()", "people_placement_list()", "people_invitation_seen()", "people_invitation_free()",
    "people_invitation_book(uuid)", "people_invitation_give_back()",
    "people_invitation_publish(timestamp with time zone[],timestamp with time zone[],text,timestamp with time zone)",
    "people_invitation_unpublish(uuid,timestamp with time zone)", "people_invitation_taken()",
    "people_invitation_make(uuid,uuid,uuid[],uuid,timestamp with time zone,timestamp with time zone)",
    "people_invitation_send(uuid,text,text,timestamp with time zone,boolean,timestamp with time zone)",
    "people_invitation_arrange(uuid,uuid,boolean,timestamp with time zone)",
    "people_invitation_reminded(uuid,timestamp with time zone)",
    "people_place_end_disclosure(uuid,timestamp with time zone)", "people_place_waits(date,date)",
    "people_place_line_up(uuid,uuid[],uuid[],uuid[],uuid,timestamp with time zone)",
    "people_place_suggest(uuid,jsonb,timestamp with time zone)", "people_place_suggested(uuid)",
    "people_place_adopt(uuid,uuid[],text,timestamp with time zone)",
    "knowledge_left_lying(timestamp with time zone)",  # that a proposal lies, not what it says
}  # fmt: skip


def test_functions_that_see_everything_are_closed_to_all_but_those_who_need_them() -> None:
    faults = []
    for name, definer, owner, settings, _, everybody in _ask(GUARDS):
        if everybody:
            faults.append(f"{name}: everybody may run it")
        if not any(line == "search_path=pg_catalog, public, pg_temp" for line in settings) and definer:
            faults.append(f"{name}: {settings}")
        if definer and owner not in ("samkraft_guard", "samkraft_keeper", "samkraft_cohort"):
            faults.append(f"{name}: owned by {owner}")
        if name.startswith("people_") and not any(line.startswith("search_path=pg_catalog") for line in settings):
            faults.append(f"{name}: looks for names where the asker says")
    assert faults == []


def test_the_doors_are_those_that_are_listed() -> None:
    open_now = {name for name, definer, _, _, may, _ in _ask(GUARDS) if definer and may}
    assert open_now == DOORS


def test_every_view_that_may_be_read_asks_as_its_reader() -> None:
    """A view runs as its owner unless told otherwise, and would look past the walls."""
    views = _ask(
        "SELECT c.relname, coalesce(c.reloptions, '{}') FROM pg_class c WHERE c.relkind IN ('v', 'm') "
        "AND c.relnamespace = 'public'::regnamespace AND has_table_privilege('samkraft_app', c.oid, 'SELECT')"
    )
    assert [name for name, options in views if "security_invoker=true" not in options] == []


def test_each_model_about_people_that_may_be_written_has_a_policy_for_it() -> None:
    from django.apps import apps

    policies = _policies("samkraft_app")
    wanted = {
        Writes.APPEND: {"INSERT"},
        Writes.CHANGE: {"INSERT", "UPDATE"},
        Writes.FREE: {"INSERT", "UPDATE", "DELETE"},
    }
    missing = [
        model._meta.db_table
        for model in apps.get_app_config("people").get_models()
        if (needs := wanted.get(model.writes))
        and "ALL" not in policies.get(model._meta.db_table, set())
        and not needs <= policies.get(model._meta.db_table, set())
    ]
    assert missing == []


def test_the_words_of_the_database_are_those_of_the_rules() -> None:
    from samkraft.people.rules.categories import CATEGORIES, READS, WRITES

    assert set(_ask("SELECT code, release, sensitive FROM people_category")) == {
        (category.value, said.release.value, said.sensitive) for category, said in CATEGORIES.items()
    }
    assert set(_ask("SELECT role, category, reads, writes_it FROM people_rolecategory")) == {
        (role.value, category.value, True, category in WRITES[role])
        for role, reads in READS.items()
        for category in reads
    }
