"""Goals and initiatives: added, changed, linked; a tree that stays one; two people who edit the same."""

from datetime import date

import pytest

from samkraft.initiatives.actions import goals, promises, undertakings
from samkraft.initiatives.models import Goal, Initiative
from samkraft.initiatives.queries import goals as tree
from samkraft.initiatives.queries import undertakings as register
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.initiatives.rules.undertakings import Staff, Stage
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import initiatives, partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Context:
    return partners.by(Role.FUND_OFFICER)


def _changed(by: Context, code: str, **changes: object) -> None:
    page = tree.page(code)
    assert page is not None
    row = page.row
    settled: dict[str, object] = {
        "kind": row.kind,
        "text": row.text,
        "owner_id": row.owner_id,
        "parent_id": row.parent_id,
        "source": row.source,
        "position": row.position,
        "version": page.version,
        **changes,
    }
    goals.change(by=by, goal_id=row.id, **settled)  # type: ignore[arg-type]  # as the action names them


def test_goals_are_read_as_a_tree_with_what_is_done_for_each(officer: Context) -> None:
    top = initiatives.goal(officer, "topp")
    middle = initiatives.goal(officer, "mitten", parent_id=top)
    initiatives.goal(officer, "botten", parent_id=middle)
    initiatives.initiative(officer, "jobb", goal_ids=[top, middle])
    (branch,) = tree.tree()
    assert [branch.goal.code, branch.parts[0].goal.code, branch.parts[0].parts[0].goal.code] == [
        "topp",
        "mitten",
        "botten",
    ]
    assert [one.code for one in branch.initiatives] == ["jobb"]
    assert branch.parts[0].initiatives == (), "what is named above is not named again"
    page = tree.page("mitten")
    assert page is not None
    assert [one.code for one in page.above] == ["topp"]
    assert [one.code for one in page.below.initiatives] == ["jobb"]


def test_a_goal_cannot_be_moved_under_its_own_part(officer: Context) -> None:
    top = initiatives.goal(officer, "topp", kind=GoalKind.INITIATIVE)
    middle = initiatives.goal(officer, "mitten", parent_id=top)
    low = initiatives.goal(officer, "botten", parent_id=middle)
    with pytest.raises(Refused) as refused:
        _changed(officer, "topp", parent_id=low)
    assert refused.value.reason.code == "goal_circle"
    assert "Målet botten" in str(refused.value)
    assert Goal.objects.get(code="topp").parent_id is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "  "}, "goal_without_text"),
        ({"kind": GoalKind.COUNCIL}, "goal_root_under_another"),
    ],
)
def test_a_change_that_cannot_stand_is_refused(officer: Context, changes: dict[str, object], code: str) -> None:
    initiatives.goal(officer, "del", parent_id=initiatives.goal(officer, "topp"))
    with pytest.raises(Refused) as refused:
        _changed(officer, "del", **changes)
    assert refused.value.reason.code == code
    assert "{" not in str(refused.value)


def test_the_second_of_two_who_edit_a_goal_is_told(officer: Context) -> None:
    initiatives.goal(officer, "topp")
    page = tree.page("topp")
    assert page is not None
    _changed(officer, "topp", text="Den första")
    with pytest.raises(Refused) as refused:
        _changed(officer, "topp", text="Den andra", version=page.version)
    assert refused.value.reason.code == "changed_meanwhile"
    assert Goal.objects.get(code="topp").text == "Den första"


def test_a_code_is_used_once(officer: Context) -> None:
    initiatives.goal(officer, "topp")
    initiatives.initiative(officer, "jobb")
    with pytest.raises(Refused):
        initiatives.goal(officer, "topp")
    with pytest.raises(Refused):
        initiatives.initiative(officer, "jobb", name="Annat namn")


def test_only_those_who_manage_goals_change_them() -> None:
    for role in (Role.COUNCILLOR, Role.COMMITTEE_CONTROLLER, Role.STEERING_GROUP):
        with pytest.raises(Refused) as refused:
            initiatives.goal(partners.by(role), "topp")
        assert refused.value.reason.code == "not_allowed"
    assert not Goal.objects.exists()


def test_an_initiative_keeps_its_last_day_and_its_goals(officer: Context) -> None:
    wanted = initiatives.goal(officer, "topp")
    initiatives.initiative(
        officer, "jobb", start_date=date(2020, 1, 1), last_day=date(2022, 6, 30), goal_ids=[wanted], stage=Stage.ENDED
    )
    page = register.page("jobb")
    assert page is not None
    assert (page.row.start_date, page.row.last_day) == (date(2020, 1, 1), date(2022, 6, 30))
    assert Initiative.objects.get(code="jobb").period.upper == date(2022, 7, 1)
    assert [goal.code for goal in page.goals] == ["topp"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "initiative_without_name"),
        ({"aim": ""}, "initiative_without_aim"),
        ({"start_date": date(2024, 2, 1), "last_day": date(2024, 1, 31)}, "initiative_ends_before_start"),
        ({"name": "Insatsen  första"}, "initiative_name_taken"),
    ],
)
def test_an_initiative_that_cannot_be_registered_is_refused(
    officer: Context, more: dict[str, object], code: str
) -> None:
    initiatives.initiative(officer, "första")
    with pytest.raises(Refused) as refused:
        initiatives.initiative(officer, "andra", **more)
    assert refused.value.reason.code == code
    assert "{" not in str(refused.value)


def test_partners_and_promised_staff_are_shown_with_their_sum(officer: Context) -> None:
    one = initiatives.initiative(officer, "jobb")
    partner = partners.organisation("gvn")
    undertakings.add_partner(by=officer, initiative_id=one, organisation_id=partner, part="medfinansiär")
    with pytest.raises(Refused) as refused:
        undertakings.add_partner(by=officer, initiative_id=one, organisation_id=partner, part="igen")
    assert refused.value.reason.code == "initiative_partner_twice"
    for heads, months in ((5, 30), (5, 24)):
        promises.promise_staff(
            by=officer, initiative_id=one, employer_id=partner, role=Role.EMPLOYMENT_OFFICER,
            title="Arbetsförmedlare", heads=heads, months=months,
        )  # fmt: skip
    with pytest.raises(Refused):
        promises.promise_staff(
            by=officer,
            initiative_id=one,
            employer_id=partner,
            role=Role.EMPLOYMENT_OFFICER,
            title="Ingen",
            heads=0,
            months=1,
        )
    page = register.page("jobb")
    assert page is not None
    assert [row.part for row in page.partners] == ["medfinansiär"]
    assert page.staff_sum == Staff(10, 270)
