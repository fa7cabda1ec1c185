"""An open referral: its start check is answered, it is handed on, it is ended; and who sees it wait."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.actions import stand_ins
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, consents, enrolments, exits, referral_deeds, referrals
from samkraft.people.models import ConsentScope
from samkraft.people.queries import inboxes, open_referrals
from samkraft.people.queries.open_referrals import Listed
from samkraft.people.rules import referrals as rules
from samkraft.people.rules.inboxes import What
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, partners, people
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.factories.refusals import refused
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(once: Once[Setting]) -> Setting:
    return once(joint_work.setting)


def referral_of(way: Way, by: Member) -> UUID:
    """The newest referral as the member's area holds it."""
    return next(held.lineage for held in reversed(way.held(by)) if held.kind == "referral")


def end(way: Way, by: Member, *, lineage: UUID | None = None, tell: tuple[UUID, ...] = (), **said: Any) -> UUID:
    """End the referral today, because the person does not want to."""
    ended = {"reason": "withdrawn", "ended_on": way.today.isoformat(), **said}
    return referral_deeds.end(
        by=by.context,
        person_id=way.person_id,
        lineage=lineage or referral_of(way, by),
        ended=ended,
        tell=tell,
        at=way.at,
    )


def listed(by: Member) -> list[Listed]:
    """What the list says."""
    with transactions.read(by.context):
        return open_referrals.listed(by.context)


def waiting(by: Member, today: date | None = None) -> list[str]:
    """Who waits to begin in the inbox."""
    day = today or day_in_stockholm(timezone.now())
    with transactions.read(by.context):
        return [one.name for one in inboxes.waiting(by.context, day, timezone.now()) if one.what is What.REFERRAL]


def enrol(way: Way, by: Member) -> UUID:
    """Let the person begin."""
    return enrolments.enrol(
        by=by.context, person_id=way.person_id, initiative_id=way.setting.initiative_id, team_id=way.setting.team_id,
        started_on=way.today, at=way.at,
    )  # fmt: skip


