"""Risks, the handbook, the activity plan and staff: what may be said, who may, and that nothing said is changed."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from samkraft.initiatives.actions import activity_plans, handbooks, promises, risks, staffing, undertakings
from samkraft.initiatives.models import StaffPromise
from samkraft.initiatives.queries import activity_plans as plans
from samkraft.initiatives.queries import handbooks as versions
from samkraft.initiatives.queries import risks as registered
from samkraft.initiatives.queries import staffing as staffed
from samkraft.initiatives.rules.activity_plans import PointState
from samkraft.initiatives.rules.handbooks import Section, VersionState
from samkraft.initiatives.rules.meetings import About, Outcome
from samkraft.initiatives.rules.risks import RiskState
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import partners, refusals, steering
from tests.factories.steering import AFTER, CALLED, DAY, HELD, Steered

pytestmark = pytest.mark.django_db
TEXT = [Section("Planen", "Inom 60 dagar.")]


@pytest.fixture
def steered() -> Steered:
    return steering.steered()


def test_a_risk_keeps_every_assessment(steered: Steered) -> None:
    number = steering.risk(steered)
    again = steering.assessment(2, 3, review_date=date(2026, 9, 1), note="Fler kommer nu")
    assess = {"initiative_id": steered.initiative_id, "number": number, "owner_membership_id": steered.by.membership_id}
    risks.assess(by=steered.by, at=AFTER, said=again, seen=1, **assess)
    (row,) = registered.listed(steered.initiative_id, today=DAY)
    assert (row.now.weighed, row.weighed_before, row.is_overdue) == (6, 12, False)
    assert [one.version for one in registered.history(row.id)] == [2, 1]
    assert (
        refusals.code_of(risks.assess, by=steered.by, at=AFTER, said=again, seen=1, **assess)
        == "risk_changed_meanwhile"
    )
    assert [one.number for one in registered.overdue(steered.initiative_id, today=date(2026, 9, 5))] == [number]
    risks.assess(by=steered.by, at=AFTER, said=steering.assessment(state=RiskState.CLOSED, note="Borta"), **assess)
    assert registered.overdue(steered.initiative_id, today=date(2026, 9, 5)) == []
    shut = steering.assessment(state=RiskState.CLOSED, note="Igen")
    assert refusals.code_of(risks.assess, by=steered.by, at=AFTER, said=shut, **assess) == "risk_is_closed"


def test_who_owns_a_risk_assesses_it_and_finds_it_when_it_is_time(steered: Steered) -> None:
    number = steering.risk(steered, owner=steered.chair)
    mine = steered.chair.membership_id
    for day, many in ((date(2026, 5, 28), 1), (DAY, 0)):
        assert [one.number for one in registered.owned(mine, today=day, within_days=7)] == [number] * many
        assert registered.number_owned(mine, today=day, within_days=7) == many
    assess = {"initiative_id": steered.initiative_id, "number": number, "owner_membership_id": mine, "at": AFTER}
    risks.assess(by=steered.chair.context, said=steering.assessment(), **assess)
    assert (
        refusals.code_of(risks.assess, by=steered.member.context, said=steering.assessment(), **assess)
        == "risk_not_yours"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"measure": " "}, "risk_without_measure"),
        ({"probability": 6}, "risk_off_scale"),
        ({"review_date": date(2026, 2, 1)}, "risk_review_past"),
        ({"review_date": date(2027, 6, 1)}, "risk_review_far"),
        ({"state": RiskState.CLOSED}, "risk_closed_without_reason"),
    ],
    ids=["measure", "scale", "past", "far", "closed"],
)
def test_a_risk_says_all_that_it_must(steered: Steered, change: dict[str, object], code: str) -> None:
    said = replace(steering.assessment(), **change)  # type: ignore[arg-type]  # one field of the rule's
    add = {"by": steered.by, "at": CALLED, "initiative_id": steered.initiative_id, "text": "Något"}
    assert refusals.code_of(risks.add, said=said, owner_membership_id=steered.by.membership_id, **add) == code
    officer = partners.member(Role.EMPLOYMENT_OFFICER).membership_id
    blind = {"said": steering.assessment(), "owner_membership_id": officer}
    assert refusals.code_of(risks.add, **blind, **add) == "risk_owner_sees_nothing"


def test_a_version_of_the_handbook_holds_from_the_day_that_a_meeting_decides(steered: Steered) -> None:
    key = steered.initiative_id
    first = handbooks.begin(by=steered.by, at=CALLED, initiative_id=key, number="1.0", sections=TEXT)
    write = {"by": steered.by, "at": CALLED, "version_id": first, "sections": [Section("Planen", "Inom 45 dagar.")]}
    handbooks.write(**write, seen=1)
    assert refusals.code_of(handbooks.write, **write, seen=1) == "handbook_changed_meanwhile"
    meeting = steered.meeting()
    point = steered.point(meeting, "Version 1.0", about=About.HANDBOOK, about_id=str(first))
    assert refusals.code_of(handbooks.write, **write) == "handbook_version_proposed"
    assert refusals.code_of(steered.decide, point, holds_from=DAY - timedelta(days=1)) == "handbook_holds_too_early"
    steered.decide(point, holds_from=date(2026, 4, 1))
    assert versions.in_force(key, on=date(2026, 4, 1)) is None
    steered.adjust(meeting)
    assert versions.in_force(key, on=date(2026, 3, 31)) is None
    held = versions.in_force(key, on=date(2026, 4, 1))
    assert (held.number, held.resolution_number, held.state) == ("1.0", "STY 2026:1", VersionState.IN_FORCE)
    assert refusals.code_of(handbooks.write, **write) == "handbook_version_stands"
    second = handbooks.begin(by=steered.by, at=AFTER, initiative_id=key, number="2.1", sections=TEXT)
    later = steered.meeting(held=HELD + timedelta(days=60))
    about = steered.point(later, "Version 2.1", about=About.HANDBOOK, about_id=str(second))
    now = AFTER + timedelta(days=60)
    assert refusals.code_of(steered.decide, about, holds_from=date(2026, 4, 1), at=now) == "handbook_holds_too_early"
    steered.decide(about, holds_from=date(2026, 6, 1), at=now)
    steered.adjust(later, now)
    told = versions.decided(key)
    assert [versions.held_on(told, day) for day in (date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1))] == [
        "", "1.0", "2.1",
    ]  # fmt: skip
    states = {one.number: one.state for one in versions.versions(key, today=date(2026, 7, 1))}
    assert states == {"2.1": VersionState.IN_FORCE, "1.0": VersionState.PAST}


def test_a_version_that_the_meeting_sends_back_can_be_changed_again(steered: Steered) -> None:
    first = handbooks.begin(by=steered.by, at=CALLED, initiative_id=steered.initiative_id, number="1.0", sections=TEXT)
    meeting = steered.meeting()
    steered.decide(steered.point(meeting, about=About.HANDBOOK, about_id=str(first)), Outcome.RETURNED)
    steered.adjust(meeting)
    handbooks.write(by=steered.by, at=AFTER + timedelta(days=2), version_id=first, sections=TEXT)
    again = {"by": steered.by, "initiative_id": steered.initiative_id, "number": "1.0"}
    assert refusals.code_of(handbooks.begin, **again, sections=TEXT) == "handbook_number_taken"
    assert refusals.code_of(handbooks.begin, **{**again, "number": "2"}, sections=[]) == "handbook_empty"
    assert (
        refusals.code_of(handbooks.begin, **{**again, "number": "2"}, sections=[*TEXT, *TEXT])
        == "handbook_heading_twice"
    )
    assert refusals.code_of(handbooks.begin, **{**again, "number": "2"}, sections=[Section("", "x")]) == (
        "handbook_section_without_heading"
    )


def _ready(steered: Steered, numbers: range = range(1, 15)) -> None:
    for number in numbers:
        activity_plans.write(
            by=steered.by, at=CALLED, initiative_id=steered.initiative_id, number=number, state=PointState.READY,
            owner_membership_id=steered.by.membership_id, answer="Så här", evidence="Bilaga",
        )  # fmt: skip


def _run(steered: Steered) -> None:
    undertakings.change(
        by=steered.by, initiative_id=steered.initiative_id, name="Insatsen", aim="Fler i arbete",
        owner_id=steered.by.organisation_id, stage=Stage.RUNNING, start_date=date(2024, 1, 1),
        last_day=date(2030, 12, 31), target_groups="", goal_ids=(), source="",
    )  # fmt: skip


def test_an_initiative_is_carried_out_only_when_its_plan_is_decided_and_approved() -> None:
    steered = steering.steered(stage=Stage.PLANNED)
    key = steered.initiative_id
    activity_plans.lay_out(by=steered.by, at=CALLED, initiative_id=key)
    assert len(plans.page(key).points) == 14
    _ready(steered, range(1, 13))
    meeting = steered.meeting()
    point = steered.point(meeting, "Planen", about=About.ACTIVITY_PLAN)
    assert refusals.code_of(steered.decide, point) == "plan_not_ready"
    with pytest.raises(Refused) as refused:
        _run(steered)
    said = str(refused.value)
    assert "punkterna 13, 14 är inte klara" in said
    assert "styrgruppen har inte beslutat" in said
    assert "ESF-rådet har inte godkänt planen" in said
    _ready(steered, range(13, 15))
    steered.decide(point)
    assert refusals.code_of(activity_plans.send, by=steered.by, initiative_id=key, on_date=DAY) == "plan_not_decided"
    steered.adjust(meeting)
    later = AFTER + timedelta(days=3)
    answer = {"by": steered.by, "initiative_id": key, "on_date": DAY, "reference": "2020/1"}
    assert refusals.code_of(activity_plans.answer, **answer, approved=True) == "plan_not_sent"
    activity_plans.send(by=steered.by, at=later, initiative_id=key, on_date=DAY)
    assert refusals.code_of(activity_plans.send, by=steered.by, initiative_id=key, on_date=DAY) == "plan_sent_already"
    assert (
        refusals.code_of(activity_plans.answer, **{**answer, "reference": ""}, approved=True)
        == "plan_answer_without_reference"
    )
    activity_plans.answer(**answer, at=later + timedelta(hours=1), approved=False, note="Mer om jämställdhet")
    assert refusals.code_of(_run, steered) == "initiative_not_opened"
    activity_plans.send(by=steered.by, at=later + timedelta(hours=2), initiative_id=key, on_date=DAY)
    activity_plans.answer(**answer, at=later + timedelta(hours=3), approved=True)
    _run(steered)
    assert plans.page(key).standing.opens


def test_who_answers_for_a_point_writes_in_it_and_in_no_other(steered: Steered) -> None:
    key, owner = steered.initiative_id, partners.member(Role.PROJECT_ECONOMIST)
    activity_plans.lay_out(by=steered.by, at=CALLED, initiative_id=key)
    half = {"initiative_id": key, "at": AFTER, "state": PointState.WORKING, "answer": "Ramen", "number": 14}
    assert refusals.code_of(activity_plans.write, by=owner.context, **half) == "plan_point_nobodys"
    given = {"initiative_id": key, "at": CALLED, "state": PointState.NOT_BEGUN}
    for number, who in ((14, owner.membership_id), (13, steered.by.membership_id)):
        activity_plans.write(by=steered.by, number=number, owner_membership_id=who, **given)
    assert [one.number for one in plans.owned(owner.membership_id)] == [14]
    assert refusals.code_of(activity_plans.write, by=owner.context, **{**half, "number": 13}) == "plan_point_not_yours"
    other = partners.member(Role.EMPLOYMENT_OFFICER)
    assert refusals.code_of(activity_plans.write, by=other.context, **half) == "not_allowed"
    activity_plans.write(by=owner.context, owner_membership_id=steered.by.membership_id, **half)
    now = next(one for one in plans.page(key).points if one.number == 14).now
    assert (now.answer, now.owner_membership_id) == ("Ramen", owner.membership_id), "an owner gives it to nobody else"
    assert refusals.code_of(activity_plans.write, by=owner.context, seen=1, **half) == "plan_point_changed_meanwhile"
    _ready(steered, range(1, 14))
    activity_plans.write(by=owner.context, **{**half, "state": PointState.READY, "evidence": "Budgeten"})
    assert plans.owned(owner.membership_id) == []
    meeting = steered.meeting()
    steered.decide(steered.point(meeting, about=About.ACTIVITY_PLAN))
    steered.adjust(meeting)
    assert refusals.code_of(activity_plans.write, by=owner.context, **half) == "plan_point_decided"
    activity_plans.write(by=steered.by, **{**half, "answer": "Ny ram", "at": AFTER + timedelta(days=2)})
    activity_plans.write(by=owner.context, **{**half, "answer": "Ramen, ändrad", "at": AFTER + timedelta(days=3)})
    assert not plans.page(key).standing.decided


def test_a_plan_that_is_changed_after_the_decision_is_decided_again(steered: Steered) -> None:
    key = steered.initiative_id
    activity_plans.lay_out(by=steered.by, at=CALLED, initiative_id=key)
    assert refusals.code_of(activity_plans.lay_out, by=steered.by, initiative_id=key) == "plan_points_stand"
    _ready(steered)
    meeting = steered.meeting()
    steered.decide(steered.point(meeting, about=About.ACTIVITY_PLAN))
    steered.adjust(meeting)
    assert plans.page(key).standing.decided
    write = {"by": steered.by, "initiative_id": key, "number": 3, "owner_membership_id": steered.by.membership_id}
    half = {"state": PointState.READY, "answer": "", "evidence": "x"}
    assert refusals.code_of(activity_plans.write, **write, **half) == "plan_point_without_answer"
    assert (
        refusals.code_of(activity_plans.write, **write, **{**half, "answer": "x", "evidence": ""})
        == "plan_point_without_evidence"
    )
    assert (
        refusals.code_of(activity_plans.write, **write, state=PointState.WORKING, seen=0)
        == "plan_point_changed_meanwhile"
    )
    activity_plans.write(**write, state=PointState.READY, answer="Ett annat svar", evidence="Bilaga", seen=1)
    assert not plans.page(key).standing.decided
    assert not plans.page(key).history[0].of_now


def _promise(steered: Steered, heads: int, months: int) -> StaffPromise:
    promises.promise_staff(
        by=steered.by, initiative_id=steered.initiative_id, employer_id=partners.organisation("asn"),
        role=Role.SOCIAL_SECRETARY, title="Socialsekreterare", heads=heads, months=months,
    )  # fmt: skip
    return StaffPromise.objects.get(initiative_id=steered.initiative_id)


def test_staff_is_promised_against_filled_month_by_month(steered: Steered) -> None:
    promise = _promise(steered, heads=2, months=24)
    one, other = partners.member(Role.SOCIAL_SECRETARY), partners.member(Role.SOCIAL_SECRETARY)
    fill = {"by": steered.by, "promise_id": promise.id, "line_manager": "Chefen", "start_date": date(2024, 1, 1),
            "assignment_lead_id": steered.by.membership_id}  # fmt: skip
    place = staffing.fill(**fill, membership_id=one.membership_id, percent=100)
    staffing.fill(**{**fill, "start_date": date(2024, 2, 16)}, membership_id=other.membership_id, percent=50)
    third = partners.member(Role.SOCIAL_SECRETARY)
    assert (
        refusals.code_of(staffing.fill, **fill, membership_id=third.membership_id, percent=60) == "staff_over_promise"
    )
    assert refusals.code_of(staffing.fill, **fill, membership_id=one.membership_id, percent=10) == "staff_twice"
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    assert (
        refusals.code_of(staffing.fill, **fill, membership_id=officer.membership_id, percent=10) == "staff_not_the_role"
    )
    assert refusals.code_of(staffing.fill, **fill, membership_id=third.membership_id, percent=0) == "staff_not_a_share"
    alone = {**fill, "line_manager": " ", "membership_id": third.membership_id, "percent": 10}
    assert refusals.code_of(staffing.fill, **alone) == "staff_without_line_manager"
    staffing.end(by=steered.by, place_id=place, last_day=date(2024, 3, 31))
    assert (
        refusals.code_of(staffing.end, by=steered.by, place_id=place, last_day=date(2024, 3, 31))
        == "staff_ended_already"
    )
    found = staffed.of_initiative(steered.initiative_id, today=date(2024, 4, 10))
    (post,) = found.posts
    told = [(month.promised, month.filled) for month in post.months[:5]]
    half_of_february = Fraction(14, 29) * Fraction(1, 2)
    assert told == [
        (2, Fraction(1)), (2, 1 + half_of_february), (2, Fraction(3, 2)), (2, Fraction(1, 2)), (2, None),
    ]  # fmt: skip
    assert [month.promised for month in post.months[22:26]] == [2, 2, 0, 0]
    assert found.vacancies == [(post, Fraction(3, 2))]
    assert {row.assignment_lead for row in post.places} == {steered.by.actor_name}
