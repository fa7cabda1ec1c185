"""What a proposal's written matter (tjänsteskrivelse) is drafted from: points, meetings, sources, funds and requests."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from samkraft.money.models import Document, Fund, Point, PointItem, Proposal, YearlyBudget
from samkraft.money.queries import requests
from samkraft.money.rules.letters import FundTold, Letter
from samkraft.money.rules.point_sentences import PointData, Sum
from samkraft.money.rules.points import Verb
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


def of_matter(*, by: Context, matter_id: UUID) -> Letter | None:
    """The latest proposal of a matter; None when there is none. Asks for the right to register decisions."""
    access.require(by, Permission.REGISTER_DECISIONS)
    proposal = (
        Proposal.objects.filter(matter_id=matter_id)
        .select_related("matter", "proposer", "decider")
        .order_by("-version")
        .first()
    )
    if proposal is None:
        return None
    points = list(proposal.points.order_by("position", "id"))
    items = list(
        PointItem.objects.filter(point__in=points).select_related("receiver", "fund").order_by("point", "position")
    )
    documents = Document.objects.filter(matter_id=matter_id, received_at__lte=proposal.registered_at)
    return Letter(
        matter_id=matter_id,
        case_number=proposal.matter.case_number,
        title=proposal.matter.title,
        proposer=proposal.proposer.name if proposal.proposer else "",
        decider=proposal.decider.name,
        registered_date=proposal.registered_at.date(),
        points=tuple(_point(point, [item for item in items if item.point_id == point.id]) for point in points),
        meetings=tuple(
            (row.body.name, row.date) for row in proposal.meetings.select_related("body").order_by("date", "id")
        ),
        addressees=tuple(proposal.addressees),
        documents=tuple(documents.order_by("dated", "title").values_list("title", "dated")),
        funds=tuple(_funds(by, items)),
    )


def _point(point: Point, items: Sequence[PointItem]) -> PointData:
    """The point with a receiver's years together where everything else is the same."""
    sums = []
    for key, rows in groupby(items, key=_key):
        years = tuple(sorted(row.year for row in rows if row.year is not None))
        receiver, amount, purpose, fund, appropriation, contract = key
        sums.append(Sum(receiver, amount, years, purpose or fund, appropriation, contract))
    return PointData(point.number, Verb(point.verb), point.text, tuple(sums), point.due_words)


def _key(item: PointItem) -> tuple[str, int | None, str, str, str, str]:
    name = item.receiver.name if item.receiver else item.receiver_words
    fund = item.fund.name if item.fund else ""
    return (name, item.amount_ore, item.purpose, fund, item.appropriation_words, item.contract)


def _funds(by: Context, items: Sequence[PointItem]) -> list[FundTold]:
    years = sorted({item.year for item in items if item.year is not None})
    found = Fund.objects.filter(id__in={item.fund_id for item in items if item.fund_id}).order_by("name")
    return [_fund(by, fund, years) for fund in found]


def _fund(by: Context, fund: Fund, years: Sequence[int]) -> FundTold:
    budgets = []
    for year in years:
        rows = list(
            YearlyBudget.objects.filter(fund=fund, appropriation__year=year).values_list("amount_ore", flat=True)
        )
        if rows:
            budgets.append((year, None if None in rows else sum(rows)))
    asked = [
        (row.body.name, row.purpose, row.asked_ore, row.proposed_ore if row.has_proposal else None)
        for group in requests.listed(by=by, fund_code=fund.code)
        if group.year in years
        for row in group.rows
    ]
    goals = tuple(fund.goals.order_by("position", "code").values_list("text", flat=True))
    return FundTold(fund.name, fund.purpose, goals, tuple(budgets), tuple(asked))