def test_it_waits_for_whoever_referred_until_the_person_begins(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    assert [(one.name, one.end, one.is_own) for one in listed(made.social)] == [("Amira Haddad-Lund", None, True)]
    assert waiting(made.social) == ["Amira Haddad-Lund"]
    for other in (made.officer, made.care, made.insurance, made.outsider):
        assert listed(other) == [], "nobody else knows of it"
        assert waiting(other) == []
    enrol(way, made.social)
    assert listed(made.social) == []
    assert waiting(made.social) == []


def test_what_is_ended_waits_no_longer_and_stays_with_its_reason(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    end(way, made.social, reason="other_support", note="Daglig verksamhet.")
    (one,) = listed(made.social)
    assert one.end is not None
    assert (one.end.reason.value, one.end.note, one.ended_by) == (
        "other_support", "Daglig verksamhet.", made.social.name,
    )  # fmt: skip
    assert waiting(made.social) == []
    actions = [event.action for event in joint_work.trail(way, made.social)]
    assert "referral.ended" in actions
    assert not any("Daglig" in str(event.content) for event in joint_work.trail(way, made.social))


def test_who_is_ended_cannot_be_enrolled_until_a_new_referral_has_come(made: Setting) -> None:
    number = people.number("199006022397")
    way = joint_work.referred(made, made.social, number=number)
    end(way, made.social)
    with refused("enrolment_referral_ended"):
        enrol(way, made.social)
    way.after(2)
    again = joint_work.referred(made, made.social, number=number, at=way.at)
    assert again.person_id == way.person_id
    assert [one.end is None for one in listed(made.social)] == [True, False]
    enrol(way, made.social)
    assert [one.end is None for one in listed(made.social)] == [False], (
        "the ended one is told still, and waits for nothing"
    )


def test_who_has_no_number_is_referred_again_as_the_same_person(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    said = {"how": "own_application", "received_on": way.today.isoformat()}

    def refer_again() -> UUID:
        return referral_deeds.refer_again(by=made.social.context, person_id=way.person_id, referral=said, at=way.at)

    with refused("referral_another_stands"):
        refer_again()
    end(way, made.social)
    said["received_on"] = (way.today - timedelta(days=400)).isoformat()
    with refused("referral_came_before_the_last"):
        refer_again()
    said["received_on"] = way.today.isoformat()
    again = refer_again()
    assert [(one.lineage == again, one.end is None) for one in listed(made.social)] == [(True, True), (False, False)]
    with refused("referral_another_stands"):
        refer_again()
    enrol(way, made.social)
    with refused("referral_another_stands"):
        refer_again()


def test_what_has_begun_ended_or_never_was_is_not_ended(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    with refused("referral_ended_before_it_came"):
        end(way, made.social, ended_on=(way.today - timedelta(days=1)).isoformat())
    with refused("content_not_yet"):
        end(way, made.social, ended_on=(way.today + timedelta(days=2)).isoformat())
    with refused("content_missing"):
        end(way, made.social, reason="other")
    with refused("content_not_understood"):
        end(way, made.social, reason="because")
    with refused("not_found"):
        end(way, made.social, lineage=uuid4())
    assert [held.kind for held in way.held(made.social) if held.kind == "referral_end"] == [], "nothing is half-saved"
    with refused("not_found"):
        end(way, made.officer, lineage=referral_of(way, made.social))
    end(way, made.social)
    with refused("referral_ended_already"):
        end(way, made.social)
    other = joint_work.referred(made, made.social)
    enrol(other, made.social)
    with refused("referral_taken_up"):
        end(other, made.social)


def test_after_leaving_only_a_new_referral_waits(made: Setting) -> None:
    number = people.number("199006022397")
    way = joint_work.begun(made, made.social, number=number)
    way.after(30)
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=made.social.context, person_id=way.person_id, left=left, at=way.at)
    assert listed(made.social) == []
    way.after(5)
    joint_work.referred(made, made.social, number=number, at=way.at)
    assert [one.content.received_on for one in listed(made.social)] == [way.today]
    assert waiting(made.social, way.today) == ["Amira Haddad-Lund"]


def test_the_list_and_the_fold_say_the_same(made: Setting) -> None:
    number = people.number("199006022397")
    way = joint_work.referred(made, made.social, number=number)
    for days in (1, 3):
        way.after(days)
        joint_work.referred(made, made.social, number=number, at=way.at)
    end(way, made.social, lineage=listed(made.social)[1].lineage)

    def require_alike() -> None:
        folded = [one.held.lineage for one in rules.open_ones(way.held(made.social))]
        assert [one.lineage for one in listed(made.social) if one.end is None] == folded

    require_alike()
    enrol(way, made.social)
    require_alike()
    way.after(10)
    joint_work.referred(made, made.social, number=number, at=way.at)
    require_alike()
    assert all(one.end is not None for one in listed(made.social)), (
        "what comes while somebody takes part waits for nothing"
    )
    assert waiting(made.social) == []
    exits.leave(
        by=made.social.context, person_id=way.person_id, at=way.at,
        left={"outcome": "work", "left_on": way.today.isoformat(),
              "promised_start": (way.today + timedelta(days=3)).isoformat()},
    )  # fmt: skip
    require_alike()
    way.after(3)
    exits.look_at_promise(by=made.social.context, person_id=way.person_id, kept=False, reason="Nej.", at=way.at)
    require_alike()


def test_the_inbox_follows_the_one_who_referred_and_who_stands_in(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    colleague = joint_work.colleague(made, made.social)
    joint_work.assign(way, made.social, colleague)
    assert waiting(colleague) == [], "a colleague who was let in is not the one who acts"
    today = day_in_stockholm(timezone.now())
    stand_ins.appoint(
        by=made.social.context,
        stand_in_id=colleague.membership_id,
        start_date=today,
        last_date=today + timedelta(days=3),
    )
    assert waiting(colleague) == ["Amira Haddad-Lund"]


def test_when_the_one_who_referred_has_left_the_case_it_comes_to_those_who_are_there(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    colleague = joint_work.colleague(made, made.social)
    joint_work.assign(way, made.social, colleague)
    with transactions.read(colleague.context):
        from samkraft.people.models import CaseAccess

        access = CaseAccess.objects.get(person_id=way.person_id, membership_id=made.social.membership_id).id
    cases.end_access(by=colleague.context, person_id=way.person_id, access_id=access)
    assert waiting(colleague) == ["Amira Haddad-Lund"]
    assert waiting(made.social) == []


def handed_on(*categories: str) -> tuple[Way, Member, Member]:
    """A person referred by the care coordinator, and handed on to the social secretary."""
    made = joint_work.setting()
    way = joint_work.referred(made, made.care)
    joint_work.consent(way, made.care.context, made.social.area_id, ("enrolment", "contact", "referral", *categories))
    hand_on(way, made.care, made.social)
    return way, made.care, made.social


def hand_on(way: Way, by: Member, to: Member) -> None:
    referral_deeds.hand_on(
        by=by.context, person_id=way.person_id, lineage=referral_of(way, by), to_area_id=to.area_id,
        membership_id=to.membership_id, understood=True, receiver_is_weaker=True, at=way.at,
    )  # fmt: skip


def test_who_does_not_enrol_hands_it_on_and_then_it_waits_there() -> None:
    way, care, social = handed_on()
    (here,), (there,) = listed(care), listed(social)
    assert [area for area, _day in here.handed_to] == [social.area_id]
    assert (there.is_own, there.name, there.handed_to) == (False, "Amira Haddad-Lund", ())
    assert waiting(care) == [], "the other goes on"
    assert waiting(social) == ["Amira Haddad-Lund"]
    enrol(way, social)
    assert waiting(social) == listed(social) == []
    assert [one.end for one in listed(care)] == [None], (
        "that somebody has begun is not known without a consent to tell it"
    )


def test_a_referral_is_handed_on_with_the_case_or_not_at_all(made: Setting) -> None:
    way = joint_work.referred(made, made.care)
    with refused("no_basis"):
        hand_on(way, made.care, made.social)
    joint_work.consent(way, made.care.context, made.social.area_id, ("referral",))
    with refused("area_does_not_know"):
        hand_on(way, made.care, made.social)
    assert listed(made.care)[0].handed_to == (), "nor is the referral left there, when nobody there may have the case"
    joint_work.consent(way, made.care.context, made.social.area_id, ("enrolment",))
    with refused("weaker_secrecy"):
        referral_deeds.hand_on(
            by=made.care.context, person_id=way.person_id, lineage=referral_of(way, made.care),
            to_area_id=made.social.area_id, membership_id=made.social.membership_id, receiver_is_weaker=True,
        )  # fmt: skip
    hand_on(way, made.care, made.social)
    assert waiting(made.social) == [""], "the name goes with contact, and that was not agreed to"
    with refused("contribution_of_another_area"):
        hand_on(way, made.social, made.officer)


def test_who_received_it_ends_it_and_the_sender_is_told_where_the_person_has_agreed() -> None:
    way, care, social = handed_on()
    with refused("no_basis"):
        end(way, social, tell=(care.area_id,))
    assert not any(held.kind == "referral_end" for held in way.held(social)), "nor is it ended half"
    joint_work.consent(way, social.context, care.area_id, ("referral",))
    end(way, social, tell=(care.area_id,), reason="not_eligible")
    assert waiting(social) == []
    (told,) = listed(care)
    assert told.end is not None
    assert (told.end.reason.value, told.ended_area_id) == ("not_eligible", social.area_id)
    with refused("referral_ended_already"):
        end(way, care)


def test_who_received_it_ends_it_and_nobody_is_told_without_consent() -> None:
    way, care, social = handed_on()
    end(way, social)
    assert [one.end for one in listed(care)] == [None]
    assert not any(held.kind == "referral_end" for held in way.held(care))
    end(way, care)
    assert [held.author_area_id for held in way.held(social) if held.kind == "referral_end"] == [social.area_id]


def test_a_consent_taken_back_hands_nothing_on(made: Setting) -> None:
    way = joint_work.referred(made, made.care)
    joint_work.consent(way, made.care.context, made.social.area_id, ("enrolment", "contact", "referral"))
    with transactions.read(made.care.context):
        scopes = list(ConsentScope.objects.filter(person_id=way.person_id).values_list("id", flat=True))
    consents.withdraw(by=made.care.context, person_id=way.person_id, scope_ids=scopes)
    with refused("no_basis"):
        hand_on(way, made.care, made.social)
    assert listed(made.social) == []


def test_the_start_check_is_answered_afterwards_by_who_wrote_it(made: Setting) -> None:
    way = joint_work.referred(made, made.social, in_city="no")
    said = {"by": made.social.context, "person_id": way.person_id, "lineage": referral_of(way, made.social)}
    with refused("start_check_must_hold"):
        enrol(way, made.social)
    with refused("start_check_unknown_question"):
        referral_deeds.answer_check(**said, answers={"shoe_size": "yes"}, based_on=1, at=way.at)
    assert referral_deeds.answer_check(**said, answers={"in_city": "yes"}, based_on=1, at=way.at) == 2
    with refused("changed_meanwhile"):
        referral_deeds.answer_check(**said, answers={"in_city": "no"}, based_on=1, at=way.at)
    (one,) = listed(made.social)
    assert one.content.start_check == {"in_city": "yes"}
    assert one.content.reason == "Behöver flera parter.", "the rest stays"
    enrol(way, made.social)
    with refused("referral_taken_up"):
        referral_deeds.answer_check(**said, answers={"in_city": "no"}, based_on=2, at=way.at)


def test_a_role_that_refers_nobody_ends_nobodys_referral(made: Setting) -> None:
    way = joint_work.referred(made, made.social)
    counsellor = partners.member(Role.STUDY_COUNSELLOR, "soc", name="Siv Väg")
    with refused("not_allowed"):
        end(way, counsellor, lineage=referral_of(way, made.social))
    assert referrals.questions_of_area(made.social.area_id, way.today), "what is asked is the initiative's"
