"""From decided points to vouchers: one for each point and year. Points of years to come wait for their budget."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from samkraft.money.actions import ledger
from samkraft.money.models import Account, Appropriation, Decision, Fund, Point, Transfer, YearlyBudget
from samkraft.money.queries import standing, stored_points
from samkraft.money.rules import posting
from samkraft.money.rules.points import POSTS
from samkraft.money.rules.posting import Movement, Purse
from samkraft.partners.queries import frames
from samkraft.partners.rules.organisations import HOLDS_FRAME, OrganisationKind
from samkraft.values.context import Context


def post_decision(
    *, by: Context, at: datetime, decision: Decision, points: Sequence[Point], kinds: Mapping[UUID, OrganisationKind]
) -> None:
    """Post every point of a new decision whose year has its money. Inside the transaction of the action that calls.

    `points` are the decision's own in order, with their items; `kinds` what its receivers are.
    """
    holders = {receiver: kind in HOLDS_FRAME for receiver, kind in kinds.items()}
    moves = posting.movements(stored_points.drafts_of(points), decider_id=decision.body_id, holders=holders)
    _post(by, at, decision.date, {point.number: point for point in points}, moves, posted=frozenset())


def post_waiting(*, by: Context, at: datetime, fund: Fund, appropriation: Appropriation, posted_date: date) -> None:
    """Post what was decided earlier for a year that has now got its money."""
    waiting = Decision.objects.filter(
        outcome__in=[outcome.value for outcome in POSTS],
        points__items__fund=fund,
        points__items__year=appropriation.year,
        points__items__amount_ore__isnull=False,
        points__items__transfers__isnull=True,
    ).distinct()
    undone = standing.undone(waiting.order_by().values_list("id", flat=True))
    for decision in waiting.exclude(id__in=undone).order_by("date", "id"):
        points = list(decision.points.order_by("position").prefetch_related("items"))
        moves = posting.movements(
            stored_points.drafts_of(points), decider_id=decision.body_id, holders=_holders(points)
        )
        due = [move for move in moves if move.target.year == appropriation.year and move.target.fund_id == fund.id]
        ids = [item.id for point in points for item in point.items.all()]
        posted = Transfer.objects.filter(point_item_id__in=ids).values_list("point_item_id", flat=True)
        numbered = {point.number: point for point in points}
        _post(by, at, max(posted_date, decision.date), numbered, due, posted=frozenset(posted))


def _post(
    by: Context,
    at: datetime,
    day: date,
    points: dict[str, Point],
    moves: list[Movement],
    *,
    posted: Collection[UUID | None],
) -> None:
    """`posted` are the items that have been posted before: they are passed over."""
    groups: dict[tuple[str, int], list[ledger.Line]] = {}
    sources: dict[Purse, Account | None] = {}
    for move in moves:
        item = stored_points.in_order(points[move.point_number])[move.item]
        if item.id in posted:
            continue
        if move.source not in sources or sources[move.source] is None:
            sources[move.source] = _source_of(move)
        source = sources[move.source]
        if source is None:
            continue  # the year's budget is not decided yet: the point waits, and is shown as bound
        target = ledger.account_of(move.target)
        assert target is not None  # only an appropriation can be missing, and none is a target
        groups.setdefault((move.point_number, move.target.year), []).append(
            ledger.Line(source, target, move.amount_ore, item)
        )
    for (number, year), lines in groups.items():
        point = points[number]
        ledger.post_within(
            by=by,
            at=at,
            posted_date=max(day, date(year, 1, 1)) if year != day.year else day,
            text=f"Punkt {number}: {point.text}"[:300],
            lines=lines,
            point=point,
        )


def _source_of(move: Movement) -> Account | None:
    """The account that pays, or None when its year has no money yet and the point has to wait.

    A body that pays out of its own frame waits as long as nobody has a budget from the fund that year; after that it
    either has the money or is refused.
    """
    purse = move.source
    budgets = YearlyBudget.objects.filter(appropriation__year=purse.year, fund_id=purse.fund_id)
    if purse.appropriation:
        budgets = budgets.filter(appropriation__name=purse.appropriation)
    if budgets.exists():
        return ledger.account_of(purse)
    return None if purse.appropriation else ledger.account_of(purse, opening=False)


def _holders(points: Iterable[Point]) -> dict[UUID, bool]:
    ids = {item.receiver_id for point in points for item in point.items.all() if item.receiver_id}
    return frames.which_hold(ids)
