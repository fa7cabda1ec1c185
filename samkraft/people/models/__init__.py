"""What is known about participants, by whom, and on what basis it was handed over."""

from samkraft.people.models.call_lists import CallEntry, Caller, CallFollowUp, CallList, CallNote
from samkraft.people.models.cases import BreakGlass, CaseAccess, Enrolment, Recusal
from samkraft.people.models.cohorts import CohortColumn, CohortKey, CohortRun, Milestone
from samkraft.people.models.consent_scopes import ConsentScope
from samkraft.people.models.contributions import Consent, Contribution, Disclosure, Statute
from samkraft.people.models.imports import ImportedFile
from samkraft.people.models.invitations import Invitation, InvitationBooking, InvitationLink, InvitationSlot
from samkraft.people.models.letters import StaffLetter
from samkraft.people.models.months import MonthClosing, MonthFile, MonthRow, MonthSetting, StaffAttest, StaffHours
from samkraft.people.models.overviews import Overview
from samkraft.people.models.persons import (
    GuardCall,
    Identity,
    Match,
    Person,
    Protection,
    ProtectionName,
    SearchToken,
)
from samkraft.people.models.place_suggestions import PlaceAdoption, PlaceSuggestion
from samkraft.people.models.places import Attendance, PlaceDisclosure, PlaceEntry, PlaceEvent, PlaceHold, PlaceResult
from samkraft.people.models.recruitment import RecruitmentInvitation, RecruitmentResult
from samkraft.people.models.reference import CategoryRow, RoleCategory
from samkraft.people.models.saved_views import SavedView
from samkraft.people.models.summer import (
    SummerApplicant,
    SummerConsent,
    SummerDraw,
    SummerGuardian,
    SummerLink,
    SummerStaff,
)
from samkraft.people.models.summer_places import (
    SummerAttest,
    SummerCard,
    SummerEvent,
    SummerPayment,
    SummerPlacement,
    SummerPunch,
    SummerShift,
)

__all__ = [
    "Attendance", "BreakGlass", "CallEntry", "CallFollowUp", "CallList", "CallNote", "Caller",
    "CaseAccess", "CategoryRow", "CohortColumn", "CohortKey", "CohortRun", "Consent", "ConsentScope", "Contribution",
    "Disclosure", "Enrolment", "GuardCall", "Identity", "ImportedFile", "Invitation", "InvitationBooking",
    "InvitationLink", "InvitationSlot", "Match", "Milestone", "MonthClosing", "MonthFile", "MonthRow",
    "MonthSetting", "Overview", "Person", "PlaceAdoption", "PlaceDisclosure",
    "PlaceEntry", "PlaceEvent", "PlaceHold", "PlaceResult", "PlaceSuggestion", "Protection", "ProtectionName",
    "RecruitmentInvitation", "RecruitmentResult", "Recusal",
    "RoleCategory", "SavedView", "SearchToken", "StaffAttest", "StaffHours", "StaffLetter", "Statute",
    "SummerApplicant", "SummerAttest", "SummerCard",
    "SummerConsent", "SummerDraw", "SummerEvent", "SummerGuardian", "SummerLink", "SummerPayment",
    "SummerPlacement", "SummerPunch", "SummerShift", "SummerStaff",
]  # fmt: skip
