"""Behind the program's back: what the owner of the database does to the trail is found, or told."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from samkraft.audit.actions import seals, trail, transactions
from samkraft.audit.queries import proof
from samkraft.audit.rules.proof import Fault, Proof
from samkraft.values.context import Context
from tests import database
from tests.factories import owner, partners

pytestmark = pytest.mark.django_db(transaction=True)

AWKWARD = 'citat " snedstreck \\ ny\nrad \t flik \x01 åäö 😀 \u2028'


@pytest.fixture
def trail_of_three(transactional_db: None) -> list[str]:
    """Two sealed batches or more, with awkward text in them."""
    by = partners.administrator()
    made = []
    for number in range(3):
        made.append(_record(by, f"{AWKWARD} {number}"))
        if number != 1:
            _seal()
    return made


@pytest.fixture
def owner_of(transactional_db: None) -> Iterator["psycopg.Connection[Any]"]:
    with database.as_owner(connection.settings_dict["NAME"]) as opened:
        yield opened


def _seal() -> int:
    """Other databases of the same server delay a seal while they have a transaction open: ask again for a while."""
    for _attempt in range(600):  # two minutes
        number = seals.seal()
        if number is not None and not _check().unsealed:
            return number
        time.sleep(0.2)
    raise AssertionError("nothing was sealed in two minutes: is a transaction open somewhere on the server?")


def _record(by: Context, name: str) -> str:
    with transactions.write(by):
        trail.record(
            by=by, action="test.done", subject_kind="test.thing", subject_id=name, subject_name=name, note=name
        )
    with database.as_owner(connection.settings_dict["NAME"]) as opened:
        row = opened.execute("SELECT id::text FROM audit_event ORDER BY recorded_at DESC LIMIT 1").fetchone()
    assert row is not None
    return str(row[0])


def _check(**more: Any) -> Proof:
    """As the command does: on a connection of the owner's, through Django's own."""
    with owner.acting():
        return proof.check(**more)


def _faults(found: Proof) -> set[Fault]:
    return {one.fault for one in found.findings}


def test_an_untouched_trail_holds(trail_of_three: list[str]) -> None:
    found = _check()
    assert found.holds
    assert found.seals >= 2
    assert found.unsealed == 0
    assert found.events >= 3


def test_what_is_not_sealed_yet_waits_and_is_no_fault(trail_of_three: list[str]) -> None:
    _record(partners.administrator(), "later")
    found = _check()
    assert found.holds
    assert found.unsealed == 1


@pytest.mark.parametrize("column", ["content", "actor_name", "subject_name", "action", "purpose", "role", "salt"])
def test_a_changed_text_is_found(trail_of_three: list[str], owner_of: Any, column: str) -> None:
    owner_of.execute(f"UPDATE audit_event SET {column} = {column} || 'x' WHERE id = %s", [trail_of_three[0]])
    found = _check()
    assert [(one.fault, one.subject) for one in found.findings] == [(Fault.CHANGED, trail_of_three[0])]


@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_a_time_moved_by_a_millionth_of_a_second_is_found(
    trail_of_three: list[str], owner_of: Any, column: str
) -> None:
    owner_of.execute(
        f"UPDATE audit_event SET {column} = {column} + interval '1 microsecond' WHERE id = %s", [trail_of_three[0]]
    )
    assert _faults(_check()) == {Fault.CHANGED}


def test_a_removed_row_is_found(trail_of_three: list[str], owner_of: Any) -> None:
    owner_of.execute("DELETE FROM audit_event WHERE id = %s", [trail_of_three[1]])
    found = _check()
    assert [(one.fault, one.subject) for one in found.findings] == [(Fault.REMOVED, trail_of_three[1])]


def test_a_row_removed_with_its_digest_breaks_the_seal(trail_of_three: list[str], owner_of: Any) -> None:
    owner_of.execute("DELETE FROM audit_event WHERE id = %s", [trail_of_three[1]])
    owner_of.execute("DELETE FROM audit_sealeddigest WHERE event_id = %s", [trail_of_three[1]])
    assert _faults(_check()) == {Fault.COUNT_WRONG, Fault.SEAL_BROKEN}


def test_a_changed_row_with_a_digest_to_fit_breaks_the_seal(trail_of_three: list[str], owner_of: Any) -> None:
    owner_of.execute("UPDATE audit_event SET content = '{}' WHERE id = %s", [trail_of_three[0]])
    owner_of.execute(
        "UPDATE audit_sealeddigest d SET digest = audit_digest(e) FROM audit_event e WHERE e.id = d.event_id AND e.id = %s",
        [trail_of_three[0]],
    )
    assert _faults(_check()) == {Fault.SEAL_BROKEN}


def _insert_behind(owner_of: Any) -> None:
    """A forged row with the marks of an old transaction: the stamp is switched off, as only an owner can."""
    owner_of.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    owner_of.execute(
        "INSERT INTO audit_event SELECT gen_random_uuid(), at, recorded_at, transaction, actor_id, 'Någon annan',"
        " membership_id, role, area_id, purpose, action, subject_kind, subject_id, subject_name, salt, content"
        " FROM audit_event WHERE subject_kind = 'test.thing' ORDER BY recorded_at LIMIT 1"
    )
    owner_of.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_a_row_put_in_behind_a_seal_is_found(trail_of_three: list[str], owner_of: Any) -> None:
    _insert_behind(owner_of)
    assert _faults(_check()) == {Fault.INSERTED}


def test_a_row_put_in_with_a_digest_of_its_own_breaks_the_seal(trail_of_three: list[str], owner_of: Any) -> None:
    _insert_behind(owner_of)
    owner_of.execute(
        "INSERT INTO audit_sealeddigest (event_id, seal_id, digest) SELECT e.id, 1, audit_digest(e) FROM audit_event e"
        " WHERE e.actor_name = 'Någon annan'"
    )
    assert _faults(_check()) == {Fault.COUNT_WRONG, Fault.SEAL_BROKEN}


@pytest.mark.parametrize(
    "change",
    [
        "chain = repeat('0', 64)",
        "sealed_at = sealed_at + interval '1 second'",
        "horizon = horizon + 1",
    ],
)
def test_an_edited_seal_is_found(trail_of_three: list[str], owner_of: Any, change: str) -> None:
    owner_of.execute(f"UPDATE audit_seal SET {change} WHERE number = 1")
    assert Fault.SEAL_BROKEN in _faults(_check())


def test_a_seal_with_another_count_is_found(trail_of_three: list[str], owner_of: Any) -> None:
    owner_of.execute("UPDATE audit_seal SET count = count + 1 WHERE number = 2")
    assert {Fault.COUNT_WRONG, Fault.SEAL_BROKEN} <= _faults(_check())


def test_a_missing_seal_is_found(trail_of_three: list[str], owner_of: Any) -> None:
    owner_of.execute("DELETE FROM audit_sealeddigest WHERE seal_id = 1")
    owner_of.execute("DELETE FROM audit_seal WHERE number = 1")
    assert {Fault.SEAL_MISSING, Fault.SEAL_BROKEN, Fault.INSERTED} <= _faults(_check())


def test_a_chain_cut_off_at_its_end_is_found_by_what_was_noted_elsewhere(
    trail_of_three: list[str], owner_of: Any
) -> None:
    before = _check()
    noted = (before.seals, before.last_chain)
    assert _check(noted=noted).holds
    last = [before.seals]
    owner_of.execute(
        "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_sealeddigest WHERE seal_id = %s)", last
    )
    owner_of.execute("DELETE FROM audit_sealeddigest WHERE seal_id = %s", last)
    owner_of.execute("DELETE FROM audit_seal WHERE number = %s", last)
    assert _check().holds  # the chain alone cannot know that there was more
    assert _faults(_check(noted=noted)) == {Fault.NOTED_SEAL_GONE}


def _thin(owner_of: Any, before: datetime) -> int:
    row = owner_of.execute("SELECT audit_thin(%s, 'ASN 2026-01-15 § 12', 'Arkivarien')", [before]).fetchone()
    return int(row[0])


def test_thinned_content_is_gone_and_the_chain_still_holds(trail_of_three: list[str], owner_of: Any) -> None:
    before = _check()
    assert _thin(owner_of, datetime.now(UTC) + timedelta(hours=1)) == before.events
    found = _check()
    assert found.holds
    assert found.events == 0
    assert [(one.decision, one.thinned_by, one.count) for one in found.thinned] == [
        ("ASN 2026-01-15 § 12", "Arkivarien", before.events)
    ]


def test_what_is_not_sealed_is_never_thinned(trail_of_three: list[str], owner_of: Any) -> None:
    _record(partners.administrator(), "unsealed")
    _thin(owner_of, datetime.now(UTC) + timedelta(hours=1))
    assert _check().unsealed == 1


def test_a_row_hidden_as_thinned_makes_the_protocol_wrong(trail_of_three: list[str], owner_of: Any) -> None:
    _thin(owner_of, datetime(2020, 1, 1, tzinfo=UTC))  # a real protocol, of nothing
    owner_of.execute("DELETE FROM audit_event WHERE id = %s", [trail_of_three[0]])
    owner_of.execute(
        "UPDATE audit_sealeddigest SET thinning_id = (SELECT id FROM audit_thinning) WHERE event_id = %s",
        [trail_of_three[0]],
    )
    assert _faults(_check()) == {Fault.PROTOCOL_WRONG}


def test_a_row_said_to_be_thinned_but_still_there_is_found(trail_of_three: list[str], owner_of: Any) -> None:
    _thin(owner_of, datetime(2020, 1, 1, tzinfo=UTC))
    owner_of.execute("UPDATE audit_thinning SET count = 1")
    owner_of.execute(
        "UPDATE audit_sealeddigest SET thinning_id = (SELECT id FROM audit_thinning) WHERE event_id = %s",
        [trail_of_three[0]],
    )
    assert _faults(_check()) == {Fault.THINNED_BUT_THERE}


@pytest.mark.parametrize(("decision", "name"), [("", "Arkivarien"), ("§ 12", "")])
def test_thinning_without_a_decision_or_a_name_is_refused(owner_of: Any, decision: str, name: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException):
        owner_of.execute("SELECT audit_thin(now(), %s, %s)", [decision, name])


def test_rows_of_an_open_transaction_wait_for_the_next_seal(trail_of_three: list[str]) -> None:
    """Another session has written and not committed: nothing newer than it is sealed, and nothing is lost later."""
    other: Callable[..., Any] = psycopg.connect
    with other(database.url_of("DATABASE_OWNER_URL", connection.settings_dict["NAME"])) as slow:
        slow.execute(
            "INSERT INTO audit_event SELECT gen_random_uuid(), at, recorded_at, transaction, actor_id, 'Långsam',"
            " membership_id, role, area_id, purpose, action, subject_kind, subject_id, subject_name, salt, content"
            " FROM audit_event LIMIT 1"
        )
        _record(partners.administrator(), "while the other is open")
        assert seals.seal() is None
        slow.commit()
    assert _seal() >= 3
    found = _check()
    assert found.holds
    assert found.unsealed == 0


def test_each_kind_of_fault_has_words() -> None:
    from samkraft.audit.rules.proof import LABELS

    assert set(LABELS) == set(Fault)
