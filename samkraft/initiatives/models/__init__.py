"""What is undertaken, by whom together, towards which goals, and what is due when."""

from samkraft.initiatives.models.duties import Duty, DutyEvent, FeedToken, Reminder
from samkraft.initiatives.models.goals import Goal
from samkraft.initiatives.models.teams import InitiativeRules, Party, Phase, Team, TeamMember, Wave
from samkraft.initiatives.models.theories import Theory
from samkraft.initiatives.models.undertakings import Initiative, InitiativePartner, StaffPromise

__all__ = [
    "Duty",
    "DutyEvent",
    "FeedToken",
    "Goal",
    "Initiative",
    "InitiativePartner",
    "InitiativeRules",
    "Party",
    "Phase",
    "Reminder",
    "StaffPromise",
    "Team",
    "TeamMember",
    "Theory",
    "Wave",
]
