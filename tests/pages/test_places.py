"""The pages of places: each once as the right role, and a few refusals as one meets them."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.offer.actions import activities, occasions
from samkraft.offer.models import Place, Proposal, Session
from samkraft.people.actions.places import place_coordination, places
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.places.place_states import State
from tests.factories import joint_work, signed_in
from tests.factories import places as made
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]


@pytest.fixture(scope="module")
def offered(once: Once[made.Offered]) -> made.Offered:
    return once(made.offered)


def _post(client: Client, address: str, membership: object, **data: Any) -> object:
    return client.post(address, {"membership": str(membership), **data})


def test_a_place_is_joined_answered_and_decided_on_the_pages(client: Client, offered: made.Offered) -> None:
    officer, coordinator = offered.setting.officer, offered.coordinator
    way = joint_work.begun(offered.setting, officer)
    occasion = offered.occasion(way, places=1)
    address = reverse("offer:person", args=[way.person_id])

    signed_in.sign_in(client, officer)
    assert "Personen står inte i någon kö." in client.get(address).content.decode()
    sent = _post(client, address, officer.membership_id, do="ko", **{"activity": str(offered.activity_id)})
    assert sent.status_code == 303, sent.content.decode()[:2000]  # type: ignore[attr-defined]  # Django's response
    page = client.get(address).content.decode()
    assert "väntar i kön" in page
    assert "bland de första" in page
    assert "Skriv ut erbjudandet" not in page

    signed_in.sign_in(client, coordinator)
    spot = reverse("offer:occasion", args=[occasion])
    code = made.entry_of(way, officer).code
    page = client.get(spot).content.decode()
    assert code in page
    assert "Amira" not in page
    _post(client, spot, coordinator.membership_id, do="oppna")
    assert "svar senast" in client.get(spot).content.decode()
    refused = _post(client, spot, coordinator.membership_id, do="platser", places="0", reason="")
    assert "Så många platser kan inte tas bort" in refused.content.decode()  # type: ignore[attr-defined]  # as above

    signed_in.sign_in(client, officer)
    key = f"svar-{code.lower()}"
    refused = _post(client, address, officer.membership_id, do=key, answer="no", reason_code="")
    assert "Det står inte varför." in refused.content.decode()  # type: ignore[attr-defined]  # as above
    sheet = reverse("offer:offer_letter", args=[way.person_id, made.hold_of(way, officer).id])
    assert sheet in client.get(address).content.decode()
    letter = client.get(sheet).content.decode()
    assert "Svara ja eller nej senast" in letter
    assert "Föreningsgatan 35" in letter
    assert client.get(reverse("offer:offer_letter", args=[way.person_id, offered.activity_id])).status_code == 404
    _post(client, address, officer.membership_id, do=key, answer="yes")
    assert "Villkorad: Arbetsförmedlaren beslutar" in client.get(address).content.decode()
    deciding = reverse("offer:deciding")
    assert code in client.get(deciding).content.decode()
    said = {"granted": "yes", "decided_date": way.today.isoformat()}
    refused = _post(client, deciding, officer.membership_id, do=f"b-{code.lower()}", number="", **said)
    assert "Ett programbeslut har ett nummer." in refused.content.decode()  # type: ignore[attr-defined]  # as above
    _post(client, deciding, officer.membership_id, do=f"b-{code.lower()}", number="AF-26-1", **said)
    assert made.state(way, officer) is State.GIVEN
    assert "Inget väntar på ditt beslut" in client.get(deciding).content.decode()


def test_whoever_leads_puts_an_activity_in_the_catalogue(client: Client, offered: made.Offered) -> None:
    leader = offered.setting.leader
    signed_in.sign_in(client, leader)
    address = reverse("offer:new_activity")
    assert address in client.get(reverse("offer:catalogue")).content.decode()
    said = {
        "membership": str(leader.membership_id), "name": "Körkort på lätt svenska", "kind": "education", "start_form": "joint",
        "decided_by": "owner", "reveals": "education", "outcomes": "Klarar teoriprovet\n\nVet hur man bokar prov",
    }  # fmt: skip
    page = client.post(address, said, follow=True).content.decode()
    assert "Aktiviteten finns i katalogen." in page
    assert "Vet hur man bokar prov" in page
    assert "Det finns redan en aktivitet som heter" in client.post(address, said).content.decode()
    signed_in.sign_in(client, offered.coordinator)
    assert address not in client.get(reverse("offer:catalogue")).content.decode()
    assert client.get(address).status_code == 403


def test_an_occasion_is_cancelled_only_by_who_has_read_whom_it_concerns(client: Client, offered: made.Offered) -> None:
    officer, coordinator = offered.setting.officer, offered.coordinator
    way = joint_work.begun(offered.setting, officer)
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    occasion = offered.occasion(way, places=1)
    offered.open(way, occasion)
    signed_in.sign_in(client, coordinator)
    spot = reverse("offer:occasion", args=[occasion])
    assert "1 har en plats eller ett erbjudande här." in client.get(spot).content.decode()
    _post(client, spot, coordinator.membership_id, do="stall-in", reason="Läraren är sjuk hela terminen.")
    assert made.state(way, officer) is State.OFFERED, "without the tick nothing happens"
    _post(client, spot, coordinator.membership_id, do="stall-in", reason="Läraren är sjuk hela terminen.", sure="on")
    assert made.state(way, officer) is State.WAITING
    assert "Läraren är sjuk hela terminen." in client.get(spot).content.decode()
    signed_in.sign_in(client, officer)
    page = client.get(reverse("offer:person", args=[way.person_id])).content.decode()
    assert "Tillfället ställdes in: Läraren är sjuk hela terminen." in page


def test_a_provider_proposes_and_the_coordinator_answers(client: Client, offered: made.Offered) -> None:
    way = joint_work.begun(offered.setting, offered.setting.officer)
    occasion = offered.occasion(way, places=2)
    provider, coordinator = offered.provider, offered.coordinator
    signed_in.sign_in(client, provider)
    home = client.get(reverse("offer:sessions")).content.decode()
    assert "Ingen träff i dag." in home
    assert "Våra tillfällen" in home
    own = reverse("offer:proposals")
    said = {"kind": "change", "occasion": str(occasion), "places": "12", "words": "Vi har fått en större lokal."}
    _post(client, own, provider.membership_id, do="nytt", **said)
    assert "Väntar på svar" in client.get(own).content.decode()
    row = Proposal.objects.get()
    signed_in.sign_in(client, coordinator)
    places.join(by=offered.setting.officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    place_coordination.resize(by=coordinator.context, occasion_id=occasion, places=0, at=way.at)
    inbox = client.get(reverse("inbox")).content.decode()
    assert "Ett förslag från" in inbox
    assert "1 plats för lite i" in inbox
    activity = reverse("offer:activity", args=[row.activity.code])
    key = f"forslag-{str(row.id)[:8]}"
    refused = _post(client, activity, coordinator.membership_id, do=key, agrees="no", words="")
    assert "Det står inte varför förslaget avslås." in refused.content.decode()  # type: ignore[attr-defined]  # as above
    _post(client, activity, coordinator.membership_id, do=key, agrees="yes", words="Bra, jag lägger in det.")
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("agreed", "Pia Plats")
    assert Place.objects.filter(occasion_id=occasion, withdrawn_at=None).count() == 12, "it is entered by itself"
    signed_in.sign_in(client, provider)
    again = _post(client, own, provider.membership_id, do=f"f-{row.id}")
    assert again.status_code == 303  # type: ignore[attr-defined]  # nothing to take back any more
    assert "Bra, jag lägger in det." in client.get(own).content.decode()


def test_the_catalogue_says_why_and_why_not(client: Client, offered: made.Offered) -> None:
    way = joint_work.begun(offered.setting, offered.setting.officer)
    offered.open(way, offered.occasion(way, places=2, languages=("sv", "ar"), district="hyllie"))
    signed_in.sign_in(client, offered.setting.officer)
    home = reverse("offer:catalogue")
    page = client.get(home, {"slag": "workplace", "sprak": "ar"}).content.decode()
    assert "1 av 1 tillfällen passar" in page
    assert "2 lediga platser" in page
    page = client.get(home, {"timmar": "10", "stadsdel": "oxie", "km": "3"}).content.decode()
    assert "0 av 1 tillfällen passar" in page
    assert "20 timmar i veckan" in page
    assert "km bort" in page
    assert "Så länge väntar man" in client.get(reverse("offer:waits")).content.decode()


def test_the_catalogues_conditions_stand_above_the_list_and_are_taken_away_one_by_one(
    client: Client, offered: made.Offered
) -> None:
    signed_in.sign_in(client, offered.coordinator)
    address = reverse("offer:catalogue")
    assert "Valda villkor" not in client.get(address).content.decode()
    page = client.get(
        address, {"slag": "workplace", "timmar": "20", "behov": ["step_free", "quiet_room"]}
    ).content.decode()
    assert "Högst timmar i veckan: 20" in page
    assert "?slag=workplace&amp;behov=step_free&amp;behov=quiet_room" in page, "without the hours"
    assert "?slag=workplace&amp;timmar=20&amp;behov=quiet_room" in page, "without one of the needs"
    assert "Ta bort alla" in page
    wrong = client.get(address, {"timmar": "många"}).content.decode()
    assert "Valda villkor" not in wrong
    assert 'class="offer-more" aria-label="7 villkor till" checked' in wrong, "what is wrong is not folded away"


def test_what_suits_is_asked_by_the_plan_and_says_why_and_why_not(client: Client, offered: made.Offered) -> None:
    """The step, its goal, the language and the times that are taken; from there one click to the queue."""
    officer = offered.setting.officer
    way = joint_work.begun(offered.setting, officer)
    step = way.step(officer, "Praktik i kök", step_kind="workplace", goal=str(way.goal(officer)))
    taken = offered.occasion(way, places=1, languages=("ar",))
    plain = {"weekdays": (2,), "ends": time(12), "at": way.at}
    occasions.plan_weekly(by=offered.coordinator.context, occasion_id=taken, starts=time(9), **plain)
    offered.open(way, taken)
    other = made.activity(offered.setting, name="Kök på eftermiddagen")
    place_coordination.appoint(
        by=offered.setting.leader.context, activity_id=other, membership_id=offered.coordinator.membership_id, at=way.at
    )
    again = replace(offered, activity_id=other)
    clashing = again.occasion(way, places=1, languages=("ar", "sv"))
    occasions.plan_weekly(by=offered.coordinator.context, occasion_id=clashing, starts=time(11), **plain)
    activities.close_for(
        by=offered.coordinator.context, activity_id=other, first=way.today + timedelta(days=40),
        last=way.today + timedelta(days=47), why="Jul", at=way.at,
    )  # fmt: skip
    signed_in.sign_in(client, officer)
    address = reverse("offer:person_match", args=[way.person_id])
    page = client.get(address).content.decode()
    assert "Platser för steget Praktik i kök" in page
    assert "Jag vill arbeta i kök." in page
    assert "2 av 2 tillfällen passar" in page, "both suit while nothing is taken"
    assert f"steg={step}" in page
    assert ": Jul" in page
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    hold = made.hold_of(way, officer)
    places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    page = client.get(address).content.decode()
    assert "krockar med något som personen redan har" in page
    assert "20 timmar i veckan" in page
    page = client.get(address, {"sok": "1", "sprak": "so", "dagar": ["1"]}).content.decode()
    assert "0 av 2 tillfällen passar" in page
    assert "arabiska" in page
    page = client.get(
        reverse("offer:person", args=[way.person_id]), {"aktivitet": "", "steg": str(step)}
    ).content.decode()
    assert "Hitta plats som passar" in page


def test_the_whole_list_is_shown_before_it_is_noted_and_what_somebody_else_noted_meanwhile_stays(
    client: Client,
    offered: made.Offered,
) -> None:
    officer, provider = offered.setting.officer, offered.provider
    ways = [joint_work.begun(offered.setting, officer) for _number in range(3)]
    occasion = offered.occasion(ways[0], places=3)
    for way in ways:
        places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    offered.open(ways[-1], occasion)
    holds = [made.hold_of(way, officer).id for way in ways]
    for way, hold in zip(ways, holds, strict=True):
        places.answer(by=officer.context, person_id=way.person_id, hold_id=hold, accepts=True, at=way.at)
        places.decide(by=officer.context, hold_id=hold, granted=True, number="AF-7", decided_date=way.today, at=way.at)
    occasions.plan_weekly(
        by=offered.coordinator.context,
        occasion_id=occasion,
        weekdays=(1,),
        starts=time(9),
        ends=time(12),
        at=ways[0].at,
    )
    session = Session.objects.order_by("starts_at")[0]
    now = timezone.now()
    address = reverse("offer:roll", args=[session.id])
    together = reverse("offer:roll_together", args=[session.id])
    signed_in.sign_in(client, provider)

    def begins(in_minutes: int) -> None:
        starts = now + timedelta(minutes=in_minutes)
        Session.objects.filter(id=session.id).update(starts_at=starts, ends_at=starts + timedelta(hours=3))

    def noted() -> list[str]:
        return [
            one.presence
            for hold in holds
            for one in made.asked(provider, place_lists.roll, session.id)
            if one.hold_id == hold
        ]

    def sent(seen: dict[int, str], said: dict[int, str]) -> str:
        fields: dict[str, Any] = {"hold": [str(hold) for hold in holds]}
        for place, hold in enumerate(holds):
            fields |= {f"sedd-{hold}": seen.get(place, ""), f"svar-{hold}": said.get(place, "")}
        _post(client, together, provider.membership_id, **fields)
        return client.get(address).content.decode()

    begins(30)
    assert "När träffen har börjat kan du notera alla andra" in client.get(address).content.decode()
    assert client.get(together).status_code == 303, "there is nothing to send yet"
    assert "Träffen har inte börjat" in sent({}, dict.fromkeys(range(3), "present"))
    assert noted() == ["", "", ""]

    Session.objects.filter(id=session.id).update(starts_at=now - timedelta(days=1), ends_at=now + timedelta(hours=1))
    assert f'href="{together}"' in client.get(reverse("offer:sessions")).content.decode(), "afterwards, for all at once"
    begins(-10)
    assert f'href="{address}"' in client.get(reverse("offer:sessions")).content.decode()
    page = client.get(address).content.decode()
    assert "Alla (3) är här" in page
    assert together in page
    assert 'value="rest"' not in page, "no single press notes everybody"
    page = client.get(together).content.decode()
    assert "3 personer noteras som här" in page
    assert "Inget är sparat än." in page
    assert page.count('value="present" selected') == 3
    assert noted() == ["", "", ""], "looking at the list notes nothing"

    _post(client, address, provider.membership_id, hold=str(holds[1]), presence="absent")
    assert "Alla andra (2) är här" in client.get(address).content.decode()
    page = sent({}, {0: "present", 1: "present"})
    assert "1 person är noterad." in page
    assert "1 person hade redan fått ett annat svar av någon annan. Det står kvar." in page
    assert noted() == ["present", "absent", ""], (
        "what was noted while the list lay open stays; who is noted later has nothing"
    )
    page = client.get(together).content.decode()
    assert "1 person noteras som här" in page
    assert "noterad förut" in page
    assert "1 person är noterad." in sent({0: "present", 1: "absent"}, {0: "present", 1: "absent", 2: "late"})

    page = client.get(address).content.decode()
    assert "Rätta flera på en gång" in page
    assert "Ändra det som blev fel" in client.get(together).content.decode()
    page = sent({0: "present", 1: "absent", 2: "late"}, {0: "absent_told", 1: "present", 2: "late"})
    assert "2 svar är rättade." in page
    assert noted() == ["absent_told", "present", "late"]
    assert "Inget ändrades." in sent(
        {0: "absent_told", 1: "present", 2: "late"}, {0: "absent_told", 1: "present", 2: "late"}
    )
    assert client.post(together, {"membership": str(provider.membership_id), "hold": "inget"}).status_code == 404
