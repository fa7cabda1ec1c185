"""Each policy's own condition, where another one beside it could hide that it was lost: raw statements, also blind ones."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from samkraft.audit.actions import transactions
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, duplicates, protection
from samkraft.people.queries import persons
from samkraft.people.rules.categories import READS, WRITES, Category
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.people import world

pytestmark = pytest.mark.django_db
# Rows of two parties, or of a membership, or of the trail: each has a test of its own.
NOT_ONE_AREAS = {"people_consent", "people_consentscope", "people_disclosure", "audit_event"}


def _owned_by_an_area() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name "
            "WHERE c.column_name = 'area_id' AND c.table_schema = 'public' AND t.relrowsecurity AND EXISTS (SELECT 1 FROM "
            "information_schema.columns p WHERE p.table_name = c.table_name AND p.column_name = 'person_id') ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall() if name not in NOT_ONE_AREAS]


def _jointly() -> tuple[people.Setting, UUID]:
    """A person whom two areas know, each with an enrolment of its own, both on the case."""
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    person = people.participant(social)
    people.enrolled(setting, social, person)
    people.join_team(setting, social, person, setting.officer)
    people.enrolled(setting, officer, person)
    return setting, person


def test_no_table_gives_a_row_of_another_area_about_a_person_whom_both_know() -> None:
    setting, person = _jointly()
    tables = _owned_by_an_area()
    assert {
        "people_contribution",
        "people_enrolment",
        "people_overview",
        "people_searchtoken",
        "people_caseaccess",
    } <= set(tables)
    for member in (setting.social, setting.officer):
        for table in tables:
            if table in ("people_breakglass",):
                continue
            assert (
                world.count(member.context, table, "person_id = %s AND area_id <> %s", person, member.area_id) == 0
            ), table
    mine = world.count(setting.officer.context, "people_enrolment", "person_id = %s", person)
    assert mine == world.count(setting.social.context, "people_enrolment", "person_id = %s", person) == 1


def test_protection_is_read_by_those_on_the_list_and_hides_every_row_from_the_others() -> None:
    setting, person = _jointly()
    social = setting.social.context
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    cases.assign(by=social, person_id=person, membership_id=colleague.membership_id)
    another = partners.member(Role.SOCIAL_SECRETARY, name="Jan Jäv")
    people.recuse(by=social, person_id=person, user_id=another.user_id, ground="close")
    tables = ("contribution", "enrolment", "consent", "consentscope", "disclosure", "caseaccess", "recusal", "searchtoken",
              "overview")  # fmt: skip
    for table in tables:
        assert world.count(colleague.context, f"people_{table}", "person_id = %s", person) > 0, table
    protection.protect(by=social, person_id=person, level="marked")
    for table in (*tables, "protection", "protectionname"):
        assert world.count(colleague.context, f"people_{table}", "person_id = %s", person) == 0, table
        assert world.count(social, f"people_{table}", "person_id = %s", person) > 0, table


def _blindly(by: Context, statement: str, *values: object) -> int:
    """How many rows a statement that reads nothing changes; 0 when the database refuses it. Nothing stays."""
    try:
        with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            changed = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return 0
    return int(changed)


def test_a_change_that_reads_nothing_meets_no_other_enrolments_than_the_own() -> None:
    """Without a condition, only the policy for changing stands between the statement and every row there is."""
    setting, _person = _jointly()
    social, officer = setting.social.context, setting.officer.context
    alone = people.participant(social)
    people.enrolled(setting, social, alone)
    period = "UPDATE people_enrolment SET period = tstzrange('2020-01-01', '2020-02-01')"
    assert _blindly(officer, period) == 1
    assert _blindly(social, period) == 2
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    assert _blindly(colleague, period) == 0, "the own area's, but not on the case"
    assert _blindly(setting.leader.context, period) == 0


def test_nobody_takes_the_enrolments_of_others_for_a_person_whose_case_they_are_on() -> None:
    setting = people.joint()
    social = setting.social.context
    people.enrolled(setting, social, people.participant(social))
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    own = people.participant(colleague)
    assert _blindly(colleague, "UPDATE people_enrolment SET person_id = %s", own) == 0


@pytest.mark.parametrize("column", ["area_id", "person_id"])
def test_an_enrolment_is_not_given_away(column: str) -> None:
    setting, person = _jointly()
    officer = setting.officer.context
    stranger = people.participant(setting.social.context)
    to = {"area_id": setting.labour.area_id, "person_id": stranger}[
        column
    ]  # where no other enrolment stands in the way
    assert _blindly(officer, f"UPDATE people_enrolment SET {column} = %s", to) == 0
    own = {"area_id": officer.area_id, "person_id": person}[column]
    assert _blindly(officer, f"UPDATE people_enrolment SET {column} = %s", own) == 1


def test_the_receiver_of_a_consent_does_not_widen_it() -> None:
    setting, _person = _jointly()
    social, officer = setting.social.context, setting.officer.context
    widened = (
        "INSERT INTO people_consentscope SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), "
        "'category', 'care_plan'))).* FROM people_consentscope s WHERE s.category = 'enrolment' AND s.from_area_id = %s"
    )
    assert _blindly(social, widened, social.area_id) == 1
    assert _blindly(officer, widened, social.area_id) == 0


def test_a_steward_by_word_alone_sees_no_matches() -> None:
    """The role is in the context; that it still holds is asked of the database."""
    steward = partners.member(Role.DUPLICATE_STEWARD)
    number = "199006022397"
    setting = people.joint()
    for member in (setting.social, setting.officer):
        people.participant(member.context, text=number)
    assert world.count(steward.context, "people_match") == 1
    forged = replace(setting.social.context, role=Role.DUPLICATE_STEWARD.value)
    assert world.count(forged, "people_match") == 0, "a role that the membership does not have"


def test_a_saved_choice_is_changed_and_removed_by_its_owner_alone_and_stays_in_its_area() -> None:
    setting = people.joint()
    social = setting.social.context
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    save = (
        "INSERT INTO people_savedview (id, area_id, membership_id, saved_by, name, query, saved_at, team_id) "
        "VALUES (gen_random_uuid(), %s, %s, 'x', 'mina', 'fas=1', now(), %s)"
    )
    for by, team in ((social, setting.team_id), (colleague, None)):
        with transactions.write(by), connection.cursor() as cursor:
            cursor.execute(save, [by.area_id, by.membership_id, team])
    for by in (social, colleague):
        assert _blindly(by, "UPDATE people_savedview SET name = 'annat'") == 1
        assert _blindly(by, "DELETE FROM people_savedview") == 1
    change = "UPDATE people_savedview SET {} = %s"
    assert _blindly(social, change.format("area_id"), setting.officer.area_id) == 0
    assert _blindly(social, change.format("membership_id"), colleague.membership_id) == 0
    assert _blindly(colleague, change.format("team_id"), setting.team_id) == 0, "not in the team"
    assert _blindly(social, change.format("area_id"), social.area_id) == 1
    forged = replace(social, role=Role.EMPLOYMENT_OFFICER.value)
    assert world.count(forged, "people_savedview") == 0
    assert _blindly(forged, save, social.area_id, social.membership_id, None) == 0
    assert _blindly(forged, "UPDATE people_savedview SET name = 'annat'") == 0


def test_a_note_of_a_letter_is_the_memberships_own() -> None:
    setting = people.joint()
    social = setting.social.context
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    begin = (
        "INSERT INTO people_staffletter (id, area_id, membership_id, day, begun_at) "
        "VALUES (gen_random_uuid(), %s, %s, '2026-11-02', now())"
    )
    for by in (social, colleague):
        with transactions.write(by), connection.cursor() as cursor:
            cursor.execute(begin, [by.area_id, by.membership_id])
        assert world.count(by, "people_staffletter") == 1
        assert _blindly(by, "UPDATE people_staffletter SET sent_at = now()") == 1
    change = "UPDATE people_staffletter SET day = '2026-11-03', {} = %s"
    assert _blindly(social, change.format("area_id"), setting.officer.area_id) == 0
    assert _blindly(social, change.format("membership_id"), colleague.membership_id) == 0
    assert _blindly(social, change.format("area_id"), social.area_id) == 1
    begin = begin.replace("11-02", "11-04")
    assert _blindly(social, begin, social.area_id, social.membership_id) == 1
    assert _blindly(social, begin, setting.officer.area_id, social.membership_id) == 0
    assert _blindly(social, begin, social.area_id, colleague.membership_id) == 0
    forged = replace(social, role=Role.EMPLOYMENT_OFFICER.value)
    assert world.count(forged, "people_staffletter") == 0
    assert _blindly(forged, begin, social.area_id, social.membership_id) == 0
    assert _blindly(forged, "UPDATE people_staffletter SET sent_at = now()") == 0


def _trail(by: Context, **like: object) -> int:
    condition = " AND ".join(f"{name} = %s" for name in like)
    return world.count(by, "audit_event", condition, *like.values())


def test_nobody_writes_the_trail_as_another_actor() -> None:
    setting = people.joint()
    by = setting.social.context
    people.participant(by)
    statement = (
        "INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'actor_id', "
        "%s::uuid, 'at', clock_timestamp()))).* FROM audit_event e WHERE subject_kind = 'people.person' LIMIT 1"
    )
    assert _blindly(by, statement, by.actor_id) == 1
    assert _blindly(by, statement, setting.officer.user_id) == 0


def test_the_trail_of_initiatives_is_everybodys_and_of_other_things_the_doers_and_the_reviewers() -> None:
    """A reviewer reviews the own organisation and what lies under it; everybody sees what they did themselves."""
    people.joint()
    administrator = partners.administrator()
    officer = partners.member(Role.EMPLOYMENT_OFFICER, name="Någon Annan").context
    assert (
        world.count(officer, "audit_event", "subject_kind LIKE 'initiatives.%%' AND actor_id <> %s", officer.actor_id)
        > 0
    )
    assert (
        world.count(officer, "audit_event", "subject_kind LIKE 'partners.%%' AND actor_id <> %s", officer.actor_id) == 0
    )
    assert _trail(administrator, actor_id=administrator.actor_id, subject_kind="partners.membership") > 0
    reviewer = partners.member(Role.DATA_PROTECTION_OFFICER).context
    done = {"actor_id": administrator.actor_id, "subject_kind": "partners.membership"}
    assert _trail(reviewer, **done) > 0, "of the own organisation"
    assert _trail(replace(reviewer, role=Role.SYSTEM_ADMINISTRATOR.value), **done) == 0
    partners.organisation("annan-stad", OrganisationKind.CITY)
    elsewhere = partners.member(Role.DATA_PROTECTION_OFFICER, "annan-stad").context
    assert _trail(elsewhere, **done) == 0, "another organisation's"


def test_who_has_looked_is_seen_by_those_on_the_case_in_the_same_area() -> None:
    setting, person = _jointly()
    social = setting.social.context
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    done = {"subject_kind": "people.person", "subject_id": str(person), "actor_id": social.actor_id}
    assert _trail(colleague.context, **done) == 0, "not on the case"
    cases.assign(by=social, person_id=person, membership_id=colleague.membership_id)
    assert _trail(colleague.context, **done) > 0
    assert _trail(setting.officer.context, **done) == 0, "another area's"


def test_an_officer_reviews_who_looked_in_the_areas_of_the_own_controller_and_meets_no_file() -> None:
    setting, person = _jointly()
    reviewer = partners.member(Role.DATA_PROTECTION_OFFICER).context
    done = {"subject_kind": "people.person", "subject_id": str(person)}
    assert _trail(reviewer, **done, area_id=setting.labour.area_id) == 0, "nothing was done there"
    ours = _trail(reviewer, **done)
    assert ours == _trail(setting.social.context, **done) > 0, "the committee lies under the city"
    assert _trail(reviewer, **done, area_id=setting.officer.area_id) == 0, "another controller's"
    protection.protect(by=setting.social.context, person_id=person, level="marked")
    assert _trail(reviewer, **done) >= ours, "who looks at those who are protected is what most needs to be reviewed"
    assert world.count(reviewer, "people_contribution") == 0
    assert (
        world.rows(
            reviewer, "SELECT subject_name FROM audit_event WHERE subject_name <> '' AND subject_kind LIKE 'people.%%'"
        )
        == []
    )
    assert _trail(replace(reviewer, role=Role.SYSTEM_ADMINISTRATOR.value), **done) == 0
    partners.organisation("annan-stad", OrganisationKind.CITY)
    assert _trail(partners.member(Role.DATA_PROTECTION_OFFICER, "annan-stad").context, **done) == 0


def test_the_trail_of_a_person_who_was_joined_is_shown_with_the_one_who_stays() -> None:
    """And only to the area where it was done: being joined opens nothing."""
    number = "199006022397"
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    known, newer = (people.participant(by, text=number) for by in (social, officer))
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    match = world.rows(steward, "SELECT id FROM people_match")[0][0]
    done = {"subject_kind": "people.person", "subject_id": str(newer)}
    before = _trail(officer, **done)
    assert before > 0
    duplicates.join(by=steward, match_id=match, reason="samma nummer")
    assert _trail(officer, **done) == before
    with transactions.read(officer):
        assert set(persons.keys_of(known)) == {str(known), str(newer)}
        assert persons.keys_of(uuid4()) == []
    assert _trail(social, **done) == 0
    duplicates.split(by=steward, match_id=match, reason="två personer")
    assert _trail(officer, **done) == before
    with transactions.read(social):
        assert persons.keys_of(known) == [str(known)]


def test_that_something_was_handed_over_while_two_were_one_goes_with_what_was_handed_over() -> None:
    number = "199006022397"
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    _known, newer = (people.participant(by, text=number) for by in (social, officer))
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    match = world.rows(steward, "SELECT id FROM people_match")[0][0]
    duplicates.join(by=steward, match_id=match, reason="samma nummer")
    one = world.rows(officer, "SELECT DISTINCT person_id FROM people_caseaccess")[0][0]
    people.consent(officer, one, setting.social.area_id, "plan")
    need = people.write(officer, one, "need", {"text": "körkort", "life_area": "work"})
    given = "SELECT person_id FROM people_disclosure WHERE contribution_id = %s"
    assert world.rows(officer, given, need.id) == world.rows(social, given, need.id) == [(one,)]
    duplicates.split(by=steward, match_id=match, reason="två personer")
    assert world.rows(officer, "SELECT person_id FROM people_contribution WHERE id = %s", need.id) == [(newer,)]
    assert world.rows(officer, given, need.id) == [(newer,)], "the officer wrote it, and is on that person's case alone"
    assert world.rows(social, given, need.id) == []


def test_what_makes_some_conditions_say_the_same_still_holds() -> None:
    """`survivors` explains mutants by this: when it changes, they are no longer harmless."""
    for role, reads in READS.items():
        assert {Category.ENROLMENT, Category.CONTACT} <= reads, role
        assert Category.ENROLMENT in WRITES[role], role
