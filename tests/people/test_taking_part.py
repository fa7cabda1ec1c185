"""Who closes the month meets who takes part, and nothing of what a caseload tells about plans."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, protection
from samkraft.values.context import Context
from tests.factories import partners, people
from tests.factories.partners import Member
from tests.people import world

pytestmark = pytest.mark.django_db


def takes_part(by: Context) -> list[str]:
    with transactions.read(by), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_taking_part() ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def _case() -> tuple[people.Setting, UUID]:
    setting = people.joint()
    by = setting.labour.context
    person = people.participant(by, given="Amira", family="Haddad")
    people.enrolled(setting, by, person)
    people.join_team(setting, by, person)
    return setting, person


def _assigned(setting: people.Setting, person: UUID, role: Role) -> Member:
    """Somebody of the secretary's own area, with this role, on the case in person."""
    member = partners.member(role, "ama")
    assert member.area_id == setting.labour.area_id
    cases.assign(by=setting.labour.context, person_id=person, membership_id=member.membership_id)
    return member


def test_the_administrator_on_the_case_meets_who_takes_part_and_no_row_of_the_caseload() -> None:
    setting, person = _case()
    administrator = _assigned(setting, person, Role.PROJECT_ADMINISTRATOR)
    assert takes_part(administrator.context) == ["Amira Haddad"]
    assert world.count(administrator.context, "people_overview") == 0
    assert world.count(setting.labour.context, "people_overview") == 1
    assert takes_part(setting.labour.context) == ["Amira Haddad"]


def test_only_those_on_the_case_in_the_area_meet_who_takes_part() -> None:
    setting, _person = _case()
    assert takes_part(setting.outsider.context) == []
    assert takes_part(setting.social.context) == [], "nothing has been given to that area"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_taking_part()")
        assert cursor.fetchone()[0] == 0


def test_another_areas_row_of_somebody_whose_case_one_is_on_is_not_ones_own() -> None:
    setting, person = _case()
    people.join_team(setting, setting.labour.context, person, setting.officer)
    assert takes_part(setting.officer.context) == ["Amira Haddad"]
    with transactions.read(setting.officer.context), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT area_id FROM people_taking_part()")
        assert cursor.fetchall() == [(setting.officer.area_id,)]


def test_who_reads_neither_enrolments_nor_contacts_meets_nobody() -> None:
    """No role is like that today; the function does not count on it."""
    setting, _person = _case()
    with transactions.read(replace(setting.labour.context, role=Role.COUNCILLOR.value)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_taking_part()")
        assert cursor.fetchone()[0] == 0


def test_a_protected_person_takes_part_for_those_on_the_named_list() -> None:
    setting, person = _case()
    administrator = _assigned(setting, person, Role.PROJECT_ADMINISTRATOR)
    protection.protect(by=setting.labour.context, person_id=person, level="marked")
    assert takes_part(administrator.context) == []
    assert takes_part(setting.labour.context) == ["Amira Haddad"]
