"""What waits for one member of staff: each thing once, for whoever can do it, until somebody has."""

from datetime import date, timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions import exits, handovers, meetings, own_system_notes, phases, threads
from samkraft.people.queries import waiting
from samkraft.people.queries.waiting import Kind
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def way() -> Way:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    joint_work.join(way, made.social, made.officer)
    return way


def waits(way: Way, by: Member, on: date | None = None) -> list[Kind]:
    day = on or way.today
    with transactions.read(by.context):
        found = waiting.listed(by.context, today=day)
        assert waiting.number(by.context, today=day) == len(found)
        assert waiting.NAMES.keys() >= {one.kind for one in found}
    assert all(one.name == "Amira Haddad-Lund" for one in found)
    return [one.kind for one in found]


def test_nothing_waits_at_the_start_and_never_for_who_is_not_on_the_case(way: Way) -> None:
    social, officer, outsider = way.setting.social, way.setting.officer, way.setting.outsider
    assert waits(way, social) == waits(way, officer) == waits(way, outsider) == []


def test_follow_ups_wait_from_a_fortnight_before_their_day_for_all_areas_until_one_has_done_them(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=social.context, person_id=way.person_id, left=left, at=way.at)
    due = way.joint(social).follow_ups[0]
    assert waits(way, social, due.content.due_date - timedelta(days=15)) == []
    way.after(32)
    assert waits(way, social) == waits(way, officer) == [Kind.FOLLOW_UP]
    exits.answer_follow_up(
        by=officer.context,
        person_id=way.person_id,
        lineage=due.held.lineage,
        state="done",
        situation="other",
        at=way.at,
    )
    assert waits(way, social) == waits(way, officer) == []


def test_a_promise_waits_from_its_day_and_takes_its_follow_ups_with_it_when_it_is_broken(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    start = way.today + timedelta(days=30)
    left = {"outcome": "work", "left_on": way.today.isoformat(), "promised_start": start.isoformat()}
    exits.leave(by=social.context, person_id=way.person_id, left=left, at=way.at)
    assert waits(way, social, start - timedelta(days=1)) == []
    assert waits(way, officer, start) == [Kind.PROMISE]
    way.after(40)
    exits.look_at_promise(by=officer.context, person_id=way.person_id, kept=False, reason="Ställdes in", at=way.at)
    assert waits(way, social, start + timedelta(days=300)) == waits(way, officer, start + timedelta(days=300)) == []


def test_a_hand_over_waits_for_its_receiver_and_time_for_somebody_else_than_who_asked(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    until = way.today + timedelta(days=250)
    asked = phases.ask_for_time(by=social.context, person_id=way.person_id, until=until, reason="Praktik", at=way.at)
    request = handovers.ask(
        by=social.context, person_id=way.person_id, from_id=social.membership_id, to_id=officer.membership_id,
        reason="Matchning", at=way.at,
    )  # fmt: skip
    assert waits(way, social) == []
    assert sorted(waits(way, officer)) == [Kind.HANDOVER, Kind.PROLONGATION]
    phases.decide_time(by=officer.context, person_id=way.person_id, asked=asked, grant=True, at=way.at)
    handovers.answer(by=officer.context, person_id=way.person_id, lineage=request, accept=True, at=way.at)
    assert waits(way, officer) == []


def test_notes_and_meetings_wait_for_who_made_them_and_questions_for_the_process_lead(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    note = own_system_notes.write(by=officer.context, person_id=way.person_id, text="Möte", at=way.at)
    meeting = {"starts_at": (way.at + timedelta(hours=1)).isoformat(), "purpose": "planning"}
    booked = meetings.book(by=officer.context, person_id=way.person_id, meeting=meeting, at=way.at)
    question = threads.write(
        by=officer.context, person_id=way.person_id, text="Nu?", from_participant=True, waits_on="us", at=way.at
    )
    assert (waits(way, officer), waits(way, social)) == ([Kind.OWN_SYSTEM_NOTE], [Kind.MESSAGE])
    way.after(2)
    assert sorted(waits(way, officer)) == [Kind.MEETING, Kind.OWN_SYSTEM_NOTE]
    own_system_notes.tick(by=officer.context, person_id=way.person_id, lineage=note, at=way.at)
    meetings.hold(by=officer.context, person_id=way.person_id, lineage=booked, based_on=1, at=way.at)
    threads.answer(by=social.context, person_id=way.person_id, lineage=question, text="Snart", at=way.at)
    assert waits(way, officer) == waits(way, social) == []
