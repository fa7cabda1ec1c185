"""Two who settle the same contradiction at the same moment."""

import threading

import pytest
from django.db import connection

from samkraft.money.models import Settlement
from samkraft.values.refusal import Refused
from tests.actions.test_contradictions import settle
from tests.factories import differences


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_exactly_one_wins() -> None:
    found = differences.differing()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def try_it(position: int) -> None:
        start.wait()
        try:
            settle(found, position=position)
            outcomes.append("settled")
        except Refused as refused:
            outcomes.append(refused.reason.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(position,)) for position in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["contradiction_already_settled", "settled"]
    assert Settlement.objects.count() == 1
