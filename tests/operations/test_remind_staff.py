"""Letters to staff through the real queue: something waits, and nothing more; asked as they may know it when the job runs."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samkraft.audit.actions import transactions
from samkraft.operations import jobs
from samkraft.people.actions import meetings, protection
from samkraft.people.models import StaffLetter
from samkraft.people.rules import reminders as rules
from samkraft.people.rules.reminders import Due, Occasion
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from tests import database
from tests.factories import joint_work
from tests.factories.joint_work import Way
from tests.worker import work

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
TODAY = day_in_stockholm(timezone.now())
TOMORROW = datetime.combine(TODAY + timedelta(days=1), time(10), STOCKHOLM)


@pytest.fixture
def way() -> Way:
    """A person whom the officer leads, known to the social services too, with a meeting tomorrow."""
    made = joint_work.setting()
    found = joint_work.begun(made, made.officer)
    joint_work.join(found, made.officer, made.social)
    said = {"starts_at": TOMORROW.isoformat(), "place": "Rum 1", "with": ["Amira"], "purpose": "planning"}
    meetings.book(by=made.officer.context, person_id=found.person_id, meeting=said)
    return found


def _officer(way: Way) -> str:
    return str(way.setting.officer.membership_id)


def test_who_leads_is_told_once_a_day_and_only_that_something_waits(way: Way) -> None:
    for _morning in range(2):
        app.configure_task(jobs.REMIND_STAFF).defer(timestamp=0)
        work()
    (letter,) = mail.outbox
    assert letter.subject == rules.SUBJECT
    said = f"{letter.subject} {letter.body} {letter.extra_headers}"
    assert "/inkorg/" in said
    for secret in ("Amira", "Haddad", "möte", "samtycke", "Rum 1", str(way.person_id), str(way.enrolment_id)):
        assert secret not in said
    with database.as_owner(connection.settings_dict["NAME"]) as owner:
        told = owner.execute("SELECT membership_id::text, sent_at IS NOT NULL FROM people_staffletter").fetchall()
        assert told == [(_officer(way), True)]
        event = owner.execute(
            "SELECT subject_kind, content FROM audit_event WHERE action = 'staff.reminded'"
        ).fetchall()
        assert event == [("partners.membership", "{}")]
    assert not ProcrastinateJob.objects.exists(), "jobs that went well are not kept"


def test_a_job_carries_a_membership_and_nothing_about_any_case(way: Way) -> None:
    assert jobs.remind_staff() == jobs.remind_staff() > 1
    waiting = ProcrastinateJob.objects.filter(task_name=jobs.REMIND_MEMBER)
    assert waiting.count() == jobs.remind_staff(), "nobody is in the queue twice"
    assert all(set(job.args) == {"membership_id"} for job in waiting)


def _take_access(way: Way) -> None:
    with database.as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(
            "UPDATE people_caseaccess SET period = tstzrange(lower(period), clock_timestamp()) WHERE area_id = %s",
            [way.setting.officer.area_id],
        )


def _protect(way: Way) -> None:
    protection.protect(by=way.setting.social.context, person_id=way.person_id, level="protected_registration")


def _end_membership(way: Way) -> None:
    with database.as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(
            "UPDATE partners_membership SET valid = daterange(lower(valid), CURRENT_DATE) WHERE id = %s",
            [_officer(way)],
        )


@pytest.mark.parametrize("taken", [_take_access, _protect, _end_membership])
def test_what_is_taken_away_while_the_job_waits_is_not_told_of(
    way: Way, taken: Callable[[Way], None], caplog: pytest.LogCaptureFixture
) -> None:
    app.configure_task(jobs.REMIND_MEMBER).defer(membership_id=_officer(way))
    taken(way)
    with caplog.at_level(logging.INFO, logger=jobs.__name__):
        work()
    assert mail.outbox == []
    said = [record.getMessage() for record in caplog.records if record.name == jobs.__name__]
    assert said == [f"{jobs.REMIND_MEMBER}: nothing to tell"]


def test_stopped_halfway_it_is_sent_again_under_the_same_mark_and_says_so(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(BaseException):
        """As when the machine goes down: nothing is tidied up."""

    def stop(*arguments: object, **named: object) -> int:
        raise Stopped

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", stop)
        with pytest.raises(Stopped):
            jobs.remind_member(_officer(way))
    assert jobs.remind_member(_officer(way))
    assert not jobs.remind_member(_officer(way)), "no doubles"
    (letter,) = mail.outbox
    assert letter.body.startswith(rules.PERHAPS_AGAIN)


def test_a_letter_that_surely_did_not_leave_is_tried_again_without_a_word(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **named: object) -> int:
        raise ConnectionRefusedError

    app.configure_task(jobs.REMIND_MEMBER).defer(membership_id=_officer(way))
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        work()
    waiting = ProcrastinateJob.objects.get(task_name=jobs.REMIND_MEMBER)
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert jobs.remind_member(_officer(way))
    assert rules.PERHAPS_AGAIN not in mail.outbox[0].body


def test_nobody_reads_another_s_letters(way: Way) -> None:
    jobs.remind_member(_officer(way))
    for member, rows in ((way.setting.officer, 1), (way.setting.social, 0)):
        with transactions.read(member.context):
            assert StaffLetter.objects.count() == rows


DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("occasion", "in_days", "calls"),
    [
        (Occasion.CONSENT_ENDS, 30, True),
        (Occasion.CONSENT_ENDS, 29, False),
        (Occasion.CONSENT_ENDS, 7, True),
        (Occasion.FOLLOW_UP, 14, True),
        (Occasion.FOLLOW_UP, 0, True),
        (Occasion.PROMISED_START, 0, False),
        (Occasion.PROMISED_START, -1, True),
        (Occasion.MEETING, 1, True),
        (Occasion.MEETING, 0, False),
        (Occasion.TIME_REPORT, 0, True),
    ],
)
def test_each_occasion_calls_on_its_own_days(occasion: Occasion, in_days: int, calls: bool) -> None:
    due = Due(occasion, DAY + timedelta(days=in_days))
    assert bool(rules.calls([due], after=DAY - timedelta(days=1), today=DAY)) is calls


def test_a_night_without_a_worker_is_made_up_for_and_nothing_is_told_twice() -> None:
    due = [Due(Occasion.CONSENT_ENDS, DAY + timedelta(days=28))]
    assert rules.calls(due, after=DAY - timedelta(days=3), today=DAY) == due
    assert rules.calls(due, after=DAY, today=DAY + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("today", "asked"), [(date(2026, 11, 9), date(2026, 10, 10)), (date(2026, 11, 10), date(2026, 11, 10))]
)
def test_time_reports_are_asked_for_on_the_tenth(today: date, asked: date) -> None:
    assert rules.reports_due(today) == asked
