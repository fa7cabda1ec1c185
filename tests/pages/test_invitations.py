"""The pages of times and invitations: staff lay out and invite, and whoever holds the link chooses, on a phone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.people.actions import invitations, protection
from samkraft.people.rules.invitations import Sent
from samkraft.web.invitations import choosing
from tests.factories import employers, joint_work, people, signed_in
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("setting")]


@pytest.fixture(scope="module")
def setting(once: Once[Setting]) -> Setting:
    return once(joint_work.setting)


def test_times_are_laid_out_and_taken_back(client: Client) -> None:
    officer = joint_work.setting().officer
    signed_in.sign_in(client, officer)
    page = reverse("invitations:slots")
    assert "Du har inga tider utlagda" in signed_in.html(client, page)
    first = timezone.localdate() + timedelta(days=3)
    said = {
        "first": first.isoformat(), "last": first.isoformat(), "weekdays": [str(day) for day in range(5)],
        "starts": "9", "ends": "10.30", "minutes": "45", "place": "Föreningsgatan 35",
    }  # fmt: skip
    while first.weekday() > 4:
        first += timedelta(days=1)
    said |= {"first": first.isoformat(), "last": first.isoformat()}
    signed_in.post(client, page, officer, do="lagg-ut", **said)
    assert "2 lediga av 2" in signed_in.html(client, page)
    assert "krockar" in signed_in.post(client, page, officer, do="lagg-ut", **said).content.decode()
    refused = signed_in.post(client, page, officer, do="lagg-ut", **{**said, "ends": "9.10"})
    assert "Ingen tid ryms där" in refused.content.decode()
    key = re.findall(r'value="(bort-[^"]+)"', signed_in.html(client, page))[0]
    signed_in.post(client, page, officer, do=key)
    assert "1 ledig av 1" in signed_in.html(client, page)


def test_a_person_is_invited_by_e_mail_and_chooses_with_the_link(client: Client, setting: Setting) -> None:
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    page = reverse("invitations:person", args=[way.person_id])
    signed_in.sign_in(client, officer)
    assert "Det finns inga lediga tider att välja bland" in signed_in.html(client, page)
    assert reverse("invitations:person", args=[way.person_id]) in signed_in.html(
        client, reverse("people:meetings", args=[way.person_id])
    )
    employers.times(officer, timezone.now())
    assert "E-post till" not in signed_in.html(client, page), "there is no address"
    people.write(officer.context, way.person_id, "card", {
        "given_name": "Amira", "family_name": "Haddad-Lund", "language": "sv", "email": "amira@exempel.invalid",
    })  # fmt: skip
    assert "E-post till amira@exempel.invalid" in signed_in.html(client, page)
    signed_in.post(client, page, officer, do="bjud-in", hosts=[str(officer.membership_id)], sent="email")
    (letter,) = mail.outbox
    address = re.findall(r"https?://[^/]+(/tid/[^\s]+)", letter.body)[0]
    assert "Väntar på att personen väljer en tid" in signed_in.html(client, page)

    stranger = Client()
    answer = stranger.get(address)
    shown = answer.content.decode()
    assert "Hej Amira!" in shown
    assert answer["Referrer-Policy"] == "strict-origin", "no-referrer makes browsers' forms look forged"
    assert answer["X-Robots-Tag"] == "noindex"
    for word in ("Haddad", "Arbetsförmedlingen", "Åsa", officer.membership_id.hex):
        assert word not in shown
    slots = re.findall(r'name="tid" value="([^"]+)"', shown)
    assert len(slots) == 3
    assert stranger.post(address, {"tid": "strunt"}).status_code == 303
    assert "Välj en av tiderna." in stranger.get(address).content.decode()
    stranger.post(address, {"tid": slots[1]})
    shown = stranger.get(address).content.decode()
    assert "Din tid" in shown
    calendar = stranger.get(address + "kalender.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:M\xc3\xb6te" in calendar.content
    assert b"AF" not in calendar.content
    stranger.post(address, {"avboka": "ja"})
    assert stranger.get(address + "kalender.ics").status_code == 404
    stranger.post(address, {"tid": slots[0]})

    shown = signed_in.html(client, page)
    assert "Personen valde själv." in shown
    signed_in.post(client, page, officer, do="stall-in")
    assert "Väntar på att personen väljer" in signed_in.html(client, page)
    signed_in.post(client, page, officer, do="valj", slot=slots[2])
    assert "Tid vald" in signed_in.html(client, page)
    assert "Amira Haddad-Lund" in signed_in.html(client, reverse("invitations:slots"))
    signed_in.post(client, page, officer, do="ta-tillbaka")
    gone = stranger.get(address)
    assert gone.status_code == 409
    assert "Länken gäller inte." in gone.content.decode()
    made_up = stranger.get(reverse("invitations:choose", args=["pahittad"]))
    assert (made_up.status_code, "Länken gäller inte." in made_up.content.decode()) == (409, True)


def test_a_letter_is_printed_with_a_link_of_its_own_and_a_protected_name_stands_nowhere(
    client: Client, setting: Setting
) -> None:
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    page = reverse("invitations:person", args=[way.person_id])
    employers.times(officer, timezone.now())
    signed_in.sign_in(client, officer)
    assert client.post(page, {"membership": str(officer.membership_id), "do": "brev"}).status_code == 404
    signed_in.post(client, page, officer, do="bjud-in", hosts=[str(officer.membership_id)], sent="letter")
    letter = signed_in.post(client, page, officer, do="brev").content.decode()
    assert "Hej Amira!" in letter
    assert "<svg" in letter
    assert "/tid/" in letter
    protection.protect(by=officer.context, person_id=way.person_id, level="marked", membership_ids=[])
    letter = signed_in.post(client, page, officer, do="brev").content.decode()
    body = letter[letter.index('<article class="letter">') : letter.index("</article>")]
    assert "Amira" not in body
    for _ in range(4):
        signed_in.post(client, page, officer, do="brev")
    assert "många länkar på kort tid" in signed_in.html(client, page)


def test_whoever_guesses_many_links_is_answered_alike_also_with_the_right_one(setting: Setting) -> None:
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    employers.times(officer, timezone.now())
    made = invitations.make(by=officer.context, person_id=way.person_id, hosts=[officer.membership_id])
    token = invitations.send(by=officer.context, invitation_id=made, sent=Sent.LETTER)
    stranger, right = Client(REMOTE_ADDR="192.0.2.7"), reverse("invitations:choose", args=[token])
    cache.clear()
    assert stranger.get(right).status_code == 200
    answers = {stranger.get(reverse("invitations:choose", args=[f"gissning{n}"])).status_code
               for n in range(choosing.MOST_GUESSES)}  # fmt: skip
    assert answers == {409}
    assert stranger.get(right).status_code == 409
    assert Client(REMOTE_ADDR="192.0.2.8").get(right).status_code == 200, "others are not kept out"
    cache.clear()
