"""What a proposal says of the queue is what the database does: random queues, proposed, then given in order or adopted.

"I köordning" is compared with what happens when each occasion is opened in turn; how many a row passes with what adopting finds;
and each history is gone through again by rules that know no database.
"""

import random
from datetime import timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.queries import catalogue
from samkraft.people.actions.places import place_coordination, place_suggestions
from samkraft.people.models import PlaceHold
from samkraft.people.queries.places import place_proof
from samkraft.people.rules.places.place_suggestions import Adopted
from samkraft.values.refusal import Refused
from tests.stories.test_best_use_of_places import REASON, Queue

pytestmark = pytest.mark.django_db


def _queue(seed: int) -> Queue:
    """A dozen who wait: some for one occasion, some not before a day."""
    chance = random.Random(seed)
    queue = Queue()
    first = queue.somebody()
    starts = sorted(chance.sample(range(10, 55), 3))
    occasions = [queue.offered.occasion(first, places=chance.randint(1, 3), starts_in=days) for days in starts]
    for _ in range(9):
        luck = chance.random()
        queue.somebody(
            occasion_id=chance.choice(occasions) if luck < 0.35 else None,
            not_before=first.today + timedelta(days=chance.randint(5, 50)) if luck > 0.7 else None,
        )
    return queue


@pytest.mark.parametrize("seed", range(2))
def test_in_queue_order_is_what_happens_when_each_occasion_is_opened_in_turn(seed: int) -> None:
    queue = _queue(seed)
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    by = queue.coordinator.context
    starts = {row.queue_occasion_id for row in rows} | {row.occasion_id for row in rows}
    with transactions.read(queue.officer.context):
        assert PlaceHold.objects.count() == 0, "nothing is offered by itself"
    with transactions.read(by):
        order = [one.id for one in catalogue.occasions(activity_id=queue.offered.activity_id)]
    assert starts - {None} <= set(order)
    for occasion_id in order:
        place_coordination.open_offering(by=by, occasion_id=occasion_id)
    with transactions.read(queue.officer.context):
        offered = dict(PlaceHold.objects.filter(released_at=None).values_list("entry_id", "occasion_id"))
    assert offered == {row.entry_id: row.queue_occasion_id for row in rows if row.queue_occasion_id}


@pytest.mark.parametrize("seed", range(2))
def test_adopting_all_offers_each_row_passes_as_many_as_was_said_and_nobody_in_silence(seed: int) -> None:
    queue = _queue(seed)
    proposal_id = queue.propose()
    rows = {row.id: row for row in queue.rows(proposal_id) if row.occasion_id}
    told = place_suggestions.adopt(
        by=queue.coordinator.context, proposal_id=proposal_id, suggestion_ids=rows, reason=REASON
    )
    assert {one.became for one in told} == {Adopted.OFFERED}
    assert {one.suggestion_id: one.passed for one in told} == {key: row.passes for key, row in rows.items()}
    with transactions.read(queue.officer.context):
        assert PlaceHold.objects.filter(released_at=None).count() == len(rows)
        assert place_proof.of_activity(queue.offered.activity_id).findings == ()
    if any(row.passes for row in rows.values()):
        other = _queue(seed)
        again = other.propose()
        chosen = [row.id for row in other.rows(again) if row.occasion_id]
        with pytest.raises(Refused):
            place_suggestions.adopt(
                by=other.coordinator.context, proposal_id=again, suggestion_ids=chosen, reason="kort"
            )
        with transactions.read(other.officer.context):
            assert PlaceHold.objects.filter(activity_id=other.offered.activity_id).count() == 0, "all or nothing"
