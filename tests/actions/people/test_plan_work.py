"""The plan and the assessment by the actions: own parts only, links that tell nothing, two at once, versions, meetings."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import arrangements
from samkraft.people.actions import assessments, meetings, own_system_notes, plans, threads, withholding
from samkraft.people.actions.contributions import Withheld
from samkraft.people.actions.months import time_reports
from samkraft.people.models import Overview
from samkraft.people.queries import plans as asked
from samkraft.people.rules import agendas
from samkraft.people.rules import assessments as rules
from samkraft.people.rules.contents.choices import LifeArea
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.refusals import refused
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[Way]) -> Way:
    return once(lambda: joint_work.known_to_two(days=2))


@pytest.fixture
def way(kept: Way) -> Way:
    return deepcopy(kept)


def change(way: Way, by: Member, lineage: UUID, based_on: int, **said: Any) -> int:
    held = next(one for one in reversed(way.held(by)) if one.lineage == lineage)
    return plans.change(
        by=by.context, person_id=way.person_id, lineage=lineage, content={**held.content, **said}, based_on=based_on,
        at=way.at,
    )  # fmt: skip


def item(way: Way, by: Member, life_area: str, text: str = "Något", **more: Any) -> UUID:
    said = {"life_area": life_area, "text": text, "source": "Samtal"}
    return assessments.add_item(by=by.context, person_id=way.person_id, item=said, at=way.at, **more)


def test_each_party_writes_its_own_steps_and_the_others_see_what_they_are_given(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    step = way.step(officer, "Jobbspår")
    assert [one.content.title for one in way.joint(social).plan.steps] == ["Jobbspår"]
    with refused("plan_not_your_part"):
        way.step(social, "Avtal", body_area_id=str(officer.area_id))
    with refused("contribution_of_another_area"):
        change(way, social, step, 1, title="Annat")
    with refused("state_not_your_part"):
        plans.move_step(by=social.context, person_id=way.person_id, lineage=step, to="ongoing", based_on=1, at=way.at)
    assert way.version_of(officer, step) == 1
    own = way.step(social, "Boendestöd")
    with refused("plan_not_your_part"):
        change(way, social, own, 1, body_area_id=str(officer.area_id))


def test_a_body_without_a_role_in_the_initiative_has_no_steps(way: Way) -> None:
    made = way.setting
    with refused("plan_body_without_role"):
        way.step(made.social, "Något", body_area_id=str(uuid4()))
    outside = joint_work.setting()
    arrangements.add_party(
        by=outside.leader.context, initiative_id=outside.initiative_id, area_id=joint_work.area_without_part(),
        joins_team=False, writes_plan=False, start_date=date(2022, 1, 3),
    )  # fmt: skip
    elsewhere = joint_work.begun(outside, outside.social)
    with refused("plan_body_without_role"):
        elsewhere.step(outside.social, "Något", body_area_id=str(joint_work.area_without_part()))


def test_a_programme_decision_is_written_by_who_decides_about_programmes(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    programme = {"number": "AB-17", "ends_on": (way.today + timedelta(days=90)).isoformat()}
    with refused("plan_programme_of_another"):
        way.step(social, "Arbetsträning", programme=programme)
    way.step(officer, "Arbetsträning", programme=programme)
    with transactions.read(social.context):
        row = Overview.objects.get(person_id=way.person_id)
    assert row.programme_ends_on == way.today + timedelta(days=90)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"due_date": "2099-01-01"}, "content_far_ahead"),
        ({"from_date": "2026-12-02", "to_date": "2026-12-01"}, "content_ends_before_it_begins"),
        ({"state": "waiting"}, "step_waits_on_nobody"),
        ({"state": "done"}, "state_no_such_move"),
        ({"goal": str(uuid4())}, "plan_unknown_link"),
        ({"title": " "}, "content_missing"),
        ({"step_kind": "trolleri"}, "content_not_understood"),
    ],
)
def test_a_step_that_is_wrong_is_not_written(way: Way, said: dict[str, Any], code: str) -> None:
    before = len(way.held(way.setting.social))
    with refused(code):
        way.step(way.setting.social, said.pop("title", "Praktik"), **said)
    assert len(way.held(way.setting.social)) == before


def test_a_step_moves_by_the_table_of_states_with_a_reason_where_one_is_due(way: Way) -> None:
    social = way.setting.social
    step = way.step(social, "Praktik")

    def move(to: str, based_on: int, **more: Any) -> int:
        return plans.move_step(
            by=social.context, person_id=way.person_id, lineage=step, to=to, based_on=based_on, at=way.at, **more
        )

    with refused("state_without_reason"):
        move("done", 1)
    assert move("waiting", 1, waits_on={"who": "participant", "what": "Lämna intyg"}) == 2
    waiting = way.joint(social).plan.waiting
    assert [(one.what, one.since) for one in waiting] == [("Lämna intyg", way.today)]
    assert move("ongoing", 2) == 3
    assert way.joint(social).plan.waiting == ()
    assert move("planned", 3) == 4  # said by mistake: it had not begun
    assert move("done", 4, reason="Gick bra") == 5
    assert way.joint(social).plan.results[0].content.result == "Gick bra"
    with refused("state_no_such_move"):
        move("planned", 5)
    with refused("state_without_reason"):
        move("ongoing", 5)


def test_two_who_edit_the_same_step_at_once_lose_nothing(way: Way) -> None:
    social, twin = way.setting.social, way.setting.social
    step = way.step(social, "Praktik", responsible="Karin")
    assert change(way, social, step, 1, responsible="Omar", due_date="2027-01-15") == 2
    mine = {"title": "Praktik i kök", "step_kind": "other", "body_area_id": str(twin.area_id), "responsible": "Eva"}
    with refused("changed_meanwhile"):
        plans.change(by=twin.context, person_id=way.person_id, lineage=step, content=mine, based_on=1, at=way.at)
    with transactions.read(twin.context):
        both = asked.merge(twin.context, way.person_id, step, based_on=1, mine=mine)
    assert {field.key for field in both.to_choose} == {"responsible"}
    merged = both.merged({"responsible": "Omar och Eva"})
    plans.change(by=twin.context, person_id=way.person_id, lineage=step, content=merged, based_on=2, at=way.at)
    newest = way.joint(social).plan.steps[0]
    assert (newest.held.version, newest.content.title) == (3, "Praktik i kök")
    assert (newest.content.responsible, newest.content.due_date) == ("Omar och Eva", date(2027, 1, 15))


def test_what_is_given_as_it_is_written_does_not_tell_of_what_is_not(way: Way) -> None:
    social = way.setting.social
    hidden = way.step(social, "Skuldrådgivning", category="social_situation")
    with refused("plan_tells_of_hidden"):
        way.step(social, "Praktik", depends_on=[str(hidden)])
    poor, kitchen = item(way, social, "debts"), item(way, social, "work")
    both = [str(one.area_id) for one in (way.setting.social, way.setting.officer)]

    def conclude(*rests_on: UUID, bodies: list[str]) -> None:
        said = {"text": "Kan pröva.", "rests_on": [str(one) for one in rests_on], "bodies": bodies}
        assessments.conclude(by=social.context, person_id=way.person_id, conclusion=said, at=way.at)

    with refused("plan_tells_of_hidden"):
        conclude(poor, bodies=both)
    with refused("assessment_too_few_bodies"):
        conclude(kitchen, bodies=both[:1])
    with refused("assessment_body_not_a_party"):
        conclude(kitchen, bodies=[both[0], str(uuid4())])
    conclude(kitchen, bodies=both)
    assert [held.kind for held in way.held(way.setting.officer)].count("conclusion") == 1


def test_steps_do_not_wait_on_each_other_in_a_ring(way: Way) -> None:
    social = way.setting.social
    first = way.step(social, "Intyg")
    second = way.step(social, "Praktik", depends_on=[str(first)])
    with refused("plan_steps_wait_on_each_other"):
        change(way, social, first, 1, depends_on=[str(second)])


def test_what_the_person_calls_wrong_is_noted_in_the_same_category_as_what_it_is_about(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    about = item(way, social, "debts", "Har skulder")
    assessments.correct(by=social.context, person_id=way.person_id, about=about, text="De är betalda.", at=way.at)
    assessments.dissent(
        by=social.context, person_id=way.person_id, about=about, text="Vi ser det annorlunda.", at=way.at
    )
    said = [(held.kind, held.category, held.voice) for held in way.held(social)[-2:]]
    assert said == [("correction", "social_situation", "participant"), ("dissent", "social_situation", "staff")]
    assert not {"correction", "dissent"} & {held.kind for held in way.held(officer)}
    (found,) = way.joint(social).assessment.items
    assert found.is_called_wrong
    with refused("not_found"):
        assessments.correct(by=officer.context, person_id=way.person_id, about=about, text="Fel", at=way.at)


def test_each_role_writes_about_its_own_work_and_is_told_so_in_words(way: Way) -> None:
    officer = way.setting.officer
    assert set(rules.life_areas_of(officer.context.role)) == set(LifeArea) - {
        LifeArea.CARE, LifeArea.HOUSING, LifeArea.FAMILY, LifeArea.DEBTS, LifeArea.EVERYDAY,
    }  # fmt: skip
    assert set(rules.life_areas_of("social_secretary")) == set(LifeArea)
    assert rules.life_areas_of("steering_group") == ()
    for area in LifeArea:
        if area in rules.life_areas_of(officer.context.role):
            item(way, officer, area.value)
            continue
        with refused("category_not_of_your_work"):
            item(way, officer, area.value)


def test_an_item_keeps_to_its_way_of_being_given(way: Way) -> None:
    social = way.setting.social
    lineage = item(way, social, "debts")
    with refused("assessment_other_category"):
        assessments.change_item(
            by=social.context, person_id=way.person_id, lineage=lineage, based_on=1, at=way.at,
            item={"life_area": "work", "text": "Något", "source": "Samtal"},
        )  # fmt: skip


def test_what_is_withheld_stays_so_through_changes_until_somebody_shows_it(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    ground = "OSL 26 kap. 5 §"
    with refused("withheld_without_ground"):
        item(way, social, "debts", withheld=Withheld("Det känns bäst så", "Per"))
    with refused("withheld_by_nobody"):
        item(way, social, "debts", withheld=Withheld(ground, " "))
    lineage = item(way, social, "debts", withheld=Withheld(ground, "Per Nyberg"))
    assessments.change_item(
        by=social.context, person_id=way.person_id, lineage=lineage, based_on=1, at=way.at,
        item={"life_area": "debts", "text": "Något annat", "source": "Samtal"},
    )  # fmt: skip
    newest = way.held(social)[-1]
    assert (newest.version, newest.withheld_ground, newest.withheld_by) == (2, ground, "Per Nyberg")
    withholding.show(by=social.context, person_id=way.person_id, lineage=lineage, at=way.at)
    assert way.held(social)[-1].withheld_ground == ""
    with refused("not_withheld"):
        withholding.show(by=social.context, person_id=way.person_id, lineage=lineage, at=way.at)
    step = way.step(officer, "Jobbspår")
    with refused("contribution_of_another_area"):
        withholding.withhold(
            by=social.context, person_id=way.person_id, lineage=step, ground=ground, decided_by="Per", at=way.at
        )
    withholding.withhold(
        by=officer.context, person_id=way.person_id, lineage=step, ground=ground, decided_by="Åsa Ek", at=way.at
    )
    copy = way.joint(social).plan.steps[0]
    assert (copy.held.version, copy.held.withheld_ground) == (2, ground), "the receiver is told that it is withheld"


def test_a_version_is_agreed_to_by_the_person_and_by_each_party_for_itself(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer

    def agree(by: Member, party: str, number: int = 1) -> None:
        plans.agree(
            by=by.context,
            person_id=way.person_id,
            number=number,
            party=party,
            how="paper",
            agreed_on=way.today,
            at=way.at,
        )

    def fix(by: Member, why: str = "") -> int:
        return plans.fix_version(by=by.context, person_id=way.person_id, why_no_work=why, at=way.at)

    with refused("plan_nothing_to_agree"):
        fix(social)
    way.goal(social)
    step = way.step(social, "Samtal")
    with refused("plan_without_work_step"):
        fix(social)
    with refused("plan_no_such_version"):
        agree(social, "participant")
    assert fix(social, "Först behövs ett boende.") == 1
    with refused("plan_not_your_yes"):
        agree(social, str(officer.area_id))
    agree(social, "participant")
    with refused("plan_already_agreed"):
        agree(social, "participant")
    change(way, social, step, 1, responsible="Per")
    with refused("plan_changed_since_version"):
        agree(social, str(social.area_id))
    assert fix(social, "Fortfarande boendet.") == 2
    agree(social, str(social.area_id), 2)
    versions = way.joint(social).plan.versions
    assert [[one.party for one in version.agreements] for version in versions] == [
        ["participant"],
        [str(social.area_id)],
    ]
    assert not [held for held in way.held(officer) if held.kind == "plan_version"], "what is filed is not handed over"


def test_a_joint_meeting_becomes_plan_changes_in_one_go_or_not_at_all(way: Way) -> None:
    social = way.setting.social
    by, person_id = social.context, way.person_id
    later = {"starts_at": (way.at + timedelta(days=7)).isoformat(), "purpose": "planning"}
    with refused("meeting_before_start"):
        meetings.book(by=by, person_id=person_id, meeting={**later, "starts_at": "2020-01-01T09:00+01:00"}, at=way.at)
    booked = meetings.book(by=by, person_id=person_id, meeting=later, at=way.at)
    points = [{"about": "Praktik", "closed_as": "moved"}]
    with refused("meeting_not_held_yet"):
        meetings.hold(by=by, person_id=person_id, lineage=booked, based_on=1, points=points, at=way.at)
    way.after(8)
    step = {"title": "Praktik", "step_kind": "workplace", "body_area_id": str(social.area_id)}
    wrong = meetings.PlanChange("step", {**step, "body_area_id": str(way.setting.officer.area_id)})
    right = meetings.PlanChange("step", {**step, "from_date": "2027-01-01"})
    with refused("plan_not_your_part"):
        meetings.hold(
            by=by, person_id=person_id, lineage=booked, based_on=1, points=points, changes=[right, wrong], at=way.at
        )
    assert way.version_of(social, booked) == 1, "nothing is half-saved"
    assert way.joint(social).plan.steps == ()
    meetings.hold(by=by, person_id=person_id, lineage=booked, based_on=1, points=points, changes=[right], at=way.at)
    with refused("state_no_such_move"):
        meetings.hold(by=by, person_id=person_id, lineage=booked, based_on=2, at=way.at)
    with refused("state_no_such_move"):
        meetings.cancel(by=by, person_id=person_id, lineage=booked, based_on=2, at=way.at)
    agenda = [(point.why, point.text) for point in way.joint(social).agenda]
    assert agenda == [
        (agendas.Why.MOVED_HERE, "Praktik"),
        (agendas.Why.BEFORE_ACTIVITY, "Praktik"),
        (agendas.Why.NO_GOAL, ""),
    ]


def test_a_time_report_is_one_for_each_month_that_the_person_took_part(way: Way) -> None:
    social = way.setting.social

    def record(month: str, hours: int = 8) -> None:
        time_reports.record(by=social.context, person_id=way.person_id, month=month, hours=hours, at=way.at)

    with refused("time_report_month_outside"):
        record("2020-01")
    with refused("time_report_month_ahead"):
        record(f"{way.today + timedelta(days=62):%Y-%m}")
    with refused("content_out_of_range"):
        record(f"{way.today:%Y-%m}", 500)
    record(f"{way.today:%Y-%m}", 8)
    record(f"{way.today:%Y-%m}", 10)
    reports = [held for held in way.held(social) if held.kind == "time_report"]
    assert [(held.version, held.content["hours"]) for held in reports] == [(1, 8), (2, 10)]
    assert len({held.lineage for held in reports}) == 1


def test_the_thread_has_a_clock_for_each_side(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    by, person_id = social.context, way.person_id
    asked_on = way.today
    question = threads.write(
        by=by, person_id=person_id, text="När börjar jag?", from_participant=True, waits_on="us", at=way.at
    )
    way.after(4)
    assert way.joint(social).thread.waits_on_us_since == asked_on
    with refused("message_waits_on_body"):
        threads.answer(by=by, person_id=person_id, lineage=question, text="Snart", waits_on="body", at=way.at)
    threads.answer(
        by=officer.context,
        person_id=person_id,
        lineage=question,
        text="I mars. Kan du?",
        waits_on="participant",
        at=way.at,
    )
    for member in (social, officer):
        thread = way.joint(member).thread
        assert (thread.waits_on_us_since, thread.waits_on_participant_since) == (None, way.today)
    with refused("message_answered_already"):
        threads.answer(by=by, person_id=person_id, lineage=question, text="Igen", at=way.at)
    way.after(1)
    threads.write(by=by, person_id=person_id, text="Ja", from_participant=True, at=way.at)
    assert way.joint(social).thread.waits_on_participant_since is None


def test_a_note_for_the_own_system_stays_in_the_own_area_until_it_is_entered_and_after(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    note = own_system_notes.write(by=officer.context, person_id=way.person_id, text="Möte hållet.", at=way.at)
    assert [held.content["system"] for held in way.joint(officer).to_enter] == ["AIS"]
    assert way.joint(social).to_enter == ()
    with refused("not_found"):
        own_system_notes.tick(by=social.context, person_id=way.person_id, lineage=note, at=way.at)
    own_system_notes.tick(by=officer.context, person_id=way.person_id, lineage=note, at=way.at)
    assert way.joint(officer).to_enter == ()
    with refused("state_no_such_move"):
        own_system_notes.tick(by=officer.context, person_id=way.person_id, lineage=note, at=way.at)


def test_who_has_left_or_never_began_has_no_plan_to_write_in() -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.social)
    with refused("person_not_taking_part"):
        way.goal(made.social)
