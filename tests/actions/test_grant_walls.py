"""A draft is its organisation's own: asked for in raw SQL, as the serving role and in somebody else's context."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import applications, assessments, attachments, grant_reports, opinions
from samkraft.money.models import GrantReport
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import grants as made
from tests.factories import partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
TABLES = ("money_grantapplication", "money_grantattachment", "money_grantreportcontent")


@contextmanager
def _as(by: Context) -> Iterator[Any]:
    """A cursor in somebody's context."""
    with transactions.read(by), connection.cursor() as cursor:
        yield cursor


@contextmanager
def _writing(by: Context) -> Iterator[Any]:
    """The same, where raw SQL may write: the settings of the context and nothing more."""
    settings = {
        "actor": by.actor_id, "membership": by.membership_id, "organisation": by.organisation_id, "area": by.area_id,
        "role": by.role, "purpose": by.purpose,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"samkraft.{name}", str(value)])
        yield cursor


def _number(by: Context, table: str, where: str = "true") -> int:
    with _as(by) as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(cursor.fetchone()[0])


@pytest.fixture(scope="module")
def kept(once: Once[made.Round]) -> made.Round:
    return once(made.begun)


@pytest.fixture
def round(kept: made.Round) -> made.Round:
    return deepcopy(kept)


def _city(round: made.Round) -> list[Context]:
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    return [
        round.officer,
        round.second,
        round.assessor,
        controller,
        partners.by(Role.COUNCILLOR),
        partners.administrator(),
    ]


def _everything(round: made.Round) -> tuple[Any, Any]:
    """A draft with a file, and a report begun with a file."""
    draft = round.draft()
    attachments.attach(by=round.writer, name="plan.txt", content=b"Vart pengarna ska", application_id=draft)
    round.granted()
    report = GrantReport.objects.get().id
    grant_reports.save(by=round.writer, report_id=report, content={"done": "Hemligt"}, version=0)
    attachments.attach(by=round.writer, name="rapport.txt", content=b"Vart de gick", report_id=report)
    return draft, report


def test_nobody_in_the_city_reads_counts_or_searches_a_draft(round: made.Round) -> None:
    draft, report = _everything(round)
    for by in _city(round):
        for table, where in (
            ("money_grantapplication", f"id = '{draft}'"),
            ("money_grantapplication", "sent_at IS NULL"),
            ("money_grantapplication", "content::text ~ 'Kurser' AND sent_at IS NULL"),
            ("money_grantattachment", "true"),
            ("money_grantreportcontent", "true"),
        ):
            assert _number(by, table, where) == 0, (by.role, table, where)
    assert _number(round.writer, "money_grantapplication", f"id = '{draft}'") == 1
    assert _number(round.writer, "money_grantreportcontent", f"report_id = '{report}'") == 1
    assert _number(round.signer, "money_grantattachment") == 2


def test_another_organisation_reads_neither_draft_nor_what_is_sent(round: made.Round) -> None:
    _everything(round)
    stranger = partners.by(Role.GRANTEE_SIGNATORY, "summer")
    assert [_number(stranger, table) for table in TABLES] == [0, 0, 0]


def test_without_a_live_membership_there_is_nothing(round: made.Round) -> None:
    _everything(round)
    for claimed in (
        replace(round.writer, membership_id=uuid4()),
        replace(round.writer, actor_id=round.officer.actor_id),
        replace(round.officer, organisation_id=round.redi, role="grantee_signatory"),
        replace(round.assessor, role="fund_officer"),
    ):
        assert [_number(claimed, table) for table in TABLES] == [0, 0, 0]
    with connection.cursor() as cursor:  # no context at all
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0


def test_the_walls_hold_for_the_owner_of_the_tables_too(round: made.Round) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
            [list(TABLES)],
        )
        assert {row[0] for row in cursor.fetchall()} == set(TABLES)


def test_what_is_sent_is_read_by_those_whose_work_it_is(round: made.Round) -> None:
    application = round.sent()
    asked = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    where = f"id = '{application}'"
    assert _number(round.officer, "money_grantapplication", where) == 1
    assert _number(round.assessor, "money_grantapplication", where) == 0
    assert _number(asked, "money_grantapplication", where) == 0
    assessments.appoint(by=round.officer, application_id=application, membership_id=round.assessor.membership_id)
    opinions.ask(
        by=round.officer,
        application_id=application,
        organisation_id=asked.organisation_id,
        due_date=timezone.localdate(),
    )
    assert _number(round.assessor, "money_grantapplication", where) == 1
    assert _number(asked, "money_grantapplication", where) == 1
    assessments.recuse(
        by=round.assessor, application_id=application, membership_id=round.assessor.membership_id, reason="Vän"
    )
    assert _number(round.assessor, "money_grantapplication", where) == 0


