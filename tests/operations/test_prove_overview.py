"""`samkraft prove overview`: green on rows that the database has kept, red on each that somebody has touched."""

import argparse
from typing import Any

import pytest
from django.db import connection

from samkraft.operations import proofs
from samkraft.operations.proofs import overview
from tests.factories import owner, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept() -> None:
    """Two who take part, one of them known to two areas; and one who does not."""
    setting = people.joint()
    by = setting.officer.context
    first, second = (people.participant(by, given=given) for given in ("Amira", "Bo"))
    people.participant(by, given="Cecilia")
    for person in (first, second):
        people.enrolled(setting, by, person)
    people.join_team(setting, by, first, setting.social)


def _proved() -> proofs.Outcome:
    with owner.acting():
        return overview.run(argparse.Namespace())


def _tamper(statement: str) -> None:
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount


def test_what_the_database_has_kept_is_what_the_areas_hold(kept: None) -> None:
    found = _proved()
    assert found.holds, found.lines
    assert found.data["rows"] == 3


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE people_overview SET name = 'Någon Annan' WHERE name LIKE 'Bo%'", "different"),
        ("UPDATE people_overview SET phase = 3", "different"),
        ("UPDATE people_overview SET waits_who = 'us', waiting_since = '2026-01-01'", "different"),
        ("DELETE FROM people_overview WHERE name LIKE 'Bo%'", "missing"),
        (
            "INSERT INTO people_overview SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), "
            "'area_id', gen_random_uuid()))).* FROM people_overview o LIMIT 1",
            "one_too_many",
        ),
    ],
)
def test_a_row_that_somebody_has_touched_is_found_and_told_without_names(kept: None, statement: str, what: str) -> None:
    _tamper(statement)
    found = _proved()
    assert not found.holds
    findings: list[dict[str, Any]] = found.data["findings"]
    assert {one["what"] for one in findings} == {what}
    assert "Någon Annan" not in str(found.data) + "".join(found.lines)
