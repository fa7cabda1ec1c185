"""The worked story of the best use of places: a proposal from the live queue, adopted in part, and followed to a start.

Three wait, and two occasions with a place each lie ahead. Who has waited longest can take either, the next only the first. In
the queue's order the first occasion goes to the first, and the second stays empty. The proposal gives both; a person adopts.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules.meetings import About
from samkraft.knowledge.queries import allotments as asked
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import protection
from samkraft.people.actions.places import place_coordination, place_suggestions, places
from samkraft.people.models import PlaceEvent
from samkraft.people.queries.places import place_proof
from samkraft.people.queries.places import place_suggestions as rows_of
from samkraft.people.rules.places.place_states import State
from samkraft.people.rules.places.place_suggestions import Adopted, Fate, Why
from samkraft.values.period import day_in_stockholm
from samkraft.web.governance import open_matters
from samkraft.web.offer import allotment_making
from tests.factories import joint_work, partners, refusals
from tests.factories import places as made
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.places import Offered
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]
REASON = "Så får en till plats. Du står kvar där du stod."


@pytest.fixture(scope="module")
def offered(once: Once[Offered]) -> Offered:
    return once(made.offered)


class Queue:
    """Some who wait, by the names in the story."""

    def __init__(self, offered: Offered | None = None) -> None:
        self.offered = offered or made.offered()
        self.officer, self.coordinator = self.offered.setting.officer, self.offered.coordinator
        self.ways: list[Way] = []
        self.moment: Any = None

    def somebody(self, **said: Any) -> Way:
        """One more in the queue, last."""
        way = joint_work.begun(self.offered.setting, self.officer)
        way.moment = self.moment = max(way.moment, self.moment or way.moment) + timedelta(minutes=1)
        places.join(
            by=self.officer.context, person_id=way.person_id, activity_id=self.offered.activity_id, at=way.at, **said
        )
        self.ways.append(way)
        return way

    def propose(self, **said: Any) -> UUID:
        """A proposal of the coordinator's."""
        return allotment_making.propose(by=self.coordinator.context, **said)

    def rows(self, proposal_id: UUID) -> list[rows_of.Suggested]:
        """As the coordinator is told them."""
        found: list[rows_of.Suggested] = made.asked(self.coordinator, rows_of.of_proposal, proposal_id)
        return found


def test_a_proposal_gives_more_places_than_the_queue_alone_and_only_what_is_adopted_is_offered(
    offered: Offered,
) -> None:
    queue = Queue(offered)
    first = queue.somebody()
    soon = queue.offered.occasion(first, places=1, starts_in=14)
    later = queue.offered.occasion(first, places=1, starts_in=21)
    second, third = queue.somebody(occasion_id=soon), queue.somebody(occasion_id=soon)

    # The proposal: two get a place instead of one, the first a week later; it is proven that no better can be had.
    proposal_id = queue.propose()
    proposal = made.asked(queue.coordinator, asked.one, proposal_id)
    assert (proposal.plan.placed, proposal.queue.placed) == (2, 1)
    assert proposal.is_checked
    assert proposal.gap < 1e-6
    rows = queue.rows(proposal_id)
    assert [(row.why, row.occasion_id, row.queue_occasion_id) for row in rows] == [
        (Why.LATER, later, soon), (Why.GAINS, soon, None), (Why.NO_ROOM, None, None),
    ]  # fmt: skip
    assert [row.passes for row in rows] == [0, 1, 0]
    assert rows[2].why_not is not None
    assert (rows[2].why_not["reason"], rows[2].why_not["places"]) == ("full", 1)

    # Nothing has happened by itself.
    assert [made.state(way, queue.officer) for way in queue.ways] == [State.WAITING] * 3

    # To pass somebody takes a reason; with one the row becomes an offer, and whoever is passed can read why.
    chosen = {"by": queue.coordinator.context, "proposal_id": proposal_id, "suggestion_ids": [rows[1].id]}
    with refusals.refused("passing_needs_reason"):
        place_suggestions.adopt(**chosen, reason="")
    assert made.state(second, queue.officer) is State.WAITING
    told = place_suggestions.adopt(**chosen, reason=REASON)
    assert [(one.became, one.passed) for one in told] == [(Adopted.OFFERED, 1)]
    assert [made.state(way, queue.officer) for way in queue.ways] == [State.WAITING, State.OFFERED, State.WAITING]
    assert "passed" in made.kinds(first, queue.officer)
    assert "passed" not in made.kinds(third, queue.officer), "who stands behind is not passed"
    with transactions.read(queue.officer.context):
        assert PlaceEvent.objects.get(person_id=first.person_id, kind="passed").reason == REASON

    # The same row again, and the other one: a result for each.
    again = place_suggestions.adopt(
        by=queue.coordinator.context, proposal_id=proposal_id, suggestion_ids=[rows[0].id, rows[1].id], reason=REASON
    )
    assert {one.suggestion_id: one.became for one in again} == {
        rows[0].id: Adopted.OFFERED, rows[1].id: Adopted.ALREADY,
    }  # fmt: skip

    # What came of it is followed: a yes, and a no. Why is told to nobody outside.
    hold = made.hold_of(second, queue.officer)
    places.answer(by=queue.officer.context, person_id=second.person_id, hold_id=hold.id, accepts=True)
    hold = made.hold_of(first, queue.officer)
    places.answer(
        by=queue.officer.context, person_id=first.person_id, hold_id=hold.id, accepts=False, reason_code="health"
    )
    rows = queue.rows(proposal_id)
    assert [row.fate for row in rows] == [Fate.DECLINED, Fate.ACCEPTED, None]
    assert "health" not in repr(rows)
    with transactions.read(queue.officer.context):
        assert place_proof.of_activity(queue.offered.activity_id).findings == ()


