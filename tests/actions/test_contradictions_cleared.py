"""What differed and is in order again, each in a city of its own."""

from datetime import UTC, datetime

import pytest

from samkraft.money.actions import decisions
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Contradiction
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.rules.points import Outcome
from samkraft.money.rules.settling import State
from tests.factories import differences, money
from tests.factories.differences import DAY

pytestmark = pytest.mark.django_db


def test_a_difference_that_is_gone_is_told_as_in_order_now() -> None:
    city = money.city()
    city.budget(10_000)
    decisions.decide(
        by=city.by, case_number="STK-2024-1", body_id=city.orgs["ks"], date=DAY, outcome=Outcome.AS_PROPOSED,
        points=[city.gives("1", "asn", 9_000)],
    )  # fmt: skip
    assert contradictions.look(by=city.by).differing == 1
    first = Contradiction.objects.get(rule="points_against_budget")
    decisions.decide(
        by=city.by, case_number="STK-2024-2", body_id=city.orgs["ks"], date=DAY, outcome=Outcome.AS_PROPOSED,
        points=[city.gives("1", "gvn", 1_000)],
    )  # fmt: skip
    assert contradictions.look(by=city.by) == contradictions.Looked(cleared=1)
    assert queries.state_of(first) is State.OVERTAKEN
    assert [row.state for row in queries.listed(by=city.by)] == [State.CLEARED]


def test_a_subject_that_no_rule_tells_any_longer_is_in_order_now() -> None:
    city = money.city()
    first, second = differences.report(city), differences.report(city, "Rapport 2022")
    differences.count(city, first, 50)
    differences.count(city, second, 100)
    contradictions.look(by=city.by)
    row = Contradiction.objects.get()
    still_differing = queries.stem_of(row.key)
    gone = Contradiction.objects.create(
        key="told_twice:borta#0001:abc", rule="told_twice", subject="Borta", question="?", year=2022,
        found_at=datetime(2024, 1, 1, tzinfo=UTC), found_by="Samkraft",
    )  # fmt: skip
    assert contradictions.look(by=city.by) == contradictions.Looked(cleared=1)
    assert queries.state_of(gone) is State.OVERTAKEN
    states = {queries.stem_of(each.key): queries.state_of(each) for each in queries.latest_by_rule()}
    assert states == {still_differing: State.OPEN, "told_twice:borta": State.CLEARED}
