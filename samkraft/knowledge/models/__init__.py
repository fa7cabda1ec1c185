"""What is worked out from money and people together: figures as they were, what was released, forecasts, studies, documents."""

from samkraft.knowledge.models.allotments import Allotment, AllotmentProof
from samkraft.knowledge.models.figures import Binding, Release, Series, Snapshot
from samkraft.knowledge.models.forecasts import (
    Assumptions,
    Forecast,
    Scenario,
    ScenarioComment,
    ScenarioVersion,
    ScenarioWithdrawal,
)
from samkraft.knowledge.models.studies import Study, StudyDraft, StudyEvent

__all__ = [
    "Allotment",
    "AllotmentProof",
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
    "Study",
    "StudyDraft",
    "StudyEvent",
]
