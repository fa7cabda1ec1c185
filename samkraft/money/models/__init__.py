"""From earmarked fund to paid-out krona. Knows no persons beside those who handle the money.

Start with `funds` (what the council sets aside), then `matters` (what is proposed and decided) and `ledger` (where the
money is). `figures` are what sources say; `contradictions` are where they differ. `reports` are what committees tell afterwards.
"""

from samkraft.money.models.access_requests import AccessDocument, AccessRequest, AccessStep
from samkraft.money.models.applications import (
    GrantApplication,
    GrantAssessment,
    GrantAssessor,
    GrantEvent,
    GrantOpinion,
    GrantProposal,
    GrantSeries,
)
from samkraft.money.models.calls import GrantCall
from samkraft.money.models.contradictions import Contradiction, ContradictionSide, Settlement
from samkraft.money.models.drafts import ReadingDraft
from samkraft.money.models.economy_accounts import EconomyAccount, EuAccountRange
from samkraft.money.models.eu_projects import (
    EuBudget,
    EuBudgetRow,
    EuClaim,
    EuClaimRow,
    EuClaimStep,
    EuEntry,
    EuHours,
    EuParticipantHours,
    EuPosition,
    EuProject,
    EuRate,
    EuStatement,
)
from samkraft.money.models.figures import Figure, Use
from samkraft.money.models.funds import AllocationKey, Appropriation, Fund, KeyShare, YearlyBudget
from samkraft.money.models.grants import (
    AidReceived,
    Grant,
    GrantAgreement,
    GrantAttachment,
    GrantInstalment,
    GrantRecovery,
    GrantReport,
    GrantReportContent,
    GrantTarget,
)
from samkraft.money.models.ledger import Account, MonthTotal, Transfer, Voucher, VoucherSeries
from samkraft.money.models.matters import Decision, Document, Matter, PlannedMeeting, Point, PointItem, Proposal
from samkraft.money.models.pots import GrantControl, GrantSample, Pot, PotDraw
from samkraft.money.models.reports import (
    Report,
    ReportAnswer,
    ReportEffort,
    ReportFigure,
    ReportQuestion,
    ReportStep,
    ReportTransfer,
)
from samkraft.money.models.requests import MoneyRequest, RequestEvent

__all__ = [
    "AccessDocument",
    "AccessRequest",
    "AccessStep",
    "Account",
    "AidReceived",
    "AllocationKey",
    "Appropriation",
    "Contradiction",
    "ContradictionSide",
    "Decision",
    "Document",
    "EconomyAccount",
    "EuAccountRange",
    "EuBudget",
    "EuBudgetRow",
    "EuClaim",
    "EuClaimRow",
    "EuClaimStep",
    "EuEntry",
    "EuHours",
    "EuParticipantHours",
    "EuPosition",
    "EuProject",
    "EuRate",
    "EuStatement",
    "Figure",
    "Fund",
    "Grant",
    "GrantAgreement",
    "GrantApplication",
    "GrantAssessment",
    "GrantAssessor",
    "GrantAttachment",
    "GrantCall",
    "GrantControl",
    "GrantEvent",
    "GrantInstalment",
    "GrantOpinion",
    "GrantProposal",
    "GrantRecovery",
    "GrantReport",
    "GrantReportContent",
    "GrantSample",
    "GrantSeries",
    "GrantTarget",
    "KeyShare",
    "Matter",
    "MoneyRequest",
    "MonthTotal",
    "PlannedMeeting",
    "Point",
    "PointItem",
    "Pot",
    "PotDraw",
    "Proposal",
    "ReadingDraft",
    "Report",
    "ReportAnswer",
    "ReportEffort",
    "ReportFigure",
    "ReportQuestion",
    "ReportStep",
    "ReportTransfer",
    "RequestEvent",
    "Settlement",
    "Transfer",
    "Use",
    "Voucher",
    "VoucherSeries",
    "YearlyBudget",
]
