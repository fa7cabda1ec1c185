"""Study plans by the actions: whose they are, how they change and end, who is given them; and what is counted of them."""

import argparse
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from samkraft.knowledge.actions import snapshots
from samkraft.operations.jobs import CLOCK
from samkraft.operations.proofs import scorecard
from samkraft.people.actions import study_plans
from samkraft.people.queries import milestone_proof
from samkraft.people.rules.cohorts import FIELDS, EducationCode, as_number
from samkraft.people.rules.held import latest, versions
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, owner, people, studying
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.refusals import refused


def _newest(way: Way, member: Member, kind: str = "study_plan") -> list[dict[str, Any]]:
    return [dict(held.content) for held in latest(way.held(member), kind)]


@pytest.mark.django_db
def test_a_counsellor_makes_a_plan_that_is_agreed_changed_and_ended_and_others_are_given_it_with_consent() -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.labour)
    counsellor = studying.counselled(way, made.labour)
    common: dict[str, Any] = {"by": counsellor.context, "person_id": way.person_id}
    with refused("not_allowed"):
        study_plans.make(by=made.labour.context, person_id=way.person_id, plan=studying.PLAN)
    with refused("state_no_such_move"):
        study_plans.make(**common, plan={**studying.PLAN, "state": "ended", "ended_on": "2026-01-07"})
    lineage = study_plans.make(**common, plan=studying.PLAN, at=way.at)
    assert _newest(way, made.labour) == [studying.PLAN]  # a colleague of the same authority, on the case
    joint_work.join(way, made.labour, made.officer, categories=("enrolment", "contact", "plan"))
    assert _newest(way, made.officer) == []  # nobody has said that it may know about education
    agreed = {**studying.PLAN, "state": "agreed", "starts_on": "2026-08-17"}
    assert study_plans.change(**common, lineage=lineage, plan=agreed, based_on=1, at=way.at) == 2
    with refused("changed_meanwhile"):
        study_plans.change(**common, lineage=lineage, plan={**agreed, "school": "Komvux"}, based_on=1, at=way.at)
    with refused("state_no_such_move"):
        study_plans.change(**common, lineage=lineage, plan=studying.PLAN, based_on=2, at=way.at)
    joint_work.consent(way, made.labour.context, made.officer.area_id, ["education"])
    assert _newest(way, made.officer) == [agreed]
    with refused("not_allowed"):
        study_plans.end(
            by=made.officer.context, person_id=way.person_id, lineage=lineage, ended_on=way.today, result="Nej."
        )
    with refused("state_without_reason"):
        study_plans.end(**common, lineage=lineage, ended_on=way.today, result=" ", at=way.at)
    study_plans.end(**common, lineage=lineage, ended_on=way.today, result="Antagen.", at=way.at)
    with refused("state_no_such_move"):
        study_plans.change(**common, lineage=lineage, plan=agreed, based_on=3, at=way.at)
    assert [held.content["state"] for held in versions(way.held(counsellor), lineage)] == [
        "proposed",
        "agreed",
        "ended",
    ]
    done = sorted(event.action for event in joint_work.trail(way, counsellor) if event.action.startswith("study_plan"))
    assert done == ["study_plan.changed", "study_plan.ended", "study_plan.made"]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_of_studies_and_of_going_round_is_counted_alike_by_the_job_and_by_plain_sql() -> None:
    made, today = joint_work.setting(), day_in_stockholm(timezone.now())
    ways = [joint_work.begun(made, made.labour) for _ in range(3)]
    counsellor = studying.counselled(ways[0], made.labour)
    study_plans.make(by=counsellor.context, person_id=ways[0].person_id, plan={**studying.PLAN, "state": "agreed"})
    study_plans.make(by=counsellor.context, person_id=ways[0].person_id, plan=studying.PLAN)
    for way, level in zip(ways, ("higher_short", "none"), strict=False):
        said = {"level": level, "source": "own_words"}
        study_plans.note_education(
            by=made.labour.context, person_id=way.person_id, education={**said, "level": "secondary"}
        )
        study_plans.note_education(by=made.labour.context, person_id=way.person_id, education=said)
    for way, holders in ((ways[0], (made.officer, made.labour)), (ways[1], (made.officer, made.social)), (ways[2], ())):
        for number, holder in enumerate(holders, 1):
            _lead(way, holder, number)
    for body in (made.officer, made.insurance, made.insurance, made.officer):
        _waits(ways[2], body)
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today)
    with owner.acting():
        rows = milestone_proof.kept()[0].rows.columns
        proved = scorecard.run(argparse.Namespace())
    assert proved.holds, proved.lines
    assert sorted(rows["education"]) == [EducationCode.UNKNOWN, EducationCode.COMPULSORY, EducationCode.HIGHER]
    assert sorted(rows["study_plan"]) == [-1, -1, as_number(today)]
    assert sorted(rows["went_round"]) == [-1, as_number(today), as_number(today + timedelta(days=2))]
    assert {"study_plan", "went_round"} <= set(FIELDS)


def _lead(way: Way, who: Member, number: int) -> None:
    """The lead goes to somebody, as the area that enrolled writes it."""
    since = way.today + timedelta(days=number)
    people.write(
        way.setting.labour.context, way.person_id, "lead",
        {"membership_id": str(who.membership_id), "name": "Någon", "role": "lead", "area_id": str(who.area_id),
         "since": since.isoformat()},
        enrolment_id=way.enrolment_id,
    )  # fmt: skip


_STEPS: dict[UUID, tuple[UUID, int]] = {}


def _waits(way: Way, body: Member) -> None:
    """One step waits on one body after the other."""
    lineage, version = _STEPS.get(way.person_id, (None, 0))
    labour = way.setting.labour
    step = {
        "title": "Intyg", "step_kind": "other", "body_area_id": str(labour.area_id), "state": "waiting",
        "waits_on": {"who": "body", "area_id": str(body.area_id), "what": "Intyg"}, "waiting_since": way.today.isoformat(),
    }  # fmt: skip
    more = {"lineage": lineage, "based_on": version} if lineage else {}
    written = people.write(
        labour.context, way.person_id, "step", step, category="plan", enrolment_id=way.enrolment_id, **more
    )
    _STEPS[way.person_id] = (written.lineage, version + 1)
