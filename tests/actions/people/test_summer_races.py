"""Several at once in Ung i sommar, over connections of their own that really commit."""

from functools import partial
from uuid import uuid4

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions.summer import summer_applications, summer_attendance, summer_draws, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.models import SummerApplicant, SummerDraw, SummerPlacement, SummerPunch
from samkraft.people.rules.summer.summer_places import Declined
from tests.factories import at_once, summer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_the_same_press_sent_by_six_at_once_is_kept_once_and_two_different_ones_never_both() -> None:
    given = summer.planned()
    summer.begin_now(given)
    mine = summer.applies(given, "Vide", age=17, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Vide")
    key = uuid4()
    same = [Press(key, held, True, summer.yesterday_at(9))]
    at_once.together(*[partial(summer_attendance.press, by=mine.by, link=mine, presses=same) for _turn in range(6)])
    others = [[Press(uuid4(), held, False, summer.yesterday_at(15, turn))] for turn in range(4)]
    at_once.together(*[partial(summer_attendance.press, by=mine.by, link=mine, presses=one) for one in others])
    with transactions.read(given.holder.context):
        assert sorted(SummerPunch.objects.values_list("is_in", flat=True)) == [False, True]


def test_four_who_decline_at_once_leave_their_places_to_four_different_reserves_in_turn() -> None:
    given = summer.planned(places=2)
    for number in range(12):
        summer.applies(given, f"Ung{number}", age=17)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    with transactions.read(given.holder.context):
        rows = list(SummerPlacement.objects.all())
    links = {link.applicant_id: link for link in given.links.values()}
    outcomes = at_once.together(
        *[
            partial(
                summer_placing.answer, by=links[row.applicant_id].by, link=links[row.applicant_id], placement_id=row.id,
                says_yes=False, declined=Declined.AWAY,
            )
            for row in rows
        ]
    )  # fmt: skip
    assert outcomes == ["done"] * 4
    with transactions.read(given.holder.context):
        live = list(SummerPlacement.objects.filter(answer="").values_list("applicant_id", "place_id"))
        waiting = SummerApplicant.objects.filter(is_drawn=False).order_by("share").values_list("id", flat=True)
        assert {one for one, _place in live} == set(waiting[:4])
    assert len({place for _one, place in live}) == 4


def test_the_lot_is_drawn_once_however_many_press_at_once_and_one_number_applies_once() -> None:
    given = summer.planned()
    born = summer.born(17)
    links = [summer.link(given) for _turn in range(4)]
    deeds = [
        partial(
            summer_applications.send, by=one.by, link=one, wishes=summer.Wishes(), number=summer.number(born),
            application=summer.Application(
                given_name="Samma", family_name="Person", born=born, sex="woman", school_year="upper1",
                email=f"samma{turn}@exempel.invalid", guardians=(summer.Guardian("Vuxen", f"vuxen{turn}@exempel.invalid"),),
            ),
        )
        for turn, one in enumerate(links)
    ]  # fmt: skip
    assert at_once.together(*deeds) == ["done"] * 4
    with transactions.read(given.holder.context):
        assert SummerApplicant.objects.filter(is_double=False).count() == 1
    summer.applies(given, "Wilma")
    summer.close(given)
    summer_draws.publish_list(by=given.holder.context, round_id=given.id)
    draw = partial(summer_draws.draw, by=given.holder.context, round_id=given.id, seed=summer.SEED)
    assert at_once.together(draw, draw, draw).count("done") == 1
    with transactions.read(given.holder.context):
        assert SummerDraw.objects.filter(step="lot").count() == 1
