"""The pages that read in files: a trial tells what would be and what is wrong where; then all of it is read in."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samkraft.partners.rules.roles import Role
from samkraft.people.models import ImportedFile
from tests.factories import partners, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/inlasning/remitteringar/"
HEADS = "Personnummer;Efternamn;Förnamn;Hur kom personen;Inkom;Diagnos\n"
GOOD = HEADS + "199006022397;Haddad;Amira;anvisning;2026-03-31;F32\n"


def send(client: Client, member: partners.Member, text: str, address: str = ADDRESS) -> tuple[int, str]:
    file = SimpleUploadedFile("remisser.csv", text.encode())
    response = client.post(address, {"membership": str(member.membership_id), "file": file})
    return response.status_code, response.content.decode()


def test_a_file_is_tried_and_then_read_in_without_being_chosen_again(client: Client) -> None:
    officer = signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    page = client.get(ADDRESS).content.decode()
    assert "Läs in remitteringar" in page
    assert "Högst 60 rader åt gången." in page
    status, page = send(client, officer, GOOD)
    assert status == 200
    assert "1 rad kan läsas in" in page
    assert "Inget är sparat än." in page
    assert "läses aldrig: Diagnos." in page
    carried = re.search(r'name="carried_token" value="([^"]+)"', page)
    assert carried
    form = {"membership": str(officer.membership_id), "carried_token": carried[1], "name": "remisser.csv"}
    response = client.post(ADDRESS, form, follow=True)
    assert response.redirect_chain == [(ADDRESS, 303)]
    assert "1 rad är inläst." in response.content.decode()
    assert officer.name in response.content.decode()
    again = client.post(ADDRESS, form)
    assert again.status_code == 422
    assert "Samma uppgifter lästes in" in again.content.decode()


def test_what_is_wrong_is_told_with_row_and_column_and_nothing_is_read_in(client: Client) -> None:
    officer = signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    status, page = send(client, officer, GOOD + ";Ek;;remiss;snart;\n")
    assert status == 422
    assert "1 rad behöver rättas" in page
    assert re.search(r'data-label="Rad">3</td><td data-label="Kolumn">Inkom</td>', page)
    assert "Det här är inte ett datum." in page
    assert "carried_token" not in page
    assert "199006022397" not in page


def test_a_file_that_is_none_is_refused_beside_the_field(client: Client) -> None:
    officer = signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    response = client.post(ADDRESS, {"membership": str(officer.membership_id)})
    assert (response.status_code, "Välj en fil." in response.content.decode()) == (422, True)
    for carried in ("inte en fil", "eJw="):
        form = {"membership": str(officer.membership_id), "carried_token": carried, "name": "a.csv"}
        response = client.post(ADDRESS, form)
        assert response.status_code == 422
    assert "Kolumnerna känns inte igen" in send(client, officer, "A;B\n1;2\n")[1]
    assert ImportedFile.objects.count() == 0


def test_the_template_has_the_columns_that_are_read(client: Client) -> None:
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    response = client.get(ADDRESS + "?fil=csv")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "Hur kom personen" in response.content.decode()
    assert client.get(ADDRESS + "?fil=xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("role", "address", "heading"),
    [
        (Role.PLACE_COORDINATOR, "/inlasning/tillfallen/", "Läs in tillfällen"),
        (Role.PROVIDER, "/inlasning/narvaro/", "Läs in närvaro"),
    ],
)
def test_coordinators_and_providers_have_their_own(client: Client, role: Role, address: str, heading: str) -> None:
    member = signed_in.as_role(client, role)
    assert heading in client.get(address).content.decode()
    assert client.get(ADDRESS).status_code == 403
    assert send(client, member, GOOD, address)[0] == 422
