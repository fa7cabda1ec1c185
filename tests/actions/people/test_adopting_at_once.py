"""Two coordinators adopt the same proposal in the same moment: each row becomes one offer, and the other is told so."""

from typing import Any

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_coordination, place_suggestions
from samkraft.people.actions.places.place_suggestions import Result
from samkraft.people.models import PlaceHold
from samkraft.people.queries.places import place_proof
from samkraft.people.rules.places.place_suggestions import Adopted
from tests.factories import at_once, partners
from tests.stories.test_best_use_of_places import REASON, Queue

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_adopt_at_once_give_each_place_once_and_pass_nobody_in_silence() -> None:
    queue = Queue()
    first = queue.somebody()
    soon = queue.offered.occasion(first, places=1, starts_in=14)
    queue.offered.occasion(first, places=1, starts_in=21)
    for _ in range(3):
        queue.somebody(occasion_id=soon)
    colleague = partners.member(Role.PLACE_COORDINATOR, "af", name="Petra Plats")
    place_coordination.appoint(
        by=queue.offered.setting.leader.context, activity_id=queue.offered.activity_id,
        membership_id=colleague.membership_id, at=timezone.now(),
    )  # fmt: skip
    proposal_id = queue.propose()
    rows = [row.id for row in queue.rows(proposal_id) if row.occasion_id]
    assert len(rows) == 2
    told: list[list[Result]] = []

    def adopt(member: Any) -> None:
        told.append(
            place_suggestions.adopt(by=member.context, proposal_id=proposal_id, suggestion_ids=rows, reason=REASON)
        )

    assert (
        at_once.together(*(lambda member=member: adopt(member) for member in (queue.coordinator, colleague) * 3))
        == ["done"] * 6
    )
    became = sorted(one.became for each in told for one in each)
    assert became == [Adopted.ALREADY] * 10 + [Adopted.OFFERED] * 2
    with transactions.read(queue.officer.context):
        assert PlaceHold.objects.filter(released_at=None).count() == 2
        assert place_proof.of_activity(queue.offered.activity_id).findings == ()
