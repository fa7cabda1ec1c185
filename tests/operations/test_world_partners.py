"""The demo's bodies and people: as many as are said, each in order, and the same again when loaded twice."""

from collections import Counter

import pytest

from samkraft.operations.world import bodies, partners, staff
from samkraft.partners.queries import memberships, organisations, people
from samkraft.partners.rules.roles import Role
from samkraft.values import organisation_number

CODES = [
    "kf",
    "ks",
    "ksau",
    "asn",
    "gvn",
    "fsn",
    "stk",
    "service",
    "fritid",
    "forskole",
    "grundskole",
    "kultur",
    "teknik",
    "malmo",
    "af",
    "fk",
    "finsam",
    "region-skane",
    "redi",
    "coompanion",
    "tillvaxt-malmo",
    "level",
    "pink-programming",
    "foo-cafe",
    "handelskammaren",
    "changers-hub",
    "boost",
    "ung-drive",
    "sommarlovsentreprenor",
    "almi",
    "tillvaxt-och-level",
]


def test_the_joint_project_has_forty_two_people_divided_as_agreed() -> None:
    assert len(staff.PROJECT) == 42
    assert Counter(person.role for person in staff.PROJECT) == {
        Role.MAIN_PROJECT_LEADER: 1,
        Role.SUBPROJECT_LEADER: 2,
        Role.PROJECT_ECONOMIST: 1,
        Role.PROJECT_ADMINISTRATOR: 1,
        Role.EMPLOYMENT_OFFICER: 10,
        Role.SOCIAL_SECRETARY: 10,
        Role.LABOUR_MARKET_SECRETARY: 10,
        Role.CARE_COORDINATOR: 2,
        Role.INSURANCE_OFFICER: 3,
        Role.STUDY_COUNSELLOR: 2,
    }


def test_every_address_is_invented_and_belongs_to_one_name() -> None:
    assert all(person.email.endswith("@exempel.invalid") for person in staff.ALL)
    names = {person.email: person.name for person in staff.ALL}
    assert all(names[person.email] == person.name for person in staff.ALL)


def test_every_number_that_is_given_has_a_right_check_digit() -> None:
    numbers = [body.number for body in bodies.ALL if body.number]
    assert len(set(numbers)) == 5
    assert all(organisation_number.tidy(number) for number in numbers)


def test_codes_that_others_rely_on_are_there() -> None:
    assert set(CODES) <= {body.code for body in bodies.ALL}


@pytest.mark.django_db
def test_the_world_loads_goes_on_where_it_stopped_and_changes_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = staff.ALL
    monkeypatch.setattr(staff, "ALL", whole[:20])
    partners.load()
    monkeypatch.setattr(staff, "ALL", whole)
    assert not partners.is_loaded()
    partners.load()
    assert partners.is_loaded()
    count = len(people.listed())
    partners.load()
    assert len(people.listed()) == count == len({person.email for person in whole}) + 1
    asn = organisations.page("asn")
    assert asn is not None
    assert len(asn.areas) == 2
    assert len(asn.decisions) == 1
    held = memberships.of_people(["jonas.wester@exempel.invalid"])["jonas.wester@exempel.invalid"]
    assert [row.role for row in held] == [Role.COUNCILLOR, Role.STEERING_GROUP]
    assert partners.acting("Karin Wahl").role == "fund_officer"
