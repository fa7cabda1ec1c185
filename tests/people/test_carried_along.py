"""What goes along with a thing that is handed over: nothing that points at, quotes or answers what the receiver has not."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from samkraft.audit.actions import transactions
from samkraft.people.actions import disclosures
from samkraft.people.queries import consents as asked
from samkraft.values.context import Context
from tests.factories import people
from tests.people import world

pytestmark = pytest.mark.django_db


def _three() -> tuple[people.Setting, UUID]:
    """A person on whose case three areas are; the social services have told the labour market part that the person takes part."""
    setting = people.joint()
    social = setting.social.context
    person = people.participant(social)
    people.enrolled(setting, social, person)
    for member in (setting.officer, setting.labour):
        people.join_team(setting, social, person, member)
    return setting, person


def _release(by: Context, person: UUID, item: UUID, to: UUID, category: str) -> str:
    with transactions.read(by):
        scopes = [one.id for one in asked.standing(by, person) if (one.category, one.to_area_id) == (category, to)]
    return world.refusal(
        disclosures.release,
        by=by,
        person_id=person,
        contribution_id=item,
        to_area_id=to,
        scope_id=(scopes or [uuid4()])[0],
    )


def _texts(by: Context, person: UUID) -> str:
    return "\n".join(
        row[0] for row in world.rows(by, "SELECT t::text FROM people_contribution t WHERE person_id = %s", person)
    )


def test_a_filed_plan_with_what_others_gave_is_never_handed_on() -> None:
    """The own file of a plan holds what other areas gave. To hand it on would hand over what is not one's own."""
    setting, person = _three()
    social, labour = setting.social.context, setting.labour
    frozen = {"steps": [{"author_area_id": str(setting.officer.area_id), "content": {"title": "Talgoxens steg"}}]}
    filed = {"number": 1, "frozen": frozen, "digest": "a" * 64}
    version = people.write(social, person, "plan_version", filed, category="health")
    people.consent(social, person, labour.area_id, "health")
    assert _release(social, person, version.id, labour.area_id, "health") == "never_leaves"
    assert "Talgoxens" not in _texts(labour.context, person)


def test_a_meeting_about_a_hidden_step_does_not_point_at_it() -> None:
    setting, person = _three()
    social = setting.social.context
    step: dict[str, object] = {"title": "Läkarbesök", "step_kind": "rehabilitating", "body_area_id": str(social.area_id),
                               "responsible": "Per", "state": "planned"}  # fmt: skip
    hidden = people.write(social, person, "step", step, category="health")
    shown = people.write(social, person, "step", {**step, "title": "Studiebesök"}, category="plan")
    meeting = {"starts_at": "2026-12-01T09:00:00+01:00", "purpose": "before_activity", "state": "booked"}
    for about in (hidden, shown):
        people.write(social, person, "meeting", {**meeting, "about": str(about.lineage)})
    received = world.rows(
        setting.labour.context, "SELECT content ->> 'about' FROM people_contribution WHERE kind = 'meeting'"
    )
    plan_is_given = world.count(setting.labour.context, "people_contribution", "kind = 'step'") > 0
    assert {row[0] for row in received} == ({None, str(shown.lineage)} if plan_is_given else {None})
    assert str(hidden.lineage) not in _texts(setting.labour.context, person)


@pytest.mark.parametrize("kind", ["dissent", "correction"])
def test_what_is_said_about_a_third_areas_words_stays_where_those_are(kind: str) -> None:
    """Standing categories go by themselves: not with an answer to something that the receiver has not been given."""
    setting, person = _three()
    social, officer, labour = setting.social.context, setting.officer.context, setting.labour
    for giver, receiver in ((officer, setting.social), (social, labour)):
        _consent(giver, person, receiver.area_id, "plan")
    said = people.write(officer, person, "need", {"text": "vila", "life_area": "work"})
    assert world.count(social, "people_contribution", "lineage = %s", said.lineage) == 1
    assert world.count(labour.context, "people_contribution", "lineage = %s", said.lineage) == 0
    answer = people.write(social, person, kind, {"about": str(said.lineage), "text": "inte alls"}, category="plan")
    own = people.write(social, person, "need", {"text": "arbete", "life_area": "work"})
    about_own = people.write(social, person, kind, {"about": str(own.lineage), "text": "tvärtom"}, category="plan")
    held = {
        row[0] for row in world.rows(labour.context, "SELECT lineage FROM people_contribution WHERE kind = %s", kind)
    }
    assert held == {about_own.lineage}
    assert _release(social, person, answer.id, labour.area_id, "plan") == "points_at_hidden"
    assert str(said.lineage) not in _texts(labour.context, person)


def _consent(by: Context, person: UUID, to: UUID, *categories: str) -> None:
    """A consent, unless it stands already."""
    with transactions.read(by):
        standing = {one.category for one in asked.standing(by, person) if one.to_area_id == to}
    wanted: list[Any] = [one for one in categories if one not in standing]
    if wanted:
        people.consent(by, person, to, *wanted)
