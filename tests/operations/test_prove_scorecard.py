"""`samkraft prove scorecard`: green on what the job has kept, red when a row or what was written says otherwise."""

import argparse

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.knowledge.actions import snapshots
from samkraft.operations import proofs
from samkraft.operations.clock import CLOCK
from samkraft.operations.proofs import scorecard
from samkraft.people.actions import exits
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, owner


def _proved() -> proofs.Outcome:
    with owner.acting():
        return scorecard.run(argparse.Namespace())


def _touch(statement: str) -> None:
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount


@pytest.mark.django_db(transaction=True)
def test_the_indicators_are_what_plain_sql_says_and_either_side_can_be_found_wrong() -> None:
    made, today = joint_work.setting(), day_in_stockholm(timezone.now())
    first, _second = (joint_work.begun(made, made.officer) for _ in range(2))
    exits.leave(
        by=made.officer.context, person_id=first.person_id, left={"outcome": "work", "left_on": today.isoformat()}
    )
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today)
    found = _proved()
    assert found.holds, found.lines
    assert found.data["cells"] >= 10
    _touch("UPDATE people_cohortcolumn SET packed = set_byte(packed, 1, 2) WHERE place = 2")
    assert not _proved().holds  # a column says that it is a man, and the row does not
    _touch(
        "UPDATE people_milestone SET packed = set_byte(packed, 5, 2) WHERE packed = (SELECT max(packed) FROM people_milestone)"
    )
    assert not _proved().holds  # the job's row says that it is a man
    _touch("UPDATE people_milestone SET packed = set_byte(packed, 5, 0)")
    assert _proved().holds
    with owner.acting(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_contribution DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE people_contribution SET content = content || '{\"outcome\": \"moved\"}' WHERE kind = 'exit'"
        )
        cursor.execute("ALTER TABLE people_contribution ENABLE TRIGGER USER")
    assert not _proved().holds  # what was written says otherwise
