"""Organisations, people and roles, as the right person meets them, and each refusal once."""

import re
from typing import Any

import pytest
from django.test import Client

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.partners.queries import organisations, people
from samkraft.partners.rules.roles import Role
from tests.factories import partners, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> dict[str, str]:
    """Signed in as someone who gives roles; what every form carries."""
    member = signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    return {"membership": str(member.membership_id)}


def test_organisations_are_searched_by_any_name_and_narrowed_by_kind(client: Client) -> None:
    partners.organisation("gvn", name="Gymnasienämnden", short_name="GVN")
    partners.organisation("asn", name="Arbetsmarknadsnämnden")
    signed_in.as_role(client, Role.COUNCILLOR)
    assert "Arbetsmarknadsnämnden" not in client.get("/organisationer/?q=gvn").content.decode()
    narrowed = client.get("/organisationer/?slag=city").content.decode()
    assert "Malmö stad" in narrowed
    assert "Gymnasienämnden" not in narrowed.partition("<tbody")[2]
    assert "Ingen organisation heter så" in client.get("/organisationer/?q=finns+inte").content.decode()


def test_one_organisation_shows_areas_people_and_what_is_unknown(client: Client) -> None:
    partners.member(Role.COMMITTEE_CONTROLLER, "gvn", name="Stefan Brink")
    signed_in.as_role(client, Role.COUNCILLOR)
    page = client.get("/organisationer/gvn/").content.decode()
    assert "Stefan Brink" in page
    assert "Område gvn" in page
    assert "okänt" in page
    assert "/personer/" not in page  # only those who give roles go on to the person
    assert client.get("/organisationer/finns-inte/").status_code == 404


