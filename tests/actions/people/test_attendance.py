"""Who was there: corrected without losing what was noted first, summed to a month, kept when two persons are found to be one."""

from datetime import timedelta
from typing import Any

import pytest

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, duplicates
from samkraft.people.actions.places import place_sessions, places
from samkraft.people.models import Attendance, Match, PlaceEntry, PlaceEvent, PlaceHold, RecruitmentInvitation
from samkraft.people.queries import attendance as asked
from tests.factories import employers, joint_work, partners, people, refusals
from tests.factories import places as factory
from tests.people.test_place_walls import Given

pytestmark = pytest.mark.django_db


def _months(given: Given, by: Any, now: Any) -> Any:
    with transactions.read(by.context):
        return asked.months(by.context, month=now.date(), now=now)


def _given() -> tuple[Given, Any]:
    given = Given()
    given.take()
    session = given.session()
    given.way.moment = session.ends_at + timedelta(minutes=5)
    return given, session


def test_a_correction_keeps_what_was_noted_and_the_month_counts_the_newest() -> None:
    given, session = _given()
    provider, officer = given.offered.provider, given.officer

    def note(presence: str) -> int:
        return attendance.note(
            by=provider.context, session_id=session.id, hold_id=given.hold.id, presence=presence, at=given.way.at
        ).version

    month = _months(given, officer, given.way.moment)[given.way.person_id]
    assert (month.present, month.absent, month.unnoted, month.minutes_present) == (0, 0, 1, 0)
    assert note("absent") == 1
    assert note("absent") == 1, "the same again is nothing new"
    month = _months(given, officer, given.way.moment)[given.way.person_id]
    assert (month.present, month.absent, month.minutes_absent) == (0, 1, 180)
    assert note("late") == 2
    month = _months(given, officer, given.way.moment)[given.way.person_id]
    assert (month.present, month.absent, month.unnoted, month.hours) == (1, 0, 0, 3.0)
    with transactions.read(officer.context):
        rows = list(Attendance.objects.order_by("version").values_list("presence", flat=True))
        assert PlaceHold.objects.get(id=given.hold.id).started_on == session.starts_at.date()
    assert rows == ["absent", "late"]
    assert _months(given, given.offered.setting.social, given.way.moment) == {}, "another area holds nothing of it"


def test_a_session_that_is_cancelled_or_not_over_is_in_no_month() -> None:
    given = Given()
    given.take()
    session = given.session()
    assert _months(given, given.officer, session.ends_at - timedelta(minutes=1)) == {}
    place_sessions.cancel(
        by=given.offered.coordinator.context, session_id=session.id, reason="Lokalen är översvämmad", at=given.way.at
    )
    assert _months(given, given.officer, session.ends_at + timedelta(minutes=1)) == {}


def test_a_month_in_sweden_begins_at_midnight_there() -> None:
    given, session = _given()
    after = session.starts_at.replace(day=1) + timedelta(days=40)
    with transactions.read(given.officer.context):
        assert asked.months(given.officer.context, month=after.date(), now=after + timedelta(days=60)) != {}
        rows = asked.sessions(given.officer.context, month=session.starts_at.date(), now=after, person_ids=[])
    assert rows == [], "of nobody in particular nothing"


def test_places_and_attendance_follow_two_who_are_one_and_follow_back() -> None:
    """What waits, is held and was noted goes to the person who stays, and back when they are told apart again."""
    made = joint_work.setting()
    number = people.number()
    known = joint_work.begun(made, made.social, number=number)
    given = Given(made=made, number=number)
    given.take()
    session = given.session()
    given.way.moment = session.ends_at + timedelta(minutes=5)
    attendance.note(
        by=given.offered.provider.context,
        session_id=session.id,
        hold_id=given.hold.id,
        presence="present",
        at=given.way.at,
    )
    newer = given.way.person_id
    joint_work.join_duplicates(known, given.way)
    officer = given.officer

    def whose() -> set[Any]:
        with transactions.read(officer.context):
            return {
                *PlaceEntry.objects.values_list("person_id", flat=True),
                *PlaceHold.objects.values_list("person_id", flat=True),
                *Attendance.objects.values_list("person_id", flat=True),
            }

    assert whose() == {known.person_id}
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    with transactions.read(steward):
        found = Match.objects.get(known_id=known.person_id, newer_id=newer)
    duplicates.split(by=steward, match_id=found.id, reason="De var ändå två.")
    assert whose() == {newer}


def test_what_came_meanwhile_goes_with_the_enrolment_it_was_for_when_two_are_told_apart() -> None:
    """Each area finds what it asked for with the person whom it knows."""
    made = joint_work.setting()
    number = people.number()
    known = joint_work.begun(made, made.social, number=number)
    given = Given(made=made, number=number)
    newer, officer, social = given.way.person_id, given.officer, made.social
    joint_work.join_duplicates(known, given.way)
    for by in (officer, social):
        activity = factory.activity(made)
        places.join(by=by.context, person_id=known.person_id, activity_id=activity, at=given.way.at)
    worker = partners.member(Role.LABOUR_MARKET_SECRETARY, "asn", name="Malte Möte")
    meeting = employers.meeting(worker, employers.employer(worker), given.way.at + timedelta(days=5))
    employers.invite(given.way, officer, meeting, "name")
    with transactions.read(partners.member(Role.DUPLICATE_STEWARD).context):
        found = Match.objects.get(known_id=known.person_id, newer_id=newer)
    duplicates.split(by=partners.member(Role.DUPLICATE_STEWARD).context, match_id=found.id, reason="De var ändå två.")
    for by, person in ((officer, newer), (social, known.person_id)):
        with transactions.read(by.context):
            assert set(PlaceEntry.objects.values_list("person_id", flat=True)) == {person}
            assert set(PlaceEvent.objects.values_list("person_id", flat=True)) == {person}
    with transactions.read(officer.context):
        assert list(RecruitmentInvitation.objects.values_list("person_id", flat=True)) == [newer]


def test_two_who_have_a_place_each_in_the_same_activity_are_not_made_one() -> None:
    """The steward is told that they overlap, and nothing has moved."""
    made = joint_work.setting()
    number = people.number()
    known = joint_work.begun(made, made.social, number=number)
    given = Given(made=made, number=number)
    places.join(
        by=made.social.context, person_id=known.person_id, activity_id=given.offered.activity_id, at=given.way.at
    )
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    with transactions.read(steward):
        found = Match.objects.get(known_id=known.person_id, newer_id=given.way.person_id)
    with refusals.refused("join_overlaps"):
        duplicates.join(by=steward, match_id=found.id, reason="Samma nummer")
    with transactions.read(given.officer.context):
        assert PlaceHold.objects.get().person_id == given.way.person_id
