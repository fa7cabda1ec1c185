"""Each refusal of the guard's functions about places, met by somebody who asks for what is not to be had; raw."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.models import Outcome, Session
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, cases, protection
from samkraft.people.actions.places import places
from samkraft.people.models import PlaceDisclosure
from samkraft.values.context import Context
from tests.factories import joint_work, partners, people
from tests.factories import places as made
from tests.people import world
from tests.people.test_doors import _ask
from tests.people.test_place_walls import Given

pytestmark = pytest.mark.django_db
WORDS = "Ett tillräckligt långt skäl"


def _begun() -> tuple[Given, UUID]:
    """A place that was given, and its first session, at which the person was not."""
    given = Given()
    given.take()
    session = given.session()
    given.way.moment = session.starts_at + timedelta(minutes=5)
    attendance.note(
        by=given.offered.provider.context, session_id=session.id, hold_id=given.hold.id, presence="absent",
        at=given.way.moment,
    )  # fmt: skip
    return given, session.id


def _answer(given: Given, by: Context, accepts: bool, code: str = "", at: datetime | None = None) -> str:
    return _ask(by, "people_place_answer", given.hold.id, accepts, code, "", True, at or given.way.at)


def _decide(given: Given, on: date, *, granted: bool = True, number: str = "AF-7", at: datetime | None = None) -> str:
    by = given.officer.context
    return _ask(by, "people_place_decide", given.hold.id, granted, number, on, "", at or given.way.at)


def _colleague(given: Given, role: Role = Role.EMPLOYMENT_OFFICER, *, on_case: bool = False) -> Context:
    member = partners.member(role, "af", name="Kim Kollega")
    if on_case:
        cases.assign(by=given.officer.context, person_id=given.way.person_id, membership_id=member.membership_id)
    return member.context


def test_an_offer_is_answered_once_in_time_with_a_reason_by_those_on_the_case() -> None:
    given = Given()
    officer, late = given.officer.context, given.hold.answer_until + timedelta(seconds=1)
    assert _answer(given, officer, True, at=late) == "offer_has_lapsed"
    assert _decide(given, given.way.today, at=late) == "offer_has_lapsed"
    assert _answer(given, officer, False) == "place_no_reason"
    assert _answer(given, _colleague(given), True) == "not_found", "not on the case"
    assert _answer(given, given.offered.setting.social.context, True) == "not_found", "another area's"
    counsellor = _colleague(given, Role.STUDY_COUNSELLOR, on_case=True)
    assert _answer(given, counsellor, False, "health") == "not_for_your_role", "does not write of health"
    assert _answer(given, officer, True) == ""
    assert _answer(given, officer, True) == "already_answered"
    assert _ask(officer, "people_place_leave", given.entry, "time", "", given.way.at) == ""
    assert _answer(given, officer, True) == "offer_is_over"
    assert _decide(given, given.way.today) == "offer_is_over"


def test_a_decision_is_made_once_of_a_day_that_has_been_with_a_number_or_a_reason() -> None:
    given = Given()
    today = given.way.today
    assert _decide(given, today + timedelta(days=1)) == "decided_when"
    assert _decide(given, today - timedelta(days=400)) == "decided_when"
    assert _decide(given, today, number=" ") == "decision_number"
    assert _decide(given, today, granted=False) == "place_no_reason"
    assert _decide(given, today) == ""
    assert _decide(given, today) == "already_decided"


def test_a_place_begins_when_it_is_given_and_once_and_then_is_ended_not_left() -> None:
    given = Given()
    officer, way, hold = given.officer.context, given.way, given.hold.id
    way.after(40)
    start = ("people_place_start", hold, way.today, way.at)
    assert _ask(officer, "people_place_start", hold, way.today - timedelta(days=300), way.at) == "started_when"
    way.moment = given.hold.offered_at
    assert _answer(given, officer, True) == _decide(given, way.today) == ""
    way.after(40)
    done: tuple[Any, ...] = ("people_place_finish", hold, way.today, "", "", [], [], way.at)
    assert _ask(officer, *done) == "place_not_begun"
    assert _ask(officer, *start) == ""
    assert _ask(officer, *start) == "place_has_begun"
    assert _ask(officer, "people_place_leave", given.entry, "time", "", way.at) == "place_has_begun"
    early: tuple[Any, ...] = ("people_place_finish", hold, way.today - timedelta(days=30), "", "", [], [], way.at)
    assert _ask(officer, *early) == "ended_when"
    other = made.activity(given.offered.setting)
    with transactions.read(officer):
        elsewhere = Outcome.objects.filter(activity_id=other)[0].id
    assert _ask(officer, *done[:5], [elsewhere], ["yes"], way.at) == "unknown_occasion", "another activity's outcome"
    assert _ask(officer, *done) == ""
    assert _ask(officer, *done) == "offer_is_over"
    assert _ask(officer, *start) == "offer_is_over"


def test_a_place_that_is_not_given_does_not_begin() -> None:
    given = Given()
    start = ("people_place_start", given.hold.id, given.way.today + timedelta(days=40))
    given.way.after(50)
    assert _ask(given.officer.context, *start, given.way.at) == "place_not_given"


def test_the_queue_is_joined_and_left_by_those_on_the_case_and_for_what_there_is() -> None:
    given = Given(reveals="health")
    officer, way, activity = given.officer.context, given.way, given.offered.activity_id
    another = made.activity(given.offered.setting, reveals="health")
    other = joint_work.begun(given.offered.setting, given.officer)

    def join(by: Context, where: UUID, occasion: UUID | None = None, **said: UUID) -> str:
        return _ask(
            by, "people_place_join", way.person_id, where, occasion, None, [], said.get("step"), said.get("enrolment"), None,
            way.at,
        )  # fmt: skip

    assert join(officer, uuid4()) == join(officer, another, given.occasion) == "unknown_occasion"
    assert join(_colleague(given), another) == "not_found"
    counsellor = _colleague(given, Role.STUDY_COUNSELLOR, on_case=True)
    assert join(counsellor, another) == "not_for_your_role"
    assert other.enrolment_id is not None
    assert join(officer, another, enrolment=other.enrolment_id) == join(officer, another, step=uuid4()) == "not_found"
    assert join(officer, activity) == "already_in_queue"
    assert join(officer, another) == ""
    leave = ("people_place_leave", given.entry)
    assert _ask(officer, *leave, "", "", way.at) == "place_no_reason"
    for by in (_colleague(given), given.offered.setting.social.context, counsellor):
        assert _ask(by, *leave, "time", "", way.at) == "not_found"
    assert _ask(officer, *leave, "time", "", way.at) == ""
    assert _ask(officer, *leave, "time", "", way.at) == "offer_is_over"


def test_who_is_there_is_noted_by_the_provider_while_it_is_fresh_and_explained_on_the_case() -> None:
    given, session = _begun()
    way, hold, provider = given.way, given.hold.id, given.offered.provider.context
    noted = ("people_place_attend", session, hold, "present")
    assert _ask(given.officer.context, *noted, way.at) == "not_there", "only the provider"
    assert _ask(provider, *noted, way.moment - timedelta(days=1)) == "session_not_begun"
    Session.objects.filter(id=session).update(cancelled_at=way.at)
    assert _ask(provider, *noted, way.at) == "session_cancelled"
    Session.objects.filter(id=session).update(cancelled_at=None)
    assert _ask(provider, *noted, way.moment + timedelta(days=40)) == "session_long_ago"
    explained = ("people_place_explain", session, hold, "ill", "")
    counsellor = _colleague(given, Role.STUDY_COUNSELLOR, on_case=True)
    assert _ask(counsellor, *explained, way.at) == "not_for_your_role"
    assert _ask(given.officer.context, "people_place_explain", uuid4(), hold, "ill", "", way.at) == "not_there"
    assert _ask(given.officer.context, *explained, way.at) == ""


def test_coordinators_are_appointed_by_those_who_lead_for_a_time_ahead_and_once() -> None:
    given = Given()
    leader, activity = given.offered.setting.leader, given.offered.activity_id
    new = partners.member(Role.PLACE_COORDINATOR, "af")

    def appoint(by: Context, member: partners.Member, until: date | None = None) -> str:
        return _ask(by, "people_place_appoint", activity, member.membership_id, until, given.way.at)

    assert appoint(given.officer.context, new) == "not_coordinator"
    assert appoint(leader.context, given.offered.provider) == "cannot_coordinate"
    assert appoint(leader.context, new, given.way.today) == "ended_when"
    assert appoint(leader.context, new) == ""
    assert appoint(leader.context, new) == "already_coordinates"


def test_places_are_cut_and_passed_and_cancelled_with_a_reason_and_within_what_there_is() -> None:
    given = Given()
    by, way, occasion = given.offered.coordinator.context, given.way, given.occasion

    def resize(places_wanted: int, words: str = "", take_back: bool = True) -> str:
        return _ask(by, "people_place_resize", occasion, places_wanted, take_back, words, way.at)

    assert resize(501) == resize(-1) == "places_out_of_range"
    assert resize(0, WORDS, take_back=False) == "places_are_held"
    assert resize(0) == "place_no_reason"
    assert resize(1) == ""
    assert [row[:2] for row in _numbers(given)] == [(1, 0)], "what was cut is no place"
    for wanted in (4, 3, 2):
        assert resize(wanted) == ""
        assert [row[:2] for row in _numbers(given)] == [(wanted, wanted - 1)], "not what was cut before once more"
    assert resize(1) == ""
    assert [row[:2] for row in _numbers(given)] == [(1, 0)]
    waiting = [joint_work.begun(given.offered.setting, given.officer) for _ in range(2)]
    for one in waiting:
        places.join(by=given.officer.context, person_id=one.person_id, activity_id=given.offered.activity_id, at=way.at)
        assert made.kinds(one, given.officer) == ["joined"], "a place that was cut is offered to nobody"
    last = made.entry_of(waiting[1], given.officer).id
    before = ("people_place_put_before", occasion)
    assert _ask(by, *before, given.entry, WORDS, way.at) == "not_in_line"
    assert _ask(by, *before, last, WORDS, way.at) == "no_free_place"
    later = given.offered.occasion(way, places=1, starts_in=60)
    assert _ask(by, "people_place_put_before", later, last, "kort", way.at) == "passing_needs_reason"
    assert _ask(by, "people_place_cancel", occasion, "kort", way.at) == "place_no_reason"
    assert _ask(by, "people_place_cancel", occasion, WORDS, way.at) == ""
    met = [
        _ask(by, "people_place_cancel", occasion, WORDS, way.at), _ask(by, "people_place_open", occasion, way.at),
        _ask(by, *before, last, WORDS, way.at), resize(3),
    ]  # fmt: skip
    assert met == ["occasion_cancelled"] * 4


def _numbers(given: Given) -> list[tuple[Any, ...]]:
    return world.rows(
        given.officer.context, "SELECT n.places, n.free FROM people_place_numbers() n (occasion, places, free) "
        "WHERE n.occasion = %s", given.occasion,
    )  # fmt: skip


def test_what_is_told_of_a_place_is_of_the_own_area_by_those_on_the_case_and_while_it_lasts() -> None:
    given = Given()
    setting, way, officer = given.offered.setting, given.way, given.officer
    joint_work.join(way, officer, setting.social, categories=("enrolment", "plan"))
    people.write(setting.social.context, way.person_id, "card", {"given_name": "Annan", "family_name": "Uppgift"})
    given.tell("coordinator", "name")
    with transactions.read(officer.context):
        disclosed = PlaceDisclosure.objects.get(entry_id=given.entry)
    assert disclosed.told == {"name": "Amira Haddad-Lund"}, "not another area's card"
    told = ("people_place_disclose", given.entry, "coordinator", None, ["name"], "agreed", "x", way.today, way.at)
    ended = ("people_place_end_disclosure", disclosed.id, way.at)
    for by in (_colleague(given), setting.social.context):
        assert _ask(by, *told) == "not_found"
        assert _ask(by, *ended) == "not_found"
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    assert _told_to_coordinator(given) == {}
    second = partners.member(Role.EMPLOYMENT_OFFICER, name="Sam Second")
    cases.assign(by=officer.context, person_id=way.person_id, membership_id=second.membership_id)
    protection.name(by=officer.context, person_id=way.person_id, membership_id=second.membership_id)
    for one in (officer, second):
        protection.lift(by=one.context, person_id=way.person_id)
    assert _told_to_coordinator(given) == {"name": "Amira Haddad-Lund"}, "no longer protected"
    assert _ask(officer.context, *told) == ""
    more = ("people_place_disclose", given.entry, "coordinator", None, ["name", "reason"], *told[5:])
    assert _ask(officer.context, *more) == "place_field", "what is told is of a list of fields"
    assert _ask(officer.context, "people_place_leave", given.entry, "time", "", way.at) == ""
    assert _ask(officer.context, *told) == "offer_is_over"


def _told_to_coordinator(given: Given) -> object:
    from samkraft.people.queries.places import place_lists

    return made.asked(given.offered.coordinator, place_lists.queue, given.offered.activity_id)[0].told