def test_only_an_administrator_sees_people_with_their_addresses(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    answer = client.get("/personer/")
    assert answer.status_code == 403
    assert "Det får: Systemadministratör" in answer.content.decode()


def test_an_organisation_is_added_and_its_faults_stand_beside_the_fields(
    client: Client, administrator: dict[str, str]
) -> None:
    form = {**administrator, "name": "Nya nämnden", "kind": "committee", "organisation_number": "212000-1125"}
    page = client.post("/organisationer/ny/", form).content.decode()
    assert "212000-1125 är inte ett organisationsnummer" in page
    assert 'value="Nya nämnden"' in page
    answer = client.post("/organisationer/ny/", {**form, "organisation_number": "212000-1124"})
    assert answer.headers["Location"] == "/organisationer/nya-namnden/"


def test_a_new_authority_gets_an_area_and_only_then_can_somebody_have_a_role_there(
    client: Client, administrator: dict[str, str]
) -> None:
    client.post("/organisationer/ny/", {**administrator, "name": "Nya verket", "kind": "state_authority"})
    assert "Ingen kan få en roll här förrän" in client.get("/organisationer/nya-verket/").content.decode()
    somebody = partners.member(Role.COUNCILLOR, "gvn").user_id
    assert "Nya verket" not in client.get(f"/personer/{somebody}/").content.decode()
    form = {**administrator, "name": "Område gvn", "controller": "Nya verket", "archive_authority": "Nya verket"}
    taken = client.post("/organisationer/nya-verket/omrade/nytt/", form).content.decode()
    assert "Det finns redan ett sekretessområde som heter Område gvn" in taken
    answer = client.post("/organisationer/nya-verket/omrade/nytt/", {**form, "name": "Nya verket"})
    assert answer.headers["Location"] == "/organisationer/nya-verket/"
    assert "Nya verket" in client.get(f"/personer/{somebody}/").content.decode()


def test_a_decision_on_how_an_authority_is_divided_is_noted_and_stays(
    client: Client, administrator: dict[str, str]
) -> None:
    body = partners.organisation("gvn", name="Gymnasienämnden")
    partners.area(body)
    address = "/organisationer/gvn/omrade/beslut/"
    assert address in client.get("/organisationer/gvn/").content.decode()
    form = {**administrator, "decided_by": "Nämnden", "decided_date": "1 feb 2024", "text": "Skolan för sig."}
    ahead = client.post(address, {**form, "decided_date": "2199-01-01"}).content.decode()
    assert "har inte varit än" in ahead
    assert "Skolan för sig." in ahead, "nothing typed is lost"
    assert client.post(address, {**form, "text": ""}).status_code == 200
    assert client.post(address, form).status_code == 303
    page = client.get("/organisationer/gvn/").content.decode()
    assert "Skolan för sig." in page
    assert client.get("/organisationer/finns-inte/omrade/beslut/").status_code == 404
    signed_in.as_role(client, Role.COUNCILLOR)
    assert client.get(address).status_code == 403


def test_a_committee_belongs_to_its_city_and_never_to_what_belongs_to_it(
    client: Client, administrator: dict[str, str]
) -> None:
    top = {**administrator, "name": "Nystad", "kind": "city"}
    client.post("/organisationer/ny/", top)
    client.post(
        "/organisationer/ny/", {**administrator, "name": "Nya nämnden", "kind": "committee", "parent": "nystad"}
    )
    assert "Nystad" in client.get("/organisationer/nya-namnden/").content.decode()
    version = str(organisations.page("nystad").version)  # type: ignore[union-attr]  # it was just made
    round_about = {**top, "parent": "nya-namnden", "version": version}
    page = client.post("/organisationer/nystad/andra/", round_about).content.decode()
    assert "Nystad kan inte höra till sig själv" in page


def test_the_second_of_two_who_edit_keeps_what_was_typed(client: Client, administrator: dict[str, str]) -> None:
    partners.organisation("gvn", name="Gymnasienämnden")
    opened = organisations.page("gvn")
    assert opened is not None
    form = {**administrator, "name": "Gymnasienämnden", "kind": "committee", "version": opened.version}
    assert client.post("/organisationer/gvn/andra/", {**form, "note": "Först"}).status_code == 303
    page = client.post("/organisationer/gvn/andra/", {**form, "note": "Mitt eget"}).content.decode()
    assert "Någon annan har ändrat Gymnasienämnden" in page
    assert "Mitt eget</textarea>" in page
    assert "Först" in page
    newer = organisations.page("gvn")
    assert newer is not None
    assert f'value="{newer.version}"' in page  # sending again is now a choice
    assert client.post("/organisationer/gvn/andra/", {**form, "version": newer.version}).status_code == 303


def test_a_person_is_invited_gets_a_letter_and_then_a_role(
    client: Client, administrator: dict[str, str], mailoutbox: list[Any]
) -> None:
    body = partners.organisation("gvn")
    answer = client.post("/personer/ny/", {**administrator, "name": "Eva Ny", "email": "eva.ny@exempel.invalid"})
    assert [letter.to for letter in mailoutbox] == [["eva.ny@exempel.invalid"]]
    address = answer.headers["Location"]
    assert "Personen har ingen roll" in client.get(address).content.decode()
    role = {
        **administrator,
        "role": "committee_controller",
        "place": f"{body}/{partners.area(body)}",
        "start_date": "1 jan 2024",
    }
    assert client.post(f"{address}roll/", {**role, "start_date": "i går"}).status_code == 200
    assert client.post(f"{address}roll/", role).status_code == 303
    again = client.post(f"{address}roll/", role).content.decode()
    assert "Eva Ny är redan controller vid förvaltningen" in again


def test_a_link_on_paper_is_shown_once_written_down_and_lets_in(
    client: Client, administrator: dict[str, str], mailoutbox: list[Any]
) -> None:
    sent = client.post("/personer/ny/", {**administrator, "name": "Eva Ny", "email": "eva.ny@exempel.invalid"})
    person, address = sent.headers["Location"], f"{sent.headers['Location']}lank/"
    mailoutbox.clear()
    assert "Kom brevet inte fram?" in client.get(person).content.decode()
    assert "Du får ett blad med en personlig länk." in client.get(address).content.decode()
    sheet = client.post(address, administrator)
    assert "no-store" in sheet.headers["Cache-Control"]
    found = re.search(r"/valkommen/[^<\s]+", sheet.content.decode())
    assert found is not None
    assert found[0] not in client.get(address).content.decode(), "shown once"
    assert mailoutbox == [], "no letter"
    with transactions.read(partners.member(Role.DATA_PROTECTION_OFFICER).context):
        assert Event.objects.filter(action="person.handed_link").count() == 1
        assert found[0] not in str(list(Event.objects.values_list("content", flat=True))), "kept nowhere"
    chosen = "korrekt häst batteri häftapparat"
    stranger = Client()
    assert stranger.post(found[0], {"password": chosen, "again": chosen}).status_code == 302
    assert stranger.get(found[0]).status_code == 410
    assert "Kom brevet inte fram?" not in client.get(person).content.decode()
    assert "har redan valt ett lösenord" in client.get(address).content.decode()
    again = client.post(address, administrator, follow=True).content.decode()
    assert "har redan valt ett lösenord" in again
    assert "/valkommen/" not in again


def test_a_role_is_ended_from_its_page(client: Client, administrator: dict[str, str]) -> None:
    member = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    address = f"/personer/{member.user_id}/roll/{member.membership_id}/"
    assert "Avsluta rollen" in client.get(address).content.decode()
    assert "Skriv vilken dag" in client.post(address, {**administrator, "do": "end"}).content.decode()
    early = client.post(address, {**administrator, "do": "end", "last_date": "2001-01-01"}).content.decode()
    assert "Rollen börjar 3\u00a0jan\u00a02022" in early
    assert client.post(address, {**administrator, "do": "end", "last_date": "2022-01-03"}).status_code == 303
    person = people.one(member.user_id)
    assert person is not None
    assert person.roles[0].state == "ended"


def test_an_account_is_closed_and_opened(client: Client, administrator: dict[str, str]) -> None:
    member = partners.member(Role.COUNCILLOR)
    address = f"/personer/{member.user_id}/"
    page = client.post(f"{address}konto/", {**administrator, "do": "close"}, follow=True).content.decode()
    assert "Kontot är stängt" in page
    page = client.post(f"{address}konto/", {**administrator, "do": "open"}, follow=True).content.decode()
    assert "Kontot är öppet igen" in page


def test_ones_own_page_has_no_form_for_roles(client: Client) -> None:
    member = signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    page = client.get(f"/personer/{member.user_id}/").content.decode()
    assert "Du kan inte ge dig själv en roll" in page
    assert "Ge rollen</button>" not in page


def test_roles_are_told_in_words_with_what_they_cannot_be_combined_with(client: Client) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    assert "Läsa in och registrera förslag och beslut" in client.get("/roller/").content.decode()
    page = client.get("/roller/fund_officer/").content.decode()
    assert "Den som bereder bidrag får inte söka eller redovisa dem." in page
    assert client.get("/roller/kung/").status_code == 404


def test_a_form_whose_guard_has_aged_gives_back_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/personer/ny/", {"name": "Eva Ny", "email": "eva@exempel.invalid", "password": "hemligt"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Formuläret var för gammalt" in page
    assert "Eva Ny" in page
    assert "hemligt" not in page
