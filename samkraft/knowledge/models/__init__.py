"""What is worked out from money and people together: figures as they were, what was released, forecasts, documents."""

from samkraft.knowledge.models.figures import Binding, Release, Series, Snapshot
from samkraft.knowledge.models.forecasts import (
    Assumptions,
    Forecast,
    Scenario,
    ScenarioComment,
    ScenarioVersion,
    ScenarioWithdrawal,
)

__all__ = [
    "Assumptions",
    "Binding",
    "Forecast",
    "Release",
    "Scenario",
    "ScenarioComment",
    "ScenarioVersion",
    "ScenarioWithdrawal",
    "Series",
    "Snapshot",
]
