"""The worked story of a place: need, queue, an offer declined, the next at once, a decision, sessions, a result.

Two people wait for one place. The first says no; the second has it at that moment, on condition, until an arbetsförmedlare
has decided. The provider knows a code, and a name when the person has seen that it is told.
"""

from datetime import time, timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.actions import occasions
from samkraft.offer.models import Outcome, Session
from samkraft.people.actions import attendance
from samkraft.people.actions.places import place_coordination, places
from samkraft.people.models import PlaceResult
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.places.place_states import State
from tests.factories import joint_work, refusals
from tests.factories import places as made

pytestmark = pytest.mark.django_db


def step_of(way: joint_work.Way, member: joint_work.Member, lineage: object) -> dict[str, object]:
    return dict([held for held in way.held(member) if held.lineage == lineage][-1].content)


def test_a_place_from_need_to_result_with_a_declined_offer_between() -> None:
    offered = made.offered()
    officer = offered.setting.officer
    first = joint_work.begun(offered.setting, officer)
    second = joint_work.begun(offered.setting, officer, at=first.at)
    step = second.step(officer, "Språkpraktik i kök", step_kind="workplace", work_oriented=True)

    # Both are put in the queue, one after the other. The step waits with the person.
    places.join(by=officer.context, person_id=first.person_id, activity_id=offered.activity_id, at=first.at)
    second.moment = first.moment
    entry = places.join(
        by=officer.context, person_id=second.person_id, activity_id=offered.activity_id, step=step, at=second.at
    )
    said = step_of(second, officer, step)
    assert said["state"] == "waiting"
    assert said["waits_on"]["role"] == "Platssamordnare"  # type: ignore[index]  # what is said may be nothing, and then this falls

    # The coordinator sees two codes in order, and no person. One place is offered to the first.
    occasion = offered.occasion(second, places=1)
    queue = made.asked(offered.coordinator, place_lists.queue, offered.activity_id)
    assert [row.place for row in queue] == [1, 2]
    assert all(row.told == {} for row in queue)
    assert offered.open(second, occasion) == 1
    assert made.state(first, officer) is State.OFFERED
    assert made.state(second, officer) is State.WAITING
    assert made.asked(officer, place_lists.before, entry) == 0

    # A no with a reason: the next has the offer in the same breath, and the first keeps the place in the queue.
    first.moment = second.moment
    hold = made.hold_of(first, officer)
    places.answer(
        by=officer.context, person_id=first.person_id, hold_id=hold.id, accepts=False, reason_code="time", at=first.at
    )
    assert made.kinds(first, officer) == ["joined", "offered", "declined", "because"]
    assert made.state(second, officer) is State.OFFERED
    second.moment = first.moment
    hold = made.hold_of(second, officer)
    places.answer(by=officer.context, person_id=second.person_id, hold_id=hold.id, accepts=True, at=second.at)
    assert made.state(second, officer) is State.CONDITIONAL
    assert step_of(second, officer, step)["waits_on"]["what"].startswith("Beslut om plats")  # type: ignore[index]  # what is said may be nothing, and then this falls

    # Until somebody who may has decided, the place is not given: no list has the person on it.
    places.decide(
        by=officer.context, hold_id=hold.id, granted=True, number="AF-2026-1", decided_date=second.today, at=second.at
    )
    assert made.state(second, officer) is State.GIVEN
    assert step_of(second, officer, step)["state"] == "planned"

    # Sessions; the provider sees a code, and the name only when the person has been shown that it is told.
    coordinator, provider = offered.coordinator.context, offered.provider.context
    assert (
        occasions.plan_weekly(
            by=coordinator, occasion_id=occasion, weekdays=(0, 2), starts=time(9), ends=time(12), at=second.at
        )
        > 20
    )
    session = Session.objects.order_by("starts_at")[0]
    roll = made.asked(offered.provider, place_lists.roll, session.id)
    assert [(row.hold_id, row.told) for row in roll] == [(hold.id, {})]
    places.disclose(
        by=officer.context, person_id=second.person_id, entry_id=entry, receiver="provider", fields=["name"],
        shown_how="together", shown_date=second.today, at=second.at,
    )  # fmt: skip
    assert made.asked(offered.provider, place_lists.roll, session.id)[0].told == {"name": "Amira Haddad-Lund"}

    # The first day: present. The step goes on as soon as the own area looks after it.
    with refusals.refused("session_not_begun"):
        attendance.note(by=provider, session_id=session.id, hold_id=hold.id, presence="present", at=second.at)
    second.moment = session.starts_at + timedelta(minutes=5)
    there = {"by": provider, "session_id": session.id, "hold_id": hold.id, "presence": "present"}
    assert attendance.note(**there, at=second.at) == attendance.Mark(1, "started")
    assert attendance.note(**there, at=second.at) == attendance.Mark(1)
    assert made.state(second, officer) is State.ONGOING

    # The end, with what came of it; the place is free, and what was told is told no longer.
    second.after(60)
    with transactions.read(officer.context):
        wanted = list(Outcome.objects.filter(activity_id=offered.activity_id).order_by("position"))
    places.finish(
        by=officer.context, person_id=second.person_id, hold_id=hold.id, on=second.today,
        outcomes={wanted[0].id: "yes", wanted[1].id: "partly"}, at=second.at,
    )  # fmt: skip
    assert made.state(second, officer) is State.ENDED
    said = step_of(second, officer, step)
    assert said["state"] == "done"
    assert said["result"] == "Klarar arbetsdagens längd: ja\nKänner till yrket: delvis"
    with transactions.read(officer.context):
        assert PlaceResult.objects.filter(hold_id=hold.id).count() == 2
    assert all(row.told == {} for row in made.asked(offered.provider, place_lists.roll, session.id))
    assert [row.free for row in made.asked(officer, place_lists.numbers) if row.occasion_id == occasion] == [1]


def test_an_occasion_cancelled_with_twelve_in_it_leaves_nobody_behind() -> None:
    offered = made.offered()
    officer = offered.setting.officer
    ways = []
    at = None
    for _ in range(12):
        way = joint_work.begun(offered.setting, officer, at=at)
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
        ways.append(way)
        at = way.at
    last = ways[-1]
    occasion = offered.occasion(last, places=12)
    assert offered.open(last, occasion) == 12
    for way in ways:
        way.moment = last.moment
        places.answer(
            by=officer.context, person_id=way.person_id, hold_id=made.hold_of(way, officer).id, accepts=True, at=way.at
        )
    later = offered.occasion(last, places=5, starts_in=60)
    assert offered.open(last, later) == 0

    # Twelve are told; each stands where they stood, and the first five are offered the next occasion at once.
    reason = "Läraren är sjuk och ingen annan finns."
    with refusals.refused("place_no_reason"):
        place_coordination.cancel(by=offered.coordinator.context, occasion_id=occasion, reason="", at=last.at)
    assert (
        place_coordination.cancel(by=offered.coordinator.context, occasion_id=occasion, reason=reason, at=last.at) == 12
    )
    assert [made.state(way, officer) for way in ways] == [State.OFFERED] * 5 + [State.WAITING] * 7
    assert made.kinds(ways[0], officer) == ["joined", "offered", "accepted", "cancelled", "offered"]
    assert made.kinds(last, officer) == ["joined", "offered", "accepted", "cancelled"]
    with refusals.refused("occasion_cancelled"):
        place_coordination.cancel(by=offered.coordinator.context, occasion_id=occasion, reason=reason, at=last.at)
