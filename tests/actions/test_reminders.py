"""Reminders: each person once for each step and date; never lost, and never repeated in silence."""

import smtplib
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from samkraft.initiatives.actions import duties, reminders
from samkraft.initiatives.models import Reminder
from samkraft.initiatives.queries import duties as asked
from samkraft.initiatives.rules.duties import DutyEventKind
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import initiatives, partners
from tests.factories.initiatives import moment

pytestmark = pytest.mark.django_db
DUE = date(2024, 3, 31)


@pytest.fixture
def officer() -> Context:
    return partners.by(Role.FUND_OFFICER)


@pytest.fixture
def duty(officer: Context) -> UUID:
    return initiatives.duty(officer, due_date=DUE, basis="STK-2024-291, punkt 11")


def _remind(duty: UUID, at: datetime) -> int:
    return reminders.remind(by=CLOCK, at=at, duty_id=duty, page=f"https://samkraft.invalid/arshjul/{duty}/")


class _FallsAfterSending(EmailBackend):
    """The letter leaves, and then the machine stops before anybody notes it."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise SystemExit


def _through(monkeypatch: pytest.MonkeyPatch, backend: type[EmailBackend]) -> None:
    monkeypatch.setattr("django.core.mail.get_connection", lambda *args, **kwargs: backend())


def test_everybody_who_answers_for_the_body_is_reminded_once(duty: UUID) -> None:
    for _number in range(2):
        partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    partners.member(Role.COMMITTEE_CONTROLLER, "asn")
    partners.member(Role.COUNCILLOR, "gvn")
    assert _remind(duty, moment(2024, 3, 17)) == 2
    assert _remind(duty, moment(2024, 3, 17, 11)) == 0
    assert _remind(duty, moment(2024, 3, 18)) == 0
    assert len(mail.outbox) == 2
    assert len({letter.to[0] for letter in mail.outbox}) == 2
    assert mail.outbox[0].subject == "Om två veckor: Lämna årsanalys"
    assert "GVN ska senast 31 mars 2024 ha gjort det här" in mail.outbox[0].body
    assert "STK-2024-291, punkt 11" in mail.outbox[0].body
    assert f"/arshjul/{duty}/" in mail.outbox[0].body


def test_there_is_one_reminder_for_each_step_and_one_line_in_the_history(duty: UUID) -> None:
    partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    days = [moment(2024, 3, 10), moment(2024, 3, 17), moment(2024, 3, 28), moment(2024, 4, 1), moment(2024, 5, 1)]
    assert [_remind(duty, day) for day in days] == [0, 1, 1, 1, 0]
    assert [letter.subject.split(":")[0] for letter in mail.outbox] == ["Om två veckor", "Snart dags", "Försenad"]
    assert [event.kind for event in asked.history(duty_id=duty)] == [DutyEventKind.REMINDED] * 3


def test_when_the_body_has_nobody_the_letter_goes_to_who_holds_the_wheel(duty: UUID) -> None:
    assert _remind(duty, moment(2024, 4, 1)) == 1
    assert "ingen hos GVN har konto" in mail.outbox[0].body


def test_a_done_duty_is_not_reminded_of(officer: Context, duty: UUID) -> None:
    duties.complete(by=officer, at=moment(2024, 3, 1), duty_id=duty)
    assert _remind(duty, moment(2024, 3, 28)) == 0
    assert mail.outbox == []


def test_a_moved_duty_is_reminded_of_anew(officer: Context, duty: UUID) -> None:
    assert _remind(duty, moment(2024, 3, 29)) == 1
    duties.move(by=officer, at=moment(2024, 3, 30), duty_id=duty, new_due_date=date(2024, 6, 1), reason="Nytt möte")
    assert _remind(duty, moment(2024, 4, 2)) == 0
    assert _remind(duty, moment(2024, 5, 30)) == 1


def test_a_letter_that_may_have_left_is_sent_again_and_says_so(monkeypatch: pytest.MonkeyPatch, duty: UUID) -> None:
    partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    with monkeypatch.context() as broken:
        _through(broken, _FallsAfterSending)
        with pytest.raises(SystemExit):
            _remind(duty, moment(2024, 3, 28))
    assert asked.history(duty_id=duty) == []
    assert _remind(duty, moment(2024, 3, 28, 11)) == 1
    first, second = mail.outbox
    assert "redan har fått" not in first.body
    assert second.body.startswith("Det kan hända att du redan har fått den här påminnelsen")
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert _remind(duty, moment(2024, 3, 28, 12)) == 0


def test_a_stop_between_two_people_reminds_only_the_one_who_is_left(
    monkeypatch: pytest.MonkeyPatch, duty: UUID
) -> None:
    for _number in range(3):
        partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    sent: list[str] = []

    class StopsAtTheSecond(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            if len(sent) == 1:
                raise SystemExit
            sent.append(messages[0].to[0])
            return int(super().send_messages(messages))

    with monkeypatch.context() as broken:
        _through(broken, StopsAtTheSecond)
        with pytest.raises(SystemExit):
            _remind(duty, moment(2024, 3, 28))
    assert _remind(duty, moment(2024, 3, 28, 11)) == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted({letter.to[0] for letter in mail.outbox})
    assert ["redan har fått" in letter.body for letter in mail.outbox] == [False, True, False]


@pytest.mark.parametrize("fault", [ConnectionRefusedError, smtplib.SMTPConnectError])
def test_a_letter_that_surely_did_not_leave_is_sent_later_without_excuse(
    monkeypatch: pytest.MonkeyPatch, duty: UUID, fault: type[Exception]
) -> None:
    partners.member(Role.COMMITTEE_CONTROLLER, "gvn")

    class Refuses(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            raise fault(421, "nej")

    with monkeypatch.context() as broken:
        _through(broken, Refuses)
        with pytest.raises(fault):
            _remind(duty, moment(2024, 3, 28))
    assert Reminder.objects.get().sent_at is None
    assert _remind(duty, moment(2024, 3, 28, 11)) == 1
    assert "redan har fått" not in mail.outbox[0].body


def test_the_letter_is_in_the_readers_language(duty: UUID) -> None:
    from samkraft.partners.models import User

    reader = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    User.objects.filter(id=reader.user_id).update(language="en")
    _remind(duty, moment(2024, 3, 28))
    assert "31 March 2024" in mail.outbox[0].body


def test_nobody_holding_a_role_that_has_ended_is_written_to(duty: UUID) -> None:
    left = partners.member(Role.COMMITTEE_CONTROLLER, "gvn")
    from samkraft.partners.models import Membership

    Membership.objects.filter(id=left.membership_id).update(valid=(date(2022, 1, 3), date(2024, 3, 1)))
    _remind(duty, moment(2024, 3, 28))
    assert "ingen hos GVN" in mail.outbox[0].body
