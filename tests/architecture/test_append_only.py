"""History cannot be rewritten: not by the serving role at all, and the ledger not even by the owner's slip of the hand."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from samkraft.values.writes import Writes
from tests import database

OURS = [model for model in apps.get_models() if model.__module__.startswith("samkraft.")]
HISTORY = sorted(model._meta.db_table for model in OURS if model.writes in (Writes.APPEND, Writes.NOTHING))
KEPT = sorted(model._meta.db_table for model in OURS if model.writes is Writes.CHANGE)
LEDGER = ("money_voucher", "money_transfer")


def _refused(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _a_column(table: str) -> str:
    model = next(model for model in OURS if model._meta.db_table == table)
    return str(model._meta.local_concrete_fields[-1].column)


@pytest.mark.django_db
@pytest.mark.parametrize("table", HISTORY)
def test_the_serving_role_changes_and_removes_no_history(table: str) -> None:
    column = _a_column(table)
    _refused(f'UPDATE {table} SET "{column}" = "{column}"')
    _refused(f"DELETE FROM {table}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_what_may_change_is_still_never_removed(table: str) -> None:
    _refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("statement", ["UPDATE money_voucher SET text = 'annat'", "DELETE FROM money_voucher"])
def test_the_ledger_stops_the_owner_too(owner: Any, statement: str) -> None:
    voucher = (
        "INSERT INTO money_voucher (id, year, number, posted_date, text, reason, digest, registered_at, registered_by) "
        "VALUES (gen_random_uuid(), 2024, 1, '2024-01-01', '', '', '', now(), '')"
    )
    with owner.transaction(force_rollback=True):
        owner.execute(voucher)
        with pytest.raises(database.psycopg.errors.RaiseException, match="Cannot"), owner.transaction():
            owner.execute(statement)


@pytest.mark.django_db
def test_every_table_of_the_ledger_is_protected_by_a_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgname LIKE 'pgtrigger_append_only%' AND tgenabled = 'O'"
        )
        assert {row[0] for row in cursor.fetchall()} >= set(LEDGER)


# Deeds that may not have been done yet, of which both the moment and the name are empty until then.
NOT_YET = (
    "GrantReport.sent",
    "GrantReport.filed",
    "GrantInstalment.decided",
    "GrantInstalment.stopped",
    "GrantInstalment.handed",
    "GrantInstalment.paid",
    "GrantAgreement.city_signed",
    "GrantAgreement.receiver_signed",
    "GrantOpinion.answered",
    "GrantAssessor.recused",
    "GrantRecovery.decided",
    "GrantRecovery.handed",
    "PotDraw.decided",
    "GrantControl.done",
    "GrantApplication.sent",
)
NOBODY_IS_EMPTY = tuple(f"{deed}_{end}" for deed in NOT_YET for end in ("at", "by"))


@pytest.mark.django_db
def test_the_trail_is_walled_for_the_owner_as_well() -> None:
    """Forced: even the owner of the table meets the policies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = 'audit_event'")
        assert cursor.fetchone()[0] is True


def test_who_and_when_come_together() -> None:
    """A moment without a person, or a person without a moment, tells half. Either both or neither can be empty."""
    alone = {
        "Event.recorded_at": "the database's own clock; who is in the row",
        "Seal.sealed_at": "sealed by the machine",
        "ReadingDraft.begun_at": "begun by the membership that it belongs to",
        "Reminder.begun_at": "sent by the machine",
        "Reminder.sent_at": "sent by the machine",
        "StaffLetter.begun_at": "sent by the machine",
        "StaffLetter.sent_at": "sent by the machine",
        "ErrandFile.expires_at": "a time limit",
        "MonthRow.attested_by": "as it stood when the month was closed; when is in the time report",
        "ErrandEvent.happened_at": "done by the machine for the membership that asked",
        "RecruitmentMeeting.starts_at": "when it is held",
        "Meeting.starts_at": "when it is held",
        "MeetingEvent.starts_at": "when it is held instead",
        "RecruitmentMeeting.ends_at": "when it is held",
        "RecruitmentResult.said_by": "staff or the employer; who is noted_by",
        "Invitation.reminded_at": "sent by the machine, as whoever invited",
        "InvitationBooking.reminded_at": "sent by the machine, as whoever invited",
        "FeedToken.made_at": "made by the membership that it belongs to",
        "AreaDecision.decided_by": "a decision has a day, decided_date",
        "Figure.said_by": "what a source says has a day, said_date",
        "ContradictionSide.said_by": "in the source's own words, said_words",
        "PointItem.paid_by": "another point, not a person",
        "Event.at": "who is actor_id and actor_name",
        "Person.created_at": "an id alone; who began the case is in its access",
        "GuardCall.called_at": "who is membership_id",
        "Match.found_at": "found by the database",
        "StudyDraft.written_at": "written by the membership that it belongs to",
        "Snapshot.made_at": "made by the clock",
        "CohortRun.taken_at": "who is actor_id and membership_id",
        "CohortKey.made_at": "made by the database",
        "Match.decided_at": "nobody is the empty text",
        "Match.decided_by": "nobody is the empty text",
        "BreakGlass.reviewed_at": "nobody is the empty text",
        "BreakGlass.reviewed_by": "nobody is the empty text",
        "ConsentScope.withdrawn_at": "nobody is the empty text",
        "ConsentScope.withdrawn_by": "nobody is the empty text",
        "Protection.registered_by": "when is the start of the period",
        "Protection.lifted_by": "when is the end of the period",
        "ProtectionName.named_by": "when is the start of the period",
        "Contribution.occurred_at": "when it happened; who wrote it down is author_name",
        "Contribution.written_at": "who is author_name",
        "Contribution.withheld_by": "when is written_at",
        "Consent.given_at": "who is giver",
        "PlaceHold.offered_at": "the queue itself offers; who opened the occasion is in the trail",
        "PlaceHold.released_at": "who is in the event of the same moment",
        "PlaceEvent.happened_at": "who is said_by",
        "PlaceEvent.said_by": "when is happened_at",
        "PlaceSuggestion.made_at": "counted for a proposal, which says who asked",
        "PlaceSuggestion.filled_at": "counted for a proposal, which says who asked",
        "Session.starts_at": "a time to come, not a deed",
        "Session.ends_at": "a time to come, not a deed",
        "StaffHours.written_at": "who is staff_name",
        "SummerApplicant.applied_at": "the young person, by an own link",
        "SummerPlacement.answered_at": "the young person, by an own link; the clock when it lapsed",
        "SummerPunch.received_at": "the database's own clock; who pressed is pressed_by",
        "SummerStaff.named_by": "when is the start of the period",
        **dict.fromkeys(NOBODY_IS_EMPTY, "nobody is the empty text"),
    }
    found = set()
    for model in OURS:
        fields = {field.name: field for field in model._meta.local_fields}
        for name, field in fields.items():
            base = name.removesuffix("_at").removesuffix("_by") if name.endswith(("_at", "_by")) else None
            twin = {"at": "by", "by": "at"}.get(name) or (base and base + ("_by" if name.endswith("_at") else "_at"))
            if not twin:
                continue
            other = fields.get(twin)
            if other is None or other.null != field.null:
                found.add(f"{model.__name__}.{name}")
    assert found == set(alone)
