"""The year wheel's pages: the year, one duty, planning, and the calendar."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from samkraft.initiatives.actions import duties
from samkraft.initiatives.queries import duties as asked
from samkraft.initiatives.rules.duties import DutyState
from samkraft.partners.models import Membership
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from samkraft.web import acting
from tests.factories import initiatives, partners, signed_in

pytestmark = pytest.mark.django_db
TODAY = day_in_stockholm(timezone.now())


def _state(duty: UUID) -> DutyState:
    row = asked.one(duty_id=duty, today=TODAY)
    assert row is not None
    return row.state


def test_late_duties_stand_first_in_words(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    initiatives.duty(due_date=TODAY - timedelta(days=1), title="Lämna årsanalysen")
    initiatives.duty(due_date=TODAY - timedelta(days=12), title="Lämna bokslutet", body="asn")
    page = signed_in.html(client, "/arshjul/")
    assert "2 är försenade" in page
    assert "12 dagar sen" in page
    assert "1 dag sen" in page
    assert page.index("Lämna bokslutet") < page.index("Lämna årsanalysen"), "the longest late comes first"


def test_year_body_and_state_are_in_the_address(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER).context
    initiatives.duty(officer, body="asn", due_date=date(2023, 5, 2), title="Första uppgiften")
    initiatives.duty(officer, body="gvn", due_date=date(2023, 6, 2), title="Andra uppgiften")
    done = initiatives.duty(officer, body="gvn", due_date=date(2023, 7, 2), title="Tredje uppgiften")
    duties.complete(by=officer, duty_id=done)
    assert [row.title for row in asked.of_year(year=2023, today=TODAY, body_code="gvn")] == [
        "Andra uppgiften",
        "Tredje uppgiften",
    ]

    def table(query: str) -> str:
        return signed_in.html(client, f"/arshjul/?{query}").partition("<tbody>")[2]

    assert "Första" in table("ar=2023")
    assert "Första" not in table("ar=2023&organ=gvn")
    assert "Andra" in table("ar=2023&organ=gvn")
    assert "Andra" not in table("ar=2023&organ=gvn&lage=klar")
    assert "Tredje" in table("ar=2023&organ=gvn&lage=klar")
    backwards = table("ar=2023&sort=-datum")
    assert backwards.index("Tredje") < backwards.index("Första")
    assert signed_in.html(client, "/arshjul/?ar=nittonhundra&organ=finnsinte&lage=fel&sort=fel")


def test_the_picture_has_one_mark_for_each_row_of_the_table(client: Client) -> None:
    officer = signed_in.as_role(client, Role.COUNCILLOR)
    assert officer
    for number in range(1, 5):
        initiatives.duty(due_date=date(2023, 12, 31), body="gvn" if number % 2 else "asn")
    page = signed_in.html(client, "/arshjul/?ar=2023")
    assert page.count('class="wheel-number"') == page.count('id="rad-') == 4
    assert "Årshjulet 2023: 2 organ på var sin rad, och 4 uppgifter" in page


def test_an_empty_year_says_what_will_come(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    assert "Här samlas årets uppgifter" in signed_in.html(client, "/arshjul/?ar=1999")
    initiatives.duty()
    assert "Inga uppgifter med det urvalet" in signed_in.html(client, "/arshjul/?ar=2024&lage=snart")


def test_the_bodys_controller_marks_it_done_and_opens_it_again(client: Client) -> None:
    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    duty = initiatives.duty(title="Lämna årsanalysen")
    form = {"membership": str(controller.membership_id), "done-note": "Ligger i Stratsys", "done-seen": "0"}
    response = client.post(f"/arshjul/{duty}/klar/", form)
    assert (response.status_code, response.headers["Location"]) == (303, f"/arshjul/{duty}/")
    page = signed_in.html(client, f"/arshjul/{duty}/")
    assert "Ligger i Stratsys" in page
    assert "Öppna igen" in page
    assert client.post(f"/arshjul/{duty}/oppna/", {"membership": str(controller.membership_id)}).status_code == 303
    assert _state(duty) is DutyState.LATE


def test_who_may_not_is_told_who_may(client: Client) -> None:
    councillor = signed_in.as_role(client, Role.COUNCILLOR)
    duty = initiatives.duty()
    page = signed_in.html(client, f"/arshjul/{duty}/")
    assert "Bara GVN eller den som håller i årshjulet kan göra det här" in page
    assert "Bara den som håller i årshjulet kan flytta datum" in page
    assert f"/arshjul/{duty}/klar/" not in page
    refused = client.post(f"/arshjul/{duty}/klar/", {"membership": str(councillor.membership_id)})
    assert refused.status_code == 422
    assert "Bara GVN" in refused.content.decode()
    assert _state(duty) is DutyState.LATE


def test_a_refused_move_keeps_what_was_typed_and_says_why_beside_the_field(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    duty = initiatives.duty(due_date=TODAY + timedelta(days=9))
    form = {"membership": str(officer.membership_id), "move-new_due_date": "3 jan 2020", "move-reason": "För att hinna"}
    response = client.post(f"/arshjul/{duty}/flytta/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Det nya datumet 3\u00a0jan\u00a02020 har redan varit" in page
    assert "Rätta 1 sak" in page
    assert 'value="3 jan 2020"' in page
    assert "För att hinna" in page
    form["move-new_due_date"] = "nästa vecka"
    assert "går inte att läsa som ett datum" in client.post(f"/arshjul/{duty}/flytta/", form).content.decode()


def test_the_second_of_two_is_told_and_can_send_again(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    duty = initiatives.duty(due_date=TODAY + timedelta(days=9))
    first = partners.member(Role.FUND_OFFICER, name="Tove Först")
    later = TODAY + timedelta(days=20)
    duties.move(by=first.context, duty_id=duty, new_due_date=later, reason="Mötet flyttades")
    form = {"membership": str(officer.membership_id), "done-note": "Allt är inne", "done-seen": "0"}
    response = client.post(f"/arshjul/{duty}/klar/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tove Först ändrade uppgiften" in page
    assert "Allt är inne" in page
    assert 'name="done-seen" value="1"' in page
    assert client.post(f"/arshjul/{duty}/klar/", {**form, "done-seen": "1"}).status_code == 303


def test_a_single_duty_is_added_once_even_if_the_form_is_sent_twice(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    body = partners.organisation("gvn")
    assert "Vad ska göras?" in signed_in.html(client, "/arshjul/ny/")
    form = {
        "membership": str(officer.membership_id), "title": "Svara på remissen", "body": str(body),
        "due_date": "31/3 2030", "binding": "no", "key": "samma",
    }  # fmt: skip
    first = client.post("/arshjul/ny/", form)
    assert first.status_code == 303
    assert client.post("/arshjul/ny/", form).headers["Location"] == first.headers["Location"]
    (row,) = asked.of_year(year=2030, today=TODAY)
    assert (row.title, row.due_date, row.binding) == ("Svara på remissen", date(2030, 3, 31), False)
    again = client.post("/arshjul/ny/", {**form, "due_date": "i vår"})
    assert again.status_code == 422
    assert 'value="i vår"' in again.content.decode()


def test_a_year_is_laid_out_from_the_page(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    partners.organisation("gvn")
    form = {"membership": str(officer.membership_id), "ar": "2025"}
    assert client.post("/arshjul/planera/", form).headers["Location"] == "/arshjul/?ar=2025"
    assert "nya uppgifter i årshjulet" in signed_in.html(client, "/arshjul/?ar=2025")
    client.post("/arshjul/planera/", form)
    assert "Alla uppgifter för 2025 fanns redan" in signed_in.html(client, "/arshjul/?ar=2025")
    refused = client.post("/arshjul/planera/", {**form, "ar": "1500"})
    assert refused.status_code == 409
    assert "inget beslut om 1500" in refused.content.decode()


@pytest.mark.parametrize("address", ["/arshjul/ny/", "/arshjul/planera/"])
def test_only_who_manages_duties_plans(client: Client, address: str) -> None:
    councillor = signed_in.as_role(client, Role.COUNCILLOR)
    assert client.post(address, {"membership": str(councillor.membership_id)}).status_code == 403


def test_a_duty_that_is_not_there_is_not_found(client: Client) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    assert client.get(f"/arshjul/{UUID(int=7)}/").status_code == 404


def _address(client: Client, member: partners.Member) -> str:
    response = client.post("/arshjul/prenumerera/", {"membership": str(member.membership_id), "do": "renew"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    token = response.content.decode().partition("/kalender/")[2].partition(".ics")[0]
    return f"/kalender/{token}.ics"


def test_the_feed_holds_the_bodys_duties_and_needs_no_sign_in(client: Client) -> None:
    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    duty = initiatives.duty(body="gvn", due_date=date(2026, 2, 28), title="Lämna årsanalys; för 2025, alla delar")
    initiatives.duty(body="asn", due_date=date(2026, 2, 28))
    address = _address(client, controller)
    response = Client().get(address)
    assert response.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert event["uid"] == f"{duty}@arshjul.samkraft"
    assert event["summary"] == "Lämna årsanalys; för 2025, alla delar"
    assert (event.start, event.end) == (date(2026, 2, 28), date(2026, 3, 1))
    assert "Ansvarar: GVN" in event["description"]
    assert str(calendar["x-wr-calname"]) == "Årshjul, GVN"


def test_a_moved_duty_keeps_its_uid_and_gets_a_higher_number(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    duty = initiatives.duty(due_date=TODAY + timedelta(days=9))
    address = _address(client, officer)
    (before,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    duties.move(by=officer.context, duty_id=duty, new_due_date=TODAY + timedelta(days=30), reason="Nytt möte")
    (after,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.start == TODAY + timedelta(days=30)
    assert after["summary"].startswith("GVN: "), "who holds the wheel gets every body's duties"


def test_an_address_that_no_longer_holds_is_not_found_whatever_the_reason(client: Client) -> None:
    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    old = _address(client, controller)
    new = _address(client, controller)
    assert Client().get(new).status_code == 200
    gone = [Client().get(old), Client().get("/kalender/finns-inte.ics")]
    Membership.objects.filter(id=controller.membership_id).update(valid=(date(2022, 1, 3), date(2023, 1, 1)))
    gone.append(Client().get(new))
    assert {(response.status_code, response.content) for response in gone} == {(404, b"")}


def test_a_feed_can_be_stopped(client: Client) -> None:
    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    address = _address(client, controller)
    form = {"membership": str(controller.membership_id), "do": "close"}
    assert client.post("/arshjul/prenumerera/", form).status_code == 303
    assert Client().get(address).status_code == 404
    assert "Gör min adress" in signed_in.html(client, "/arshjul/prenumerera/")


def test_only_the_digest_of_the_address_is_kept(client: Client) -> None:
    from samkraft.initiatives.models import FeedToken

    controller = signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    token = _address(client, controller).removeprefix("/kalender/").removesuffix(".ics")
    kept = FeedToken.objects.get(membership_id=controller.membership_id)
    assert len(token) > 40
    assert token not in str(kept.__dict__)
    assert token not in signed_in.html(client, "/arshjul/prenumerera/"), "the address is shown once"


@pytest.mark.parametrize(
    ("role", "path", "does"),
    [
        (Role.FUND_OFFICER, "/medel/", True),
        (Role.FUND_OFFICER, "/medel/?ar=2024", True),
        (Role.PROJECT_ADMINISTRATOR, "/medel/", False),
        (Role.PROJECT_ADMINISTRATOR, "/hjalp/", True),
        (Role.FUND_OFFICER, "/finns-inte/", False),
    ],
)
def test_nobody_is_shown_a_way_that_is_refused(role: Role, path: str, does: bool) -> None:
    assert acting.opens(role.value, path) is does
