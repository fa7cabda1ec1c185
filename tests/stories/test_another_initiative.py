"""A second initiative runs by data alone: other phases, no limit, no promises, one party, no follow-ups."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from samkraft.initiatives.actions import arrangements, teams, undertakings
from samkraft.initiatives.rules.rule_sets import Agrees, Question, RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import enrolments, exits, phases, plans
from tests.factories import joint_work, partners
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.factories.refusals import refused

pytestmark = pytest.mark.django_db

STAIRS = ("Grupp", "Testplats", "Sluss", "Enskild plats", "Anställning")


def stairs() -> tuple[Setting, Member]:
    """The disability support committee's own way to work, step by step, at each person's own pace."""
    made = joint_work.setting()
    by = made.leader.context
    supporter = partners.member(Role.LABOUR_MARKET_SECRETARY, "fsn", name="Ida Stegson")
    initiative_id = undertakings.add(
        by=by, code=f"steg-{uuid4().hex[:6]}", name="Stegförflyttning", aim="Från grupp till anställning.",
        owner_id=by.organisation_id, stage=Stage.RUNNING, start_date=date(2022, 1, 3),
    )  # fmt: skip
    arrangements.add_party(
        by=by, initiative_id=initiative_id, area_id=supporter.area_id, joins_team=True, writes_plan=True,
        start_date=date(2022, 1, 3),
    )  # fmt: skip
    arrangements.set_phases(
        by=by,
        initiative_id=initiative_id,
        phases=[PhaseDraft(place, name) for place, name in enumerate(STAIRS, start=1)],
    )
    rules = RuleSet(
        agreement_parties=(Agrees.PARTICIPANT,),
        start_check=(Question("daily_activity", "Har personen beslut om daglig verksamhet?", must_hold=True),),
        certificate="Kompetenspass",
    )
    arrangements.decide_rules(by=by, initiative_id=initiative_id, rule_set=rules, start_date=date(2022, 1, 3))
    team_id = teams.add_team(
        by=by, initiative_id=initiative_id, number=1, name="Stegen", places=40, start_date=date(2022, 1, 3)
    )
    teams.add_member(by=by, team_id=team_id, membership_id=supporter.membership_id, start_date=date(2022, 1, 3))
    own = Setting(
        initiative_id, team_id, made.leader, supporter, supporter, supporter, made.insurance, made.care, made.outsider
    )
    return own, supporter


def test_five_steps_over_three_years_without_a_limit_and_out_to_work() -> None:
    made, supporter = stairs()
    stopped = joint_work.referred(made, supporter, daily_activity="no")
    with refused("start_check_must_hold"):
        enrolments.enrol(
            by=supporter.context, person_id=stopped.person_id, initiative_id=made.initiative_id, team_id=made.team_id,
            started_on=stopped.today, at=stopped.at,
        )  # fmt: skip
    way: Way = joint_work.begun(made, supporter)
    way.goal(supporter, "Jag vill ha en riktig lön.", aim="work")
    way.step(supporter, "Café, en halv dag", step_kind="workplace", work_oriented=True)
    plans.fix_version(by=supporter.context, person_id=way.person_id, at=way.at)
    for number in range(2, 6):
        way.after(270)
        reason = "Klarar mer ansvar."
        phases.move(
            by=supporter.context, person_id=way.person_id, number=number, since=way.today, reason=reason, at=way.at
        )
        standing = way.joint(supporter).standing
        assert (standing.phase, standing.limit_date, standing.is_over_limit, standing.guide_left) == (
            number,
            None,
            False,
            None,
        )
    with refused("phase_no_such"):
        phases.move(by=supporter.context, person_id=way.person_id, number=6, since=way.today, reason="?", at=way.at)
    with refused("prolongation_without_limit"):
        phases.ask_for_time(
            by=supporter.context, person_id=way.person_id, until=way.today + timedelta(days=9), reason="?", at=way.at
        )
    tomorrow = (way.today + timedelta(days=1)).isoformat()
    left = {"outcome": "work", "left_on": way.today.isoformat()}
    with refused("exit_promise_too_far"):
        exits.leave(by=supporter.context, person_id=way.person_id, left={**left, "promised_start": tomorrow}, at=way.at)
    exits.leave(by=supporter.context, person_id=way.person_id, left=left, at=way.at)
    joint = way.joint(supporter)
    assert joint.left.content.outcome == "work"
    assert joint.follow_ups == ()