def test_the_city_can_neither_open_change_nor_send_a_draft(round: made.Round) -> None:
    draft, report = _everything(round)
    statements = (
        f"UPDATE money_grantapplication SET sent_at = now(), sent_by = 'x', digest = 'x' WHERE id = '{draft}'",
        f"UPDATE money_grantreportcontent SET is_sent = true WHERE report_id = '{report}'",
        "DELETE FROM money_grantattachment",
    )
    for statement in statements:
        with _writing(round.officer) as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0, statement
    with _writing(round.officer) as cursor:
        cursor.execute(f"UPDATE money_grantreport SET sent_at = now(), sent_by = 'x' WHERE id = '{report}'")
    assert _number(round.officer, "money_grantreportcontent") == 0  # said to be sent, which its writer has not said


def test_an_organisation_begins_only_in_its_own_name_and_unsent(round: made.Round) -> None:
    statement = (
        "INSERT INTO money_grantapplication (id, organisation_id, call_id, content, version, begun_at, begun_by, changed_at,"
        " changed_by, sent_at, sent_by, digest) VALUES (gen_random_uuid(), %s, %s, '{}', 1, now(), '', now(), '', %s, '', '')"
    )
    tries = ((round.city.orgs["summer"], None), (round.redi, "2024-02-01"))
    for organisation, sent in tries:
        with (
            pytest.raises((ProgrammingError, IntegrityError)),
            _writing(round.writer) as cursor,
        ):
            cursor.execute(statement, [organisation, round.call_id, sent])


def test_what_is_sent_does_not_change_whoever_asks(round: made.Round, owner: Any) -> None:
    application = round.sent()
    for by in (round.signer, round.officer):
        with _writing(by) as cursor:
            cursor.execute("UPDATE money_grantapplication SET content = '{}' WHERE id = %s", [application])
            assert cursor.rowcount == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'is_registered'")
        assert cursor.fetchone()
    with transactions.read(round.officer):
        number = applications.GrantApplication.objects.get(id=application)
    assert (number.number_year, number.number) == (2024, 1)


def test_numbers_of_received_applications_have_no_gaps(round: made.Round) -> None:
    first, second = round.sent(), round.sent()
    with transactions.read(round.officer):
        rows = dict(applications.GrantApplication.objects.values_list("id", "number"))
    assert (rows[first], rows[second]) == (1, 2)


def test_what_is_sent_is_registered_and_no_number_is_used_twice(round: made.Round, owner: Any) -> None:
    round.sent()
    second = round.draft()
    for change in ("sent_at = now()", "sent_at = now(), sent_by = 'x', digest = ''", "number = 1"):
        statement = f"UPDATE money_grantapplication SET {change} WHERE id = '{second}'"
        if change.startswith("number"):
            with _writing(round.signer) as cursor:
                cursor.execute(statement)  # the database hands out the numbers, whatever is asked for
            assert _number(round.signer, "money_grantapplication", "number IS NOT NULL") == 1
            continue
        with pytest.raises(IntegrityError, match="sent_is_registered"), _writing(round.signer) as cursor:
            cursor.execute(statement)
    copied = (
        "INSERT INTO money_grantapplication SELECT (jsonb_populate_record(a, '{}')).* FROM money_grantapplication a"
    )
    with owner.transaction(force_rollback=True):
        owner.execute(f"{copied} WHERE false")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'money_grantapplication_number_once'"
        )
        assert cursor.fetchone()[0] == "UNIQUE (number_year, number)"


def test_a_file_belongs_to_one_thing(round: made.Round) -> None:
    statement = (
        "INSERT INTO money_grantattachment (id, name, media_type, size, sha256, content, added_at, added_by)"
        " VALUES (gen_random_uuid(), 'a', '', 1, '', '', now(), '')"
    )
    with pytest.raises((ProgrammingError, IntegrityError)), _writing(round.writer) as cursor:
        cursor.execute(statement)
