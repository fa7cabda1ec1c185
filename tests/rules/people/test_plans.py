"""The plan: needs, goals and steps per party; next step, who waits, what is missing, what is fixed and what is hidden."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.people.rules import contents, plan_history, plan_versions, plan_writing, plans
from samkraft.people.rules.plan_history import What
from tests.rules.people.cases import CARE, EMPLOYMENT, SOCIAL, Case, named

TODAY = date(2026, 4, 1)


def test_the_plan_goes_from_need_to_goal_to_step_to_result_with_a_lane_for_each_party() -> None:
    case = Case()
    need = case.add("need", {"text": "Vana vid arbete", "life_area": "work"})
    goal = case.goal(need=str(need))
    case.step("Praktik", goal=str(goal), state="done", result="Fick anställning")
    case.step("Praktikavtal", author=EMPLOYMENT, goal=str(goal))
    plan = plans.fold(case.held)
    assert [one.content.text for one in plan.needs] == ["Vana vid arbete"]
    assert [one.content.words for one in plan.goals_for(need)] == ["Jag vill arbeta i kök."]
    assert [one.content.title for one in plan.steps_to(goal)] == ["Praktik", "Praktikavtal"]
    assert [(lane.area_id, len(lane.steps)) for lane in plan.lanes] == [(SOCIAL, 1), (EMPLOYMENT, 1)]
    assert [one.content.result for one in plan.results] == ["Fick anställning"]


def test_the_order_is_that_in_which_things_came_even_when_they_are_changed() -> None:
    case = Case()
    case.step("Först")
    case.step("Sedan")
    case.step("Först", responsible="Karin")
    assert [(one.content.title, one.held.version) for one in plans.fold(case.held).steps] == [
        ("Först", 2),
        ("Sedan", 1),
    ]


def test_the_next_step_is_what_has_waited_longest_else_what_begins_first() -> None:
    case = Case()
    case.step("Senare", from_date="2026-06-01")
    case.step("Utan dag")
    case.step("Snart", from_date="2026-04-10")
    case.step("Redan klart", from_date="2026-01-01", state="done")
    assert plans.fold(case.held).next_step.content.title == "Snart"
    on = {"who": "participant", "what": "Lämna intyg"}
    case.step("Väntar", state="waiting", waits_on=on, waiting_since="2026-03-20")
    case.step("Väntar längre", state="waiting", waits_on=on, waiting_since="2026-03-10")
    assert plans.fold(case.held).next_step.content.title == "Väntar längre"


def test_who_waits_on_whom_is_said_with_days() -> None:
    case = Case()
    on = {"who": "body", "area_id": str(EMPLOYMENT), "role": "employment_officer", "what": "Skriva avtal"}
    case.step("Avtal", state="waiting", waiting_since="2026-03-22", waits_on=on)
    case.step("Vi ringer", state="waiting", waits_on={"who": "us", "what": "Ringa"}, waiting_since="2026-03-31")
    first, second = plans.fold(case.held).waiting
    assert (first.area_id, first.what, first.days(TODAY)) == (EMPLOYMENT, "Skriva avtal", 10)
    assert (second.area_id, second.days(TODAY)) == (SOCIAL, 1), "us is the area that wrote it"
    assert replace(second, since=None).days(TODAY) is None


def test_a_wait_that_nobody_dated_stands_last() -> None:
    case = Case()
    on = {"who": "us", "what": "Ringa"}
    case.step("Odaterat", state="waiting", waits_on=on)
    case.step("Daterat", state="waiting", waits_on=on, waiting_since="2026-03-31")
    plan = plans.fold(case.held)
    assert [one.step.content.title for one in plan.waiting] == ["Daterat", "Odaterat"]
    assert plan.next_step.content.title == "Daterat"


def test_a_step_is_blocked_by_what_it_depends_on_until_that_is_done() -> None:
    case = Case()
    first = case.step("Intyg")
    case.step("Praktik", depends_on=[str(first)])
    assert plans.fold(case.held).steps[1].blocked_by == (first,)
    case.step("Intyg", state="done", result="Klart")
    assert plans.fold(case.held).steps[1].blocked_by == ()


def test_a_step_is_overdue_the_day_after_its_day_while_it_is_open() -> None:
    case = Case()
    case.step("Intyg", due_date="2026-04-01")
    step = plans.fold(case.held).steps[0]
    assert not step.is_overdue(TODAY)
    assert step.is_overdue(TODAY + timedelta(days=1))
    case.step("Intyg", due_date="2026-04-01", state="done", result="Klart")
    assert not plans.fold(case.held).steps[0].is_overdue(TODAY + timedelta(days=1))


@given(st.lists(st.sampled_from(["need", "goal", "step"]), max_size=8), st.integers(0, 7))
def test_what_is_not_held_leaves_no_trace(kinds: list[str], at: int) -> None:
    """Two readers, one hidden thing: text, order, counts and the frozen form are as if it did not exist."""
    hidden = named("hidden")

    def build(with_it: bool) -> Case:
        case = Case()
        for place, kind in enumerate(kinds):
            if with_it and place == at:
                case.step("hidden", category="health")
                case.now -= timedelta(hours=1)
            link = {"depends_on": [str(hidden)], "goal": str(hidden)} if kind == "step" else {}
            if kind == "step":
                case.step(f"steg {place}", **link)
            elif kind == "goal":
                case.goal(f"mål {place}", need=str(hidden))
            else:
                case.add("need", {"text": f"behov {place}", "life_area": "work"}, name=f"behov {place}")
        return case

    without = build(False)
    given_to_another = [held for held in build(True).held if held.lineage != hidden]
    one, other = plans.fold(without.held), plans.fold(given_to_another)
    told = [[(item.held.lineage, item.content) for item in part] for part in (one.needs, one.goals, one.steps)]
    assert told == [
        [(item.held.lineage, item.content) for item in part] for part in (other.needs, other.goals, other.steps)
    ]
    assert all(step.goal is None and step.depends_on == () and step.blocked_by == () for step in other.steps)
    assert all(goal.need is None for goal in other.goals)
    assert plan_versions.digest(plan_versions.frozen(one, {"plan"})) == plan_versions.digest(
        plan_versions.frozen(other, {"plan"})
    )


def test_a_plan_without_a_step_towards_work_is_asked_why_but_not_where_the_goal_is_sickness_compensation() -> None:
    case = Case()
    case.goal(aim="work")
    case.step("Samtal")
    assert plan_writing.why_not_work_oriented(plans.fold(case.held)) is plan_writing.NO_WORK_STEP
    case.step("Praktik", work_oriented=True)
    assert plan_writing.why_not_work_oriented(plans.fold(case.held)) is None
    case.step("Praktik", work_oriented=True, state="dropped", result="Gick inte")
    assert plan_writing.why_not_work_oriented(plans.fold(case.held)) is plan_writing.NO_WORK_STEP
    ill = Case()
    ill.goal(aim="sickness_compensation")
    assert plan_writing.why_not_work_oriented(plans.fold(ill.held)) is None


@pytest.mark.parametrize(
    ("body", "own", "writing", "expected"),
    [
        (SOCIAL, SOCIAL, {SOCIAL, EMPLOYMENT}, None),
        (EMPLOYMENT, SOCIAL, {SOCIAL, EMPLOYMENT}, plan_writing.NOT_YOUR_PART),
        (CARE, CARE, {SOCIAL, EMPLOYMENT}, plan_writing.BODY_WITHOUT_ROLE),
        (CARE, SOCIAL, {SOCIAL, EMPLOYMENT}, plan_writing.BODY_WITHOUT_ROLE),
    ],
)
def test_each_party_writes_its_own_steps_and_only_those_who_have_a_part(
    body: UUID, own: UUID, writing: set[UUID], expected: object
) -> None:
    step = contents.read("step", {"title": "A", "step_kind": "other", "body_area_id": str(body)})
    assert plan_writing.why_not_step(step, own_area_id=own, writing_areas=writing) is expected


def test_what_is_given_as_it_is_written_may_not_point_at_what_is_given_one_by_one() -> None:
    case = Case()
    open_step = case.step("Praktik")
    ill = case.step("Smärtskola", category="health")
    poor = case.step("Budget", category="social_situation")
    why = plan_writing.why_not_link
    assert why(case.held, [open_step], "plan") is None
    assert why(case.held, [open_step], "health") is None, "the other way tells nothing"
    assert why(case.held, [ill], "plan") is plan_writing.TELLS_OF_HIDDEN
    assert why(case.held, [ill], "health") is None
    assert why(case.held, [poor], "health") is plan_writing.TELLS_OF_HIDDEN, "another category may be given to others"
    assert why(case.held, [named("nothing")], "plan") is plan_writing.UNKNOWN_LINK
    assert why(case.held, [open_step], "plan", kinds=("goal",)) is plan_writing.UNKNOWN_LINK


def test_steps_that_would_wait_on_each_other_in_a_ring_are_named() -> None:
    case = Case()
    first = case.step("Intyg")
    second = case.step("Praktik", depends_on=[str(first)])
    third = case.step("Anställning", depends_on=[str(second)])
    plan = plans.fold(case.held)
    assert plan_writing.ring(plan, first, [third]) == ("Intyg", "Anställning", "Praktik")
    assert plan_writing.ring(plan, first, [first]) == ("Intyg",)
    assert plan_writing.ring(plan, third, [first, second]) == ()
    assert plan_writing.ring(plan, named("new"), [third]) == ()


def test_a_fixed_version_is_agreed_to_only_while_nothing_has_changed_since() -> None:
    case = Case()
    assert plan_versions.why_not_fix(plans.fold(case.held)) is plan_versions.NOTHING_TO_AGREE
    case.goal()
    case.step("Praktik")
    plan = plans.fold(case.held)
    assert plan_versions.why_not_fix(plan) is None
    assert plan_versions.why_not_agree(plan, 1, "participant") is plan_versions.NO_SUCH_VERSION
    fixed = plan_versions.parts_to_file(plan)["own_notes"]
    digest = plan_versions.digest(fixed)
    case.add("plan_version", {"number": 1, "frozen": fixed, "digest": digest}, category="own_notes")
    plan = plans.fold(case.held)
    assert plan_versions.why_not_agree(plan, 1, "participant") is None
    said = {"version_number": 1, "digest": digest, "party": "participant", "how": "paper", "agreed_on": "2026-03-02"}
    case.add("agreement", said)
    plan = plans.fold(case.held)
    assert plan.current.agreed_by("participant")
    assert plan_versions.why_not_agree(plan, 1, "participant") is plan_versions.ALREADY_AGREED
    assert plan_versions.why_not_agree(plan, 1, str(SOCIAL)) is None
    case.step("Praktik", responsible="Karin")
    assert plan_versions.why_not_agree(plans.fold(case.held), 1, str(SOCIAL)) is plan_versions.CHANGED_SINCE


def test_each_sensitive_category_is_filed_as_a_part_of_its_own() -> None:
    case = Case()
    case.goal()
    case.step("Praktik", category="work")
    case.step("Smärtskola", category="health")
    parts = plan_versions.parts_to_file(plans.fold(case.held))
    assert set(parts) == {"own_notes", "health"}
    titles = {name: [step["content"]["title"] for step in part["steps"]] for name, part in parts.items()}
    assert titles == {"own_notes": ["Praktik"], "health": ["Smärtskola"]}
    assert "Smärtskola" not in str(parts["own_notes"])


def test_the_history_has_three_voices_and_says_what_each_changed() -> None:
    case = Case()
    case.step("Praktik", from_date="2026-04-01")
    case.step("Praktik", from_date="2026-05-01", responsible="Omar")
    case.add("correction", {"about": str(named("Praktik")), "text": "Jag kan börja i maj."}, voice="participant")
    case.step("Avtal", author=EMPLOYMENT)
    entries = plan_history.entries(case.held)
    assert [(entry.held.kind, entry.held.voice, entry.what) for entry in entries] == [
        ("step", "staff", What.NEW),
        ("correction", "participant", What.NEW),
        ("step", "staff", What.CHANGED),
        ("step", "staff", What.NEW),
    ]
    assert [(field.label, field.before, field.after) for field in entries[2].fields] == [
        ("Ansvarig person eller roll", None, "Omar"),
        ("Från", "2026-04-01", "2026-05-01"),
    ]


def test_what_is_new_since_the_last_visit_is_told_once_and_by_when_it_came_here() -> None:
    case = Case()
    case.step("Gammalt")
    visit = case.now
    case.now += timedelta(hours=1)
    case.step("Gammalt", responsible="Omar")
    case.step("Gammalt", responsible="Karin")
    case.step("Nytt")
    late = Case()
    late.step("Givet nu", author=CARE)
    copy = late.held[0]
    copy = replace(copy, occurred_at=visit - timedelta(days=9), written_at=visit - timedelta(days=9))
    assert copy.received is not None
    copy = replace(copy, received=replace(copy.received, at=visit + timedelta(days=1)))
    changes = plan_history.changes_since([*case.held, copy], visit)
    assert [(one.held.content["title"], one.what) for one in changes] == [
        ("Givet nu", What.NEW),
        ("Nytt", What.NEW),
        ("Gammalt", What.CHANGED),
    ]
    (field,) = changes[2].fields
    assert (field.before, field.after) == (None, "Karin"), "compared with what was known then"
    assert plan_history.changes_since(case.held, datetime(2027, 1, 1, tzinfo=UTC)) == []
