"""Referral, enrolment, lead, phases, pause and more time: who may, what is refused, and that nothing is half-saved."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import arrangements
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import enrolments, exits, phases, referrals
from samkraft.people.models import CaseAccess, Contribution, Enrolment
from samkraft.values.refusal import Refused
from tests.factories import joint_work, partners, people
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.refusals import refused

pytestmark = pytest.mark.django_db


def begin(way: Way, by: Member, **more: object) -> object:
    said = {
        "initiative_id": way.setting.initiative_id,
        "team_id": way.setting.team_id,
        "started_on": way.today,
        "lead_membership_id": by.membership_id,
        **more,
    }
    return enrolments.enrol(by=by.context, person_id=way.person_id, at=way.at, **said)


def count(way: Way, by: Member, kind: str = "") -> int:
    return sum(1 for held in way.held(by) if not kind or held.kind == kind)


def test_a_referral_is_seen_by_its_sender_alone_and_leaves_no_words_in_the_trail() -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.social)
    assert {held.kind for held in way.held(made.social)} == {"card", "referral"}
    assert way.held(made.officer) == way.held(made.labour) == []
    assert joint_work.trail(way, made.social), "what was done is written down"
    assert joint_work.trail(way, made.officer) == []


@pytest.mark.parametrize(
    ("referral", "code"),
    [
        ({"received_on": "2099-01-01"}, "content_not_yet"),
        ({"how": "rykte"}, "content_not_understood"),
        ({"start_check": {"shoe_size": "yes"}}, "start_check_unknown_question"),
        ({"start_check": {"in_city": "kanske"}}, "start_check_unknown_answer"),
    ],
)
def test_a_referral_that_is_wrong_leaves_nothing_behind(referral: dict[str, object], code: str) -> None:
    made = joint_work.setting()
    said = {"how": "remittering", "received_on": "2026-01-01", **referral}
    with refused(code):
        referrals.refer(
            by=made.social.context, number=None, card={"given_name": "A", "family_name": "B"}, referral=said,
            initiative_id=made.initiative_id,
        )  # fmt: skip
    with transactions.read(made.social.context):
        assert not CaseAccess.objects.exists()


def test_the_start_check_stops_only_on_a_known_answer_to_what_must_hold() -> None:
    made = joint_work.setting()
    stopped = joint_work.referred(made, made.social, in_city="no", consent_asked="yes")
    with refused("start_check_must_hold"):
        begin(stopped, made.social)
    assert count(stopped, made.social, "enrolled") == 0
    for answers in ({"consent_asked": "no"}, {"in_city": "unknown", "twelve_months": "no"}, {}):
        begin(joint_work.referred(made, made.social, **answers), made.social)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"started_on": date(2020, 1, 1)}, "enrolment_before_referral"),
        ({"started_on": date(2099, 1, 1)}, "enrolment_too_far_ahead"),
        ({"team_id": uuid4()}, "enrolment_team_elsewhere"),
        ({"lead_membership_id": uuid4()}, "lead_not_in_team"),
        ({"initiative_id": uuid4()}, "enrolment_not_a_party"),
    ],
)
def test_an_enrolment_that_is_wrong_leaves_nothing_behind(more: dict[str, object], code: str) -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.social)
    before = count(way, made.social)
    with refused(code):
        begin(way, made.social, **more)
    assert count(way, made.social) == before
    with transactions.read(made.social.context):
        assert not Enrolment.objects.filter(person_id=way.person_id).exists()


def test_nobody_is_enrolled_twice_at_the_same_time_and_everybody_can_come_back() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    with refused("enrolled_already"):
        begin(way, made.social)
    way.after(30)
    exits.leave(
        by=made.social.context, person_id=way.person_id, at=way.at,
        left={"outcome": "moved", "left_on": way.today.isoformat()},
    )  # fmt: skip
    way.after(200)
    again = begin(way, made.social)
    assert again != way.enrolment_id
    assert way.joint(made.social).enrolment_id == again
    assert way.joint(made.social).left is None
    assert way.joint(made.social).standing.days_in_phase == 1, "the time begins anew"


def test_who_was_let_go_by_another_area_can_come_back_to_the_own_one() -> None:
    way = joint_work.known_to_two()
    made = way.setting
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=made.officer.context, person_id=way.person_id, left=left, at=way.at)
    way.after(60)
    assert begin(way, made.social) != way.enrolment_id
    with transactions.read(made.social.context):
        ends = [row.period.upper for row in Enrolment.objects.filter(person_id=way.person_id).order_by("period")]
    assert ends[0] is not None
    assert ends[1] is None


def test_who_is_not_of_the_core_does_not_enrol() -> None:
    made = joint_work.setting()
    way = joint_work.referred(made, made.insurance)
    with refused("not_allowed"):
        begin(way, made.insurance)
    with refused("not_allowed"):
        referrals.refer(
            by=partners.by(Role.STEERING_GROUP), number=None, card={}, referral={}, initiative_id=made.initiative_id
        )


def test_a_person_has_one_process_lead_at_a_time_and_the_second_of_two_is_told() -> None:
    way = joint_work.known_to_two()
    made = way.setting

    def choose(by: Member, lead: Member, instead_of: Member | None) -> None:
        enrolments.choose_lead(
            by=by.context, person_id=way.person_id, membership_id=lead.membership_id, since=way.today,
            instead_of=instead_of.membership_id if instead_of else None, at=way.after(1),
        )  # fmt: skip

    choose(made.officer, made.officer, made.social)
    with refused("lead_changed_meanwhile"):
        choose(made.social, made.labour, made.social)
    with refused("lead_same"):
        choose(made.officer, made.officer, made.officer)
    with refused("lead_not_in_team"):
        choose(made.officer, made.outsider, made.officer)
    leads = [held for held in way.held(made.officer) if held.kind == "lead"]
    assert len(leads) == 2


def test_another_area_is_let_in_only_when_the_person_has_agreed() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    with refused("area_does_not_know"):
        enrolments.let_in(by=made.social.context, person_id=way.person_id, area_id=made.officer.area_id, at=way.at)
    assert way.held(made.officer) == []
    joint_work.join(way, made.social, made.officer)
    assert {"enrolled", "team", "lead", "phase", "card"} <= {held.kind for held in way.held(made.officer)}


def test_a_card_is_changed_by_the_version_that_was_read() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    card = {"given_name": "Amira", "family_name": "Haddad", "phone": "040-00 00 00"}
    by = made.social.context
    assert referrals.update_card(by=by, person_id=way.person_id, card=card, based_on=1, at=way.at) == 2
    with refused("changed_meanwhile"):
        referrals.update_card(by=by, person_id=way.person_id, card=card, based_on=1, at=way.at)
    assert count(way, made.social, "card") == 2


def test_a_phase_is_begun_with_a_reason_on_a_day_when_the_person_takes_part() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    way.after(40)

    def move(number: int, since: date, reason: str = "Kartlagd.") -> None:
        phases.move(
            by=made.social.context, person_id=way.person_id, number=number, since=since, reason=reason, at=way.at
        )

    with refused("phase_no_such"):
        move(7, way.today)
    with refused("phase_same"):
        move(1, way.today)
    with refused("phase_before_start"):
        move(2, way.today - timedelta(days=60))
    with refused("phase_without_reason"):
        move(2, way.today, " ")
    with refused("content_far_ahead"):
        move(2, date(2099, 1, 1))
    move(2, way.today)
    with refused("phase_before_last_move"):
        move(3, way.today - timedelta(days=1))
    assert way.joint(made.social).standing.phase == 2


def test_a_pause_moves_the_limit_and_only_one_goes_on_at_a_time() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    limit = way.joint(made.social).standing.limit_date
    by = made.social.context
    phases.pause(by=by, person_id=way.person_id, from_date=way.today, reason_kind="illness", at=way.at)
    with refused("pause_already"):
        phases.pause(by=by, person_id=way.person_id, from_date=way.today, reason_kind="travel", at=way.at)
    way.after(20)
    assert way.joint(made.social).standing.is_paused
    phases.end_pause(by=by, person_id=way.person_id, until=way.today, at=way.at)
    assert way.joint(made.social).standing.limit_date == limit + timedelta(days=20)
    with refused("pause_none"):
        phases.end_pause(by=by, person_id=way.person_id, until=way.today, at=way.at)


def test_more_time_is_decided_by_another_person_also_in_another_area() -> None:
    way = joint_work.known_to_two()
    made = way.setting
    until = way.today + timedelta(days=250)

    def decide(by: Member, lineage: object, grant: bool = True, reason: str = "") -> None:
        phases.decide_time(by=by.context, person_id=way.person_id, asked=lineage, grant=grant, reason=reason, at=way.at)

    with refused("state_without_reason"):
        phases.ask_for_time(by=made.social.context, person_id=way.person_id, until=until, reason=" ", at=way.at)
    with refused("prolongation_not_longer"):
        phases.ask_for_time(
            by=made.social.context, person_id=way.person_id, until=way.today, reason="Praktik", at=way.at
        )
    asked = phases.ask_for_time(
        by=made.social.context, person_id=way.person_id, until=until, reason="Praktik", at=way.at
    )
    with refused("prolongation_asked_already"):
        phases.ask_for_time(by=made.officer.context, person_id=way.person_id, until=until, reason="X", at=way.at)
    with refused("state_same_person"):
        decide(made.social, asked)
    with refused("state_without_reason"):
        decide(made.officer, asked, grant=False, reason=" ")
    decide(made.officer, asked)
    for member in (made.officer, made.social):
        assert way.joint(member).standing.limit_date == until
    with refused("state_no_such_move"):
        decide(made.officer, asked, grant=False)


def test_the_same_person_in_another_role_does_not_decide_what_the_person_asked() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    twin = partners.member(Role.LABOUR_MARKET_SECRETARY, user_id=made.social.user_id)
    assert twin.area_id == made.social.area_id
    joint_work.assign(way, made.social, twin)
    asked = phases.ask_for_time(
        by=made.social.context, person_id=way.person_id, until=way.today + timedelta(days=250), reason="X", at=way.at
    )
    with refused("state_same_person"):
        phases.decide_time(by=twin.context, person_id=way.person_id, asked=asked, grant=True, at=way.at)


def test_an_initiative_without_a_limit_has_nothing_to_prolong() -> None:
    made = joint_work.setting()
    arrangements.decide_rules(
        by=made.leader.context,
        initiative_id=made.initiative_id,
        rule_set=joint_work.NO_LIMIT,
        start_date=timezone.now().date(),
    )
    way = joint_work.begun(made, made.social)
    with refused("prolongation_without_limit"):
        phases.ask_for_time(
            by=made.social.context,
            person_id=way.person_id,
            until=way.today + timedelta(days=250),
            reason="X",
            at=way.at,
        )


def test_who_is_not_on_the_case_is_refused_as_for_what_does_not_exist() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    for who, person_id in ((made.outsider, way.person_id), (made.officer, way.person_id), (made.social, uuid4())):
        with pytest.raises(Refused) as caught:
            phases.move(by=who.context, person_id=person_id, number=2, since=way.today, reason="X", at=way.at)
        assert (caught.value.reason.code, caught.value.details) == ("not_found", {})


def test_no_name_and_no_text_is_in_the_trail_of_the_whole_way() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.social)
    phases.ask_for_time(
        by=made.social.context,
        person_id=way.person_id,
        until=way.today + timedelta(days=250),
        reason="Hemligt",
        at=way.at,
    )
    events = joint_work.trail(way, made.social)
    assert {event.action for event in events} >= {"referral.made", "enrolment.begun", "lead.chosen", "phase.begun"}
    for event in events:
        assert not {"Amira", "Haddad-Lund", "arabiska", "Hemligt", "Behöver"} & set(
            event.content.replace('"', " ").split()
        ), event.action
        assert event.subject_name == ""
    assert Contribution.objects.count() == 0, "without a context there are no rows"


def test_two_areas_that_enrolled_the_same_person_walk_one_way_once_they_tell_each_other() -> None:
    """The steward of duplicates has found that two are one; then the person agrees that both may know."""
    made = joint_work.setting()
    way = joint_work.begun(made, made.social, number=people.number())
    other = joint_work.begun(made, made.officer, number=people.number())
    other.step(made.officer, "Jobbspår")
    joint_work.join_duplicates(way, other)
    for one, to in ((made.social, made.officer), (made.officer, made.social)):
        joint_work.consent(way, one.context, to.area_id, ("enrolment", "plan"))
    way.step(made.social, "Boendestöd")
    for member in (made.social, made.officer):
        assert {one.content.title for one in way.joint(member).plan.steps} == {"Jobbspår", "Boendestöd"}
    written = {held.author_area_id: held.enrolment_id for held in way.held(made.social) if held.kind == "step"}
    assert written == {made.social.area_id: way.enrolment_id, made.officer.area_id: other.enrolment_id}
