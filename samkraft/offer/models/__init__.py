"""What there is to offer, by whom, when and with how many places."""

from samkraft.offer.models.activities import Activity, Coordinator, Outcome, PriorityLine, PriorityRule
from samkraft.offer.models.employers import (
    Employer,
    EmployerContact,
    EmployerWeek,
    Opening,
    PlacementTerms,
    RecruitmentMeeting,
)
from samkraft.offer.models.occasions import ClosedPeriod, Occasion, Place, Proposal, Session
from samkraft.offer.models.summer import (
    SummerHours,
    SummerPeriod,
    SummerPlace,
    SummerRound,
    SummerSeed,
    SummerSupervisor,
    SummerWage,
    SummerWorkplace,
    WorkingTimeRule,
)
from samkraft.offer.models.vacancies import Concept, Vacancy, VacancyFetch, VacancyWish

__all__ = [
    "Activity",
    "ClosedPeriod",
    "Concept",
    "Coordinator",
    "Employer",
    "EmployerContact",
    "EmployerWeek",
    "Occasion",
    "Opening",
    "Outcome",
    "Place",
    "PlacementTerms",
    "PriorityLine",
    "PriorityRule",
    "Proposal",
    "RecruitmentMeeting",
    "Session",
    "SummerHours",
    "SummerPeriod",
    "SummerPlace",
    "SummerRound",
    "SummerSeed",
    "SummerSupervisor",
    "SummerWage",
    "SummerWorkplace",
    "Vacancy",
    "VacancyFetch",
    "VacancyWish",
    "WorkingTimeRule",
]
