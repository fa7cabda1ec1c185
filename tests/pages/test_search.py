"""Search: every word, only what the reader may see."""

import pytest
from django.test import Client

from samkraft.partners.rules.roles import Role
from tests.factories import initiatives, partners, signed_in

pytestmark = pytest.mark.django_db


def _found(client: Client, words: str) -> str:
    response = client.get("/sok/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def _something_of_each() -> None:
    officer = partners.by(Role.FUND_OFFICER)
    goal = initiatives.goal(officer, "topp", text="Fler sommarjobb åt unga")
    initiatives.initiative(officer, "sommar", name="Sommarjobb Malmö", goal_ids=[goal])
    initiatives.duty(officer, title="Redovisa sommarjobben")
    partners.member(Role.COMMITTEE_CONTROLLER, "gvn", name="Sommar Sommarsson")


@pytest.mark.usefixtures("_something_of_each")
def test_goals_initiatives_duties_and_people_are_found(client: Client) -> None:
    signed_in.as_role(client, Role.FUND_OFFICER)
    page = _found(client, "SOMMAR")
    for words in ("Fler sommarjobb åt unga", "Sommarjobb Malmö", "Redovisa sommarjobben", "Sommar Sommarsson"):
        assert words in page
    narrowed = _found(client, "sommar malmö")
    assert "Sommarjobb Malmö" in narrowed
    assert "Fler sommarjobb åt unga" not in narrowed


@pytest.mark.usefixtures("_something_of_each")
def test_only_what_the_role_may_see_is_found(client: Client) -> None:
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    page = _found(client, "sommar")
    assert "Sommar Sommarsson" not in page
    assert "Redovisa sommarjobben" not in page


def test_a_committee_is_found_by_name_and_leads_to_its_page(client: Client) -> None:
    partners.organisation("gvn", name="Gymnasie- och vuxenutbildningsnämnden")
    signed_in.as_role(client, Role.COUNCILLOR)
    assert 'href="/organisationer/gvn/"' in _found(client, "vuxenutb")


def test_help_is_found(client: Client) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    assert "/hjalp/kortkommandon/" in _found(client, "tangentbord")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "Här hittar du ärenden"),
        ("a", "Skriv minst två bokstäver"),
        ("qzxw finnsinte", "Inget hittades"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("100 % av", "Inget hittades"),
        ("x" * 4000, "Inget hittades"),
    ],
)
def test_whatever_is_typed_gets_a_calm_answer(client: Client, words: str, expected: str) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    assert expected in _found(client, words)


def test_a_stranger_does_not_search(client: Client) -> None:
    assert client.get("/sok/?q=malm").status_code == 302
