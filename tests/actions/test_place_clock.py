"""What the clock does with places: late offers go on, once, and the plan follows what others did."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import occasions
from samkraft.offer.models import Session
from samkraft.operations import jobs
from samkraft.people.actions import attendance
from samkraft.people.actions.places import places
from samkraft.people.rules.places.place_states import State
from tests.factories import joint_work
from tests.factories import places as made

pytestmark = pytest.mark.django_db


def test_an_offer_that_nobody_answers_goes_to_the_next_by_the_clock_and_only_once() -> None:
    long_ago = timezone.now() - timedelta(days=20)
    offered = made.offered(at=long_ago)
    officer = offered.setting.officer
    first = joint_work.begun(offered.setting, officer, at=long_ago)
    second = joint_work.begun(offered.setting, officer, at=first.at)
    for way in (first, second):
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    second.moment = max(first.moment, second.moment)
    offered.open(second, offered.occasion(second, places=1, starts_in=60))
    assert [made.state(way, officer) for way in (first, second)] == [State.OFFERED, State.WAITING]
    assert jobs.lapse_places() == 1
    assert [made.state(way, officer) for way in (first, second)] == [State.WAITING, State.OFFERED]
    assert made.kinds(first, officer) == ["joined", "offered", "lapsed"]
    assert jobs.lapse_places() == 0


def test_the_step_follows_what_the_provider_noted() -> None:
    offered = made.offered(at=timezone.now() - timedelta(days=4), start_form="running")
    officer = offered.setting.officer
    way = joint_work.begun(offered.setting, officer, at=timezone.now() - timedelta(days=3))
    step = way.step(officer, "Språkpraktik", step_kind="workplace")
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, step=step, at=way.at)
    occasion = offered.occasion(way, places=1, starts_in=0)
    occasions.plan_weekly(
        by=offered.coordinator.context,
        occasion_id=occasion,
        weekdays=range(7),
        starts=time(0, 5),
        ends=time(1),
        at=way.at,
    )
    offered.open(way, occasion)
    hold = made.hold_of(way, officer)
    places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    places.decide(by=officer.context, hold_id=hold.id, granted=True, number="AF-1", decided_date=way.today, at=way.at)
    session = Session.objects.order_by("starts_at")[0]
    attendance.note(
        by=offered.provider.context, session_id=session.id, hold_id=hold.id, presence="present",
        at=session.starts_at + timedelta(minutes=5),
    )  # fmt: skip

    def state() -> object:
        with transactions.read(officer.context):
            return (
                way.held(officer)[-1] and [one for one in way.held(officer) if one.lineage == step][-1].content["state"]
            )

    assert state() == "planned", "the provider writes nothing in the plan"
    assert jobs.follow_places() == 1
    assert state() == "ongoing"
    assert jobs.follow_places() == 0
