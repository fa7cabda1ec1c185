"""What was once so, or is so of somebody else, gives nothing: the guard's conditions that only such a case can show."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.partners.actions import memberships
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, emergencies, protection
from samkraft.people.actions.places import place_coordination
from samkraft.values.context import Context
from tests.factories import joint_work, partners, people, places
from tests.people import world
from tests.people.test_doors import NUMBER, REASON, _access, _ask
from tests.people.test_given_in_order import _told

pytestmark = pytest.mark.django_db


def _placed(setting: people.Setting, member: partners.Member, *, personal: bool = False) -> UUID:
    return teams.add_member(
        by=setting.leader.context, team_id=setting.team_id, membership_id=member.membership_id, personal=personal,
        start_date=date(2022, 1, 3),
    )  # fmt: skip


def _out_of_the_team(setting: people.Setting, place: UUID) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    teams.end_member(by=setting.leader.context, member_id=place, last_day=yesterday)


def _not_on_the_case(why: str, setting: people.Setting, person: UUID) -> Context:
    """Somebody whom something binds to the case, but not so that it lasts."""
    social = setting.social.context
    if why == "the team is on it for another area":
        people.consent(social, person, setting.officer.area_id, "enrolment")
        cases.assign(by=social, person_id=person, membership_id=setting.outsider.membership_id)
        return setting.officer.context
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    if why == "the time has ended":
        cases.assign(by=social, person_id=person, membership_id=colleague.membership_id)
        cases.end_access(by=social, person_id=person, access_id=_access(colleague.context, person, "assigned").id)
    elif why == "only called in":
        _placed(setting, colleague, personal=True)
    else:
        _out_of_the_team(setting, _placed(setting, colleague))
    return colleague.context


@pytest.mark.parametrize(
    "why", ["the time has ended", "only called in", "has left the team", "the team is on it for another area"]
)
def test_an_emergency_does_not_make_lasting_what_did_not_last(why: str) -> None:
    setting, person = world.known(NUMBER)
    by = _not_on_the_case(why, setting, person)
    assert world.count(by, "people_contribution") == 0
    emergencies.open_case(by=by, number=people.number(NUMBER), reason=REASON)
    assert world.count(by, "people_caseaccess", "basis = 'break_glass'") == 1
    assert _ask(by, "people_protect", person, "marked", [], "x") == "only_opened_in_emergency"


def test_the_load_of_a_team_is_told_to_its_members_and_counts_those_who_are_there() -> None:
    setting, person = world.known(NUMBER)
    social = setting.social.context
    people.enrolled(setting, social, people.participant(social))
    assert _told(setting.officer.context, "people_team_load", setting.team_id) == 2
    cases.end_access(by=social, person_id=person, access_id=_access(social, person, "team").id)
    assert _told(setting.officer.context, "people_team_load", setting.team_id) == 1
    colleague = partners.member(Role.SOCIAL_SECRETARY)
    place = _placed(setting, colleague)
    assert _told(colleague.context, "people_team_load", setting.team_id) == 1
    _out_of_the_team(setting, place)
    assert _told(colleague.context, "people_team_load", setting.team_id) == 0


def test_on_the_list_are_put_those_who_work_here_and_are_known_about_this_person() -> None:
    setting, person = world.known(NUMBER)
    social = setting.social.context
    other = people.participant(social)
    people.consent(social, other, setting.care.area_id, "enrolment")
    gone = partners.member(Role.SOCIAL_SECRETARY)
    memberships.end(by=partners.administrator(), membership_id=gone.membership_id, last_date=date(2024, 1, 1))
    protection.protect(by=social, person_id=person, level="marked")
    for member in (setting.care, gone):
        assert _ask(social, "people_name_on_list", person, member.membership_id, "x") == "cannot_be_on_case"
    people.consent(social, person, setting.care.area_id, "enrolment")
    assert _ask(social, "people_name_on_list", person, setting.care.membership_id, "x") == ""
    protection.strike(by=social, person_id=person, membership_id=setting.care.membership_id)
    assert world.count(social, "people_protectionname", "upper_inf(period)") == 1
    assert _ask(social, "people_name_on_list", person, setting.care.membership_id, "x") == ""
    assert world.count(social, "people_protectionname", "upper_inf(period)") == 2, "who was struck can be named again"


def test_the_last_on_the_list_whom_one_knows_of_is_not_struck() -> None:
    setting, person = world.known(NUMBER)
    social, officer = setting.social.context, setting.officer
    people.join_team(setting, social, person, officer)
    people.consent(social, person, setting.care.area_id, "enrolment")
    second, stranger = (partners.member(Role.SOCIAL_SECRETARY) for _ in range(2))
    named = [second.membership_id, officer.membership_id, setting.care.membership_id]
    protection.protect(by=social, person_id=person, level="marked", membership_ids=named)
    strike = "people_strike_from_list"
    assert _ask(stranger.context, strike, person, second.membership_id) == "not_found"
    for one in (second, setting.social):
        assert _ask(officer.context, strike, person, one.membership_id) == ""
    mine = officer.membership_id
    assert _ask(officer.context, strike, person, mine) == "last_on_list", "neither the struck nor the unknown count"
    assert world.count(officer.context, "people_protectionname", "upper_inf(period)") == 1


def test_who_was_protected_and_is_not_any_more_is_nobody_special() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    second = partners.member(Role.SOCIAL_SECRETARY)
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    person = people.participant(social, text=NUMBER)
    cases.assign(by=social, person_id=person, membership_id=second.membership_id)
    protection.protect(by=social, person_id=person, level="marked", membership_ids=[second.membership_id])
    protection.lift(by=social, person_id=person)
    protection.lift(by=second.context, person_id=person)
    assert _ask(social, "people_name_on_list", person, second.membership_id, "x") == "not_protected"
    people.participant(officer, text=NUMBER)
    found = world.rows(steward, "SELECT id FROM people_match")
    assert len(found) == 1
    assert _ask(steward, "people_join", found[0][0], "x", "y") == ""


def test_a_steward_asks_for_so_many_numbers_and_no_more() -> None:
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    with transactions.write(steward), connection.cursor() as cursor:
        for _ in range(60):
            cursor.execute("SELECT people_match_number(gen_random_uuid())")
    assert _ask(steward, "people_match_number", UUID(int=1)) == "too_many_questions"


def test_places_are_opened_by_those_who_coordinate_them_now() -> None:
    offered = places.offered()
    way = joint_work.begun(offered.setting, offered.setting.officer)
    occasion = offered.occasion(way)
    before = partners.member(Role.PLACE_COORDINATOR, "af", name="Förra")
    today = timezone.localdate()
    place_coordination.appoint(
        by=offered.setting.leader.context, activity_id=offered.activity_id, membership_id=before.membership_id,
        until=today - timedelta(days=1), at=timezone.now() - timedelta(days=30),
    )  # fmt: skip
    for by in (before.context, partners.by(Role.PLACE_COORDINATOR, "af")):
        assert _ask(by, "people_place_open", occasion, way.moment) == "not_coordinator"
    assert _ask(offered.coordinator.context, "people_place_open", occasion, way.moment) == ""
