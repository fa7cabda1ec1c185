"""Several write in one report at the same moment: one version holds, the others are told, and no number is given twice."""

from collections import Counter
from collections.abc import Callable

import pytest

from samkraft.money.actions.reports import report_writing
from samkraft.money.models import ReportAnswer, ReportEffort
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.uses import EffortStatus
from tests.factories import reports
from tests.factories.at_once import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
TIMES = 5


def test_of_several_who_write_at_once_one_is_saved_and_the_others_are_told() -> None:
    year = reports.begin()

    def answering(number: int) -> Callable[[], object]:
        return lambda: year.answer(f"Svar {number}.")

    def adding(number: int) -> Callable[[], object]:
        return lambda: report_writing.write_effort(
            by=year.writer, report_id=year.reports["asn"], question_id=year.questions[0], title=f"Insats {number}",
            status=EffortStatus.DONE,
        )  # fmt: skip

    assert Counter(together(*map(answering, range(TIMES)))) == {"done": 1, rules.STALE.code: TIMES - 1}
    assert ReportAnswer.objects.count() == 1
    assert together(*map(adding, range(TIMES))) == ["done"] * TIMES
    assert sorted(ReportEffort.objects.values_list("number", flat=True)) == list(range(1, TIMES + 1))
