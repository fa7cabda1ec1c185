"""A second initiative by data only: other phases, no limit, other parties, a follow-up of its own, and no line of code.

Somebody with daily activities goes from group by test place and sluice to a place of their own and employment, in the
demo's other initiative.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as asked
from samkraft.operations.world import arranged, initiatives, partners, teams
from samkraft.people.actions import consents, enrolments, exits, phases, plans, referrals
from samkraft.people.queries import plans as plans_asked
from samkraft.people.queries.plans import Joint
from samkraft.people.rules.consents import ConsentDraft
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STEP = {
    "title": "Prova på caféet", "step_kind": "workplace", "work_oriented": True, "from_date": str(TODAY),
    "due_date": str(TODAY + timedelta(days=30)),
}  # fmt: skip


def _plan(by: Context, person_id: object, today: date = TODAY) -> Joint:
    with transactions.read(by):
        return plans_asked.joint(by, person_id, today=today)  # type: ignore[arg-type]  # an id


@pytest.fixture
def city() -> asked.Arranged:
    partners.load()
    initiatives.load()
    teams.load()
    page = asked.page(arranged.STEPS.undertaking.code, on=TODAY)
    assert page is not None
    return page


def test_from_group_to_employment_without_a_limit(city: asked.Arranged) -> None:
    guide, consultant = (partners.acting_with_people(name) for name in ("Ulrika Hjort", "Bengt Alm"))
    start = TODAY - timedelta(days=250)
    at = timezone.now() - timedelta(days=252)
    card = {"given_name": "Robin", "family_name": "Ek", "language": "svenska"}
    referral = {
        "how": "own_application",
        "start_check": {"beslut": "yes", "vill": "yes"},
        "received_on": str(at.date()),
    }
    person = referrals.refer(
        by=guide, at=at, number=None, card=card, referral=referral, initiative_id=city.initiative_id
    ).person_id
    enrolments.enrol(
        by=guide, person_id=person, initiative_id=city.initiative_id, team_id=city.teams[0].id, started_on=start,
        lead_membership_id=guide.membership_id,
    )  # fmt: skip
    for number, phase in enumerate(city.phases[1:], 2):
        since = start + timedelta(days=number * 30)
        phases.move(by=guide, person_id=person, number=number, since=since, reason=f"Redo för {phase.name.lower()}.")
    standing = _plan(guide, person).standing
    assert standing is not None
    assert (standing.phase, standing.limit_days, standing.days_left) == (5, None, None)
    with pytest.raises(Refused) as refused:
        phases.move(by=guide, person_id=person, number=6, since=TODAY, reason="En till.")
    assert "{" not in str(refused.value)

    # The labour-market department writes its own step; the employment service is party without a seat in the team.
    consents.give(
        by=guide, person_id=person,
        draft=ConsentDraft(
            consultant.area_id, ("enrolment", "contact", "plan"), "Hitta en plats", TODAY + timedelta(200), "Robin Ek"
        ),
    )  # fmt: skip
    enrolments.let_in(by=guide, person_id=person, area_id=consultant.area_id)
    goal = plans.add(
        by=guide, person_id=person, kind="goal", content={"words": "Jag vill ha en egen plats."}, voice="participant"
    )
    plans.add(
        by=consultant, person_id=person, kind="step", category="plan",
        content={**STEP, "goal": str(goal), "body_area_id": str(consultant.area_id)},
    )  # fmt: skip
    seats = {party.area_code: party.joins_team for party in city.parties}
    assert seats == {"fsn": True, "asn-arbetsmarknad": True, "af": False, "fk": False}

    exits.leave(by=guide, person_id=person, left={"outcome": "work", "left_on": str(TODAY)})
    planned = [one.content.months for one in _plan(guide, person).follow_ups]
    assert planned == [3, 6], "this initiative follows up twice, the other three times"
