"""A summer in which something breaks: a workplace that cannot take anybody, letters that tell, pay that is corrected downwards,
and rest that the database keeps.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds
from samkraft.offer.actions.summer_rounds import WorkplaceDraft
from samkraft.offer.models import SummerPlace
from samkraft.people.actions import guard
from samkraft.people.actions.summer import summer_cancelling, summer_payments, summer_placing, summer_telling
from samkraft.people.actions.summer.summer_attendance import attest
from samkraft.people.models import SummerApplicant, SummerPayment, SummerPlacement, SummerShift
from samkraft.people.queries.summer import summer_letters
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused
from tests.factories import refusals, signed_in, summer
from tests.factories.summer import Round

pytestmark = pytest.mark.django_db


def _another_workplace(given: Round, *, places: int) -> Any:
    return summer_rounds.add_workplace(
        by=given.holder.context,
        round_id=given.id,
        draft=WorkplaceDraft(
            name="Badet", organisation_id=given.supervisor.organisation_id, area_id=given.supervisor.area_id,
            does="Vaktar handdukar.", places={1: places}, hours=tuple(summer.DAYS), least_age=13,
        ),
    )  # fmt: skip


def test_a_workplace_is_cancelled_with_young_people_in_it_and_everybody_is_told(client: Client) -> None:
    """Two are there: one finds room elsewhere at once, the other is told too; the reserve does not go before them."""
    given = summer.planned(places=2)
    for name in ("Alva", "Bo", "Cleo"):
        summer.applies(given, name, age=18, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    first = given.row.periods[0]
    with transactions.read(given.holder.context):
        there = {row.applicant_id: row for row in SummerPlacement.objects.filter(round_id=given.id)}
    names = [name for name, link in given.links.items() if link.applicant_id in there]
    assert len(names) == 2
    summer.starts(given, names[0])
    with transactions.read(given.holder.context):
        unanswered = [one.name for one in summer_letters.untold(given.id)]
    assert unanswered == [f"{names[1]} Sommarsson"], "an answered offer needs no letter"
    badet = _another_workplace(given, places=1)
    signed_in.sign_in(client, given.holder)
    address = reverse("summer:cancelling", args=[given.row.code, given.workplace_id, first.id])
    page = client.get(address).content.decode()
    assert "2 unga berörs" in page
    membership = str(given.holder.membership_id)
    client.post(address, {"membership": membership})
    assert summer.placement(given, names[0]).has_ended is False, "nothing is done before the box is ticked"
    sent = client.post(address, {"membership": membership, "last": "1"})
    assert sent.status_code == 303
    with transactions.read(given.holder.context):
        rows = list(SummerPlacement.objects.filter(round_id=given.id, workplace_id=given.workplace_id))
        moved = list(SummerPlacement.objects.filter(round_id=given.id, workplace_id=badet))
        ended = rows[0].has_ended and rows[1].has_ended
        shifts = SummerShift.objects.filter(placement__in=rows, is_cancelled=False).count()
        turns = dict(SummerApplicant.objects.filter(id__in=there).values_list("id", "turn"))
        waiting = summer_letters.untold(given.id)
    assert ended
    assert shifts == 0
    assert [row.applicant_id for row in moved] == [min(turns, key=lambda one: turns[one])], (
        "by turn, before any reserve"
    )
    assert not SummerPlace.objects.filter(
        workplace_id=given.workplace_id, period_id=first.id, is_withdrawn=False
    ).exists()
    assert sorted(one.kind for one in waiting) == ["ended", "offered"]
    again = refusals.code_of(
        summer_cancelling.cancel, by=given.holder.context, round_id=given.id, workplace_id=given.workplace_id,
        period_id=first.id,
    )  # fmt: skip
    assert again == "summer_no_places_there"
    letters = reverse("summer:letters", args=[given.row.code])
    assert "2 väntar på att få veta något" in client.get(letters).content.decode()
    client.post(letters, {"membership": membership, "hur": "epost"})
    assert len(mail.outbox) == 2
    assert "Badet" not in mail.outbox[0].body + mail.outbox[1].body, (
        "a letter says that something has happened, not what"
    )
    assert "/min-sommar/" in mail.outbox[0].body
    assert "Alla vet" in client.get(letters).content.decode()


def test_whoever_has_no_address_gets_a_letter_on_paper_once_and_the_others_none(client: Client) -> None:
    given = summer.planned(places=2)
    for name in ("Alva", "Bo"):
        summer.applies(given, name, age=18, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    with connection.cursor() as cursor, transactions.write(given.holder.context):
        cursor.execute(
            "UPDATE people_summerapplicant SET email = '', phone = '070-000 00 00' WHERE id = %s",
            [given.links["Alva"].applicant_id],
        )
    signed_in.sign_in(client, given.holder)
    letters = reverse("summer:letters", args=[given.row.code])
    assert "sms eller papper" in client.get(letters).content.decode()
    sent = {"membership": str(given.holder.membership_id), "hur": "papper"}
    page = client.post(letters, sent).content.decode()
    assert "Text till sms, 070-000 00 00" in page
    assert page.count("/min-sommar/") == 2, "in the letter and in the text for a text message"
    assert "Hej Alva" in page
    assert "Hej Bo" not in page
    assert summer_telling.write(by=given.holder.context, round_id=given.id, how="paper") == []
    assert mail.outbox == []
    client.post(letters, {**sent, "hur": "epost"})
    assert [one.to for one in mail.outbox] == [["bo@exempel.invalid"]]


def test_a_basis_of_corrections_downwards_alone_is_below_nothing() -> None:
    given = summer.planned(places=1)
    summer.begin_now(given)
    summer.applies(given, "Alva", age=18, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Alva")
    day = timezone.now().astimezone(STOCKHOLM).date() - timedelta(days=1)
    for minutes in (360, 300):
        attest(by=given.supervisor.context, placement_id=held, day=day, was_there=True, minutes=minutes)
        summer_payments.make(by=given.holder.context, round_id=given.id, through=day)
    with transactions.read(given.holder.context):
        totals = list(SummerPayment.objects.order_by("number").values_list("total_ore", flat=True))
    assert totals == [81_000, -13_500]


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("a night of twelve hours is enough", [(0, 8, 12), (1, 8, 12)], ""),
        ("a night that is too short", [(0, 16, 20), (1, 6, 10)], "summer_no_rest"),
        ("six days in a week", [(day, 9, 12) for day in range(6)], "summer_no_rest"),
        ("five days with the weekend apart", [(day, 9, 12) for day in (0, 2, 4, 5, 6)], ""),
        ("no rest of thirty-six hours", [(0, 6, 9), (1, 18, 20), (3, 6, 9), (4, 18, 20), (6, 6, 9)], "summer_no_rest"),
    ],
)
def test_rest_is_kept_by_the_database_whoever_writes_the_hours(
    name: str, days: list[tuple[int, int, int]], code: str
) -> None:
    given = summer.planned(places=1)
    summer.applies(given, "Bo", age=15, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.placement(given, "Bo")
    monday: date = held.weeks.lower
    said = ""
    try:
        with transactions.write(given.holder.context), guard.refusing():
            for number, starts, ends in days:
                day = monday + timedelta(days=number)
                hours = [datetime.combine(day, time(hour), STOCKHOLM) for hour in (starts, ends)]
                SummerShift(
                    id=uuid4(), placement_id=held.id, applicant_id=held.applicant_id, round_id=held.round_id,
                    area_id=held.area_id, hours=(hours[0], hours[1]), break_minutes=0,
                ).save(force_insert=True)  # fmt: skip
    except Refused as refused:
        said = refused.reason.code
    assert said == code, name
