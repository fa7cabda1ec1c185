"""The pages about an initiative's teams: read by those who work in them, changed by those who lead."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.queries import teams as asked
from samkraft.partners.rules.roles import Role
from tests.factories import initiatives, partners, signed_in
from tests.factories.initiatives import Led
from tests.once import Once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def led(once: Once[Led]) -> Led:
    return once(lambda: initiatives.led("kraften"))


@pytest.fixture
def leader(client: Client, led: Led) -> dict[str, str]:
    """Signs the leader in and gives what every form carries."""
    held = next(row for row in partners.asked.of_user(led.by.actor_id))
    member = partners.Member(held.user_id, held.id, held.organisation_id, held.area_id, held.user_name, held.context())
    signed_in.sign_in(client, member)
    return {"membership": str(held.id)}


def test_a_caseworker_reads_who_is_in_which_team_and_changes_nothing(client: Client, led: Led) -> None:
    officer = signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    initiatives.place(led, officer)
    page = signed_in.html(client, "/insatser/kraften/team/")
    assert "Team 1" in page
    assert officer.name in page
    assert "Kartläggning" in page
    assert "riktvärde 90 dagar" in page
    assert "Inga regler är bestämda" in page
    assert "Lägg till team" not in page
    assert "Ge en plats" not in signed_in.html(client, "/insatser/kraften/team/1/")
    assert client.get("/insatser/kraften/team/nytt/").status_code == 403
    assert client.get("/insatser/kraften/team/7/").status_code == 404
    assert client.get("/insatser/finns-inte/team/").status_code == 404


def test_a_leader_of_another_initiative_sees_no_buttons_and_is_refused(client: Client, led: Led) -> None:
    other = signed_in.as_role(client, Role.SUBPROJECT_LEADER, "gvn")
    assert "Lägg till team" not in signed_in.html(client, "/insatser/kraften/team/")
    form = {
        "membership": str(other.membership_id),
        "number": "2",
        "name": "Team 2",
        "places": "5",
        "start_date": "2024-05-01",
    }
    response = client.post("/insatser/kraften/team/nytt/", form)
    assert response.status_code == 422
    assert "varken ägare till eller part" in response.content.decode()


def test_the_leader_sets_up_a_team_an_intake_an_authority_and_rules(
    client: Client, led: Led, leader: dict[str, str]
) -> None:
    def sent(path: str, **form: object) -> None:
        response = client.post(f"/insatser/kraften/{path}/", {**leader, **form})
        assert response.status_code == 303, response.content.decode()

    assert "/insatser/kraften/team/" in signed_in.html(client, "/insatser/kraften/"), "the initiative shows the way"
    assert 'value="2"' in signed_in.html(client, "/insatser/kraften/team/nytt/")
    sent("team/nytt", number=2, name="Team 2", places=120, start_date="1 maj 2024")
    sent("intag/nytt", number=1, name="Våren", start_date="2024-02-01", last_day="2030-07-31", planned=1500)
    area = partners.member(Role.INSURANCE_OFFICER).area_id
    sent("myndigheter/ny", area=str(area), joins_team="on", start_date="2024-02-01")
    sent(
        "regler", limit_days=182, promise_days=90, follow_up_months="1, 3 6", least_weekly_hours=2,
        monthly_time_report="on", agreement_parties=["participant", "writing_areas"], start_date="2024-02-01",
    )  # fmt: skip
    page = signed_in.html(client, "/insatser/kraften/team/")
    for words in ("Team 2", "Våren", "pågår", "182 dagar", "efter 1, 3, 6 månader", "minst 2 timmar", "Område fk"):
        assert words in page
    assert "Bestäm nya regler" in page


def test_a_place_is_given_and_ended(client: Client, led: Led, leader: dict[str, str]) -> None:
    officer = partners.member(Role.SOCIAL_SECRETARY, name="Maja Rosén")
    initiatives.join(led, officer.area_id)
    assert "Maja Rosén" in signed_in.html(client, "/insatser/kraften/team/1/")
    form = {**leader, "start_date": "2024-02-01"}
    assert client.post("/insatser/kraften/team/1/plats/", form).status_code == 422
    form["colleague"] = str(officer.membership_id)
    assert client.post("/insatser/kraften/team/1/plats/", form).status_code == 303
    again = client.post("/insatser/kraften/team/1/plats/", form)
    assert again.status_code == 422
    assert "Maja Rosén är redan med i teamet" in again.content.decode()
    (team,) = asked.teams(led.initiative_id, on=TODAY)
    address = f"/insatser/kraften/team/1/plats/{team.members[0].id}/"
    assert "Avsluta platsen för Maja Rosén" in signed_in.html(client, address)
    early = client.post(address, {**leader, "last_day": "2023-01-01"})
    assert early.status_code == 422
    assert "före första dagen" in early.content.decode()
    assert client.post(address, {**leader, "last_day": str(TODAY - timedelta(days=1))}).status_code == 303
    assert asked.teams(led.initiative_id, on=TODAY)[0].members == ()


def test_phases_are_changed_and_the_second_of_two_is_told(client: Client, led: Led, leader: dict[str, str]) -> None:
    version = asked.phases_version(led.initiative_id)
    form = {**leader, "version": version, "name_1": "Grupp", "name_2": "Testplats", "days_2": "60", "counts_2": "on"}
    assert client.post("/insatser/kraften/faser/", form).status_code == 303
    assert [phase.name for phase in asked.phases(led.initiative_id)] == ["Grupp", "Testplats"]
    response = client.post("/insatser/kraften/faser/", {**form, "name_1": "Annat"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Någon annan har ändrat faserna" in page
    assert 'value="Annat"' in page, "what was typed stays"
    assert "Så här står det nu" in page


def test_what_cannot_stand_is_said_by_its_field(client: Client, led: Led, leader: dict[str, str]) -> None:
    form = {**leader, "number": "1", "name": "Team 9", "places": "5", "start_date": str(date(2024, 5, 1))}
    response = client.post("/insatser/kraften/team/nytt/", form)
    assert response.status_code == 422
    assert "Nummer 1 är redan taget" in response.content.decode()
    later = str(TODAY + timedelta(days=1))
    assert (
        client.post("/insatser/kraften/regler/", {**leader, "follow_up_months": "ett", "start_date": later}).status_code
        == 422
    )
