"""What is done is dated by the clock; only where the owner says so may it be dated otherwise."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import duties
from samkraft.money.actions import ledger
from samkraft.operations.database import time_travel
from samkraft.operations.health import database as health
from samkraft.values.refusal import Refused
from tests.factories import money, partners

pytestmark = pytest.mark.django_db
THEN = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock_rules(owner: Any) -> Iterator[Any]:
    """As in a city that is in use: nobody may set times. What the test needs is made before."""
    rows = owner.execute("DELETE FROM audit_timetravel RETURNING why, since").fetchall()
    assert rows, "tests may set times"
    yield owner
    with owner.cursor() as cursor:
        cursor.execute("DELETE FROM audit_timetravel")
        cursor.executemany("INSERT INTO audit_timetravel (why, since) VALUES (%s, %s)", rows)


def _note(by: Any, at: datetime | None) -> None:
    with transactions.write(by):
        trail.record(by=by, at=at, action="test.note", subject_kind="money.test", subject_id="1")


@pytest.mark.parametrize("at", [THEN, timezone.now() - timedelta(minutes=5), timezone.now() + timedelta(hours=1)])
def test_another_time_than_now_is_refused_by_the_database(at: datetime, request: pytest.FixtureRequest) -> None:
    by = partners.administrator()
    request.getfixturevalue("clock_rules")
    with pytest.raises(IntegrityError, match="dated by the clock"):
        _note(by, at)
    _note(by, None)
    _note(by, timezone.now())


def test_nothing_of_an_action_stays_when_its_time_is_refused(request: pytest.FixtureRequest) -> None:
    city = money.city()
    city.budget(10_000)
    request.getfixturevalue("clock_rules")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM money_voucher")
        (voucher_id,) = cursor.fetchone()
    with pytest.raises(IntegrityError):
        ledger.reverse(by=city.by, at=THEN, voucher_id=voucher_id, reason="Fel")
    assert city.kronor_at("appropriation") == 10_000
    with pytest.raises(IntegrityError):
        duties.plan_year(by=city.by, at=THEN, year=2024)
    ledger.reverse(by=city.by, voucher_id=voucher_id, reason="Fel")
    assert city.kronor_at("appropriation") == 0


def test_the_serving_role_cannot_give_itself_leave() -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_timetravel (why, since) VALUES ('I want to', now())")


def test_leave_lasts_as_long_as_the_owner_says(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests import database

    by = partners.administrator()
    request.getfixturevalue("clock_rules")
    name = connection.settings_dict["NAME"]
    monkeypatch.setenv("DATABASE_OWNER_URL", database.url_of("DATABASE_OWNER_URL", name))
    with time_travel.allowed("ett prov"):
        _note(by, THEN)
        (finding,) = health.times()
        assert (finding.is_wrong, "ett prov" in finding.said) == (True, True)
    with pytest.raises(IntegrityError):
        _note(by, THEN)
    assert [finding.is_wrong for finding in health.times()] == [False]


def test_without_the_owner_nobody_gives_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(Refused) as refused, time_travel.allowed("ett prov"):
        pass
    assert refused.value.reason.code == "no_owner"
