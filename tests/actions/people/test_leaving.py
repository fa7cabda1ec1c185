"""Exit, promise, follow-up and hand-over by the actions."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.people.actions import exits, handovers
from samkraft.people.models import CaseAccess, Enrolment
from samkraft.people.queries import team_loads
from samkraft.people.rules.contents.choices import FollowUpState
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.refusals import refused
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[Way]) -> Way:
    return once(lambda: joint_work.known_to_two(days=100))


@pytest.fixture
def way(kept: Way) -> Way:
    return deepcopy(kept)


def leave(way: Way, by: Member, days: int = 0, start: int | None = None, **said: Any) -> UUID:
    left_on = way.today + timedelta(days=days)
    promised = None if start is None else (left_on + timedelta(days=start)).isoformat()
    content = {"outcome": "work", "left_on": left_on.isoformat(), "promised_start": promised, **said}
    return exits.leave(by=by.context, person_id=way.person_id, left=content, at=way.at)


def ends(way: Way, by: Member) -> list[object]:
    with transactions.read(by.context):
        return [row.period.upper for row in Enrolment.objects.filter(person_id=way.person_id)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"days": -101}, "exit_before_entry"),
        ({"days": 1}, "content_not_yet"),
        ({"start": 91}, "exit_promise_too_far"),
        ({"start": -1}, "exit_promise_before_exit"),
        ({"start": 5, "outcome": "moved"}, "exit_promise_without_work"),
        ({"outcome": "försvann"}, "content_not_understood"),
        ({"start": 999_9}, "content_far_ahead"),
    ],
)
def test_an_exit_that_is_wrong_leaves_nothing_behind(way: Way, said: dict[str, Any], code: str) -> None:
    before = len(way.held(way.setting.social))
    with refused(code):
        leave(way, way.setting.social, **said)
    assert len(way.held(way.setting.social)) == before
    assert ends(way, way.setting.social) == [None]


def load(way: Way, by: Member) -> int | None:
    with transactions.read(by.context):
        found = team_loads.of_initiative(by.context, way.setting.initiative_id, today=way.today)
        return next(one.total for one in found if one.team_id == way.setting.team_id)


def test_who_has_left_holds_no_place_in_the_team() -> None:
    made = joint_work.setting()
    social = made.social
    way = joint_work.begun(made, social, at=timezone.now() - timedelta(days=30))
    way.after(20)
    assert load(way, social) == 1
    leave(way, social, days=-2, start=1)
    assert load(way, social) == 0, "the team is still on the case, to follow up"
    exits.look_at_promise(by=social.context, person_id=way.person_id, kept=False, reason="Blev inte av", at=way.at)
    assert load(way, social) == 1, "back on the place"


def test_an_exit_ends_the_enrolment_and_plans_the_follow_ups(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    leave(way, social, start=90)
    assert ends(way, social)[0] is not None
    start = way.today + timedelta(days=90)
    months = [(one.content.months, one.content.due_date > start) for one in way.joint(officer).follow_ups]
    assert months == [(1, True), (3, True), (6, True)]
    with refused("exit_already"):
        leave(way, officer)
    with refused("person_not_taking_part"):
        way.step(social, "Praktik")


def test_who_did_not_begin_is_back_in_place_also_when_another_area_looks(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    leave(way, social, start=30)

    def look(by: Member, kept: bool, reason: str = "") -> None:
        exits.look_at_promise(by=by.context, person_id=way.person_id, kept=kept, reason=reason, at=way.at)

    with refused("exit_promise_not_due"):
        look(social, kept=True)
    way.after(30)
    with refused("state_without_reason"):
        look(officer, kept=False)
    look(officer, kept=False, reason="Arbetsgivaren ställde in.")
    for member in (social, officer):
        assert way.joint(member).left is None
        assert way.joint(member).follow_ups == ()
    way.step(social, "Praktik")
    with refused("exit_none"):
        look(social, kept=True)
    way.after(10)
    leave(way, social, outcome="studies")
    assert way.joint(officer).left.content.outcome == "studies"
    assert len(way.joint(officer).follow_ups) == 3


def test_the_area_that_let_go_takes_the_person_back_with_the_enrolment_open(way: Way) -> None:
    social = way.setting.social
    leave(way, social, start=30)
    way.after(31)
    exits.look_at_promise(by=social.context, person_id=way.person_id, kept=False, reason="Ställdes in.", at=way.at)
    assert ends(way, social) == [None]


def test_a_follow_up_is_answered_once_by_whoever_may(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    leave(way, social)
    first, second, _ = (one.held.lineage for one in way.joint(social).follow_ups)
    way.after(32)

    def answer(by: Member, lineage: UUID, state: str, **more: Any) -> None:
        exits.answer_follow_up(by=by.context, person_id=way.person_id, lineage=lineage, state=state, at=way.at, **more)

    with refused("follow_up_without_situation"):
        answer(social, first, "done")
    with refused("follow_up_before_exit"):
        answer(social, first, "done", situation="work", done_on=way.today - timedelta(days=60))
    with refused("not_allowed"):
        answer(way.setting.care, first, "not_reached")
    answer(officer, first, "not_reached")
    answer(officer, first, "done", situation="work")
    for state, more in (("done", {"situation": "work"}), ("not_reached", {})):
        with refused("follow_up_not_yet"):
            answer(social, second, state, **more)
    assert way.joint(social).follow_ups[1].state is FollowUpState.DUE, "nothing is written months too early"
    way.after(50)
    answer(social, second, "done", situation="studies")
    with refused("state_no_such_move"):
        answer(social, second, "not_reached")
    for member in (social, officer):
        states = [one.state for one in way.joint(member).follow_ups]
        assert states == [FollowUpState.DONE, FollowUpState.DONE, FollowUpState.DUE]


def on_case(way: Way, by: Member, membership_id: UUID) -> list[object]:
    with transactions.read(by.context):
        rows = CaseAccess.objects.filter(person_id=way.person_id, membership_id=membership_id)
        return [row.period.upper for row in rows.order_by("granted_at")]


def ask(way: Way, by: Member, to_id: UUID, from_id: UUID | None = None, **more: Any) -> UUID:
    return handovers.ask(
        by=by.context, person_id=way.person_id, from_id=from_id or by.membership_id, to_id=to_id,
        reason=more.pop("reason", "Matchning."), at=way.at, **more,
    )  # fmt: skip


def test_a_hand_over_is_asked_for_once_with_a_reason_and_by_who_has_the_case(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    with refused("state_without_reason"):
        ask(way, social, officer.membership_id, reason=" ")
    with refused("handover_to_itself"):
        ask(way, social, social.membership_id)
    with refused("handover_not_yours"):
        ask(way, social, social.membership_id, from_id=officer.membership_id)
    with refused("handover_overlap_past"):
        ask(way, social, officer.membership_id, overlap_until=way.today - timedelta(days=1))
    with refused("handover_overlap_too_long"):
        ask(way, social, officer.membership_id, overlap_until=way.today + timedelta(days=93))
    with refused("area_does_not_know"):
        ask(way, social, way.setting.insurance.membership_id)
    with refused("cannot_be_on_case"):
        ask(way, social, uuid4())
    ask(way, social, officer.membership_id)
    with refused("handover_asked_already"):
        ask(way, officer, social.membership_id)


def test_who_takes_over_leads_and_both_are_on_the_case_for_the_common_days(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    last = way.today + timedelta(days=7)
    request = ask(way, social, officer.membership_id, overlap_until=last)
    with refused("state_not_receiver"):
        handovers.answer(
            by=way.setting.social.context, person_id=way.person_id, lineage=request, accept=True, at=way.at
        )
    handovers.answer(by=officer.context, person_id=way.person_id, lineage=request, accept=True, at=way.at)
    with refused("state_no_such_move"):
        handovers.answer(by=officer.context, person_id=way.person_id, lineage=request, accept=False, at=way.at)
    leads = [held.content["name"] for held in way.held(social) if held.kind == "lead"]
    assert leads == ["Per Nyberg", "Åsa Ek"]
    assert None in on_case(way, officer, officer.membership_id)
    handovers.let_go(by=social.context, person_id=way.person_id, lineage=request, at=way.at)
    (end,) = on_case(way, social, social.membership_id)
    assert end is not None
    assert end.date() == last  # type: ignore[attr-defined]  # midnight in Sweden is the evening before in UTC
    assert way.joint(social), "still on the case while the common days last"


def test_who_does_not_take_over_leaves_the_case_again(way: Way) -> None:
    social = way.setting.social
    colleague = joint_work.colleague(way.setting, social)
    request = ask(way, social, colleague.membership_id)
    assert way.held(colleague), "to be able to answer"
    handovers.answer(by=colleague.context, person_id=way.person_id, lineage=request, accept=False, at=way.at)
    assert way.held(colleague) == []
    assert way.joint(social).handovers[-1].state == "refused"


def test_a_whole_team_takes_over_from_another(way: Way) -> None:
    made, social = way.setting, way.setting.social
    team_id = joint_work.another_team(made)
    colleague = joint_work.colleague(made, social)
    teams.add_member(
        by=made.leader.context, team_id=team_id, membership_id=colleague.membership_id, start_date=date(2022, 1, 3)
    )
    request = ask(way, social, team_id, from_id=made.team_id)
    handovers.answer(by=colleague.context, person_id=way.person_id, lineage=request, accept=True, at=way.at)
    teams_been = [held.content["team_name"] for held in way.held(colleague) if held.kind == "team"]
    assert teams_been == ["Team 4", "Team 5"]
