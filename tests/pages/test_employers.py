"""The pages about employers: each once as the right role, and the refusals as one meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.offer.models import EmployerWeek, Opening, PlacementTerms, RecruitmentMeeting
from samkraft.offer.rules.employer_time import monday_of
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import recruitment
from tests.factories import employers, joint_work, partners, signed_in
from tests.factories import places as made
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("setting")]


@pytest.fixture(scope="module")
def setting(once: Once[Setting]) -> Setting:
    return once(joint_work.setting)


def test_an_employer_is_registered_contacted_and_found_again(client: Client, setting: Setting) -> None:
    officer, today = setting.officer, timezone.localdate()
    signed_in.sign_in(client, officer)
    assert "Inga arbetsgivare än" in signed_in.html(client, reverse("employers:list"))
    refused = signed_in.post(
        client, reverse("employers:new"), officer, industry="food", name="Surdegen", organisation_number="1"
    )
    assert "är inte ett organisationsnummer" in refused.content.decode()
    sent = signed_in.post(client, reverse("employers:new"), officer, industry="food", name="Bageriet Surdegen AB")
    assert sent.status_code == 303
    page = sent["Location"]
    said = {"how": "visit", "about": "vacancy", "led_to": "offers", "on_date": today.isoformat()}
    refused = signed_in.post(client, page, officer, do="kontakt", text="Om 900602-2397", **said)
    assert "ser ut som ett personnummer" in refused.content.decode()
    assert "Om 900602-2397" in refused.content.decode(), "nothing typed is lost"
    signed_in.post(client, page, officer, do="kontakt", text="Söker fyra.", next_date=today.isoformat(), **said)
    assert "Söker fyra." in signed_in.html(client, page)
    signed_in.post(client, page, officer, do="jobb", headline="Köksbiträde", places="4", needs="svenska, vana vid kök")
    job = Opening.objects.get()
    assert job.needs == ["svenska", "vana vid kök"]
    assert "Köksbiträde" in signed_in.html(client, reverse("employers:openings"))
    assert "Köksbiträde" not in signed_in.html(client, reverse("employers:openings") + "?sok=lager")
    found = signed_in.html(client, reverse("employers:list") + "?visa=kontakta&visa=jobb&sok=surdeg")
    assert "Bageriet Surdegen AB" in found
    assert "Ingen arbetsgivare passar" in signed_in.html(client, reverse("employers:list") + "?sok=xyz")
    assert "Hör av dig till Bageriet Surdegen AB" in signed_in.html(client, reverse("inbox"))
    signed_in.post(client, page, officer, do=f"stang-{job.id}")
    assert "Inget jobb passar" in signed_in.html(client, reverse("employers:openings"))
    signed_in.post(client, page, officer, do="uppgifter", industry="trade", contact_name="Berit")
    assert "Handel" in signed_in.html(client, page)
    assert client.get(reverse("employers:employer", args=[officer.area_id])).status_code == 404


def test_somebody_is_invited_from_their_own_page_and_the_employer_answers(client: Client, setting: Setting) -> None:
    officer, boss_code = setting.officer, employers.CODE
    way = joint_work.begun(setting, officer)
    way.goal(officer, "Jag vill arbeta i kök.")
    bakery = employers.employer(officer)
    employers.opening(officer, bakery, "Köksbiträde, morgon", needs=("truckkort",))
    boss = employers.representative(boss_code)
    signed_in.sign_in(client, officer)
    page = reverse("employers:person", args=[way.person_id])
    shown = signed_in.html(client, page)
    assert "Målet möter ”köksbiträde”" in shown
    assert "Det står inte i kartläggningen: truckkort" in shown
    assert "Det finns inget möte att bjuda in till" in shown

    day = timezone.localdate() + timedelta(days=3)
    spot = reverse("employers:employer", args=[bakery])
    said = {"headline": "Köksbiträden", "day": day.isoformat(), "starts": "9.00", "form": "at_employer",
            "place_name": "Mjölgatan 3", "most": "4"}  # fmt: skip
    assert (
        "slutar innan det börjar"
        in signed_in.post(client, spot, officer, do="mote", ends="8.00", **said).content.decode()
    )
    signed_in.post(client, spot, officer, do="mote", ends="10.00", **said)
    meeting = RecruitmentMeeting.objects.get()
    refused = signed_in.post(client, page, officer, do="bjud-in", meeting=str(meeting.id), fields=["name"], shown_how="paper",
                    shown_date=(timezone.localdate() + timedelta(days=1)).isoformat())  # fmt: skip
    assert "Personen ska först ha sett" in refused.content.decode()
    signed_in.post(client, page, officer, do="bjud-in", meeting=str(meeting.id), fields=["name"], shown_how="paper",
          shown_date=timezone.localdate().isoformat())  # fmt: skip
    assert "Arbetsgivaren får veta: namn." in signed_in.html(client, page)
    listed = reverse("employers:meeting", args=[meeting.id])
    assert "Amira Haddad-Lund" in signed_in.html(client, listed)
    assert "1 av 4" in signed_in.html(client, reverse("employers:meetings"))

    signed_in.sign_in(client, setting.labour)
    others = signed_in.html(client, listed)
    assert "Amira" not in others
    assert "1 har någon annan bjudit in" in others
    signed_in.sign_in(client, boss)
    own = reverse("employers:own")
    assert "Amira Haddad-Lund" in signed_in.html(client, own)
    invited = employers.invitation(way, officer)
    early = signed_in.post(client, own, boss, invitation=str(invited.id), result="not_now")
    assert early.status_code == 303
    assert "Mötet har inte börjat än." in signed_in.html(client, own)
    assert client.get(listed).status_code == 403
    signed_in.sign_in(client, partners.member(Role.EMPLOYER, "annat-foretag"))
    assert "Er arbetsplats är inte upplagd" in signed_in.html(client, own)


def test_what_the_employer_says_waits_in_the_inbox_until_it_is_confirmed(client: Client, setting: Setting) -> None:
    officer = setting.officer
    way = joint_work.begun(setting, officer, at=timezone.now() - timedelta(days=5))
    bakery, boss = employers.employer(officer), employers.representative()
    yesterday = timezone.now() - timedelta(days=2)  # one day ago may end after midnight
    meeting = employers.meeting(officer, bakery, yesterday, at=yesterday - timedelta(days=3))
    invited = employers.invite(way, officer, meeting, "name")
    signed_in.sign_in(client, boss)
    own = reverse("employers:own")
    assert "Amira" not in signed_in.html(client, own), "the day of the meeting is over"
    signed_in.post(client, own, boss, invitation=str(invited), result="trial", start="inte en dag")
    assert "Dagen går inte att läsa" in signed_in.html(client, own)
    signed_in.post(client, own, boss, invitation=str(invited), result="trial")
    assert "Det står inte när det börjar." in signed_in.html(client, own)
    start = timezone.localdate() + timedelta(days=4)
    signed_in.post(client, own, boss, invitation=str(invited), result="hired", start=start.isoformat())
    signed_in.sign_in(client, officer)
    assert "Amira Haddad-Lund: arbetsgivaren har svarat" in signed_in.html(client, reverse("inbox"))
    page = reverse("employers:person", args=[way.person_id])
    assert "Arbetsgivaren säger: anställd från" in signed_in.html(client, page)
    signed_in.post(client, page, officer, do=f"resultat-{invited}", result="hired", start_date=start.isoformat())
    shown = signed_in.html(client, page)
    assert "Personen är anställd" in shown
    assert reverse("people:journey", args=[way.person_id]) in shown
    assert "arbetsgivaren har svarat" not in signed_in.html(client, reverse("inbox"))
    refused = signed_in.post(client, page, officer, do=f"resultat-{invited}", result="trial")
    assert "Det står inte när det börjar." in refused.content.decode()


def test_a_meeting_is_cancelled_with_a_reason_and_whoever_was_invited_sees_it(client: Client, setting: Setting) -> None:
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    meeting = employers.meeting(officer, employers.employer(officer), timezone.now() + timedelta(days=2))
    invited = employers.invite(way, officer, meeting)
    recruitment.reply(by=officer.context, person_id=way.person_id, invitation_id=invited, comes=True, at=way.at)
    signed_in.sign_in(client, officer)
    page = reverse("employers:meeting", args=[meeting])
    assert "Kommer" in signed_in.html(client, page)
    signed_in.post(client, page, officer, do="stall-in", reason="Personalen är sjuk.")
    assert "Personalen är sjuk." in signed_in.html(client, page)
    assert "Personalen är sjuk." in signed_in.html(client, reverse("employers:person", args=[way.person_id]))


def test_a_placement_is_agreed_by_a_place_coordinator_and_others_are_told_who_that_is(client: Client) -> None:
    offered = made.offered(start_form="running", kind="workplace")
    officer, coordinator = offered.setting.officer, offered.coordinator
    bakery = employers.employer(officer)
    page = reverse("employers:placing", args=[bakery])
    signed_in.sign_in(client, officer)
    told = signed_in.html(client, page)
    assert "Du är inte platssamordnare för någon plats på arbetsplatser" in told
    assert "Pia Plats" in told
    signed_in.sign_in(client, coordinator)
    said = {
        "activity": str(offered.activity_id), "tasks": "Baka bröd", "places": "2", "hours_a_week": "20", "languages": ["sv"],
        "starts_on": (timezone.localdate() + timedelta(days=9)).isoformat(), "place_name": "Mjölgatan 3",
        "terms": ["clothes"], "afterwards": "trial", "agreed_date": timezone.localdate().isoformat(),
    }  # fmt: skip
    refused = signed_in.post(client, page, coordinator, supervisor_name=" ", **said)
    assert refused.status_code == 200
    sent = signed_in.post(client, page, coordinator, supervisor_name="Berit Bagare", **said)
    terms = PlacementTerms.objects.get()
    assert sent["Location"] == reverse("offer:occasion", args=[terms.occasion_id])
    assert "Handledare: Berit Bagare" in signed_in.html(client, reverse("employers:employer", args=[bakery]))
    signed_in.sign_in(client, employers.representative())
    assert "Inget just nu" in signed_in.html(client, reverse("employers:own"))


def test_a_week_is_noted_in_taps_and_shown_as_a_share_beside_the_target(client: Client, setting: Setting) -> None:
    officer = setting.officer
    signed_in.sign_in(client, officer)
    page = reverse("employers:time")
    assert "Ingen har noterat någon tid än" in signed_in.html(client, page)
    monday = monday_of(timezone.localdate()).isoformat()
    team = {"team": str(setting.team_id), "monday": monday, "worked": "40.0"}
    signed_in.post(client, page, officer, tap="visits:480", **team)
    signed_in.post(client, page, officer, tap="contacts:240", **team)
    week = EmployerWeek.objects.get()
    assert (week.visits, week.contacts, week.worked) == (480, 240, 2400)
    shown = signed_in.html(client, page)
    assert "30 %" in shown.replace("\xa0", " ")
    assert "Team 4" in shown
    assert "AF" in signed_in.html(client, page + "?visa=myndighet")
    signed_in.post(client, page, officer, tap="visits:480", **{**team, "worked": "2"})
    assert "mer tid med arbetsgivare än du arbetade" in signed_in.html(client, page)
    signed_in.post(client, page, officer, tap="visits:480", **{**team, "team": str(officer.area_id)})
    assert "Du är inte med i det teamet" in signed_in.html(client, page)
    signed_in.post(client, page, officer, tap="strunt", **team)
    assert "Timmarna går inte att läsa" in signed_in.html(client, page)
    signed_in.sign_in(client, setting.leader)
    assert "Tryck på hur många timmar" not in signed_in.html(client, page)
