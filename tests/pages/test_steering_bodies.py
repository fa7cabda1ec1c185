"""The pages of bodies that steer, who was at their meetings, and everything that waits for them with its age."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samkraft.initiatives.actions import activity_plans, boards, meetings
from samkraft.initiatives.models import AgendaPoint, Board, BoardSeat, Resolution
from samkraft.initiatives.queries import activity_plans as queries
from samkraft.initiatives.rules.activity_plans import PointState
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import About, BoardKind, Outcome
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.factories import partners, signed_in, steering
from tests.factories.partners import Member
from tests.factories.steering import Steered
from tests.once import Once

pytestmark = pytest.mark.django_db
BASE = "/laget/insats/"


@pytest.fixture(scope="module")
def steered(once: Once[Steered]) -> Steered:
    return once(steering.steered)


def _told(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def _as_leader(client: Client, steered: Steered) -> str:
    by = steered.by
    signed_in.sign_in(client, Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by))
    return str(by.membership_id)


def _sent(client: Client, path: str, me: str, **data: object) -> HttpResponse:
    return client.post(path, {"membership": me, **data})


def _days_ago(days: int) -> datetime:
    """At nine, so many days ago by the clock on the wall: at whatever hour the test is run, it is over the same day."""
    return timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _held(steered: Steered, days: int) -> object:
    """A meeting so many days ago."""
    held = _days_ago(days)
    return meetings.call(
        by=steered.by, at=held - timedelta(days=14), board_id=steered.board_id, starts_at=held, place="Rådhuset"
    )


def _minuted(steered: Steered, board_id: UUID, days: int) -> None:
    """A meeting so many days ago, with minutes that nobody has adjusted."""
    held = _days_ago(days)
    made = steered.meeting(called=held - timedelta(days=14), held=held, board_id=board_id)
    meetings.write_minutes(by=steered.by, at=held + timedelta(days=1), meeting_id=made, text="Alla var med.")


def _asked(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        _told(client, BASE + "styrning/")
    return [one["sql"] for one in asked.captured_queries]


def test_the_first_page_asks_for_each_thing_once_however_many_bodies_and_meetings_there_are(
    client: Client, steered: Steered
) -> None:
    me = steered.chair
    for days in (40, 30):
        _minuted(steered, steered.board_id, days)
    signed_in.sign_in(client, me)
    _told(client, BASE + "styrning/")  # what is kept from page to page is kept now
    few = _asked(client)
    for number in range(4):
        made = boards.add(
            by=steered.by, at=_days_ago(90), initiative_id=steered.initiative_id, kind=BoardKind.OPERATIVE,
            name=f"Arbetsgrupp {number}", prefix=f"arb{number}",
        )  # fmt: skip
        boards.give_seat(
            by=steered.by, at=_days_ago(90), board_id=made, membership_id=me.membership_id, start_date=date(2024, 1, 1)
        )
        for days in (20, 10):
            _minuted(steered, made, days + number)
    many = _asked(client)
    assert len(many) == len(few), "\n".join(one[:150] for one in many)
    boards_asked = [one for one in many if 'FROM "initiatives_board" ' in one]
    assert len(boards_asked) == 1
    assert len([one for one in many if 'FROM "initiatives_risk" ' in one]) == 1


def test_who_leads_makes_a_body_gives_places_and_ends_them(client: Client, steered: Steered) -> None:
    me, today = _as_leader(client, steered), day_in_stockholm(timezone.now())
    body = {"name": "Operativ grupp", "kind": "operative", "prefix": "ops"}
    assert _sent(client, f"{BASE}grupper/ny/", me, **body).status_code == 303
    taken = _sent(client, f"{BASE}grupper/ny/", me, **body)
    assert (taken.status_code, "heter så" in taken.content.decode()) == (422, True)
    made = Board.objects.get(name="Operativ grupp")
    path, who = f"{BASE}grupper/{made.id}/", partners.member(Role.STEERING_GROUP, name="Vera Vall")
    place = {"who": who.membership_id, "kind": "chair", "start_date": str(today), "basis": "Missiv"}
    assert _sent(client, path, me, **place).status_code == 303
    refused = _sent(client, path, me, **{**place, "who": steered.chair.membership_id})
    assert refused.status_code == 422
    assert "Vera Vall är redan ordförande" in refused.content.decode()
    assert 'value="Missiv"' in refused.content.decode(), "what was typed stays"
    assert _sent(client, f"{path}beslutsfor/", me, quorum=2).status_code == 422
    assert _sent(client, f"{path}beslutsfor/", me, quorum=1).status_code == 303
    page = _told(client, path)
    assert "minst 1 av 1 ska vara med" in page
    assert "Vera Vall fick en plats som ordförande" in page
    seat = BoardSeat.objects.get(board=made)
    assert _sent(client, f"{BASE}grupper/plats/{seat.id}/", me, last_day=str(today)).status_code == 303
    assert "Vera Vall lämnar platsen" in _told(client, path)
    listed = _told(client, f"{BASE}grupper/")
    assert "Operativ grupp" in listed
    signed_in.sign_in(client, who)
    assert "Ge en plats" not in _told(client, path)
    assert client.get(f"{path}beslutsfor/").status_code == 403


def test_the_minutes_say_who_was_there_and_who_stood_aside(client: Client, steered: Steered) -> None:
    me, meeting = _as_leader(client, steered), _held(steered, 3)
    boards.set_quorum(by=steered.by, at=timezone.now() - timedelta(days=20), board_id=steered.board_id, quorum=2)
    point = steered.point(meeting, "Hyra lokal")
    seats = {one.membership_id: str(one.id) for one in BoardSeat.objects.all()}
    chair, member = seats[steered.chair.membership_id], seats[steered.member.membership_id]
    path = f"{BASE}moten/{meeting}/"
    decide = {"outcome": "decided", "text": "Lokalen hyrs.", "aside": [chair]}
    wrong = _sent(client, f"{path}punkt/{point}/", me, **decide)
    assert (wrong.status_code, "Lokalen hyrs." in wrong.content.decode()) == (422, True)
    assert _sent(client, f"{path}punkt/{point}/", me, **decide, aside_reason="Äger huset").status_code == 303
    minutes = {"text": "Alla var med.", "present": [chair, member]}
    short = _sent(client, f"{path}protokoll/", me, **minutes)
    assert short.status_code == 422
    assert "minst 2 är med" in short.content.decode()
    assert "Alla var med." in short.content.decode()
    page = _told(client, path)
    assert f"{steered.chair.name} hade jäv: Äger huset" in page
    assert "Gruppen beslutar när minst 2 är med" in page


def test_all_that_waits_is_open_with_its_age_until_it_is_taken_up(client: Client, steered: Steered) -> None:
    me = _as_leader(client, steered)
    today = day_in_stockholm(timezone.now())
    first = _held(steered, 60)
    more = Asked(Change.OPEN, today + timedelta(days=30), name="Team 2", places=150)
    late = steered.point(first, "Ett team till", about=About.CAPACITY, asked=more)
    steered.decide(steered.point(first, "Hyra lokal"), Outcome.POSTPONED, at=_days_ago(59))
    steered.decide(late, at=_days_ago(59))
    steered.adjust(first, at=_days_ago(58))
    second = _held(steered, 12)
    steered.decide(steered.point(second, "Läget"), Outcome.NOTED, at=_days_ago(12))
    meetings.write_minutes(by=steered.by, at=_days_ago(11), meeting_id=second, text="Som det var.")
    page = _told(client, f"{BASE}moten/")
    for title, days in (("Inte genomfört: Ett team till", 60), ("Hyra lokal", 60), ("Ojusterat protokoll", 12)):
        assert title in page[page.index("på ingen dagordning") :], title
        assert f"öppet i {days} dagar" in page[page.index(title) :], title
    coming = steered.meeting(called=timezone.now(), held=timezone.now() + timedelta(days=9))
    put_off = AgendaPoint.objects.get(title="Hyra lokal")
    path = f"{BASE}moten/{coming}/"
    assert _sent(client, f"{path}punkt/", me, amne=f"other:{put_off.id}").status_code == 303
    assert AgendaPoint.objects.filter(title="Hyra lokal").count() == 2
    again = _told(client, f"{BASE}moten/")
    assert again.count("Hyra lokal") == page.count("Hyra lokal") - 1
    assert Resolution.objects.count() == 3
    signed_in.sign_in(client, steered.chair)
    inbox = _told(client, "/inkorg/")
    assert "Läs inför mötet: Styrgruppen" in inbox
    assert "Justera protokollet från Styrgruppen" in inbox


def test_who_answers_for_a_point_writes_on_its_page(client: Client, steered: Steered) -> None:
    key, owner = steered.initiative_id, partners.member(Role.PROJECT_ECONOMIST)
    activity_plans.lay_out(by=steered.by, initiative_id=key)
    activity_plans.write(
        by=steered.by, initiative_id=key, number=14, state=PointState.NOT_BEGUN, owner_membership_id=owner.membership_id
    )
    signed_in.sign_in(client, owner)
    assert "Skriv i aktivitetsplanen: Uppdaterad budget" in _told(client, "/inkorg/")
    assert queries.number_owned(owner.membership_id) == len(queries.owned(owner.membership_id)) == 1
    path = f"{BASE}aktivitetsplan/14/"
    written = {"state": "ready", "answer": "Ramen", "evidence": "", "seen": 1}
    wrong = _sent(client, path, str(owner.membership_id), **written)
    assert (wrong.status_code, "Ramen" in wrong.content.decode()) == (422, True)
    assert _sent(client, path, str(owner.membership_id), **{**written, "evidence": "Budgeten"}).status_code == 303
    assert "Skriv i punkten" not in _told(client, f"{BASE}aktivitetsplan/13/")
    assert _sent(client, f"{BASE}aktivitetsplan/13/", str(owner.membership_id), **written).status_code == 422
