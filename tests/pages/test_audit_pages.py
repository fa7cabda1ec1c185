"""Review of the trail: who sees which events, filters, and that reading is written down before the page leaves."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from samkraft.audit.actions import reads, trail, transactions
from samkraft.audit.queries import events
from samkraft.initiatives.queries import codes
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from tests.factories import initiatives, partners, signed_in

pytestmark = pytest.mark.django_db


def _as_officer(client: Client) -> partners.Member:
    return signed_in.as_role(client, Role.DATA_PROTECTION_OFFICER)


def test_the_officer_sees_what_the_administrator_has_done(client: Client) -> None:
    partners.member(Role.FUND_OFFICER, name="Karin Wahl")
    _as_officer(client)
    page = client.get("/granskning/").content.decode()
    assert "gav en roll" in page
    assert "Karin Wahl" in page
    assert "Ada Ministrator" in page


def test_reading_the_trail_is_itself_written_down(client: Client) -> None:
    officer = _as_officer(client)
    client.get("/granskning/?person=ada")
    with transactions.read(officer.context):
        row = events.listed(action="audit.listed").rows[0]
    assert row.actor_id == officer.user_id
    assert row.purpose == "Granskning"
    assert row.content["person"] == "ada"


def test_a_page_that_cannot_be_written_down_does_not_leave(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _as_officer(client)

    def fail(**_ignored: object) -> None:
        raise OSError("the database has gone")

    monkeypatch.setattr(reads, "record", fail)
    client.raise_request_exception = False
    answer = client.get("/granskning/")
    assert answer.status_code == 500
    assert "gav en roll" not in answer.content.decode()


def test_one_event_shows_what_was_written_down_and_is_noted_as_opened(client: Client) -> None:
    partners.member(Role.FUND_OFFICER, name="Karin Wahl")
    officer = _as_officer(client)
    found = re.search(r'href="(/granskning/[0-9a-f-]{36}/)">gav en roll', client.get("/granskning/").content.decode())
    assert found is not None
    page = client.get(found[1]).content.decode()
    assert "väntar på nästa försegling" in page
    assert "organisation" in page
    with transactions.read(officer.context):
        assert events.listed(action="audit.opened").rows


def test_what_has_no_name_in_the_trail_is_shown_in_words_and_never_a_persons_name(client: Client) -> None:
    officer = _as_officer(client)
    initiative, person = initiatives.led("sommarkraft").initiative_id, uuid4()
    with transactions.write(officer.context):
        for kind, key in (("initiatives.initiative", initiative), ("people.person", person)):
            trail.record(by=officer.context, action="audit.opened", subject_kind=kind, subject_id=key)
        name = codes.names_of_initiatives([initiative])[initiative]
    listing = client.get("/granskning/?action=audit.opened").content.decode().partition("<tbody")[2]
    assert f">{name}</td>" in listing
    assert f">person {str(person)[:8]}</td>" in listing
    assert str(person) not in listing


def test_another_authoritys_events_do_not_exist_for_the_citys_officer(client: Client) -> None:
    from samkraft.partners.actions import memberships, people
    from samkraft.partners.queries import memberships as asked

    body = partners.organisation("fk", OrganisationKind.STATE_AUTHORITY)
    admin = partners.person("Olle Fransson")
    memberships.give(
        by=partners.administrator(),
        user_id=admin,
        organisation_id=body,
        area_id=partners.area(body),
        role=Role.SYSTEM_ADMINISTRATOR.value,
        start_date=partners.START_DATE,
    )
    theirs = asked.of_user(admin)[0].context()
    people.invite(by=theirs, email="hemlig@exempel.invalid", name="Hemlig Person")
    with transactions.read(theirs):
        secret = next(row for row in events.listed().rows if row.subject_name == "Hemlig Person")
    _as_officer(client)
    page = client.get("/granskning/").content.decode()
    assert "Olle Fransson" in page  # the city gave that role
    assert "Hemlig Person" not in page
    assert client.get(f"/granskning/{secret.id}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("action=organisation.added", "lade upp en organisation", "gav en roll</a>"),
        ("subject=karin", "Karin Wahl", "Sara Nylén"),
        ("person=ingen", "Inget stämmer med det du sökte", "Karin Wahl"),
        ("since=2999-01-01", "Inget stämmer", "Karin Wahl"),
        ("until=2001-01-01", "Inget stämmer", "Karin Wahl"),
    ],
)
def test_filters_narrow_the_list(client: Client, query: str, shown: str, hidden: str) -> None:
    partners.member(Role.FUND_OFFICER, name="Karin Wahl")
    partners.member(Role.COMMITTEE_CONTROLLER, name="Sara Nylén")
    _as_officer(client)
    page = client.get(f"/granskning/?{query}").content.decode()
    assert shown in page
    assert hidden not in page.partition("<tbody")[2]


def test_a_date_that_cannot_be_read_is_said_and_narrows_nothing(client: Client) -> None:
    _as_officer(client)
    page = client.get("/granskning/?since=i+fjol").content.decode()
    assert "går inte att läsa som ett datum" in page


def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    for number in range(60):
        partners.person(f"Person Nummer{number}")
    officer = _as_officer(client)
    seen: list[object] = []
    after = ""
    with transactions.read(officer.context):
        while True:
            found = events.listed(after=after)
            seen += [row.id for row in found.rows]
            after = found.after
            if not after:
                break
    assert len(seen) == len(set(seen))
    assert len(seen) > events.PAGE
    page = client.get("/granskning/").content.decode()
    assert "Äldre" in page


def test_seals_and_protocols_are_shown(client: Client) -> None:
    _as_officer(client)
    page = client.get("/granskning/forseglingar/").content.decode()
    assert "Inget är förseglat än" in page
    assert "samkraft prove audit" in page
