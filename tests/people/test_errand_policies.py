"""Each wall around what is asked for beside the pages, raw: read, asked and thrown away by whoever asked, and by nobody else."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.operations.clock import CLOCK
from samkraft.partners.models import Errand, ErrandEvent, ErrandFile
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import partners
from tests.people import world

pytestmark = pytest.mark.django_db

TABLES = ("partners_errand", "partners_errandevent", "partners_errandfile")


def _asked(by: Context, *, days_ago: float = 0, lasts: timedelta = timedelta(days=1), file: bool = True) -> UUID:
    """An errand with an event and a file."""
    at, own = timezone.now() - timedelta(days=days_ago), {"area_id": by.area_id, "membership_id": by.membership_id}
    with transactions.write(by):
        made = Errand.objects.create(kind="x", arguments={}, language="sv", asked_at=at, asked_by="N", **own)
        ErrandEvent.objects.create(errand=made, number=1, state="running", happened_at=at, **own)
        if file:
            until = timezone.now() + lasts
            ErrandFile.objects.create(errand=made, name="a", content_type="b", content=b"c", expires_at=until, **own)
    return made.id


def _seen(by: Context | None) -> set[str]:
    return {table for table in TABLES if world.count(by, table)}


def _thrown_away(by: Context) -> dict[str, int]:
    found = {}
    with transactions.write(by), connection.cursor() as cursor:
        for table in reversed(TABLES):
            cursor.execute(f"DELETE FROM {table}")
            found[table] = cursor.rowcount
    return found


def test_whoever_asked_reads_it_and_throws_away_the_file_alone() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by)
    assert _seen(by) == set(TABLES)
    assert _seen(None) == set()
    assert _thrown_away(by) == {"partners_errandfile": 1, "partners_errandevent": 0, "partners_errand": 0}


def test_nobody_else_does_with_one_thing_right_or_another() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by)
    others = (
        partners.member(Role.FUND_OFFICER, name="En Kollega").context,
        replace(by, membership_id=partners.member(Role.FUND_OFFICER, name="En Till").membership_id),
        replace(by, area_id=partners.member(Role.EMPLOYMENT_OFFICER).area_id),
        replace(by, actor_id=uuid4()),
        replace(by, role=Role.COUNCILLOR.value),
    )
    for other in others:
        assert _seen(other) == set()
        assert set(_thrown_away(other).values()) == {0}


@pytest.mark.parametrize("wrong", ["area_id", "membership_id"])
def test_nobody_asks_in_anothers_name(wrong: str) -> None:
    by, other = partners.member(Role.FUND_OFFICER).context, partners.member(Role.EMPLOYMENT_OFFICER).context
    errand = _asked(by, file=False)
    own = {"area_id": by.area_id, "membership_id": by.membership_id, wrong: getattr(other, wrong)}
    now = timezone.now()
    rows = (
        lambda: Errand.objects.create(kind="x", arguments={}, language="sv", asked_at=now, asked_by="N", **own),
        lambda: ErrandEvent.objects.create(errand_id=errand, number=2, state="done", happened_at=now, **own),
        lambda: ErrandFile.objects.create(
            errand_id=errand, name="a", content_type="b", content=b"c", expires_at=now, **own
        ),
    )
    for insert in rows:
        with pytest.raises(ProgrammingError, match="row-level security"), transactions.write(by):
            insert()


def test_who_has_left_asks_for_nothing_and_adds_nothing() -> None:
    """One's own errand in a membership that does not hold: wrong role, account or day alike."""
    by = partners.member(Role.FUND_OFFICER).context
    errand, gone, now = _asked(by), replace(by, role=Role.COUNCILLOR.value), timezone.now()
    own = {"area_id": by.area_id, "membership_id": by.membership_id}
    for insert in (
        lambda: Errand.objects.create(kind="x", arguments={}, language="sv", asked_at=now, asked_by="N", **own),
        lambda: ErrandEvent.objects.create(errand_id=errand, number=2, state="done", happened_at=now, **own),
        lambda: ErrandFile.objects.create(
            errand_id=errand, name="a", content_type="b", content=b"", expires_at=now, **own
        ),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"), transactions.write(gone):
            insert()


def test_nothing_is_added_to_what_another_asked_for() -> None:
    by, other = partners.member(Role.FUND_OFFICER).context, partners.member(Role.EMPLOYMENT_OFFICER).context
    errand, own = _asked(by, file=False), {"area_id": other.area_id, "membership_id": other.membership_id}
    now = timezone.now()
    with pytest.raises(ProgrammingError, match="row-level security"), transactions.write(other):
        ErrandEvent.objects.create(errand_id=errand, number=2, state="done", happened_at=now, **own)
    with pytest.raises(ProgrammingError, match="row-level security"), transactions.write(other):
        ErrandFile.objects.create(errand_id=errand, name="a", content_type="b", content=b"", expires_at=now, **own)


def test_a_file_that_has_expired_is_read_by_nobody_but_found_by_the_clock() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by, lasts=timedelta(seconds=-1))
    assert _seen(by) == {"partners_errand", "partners_errandevent"}
    assert _seen(CLOCK) == {"partners_errandfile"}
    colleague = partners.member(Role.FUND_OFFICER, name="En Kollega").context
    assert set(_thrown_away(colleague).values()) == {0}, "nor thrown away by anybody else"
    assert _thrown_away(CLOCK) == {"partners_errandfile": 1, "partners_errandevent": 0, "partners_errand": 0}


def test_the_clock_finds_and_takes_what_is_old_and_nothing_that_is_not() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by, days_ago=29.9)
    assert _seen(CLOCK) == set()
    assert set(_thrown_away(CLOCK).values()) == {0}
    _asked(by, days_ago=30.1)
    assert _seen(CLOCK) == set(TABLES)
    assert _thrown_away(by) == {"partners_errandfile": 2, "partners_errandevent": 0, "partners_errand": 0}
    _asked(by, days_ago=30.1)
    assert _seen(replace(CLOCK, role=Role.SYSTEM_ADMINISTRATOR.value)) == set()
    assert _thrown_away(CLOCK) == {"partners_errandfile": 1, "partners_errandevent": 2, "partners_errand": 2}


def test_what_was_asked_for_is_changed_by_nobody() -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by, days_ago=31, lasts=timedelta(seconds=-1))
    for who in (by, CLOCK):
        for table in TABLES:
            with transactions.write(who), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET id = id")
                assert cursor.rowcount == 0


@pytest.mark.parametrize(
    ("promise", "table", "changed"),
    [
        ("partners_errandevent_in_order", "partners_errandevent", {}),
        ("partners_errandevent_known_state", "partners_errandevent", {"number": 2, "state": "okänt"}),
        ("partners_errandevent_within", "partners_errandevent", {"number": 2, "done": 3, "total": 2}),
        ("partners_errandfile_one_each", "partners_errandfile", {}),
    ],
)
def test_what_breaks_a_promise_is_refused(promise: str, table: str, changed: dict[str, object]) -> None:
    by = partners.member(Role.FUND_OFFICER).context
    _asked(by)
    values = json.dumps({**changed, "id": str(uuid4())})
    with pytest.raises(IntegrityError, match=promise), transactions.write(by), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} SELECT (jsonb_populate_record(r, %s::jsonb)).* FROM {table} r", [values])
