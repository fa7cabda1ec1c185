"""Two people at the same moment, with connections of their own that really commit."""

from datetime import date

import pytest

from samkraft.initiatives.actions import duties, goals
from samkraft.initiatives.models import Duty, DutyEvent, Goal
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.partners.rules.roles import Role
from tests.factories import initiatives, partners
from tests.factories.at_once import together

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def test_of_several_who_mark_a_duty_at_once_exactly_one_does() -> None:
    people = [partners.by(Role.FUND_OFFICER) for _number in range(4)]
    duty = initiatives.duty(people[0])
    came_to = together(*[lambda by=by: duties.complete(by=by, duty_id=duty) for by in people])
    assert came_to == ["done", "duty_already_done", "duty_already_done", "duty_already_done"]
    assert DutyEvent.objects.filter(duty_id=duty).count() == 1


def test_several_who_plan_the_same_duty_at_once_get_the_same_one() -> None:
    people = [partners.by(Role.FUND_OFFICER) for _number in range(4)]
    body = partners.organisation("gvn")

    def plan(by: object) -> None:
        duties.plan(
            by=by,
            title="Redovisa",
            body_id=body,
            due_date=date(2030, 1, 1),
            binding=True,
            source_key="beslut:7",
        )

    assert together(*[lambda by=by: plan(by) for by in people]) == ["done"] * 4
    assert Duty.objects.filter(source_key="beslut:7").count() == 1


def test_two_moves_that_are_each_right_do_not_make_a_circle_together() -> None:
    by = partners.by(Role.FUND_OFFICER)
    owner = partners.organisation("asn")
    one = initiatives.goal(by, "ett", kind=GoalKind.INITIATIVE)
    two = initiatives.goal(by, "två", kind=GoalKind.INITIATIVE)

    def move(goal: object, under: object) -> None:
        goals.change(
            by=by, goal_id=goal, kind=GoalKind.INITIATIVE, text="Text", owner_id=owner, parent_id=under,
            source="", position=0,
        )  # fmt: skip

    assert together(lambda: move(one, two), lambda: move(two, one)) == ["done", "goal_circle"]
    assert Goal.objects.filter(parent__isnull=True).count() == 1


def test_of_two_who_register_the_same_initiative_one_is_told_that_it_is_there() -> None:
    people = [partners.by(Role.FUND_OFFICER) for _number in range(3)]
    owner = partners.organisation("asn")
    came_to = together(*[lambda by=by: initiatives.initiative(by, "jobb", owner_id=owner) for by in people])
    assert came_to == ["code_taken", "code_taken", "done"]
