"""What stands in the way of a study, and what the database keeps: nothing is changed, nothing comes too early or twice."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import releases, studies
from samkraft.knowledge.models import StudyEvent
from samkraft.knowledge.queries import studies as asked
from samkraft.knowledge.rules.studies import registrations, stages
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists as calling
from samkraft.values.identity_number import IdentityNumber
from tests.factories import partners
from tests.factories import studies as factory
from tests.factories.refusals import refused
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[factory.Studied]) -> factory.Studied:
    return once(factory.registered)


@pytest.fixture
def study(kept: factory.Studied) -> factory.Studied:
    return deepcopy(kept)


def _insert(study: factory.Studied, kind: Kind, version: int = 1) -> str:
    """What the database says of an event that the actions would never write."""
    with transactions.write(study.evaluator.context):
        place = StudyEvent.objects.filter(study_id=study.study_id).count() + 1
        try:
            with transaction.atomic():
                StudyEvent.objects.create(
                    study_id=study.study_id, place=place, version=version, kind=kind.value, content={}, digest="x",
                    happened_at=study.at, happened_by="x",
                )  # fmt: skip
        except DatabaseError as error:
            return str(error.__cause__.diag.message_primary)  # type: ignore[union-attr]  # the driver's own
    return ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ethics_reference", ""),
        ("ethics_reference", "för kort"),
        ("legal_basis", " "),
        ("impact_assessment", ""),
        ("question", "Hjälper det?"),
        ("outcome", "lycka"),
        ("places", "61"),
        ("places", "115"),
        ("horizon_days", "1"),
        ("effect_points", "80"),
        ("people", "många"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_by_field_and_nothing_is_registered(field: str, value: str) -> None:
    promised, faults = registrations.read(factory.PROMISE | {field: value})
    assert promised is None
    assert field in faults


def test_a_draft_is_kept_with_its_faults_and_registered_when_they_are_gone(study: factory.Studied) -> None:
    by, initiative_id = study.evaluator.context, study.made.initiative_id
    draft = studies.keep_draft(by=by, initiative_id=initiative_id, fields={"title": "Nästa"})
    with refused("study_incomplete"):
        studies.register(by=by, draft_id=draft)
    kept = studies.keep_draft(by=by, initiative_id=initiative_id, fields=factory.PROMISE, draft_id=draft)
    assert kept == draft
    another = partners.member(Role.EVALUATOR).context
    with refused("no_such_study"):
        studies.register(by=another, draft_id=draft)
    studies.register(by=by, draft_id=draft)
    with transactions.read(by):
        assert [row.number for row in asked.listed(initiative_id)] == [2, 1]
        assert asked.drafts(initiative_id, by.membership_id) == []


@pytest.mark.parametrize("role", [Role.MAIN_PROJECT_LEADER, Role.STEERING_GROUP, Role.EMPLOYMENT_OFFICER])
def test_only_an_evaluator_takes_a_study_forward(role: Role, study: factory.Studied) -> None:
    by = partners.member(role).context
    for step in (studies.publish_list, studies.freeze, studies.estimate, studies.publish):
        with refused("not_allowed"):
            step(by=by, study_id=study.study_id)


def test_steps_come_in_order(study: factory.Studied) -> None:
    by = study.evaluator.context
    for step in (studies.freeze, studies.estimate, studies.publish):
        with refused("study_not_yet"):
            step(by=by, at=study.at, study_id=study.study_id)
    with refused("study_not_yet"):
        study.draw()
    assert _insert(study, Kind.FROZEN) == "study_not_yet"
    assert _insert(study, Kind.REGISTERED) == "study_somebody_else"


def test_a_draw_from_a_list_that_changed_is_refused_with_the_way_out_and_the_way_out_works(
    study: factory.Studied,
) -> None:
    study.lay_in()
    studies.publish_list(by=study.evaluator.context, at=study.at, study_id=study.study_id)
    assert study.list_id is not None
    officer = study.made.officer.context
    assert calling.take_off(by=officer, list_id=study.list_id, number=IdentityNumber(study.numbers[5]))
    with refused("study_list_changed"):
        study.draw()
    study.again()
    study.lay_in()
    studies.publish_list(by=study.evaluator.context, at=study.at, study_id=study.study_id)
    assert study.draw() == 60
    assert study.row.held.version == 2


def test_there_is_no_second_draw_and_no_seed_from_before_the_list(study: factory.Studied) -> None:
    study.reach(Kind.LIST_PUBLISHED)
    by = study.evaluator.context
    with refused("seed_too_early"):
        studies.draw(by=by, at=study.at, study_id=study.study_id, seed="7", seed_at=study.moment - timedelta(days=9))
    with refused("study_seed_in_the_future"):
        studies.draw(by=by, at=study.at, study_id=study.study_id, seed="7", seed_at=study.moment + timedelta(days=9))
    study.draw()
    with refused("study_done_already"):
        study.draw("another seed")


def test_after_freezing_nothing_that_was_promised_changes_and_the_way_on_is_another_study(
    study: factory.Studied,
) -> None:
    study.reach(Kind.FROZEN)
    with refused("study_frozen"):
        study.again()
    with refused("study_frozen"):
        study.draw()
    assert _insert(study, Kind.REGISTERED, 2) == "study_frozen"
    assert _insert(study, Kind.DRAWN) == "study_frozen"
    with transactions.write(study.evaluator.context), pytest.raises(DatabaseError, match="permission denied"):
        StudyEvent.objects.filter(study_id=study.study_id).update(content={})


def test_a_draft_from_before_freezing_is_stopped_by_the_database(study: factory.Studied) -> None:
    study.reach(Kind.DRAWN)
    by = study.evaluator.context
    draft = studies.keep_draft(
        by=by, at=study.at, initiative_id=study.made.initiative_id, fields=factory.PROMISE, study_id=study.study_id
    )  # fmt: skip
    studies.freeze(by=by, at=study.at, study_id=study.study_id)
    with refused("study_frozen"):
        studies.register(by=by, at=study.at, draft_id=draft)


def test_without_ethics_or_right_there_is_no_list_no_lot_and_no_join(study: factory.Studied) -> None:
    draft_content = dict(study.row.registration.as_json()) | {"ethics_reference": ""}
    with transactions.write(study.evaluator.context):
        StudyEvent.objects.create(
            study_id=study.study_id, place=2, version=2, kind="registered", content=draft_content, digest="x",
            happened_at=study.at, happened_by="x",
        )  # fmt: skip
    study.lay_in()
    with refused("study_without_right"):
        studies.publish_list(by=study.evaluator.context, at=study.at, study_id=study.study_id)
    with refused("study_without_right"):
        releases.hand_out_rows(
            by=study.evaluator.context, initiative_id=study.made.initiative_id, study_id=study.study_id
        )


def test_a_study_without_outcomes_is_not_estimated(study: factory.Studied) -> None:
    study.reach(Kind.FROZEN)
    study.moment += timedelta(days=200)
    with refused("study_no_outcomes"):
        studies.estimate(by=study.evaluator.context, at=study.at, study_id=study.study_id)


def test_what_was_found_is_the_evaluators_until_it_is_published(study: factory.Studied) -> None:
    study.reach(Kind.ESTIMATED)
    for role in (Role.STEERING_GROUP, Role.MAIN_PROJECT_LEADER, Role.EMPLOYMENT_OFFICER):
        with transactions.read(partners.member(role).context):
            kinds = {one.kind for one in asked.events(study.study_id)}
        assert Kind.ESTIMATED not in kinds
        assert Kind.FROZEN in kinds
    with refused("study_estimated"):
        studies.estimate(by=study.evaluator.context, at=study.at, study_id=study.study_id)


def test_a_trail_that_somebody_has_written_over_is_seen(study: factory.Studied) -> None:
    events = study.reach(Kind.FROZEN).row.held.events
    assert stages.first_broken(events) is None
    forged = stages.Event(2, 1, Kind.LIST_PUBLISHED, {"list": {}}, events[1].digest, events[1].at, events[1].by)
    assert stages.first_broken([events[0], forged, *events[2:]]) == 2


def test_a_minus_before_nought_which_the_database_forgets_breaks_no_trail(study: factory.Studied) -> None:
    study.reach(Kind.ESTIMATED)
    content, before = {"difference": -0.0, "list": [-0.0, 1]}, study.row.held.events[-1].digest
    with transactions.write(study.evaluator.context):
        StudyEvent.objects.create(
            study_id=study.study_id, place=6, version=1, kind="published", content=content, happened_by="x",
            happened_at=study.at, digest=stages.digest(before, Kind.PUBLISHED, 1, content),
        )  # fmt: skip
    assert stages.first_broken(study.row.held.events) is None
