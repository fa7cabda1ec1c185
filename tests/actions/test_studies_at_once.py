"""Two who close the same study at the same moment."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from samkraft.knowledge.actions import studies
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.values.refusal import Refused
from tests.factories import studies as factory


@pytest.mark.django_db(transaction=True)
def test_of_two_closings_at_once_one_holds_and_the_other_is_told() -> None:
    study = factory.registered().reach(Kind.DRAWN)
    barrier, said = Barrier(2), []

    def close() -> None:
        barrier.wait()
        try:
            studies.freeze(by=study.evaluator.context, at=study.moment + timedelta(hours=1), study_id=study.study_id)
            said.append("frozen")
        except Refused as refusal:
            said.append(refusal.reason.code)
        finally:
            connection.close()

    both = [Thread(target=close) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said)[0] == "frozen"
    assert said[0] != said[1]
    assert sorted(said)[1] in {"study_somebody_else", "study_frozen"}
    assert [one.kind for one in study.row.held.events].count(Kind.FROZEN) == 1
