"""From an employer's word about a job to somebody who works there: contact, vacancy, meeting, trial, job, exit."""

from datetime import timedelta

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.queries import employers as register
from samkraft.people.actions import exits, recruitment
from samkraft.people.queries import recruitment as asked
from samkraft.people.rules.contents.choices import Outcome
from tests.factories import employers, joint_work, refusals
from tests.factories.joint_work import Way
from tests.factories.places import asked as ask

pytestmark = pytest.mark.django_db


def _steps(way: Way, member: joint_work.Member) -> dict[str, tuple[str, str]]:
    return {
        str(step.content.title): (step.content.state.value, step.content.result)
        for step in way.joint(member).plan.steps
    }


def test_a_vacancy_becomes_a_meeting_a_trial_a_job_and_an_exit() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    way = joint_work.begun(setting, officer)
    way.goal(officer, "Jag vill arbeta i kök.")

    # The employer tells of a job at a visit, and wants to meet some people.
    bakery = employers.employer(officer)
    boss = employers.representative()
    employers.contact(officer, bakery, way.today, led_to="offers", next_date=way.today + timedelta(days=14))
    job = employers.opening(officer, bakery, needs=("svenska",))
    meeting = employers.meeting(officer, bakery, way.moment + timedelta(days=5), opening_id=job)
    row = register.one(bakery, on=way.today)
    assert row is not None
    assert (row.openings, row.meetings, row.next_date) == (1, 1, way.today + timedelta(days=14))

    # The person sees what is told, and comes. The employer sees a code and a name, and nothing else.
    invited = employers.invite(way, officer, meeting, "name", "language")
    assert _steps(way, officer)["Rekryteringsmöte hos Bageriet"] == ("planned", "")
    (candidate,) = ask(boss, asked.candidates, meeting)
    assert candidate.told == {"name": "Amira Haddad-Lund", "language": "arabiska"}
    recruitment.reply(by=officer.context, person_id=way.person_id, invitation_id=invited, comes=True, at=way.at)
    with refusals.refused("recruitment_not_begun"):
        recruitment.note_as_employer(by=boss.context, invitation_id=invited, result="not_now", at=way.at)

    # Afterwards the employer answers; it is in the plan when the officer has confirmed it.
    way.after(5)
    way.moment += timedelta(hours=2)
    start = way.today + timedelta(days=3)
    recruitment.note_as_employer(by=boss.context, invitation_id=invited, result="trial", start_date=start, at=way.at)
    (waits,) = ask(officer, asked.to_confirm)
    assert waits[:2] == (invited, way.person_id)
    assert _steps(way, officer)["Rekryteringsmöte hos Bageriet"][0] == "planned"
    recruitment.note_result(
        by=officer.context, person_id=way.person_id, invitation_id=invited, result="trial", start_date=start, at=way.at
    )
    assert ask(officer, asked.to_confirm) == []
    assert _steps(way, officer) == {
        "Rekryteringsmöte hos Bageriet": ("done", "Får prova på arbetsplatsen."),
        "Provperiod hos Bageriet": ("planned", ""),
    }

    # The trial becomes a job, and the job an exit with its follow-ups.
    way.after(21)
    recruitment.note_result(
        by=officer.context, person_id=way.person_id, invitation_id=invited, result="hired",
        start_date=way.today + timedelta(days=7), at=way.at,
    )  # fmt: skip
    (mine,) = ask(officer, asked.of_person, way.person_id)
    assert mine.confirmed is not None
    assert mine.confirmed.result == "hired"
    exits.leave(
        by=officer.context, person_id=way.person_id, at=way.at,
        left={
            "outcome": Outcome.WORK.value, "left_on": way.today.isoformat(),
            "promised_start": mine.confirmed.start_date.isoformat(),  # type: ignore[union-attr]  # it has a start
        },
    )  # fmt: skip
    with transactions.read(officer.context):
        left = way.joint(officer).left
    assert left is not None
    assert left.content.outcome is Outcome.WORK


def test_who_says_no_frees_the_chair_and_whoever_is_withdrawn_is_gone_from_the_list() -> None:
    setting = joint_work.setting()
    officer = setting.officer
    first, second, third = (joint_work.begun(setting, officer) for _ in range(3))
    bakery = employers.employer(officer)
    boss = employers.representative()
    meeting = employers.meeting(officer, bakery, first.moment + timedelta(days=3), most=1)
    invited = employers.invite(first, officer, meeting)
    with refusals.refused("recruitment_already"):
        employers.invite(first, officer, meeting)
    with refusals.refused("recruitment_full"):
        employers.invite(second, officer, meeting)
    recruitment.reply(by=officer.context, person_id=first.person_id, invitation_id=invited, comes=False, at=first.at)
    assert _steps(first, officer)["Rekryteringsmöte hos Bageriet"] == ("dropped", "Kommer inte till mötet.")
    other = employers.invite(second, officer, meeting)
    assert {row.reply for row in ask(boss, asked.candidates, meeting)} == {"no", "none"}
    recruitment.withdraw(by=officer.context, person_id=second.person_id, invitation_id=other, at=second.at)
    assert [row.reply for row in ask(boss, asked.candidates, meeting)] == ["no"]
    employers.invite(third, officer, meeting)
