"""The summer-job year, from the round that opens to the basis for wages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.rules.summer_rounds import SchoolYear
from samkraft.people.actions.summer import summer_attendance, summer_payments, summer_placing, summer_shifts
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.models import SummerApplicant, SummerCard, SummerPayment, SummerPlacement, SummerShift
from samkraft.people.rules.summer.summer_places import Declined
from samkraft.values.refusal import Refused
from tests.factories import refusals, summer

pytestmark = pytest.mark.django_db


def test_a_summer_from_the_application_to_the_pay() -> None:
    given = summer.planned(places=1)
    summer.begin_now(given)
    for name in ("Alva", "Bo", "Cleo", "Dina"):
        summer.applies(given, name, age=16, guardians=2)
    summer.draw(given)
    made = summer_placing.place_all(by=given.holder.context, round_id=given.id)
    assert (made.offered, made.without) == (2, 0)

    with transactions.read(given.holder.context):
        first = list(SummerPlacement.objects.filter(round_id=given.id).order_by("weeks"))
        names = {row.id: row.given_name for row in SummerApplicant.objects.filter(round_id=given.id)}
    now_there = names[first[0].applicant_id]

    # The one who was offered the second period says no, and the place goes to the first on the reserve list at once.
    other = names[first[1].applicant_id]
    summer_placing.answer(
        by=given.links[other].by,
        link=given.links[other],
        placement_id=first[1].id,
        says_yes=False,
        declined=Declined.AWAY,
    )
    with transactions.read(given.holder.context):
        waiting = SummerApplicant.objects.filter(round_id=given.id, is_drawn=False).order_by("share", "code")
        heir = SummerPlacement.objects.get(place_id=first[1].place_id, answer="")
        assert heir.applicant_id == waiting[0].id

    held = summer.accepts(given, now_there)
    assert refusals.code_of(summer_placing.confirm, by=given.holder.context, placement_id=held) == "summer_no_consent"
    summer.guardians_say(given, now_there, only=1)
    assert refusals.code_of(summer_placing.confirm, by=given.holder.context, placement_id=held) == "summer_no_consent"
    summer.guardians_say(given, now_there, only=2)
    summer_placing.confirm(by=given.holder.context, placement_id=held)

    # The workplace now has a card with what was chosen, and the hours of four weeks; nothing else of anybody.
    with transactions.read(given.supervisor.context):
        card = SummerCard.objects.get()
        assert set(card.fields) == {"given_name", "family_name", "age"}
        assert SummerShift.objects.filter(placement_id=held).count() in (18, 19, 20)
        assert SummerApplicant.objects.count() == 0
        assert SummerPlacement.objects.count() == 1

    youth = given.links[now_there]
    key = uuid4()
    presses = [
        Press(key, held, True, summer.yesterday_at(8, 30)),
        Press(uuid4(), held, False, summer.yesterday_at(15, 30)),
        Press(key, held, True, summer.yesterday_at(8, 30)),
    ]
    received = summer_attendance.press(by=youth.by, link=youth, presses=presses)
    assert [one.reason for one in received] == [None, None, None]
    summer_attendance.attest(
        by=given.supervisor.context, placement_id=held, day=summer.yesterday_at(8).date(), was_there=True, minutes=360
    )
    today = timezone.now().date()
    summer_payments.make(by=given.holder.context, round_id=given.id, through=today)
    with transactions.read(given.holder.context):
        paid = SummerPayment.objects.get()
    assert paid.total_ore == 6 * 11_050
    again = refusals.code_of(summer_payments.make, by=given.holder.context, round_id=given.id, through=today)
    assert again == "summer_nothing_to_pay"

    # A corrected day comes in the next basis with its difference only.
    summer_attendance.attest(
        by=given.supervisor.context, placement_id=held, day=summer.yesterday_at(8).date(), was_there=True, minutes=390
    )
    much_later = date(today.year + 2, 1, 31)  # at the wage of the year in which it was earned
    summer_payments.make(by=given.holder.context, round_id=given.id, through=much_later)
    with transactions.read(given.holder.context):
        assert SummerPayment.objects.get(number=2).total_ore == 11_050 // 2


def test_a_fifteen_year_old_is_neither_planned_nor_checked_in_at_half_past_eight_in_the_evening() -> None:
    given = summer.planned()
    summer.begin_now(given)
    summer.applies(given, "Ella", age=15, school_year=SchoolYear.GRADE_8, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Ella")
    evening = summer.yesterday_at(20, 30)
    with pytest.raises(Refused) as refused:
        summer_shifts.plan_day(
            by=given.holder.context,
            placement_id=held,
            starts=evening - timedelta(hours=2),
            ends=evening,
            break_minutes=0,
        )
    assert refused.value.reason.code == "working_time_outside_the_day"
    assert "06.00–20.00" in str(refused.value)
    youth = given.links["Ella"]
    received = summer_attendance.press(by=youth.by, link=youth, presses=[Press(uuid4(), held, True, evening)])
    assert received[0].reason is not None
    assert received[0].reason.code == "summer_hours_forbidden"
    early = summer_attendance.press(
        by=youth.by, link=youth, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))]
    )
    assert early[0].reason is None


def test_nobody_under_18_starts_without_the_guardians_yes_nor_goes_on_when_it_is_taken_back() -> None:
    given = summer.planned()
    summer.begin_now(given)
    summer.applies(given, "Frej", age=16, guardians=2, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Frej")
    summer.guardians_say(given, "Frej", says_yes=False, only=2)
    youth = given.links["Frej"]
    received = summer_attendance.press(
        by=youth.by, link=youth, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))]
    )
    assert received[0].reason is not None
    assert received[0].reason.code == "summer_no_consent"
