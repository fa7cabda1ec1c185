"""Make a proposal out of a key or out of what is proposed for requests. It is a proposal like any other: nothing moves."""

from datetime import date, datetime
from uuid import UUID

from samkraft.money.actions import decisions
from samkraft.money.models import AllocationKey, Appropriation, Fund, MoneyRequest, PointItem
from samkraft.money.queries import funds
from samkraft.money.rules import allocation, drafting
from samkraft.money.rules.drafting import Share
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def propose_by_key(
    *, by: Context, at: datetime | None = None, fund_id: UUID, year: int, case_number: str, title: str = ""
) -> UUID:
    """Propose that what is left of a fund's year is split by the key that holds then, one point for each body."""
    access.require(by, Permission.REGISTER_DECISIONS)
    fund = Fund.objects.get(id=fund_id)
    key = AllocationKey.objects.filter(fund=fund, valid__contains=date(year, 1, 1)).first()
    if key is None:
        raise Refused(drafting.NO_KEY, fund=fund.name, year=year)
    left = _left(by, fund, year)
    rows = list(key.shares.select_related("organisation").order_by("position"))
    parts = allocation.split(left, [(row.organisation, row.share) for row in rows])
    shares = [Share(part.who.id, part.who.name, part.amount_ore) for part in parts]
    return _propose(by, at, fund, year, case_number, title, shares)


def propose_requested(
    *, by: Context, at: datetime | None = None, fund_id: UUID, year: int, case_number: str, title: str = ""
) -> UUID:
    """Propose what the city office has proposed for the year's requests, one point for each."""
    access.require(by, Permission.REGISTER_DECISIONS)
    fund = Fund.objects.get(id=fund_id)
    shares = _proposed(fund, year)
    if not shares:
        raise Refused(drafting.NOTHING_PROPOSED, fund=fund.name, year=year)
    drafting.refuse_over(shares, _left(by, fund, year))
    return _propose(by, at, fund, year, case_number, title, shares)


def _left(by: Context, fund: Fund, year: int) -> int:
    """What is left to give out of the fund's year. Raises Refused when that is nothing, or not known."""
    page = funds.page(by=by, code=fund.code)
    known = next((row for row in page.years if row.year == year), None) if page else None
    if known is None or known.left_ore is None:
        raise Refused(drafting.NO_BUDGET, fund=fund.name, year=year)
    if known.left_ore <= 0:
        raise Refused(drafting.ALL_GIVEN, fund=fund.name, year=year)
    return known.left_ore


def _proposed(fund: Fund, year: int) -> list[Share]:
    """Requests with a proposed amount above nothing that no proposal has taken up yet."""
    taken = set(PointItem.objects.filter(request__fund=fund, request__year=year).values_list("request_id", flat=True))
    found = []
    requests = MoneyRequest.objects.filter(fund=fund, year=year).select_related("organisation")
    for request in requests.prefetch_related("events").order_by("organisation__sort_key", "asked_at", "id"):
        events = sorted(request.events.all(), key=lambda event: event.at)
        kinds = {event.kind for event in events}
        amounts = [event.amount_ore for event in events if event.kind == RequestEventKind.PROPOSED]
        if request.id in taken or RequestEventKind.WITHDRAWN in kinds or not amounts or not amounts[-1]:
            continue
        found.append(
            Share(request.organisation_id, request.organisation.name, amounts[-1], request.purpose, request.id)
        )
    return found


def _propose(
    by: Context, at: datetime | None, fund: Fund, year: int, case_number: str, title: str, shares: list[Share]
) -> UUID:
    appropriation = (
        Appropriation.objects.filter(budgets__fund=fund, year=year).select_related("owner").order_by("name").first()
    )
    if appropriation is None:
        raise Refused(drafting.NO_BUDGET, fund=fund.name, year=year)
    points = drafting.points(
        shares,
        decider_name=appropriation.owner.name,
        decider_id=appropriation.owner_id,
        fund_id=fund.id,
        fund_name=fund.name,
        year=year,
        appropriation=appropriation.name,
    )
    return decisions.propose(
        by=by,
        at=at,
        case_number=case_number,
        title=title.strip() or f"Fördelning av {fund.name} {year}",
        decider_id=appropriation.owner_id,
        points=points,
        addressees=list(dict.fromkeys(share.receiver_name for share in shares)),
    )
