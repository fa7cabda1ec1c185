"""Invented people in the database: written through its own constraints and triggers, once, and seen as real ones are."""

from typing import Any

import pytest
from django.db import connection

from samkraft.audit.actions import transactions
from samkraft.operations.world import arranged, initiatives, participants, partners, teams
from samkraft.operations.world.participants import Size
from samkraft.people.models import Overview
from samkraft.values.refusal import Refused
from tests import database

SIZE = Size(participants=60, seed=5, teams=2, stepwise=0)


def _quiet(_made: int) -> None:
    """Says nothing."""


@pytest.fixture
def city(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demo's bodies, people and teams in this worker's own database."""
    partners.load()
    initiatives.load()
    teams.load()
    name = str(connection.settings_dict["NAME"])
    monkeypatch.setenv("DATABASE_OWNER_URL", database.url_of("DATABASE_OWNER_URL", name))
    return name


def _all(owner: Any, table: str) -> int:
    return int(owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_people_are_written_once_and_seen_by_those_on_their_case_only(city: str) -> None:
    assert not participants.is_loaded()
    rows = participants.fill(SIZE, today=None, progress=_quiet)
    assert rows > 60 * 100
    assert participants.is_loaded()
    with pytest.raises(Refused) as refused:
        participants.fill(SIZE, today=None, progress=_quiet)
    assert refused.value.reason.code == "world_already_filled"
    with database.as_owner(city) as owner:
        assert 50 <= _all(owner, "people_person") <= 62
        assert _all(owner, "people_overview") >= _all(owner, "people_enrolment") > 0
        known = owner.execute("SELECT count(*) FROM people_contribution WHERE kind = 'enrolled'").fetchone()
        assert known[0] == _all(owner, "people_overview"), "one row for each enrolment and area that knows of it"
        copies = "SELECT count(*) FROM people_contribution WHERE copy_of_id IS NOT NULL"
        assert owner.execute(copies).fetchone()[0] == _all(owner, "people_disclosure") > 0
    first, second = (partners.acting_with_people(arranged.MALMOKRAFTEN.teams[number].core[0]) for number in (0, 1))
    seen = []
    for by in (first, second):
        with transactions.read(by):
            seen.append(set(Overview.objects.values_list("person_id", flat=True)))
    assert all(seen)
    assert not seen[0] & seen[1], "nobody is on another team's cases"
    elsewhere = partners.acting_with_people(arranged.MALMOKRAFTEN.teams[5].core[0])
    with transactions.read(elsewhere):
        assert not Overview.objects.exists()


def test_without_teams_there_is_nowhere_to_put_anybody(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    name = str(connection.settings_dict["NAME"])
    monkeypatch.setenv("DATABASE_OWNER_URL", database.url_of("DATABASE_OWNER_URL", name))
    with pytest.raises(Refused) as refused:
        participants.fill(SIZE, today=None, progress=_quiet)
    assert refused.value.reason.code == "world_without_teams"
