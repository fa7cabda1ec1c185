"""From earmarked fund to paid-out krona. Knows no persons beside those who handle the money.

Start with `funds` (what the council sets aside), then `matters` (what is proposed and decided) and `ledger` (where the
money is). `figures` are what sources say; `contradictions` are where they differ. `reports` are what committees tell afterwards.
"""

from samkraft.money.models.contradictions import Contradiction, ContradictionSide, Settlement
from samkraft.money.models.drafts import ReadingDraft
from samkraft.money.models.figures import Figure, Use
from samkraft.money.models.funds import AllocationKey, Appropriation, Fund, KeyShare, YearlyBudget
from samkraft.money.models.ledger import Account, MonthTotal, Transfer, Voucher, VoucherSeries
from samkraft.money.models.matters import Decision, Document, Matter, PlannedMeeting, Point, PointItem, Proposal
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
    "Account",
    "AllocationKey",
    "Appropriation",
    "Contradiction",
    "ContradictionSide",
    "Decision",
    "Document",
    "Figure",
    "Fund",
    "KeyShare",
    "Matter",
    "MoneyRequest",
    "MonthTotal",
    "PlannedMeeting",
    "Point",
    "PointItem",
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
