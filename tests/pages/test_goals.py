"""The goal tree and the register of initiatives."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from samkraft.initiatives.actions import goals, promises
from samkraft.initiatives.queries import goals as tree
from samkraft.initiatives.queries import undertakings as register
from samkraft.initiatives.rules.goals import GoalKind
from samkraft.partners.rules.roles import Role
from tests.factories import initiatives, partners, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> UUID:
    return initiatives.goal(partners.by(Role.FUND_OFFICER), "topp", text="Fler är självförsörjande")


def test_anybody_reads_goals_and_initiatives_without_signing_in(client: Client, top: UUID) -> None:
    officer = partners.by(Role.FUND_OFFICER)
    initiatives.goal(officer, "del", parent_id=top, text="Fler går till arbete")
    initiatives.initiative(officer, "jobb", name="Jobbinsatsen", goal_ids=[top])
    page = signed_in.html(client, "/mal/")
    assert page.index("Fler är självförsörjande") < page.index("Jobbinsatsen") < page.index("Fler går till arbete")
    assert "Lägg till mål" not in page
    assert "Så hänger det ihop" in signed_in.html(client, "/mal/topp/")
    assert "Fler är självförsörjande" in signed_in.html(client, "/mal/del/")
    assert "Jobbinsatsen" in signed_in.html(client, "/insatser/")
    assert "Fler i arbete" in signed_in.html(client, "/insatser/jobb/")


def test_an_empty_tree_and_register_say_what_will_come(client: Client) -> None:
    assert "Här växer målträdet" in signed_in.html(client, "/mal/")
    assert "Här står allt som görs" in signed_in.html(client, "/insatser/")
    assert "Ingen insats med det urvalet" in signed_in.html(client, "/insatser/?q=finnsinte")


@pytest.mark.parametrize("address", ["/mal/finns-inte/", "/insatser/finns-inte/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/mal/nytt/", "/mal/topp/andra/", "/insatser/ny/", "/insatser/jobb/andra/"])
def test_only_who_manages_goals_edits(client: Client, top: UUID, address: str) -> None:
    signed_in.as_role(client, Role.COUNCILLOR)
    assert client.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_goal_is_added_under_another_and_changed(client: Client, top: UUID) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    assert f'value="{top}" selected' in signed_in.html(client, "/mal/nytt/?under=topp")
    form = {
        "membership": str(officer.membership_id), "text": "Fler går till arbete", "kind": "initiative",
        "owner": str(partners.organisation("asn")), "parent": str(top), "code": "arbete", "source": "Ansökan",
    }  # fmt: skip
    assert client.post("/mal/nytt/", form).headers["Location"] == "/mal/arbete/"
    found = tree.page("arbete")
    assert found is not None
    changed = {**form, "text": "Fler går till arbete eller studier", "version": found.version}
    assert client.post("/mal/arbete/andra/", changed).status_code == 303
    assert "Fler går till arbete eller studier" in signed_in.html(client, "/mal/topp/")


def test_a_circle_is_refused_beside_its_field_and_nothing_typed_is_lost(client: Client, top: UUID) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    first = initiatives.goal(officer.context, "ett", parent_id=top)
    second = initiatives.goal(officer.context, "två", parent_id=first)
    form = {
        "membership": str(officer.membership_id), "text": "Nya ord som ska stå kvar", "kind": "initiative",
        "owner": str(partners.organisation("asn")), "parent": str(second), "position": "3",
    }  # fmt: skip
    response = client.post("/mal/ett/andra/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "kan inte ligga under" in page
    assert 'href="#id_parent"' in page
    assert "Nya ord som ska stå kvar" in page


def test_the_second_of_two_sees_what_holds_now_and_keeps_the_text(client: Client, top: UUID) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    seen = tree.page("topp")
    assert seen is not None
    goals.change(
        by=officer.context, goal_id=top, kind=GoalKind.COUNCIL, text="Den förstas ord", owner_id=seen.row.owner_id,
        parent_id=None, source="", position=0,
    )  # fmt: skip
    form = {
        "membership": str(officer.membership_id), "text": "Den andras ord", "kind": "council",
        "owner": str(seen.row.owner_id), "version": seen.version,
    }  # fmt: skip
    response = client.post("/mal/topp/andra/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Någon annan har ändrat" in page
    assert "Så här står det nu" in page
    assert "Den förstas ord" in page
    assert "Den andras ord" in page
    now = tree.page("topp")
    assert now is not None
    assert f'name="version" value="{now.version}"' in page
    assert client.post("/mal/topp/andra/", {**form, "version": now.version}).status_code == 303


def test_an_initiative_is_registered_and_given_a_partner(client: Client, top: UUID) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER)
    form = {
        "membership": str(officer.membership_id), "name": "Malmökraften", "aim": "Ett team, en plan", "code": "kraften",
        "owner": str(partners.organisation("asn")), "stage": "running", "goals": [str(top)],
        "start_date": "1 jan 2020", "last_day": "2019-12-31",
    }  # fmt: skip
    refused = client.post("/insatser/ny/", form)
    assert refused.status_code == 422
    assert "Slutdagen 31\u00a0dec\u00a02019 är före första dagen 1\u00a0jan\u00a02020" in refused.content.decode()
    assert client.post("/insatser/ny/", {**form, "last_day": "30/6 2022"}).status_code == 303
    found = register.page("kraften")
    assert found is not None
    assert found.row.last_day == date(2022, 6, 30)
    partner = {
        "membership": str(officer.membership_id),
        "organisation": str(partners.organisation("gvn")),
        "part": "part",
    }
    assert client.post("/insatser/kraften/part/", partner).status_code == 303
    again = client.post("/insatser/kraften/part/", partner)
    assert again.status_code == 422
    assert "GVN är redan med i insatsen" in again.content.decode()


def test_an_initiative_shows_its_staff_and_its_open_duties(client: Client) -> None:
    officer = signed_in.as_role(client, Role.FUND_OFFICER).context
    one = initiatives.initiative(officer, "jobb")
    promises.promise_staff(
        by=officer, initiative_id=one, employer_id=partners.organisation("af"), role=Role.EMPLOYMENT_OFFICER,
        title="Arbetsförmedlare", heads=5, months=24,
    )  # fmt: skip
    duty = initiatives.duty(officer, initiative_id=one, title="Lämna lägesrapport")
    page = signed_in.html(client, "/insatser/jobb/")
    assert "Arbetsförmedlare" in page
    assert ">120<" in page
    assert f"/arshjul/{duty}/" in page
    assert "Lämna lägesrapport" not in signed_in.html(Client(), "/insatser/jobb/"), (
        "duties are for those who have signed in"
    )
