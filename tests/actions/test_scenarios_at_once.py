"""Two who save the same scenario, or withdraw it, at the very same moment: one is done, the other is told, nothing is lost."""

import pytest

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import forecasts as made
from samkraft.knowledge.actions import scenarios
from samkraft.knowledge.models import Assumptions, ScenarioVersion, ScenarioWithdrawal
from samkraft.knowledge.rules.forecasting.arranging import Assumed
from samkraft.knowledge.rules.forecasting.changes import Changes
from tests.factories import forecasts
from tests.factories.at_once import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_of_two_versions_at_once_one_is_kept_and_the_other_told() -> None:
    setting, _base = forecasts.undertaken(people=1)
    by, where = setting.leader.context, setting.initiative_id
    first = scenarios.save(by=by, initiative_id=where, name="Fler", changes=Changes(places=60))

    def saving(places: int) -> object:
        return scenarios.save(
            by=by,
            initiative_id=where,
            scenario_id=first.scenario_id,
            expected=1,
            name="Fler",
            changes=Changes(places=places),
        )

    assert together(lambda: saving(70), lambda: saving(80)) == ["done", "scenario_stale"]
    with transactions.read(by):
        assert sorted(ScenarioVersion.objects.values_list("number", flat=True)) == [1, 2]

    def withdrawing() -> object:
        return scenarios.withdraw(by=by, initiative_id=where, scenario_id=first.scenario_id)

    assert together(withdrawing, withdrawing) == ["done", "scenario_withdrawn"]
    assumed = Assumed(plan_days=150)
    writing = [
        lambda: made.assume(by=by, initiative_id=where, assumed=assumed, source="Källan", expected=0) for _ in range(2)
    ]
    assert together(*writing) == ["done", "scenario_stale"]
    with transactions.read(by):
        assert ScenarioWithdrawal.objects.count() == 1
        assert Assumptions.objects.count() == 1
