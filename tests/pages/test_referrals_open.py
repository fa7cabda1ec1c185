"""The pages of those who wait to begin: the list, the way to it, and what is done with a referral."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from tests.actions.people.test_referral_deeds import end, enrol, handed_on, listed, referral_of
from tests.factories import joint_work, signed_in
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(once: Once[Setting]) -> Setting:
    return once(joint_work.setting)


def read(client: Client, who: Member, address: str) -> str:
    """The page as the member sees it."""
    signed_in.sign_in(client, who)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def send(client: Client, who: Member, person: UUID, key: str, **said: Any) -> str:
    """Send one of the sections of the person's page."""
    signed_in.sign_in(client, who)
    data = {"membership": str(who.membership_id), "do": key, **said}
    return client.post(reverse("people:journey", args=[person]), data, follow=True).content.decode()


def page_of(client: Client, who: Member, person: UUID) -> str:
    """Where one is enrolled, or referred again."""
    return read(client, who, reverse("people:journey", args=[person]))


WAITING = "/deltagare/vantar/"


def test_the_list_says_who_waits_since_when_and_what_is_next(client: Client, made: Setting) -> None:
    page = read(client, made.social, WAITING)
    assert "Ingen väntar på att börja" in page
    way = joint_work.referred(made, made.social, in_city="yes")
    page = read(client, made.social, WAITING)
    assert "Amira Haddad-Lund" in page
    assert "0 dagar" in page
    assert "Svara på startkontrollen" in page
    assert "1 fråga är inte besvarad" in page
    assert "1 är remitterad men varken inskriven eller avslutad" in page
    with transactions.read(made.social.context):
        events = Event.objects.filter(action="referral.list_read").values_list("content", flat=True)
        assert sum(str(way.person_id) in content for content in events) == 1
    for other in (made.officer, made.care):
        page = read(client, other, WAITING)
        assert "Haddad" not in page
        assert "Ingen väntar just nu" in page


def test_it_is_reached_from_the_caseload_and_from_where_one_refers_and_the_figure_is_the_readers_own(
    client: Client,
    made: Setting,
) -> None:
    joint_work.referred(made, made.social)
    board = read(client, made.social, "/team/")
    assert 'href="/deltagare/vantar/"' in board
    assert "Väntar på att börja (1)" in board
    assert "Väntar på att börja (0)" in read(client, made.officer, "/team/")
    assert 'href="/deltagare/vantar/"' in read(client, made.social, "/deltagare/ny/")


