"""Bad input on a person's pages: a clear refusal that names the reason and the way out, and nothing that was typed is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.partners.rules.roles import Role
from tests.factories import joint_work, partners, signed_in
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture(scope="module")
def known(once: Once[Way]) -> Way:
    return once(
        lambda: joint_work.known_to_two(at=timezone.now() - timedelta(minutes=5))
    )  # what is sent now comes after


@pytest.fixture
def way(known: Way) -> Way:
    return replace(known)


def send(client: Client, member: Member, route: str, way: Way, *more: Any, **typed: Any) -> str:
    """Send a form and return the page that came, with what it said."""
    signed_in.sign_in(client, member)
    form = {"membership": str(member.membership_id), **typed}
    answer = client.post(reverse(f"people:{route}", args=[way.person_id, *more]), form, follow=True)
    text: str = answer.content.decode()
    return text


def test_an_exit_before_the_entry_is_refused(client: Client, way: Way) -> None:
    left = send(
        client, way.setting.social, "journey", way, do="exit", outcome="work", left_on="2020-01-01", note="Flyttat jobb"
    )
    assert "är före inskrivningen" in left
    assert "Rätta dagen" in left
    assert "2020-01-01" in left
    assert "Flyttat jobb" in left


def test_a_promised_start_far_ahead_is_refused_with_the_way_out(client: Client, way: Way) -> None:
    left = send(
        client, way.setting.social, "journey", way, do="exit", outcome="work", left_on=way.today.isoformat(),
        promised_start="2027-12-24",
    )  # fmt: skip
    assert "mer än 90 dagar efter sista dagen" in left
    assert "Låt personen vara kvar" in left
    assert "2027-12-24" in left


@pytest.mark.parametrize("far", ["2126-06-01", "31 december 9999"])
def test_a_step_far_in_the_future_is_refused(client: Client, way: Way, far: str) -> None:
    page = send(
        client, way.setting.social, "add_to_plan", way, "step", title="Praktik", step_kind="workplace",
        due_date=far, category="plan",
    )  # fmt: skip
    assert "ds-error-summary" in page
    assert f'value="{far}"' in page
    assert 'value="Praktik"' in page


def test_a_meeting_whose_time_cannot_be_read_keeps_what_was_typed(client: Client, way: Way) -> None:
    page = send(
        client, way.setting.social, "book_meeting", way, starts_at="nästa tisdag", place="Rådhuset", purpose="start"
    )
    assert "Skriv dag och klockslag" in page
    assert "nästa tisdag" in page
    assert "Rådhuset" in page


def test_the_second_of_two_who_name_a_lead_is_told_who_was_named(client: Client, way: Way) -> None:
    """Both looked when the first leader led; the second is refused and chooses again."""
    social, officer = way.setting.social, way.setting.officer
    seen = {"since": way.today.isoformat(), "instead_of": str(social.membership_id), "do": "lead"}
    first = send(client, social, "journey", way, **seen, membership_id=str(officer.membership_id))
    assert "Processledaren är bytt" in first
    second = send(client, social, "journey", way, **seen, membership_id=str(social.membership_id))
    assert "har blivit processledare medan du valde" in second
    assert "En person har en processledare i taget" in second


def test_a_form_from_another_context_is_refused_and_shows_what_was_typed(client: Client, way: Way) -> None:
    """Whoever has changed role in another tab writes nothing in the wrong name."""
    signed_in.sign_in(client, way.setting.social)
    form = {"membership": str(way.setting.officer.membership_id), "do": "message", "text": "Vi ses på torsdag"}
    answer = client.post(reverse("people:contact", args=[way.person_id]), form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Formuläret öppnades av någon annan" in page
    assert "Vi ses på torsdag" in page
    assert "Vi ses på torsdag" not in send(client, way.setting.social, "contact", way)


def test_a_body_without_a_role_in_the_initiative_has_no_steps(client: Client, way: Way) -> None:
    """It may read what it was given; a step of its own is refused, with whom to ask."""
    elsewhere = partners.member(Role.CARE_COORDINATOR, "EJP")
    joint_work.consent(way, way.setting.social.context, elsewhere.area_id, ("enrolment", "contact", "plan"))
    joint_work.assign(way, way.setting.social, elsewhere)
    page = send(
        client, elsewhere, "add_to_plan", way, "step", title="Ryggskola", step_kind="rehabilitating", category="plan"
    )
    assert "har ingen roll i den här insatsen" in page
    assert "Be den som leder insatsen" in page
    assert "Ryggskola" in page


def test_a_day_of_agreement_that_cannot_be_read_is_not_taken_for_today(client: Client, way: Way) -> None:
    social = way.setting.social
    way.goal(social)
    way.step(social, "Praktik i skolkök", work_oriented=True)
    assert "Version 1" in send(client, social, "agree", way, do="fix", why_no_work="Språket först")
    page = send(
        client, social, "agree", way, do="agree", number="1", party="participant", how="paper", agreed_on="i går?"
    )
    assert "går inte att läsa som ett datum" in page
    assert "i går?" in page
    assert "Ingen har sagt ja än" in page


def test_several_bodies_stand_behind_a_conclusion(client: Client, way: Way) -> None:
    """Each has a box of its own; one alone is no joint conclusion, and what was written stays."""
    social, officer = way.setting.social, way.setting.officer
    said = {"do": "conclude", "text": "Kan pröva arbete på deltid."}
    alone = send(client, social, "conclude", way, **said, bodies=[str(social.area_id)])
    assert "behöver minst två parter" in alone
    assert "Kan pröva arbete på deltid." in alone
    both = send(client, social, "conclude", way, **said, bodies=[str(social.area_id), str(officer.area_id)])
    assert "Slutsatsen är sparad" in both
