"""What is done on a person's pages beside the plan itself: called in, called off, withheld, let go, and how much each has."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.people.actions import meetings
from samkraft.people.queries import contributions
from tests.factories import joint_work, signed_in
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


def see(client: Client, member: Member, route: str, way: Way, *more: Any) -> str:
    signed_in.sign_in(client, member)
    text: str = client.get(reverse(f"people:{route}", args=[way.person_id, *more])).content.decode()
    return text


def send(client: Client, member: Member, route: str, way: Way, *more: Any, **typed: Any) -> str:
    signed_in.sign_in(client, member)
    form = {"membership": str(member.membership_id), **typed}
    answer = client.post(reverse(f"people:{route}", args=[way.person_id, *more]), form, follow=True)
    text: str = answer.content.decode()
    return text


def test_health_care_is_called_in_when_the_person_has_said_yes_and_not_before(client: Client, way: Way) -> None:
    """Without a consent the page says what it waits for; with one the coordinator has the case."""
    social, care = way.setting.social, way.setting.care
    before = see(client, social, "journey", way)
    assert "Kan kallas in när personen har sagt ja" in before
    assert f'value="{care.membership_id}"' not in before.split('id="call-in"')[1].split("</section>")[0]
    refused = send(client, social, "journey", way, do="call-in", called=str(care.membership_id))
    assert "Inkallad" not in refused
    joint_work.consent(way, social.context, care.area_id, ("enrolment", "contact"))
    assert "Inkallad" in send(client, social, "journey", way, do="call-in", called=str(care.membership_id))
    assert "Amira Haddad-Lund" in see(client, care, "person", way)


def test_a_meeting_is_called_off_and_everybody_who_knew_sees_it(client: Client, way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    starts = (timezone.now() + timedelta(days=3)).isoformat()
    lineage = meetings.book(
        by=social.context, person_id=way.person_id, meeting={"starts_at": starts, "purpose": "start"}, at=way.at
    )
    assert "bokat" in see(client, officer, "meetings", way)
    assert "Ställ in mötet" in see(client, social, "hold_meeting", way, lineage)
    assert "Mötet är inställt" in send(client, social, "hold_meeting", way, lineage, do="cancel", based_on="1")
    assert "inställt" in see(client, officer, "meetings", way)
    again = send(client, social, "hold_meeting", way, lineage, do="cancel", based_on="1")
    assert "Det går inte så här" in again, "it is off already"


def test_what_is_withheld_from_the_person_has_a_ground_and_is_shown_again(client: Client, way: Way) -> None:
    """Without a section of the law nothing is withheld, and what was typed stays."""
    social = way.setting.social
    added = {"life_area": "housing", "text": "Bor hos en vän", "source": "samtal"}
    send(client, social, "add_item", way, **added)
    page = see(client, social, "assessment", way)
    lineage = page.split("/kartlaggning/")[-1].split("/")[0]
    loose = send(
        client, social, "beside_item", way, lineage, do="withhold", ground="Känns bäst", decided_by="Per Nyberg"
    )
    assert "i vilken lag" in loose
    assert "Känns bäst" in loose
    done = {"do": "withhold", "ground": "OSL 26 kap. 5 §", "decided_by": "Per Nyberg, enhetschef"}
    assert "visas inte för personen" in send(client, social, "beside_item", way, lineage, **done)
    assert "beslutat av Per Nyberg, enhetschef" in see(client, social, "beside_item", way, lineage)
    assert "visas för personen igen" in send(client, social, "beside_item", way, lineage, do="show")


def test_a_hand_over_is_answered_in_one_place_and_then_let_go(client: Client, way: Way) -> None:
    """The receiver says yes or no; whoever handed over to another authority leaves the case."""
    social, officer = way.setting.social, way.setting.officer
    asked = send(
        client, social, "journey", way, do="handover", to_id=str(officer.membership_id), reason="Nu är det arbete"
    )
    assert "Frågan är skickad" in asked
    theirs = see(client, officer, "journey", way)
    assert theirs.count("Överlämning till dig") == 1
    assert "Per Nyberg ber dig ta över: Nu är det arbete" in theirs
    key = theirs.split('id="take-')[1].split('"')[0]
    assert "ds-error-summary" in send(client, officer, "journey", way, do=f"take-{key}"), "neither yes nor no"
    assert "Du har tagit över" in send(client, officer, "journey", way, do=f"take-{key}", answer="yes")
    leaving = see(client, social, "journey", way)
    assert "Åsa Ek har tagit över." in leaving
    send(client, social, "journey", way, do="let-go-" + leaving.split('id="let-go-')[1].split('"')[0])
    after = [one.team_name for one in _still_there(way, social)]
    assert all(after), "personally nobody is left; the team has the case as before"


def test_the_page_of_a_team_says_how_its_participants_are_divided(client: Client, way: Way) -> None:
    """For those who have participants: the own area's by phase and by lead, and the whole number for its own members."""
    social = way.setting.social
    signed_in.sign_in(client, social)
    from samkraft.initiatives.queries import teams

    team = teams.team(way.setting.team_id, on=way.today)
    assert team is not None
    code = next(iter(_codes(client)))
    page = client.get(reverse("teams:team", args=[code, team.number])).content.decode()
    assert "Så är det fördelat" in page
    assert "Per Nyberg leder 1 process" in page
    assert "fas 1: 1" in page


