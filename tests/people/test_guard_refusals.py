"""Each refusal of the guard's functions, met by somebody who asks for what is not theirs to ask; raw, past the actions."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, protection
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.people import world
from tests.people.test_doors import NUMBER, REASON, _ask

pytestmark = pytest.mark.django_db
COORDINATION = "199006622394"
NOWHERE = uuid4()


def test_numbers_are_asked_for_by_those_on_the_case_and_go_forward_only() -> None:
    setting = people.joint()
    social, outsider = setting.social.context, setting.outsider.context
    counsellor = partners.member(Role.STUDY_COUNSELLOR).context
    person = people.participant(social, text=NUMBER)
    met = {
        "refer": [_ask(by, "people_begin_case", NUMBER, "personnummer") for by in (counsellor, setting.leader.context)],
        "see": _ask(outsider, "people_number_of", person),
        "change": _ask(outsider, "people_change_number", person, NUMBER, "personnummer"),
        "back": _ask(social, "people_change_number", person, COORDINATION, "samordningsnummer"),
        "on": _ask(social, "people_change_number", person, "199107172380", "personnummer"),
        "match": _ask(social, "people_match_number", NOWHERE),
    }
    assert met == {
        "refer": ["may_not_refer"] * 2, "see": "not_found", "change": "not_found", "back": "number_only_forward", "on": "",
        "match": "not_for_your_role",
    }  # fmt: skip


@pytest.mark.parametrize(("function", "per_hour"), [("begin_case", 60), ("number_of", 120), ("change_number", 20)])
def test_each_question_that_crosses_the_border_has_its_limit(function: str, per_hour: int) -> None:
    setting = people.joint()
    by = setting.social.context
    person = people.participant(by)
    used = 1 if function == "begin_case" else 0
    asked: tuple[Any, ...] = {"begin_case": (None, None), "number_of": (person,)}.get(
        function, (person, NUMBER, "personnummer")
    )
    with transactions.write(by), connection.cursor() as cursor:
        for _ in range(per_hour - used):
            cursor.execute(f"SELECT people_{function}({', '.join(['%s'] * len(asked))})", asked)
    assert _ask(by, f"people_{function}", *asked) == "too_many_questions"
    assert _ask(setting.labour.context, "people_begin_case", None, None) == "", "another's questions are another's"


def test_nobody_is_put_on_a_case_by_those_who_are_not_on_it_or_without_a_basis() -> None:
    setting = people.joint()
    social, outsider = setting.social.context, setting.outsider.context
    person, other = people.participant(social), people.participant(social)
    people.consent(social, other, setting.officer.area_id, "enrolment")
    people.consent(social, person, setting.officer.area_id, "plan")
    people.consent(social, person, setting.care.area_id, "enrolment")
    officer, area = setting.officer.membership_id, setting.officer.area_id
    met = [
        _ask(outsider, "people_assign", person, outsider.membership_id, None, "assigned"),
        _ask(social, "people_assign", person, NOWHERE, None, "assigned"),
        _ask(social, "people_assign", person, setting.leader.membership_id, None, "assigned"),
        _ask(
            social, "people_assign", person, officer, None, "assigned"
        ),  # a consent for another, for a category, elsewhere
        _ask(social, "people_assign", person, social.membership_id, None, "break_glass"),
        _ask(outsider, "people_assign_team", person, setting.team_id, outsider.area_id),
        _ask(social, "people_assign_team", person, setting.team_id, area),
    ]
    assert met == [
        "not_found", "cannot_be_on_case", "cannot_be_on_case", "area_does_not_know", "basis_unknown", "not_found",
        "area_does_not_know",
    ]  # fmt: skip
    world.withdraw(social, other, "enrolment")
    assert _ask(social, "people_assign", other, officer, None, "assigned") == "area_does_not_know", "taken back"
    access = world.rows(social, "SELECT id FROM people_caseaccess WHERE person_id = %s", person)[0][0]
    assert _ask(outsider, "people_end_access", access, world.now()) == "not_found"
    assert _ask(outsider, "people_recuse", person, social.actor_id, "close", "x") == "not_found"


def test_an_access_is_ended_in_its_own_area_also_for_a_person_whom_another_is_on_the_case_of() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    person = people.participant(social)
    people.enrolled(setting, social, person)
    people.join_team(setting, social, person, setting.officer)
    ((access,),) = world.rows(officer, "SELECT id FROM people_caseaccess WHERE person_id = %s", person)
    assert _ask(social, "people_end_access", access, world.now()) == "not_found", "another area's"
    assert _ask(officer, "people_end_access", access, world.now()) == ""


def test_protection_is_begun_kept_and_lifted_by_those_on_the_list() -> None:
    setting = people.joint()
    social, outsider = setting.social.context, setting.outsider.context
    colleague = partners.member(Role.SOCIAL_SECRETARY)
    person = people.participant(social)
    mine = social.membership_id
    assert _ask(social, "people_name_on_list", person, mine, "x") == "not_protected"
    assert _ask(social, "people_lift_protection", person, "x") == "not_protected"
    assert _ask(outsider, "people_protect", person, "marked", [], "x") == "not_found"
    cases.assign(by=social, person_id=person, membership_id=colleague.membership_id)
    protection.protect(by=social, person_id=person, level="marked")
    assert _ask(colleague.context, "people_name_on_list", person, colleague.membership_id, "x") == "not_found"
    assert _ask(colleague.context, "people_lift_protection", person, "x") == "not_found"
    assert _ask(social, "people_protect", person, "marked", [], "x") == "already_protected"
    assert _ask(social, "people_strike_from_list", person, mine) == "last_on_list"
    assert _ask(social, "people_name_on_list", person, setting.leader.membership_id, "x") == "cannot_be_on_case"
    assert _ask(social, "people_name_on_list", person, setting.care.membership_id, "x") == "cannot_be_on_case"
    protection.name(by=social, person_id=person, membership_id=colleague.membership_id)
    assert protection.lift(by=social, person_id=person) is False
    assert _ask(social, "people_lift_protection", person, "x") == "another_person_decides"
    assert world.count(setting.outsider.context, "people_protection") == 0
    assert protection.lift(by=colleague.context, person_id=person) is True
    protection.protect(by=social, person_id=person, level="marked")
    assert world.count(colleague.context, "people_contribution") == 0, "an old list does not come back"


def test_break_glass_asks_for_a_reason_a_role_and_the_own_area_and_another_reviews() -> None:
    setting = people.joint()
    social = setting.social.context
    colleague, recused = partners.member(Role.SOCIAL_SECRETARY), partners.member(Role.SOCIAL_SECRETARY)
    reviewer = partners.member(Role.DATA_PROTECTION_OFFICER).context
    person = people.participant(social, text=NUMBER)
    people.recuse(by=social, person_id=person, user_id=recused.user_id, ground="close")

    def opened(by: Context, reason: str = REASON, minutes: int = 30) -> Any:
        with transactions.write(by), connection.cursor() as cursor:
            cursor.execute("SELECT people_break_glass(%s, %s, %s, 'x')", [NUMBER, reason, minutes])
            return cursor.fetchone()[0]

    assert _ask(reviewer, "people_break_glass", NUMBER, REASON, 30, "x") == "not_for_your_role"
    assert _ask(colleague.context, "people_break_glass", NUMBER, "kort", 30, "x") == "reason_too_short"
    assert _ask(colleague.context, "people_break_glass", NUMBER, REASON, 600, "x") == "time_out_of_range"
    assert opened(recused.context) is None
    assert opened(setting.outsider.context) is None
    assert opened(social) == person
    assert world.count(social, "people_caseaccess", "basis = 'break_glass'") == 0, (
        "who is on the case needs no emergency"
    )
    assert opened(colleague.context) == person
    one = world.rows(reviewer, "SELECT id FROM people_breakglass")[0][0]
    own = partners.member(Role.DATA_PROTECTION_OFFICER, user_id=colleague.user_id).context
    assert _ask(social, "people_review_break_glass", one, "justified", "", "x") == "not_for_your_role"
    assert _ask(own, "people_review_break_glass", one, "justified", "", "x") == "another_person_decides"
    assert _ask(reviewer, "people_review_break_glass", NOWHERE, "justified", "", "x") == "nothing_to_review"
    assert _ask(reviewer, "people_review_break_glass", one, "justified", "", "x") == ""
    assert _ask(reviewer, "people_review_break_glass", one, "not_justified", "", "x") == "already_reviewed"
    assert world.count(social, "people_breakglass") == 0, "whose it is not"
    assert world.count(colleague.context, "people_breakglass") == 1
    protection.protect(by=social, person_id=person, level="marked")
    assert world.count(colleague.context, "people_breakglass") == 0
    third = partners.member(Role.SOCIAL_SECRETARY)
    assert opened(third.context) is None, "protected"


def test_only_the_steward_joins_and_splits_and_never_the_protected() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    person = people.participant(social, text=NUMBER)
    people.participant(officer, text=NUMBER)
    match = world.rows(steward, "SELECT id FROM people_match")[0][0]
    assert world.count(social, "people_match") == world.count(officer, "people_match") == 0
    assert _ask(social, "people_split", match, "x", "y") == "not_for_your_role"
    assert _ask(steward, "people_join", NOWHERE, "x", "y") == "nothing_to_join"
    assert _ask(steward, "people_split", NOWHERE, "x", "y") == "nothing_to_split"
    protection.protect(by=social, person_id=person, level="marked")
    assert _ask(steward, "people_join", match, "x", "y") == "protected_are_never_joined"
    with transactions.write(steward), connection.cursor() as cursor:
        cursor.execute("SELECT people_match_number(%s)", [match])
        assert cursor.fetchone()[0] == NUMBER
    assert _ask(steward, "people_split", match, "x", "y") == ""
    assert _ask(steward, "people_split", match, "x", "y") == "nothing_to_split"


def _refused(by: Context, statement: str, *values: object) -> bool:
    """Whether the database refuses, or finds no row to do it to; nothing stays."""
    try:
        with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            done = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return bool(done == 0)


ENROL = (
    "INSERT INTO people_enrolment (id, person_id, initiative_id, area_id, period, category) "
    "VALUES (gen_random_uuid(), %s, %s, %s, tstzrange('2031-01-01', '2031-02-01'), %s)"
)


def test_an_enrolment_is_begun_and_ended_only_where_the_writer_works() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    mine, hidden = people.participant(officer), people.participant(social)
    start, here, there = setting.initiative_id, officer.area_id, social.area_id
    assert not _refused(officer, ENROL, mine, start, here, "enrolment")
    assert _refused(officer, ENROL, hidden, start, here, "enrolment"), "not on the case"
    assert _refused(officer, ENROL, mine, start, there, "enrolment"), "another area's"
    assert _refused(officer, ENROL, mine, start, here, "care_plan"), "not met at work"
    enrolment, elsewhere = people.enrolled(setting, officer, mine), people.enrolled(setting, social, hidden)
    change = "UPDATE people_enrolment SET {} WHERE id = %s"
    assert not _refused(
        officer, change.format("period = tstzrange(lower(period), now() + interval '1 day')"), enrolment
    )
    for done in ("area_id = %s", "person_id = %s", "category = %s"):
        value = {"area_id = %s": there, "person_id = %s": hidden}.get(done, "social_situation")
        assert _refused(officer, change.format(done), value, enrolment), done
    assert _refused(officer, change.format("period = period"), elsewhere)
    assert _refused(setting.outsider.context, change.format("period = period"), enrolment)


def test_a_consent_is_registered_only_for_what_the_own_area_may_hand_over() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    person, hidden = people.participant(social), people.participant(officer)
    people.consent(social, person, setting.officer.area_id, "plan")
    form = (
        "INSERT INTO people_consent SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()) "
        "|| %s::jsonb)).* FROM people_consent c LIMIT 1"
    )
    part = form.replace("people_consent ", "people_consentscope ")
    fresh = '"category": "work"'
    cases_of_both = [
        ("{}", False), (f'{{"from_area_id": "{setting.care.area_id}"}}', True), (f'{{"person_id": "{hidden}"}}', True),
    ]  # fmt: skip
    for changed, refused in cases_of_both:
        assert _refused(social, form, changed) is refused, changed
        assert _refused(social, part, f"{{{fresh}{', ' + changed[1:] if changed != '{}' else '}'}") is refused, changed
    assert _refused(social, form, f'{{"registered_membership_id": "{officer.membership_id}"}}')
    assert _refused(social, part, f'{{{fresh}, "to_area_id": "{setting.care.area_id}"}}'), "not what the form says"
    assert _refused(social, part, f'{{{fresh}, "withdrawn_at": "2026-01-01T00:00:00Z"}}'), (
        "taken back before it was given"
    )
    assert _refused(social, part, f'{{{fresh}, "consent_id": "{NOWHERE}"}}')


def test_two_who_take_part_at_the_same_time_in_the_same_area_are_not_joined() -> None:
    setting = people.joint()
    social, colleague = setting.social.context, partners.member(Role.SOCIAL_SECRETARY).context
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    for by in (social, colleague):
        people.enrolled(setting, by, people.participant(by, text=NUMBER))
    match = world.rows(steward, "SELECT id FROM people_match")[0][0]
    assert _ask(steward, "people_join", match, "x", "y") == "join_overlaps"
    assert world.rows(steward, "SELECT state FROM people_match") == [("open",)]
