"""Ways in: the demo's cards, choosing a role, and forms that belong to another role."""

import re

import pytest
from django.test import Client

from samkraft.partners.rules.roles import Role
from tests.factories import partners, signed_in

pytestmark = pytest.mark.django_db


def test_the_first_page_is_the_sign_in_for_a_stranger(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/logga-in/?next=/"
    assert "Med lösenord och kod" in client.get("/logga-in/").content.decode()


def test_someone_whose_pages_have_not_come_gets_a_calm_page(client: Client) -> None:
    signed_in.as_role(client, Role.PARTICIPANT)
    page = client.get("/").content.decode()
    assert "Din första sida är på väg" in page
    assert "Inget väntar på dig här" in page


def test_someone_with_two_roles_chooses_one_and_switches(client: Client) -> None:
    first = partners.member(Role.COUNCILLOR)
    second = partners.member(Role.STEERING_GROUP, user_id=first.user_id)
    signed_in.sign_in(client, first)
    session = client.session
    del session["membership"]
    session.save()
    assert client.get("/").headers["Location"].startswith("/logga-in/roll/")
    assert "Du har mer än en roll" in client.get("/logga-in/roll/").content.decode()
    client.post("/logga-in/roll/", {"choose": str(second.membership_id)})
    assert client.session["membership"] == str(second.membership_id)


def test_nobody_chooses_a_role_that_is_someone_elses(client: Client) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    other = partners.member(Role.FUND_OFFICER)
    response = client.post("/logga-in/roll/", {"choose": str(other.membership_id)})
    assert response.status_code == 409
    assert "Rollen är inte din" in response.content.decode()


def test_a_choice_of_language_is_kept_with_the_account(client: Client) -> None:
    from samkraft.partners.queries import people

    member = signed_in.as_role(client, Role.COUNCILLOR)
    answer = client.post("/utseende/sprak/", {"language": "en", "next": "/konto/"})
    assert answer.headers["Location"] == "/konto/"
    assert people.choices_of(member.user_id) == ("en", "auto")
    client.post("/utseende/farger/", {"scheme": "dark"})
    assert people.choices_of(member.user_id) == ("en", "dark")


def test_a_form_opened_in_another_role_is_refused_with_the_reason(client: Client) -> None:
    first = partners.member(Role.SYSTEM_ADMINISTRATOR)
    second = partners.member(Role.COUNCILLOR, user_id=first.user_id)
    signed_in.sign_in(client, first)
    form = {"name": "Eva Ny", "email": "eva.ny@exempel.invalid", "membership": str(second.membership_id)}
    answer = client.post("/personer/ny/", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Formuläret öppnades när du arbetade som Förtroendevald" in page
    assert "Nu arbetar du som Systemadministratör" in page
    form["membership"] = str(first.membership_id)
    assert client.post("/personer/ny/", form).status_code == 303


def test_a_form_sent_after_the_session_has_ended_gives_back_what_was_typed(client: Client) -> None:
    member = signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    client.session.flush()
    form = {"name": "Eva Ny", "email": "eva.ny@exempel.invalid", "membership": str(member.membership_id)}
    answer = client.post("/personer/ny/", form)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Du har blivit utloggad" in page
    assert "Eva Ny" in page
    assert str(member.membership_id) not in page
    assert "/logga-in/?next=/personer/ny/" in page


def test_a_form_from_another_role_gives_back_what_was_typed(client: Client) -> None:
    signed_in.as_role(client, Role.SYSTEM_ADMINISTRATOR)
    chosen = {"outcome": "work", "reason": "other_support", "language": "sv", "state": "done", "do": "exit-9"}
    page = client.post(
        "/personer/ny/", {"name": "Eva Ny", "note": "arbete", "membership": "", **chosen}
    ).content.decode()
    assert "Inget har sparats" in page
    typed = page.partition("Det du skrev")[2].partition("</section>")[0]
    assert re.findall(r"<li>\s*(?:<p>)?(.*?)(?:</p>)?\s*</li>", typed) == ["Eva Ny", "arbete"], (
        "words, and no codes of choices"
    )


def test_the_page_for_a_fault_is_there_even_when_templates_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import RequestFactory

    from samkraft.web import errors

    def fail(*_ignored: object, **_more: object) -> None:
        raise OSError("no templates")

    monkeypatch.setattr(errors, "render", fail)
    answer = errors.fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Felet är vårt" in answer.content.decode()


def test_nobody_but_the_people_on_the_cards_can_be_in_the_demo(client: Client) -> None:
    partners.administrator()
    answer = client.post("/logga-in/demo/", {"person": "administrator@exempel.invalid"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
