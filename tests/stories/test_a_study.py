"""A study from registration to publication, by the actions: an evaluator, an officer who calls, a reader who waits."""

import pytest

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.knowledge.actions import studies
from samkraft.knowledge.models import Release
from samkraft.knowledge.queries import studies as asked
from samkraft.knowledge.rules.studies import lots, stages
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists as calling
from samkraft.people.queries import call_lists
from samkraft.people.rules.call_lists import Noted
from tests.factories import partners
from tests.factories import studies as factory
from tests.factories.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_study_from_registration_to_publication() -> None:
    study = factory.registered()
    by, officer = study.evaluator.context, study.made.officer.context
    leader = partners.member(Role.STEERING_GROUP).context

    with refused("call_list_missing"):
        studies.publish_list(by=by, at=study.at, study_id=study.study_id)
    study.lay_in()
    studies.publish_list(by=by, at=study.at, study_id=study.study_id)
    with transactions.read(officer):
        assert call_lists.to_call(study.list_id) == []  # nobody knows yet who will be called
    assert study.draw() == 60
    with transactions.read(officer):
        called = call_lists.to_call(study.list_id)
    assert len(called) == 60

    studies.freeze(by=by, at=study.at, study_id=study.study_id)
    for one in called[:40]:
        calling.note(by=officer, entry_id=one.id, kind=Noted.CAME, at=study.at)
    with refused("study_too_early"):
        studies.estimate(by=by, at=study.at, study_id=study.study_id)
    drawn = {one.name.split()[0].removeprefix("Namn") for one in called}
    reached = {number for place, number in enumerate(study.numbers) if (str(place) in drawn) != (place % 3 == 0)}
    study.follow(reached)
    found = studies.estimate(by=by, at=study.at, study_id=study.study_id)
    assert found["primary"]["low"] > 0
    assert found["came"] == [0, 40]

    with transactions.read(leader):
        seen = asked.listed(study.made.initiative_id)[0].held
    assert seen.last(Kind.ESTIMATED) is None  # what has not passed the door is the evaluator's alone
    assert not seen.is_published
    studies.publish(by=by, at=study.at, study_id=study.study_id)
    with transactions.read(leader):
        seen = asked.listed(study.made.initiative_id)[0].held
    assert seen.is_published

    held = study.row.held
    listed, lot = held.last(Kind.LIST_PUBLISHED), held.last(Kind.DRAWN)
    assert listed is not None
    assert lot is not None
    assert lots.holds(listed.content, lot.content)
    assert stages.first_broken(held.events) is None
    assert [one.kind for one in held.events] == list(Kind)
    assert Release.objects.filter(what="study").count() == 1
    with transactions.read(by):
        trace = set(
            Event.objects.filter(subject_kind="knowledge.study", subject_id=str(study.study_id)).values_list("action", flat=True)
        )  # fmt: skip
    assert trace == {f"study.{kind.value}" for kind in Kind}
