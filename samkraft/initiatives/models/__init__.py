"""What is undertaken, by whom together, towards which goals, how it is steered, and what is due when."""

from samkraft.initiatives.models.activity_plans import PlanEvent, PlanPoint, PlanPointEntry
from samkraft.initiatives.models.duties import Duty, DutyEvent, FeedToken, Reminder
from samkraft.initiatives.models.goals import Goal
from samkraft.initiatives.models.handbooks import HandbookEvent, HandbookSpread, HandbookText, HandbookVersion
from samkraft.initiatives.models.meetings import (
    AgendaPoint,
    Board,
    BoardEvent,
    BoardSeat,
    CapacityChange,
    Meeting,
    MeetingEvent,
    Resolution,
    ResolutionTask,
)
from samkraft.initiatives.models.risks import Risk, RiskAssessment
from samkraft.initiatives.models.staffing import StaffPlace
from samkraft.initiatives.models.teams import InitiativeRules, Party, Phase, Team, TeamMember, Wave
from samkraft.initiatives.models.theories import Theory
from samkraft.initiatives.models.undertakings import Initiative, InitiativePartner, StaffPromise

__all__ = [
    "AgendaPoint",
    "Board",
    "BoardEvent",
    "BoardSeat",
    "CapacityChange",
    "Duty",
    "DutyEvent",
    "FeedToken",
    "Goal",
    "HandbookEvent",
    "HandbookSpread",
    "HandbookText",
    "HandbookVersion",
    "Initiative",
    "InitiativePartner",
    "InitiativeRules",
    "Meeting",
    "MeetingEvent",
    "Party",
    "Phase",
    "PlanEvent",
    "PlanPoint",
    "PlanPointEntry",
    "Reminder",
    "Resolution",
    "ResolutionTask",
    "Risk",
    "RiskAssessment",
    "StaffPlace",
    "StaffPromise",
    "Team",
    "TeamMember",
    "Theory",
    "Wave",
]
