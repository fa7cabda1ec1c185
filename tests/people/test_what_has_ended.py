"""What has ended or been taken back is as if it had never been: asked of each guard function for itself."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.partners.actions import memberships
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, protection
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.people import world
from tests.people.test_doors import NUMBER, REASON, _access, _ask

pytestmark = pytest.mark.django_db


def test_a_consent_that_has_lapsed_lets_nobody_be_put_on_the_case() -> None:
    setting, person = world.known(NUMBER)
    social, officer = setting.social.context, setting.officer
    people.consent(social, person, officer.area_id, "contact")
    lapsed = (
        "INSERT INTO people_consentscope SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), "
        "'category', 'enrolment', 'period', '[2020-01-01,2020-02-01)'))).* FROM people_consentscope s WHERE category = 'contact'"
    )
    with transactions.write(social), connection.cursor() as cursor:
        cursor.execute(lapsed)
        assert cursor.rowcount == 1
    assert _ask(social, "people_assign", person, officer.membership_id, None, "assigned") == "area_does_not_know"


def test_another_areas_consent_is_no_basis_of_ours() -> None:
    setting, person = world.known(NUMBER)
    social, officer = setting.social.context, setting.officer.context
    people.join_team(setting, social, person, setting.officer)
    people.consent(officer, person, setting.insurance.area_id, "enrolment")
    asked = ("people_assign", person, setting.insurance.membership_id, None, "assigned")
    assert _ask(social, *asked) == "area_does_not_know"
    assert _ask(officer, *asked) == ""


def test_who_no_longer_works_here_is_not_put_on_a_case() -> None:
    setting, person = world.known(NUMBER)
    gone = partners.member(Role.SOCIAL_SECRETARY)
    memberships.end(by=partners.administrator(), membership_id=gone.membership_id, last_date=date(2024, 1, 1))
    assert (
        _ask(setting.social.context, "people_assign", person, gone.membership_id, None, "assigned")
        == "cannot_be_on_case"
    )


def test_a_team_whose_time_has_ended_sees_nothing_and_can_be_put_there_again() -> None:
    setting, person = world.known(NUMBER)
    social, officer = setting.social.context, setting.officer
    people.join_team(setting, social, person, officer)
    assert world.count(officer.context, "people_caseaccess") > 0
    cases.end_access(by=officer.context, person_id=person, access_id=_access(officer.context, person, "team").id)
    assert world.count(officer.context, "people_contribution") == 0
    assert _ask(social, "people_assign_team", person, setting.team_id, officer.area_id) == ""
    assert world.count(officer.context, "people_contribution") > 0


def test_who_has_left_the_team_sees_nothing_of_its_cases() -> None:
    setting, person = world.known(NUMBER)
    officer = setting.officer
    people.join_team(setting, setting.social.context, person, officer)
    place = world.rows(
        setting.leader.context, "SELECT id FROM initiatives_teammember WHERE membership_id = %s", officer.membership_id
    )[0][0]
    yesterday = timezone.localdate() - timedelta(days=1)
    teams.end_member(by=setting.leader.context, member_id=place, last_day=yesterday)
    assert world.count(officer.context, "people_contribution") == 0


def _opened(by: Context) -> UUID | None:
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute("SELECT people_break_glass(%s, %s, 30, 'x')", [NUMBER, REASON])
        found: UUID | None = cursor.fetchone()[0]
    return found


def test_protection_that_was_lifted_and_a_name_that_was_struck_count_no_longer() -> None:
    setting, person = world.known(NUMBER)
    social = setting.social.context
    second, struck, third = (partners.member(Role.SOCIAL_SECRETARY) for _ in range(3))
    cases.assign(by=social, person_id=person, membership_id=second.membership_id)
    protection.protect(
        by=social, person_id=person, level="marked", membership_ids=[second.membership_id, struck.membership_id]
    )
    protection.strike(by=social, person_id=person, membership_id=struck.membership_id)
    assert _opened(struck.context) is None, "no longer on the list"
    assert _ask(social, "people_change_number", person, "200001052380", "personnummer") == "protected_are_never_joined"
    protection.lift(by=social, person_id=person)
    protection.lift(by=second.context, person_id=person)
    assert _opened(third.context) == person, "no longer protected"
    assert _ask(social, "people_change_number", person, "200001052380", "personnummer") == ""
