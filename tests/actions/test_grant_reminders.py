"""An organisation is reminded of its report by e-mail, with the address of its own page; the day that holds decides."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from samkraft.initiatives.models import Duty
from samkraft.money.actions.grants import grant_reports, grants
from samkraft.money.models import GrantReport
from samkraft.operations import jobs
from tests.factories import grants as made

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_organisation_is_reminded_on_its_own_page_and_a_moved_day_is_reminded_of_anew() -> None:
    round = made.begun()
    today = timezone.localdate()
    item = round.decided_item()
    grants.establish(by=round.officer, point_item_id=item, report_due=today + timedelta(days=3))
    report = GrantReport.objects.get()
    duty = Duty.objects.get(source_key=grants.duty_key(report.id))
    assert jobs.remind_duty(str(duty.id)) == 2
    assert len(mail.outbox) == 2
    assert all(f"/mina-bidrag/rapport/{report.id}/" in one.body for one in mail.outbox)
    assert jobs.remind_duty(str(duty.id)) == 0
    grant_reports.move(by=round.officer, report_id=report.id, due_date=today + timedelta(days=90), reason="Sjukdom")
    assert jobs.remind_duty(str(duty.id)) == 0  # not near any more
