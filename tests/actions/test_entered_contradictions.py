"""What a person enters, because no rule can see it: two or more sides with their sources, and who entered it."""

from uuid import UUID

import pytest

from samkraft.money.actions.contradictions import contradictions
from samkraft.money.actions.contradictions.contradictions import SideDraft
from samkraft.money.models import Contradiction
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.settling import State
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners

pytestmark = pytest.mark.django_db


def refusal(*args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as refused:
        enter(*args, **more)  # type: ignore[arg-type]  # as enter
    return refused.value


def two_sides(**more: object) -> list[SideDraft]:
    first = SideDraft(title="Tjänsteskrivelsen 2023", value="2018", place="STK-2023-576, Sammanfattning")
    second = SideDraft(title="Tjänsteskrivelsen 2024", **{"value": "2017", "place": "STK-2024-291", **more})
    return [first, second]


def enter(by: Context, **more: object) -> UUID:
    arguments = {
        "subject": "budgetåret då uppdraget gavs",
        "question": "Vilket års budget gav uppdraget?",
        "sides": two_sides(),
    }
    return contradictions.enter(by=by, **{**arguments, **more})  # type: ignore[arg-type]  # as enter


def test_a_person_enters_what_no_rule_can_see_and_it_is_said() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    entered = enter(by)
    contradictions.look(by=by)
    page = queries.one(by=by, contradiction_id=entered)
    assert page is not None
    assert page.row.is_entered
    assert page.row.found_by == by.actor_name
    assert page.row.state is State.OPEN
    contradictions.settle(
        by=by, contradiction_id=entered, choice=Choice.USE, position=2, reason="Budgeten 2017 finns.", seen=0
    )


def test_a_committee_may_enter_but_not_a_councillor() -> None:
    assert enter(partners.member(Role.COMMITTEE_CONTROLLER).context)
    assert refusal(partners.member(Role.COUNCILLOR).context).reason.code == "not_allowed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sides": two_sides()[:1]}, "contradiction_too_few_sides"),
        ({"sides": two_sides(value="")}, "contradiction_too_few_sides"),
        ({"sides": two_sides(place="")}, "contradiction_side_without_source"),
        ({"sides": two_sides(value="2018 ")}, "contradiction_sides_equal"),
        ({"subject": " "}, "contradiction_without_question"),
        ({"question": ""}, "contradiction_without_question"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_nothing_is_saved(wrong: dict[str, object], code: str) -> None:
    by = partners.member(Role.FUND_OFFICER).context
    assert refusal(by, **wrong).reason.code == code
    assert not Contradiction.objects.exists()


def test_three_sources_can_be_entered_with_amounts() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    sides = [SideDraft(title=str(year), amount_ore=year * 100, place="källa") for year in (2021, 2022, 2023)]
    page = queries.one(by=by, contradiction_id=enter(by, sides=sides))
    assert page is not None
    assert [side.amount_ore for side in page.sides] == [202_100, 202_200, 202_300]
    assert page.row.difference_ore == 200
