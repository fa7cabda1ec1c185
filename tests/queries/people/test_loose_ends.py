"""What is left to tie up: for whoever can do it, until somebody has."""

from datetime import date, timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions import exits, own_system_notes
from samkraft.people.queries import loose_ends
from samkraft.people.queries.loose_ends import Kind
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def way() -> Way:
    return joint_work.known_to_two()


def left(way: Way, by: Member, on: date | None = None) -> list[Kind]:
    day = on or way.today
    with transactions.read(by.context):
        found = loose_ends.listed(by.context, today=day)
    assert all(one.name == "Amira Haddad-Lund" for one in found)
    return [one.kind for one in found]


def test_a_promise_is_left_from_its_day_for_all_areas_until_one_has_looked(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    start = way.today + timedelta(days=30)
    said = {"outcome": "work", "left_on": way.today.isoformat(), "promised_start": start.isoformat()}
    assert left(way, social, start) == []
    exits.leave(by=social.context, person_id=way.person_id, left=said, at=way.at)
    assert left(way, social, start - timedelta(days=1)) == []
    assert left(way, social, start) == left(way, officer, start) == [Kind.PROMISE]
    assert left(way, way.setting.outsider, start) == []
    way.after(40)
    exits.look_at_promise(by=officer.context, person_id=way.person_id, kept=True, at=way.at)
    assert left(way, social) == left(way, officer) == []


def test_a_note_is_left_to_who_wrote_it_until_it_is_entered(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    note = own_system_notes.write(by=officer.context, person_id=way.person_id, text="Möte", at=way.at)
    assert (left(way, officer), left(way, social)) == ([Kind.OWN_SYSTEM_NOTE], [])
    own_system_notes.tick(by=officer.context, person_id=way.person_id, lineage=note, at=way.at)
    assert left(way, officer) == []
