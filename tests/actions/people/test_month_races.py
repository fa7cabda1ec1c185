"""Two who close the same month at the same moment, with connections of their own that really commit."""

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.people.actions.months import months, time_reports
from samkraft.people.rules.months import months as rules
from tests.factories import months as factory
from tests.factories.at_once import together

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
MONTH = rules.step(rules.of_day(timezone.now().date()), -1)


def test_of_two_who_close_a_month_at_once_one_does_and_the_other_is_told_that_it_is_done() -> None:
    made = factory.made()
    way = made.person(rules.span(MONTH)[0])
    made.report(way, MONTH, 20)
    by, key = made.closer.context, made.setting.initiative_id

    def close() -> object:
        return months.close(by=by, initiative_id=key, month=MONTH)

    assert together(close, close) == ["done", "month_closed_already"]

    made.report(way, MONTH, 24, attested=False, at=timezone.now())

    def attest() -> object:
        return time_reports.attest(by=made.colleague.context, person_id=way.person_id, month=MONTH, hours=24)

    def rewrite() -> object:
        return made.report(way, MONTH, 26, attested=False, at=timezone.now())

    assert together(attest, rewrite) in (["done", "done"], ["done", "time_report_changed"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    corrected = months.close(by=by, initiative_id=key, month=MONTH, why="Rättat två gånger.")
    assert corrected is not None
