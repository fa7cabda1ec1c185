"""Sessions that are changed are told to those who come, through their own area; why somebody was away is said afterwards."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.models import Session
from samkraft.partners.actions import stand_ins
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance, cases
from samkraft.people.actions.places import place_sessions, places
from samkraft.people.queries import attendance as months
from samkraft.people.queries import inboxes
from samkraft.people.queries.places import person_places
from samkraft.people.rules.inboxes import What
from tests.factories import joint_work, partners, signed_in
from tests.factories.partners import Member
from tests.factories.refusals import refused
from tests.people.test_place_walls import Given

pytestmark = pytest.mark.django_db


@pytest.fixture
def given() -> Given:
    found = Given()
    found.take()
    return found


def waits(member: Member) -> list[What]:
    with transactions.read(member.context):
        found = inboxes.waiting(member.context, timezone.localdate(), timezone.now())
    return [one.what for one in found if one.what.startswith("session")]


def place(given: Given, member: Member | None = None) -> person_places.PlaceRow:
    by = (member or given.officer).context
    with transactions.read(by):
        (row,) = person_places.of_person(by, given.way.person_id, at=given.way.moment)
    return row


def test_a_session_added_moved_or_cancelled_waits_for_the_lead_until_the_person_knows(given: Given) -> None:
    coordinator, officer = given.offered.coordinator.context, given.officer
    first = given.session()
    assert waits(officer) == [], "what is laid in every week is told with the place"
    day = timezone.localdate(first.starts_at)
    wednesday: dict[str, Any] = {"day": day + timedelta(days=1), "starts": time(13), "ends": time(15)}
    made, told = place_sessions.add(by=coordinator, occasion_id=given.occasion, at=given.way.at, **wednesday)
    assert told == 1
    assert waits(officer) == [What.SESSION_ADDED]
    with refused("session_twice"):
        place_sessions.add(by=coordinator, occasion_id=given.occasion, at=given.way.at, **wednesday)
    assert place_sessions.move(
        by=coordinator, session_id=made, day=day + timedelta(days=2), starts=time(13), ends=time(15), at=given.way.at
    ) == 1  # fmt: skip
    assert waits(officer) == [What.SESSION_MOVED], "only the newest of each session"
    with refused("place_no_reason"):
        place_sessions.cancel(by=coordinator, session_id=made, reason="Sjuk", at=given.way.at)
    assert place_sessions.cancel(by=coordinator, session_id=made, reason="Lokalen är stängd", at=given.way.at) == 1
    (change,) = place(given).changes
    assert (change.kind, change.reason, change.is_known) == ("session_cancelled", "Lokalen är stängd", False)
    with refused("session_is_cancelled"):
        place_sessions.cancel(by=coordinator, session_id=made, reason="Lokalen är stängd", at=given.way.at)

    known: dict[str, Any] = {
        "by": officer.context, "person_id": given.way.person_id, "hold_id": given.hold.id, "session_id": made,
    }  # fmt: skip
    place_sessions.note_known(at=given.way.at, **known)
    place_sessions.note_known(at=given.way.at, **known)
    assert waits(officer) == []
    assert place(given).changes[0].is_known
    with refused("not_there"):
        place_sessions.note_known(at=given.way.at, **{**known, "session_id": first.id})
    assert place_sessions.restore(by=coordinator, session_id=made, at=given.way.at) == 1
    assert waits(officer) == [What.SESSION_ADDED]
    with refused("session_not_cancelled"):
        place_sessions.restore(by=coordinator, session_id=made, at=given.way.at)
    with transactions.read(coordinator):
        events = given.way.held(given.offered.coordinator)
    assert events == [], "who coordinates learns how many, never who"


def test_only_those_of_the_own_area_on_the_case_are_told_and_a_stand_in_for_who_leads(given: Given) -> None:
    officer, made = given.officer, given.offered.setting
    colleague = joint_work.colleague(made, officer)
    joint_work.assign(given.way, officer, colleague)
    joint_work.join(given.way, officer, made.labour)
    session = given.session()
    place_sessions.cancel(
        by=given.offered.coordinator.context, session_id=session.id, reason="Lokalen är stängd", at=given.way.at
    )
    assert (waits(officer), waits(colleague), waits(made.labour)) == ([What.SESSION_CANCELLED], [], [])
    stand_ins.appoint(
        by=officer.context, stand_in_id=colleague.membership_id, start_date=timezone.localdate(),
        last_date=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    assert waits(colleague) == [What.SESSION_CANCELLED]


def test_another_coordinator_changes_nothing_and_a_session_that_has_begun_or_is_noted_stays(given: Given) -> None:
    session, coordinator = given.session(), given.offered.coordinator.context
    other = partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats")
    with refused("not_coordinator"):
        place_sessions.cancel(by=other.context, session_id=session.id, reason="Lokalen är stängd", at=given.way.at)
    with refused("not_allowed"):
        place_sessions.cancel(by=given.offered.provider.context, session_id=session.id, reason="Lokalen är stängd")
    given.way.moment = session.starts_at - timedelta(minutes=30)
    noted: dict[str, Any] = {"by": given.offered.provider.context, "hold_id": given.hold.id, "session_id": session.id}
    attendance.note(presence="absent", at=given.way.at, **noted)
    with refused("session_noted"):
        place_sessions.cancel(by=coordinator, session_id=session.id, reason="Lokalen är stängd", at=given.way.at)
    given.way.moment = session.ends_at
    with refused("session_held"):
        place_sessions.cancel(by=coordinator, session_id=session.id, reason="Lokalen är stängd", at=given.way.at)
    assert Session.objects.get(id=session.id).cancelled_at is None


def test_an_absence_is_explained_afterwards_and_illness_only_by_and_for_those_who_meet_health(given: Given) -> None:
    officer, provider = given.officer, given.offered.provider
    session = given.session()
    given.way.moment = session.ends_at + timedelta(days=2)
    attendance.note(
        by=provider.context, hold_id=given.hold.id, session_id=session.id, presence="absent", at=given.way.at
    )
    (away,) = place(given).noted.absences
    assert (away.presence, away.reason_code) == ("absent", "")

    def explain(member: Member, code: str, session_id: UUID = session.id) -> None:
        places.explain_absence(
            by=member.context, person_id=given.way.person_id, hold_id=given.hold.id, session_id=session_id,
            reason_code=code, at=given.way.at,
        )  # fmt: skip

    counsellor = partners.member(Role.STUDY_COUNSELLOR, "af", name="Kim Kollega")
    cases.assign(by=officer.context, person_id=given.way.person_id, membership_id=counsellor.membership_id)
    with refused("not_for_your_role"):
        explain(counsellor, "ill")
    with refused("place_no_reason"):
        explain(officer, "regn")
    with refused("not_there"):
        explain(officer, "meeting", given.hold.id)
    explain(officer, "ill")
    assert place(given).noted.absences[0].reason_code == "ill"
    assert place(given, counsellor).noted.absences[0].reason_code == "", "as if nobody had said why"
    explain(counsellor, "interview")
    (away,) = place(given).noted.absences
    assert (away.reason_code, away.said_by) == ("interview", "Kim Kollega"), "the newest word counts"
    with transactions.read(officer.context):
        month = months.months(officer.context, month=session.starts_at.date(), now=given.way.moment)
    assert month[given.way.person_id].absent == 1, "explained is still away"
    attendance.note(by=provider.context, hold_id=given.hold.id, session_id=session.id, presence="late", at=given.way.at)
    assert place(given).noted.absences == ()


def test_the_pages_tell_explain_and_say_why_not(client: Client, given: Given) -> None:
    officer, coordinator = given.officer, given.offered.coordinator
    session = given.session()
    spot = reverse("offer:occasion", args=[given.occasion])
    signed_in.sign_in(client, coordinator)
    page = client.get(spot).content.decode()
    assert "1 person har sagt ja till en plats här." in page
    assert "Håll träffen ändå" not in page
    assert 'value="09.00"' in page, "as it can be sent"

    def post(address: str, member: Member, **said: str) -> str:
        return client.post(
            address, {"membership": str(member.membership_id), **said}, follow=True
        ).content.decode()  # fmt: skip

    chosen = {"do": "stall-in-traff", "session": str(session.id), "reason": "Lokalen är stängd"}
    assert "Jag har läst vilka som berörs" in post(spot, coordinator, **chosen)
    with transactions.read(coordinator.context):
        assert Session.objects.get(id=session.id).cancelled_at is None
    page = post(spot, coordinator, sure="on", **chosen)
    assert "1 persons handläggare får det i inkorgen." in page
    assert "Håll träffen ändå" in page
    day: date = timezone.localdate(session.starts_at)
    page = post(spot, coordinator, do="en-till", day=day.isoformat(), starts="9.00", ends="12.00")
    assert "Just då ligger en träff som är inställd." in page

    signed_in.sign_in(client, officer)
    address = reverse("offer:person", args=[given.way.person_id])
    inbox = client.get(reverse("inbox")).content.decode()
    assert "är inställd" in inbox
    assert address in inbox
    page = client.get(address).content.decode()
    assert "Lokalen är stängd" in page
    key = f"sag-till-{place(given).code.lower()}-0"
    assert "Det är antecknat att personen vet." in post(address, officer, do=key)
    assert "Säg till personen" not in client.get(address).content.decode()
    assert 'class="count"' not in client.get(reverse("inbox")).content.decode().split("Inkorg", 1)[1][:200]