def test_the_person_is_enrolled_or_the_referral_ended_on_the_same_page(client: Client, made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    lineage = referral_of(way, made.social)
    page = read(client, made.social, reverse("people:journey", args=[way.person_id]))
    for told in (
        "Startkontroll",
        "Avsluta remitteringen",
        "Behöver flera parter.",
        f'id="end-{lineage}"',
        'id="enrol"',
    ):
        assert told in page, told
    page = send(client, made.social, way.person_id, f"end-{lineage}", reason="other", note="", ended_on="2026-01-01")
    assert "Med egna ord" in page
    assert "är tomt" in page
    assert listed(made.social)[0].end is None
    today = way.today.isoformat()
    page = send(
        client, made.social, way.person_id, f"end-{lineage}", reason="other", note="Börjar på Komvux", ended_on=today
    )
    assert "Remitteringen är avslutad." in page
    assert "Ska personen börja behövs en ny." in page
    assert 'value="enrol"' not in page, "there is nothing to enrol on"
    page = read(client, made.social, f"{WAITING}?visa=avslutade")
    assert "Börjar på Komvux" in page
    assert f'href="/deltagare/{way.person_id}/insatsen/#refer-again"' in page, "from the list to a new one"
    for day, why in (
        ("2099-01-01", "har inte varit än"),
        ("2019-01-01", "före den dag då den förra remitteringen kom in"),
    ):
        wrong = send(client, made.social, way.person_id, "refer-again", how="remittering", reason="Nu", received_on=day)
        beside = wrong[wrong.index('id="id_refer-again_received_on"') :].split("</div>")[0]
        assert why in beside, "the refusal stands at the day"
        assert ">Nu</textarea>" in wrong.replace("\n", ""), "what was typed stays"
    assert '<option value="remittering" selected>' in page_of(client, made.social, way.person_id), (
        "as the last one came"
    )
    again = send(client, made.social, way.person_id, "refer-again", how="remittering", reason="Nu", received_on=today)
    assert "Den nya remitteringen är registrerad." in again
    assert 'value="enrol"' in again
    assert "Registrera en ny remittering" not in again
    page = read(client, made.social, f"{WAITING}?visa=avslutade")
    assert "Väntar på en ny remittering" in page
    assert "#refer-again" not in page
    enrol(way, made.social)
    assert "Deltar nu" in read(client, made.social, f"{WAITING}?visa=avslutade")
    page = read(client, made.social, reverse("people:person", args=[way.person_id]))
    assert "Remitteringen avslutad" in page, "and in the timeline"


def test_the_start_check_is_answered_on_the_page(client: Client, made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    key = f"check-{referral_of(way, made.social)}"
    page = send(client, made.social, way.person_id, key, check_in_city="yes", check_twelve_months="no", based_on="1")
    assert "Svaren är sparade." in page
    (one,) = listed(made.social)
    assert one.content.start_check == {"in_city": "yes", "twelve_months": "no"}
    page = read(client, made.social, WAITING)
    assert f'href="/deltagare/{way.person_id}/insatsen/#enrol"' in page
    assert "Skriv in" in page


def test_who_enrols_nobody_asks_first_and_then_hands_it_on(client: Client, made: Setting) -> None:
    way = joint_work.referred(made, made.care)
    address = reverse("people:journey", args=[way.person_id])
    page = read(client, made.care, address)
    assert "Fråga personen om remitteringen får lämnas till någon som gör det." in page
    ask = f"{reverse('people:give_consent', args=[way.person_id])}?till={made.social.area_id}"
    assert f"{ask}&amp;uppgifter=enrolment,contact,referral" in page
    form = read(client, made.care, f"{ask}&uppgifter=enrolment,contact,referral")
    assert 'value="referral" id="id_categories_5" class="ds-input" checked' in form or form.count("checked") >= 3
    joint_work.consent(way, made.care.context, made.social.area_id, ("enrolment", "contact", "referral"))
    page = read(client, made.care, address)
    assert "Lämna vidare" in page
    assert made.social.name in page
    key = f"hand-on-{referral_of(way, made.care)}"
    page = send(client, made.care, way.person_id, key, to=str(made.social.membership_id), understood="on")
    assert "Remitteringen är lämnad vidare." in page
    assert "Hos en annan myndighet" in read(client, made.care, WAITING)
    assert "Vänta på besked" in read(client, made.care, f"{WAITING}?visa=lamnade")
    assert "Amira Haddad-Lund" in read(client, made.social, WAITING)


def test_who_received_it_says_whom_is_told_when_it_ends(client: Client) -> None:
    way, care, social = handed_on()
    address = reverse("people:journey", args=[way.person_id])
    page = read(client, social, address)
    assert "Får inte veta det av er: personen har inte sagt ja till det." in page
    joint_work.consent(way, social.context, care.area_id, ("referral",))
    page = read(client, social, address)
    assert "Vilka ska få veta det av er?" in page
    key, today = f"end-{referral_of(way, social)}", way.today.isoformat()
    page = send(client, social, way.person_id, key, reason="moved", ended_on=today, tell=str(care.area_id))
    assert "Remitteringen är avslutad." in page
    assert "Personen har flyttat" in read(client, care, f"{WAITING}?visa=avslutade")


def test_who_has_been_enrolled_meets_nothing_of_it(client: Client, made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    enrol(way, made.social)
    page = read(client, made.social, reverse("people:journey", args=[way.person_id]))
    assert "Avsluta remitteringen" not in page
    other: Way = joint_work.referred(made, made.social)
    end(other, made.social)
    assert "Avsluta remitteringen" not in read(client, made.social, reverse("people:journey", args=[other.person_id]))
