"""What one sees next on a person's pages: who is asked, who decides, what goes to others, and what comes after the exit."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import assessments, exits, handovers, phases
from tests.factories import joint_work, partners, refusals, signed_in
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


def told(client: Client, member: Member, route: str, way: Way) -> str:
    """A page as somebody reads it."""
    signed_in.sign_in(client, member)
    return " ".join(client.get(reverse(f"people:{route}", args=[way.person_id])).content.decode().split())


def test_who_asked_for_time_waits_and_another_decides_first_on_the_page(client: Client, way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    until = way.today + timedelta(days=300)
    phases.ask_for_time(by=social.context, person_id=way.person_id, until=until, reason="Praktik", at=way.at)
    mine, theirs = told(client, social, "journey", way), told(client, officer, "journey", way)
    assert "Du har begärt tid till" in mine
    assert "Besluta om mer tid" not in mine
    assert theirs.index("Besluta om mer tid") < theirs.index("Ny fas")


def test_only_who_can_lead_is_asked_to_take_over_and_an_answer_is_waited_for(client: Client, way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    clerk = partners.member(Role.PROJECT_ADMINISTRATOR, "asn", name="Mats Skrivare")
    teams.add_member(
        by=way.setting.leader.context,
        team_id=way.setting.team_id,
        membership_id=clerk.membership_id,
        start_date=way.today,
    )
    assert "Mats Skrivare" not in told(client, social, "journey", way)
    with refusals.refused("handover_to_who_cannot"):
        handovers.ask(
            by=social.context, person_id=way.person_id, from_id=social.membership_id, to_id=clerk.membership_id,
            reason="X", at=way.at,
        )  # fmt: skip
    handovers.ask(
        by=social.context, person_id=way.person_id, from_id=social.membership_id, to_id=officer.membership_id,
        reason="Byter arbete", at=way.at,
    )  # fmt: skip
    asked = told(client, social, "journey", way)
    assert f"Du har bett {officer.name} ta över" in asked
    assert "Be någon ta över" not in asked
    answered = told(client, officer, "journey", way)
    assert answered.index("Överlämning till dig") < answered.index("Ny fas")


def test_a_conclusion_rests_on_what_all_may_read_and_a_dissent_on_the_rest_can_be_handed_over(
    client: Client, way: Way
) -> None:
    social = way.setting.social
    said = {"source": "Samtal"}
    for area, text in (("work", "Har arbetat i kök"), ("health", "Ont i ryggen")):
        item = assessments.add_item(
            by=social.context, person_id=way.person_id, item={**said, "life_area": area, "text": text}, at=way.at
        )
    page = told(client, social, "conclude", way)
    assert "Har arbetat i kök" in page
    assert "Ont i ryggen" not in page
    assert "lämnas ut en i taget står inte här" in page
    assessments.dissent(by=social.context, person_id=way.person_id, about=item, text="Inte längre", at=way.at)
    assert "Lämna ut den avvikande meningen" in told(client, social, "assessment", way)


def test_after_the_exit_the_page_leads_to_the_follow_ups(client: Client, way: Way) -> None:
    social = way.setting.social
    exits.leave(
        by=social.context,
        person_id=way.person_id,
        left={"outcome": "moved", "left_on": way.today.isoformat()},
        at=way.at,
    )
    page = told(client, social, "person", way)
    assert "Nästa uppföljning" in page
    assert "Följ upp" in page
    assert "Håll möte" not in page


def test_a_follow_up_that_is_late_says_so_on_the_page_as_in_the_inbox(client: Client) -> None:
    way = joint_work.known_to_two(at=timezone.now() - timedelta(days=80))
    social = way.setting.social
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=social.context, person_id=way.person_id, left=left, at=way.at)
    assert "skulle ha gjorts" in told(client, social, "person", way)
    page = told(client, social, "journey", way)
    assert re.search(r"Skulle ha gjorts .{6,16}, \d\d dagar sen", page)
    assert page.count("Ska göras senast") == 1, "that of three months is near"
    assert page.count("Gäller hur det är") == 1, "that of six months cannot be written yet"
