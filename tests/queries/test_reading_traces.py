"""What was read is written down outside any other transaction: in one statement, in the reader's own name."""

import json

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from samkraft.audit.actions import reads, transactions
from samkraft.audit.actions.reads import Read
from samkraft.audit.models import Event
from samkraft.partners.rules.roles import Role
from tests.factories import partners

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_trace_is_one_statement_and_says_who_and_what() -> None:
    by = partners.member(Role.EMPLOYMENT_OFFICER).context
    seen: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own shape
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        reads.record(by=by, reads=[Read("x.read", "x", "1", content={"å": 1}), Read("x.read", "x", "2")])
    assert len(seen) == 1
    with transactions.read(by):
        one, other = Event.objects.filter(action="x.read").order_by("subject_id")
    assert (one.actor_id, one.area_id, one.membership_id) == (by.actor_id, by.area_id, by.membership_id)
    assert one.role == by.role
    assert json.loads(one.content) == {"å": 1}
    assert one.transaction > 0
    assert one.id != other.id


def test_the_context_is_gone_afterwards() -> None:
    by = partners.member(Role.EMPLOYMENT_OFFICER).context
    reads.record(by=by, reads=[Read("x.read", "x", "1")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('samkraft.actor', true)")
        assert not cursor.fetchone()[0]


def test_nobody_leaves_a_trace_in_somebody_elses_name() -> None:
    by = partners.member(Role.EMPLOYMENT_OFFICER).context
    other = partners.member(Role.SOCIAL_SECRETARY).context
    row = {"id": "00000000-0000-4000-8000-000000000001", "at": "2026-01-01T00:00:00Z", "actor_id": str(other.actor_id)}
    with pytest.raises(ProgrammingError, match="row-level security"):
        transactions.insert_alone(by, "audit_event", [row])


def test_it_is_not_made_inside_another_transaction() -> None:
    by = partners.member(Role.EMPLOYMENT_OFFICER).context
    with transaction.atomic(), pytest.raises(RuntimeError):
        transactions.insert_alone(by, "audit_event", [])


def test_a_page_that_reads_is_read_only_in_the_database_itself() -> None:
    by = partners.member(Role.EMPLOYMENT_OFFICER).context
    with transactions.read(by), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone()[0] == "on"
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone()[0] == "off"
