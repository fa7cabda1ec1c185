"""The pages about steering: each as its reader, each refusal, and what was typed stays."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import handbooks, promises
from samkraft.initiatives.models import (
    AgendaPoint,
    Board,
    HandbookVersion,
    Meeting,
    PlanPoint,
    Resolution,
    Risk,
    StaffPlace,
    StaffPromise,
)
from samkraft.initiatives.rules.handbooks import Section
from samkraft.initiatives.rules.meetings import About
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.factories import partners, signed_in, steering
from tests.factories.partners import Member
from tests.factories.steering import Steered
from tests.once import Once

pytestmark = pytest.mark.django_db
BASE, BOOK = "/laget/insats/", "/metodstod/insats/"


@pytest.fixture(scope="module")
def steered(once: Once[Steered]) -> Steered:
    return once(steering.steered)


def _told(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode().replace("\u00a0", " ")


def _as(client: Client, steered: Steered) -> str:
    """Sign in as whoever leads; the membership that forms carry."""
    by = steered.by
    signed_in.sign_in(client, Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by))
    return str(by.membership_id)


def _sent(client: Client, path: str, membership: str, **data: object) -> HttpResponse:
    return client.post(path, {"membership": membership, **data})


def test_a_steering_group_reads_everything_and_changes_nothing(client: Client, steered: Steered) -> None:
    steering.risk(steered, "För få anvisas")
    meeting = steered.meeting(called=timezone.now(), held=timezone.now() + timedelta(days=9))
    steered.point(meeting, "Fler platser")
    signed_in.sign_in(client, steered.chair)
    for path, words in (
        (f"{BASE}styrning/", "Fler platser"), (f"{BASE}moten/", "Styrgruppen"), (f"{BASE}moten/{meeting}/", "Dagordning"),
        (f"{BASE}risker/", "Riskmatris"), (f"{BASE}risker/1/", "Så har den bedömts"), (f"{BASE}aktivitetsplan/", "Ingen plan än"),
        (f"{BASE}bemanning/", "Ingen personal är lovad"), (BOOK, "Inget metodstöd än"), ("/metodstod/", "Metodstöd"),
        (BASE, "Att besluta och följa upp"),
    ):  # fmt: skip
        assert words in _told(client, path), path
    for path in (f"{BASE}risker/ny/", f"{BASE}moten/nytt/", f"{BOOK}ny/"):
        assert client.get(path).status_code == 403
    refused = _sent(
        client, f"{BASE}moten/{meeting}/punkt/", str(steered.chair.membership_id), title="Nytt", about="other"
    )
    assert refused.status_code == 403
    assert AgendaPoint.objects.count() == 1
    assert _told(client, f"{BASE}risker/9/", 404)


def test_the_team_reads_the_handbook_that_holds_and_nothing_else_of_the_steering(
    client: Client, steered: Steered
) -> None:
    by, key = steered.by, steered.initiative_id
    first = handbooks.begin(
        by=by, at=steering.CALLED, initiative_id=key, number="1.0", sections=[Section("Planen", "Inom 60 dagar.")]
    )
    meeting = steered.meeting()
    steered.decide(steered.point(meeting, about=About.HANDBOOK, about_id=str(first)))
    steered.adjust(meeting)
    handbooks.begin(by=by, initiative_id=key, number="2.0", sections=[Section("Planen", "Inom 45 dagar.")])
    signed_in.as_role(client, Role.INSURANCE_OFFICER)
    assert "Inom 60 dagar" in _told(client, BOOK)
    assert client.get("/metodstod/").headers["Location"] == BOOK
    assert _told(client, f"{BOOK}version/2.0/", 404), "a draft is for those who steer"
    assert client.get(f"{BASE}risker/").status_code == 403
    signed_in.sign_in(client, steered.chair)
    compared = _told(client, f"{BOOK}version/2.0/mot/1.0/")
    assert "<del>Inom 60 dagar.</del>" in compared
    assert "<ins>Inom 45 dagar.</ins>" in compared


def test_who_leads_takes_a_question_from_open_to_decided(client: Client, steered: Steered) -> None:
    me = _as(client, steered)
    today = day_in_stockholm(timezone.now())
    risk = {"text": "För få anvisas", "probability": 4, "consequence": 5, "measure": "Ring varje vecka", "owner": me}
    wrong = _sent(client, f"{BASE}risker/ny/", me, **risk, review_date="i går")
    assert wrong.status_code == 422
    assert "Ring varje vecka" in wrong.content.decode()
    assert _sent(client, f"{BASE}risker/ny/", me, **risk, review_date=str(today + timedelta(days=3))).status_code == 303
    assert "Gå igenom risken: För få anvisas" in _told(client, "/inkorg/")
    del risk["text"]
    again = {**risk, "probability": 2, "note": "Fler kommer", "seen": 1, "review_date": str(today + timedelta(days=90))}
    assert _sent(client, f"{BASE}risker/1/", me, **again).status_code == 303
    late = _sent(client, f"{BASE}risker/1/", me, **again)
    assert late.status_code == 422
    assert "efter att du öppnade sidan" in late.content.decode()
    assert (
        _sent(client, f"{BASE}risker/1/", me, **{**again, "seen": 2, "consequence": 5, "probability": 5}).status_code
        == 303
    )

    board = str(Board.objects.get().id)
    call = {"board": board, "day": str(today + timedelta(days=2)), "starts": "13.00", "place": "Rådhuset"}
    assert _sent(client, f"{BASE}moten/nytt/", me, **{**call, "day": "2020-01-01"}).status_code == 422
    assert _sent(client, f"{BASE}moten/nytt/", me, **call).status_code == 303
    meeting = Meeting.objects.get()
    page = f"{BASE}moten/{meeting.id}/"
    matter = f"risk:{Risk.objects.get().id}"
    assert matter in _told(client, page)
    assert _sent(client, f"{page}punkt/", me, amne=matter).status_code == 303
    assert matter not in _told(client, page), "what stands on the agenda is no longer open"
    _sent(client, f"{page}punkt/", me, amne=matter)
    own = {"title": "Fler platser", "about": "other", "change": "places", "places": "180"}
    assert _sent(client, f"{page}punkt/", me, **own).status_code == 422
    own |= {"team": str(steered.led.team_id), "from_date": str(today)}
    assert _sent(client, f"{page}punkt/", me, **own).status_code == 303
    assert [one.title for one in AgendaPoint.objects.order_by("number")] == ["Risk 1: För få anvisas", "Fler platser"]
    assert (
        _sent(client, f"{page}flytta/", me, day=str(today + timedelta(days=4)), starts="9", reason="").status_code
        == 422
    )
    moved = {"day": str(today + timedelta(days=4)), "starts": "9", "reason": "Krock"}
    assert _sent(client, f"{page}flytta/", me, **moved).status_code == 303
    assert "Mötet flyttades" in _told(client, page)
    assert _sent(client, f"{page}stall-in/", me, reason="Sjuka").status_code == 303
    assert "inställt" in _told(client, page)
    assert client.get(f"{BASE}moten/{UUID(int=1)}/").status_code == 404


def test_a_decision_is_written_adjusted_and_carried_out(client: Client, steered: Steered) -> None:
    meeting = steered.meeting()
    point = AgendaPoint.objects.get(id=steered.point(meeting, "Fler platser", about=About.CAPACITY))
    page = f"{BASE}moten/{meeting}/"
    me = _as(client, steered)
    form = {"outcome": "decided", "text": "Ja", "change": "places", "team": str(steered.led.team_id), "places": "170",
            "from_date": "2026-04-01"}  # fmt: skip
    half = _sent(client, f"{page}punkt/{point.id}/", me, **form, task_1="Ordna rum")
    assert half.status_code == 422
    assert "Ordna rum" in half.content.decode()
    told = {"task_1": "Ordna rum", "owner_1": str(steered.by.organisation_id), "due_1": "2026-05-01"}
    assert _sent(client, f"{page}punkt/{point.id}/", me, **form, **told).status_code == 303
    decision = f"{BASE}beslut/{Resolution.objects.get().id}/"
    assert "gäller när protokollet är justerat" in _told(client, decision)
    assert "Ordna rum" in _told(client, decision)
    _sent(client, f"{decision}genomfor/", me)
    assert "är inte justerat än" in _told(client, decision)
    assert _sent(client, f"{page}protokoll/", me, text="Alla var med.").status_code == 303
    signed_in.sign_in(client, steered.chair)
    chair = str(steered.chair.membership_id)
    assert "Justera protokollet från Styrgruppen" in _told(client, "/inkorg/")
    assert "Justera protokollet" in _told(client, page)
    _sent(client, f"{page}lamna-tillbaka/", chair, reason="")
    assert "Skälet saknas" in _told(client, page)
    _sent(client, f"{page}justera/", chair)
    assert "justerat av" in _told(client, page)
    assert client.post(f"{decision}genomfor/", {"membership": chair}).status_code == 403
    _as(client, steered)
    assert "ska genomföras" in _told(client, f"{BASE}styrning/")
    _sent(client, f"{decision}genomfor/", me)
    assert "gick från 150 till 170 platser" in _told(client, decision)


def test_the_plan_the_handbook_and_the_staff_are_written_on_their_pages(client: Client, steered: Steered) -> None:
    me = _as(client, steered)
    assert _sent(client, f"{BASE}aktivitetsplan/lagg-upp/", me).status_code == 303
    assert PlanPoint.objects.count() == 14
    said = {"state": "ready", "owner": me, "answer": "Så här", "evidence": "", "seen": 0}
    wrong = _sent(client, f"{BASE}aktivitetsplan/12/", me, **said)
    assert wrong.status_code == 422
    assert "Så här" in wrong.content.decode()
    assert _sent(client, f"{BASE}aktivitetsplan/12/", me, **{**said, "evidence": "Bilaga"}).status_code == 303
    assert "1 av 14 punkter är klara" in _told(client, f"{BASE}aktivitetsplan/")
    for path, form in (("skicka/", {"on_date": "2026-03-01"}), ("svar/", {"on_date": "2026-03-01", "approved": "yes"})):
        assert client.get(f"{BASE}aktivitetsplan/{path}").status_code == 200
        assert _sent(client, f"{BASE}aktivitetsplan/{path}", me, **form).status_code == 422

    assert client.get(f"{BOOK}ny/").status_code == 200
    text = "## Planen\nInom 60 dagar."
    assert _sent(client, f"{BOOK}ny/", me, number="1.0", text="bara text").status_code == 422
    assert _sent(client, f"{BOOK}ny/", me, number="1.0", text=text).status_code == 303
    write = f"{BOOK}version/1.0/skriv/"
    assert _sent(client, write, me, text=text.replace("60", "45"), seen=1).status_code == 303
    late = _sent(client, write, me, text=text.replace("60", "30"), seen=1)
    assert late.status_code == 422
    assert "Inom 30 dagar" in late.content.decode(), "what was typed stays"
    assert "Inom 45 dagar" in late.content.decode(), "and what somebody else has saved is shown"
    assert HandbookVersion.objects.get().texts.count() == 2

    promises.promise_staff(
        by=steered.by, initiative_id=steered.initiative_id, employer_id=partners.organisation("asn"),
        role=Role.SOCIAL_SECRETARY, title="Socialsekreterare", heads=2, months=80,
    )  # fmt: skip
    secretary = partners.member(Role.SOCIAL_SECRETARY)
    post = f"{BASE}bemanning/{StaffPromise.objects.get().id}/"
    fill = {"who": str(secretary.membership_id), "percent": 50, "line_manager": "", "assignment_lead": me,
            "start_date": "2024-01-01"}  # fmt: skip
    assert _sent(client, post, me, **fill).status_code == 422
    assert _sent(client, post, me, **{**fill, "line_manager": "Roger Ahl"}).status_code == 303
    assert "Roger Ahl" in _told(client, post)
    assert "1,5" in _told(client, f"{BASE}bemanning/")
    place = f"{BASE}bemanning/plats/{StaffPlace.objects.get().id}/"
    assert client.get(place).status_code == 200
    assert _sent(client, place, me, last_day="2023-01-01").status_code == 422
    assert _sent(client, place, me, last_day=str(date(2024, 12, 31))).status_code == 303
