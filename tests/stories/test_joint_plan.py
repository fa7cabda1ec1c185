"""The worked story of joint planning: with consents given and one withdrawn midway, and the same way without any.

A person is referred by the social services and assessed by three bodies, one of them health care that discloses two items
under a consent. A plan is agreed; an internship; a consent is withdrawn; a hand-over; exit to work that begins within 90
days; and a follow-up after six months.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.people.actions import (
    assessments,
    cases,
    consents,
    disclosures,
    enrolments,
    exits,
    handovers,
    meetings,
    own_system_notes,
    phases,
    plans,
)
from samkraft.people.models import Overview
from samkraft.people.queries import consents as consents_asked
from samkraft.people.rules import secrecy
from samkraft.people.rules.contents.choices import FollowUpState
from samkraft.values.refusal import Refused
from tests.factories import joint_work, refusals
from tests.factories.joint_work import Way
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db


def item(way: Way, by: Member, life_area: str, text: str) -> UUID:
    said = {"life_area": life_area, "text": text, "source": "Samtal med Amira"}
    return assessments.add_item(by=by.context, person_id=way.person_id, item=said, at=way.at)


def texts(way: Way, by: Member) -> set[str]:
    return {one.content.text for one in way.joint(by).assessment.items}


def scope_id(way: Way, by: Member, to: Member, category: str) -> UUID:
    with transactions.read(by.context):
        found = consents_asked.standing(by.context, way.person_id, category=category)
        return next(line.id for line in found if line.to_area_id == to.area_id)


def row_id(way: Way, by: Member, lineage: UUID) -> UUID:
    return next(held.id for held in reversed(way.held(by)) if held.lineage == lineage)


def board_row(way: Way, by: Member) -> Overview | None:
    with transactions.read(by.context):
        return Overview.objects.filter(person_id=way.person_id).first()


def test_from_referral_to_work_with_consents_and_one_withdrawn_midway() -> None:
    made = joint_work.setting()
    social, officer, care = made.social, made.officer, made.care

    # Referred by the social services: nobody else knows.
    way = joint_work.referred(made, social, in_city="yes", twelve_months="unknown", consent_asked="yes")
    with refusals.refused("not_found"):
        way.joint(officer)

    # Enrolled with a process lead. The person agrees to take part jointly with the employment service and health care.
    way.after(3)
    way.enrolment_id = enrolments.enrol(
        by=social.context, person_id=way.person_id, initiative_id=made.initiative_id, team_id=made.team_id,
        started_on=way.today, lead_membership_id=social.membership_id, at=way.at,
    )  # fmt: skip
    both = ("enrolment", "contact", "plan", "work")
    joint_work.join(way, social, officer, categories=both)
    joint_work.consent(way, social.context, care.area_id, both)
    cases.assign(by=social.context, person_id=way.person_id, membership_id=care.membership_id, at=way.at)
    joint_work.consent(way, officer.context, care.area_id, ("plan", "work"))
    joint_work.consent(way, care.context, social.area_id, ("plan", "health"))
    joint_work.consent(way, care.context, officer.area_id, ("plan", "health"))
    assert board_row(way, officer).lead_name == "Per Nyberg"
    assert "referral" not in {held.kind for held in way.held(officer)}, "where it came from stays with its sender"

    # Assessed by three bodies. Health care discloses two of its three items, one by one.
    way.after(10)
    item(way, social, "housing", "Bor i andra hand")
    kitchen = item(way, officer, "work", "Har arbetat i kök")
    sleep, pain = item(way, care, "health", "Sover dåligt"), item(way, care, "health", "Ont i ryggen")
    item(way, care, "health", "Går i samtal")
    for receiver in (social, officer):
        for lineage in (sleep, pain):
            disclosures.release(
                by=care.context, person_id=way.person_id, contribution_id=row_id(way, care, lineage),
                to_area_id=receiver.area_id, scope_id=scope_id(way, care, receiver, "health"), understood=True,
            )  # fmt: skip
    assert texts(way, social) == {"Bor i andra hand", "Har arbetat i kök", "Sover dåligt", "Ont i ryggen"}
    assert texts(way, officer) == {"Har arbetat i kök", "Sover dåligt", "Ont i ryggen"}
    assert texts(way, care) == {"Har arbetat i kök", "Sover dåligt", "Ont i ryggen", "Går i samtal"}
    bodies = [str(one.area_id) for one in (social, officer, care)]
    assessments.conclude(
        by=officer.context, person_id=way.person_id, at=way.at,
        conclusion={"text": "Kan pröva arbete på deltid.", "rests_on": [str(kitchen)], "bodies": bodies},
    )  # fmt: skip
    assert way.joint(care).assessment.conclusion.content.text == "Kan pröva arbete på deltid."

    # A joint meeting becomes plan changes in one go; each authority adds its own part.
    meeting = meetings.book(
        by=social.context, person_id=way.person_id, at=way.at,
        meeting={"starts_at": (way.at + timedelta(days=2)).isoformat(), "purpose": "start", "with": ["Per", "Åsa", "Siv"]},
    )  # fmt: skip
    way.after(3)
    meetings.hold(
        by=social.context, person_id=way.person_id, lineage=meeting, based_on=1, at=way.at,
        points=[{"about": "Mål", "closed_as": "decided", "text": "Amira vill arbeta i kök."}],
        changes=[
            meetings.PlanChange("goal", {"words": "Jag vill arbeta i ett skolkök.", "aim": "work"}),
            meetings.PlanChange("step", {"title": "Hitta egen bostad", "step_kind": "other", "body_area_id": bodies[0]}),
        ],
    )  # fmt: skip
    start = (way.today + timedelta(days=14)).isoformat()
    work = way.step(officer, "Praktik i skolkök", step_kind="workplace", work_oriented=True, from_date=start)
    way.step(care, "Ryggskola", category="health", step_kind="rehabilitating")
    note = own_system_notes.write(by=officer.context, person_id=way.person_id, text="Möte hållet.", at=way.at)
    own_system_notes.tick(by=officer.context, person_id=way.person_id, lineage=note, at=way.at)
    titles = {who.name: {one.content.title for one in way.joint(who).plan.steps} for who in (social, officer, care)}
    assert titles["Per Nyberg"] == titles["Åsa Ek"] == {"Hitta egen bostad", "Praktik i skolkök"}
    assert titles["Siv Holm"] == {"Hitta egen bostad", "Praktik i skolkök", "Ryggskola"}

    # Fixed and agreed to: filed with each party as it holds it. Where two hold the same, it is the same version, and the
    # person says yes once.
    parties = (social, officer, care)
    for who in parties:
        plans.fix_version(by=who.context, person_id=way.person_id, at=way.at)
    assert len({way.joint(who).plan.current.content.digest for who in parties}) == 1
    for who, party, how in ((social, "participant", "paper"), *((one, str(one.area_id), "digital") for one in parties)):
        plans.agree(
            by=who.context, person_id=way.person_id, number=1, party=party, how=how, agreed_on=way.today, at=way.at
        )  # fmt: skip
    for who in parties:
        assert way.joint(who).plan.current.agreed_by("participant")
        assert all(way.joint(who).plan.current.agreed_by(str(one.area_id)) for one in (social, who))
    assert board_row(way, care).plan_agreed_on == way.today

    joint_work.require_same_row(way, social, officer, care)

    # The internship begins and is done; the talk after it is asked for.
    way.after(14)
    plans.move_step(by=officer.context, person_id=way.person_id, lineage=work, to="ongoing", based_on=1, at=way.at)
    phases.move(by=social.context, person_id=way.person_id, number=2, since=way.today, reason="Kartlagd.", at=way.at)
    assert way.joint(officer).standing.phase == 2

    # The consent from health care is withdrawn midway. What came stays, marked; nothing newer comes.
    with transactions.read(care.context):
        lines = consents_asked.of_person(care.context, way.person_id)
    withdrawn = [line.id for line in lines if line.from_area_id == care.area_id]
    consents.withdraw(by=care.context, person_id=way.person_id, scope_ids=withdrawn)
    with refusals.refused("no_basis"):
        disclosures.release(
            by=care.context, person_id=way.person_id, contribution_id=row_id(way, care, sleep),
            to_area_id=made.insurance.area_id, understood=True,
        )  # fmt: skip
    said = {"life_area": "health", "text": "Sover bättre", "source": "Samtal med Amira"}
    assessments.change_item(by=care.context, person_id=way.person_id, lineage=sleep, item=said, based_on=1, at=way.at)
    assert "Sover bättre" in texts(way, care)
    assert "Sover bättre" not in texts(way, officer)
    copy = next(held for held in way.held(officer) if held.lineage == sleep)
    assert (copy.version, copy.received.from_area_id) == (1, care.area_id)
    assert copy.received.withdrawn_at is not None

    joint_work.require_same_row(way, social, officer, care)

    # Hand-over within the team: from the social secretary to the employment officer.
    way.after(40)
    plans.move_step(
        by=officer.context, person_id=way.person_id, lineage=work, to="done", reason="Gick bra.", based_on=2, at=way.at
    )
    assert [point.why.value for point in way.joint(officer).agenda if point.about == work][-1] == "after_activity"
    request = handovers.ask(
        by=social.context, person_id=way.person_id, from_id=social.membership_id, to_id=officer.membership_id,
        reason="Nu är det matchning.", overlap_until=way.today + timedelta(days=14), at=way.at,
    )  # fmt: skip
    with refusals.refused("state_not_receiver"):
        handovers.answer(by=social.context, person_id=way.person_id, lineage=request, accept=True, at=way.at)
    handovers.answer(by=officer.context, person_id=way.person_id, lineage=request, accept=True, at=way.at)
    assert board_row(way, officer).lead_name == "Åsa Ek"

    # Exit to work that begins within 90 days; the start is looked at; followed up after six months.
    way.after(20)
    promised = way.today + timedelta(days=60)
    exits.leave(
        by=officer.context, person_id=way.person_id, at=way.at,
        left={"outcome": "work", "left_on": way.today.isoformat(), "promised_start": promised.isoformat()},
    )  # fmt: skip
    assert board_row(way, officer).exited_on == way.today
    way.after(60)
    exits.look_at_promise(by=officer.context, person_id=way.person_id, kept=True, at=way.at)
    plan = way.joint(officer).follow_ups
    assert [one.content.months for one in plan] == [1, 3, 6]
    way.after(190)
    exits.answer_follow_up(
        by=officer.context,
        person_id=way.person_id,
        lineage=plan[-1].held.lineage,
        state="done",
        situation="work",
        at=way.at,
    )
    joint_work.require_same_row(way, social, officer, care)
    done = way.joint(officer).follow_ups[-1]
    assert (done.state, done.is_late(way.today)) == (FollowUpState.DONE, False)


def test_the_same_way_without_any_consent_each_body_works_in_its_own_part() -> None:
    made = joint_work.setting()
    social, officer = made.social, made.officer
    way = joint_work.begun(made, social, at=timezone.now())
    way.after(5)
    item(way, social, "housing", "Bor i andra hand")
    way.goal(social, aim="work")
    work = way.step(social, "Arbetsträning", step_kind="workplace", work_oriented=True)
    number = plans.fix_version(by=social.context, person_id=way.person_id, at=way.at)
    plans.agree(
        by=social.context, person_id=way.person_id, number=number, party="participant", how="paper",
        agreed_on=way.today, at=way.at,
    )  # fmt: skip

    # Nobody else is told, and nobody else can be let in.
    assert board_row(way, officer) is None
    with pytest.raises(Refused) as caught:
        way.joint(officer)
    assert caught.value.reason is secrecy.NOT_FOUND
    with refusals.refused("area_does_not_know"):
        enrolments.let_in(by=social.context, person_id=way.person_id, area_id=officer.area_id, at=way.at)

    # The employment service meets the same person on its own, and begins in its own part; neither learns of the other.
    own = joint_work.begun(made, officer, at=way.at)
    own.goal(officer, aim="work")
    own.step(officer, "Jobbcoach", step_kind="matching", work_oriented=True)
    assert own.person_id != way.person_id
    assert [one.content.title for one in own.joint(officer).plan.steps] == ["Jobbcoach"]
    assert [one.content.title for one in way.joint(social).plan.steps] == ["Arbetsträning"]

    # The whole way is walked all the same.
    way.after(30)
    plans.move_step(by=social.context, person_id=way.person_id, lineage=work, to="ongoing", based_on=1, at=way.at)
    way.after(60)
    plans.move_step(
        by=social.context, person_id=way.person_id, lineage=work, to="done", reason="Gick bra.", based_on=2, at=way.at
    )
    exits.leave(
        by=social.context, person_id=way.person_id, at=way.at,
        left={"outcome": "studies", "left_on": way.today.isoformat(),
              "promised_start": (way.today + timedelta(days=30)).isoformat()},
    )  # fmt: skip
    way.after(31)
    exits.look_at_promise(
        by=social.context, person_id=way.person_id, kept=False, reason="Kursen ställdes in.", at=way.at
    )
    row = board_row(way, social)
    assert row is not None
    assert row.exited_on is None, "back in place without a new referral"
    assert way.joint(social).follow_ups == ()
    way.step(social, "Ny praktik", step_kind="workplace", work_oriented=True)
    assert way.joint(social).plan.next_step.content.title == "Ny praktik"
    joint_work.require_same_row(way, social)
    joint_work.require_same_row(own, officer)
