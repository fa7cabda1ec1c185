"""The demo's cards: whoever looks around chooses whom to be."""

import re

import pytest
from django.test import Client

from samkraft.operations.world import partners as world
from samkraft.partners.rules.roles import Role
from samkraft.web.sign_in import demo_people
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_people_of_the_demo")]


@pytest.fixture(scope="module")
def _people_of_the_demo(once: Once[object]) -> None:
    once(world.load)


def test_every_card_of_the_demo_is_a_way_in_and_leads_to_a_page(client: Client) -> None:
    page = client.get("/logga-in/").content.decode()
    people = re.findall(r'name="person" value="([^"]+)"', page)
    assert len(people) == 29
    assert "Vem vill du vara?" in page
    for person in people:
        answer = client.post("/logga-in/demo/", {"person": person}, follow=True)
        assert answer.status_code == 200, person
        path = answer.redirect_chain[-1][0]
        assert path == ("/logga-in/roll/" if person.startswith("jonas.") else path)
        assert not path.startswith("/logga-in/?"), person


def test_a_card_tells_what_waits_and_else_what_the_role_is_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo_people._waiting, Role.FUND_OFFICER, lambda row: f"sju saker väntar på {row.user_name}")
    monkeypatch.setitem(demo_people._waiting, Role.COUNCILLOR, lambda row: "")
    page = client.get("/logga-in/").content.decode()
    assert "sju saker väntar på Karin Wahl" in page
    assert "Ser budget, beslut, mål och resultat." in page


def test_a_card_does_not_say_the_same_place_twice(client: Client) -> None:
    page = client.get("/logga-in/").content.decode()
    assert "Systemförvaltare, stadskontoret<" in page
    assert "stadskontoret · Stadskontoret" not in page
