"""What is found in a study: who reads it and who writes, and in which order, asked raw."""

import pytest

from samkraft.knowledge.rules.studies.stages import ORDER, Kind
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import partners
from tests.factories import studies as factory
from tests.people import world

pytestmark = pytest.mark.django_db
WALL = "row-level security"


def _event(by: Context, study: factory.Studied, kind: Kind, version: int = 1) -> str:
    """What refuses an event that no action would write; empty when nothing does."""
    return world.refused(
        by,
        "INSERT INTO knowledge_studyevent (id, study_id, place, version, kind, content, digest, happened_at, happened_by) "
        "VALUES (gen_random_uuid(), %s, %s, %s, %s, '{}', 'x', now(), 'x')",
        study.study_id, 90 + ORDER.index(kind), version, kind.value,
    )  # fmt: skip


def test_what_was_found_is_read_by_evaluators_alone_and_events_are_theirs_to_write() -> None:
    study = factory.registered().reach(Kind.ESTIMATED)
    found = "kind = 'estimated'"
    assert world.count(study.evaluator.context, "knowledge_studyevent", found) == 1
    for by in (study.made.officer.context, study.made.leader.context, partners.by(Role.STEERING_GROUP)):
        assert world.count(by, "knowledge_studyevent", found) == 0
        assert world.count(by, "knowledge_studyevent") == 4, "the rest is for everybody who is signed in"
        assert WALL in _event(by, study, Kind.PUBLISHED)
    assert world.count(None, "knowledge_studyevent", found) == 0
    assert _event(study.evaluator.context, study, Kind.PUBLISHED) == ""


def test_the_order_of_a_study_is_kept_by_the_database() -> None:
    study = factory.registered()
    by = study.evaluator.context
    assert _event(by, study, Kind.DRAWN) == "study_not_yet"
    assert _event(by, study, Kind.ESTIMATED) == "study_not_yet"
    for kind, version in ((Kind.REGISTERED, 1), (Kind.REGISTERED, 3), (Kind.LIST_PUBLISHED, 2)):
        assert _event(by, study, kind, version) == "study_somebody_else"
    assert _event(by, study, Kind.REGISTERED, 2) == ""
    study.reach(Kind.FROZEN)
    for kind, version in ((Kind.REGISTERED, 2), (Kind.LIST_PUBLISHED, 1), (Kind.DRAWN, 1)):
        assert _event(by, study, kind, version) == "study_frozen"
    assert _event(by, study, Kind.ESTIMATED) == ""
