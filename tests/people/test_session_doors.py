"""The doors through which a changed session is told: by its coordinator, as it is, and known by those on the case; raw."""

from datetime import timedelta
from uuid import uuid4

import pytest

from samkraft.partners.rules.roles import Role
from samkraft.people.actions import attendance
from samkraft.people.actions.places import place_sessions
from tests.factories import partners
from tests.people.test_doors import _ask
from tests.people.test_place_walls import Given

pytestmark = pytest.mark.django_db
WORDS = "Lokalen är stängd hela dagen"


def test_a_changed_session_is_told_by_its_coordinator_as_it_is_and_with_a_reason() -> None:
    given = Given()
    given.take()
    session, coordinator, officer = given.session(), given.offered.coordinator.context, given.officer.context
    other = partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats").context
    tell = "people_place_tell_session"
    for by in (other, officer):
        assert _ask(by, "people_place_hold_still", given.occasion) == "not_coordinator"
        assert _ask(by, tell, session.id, "session_added", WORDS, None) == "not_coordinator"
    assert _ask(coordinator, "people_place_hold_still", given.occasion) == ""
    for kind in ("session_cancelled", "session_known", "offered"):
        assert _ask(coordinator, tell, session.id, kind, WORDS, None) == "session_cancelled", f"{kind}: it is not so"
    known = ("people_place_session_known", session.id, given.hold.id, None)
    assert _ask(officer, *known) == "not_there", "nothing was told"
    assert _ask(coordinator, tell, session.id, "session_added", "", None) == ""
    assert _ask(given.offered.setting.outsider.context, *known) == "not_found", "not on the case"
    assert _ask(officer, *known) == ""
    place_sessions.cancel(by=coordinator, session_id=session.id, reason=WORDS, at=given.way.at)
    assert _ask(coordinator, tell, session.id, "session_cancelled", " kort ", None) == "place_no_reason"
    assert _ask(coordinator, tell, session.id, "session_added", WORDS, None) == "session_cancelled"


def test_a_session_that_is_noted_is_neither_moved_nor_cancelled() -> None:
    given = Given()
    given.take()
    session, coordinator = given.session(), given.offered.coordinator.context
    given.way.moment = session.starts_at + timedelta(minutes=5)
    attendance.note(
        by=given.offered.provider.context, session_id=session.id, hold_id=given.hold.id, presence="absent", at=given.way.at
    )  # fmt: skip
    tell = "people_place_tell_session"
    assert _ask(coordinator, tell, session.id, "session_moved", WORDS, given.way.at) == "session_noted"
    assert _ask(coordinator, tell, session.id, "session_added", WORDS, given.way.at) == ""
    assert _ask(coordinator, tell, uuid4(), "session_added", WORDS, given.way.at) == "not_coordinator", (
        "no such session"
    )