def _still_there(way: Way, member: Member) -> list[Any]:
    from samkraft.audit.actions import transactions
    from samkraft.people.queries import case_staff

    with transactions.read(member.context):
        return case_staff.today(member.context, way.person_id, on=way.today)


def _codes(client: Client) -> list[str]:
    from samkraft.initiatives.models import Initiative

    return list(Initiative.objects.values_list("code", flat=True))


def test_the_pages_where_somebody_might_write_it_say_where_else_it_belongs(client: Client, way: Way) -> None:
    """A report of concern, a suspicion and a journal note are never written here."""
    social = way.setting.social
    for route, more in (("add_item", ()), ("add_to_plan", ("step",)), ("contact", ()), ("assessment", ())):
        page = see(client, social, route, way, *more)
        assert "Görs hos socialtjänstens mottagning, aldrig här." in page, route
    signed_in.sign_in(client, social)
    assert "Görs hos socialtjänstens mottagning" in client.get(reverse("people:new")).content.decode()


def test_too_little_time_and_a_missing_month_are_said(client: Client) -> None:
    """Under the initiative's least hours a week; the month that goes on is not judged."""
    made = joint_work.setting()
    begun = timezone.now() - timedelta(days=75)
    way = joint_work.begun(made, made.social, at=begun)
    first = f"{way.today:%Y-%m}"
    from samkraft.people.actions.months.time_reports import record

    record(by=made.social.context, person_id=way.person_id, month=first, hours=3, at=timezone.now())
    page = see(client, made.social, "contact", way)
    assert "3 timmar" in page
    assert "för lite" in page.split("3 timmar")[1].split("</li>")[0]
    assert ": saknas" in page


def test_a_need_that_tells_of_health_stays_where_health_is_kept_unless_the_plan_is_chosen(client: Client) -> None:
    """What goes by itself with the plan does not tell of it; a goal that goes by itself cannot point at it."""
    way = joint_work.known_to_two(at=timezone.now() - timedelta(minutes=5))
    made = way.setting
    signed_in.sign_in(client, made.social)
    address = reverse("people:add_to_plan", args=[way.person_id, "need"])
    assert "Det som livsområdet säger" in client.get(address).content.decode()
    form = {"membership": str(made.social.membership_id), "category": ""}
    for text, area, chosen in (
        ("Sover dåligt", "health", ""), ("Vill till köket", "work", ""), ("Orkar halva dagar", "health", "plan"),
    ):  # fmt: skip
        assert client.post(address, {**form, "text": text, "life_area": area, "category": chosen}).status_code == 303
    with transactions.read(made.social.context):
        kept = {one.content["text"]: one.category for one in contributions.held(made.social.context, way.person_id)
                if one.kind == "need"}  # fmt: skip
    assert kept == {"Sover dåligt": "health", "Vill till köket": "plan", "Orkar halva dagar": "plan"}
    with transactions.read(made.officer.context):
        given = [
            one.content["text"] for one in contributions.held(made.officer.context, way.person_id) if one.kind == "need"
        ]
    assert given == ["Vill till köket", "Orkar halva dagar"]
    goal = client.get(reverse("people:add_to_plan", args=[way.person_id, "goal"])).content.decode()
    assert "Vill till köket" in goal
    assert "Sover dåligt" not in goal.partition("<main")[2].partition("<form")[2]
