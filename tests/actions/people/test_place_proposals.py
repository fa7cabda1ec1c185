"""What a provider proposes is entered when it is agreed, whole or not at all."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from samkraft.offer.actions import occasions, proposals
from samkraft.offer.actions.proposals import ProposalDraft
from samkraft.offer.models import Occasion, Place, Proposal, Session
from samkraft.people.actions.places import place_proposals, places
from tests.factories import joint_work
from tests.factories import places as made
from tests.factories.joint_work import Way
from tests.factories.places import Offered
from tests.factories.refusals import refused

pytestmark = pytest.mark.django_db


def _asked(offered: Offered, way: Way, occasion: UUID, kind: str, **said: Any) -> UUID:
    draft = ProposalDraft(occasion_id=occasion, kind=kind, words="Det går bra hos oss.", **said)
    return proposals.propose(by=offered.provider.context, draft=draft, at=way.at)


def _given() -> tuple[Offered, Way, UUID]:
    offered = made.offered()
    way = joint_work.begun(offered.setting, offered.setting.officer)
    return offered, way, offered.occasion(way, places=3, starts_in=30)


def test_a_new_occasion_is_like_the_one_it_was_proposed_from_and_is_not_open() -> None:
    offered, way, occasion = _given()
    first = way.today + timedelta(days=60)
    wanted = _asked(offered, way, occasion, "start", starts_on=first)
    entered = place_proposals.agree(by=offered.coordinator.context, proposal_id=wanted, at=way.at)
    like, new = Occasion.objects.get(id=occasion), Occasion.objects.get(id=entered.occasion_id)
    assert (new.starts_on, new.ends_on) == (first, first + (like.ends_on - like.starts_on))
    assert (new.provider_id, new.hours_a_week, new.offering_since) == (like.provider_id, like.hours_a_week, None)
    assert Place.objects.filter(occasion=new).count() == 3
    with refused("proposal_answered"):
        place_proposals.agree(by=offered.coordinator.context, proposal_id=wanted, at=way.at)


def test_other_days_take_the_sessions_outside_them_away_and_are_not_moved_under_anybody() -> None:
    offered, way, occasion = _given()
    occasions.plan_weekly(
        by=offered.coordinator.context, occasion_id=occasion, weekdays=(1,), starts=time(9), ends=time(12), at=way.at
    )
    before = Session.objects.filter(occasion_id=occasion, cancelled_at=None).count()
    last = way.today + timedelta(days=51)
    shorter = _asked(offered, way, occasion, "change", ends_on=last)
    entered = place_proposals.agree(by=offered.coordinator.context, proposal_id=shorter, at=way.at)
    assert entered.sessions_cancelled > 5
    assert (
        Session.objects.filter(occasion_id=occasion, cancelled_at=None).count() == before - entered.sessions_cancelled
    )
    assert Occasion.objects.get(id=occasion).ends_on == last
    offered.open(way, occasion)
    officer = offered.setting.officer
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    moved = _asked(offered, way, occasion, "change", starts_on=way.today + timedelta(days=35))
    with refused("proposal_somebody_is_there"):
        place_proposals.agree(by=offered.coordinator.context, proposal_id=moved, at=way.at)
    assert Proposal.objects.get(id=moved).state == "asked", "it still waits"
    fewer = _asked(offered, way, occasion, "change", places=1)
    hold = made.hold_of(way, officer)
    places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    place_proposals.agree(by=offered.coordinator.context, proposal_id=fewer, at=way.at)
    assert Place.objects.filter(occasion_id=occasion, withdrawn_at=None).count() == 1


def test_an_end_is_for_what_has_begun_and_a_stranger_agrees_to_nothing() -> None:
    offered, way, occasion = _given()
    last = way.today + timedelta(days=40)
    end = _asked(offered, way, occasion, "end", ends_on=last)
    with refused("proposal_not_begun"):
        place_proposals.agree(by=offered.coordinator.context, proposal_id=end, at=way.at)
    way.after(32)
    with refused("not_allowed"):
        place_proposals.agree(by=offered.provider.context, proposal_id=end, at=way.at)
    place_proposals.agree(by=offered.coordinator.context, proposal_id=end, at=way.at)
    assert Occasion.objects.get(id=occasion).ends_on == last


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("start", {}, "proposal_no_day"),
        ("end", {}, "proposal_no_day"),
        ("change", {}, "proposal_nothing_new"),
        ("start", {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 1)}, "occasion_ends_before"),
    ],
)
def test_a_proposal_says_enough_to_be_entered(kind: str, said: dict[str, Any], code: str) -> None:
    offered, way, occasion = _given()
    with refused(code):
        _asked(offered, way, occasion, kind, **said)
