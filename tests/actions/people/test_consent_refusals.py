"""A consent that has lapsed, is for somebody else or for something else is no basis, and nothing is handed over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.people.actions import assessments, consents, disclosures
from samkraft.people.queries import consents as asked
from samkraft.people.rules.consents import ConsentDraft
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.factories.refusals import refused
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(once: Once[Setting]) -> Setting:
    return once(joint_work.setting)


def draft(to: Member, *categories: str, days: int = 30, **more: Any) -> ConsentDraft:
    last = day_in_stockholm(timezone.now()) + timedelta(days=days)
    return ConsentDraft(
        to_area_id=to.area_id,
        categories=categories,
        purpose="Planera tillsammans",
        last_date=last,
        giver="Amira",
        **more,
    )


def sick(way: Way, by: Member) -> UUID:
    said = {"life_area": "health", "text": "Ont i ryggen", "source": "Samtal"}
    assessments.add_item(by=by.context, person_id=way.person_id, item=said, at=way.at)
    return way.held(by)[-1].id


def scope(way: Way, by: Member, category: str) -> UUID:
    with transactions.read(by.context):
        return asked.standing(by.context, way.person_id, category=category)[0].id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": -1}, "consent_lapsed"),
        ({"days": 2000}, "consent_too_long"),
        ({"purpose": " "}, "consent_without_purpose"),
        ({"giver_ground": "god_man"}, "representative_without_scope"),
    ],
)
def test_a_consent_that_is_none_is_refused_in_words(change: dict[str, Any], code: str, made: Setting) -> None:
    way = joint_work.begun(made, made.social)
    given = draft(made.officer, "enrolment", days=change.pop("days", 30))
    given = ConsentDraft(**{**{name: getattr(given, name) for name in given.__slots__}, **change})
    with refused(code):
        consents.give(by=made.social.context, person_id=way.person_id, draft=given)
    with transactions.read(made.social.context):
        assert asked.of_person(made.social.context, way.person_id) == []


def test_what_never_leaves_and_oneself_are_nothing_to_consent_to(made: Setting) -> None:
    way = joint_work.begun(made, made.social)
    for to, category, code in (
        (made.officer, "own_notes", "consent_for_what_never_leaves"),
        (made.officer, "skostorlek", "consent_unknown_choice"),
        (made.social, "enrolment", "consent_to_itself"),
    ):
        with refused(code):
            consents.give(by=made.social.context, person_id=way.person_id, draft=draft(to, category))


def test_a_consent_for_somebody_else_for_something_else_or_from_another_area_is_no_basis(made: Setting) -> None:
    way, another = joint_work.begun(made, made.social), joint_work.begun(made, made.social)
    item = sick(way, made.social)

    def release(scope_id: UUID | None, by: Member = made.social) -> None:
        disclosures.release(
            by=by.context, person_id=way.person_id, contribution_id=item, to_area_id=made.officer.area_id,
            scope_id=scope_id, understood=True,
        )  # fmt: skip

    consents.give(by=made.social.context, person_id=another.person_id, draft=draft(made.officer, "health"))
    consents.give(by=made.social.context, person_id=way.person_id, draft=draft(made.officer, "enrolment", "contact"))
    for scope_id in (None, scope(another, made.social, "health"), scope(way, made.social, "contact")):
        with refused("no_basis"):
            release(scope_id)
    consents.give(by=made.social.context, person_id=way.person_id, draft=draft(made.officer, "health"))
    right = scope(way, made.social, "health")
    with refused("not_found"):
        release(right, by=made.outsider)
    release(right)
    with refused("already_handed_over"):
        release(right)
    with refused("consent_stands_already"):
        consents.give(by=made.social.context, person_id=way.person_id, draft=draft(made.officer, "health"))


def test_what_is_said_of_several_receivers_in_one_sitting_is_a_consent_and_an_event_for_each(made: Setting) -> None:
    way = joint_work.begun(made, made.social)
    drafts = [draft(made.officer, "enrolment", "contact"), draft(made.care, "enrolment"), draft(made.insurance, "plan")]
    given = consents.give_several(by=made.social.context, person_id=way.person_id, drafts=drafts)
    assert len(set(given)) == 3
    with transactions.read(made.social.context):
        lines = asked.of_person(made.social.context, way.person_id)
    assert {(line.to_area_id, line.category) for line in lines} == {
        (made.officer.area_id, "enrolment"), (made.officer.area_id, "contact"), (made.care.area_id, "enrolment"),
        (made.insurance.area_id, "plan"),
    }  # fmt: skip
    events = [event for event in joint_work.trail(way, made.social) if event.action == "consent.given"]
    assert len(events) == 3


def test_of_several_receivers_all_are_registered_or_none_and_each_that_stands_already_is_named(made: Setting) -> None:
    way = joint_work.begun(made, made.social)
    for member in (made.care, made.insurance):
        consents.give(by=made.social.context, person_id=way.person_id, draft=draft(member, "enrolment"))
    wanted = [
        draft(made.officer, "enrolment"),
        draft(made.care, "enrolment"),
        draft(made.insurance, "enrolment", "plan"),
    ]
    with pytest.raises(Refused) as met:
        consents.give_several(by=made.social.context, person_id=way.person_id, drafts=wanted)
    assert met.value.reason.code == "consent_stands_already_with"
    assert len(str(met.value.details["whom"]).split(", ")) == 2
    with refused("consent_to_the_same_twice"):
        consents.give_several(by=made.social.context, person_id=way.person_id, drafts=[wanted[0], wanted[0]])
    with refused("consent_lapsed"):
        late = draft(made.labour, "enrolment", days=-1)
        consents.give_several(by=made.social.context, person_id=way.person_id, drafts=[wanted[0], late])
    with transactions.read(made.social.context):
        lines = asked.standing(made.social.context, way.person_id)
    assert {line.to_area_id for line in lines} == {made.care.area_id, made.insurance.area_id}, "nothing is half-saved"