def test_what_has_changed_since_is_answered_row_by_row_and_the_rest_is_offered(offered: Offered) -> None:
    queue = Queue(offered)
    leaves, holds, stays, waits = (queue.somebody() for _ in range(4))
    occasion = queue.offered.occasion(leaves, places=4, starts_in=14)
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    assert [row.why for row in rows] == [Why.SAME] * 4
    entry = made.entry_of(leaves, queue.officer)
    places.leave(by=queue.officer.context, person_id=leaves.person_id, entry_id=entry.id, reason_code="work")
    place_coordination.put_before(
        by=queue.coordinator.context,
        occasion_id=occasion,
        entry_id=rows[1].entry_id,
        reason="Har ett arbete som väntar.",
    )
    place_coordination.resize(by=queue.coordinator.context, occasion_id=occasion, places=2)
    protection.protect(by=queue.officer.context, person_id=stays.person_id, level="marked", membership_ids=[])
    told = place_suggestions.adopt(
        by=queue.coordinator.context, proposal_id=proposal_id, suggestion_ids=[row.id for row in rows], reason=REASON
    )
    became = {one.suggestion_id: one.became for one in told}
    assert [became[row.id] for row in rows] == [Adopted.LEFT, Adopted.HOLDING, Adopted.OFFERED, Adopted.FULL]
    assert made.state(stays, queue.officer) is State.OFFERED, "a protected person is offered a place like anybody"
    assert made.state(waits, queue.officer) is State.WAITING
    assert made.state(holds, queue.officer) is State.OFFERED
    assert all(row.told == {} for row in queue.rows(proposal_id))
    place_coordination.cancel(
        by=queue.coordinator.context, occasion_id=occasion, reason="Läraren är sjuk hela terminen."
    )
    told = place_suggestions.adopt(
        by=queue.coordinator.context, proposal_id=proposal_id, suggestion_ids=[rows[3].id], reason=REASON
    )
    assert told[0].became is Adopted.CANCELLED


def test_a_place_can_be_decided_beforehand_and_the_rest_is_made_around_it(offered: Offered) -> None:
    queue = Queue(offered)
    first = queue.somebody()
    occasion = queue.offered.occasion(first, places=1, starts_in=14)
    queue.somebody()
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    assert [row.why for row in rows] == [Why.SAME, Why.NO_ROOM]
    moved = queue.propose(locks=[(rows[1].entry_id, occasion)], earlier_id=proposal_id)
    assert [(row.why, row.occasion_id) for row in queue.rows(moved)] == [
        (Why.GIVES_WAY, None), (Why.LOCKED, occasion),
    ]  # fmt: skip
    with refusals.refused("allotment_lock_impossible"):
        queue.propose(locks=[(row.entry_id, occasion) for row in rows])


def test_without_occasions_or_anybody_who_can_come_it_is_said_so(offered: Offered) -> None:
    queue = Queue(offered)
    with refusals.refused("allotment_no_occasions"):
        queue.propose()
    first = queue.somebody(not_before=day_in_stockholm(timezone.now()) + timedelta(days=60))
    occasion = queue.offered.occasion(first, places=1, starts_in=14)
    with refusals.refused("allotment_nobody_waits"):
        queue.propose()
    with refusals.refused("allotment_weeks"):
        queue.propose(weeks=1)
    queue.offered.open(first, occasion)
    with refusals.refused("allotment_no_occasions"):
        queue.propose()


def test_a_proposal_that_nobody_adopts_comes_before_those_who_steer_and_goes_when_something_of_it_is_adopted(
    offered: Offered,
) -> None:
    queue = Queue(offered)
    queue.offered.occasion(queue.somebody(), places=1, starts_in=14)
    proposal_id = queue.propose()
    later = timezone.now() + timedelta(seconds=1)

    def lying(who: Member) -> list[UUID]:
        with transactions.read(who.context):
            return [one.id for one in asked.left_lying(later)]

    leader, officer = queue.offered.setting.leader, queue.officer
    assert lying(leader) == lying(partners.member(Role.STEERING_GROUP)) == [proposal_id]
    assert lying(officer) == lying(queue.coordinator) == []  # who steers is told; the coordinator has it in the inbox
    with transactions.read(leader.context):
        assert asked.left_lying(later - timedelta(days=14)) == []
        row = undertakings.row_of(queue.offered.setting.initiative_id)
        in_time, late = timezone.now() + timedelta(days=13), timezone.now() + timedelta(days=15)
        assert not [
            one
            for one in open_matters.found(row, now=in_time, today=day_in_stockholm(in_time))
            if one.about is About.PROPOSAL
        ]
        (matter,) = [
            one
            for one in open_matters.found(row, now=late, today=day_in_stockholm(late))
            if one.about is About.PROPOSAL
        ]
    assert matter.days == 15
    assert matter.about_id == str(proposal_id)
    rows = queue.rows(proposal_id)
    place_suggestions.adopt(
        by=queue.coordinator.context, proposal_id=proposal_id, suggestion_ids=[rows[0].id], reason=""
    )
    assert lying(leader) == []
