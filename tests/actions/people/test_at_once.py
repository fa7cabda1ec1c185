"""Two officers at the same moment, with connections of their own that really commit."""

import pytest

from samkraft.people.actions import enrolments, plans, referral_deeds
from tests.factories import joint_work
from tests.factories.at_once import together

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def test_of_two_who_name_a_process_lead_at_once_one_does_and_the_other_is_told() -> None:
    way = joint_work.known_to_two()
    made = way.setting
    later = way.after(1)

    def choose(by: joint_work.Member, lead: joint_work.Member) -> object:
        return enrolments.choose_lead(
            by=by.context, person_id=way.person_id, membership_id=lead.membership_id, since=way.today,
            instead_of=made.social.membership_id, at=later,
        )  # fmt: skip

    came_to = together(lambda: choose(made.officer, made.officer), lambda: choose(made.social, made.labour))
    assert came_to == ["done", "lead_changed_meanwhile"]
    assert sum(held.kind == "lead" for held in way.held(made.officer)) == 2


def test_of_two_who_change_a_step_at_once_the_second_keeps_the_text_and_is_told() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    step = way.step(made.social, "Praktik")

    def change(title: str) -> object:
        content = {"title": title, "step_kind": "other", "body_area_id": str(made.social.area_id)}
        return plans.change(by=made.social.context, person_id=way.person_id, lineage=step, content=content, based_on=1)

    assert together(lambda: change("Praktik i kök"), lambda: change("Praktik i butik")) == ["changed_meanwhile", "done"]
    assert way.version_of(made.social, step) == 2


def test_of_two_who_enrol_the_same_person_at_once_one_does() -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.social)

    def enrol() -> object:
        return enrolments.enrol(
            by=made.social.context, person_id=way.person_id, initiative_id=made.initiative_id, team_id=made.team_id,
            started_on=way.today,
        )  # fmt: skip

    assert together(enrol, enrol) == ["done", "enrolled_already"]


def test_of_one_who_enrols_and_one_who_ends_the_referral_at_once_one_does_and_the_other_is_told_why() -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.social)
    (referral,) = [held for held in way.held(made.social) if held.kind == "referral"]

    def enrol() -> object:
        return enrolments.enrol(
            by=made.social.context, person_id=way.person_id, initiative_id=made.initiative_id, team_id=made.team_id,
            started_on=way.today,
        )  # fmt: skip

    def end() -> object:
        ended = {"reason": "withdrawn", "ended_on": way.today.isoformat()}
        return referral_deeds.end(
            by=made.social.context, person_id=way.person_id, lineage=referral.lineage, ended=ended
        )

    came_to = together(enrol, end)
    kinds = {held.kind for held in way.held(made.social)}
    assert "done" in came_to
    assert came_to in (["done", "enrolment_referral_ended"], ["done", "referral_taken_up"])
    assert ("enrolled" in kinds) != ("referral_end" in kinds), "one of the two, and never both"
