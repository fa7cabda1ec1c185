"""Each policy around places, asked when there is something in every table: raw, as somebody for whom one condition fails."""

from datetime import timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.models import Outcome
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, cases, protection
from samkraft.people.actions.places import places
from samkraft.values.context import Context
from tests.factories import joint_work, partners
from tests.people import world
from tests.people.test_place_walls import TABLES, Given

pytestmark = pytest.mark.django_db


def _finished() -> Given:
    """A place that tells of health, from the queue to what came of it: a row in each table."""
    given = Given(reveals="health")
    way, officer = given.way, given.officer.context
    given.take()
    session = given.session()
    given.tell("coordinator", "interpreter")
    way.moment = session.starts_at + timedelta(minutes=5)
    attendance.note(
        by=given.offered.provider.context, session_id=session.id, hold_id=given.hold.id, presence="present", at=way.moment
    )  # fmt: skip
    with transactions.read(officer):
        outcome = Outcome.objects.filter(activity_id=given.offered.activity_id)[0].id
    way.after(60)
    places.finish(
        by=officer, person_id=way.person_id, hold_id=given.hold.id, on=way.today, outcomes={outcome: "yes"}, at=way.at
    )  # fmt: skip
    return given


def _seen(by: Context) -> set[str]:
    return {table for table in TABLES if world.count(by, table)}


def test_a_place_is_read_on_the_case_in_the_own_area_by_those_who_meet_the_category_and_not_past_protection() -> None:
    given = _finished()
    setting, way, officer = given.offered.setting, given.way, given.officer
    joint_work.join(way, officer, setting.social)
    colleague = partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega")
    counsellor = partners.member(Role.STUDY_COUNSELLOR, "af", name="Stina Studie")
    assert counsellor.area_id == officer.area_id
    for member in (colleague, counsellor):
        cases.assign(by=officer.context, person_id=way.person_id, membership_id=member.membership_id)
    for member in (setting.social, counsellor):
        assert world.count(member.context, "people_contribution") > 0, f"{member.name} is on the case"
    assert _seen(officer.context) == _seen(colleague.context) == set(TABLES)
    assert _seen(setting.social.context) == set(), "another area's"
    assert _seen(setting.outsider.context) == set(), "not on the case"
    assert _seen(counsellor.context) == set(), "not met at work"
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    assert _seen(colleague.context) == set(), "not on the list"
    assert _seen(officer.context) == set(TABLES)
