"""The worker and the real queue: jobs are found by name, run once, tried again, and the worker stops when it is told to."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samkraft.initiatives.queries import duties as asked
from samkraft.operations import jobs
from samkraft.partners.models import User
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.database import url_of
from tests.factories import initiatives, partners
from tests.worker import work

PROJECT = Path(__file__).resolve().parents[2]
TODAY = day_in_stockholm(timezone.now())


def test_every_job_has_a_short_name_of_its_own() -> None:
    assert {jobs.REMIND_DUTY, jobs.REMIND_DUTIES, jobs.SEAL_AUDIT} <= set(app.tasks)
    assert not any("samkraft." in name for name in app.tasks)
    clock = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}
    assert clock.items() >= {jobs.REMIND_DUTIES: "0 5 * * *", jobs.SEAL_AUDIT: "*/10 * * * *"}.items()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_daily_job_reminds_once_through_the_real_queue() -> None:
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    officer = partners.by(Role.FUND_OFFICER)
    near = initiatives.duty(officer, due_date=TODAY + timedelta(days=2))
    initiatives.duty(officer, due_date=TODAY + timedelta(days=90))
    for _morning in range(2):
        app.configure_task(jobs.REMIND_DUTIES).defer(timestamp=0)
        work()
    assert [letter.to[0] for letter in mail.outbox] == [_address(controller.user_id)]
    assert len(asked.history(duty_id=near)) == 1
    assert not ProcrastinateJob.objects.exists(), "jobs that went well are not kept"


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_same_duty_is_not_put_in_the_queue_twice() -> None:
    initiatives.duty(partners.by(Role.FUND_OFFICER), due_date=TODAY)
    assert jobs.remind_duties() == 1
    assert jobs.remind_duties() == 1
    assert ProcrastinateJob.objects.filter(task_name=jobs.REMIND_DUTY).count() == 1
    job = ProcrastinateJob.objects.get(task_name=jobs.REMIND_DUTY)
    assert set(job.args) == {"duty_id"}, "a job carries ids, never names"


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_letter_that_could_not_be_sent_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    initiatives.duty(partners.by(Role.FUND_OFFICER), due_date=TODAY)
    jobs.remind_duties()

    def refuse(*arguments: object, **named: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        work()
    waiting = ProcrastinateJob.objects.get(task_name=jobs.REMIND_DUTY)
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert waiting.scheduled_at > timezone.now()
    assert mail.outbox == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_clock_seals_the_trail() -> None:
    partners.member(Role.COUNCILLOR)

    def seals() -> int:
        app.configure_task(jobs.SEAL_AUDIT).defer(timestamp=0)
        work()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_seal")
            return int(cursor.fetchone()[0])

    _until(
        seals, 120
    )  # what is younger than any open transaction on the server waits for the next time: that of a whole file


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_worker_stops_cleanly_when_told_to() -> None:
    environment = {**os.environ, "DATABASE_URL": _here()}
    worker = subprocess.Popen([sys.executable, "-m", "samkraft", "jobs"], cwd=PROJECT, env=environment)
    try:
        _until(lambda: _workers() == 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=15) == 0
        assert _workers() == 0
    finally:
        worker.kill()


def _workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])


def _until(holds: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)


def _here() -> str:
    return url_of("DATABASE_URL", connection.settings_dict["NAME"])


def _address(user_id: object) -> str:
    return str(User.objects.get(id=user_id).email)
