"""Each promise in the tables of studies is tried by a statement that breaks it, as the owner, with the trigger at rest."""

import json
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from samkraft.knowledge.rules.studies.stages import Kind
from tests.factories import studies as factory

NEW = "new"
BREAKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "knowledge_study_number_once": ("knowledge_study", {"id": NEW}, ""),
    "knowledge_studyevent_place_once": ("knowledge_studyevent", {"id": NEW, "version": 9, "kind": "drawn"}, ""),
    "knowledge_studyevent_once_a_registration": ("knowledge_studyevent", {"id": NEW, "place": 99}, "kind = 'drawn'"),
    "knowledge_studyevent_once_for_all": (
        "knowledge_studyevent",
        {"id": NEW, "place": 99, "version": 9},
        "kind = 'frozen'",
    ),
    "knowledge_studyevent_kind_known": ("knowledge_studyevent", {"id": NEW, "place": 99, "kind": "okänd"}, ""),
    "knowledge_study_number_check": ("knowledge_study", {"id": NEW, "number": -1}, ""),
    "knowledge_studyevent_place_check": ("knowledge_studyevent", {"id": NEW, "place": -1, "version": 9}, ""),
    "knowledge_studyevent_version_check": ("knowledge_studyevent", {"id": NEW, "place": 99, "version": -1}, ""),
}


def _break(owner: Any, table: str, changes: dict[str, Any], where: str) -> str:
    fresh = {name: str(uuid4()) if value is NEW else value for name, value in changes.items()}
    condition = f"WHERE {where}" if where else ""
    copied = f"SELECT (jsonb_populate_record(r, %s::jsonb)).* FROM {table} r {condition} LIMIT 1"
    try:
        with owner.transaction(force_rollback=True):
            owner.execute("ALTER TABLE knowledge_studyevent DISABLE TRIGGER USER")
            assert owner.execute(f"INSERT INTO {table} {copied}", [json.dumps(fresh)]).rowcount == 1
    except psycopg.errors.IntegrityError as error:
        return str(error.diag.constraint_name)
    return ""


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_about_studies_is_refused(owner: Any) -> None:
    factory.registered().reach(Kind.FROZEN)
    found = {name: _break(owner, *breaks) for name, breaks in BREAKS.items()}
    assert found == {name: name for name in BREAKS}


@pytest.mark.django_db
def test_every_promise_about_studies_is_tried() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u', 'x') "
            "AND conrelid::regclass::text ~ '^knowledge_study' UNION SELECT c.relname FROM pg_index i "
            "JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique AND NOT i.indisprimary "
            "AND i.indrelid::regclass::text ~ '^knowledge_study'"
        )
        assert {name for (name,) in cursor.fetchall()} == BREAKS.keys()
