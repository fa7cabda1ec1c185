"""Requests for money (äskanden): asked, proposed and decided side by side, with what has been said about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.money.models import Fund, MoneyRequest, PointItem, RequestEvent
from samkraft.money.queries import decided_items, funds
from samkraft.money.queries.decided_items import Body, State
from samkraft.money.queries.funds import FundYear
from samkraft.money.rules.flow import flow_paths
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import POSTS
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a request. `by` is the person who wrote it."""

    kind: RequestEventKind
    amount_ore: int | None
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The point that a request was taken up in."""

    point_id: UUID
    number: str
    case_number: str
    amount_ore: int | None
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One request. What is proposed or decided is None when nobody has said it."""

    id: UUID
    fund_id: UUID
    fund_code: str
    fund_name: str
    year: int
    body: Body
    purpose: str
    reasons: str
    asked_ore: int | None
    asked_at: datetime
    asked_by: str
    source: str
    events: tuple[Event, ...]
    taken_up: tuple[Decided, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the body took it back."""
        return any(event.kind is RequestEventKind.WITHDRAWN for event in self.events)

    @property
    def has_proposal(self) -> bool:
        """Whether the city office has proposed an amount (which may be nothing)."""
        return self._latest(RequestEventKind.PROPOSED) is not None

    @property
    def proposed_ore(self) -> int | None:
        """The amount that the city office proposes, the latest."""
        event = self._latest(RequestEventKind.PROPOSED)
        return event.amount_ore if event else None

    @property
    def has_decision(self) -> bool:
        """Whether anything is decided of it."""
        return any(each.is_decided for each in self.taken_up) or self._latest(RequestEventKind.DECIDED) is not None

    @property
    def decided_ore(self) -> int | None:
        """What has been decided: by the points that took it up, else as noted."""
        decided = [each.amount_ore for each in self.taken_up if each.is_decided]
        if decided:
            return flow_paths.total(decided).ore
        event = self._latest(RequestEventKind.DECIDED)
        return event.amount_ore if event else None

    def _latest(self, kind: RequestEventKind) -> Event | None:
        return next((event for event in reversed(self.events) if event.kind is kind), None)


@dataclass(frozen=True, slots=True)
class BodySum:
    """One body's requests of a year. `given` is all new money that is decided for it, None when there is none."""

    body: Body
    rows: tuple[Row, ...]
    given: Amount | None

    @property
    def asked(self) -> Amount:
        """The sum that is asked for, without what has been taken back."""
        return flow_paths.total(row.asked_ore for row in self.rows if not row.is_withdrawn)

    @property
    def proposed(self) -> Amount | None:
        """The sum that is proposed; None when nothing is."""
        found = [row.proposed_ore for row in self.rows if row.has_proposal and not row.is_withdrawn]
        return flow_paths.total(found) if found else None

    @property
    def is_answered_whole(self) -> bool:
        """Whether money is decided for the body although no single request has an answer."""
        return self.given is not None and not any(row.has_decision or row.has_proposal for row in self.rows)


@dataclass(frozen=True, slots=True)
class YearOfRequests:
    """A fund's requests of a year with their sums against the budget."""

    fund_id: UUID
    fund_code: str
    fund_name: str
    year: int
    rows: tuple[Row, ...]
    money: FundYear | None
    given: dict[UUID, Amount]

    @property
    def bodies(self) -> list[BodySum]:
        """The requests of each body with its sums, in order."""
        order = dict.fromkeys(row.body for row in self.rows)
        return [
            BodySum(body, tuple(row for row in self.rows if row.body == body), self.given.get(body.id))
            for body in order
        ]

    @property
    def standing(self) -> tuple[Row, ...]:
        """Those that have not been withdrawn."""
        return tuple(row for row in self.rows if not row.is_withdrawn)

    @property
    def asked(self) -> Amount:
        """The sum that is asked for."""
        return flow_paths.total(row.asked_ore for row in self.standing)

    @property
    def proposed(self) -> Amount:
        """The sum that is proposed, of those with a proposal."""
        return flow_paths.total(row.proposed_ore for row in self.standing if row.has_proposal)

    @property
    def decided(self) -> Amount:
        """The sum that is decided, of those with a decision."""
        return flow_paths.total(row.decided_ore for row in self.standing if row.has_decision)

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Proposed above nothing and not taken up in any matter."""
        return tuple(row for row in self.standing if row.proposed_ore and not row.taken_up)


def listed(*, by: Context, fund_code: str = "", year: int | None = None, body_code: str = "") -> list[YearOfRequests]:
    """Requests by fund and year, the latest year first, narrowed by what is given."""
    access.require(by, Permission.SEE_MONEY)
    found = MoneyRequest.objects.all()
    if fund_code:
        found = found.filter(fund__code=fund_code)
    if year:
        found = found.filter(year=year)
    if body_code:
        found = found.filter(organisation__code=body_code)
    rows = _rows(list(found.values_list("id", flat=True)))
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.year, row.fund_code), []).append(row)
    money = {code: funds.page(by=by, code=code) for code in {row.fund_code for row in rows}}
    years = []
    for (number, code), mine in sorted(groups.items(), key=lambda pair: (-pair[0][0], pair[0][1])):
        page = money[code]
        known = next((each for each in page.years if each.year == number), None) if page else None
        given = _given(mine[0].fund_id, number)
        years.append(YearOfRequests(mine[0].fund_id, code, mine[0].fund_name, number, tuple(mine), known, given))
    return years


def _given(fund_id: UUID, year: int) -> dict[UUID, Amount]:
    """Body → the new money that is decided for it of the fund's year."""
    found: dict[UUID, Amount] = {}
    for item in decided_items.of_year(fund_ids=[fund_id], year=year):
        if item.from_appropriation and item.receiver and item.state is not State.REVERSED:
            found[item.receiver.id] = found.get(item.receiver.id, Amount()).plus(item.amount_ore)
    return found


def one(*, by: Context, request_id: UUID) -> Row | None:
    """One request; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    return next(iter(_rows([request_id])), None)


def of_body(*, by: Context, organisation_id: UUID) -> list[Row]:
    """One body's requests, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    ids = MoneyRequest.objects.filter(organisation_id=organisation_id).values_list("id", flat=True)
    return sorted(_rows(list(ids)), key=lambda row: (row.year, row.asked_at), reverse=True)


def choices(*, by: Context) -> list[tuple[str, str, int]]:
    """Funds that can be asked from: code, name and the first year that they hold."""
    access.require(by, Permission.SEE_MONEY)
    rows = Fund.objects.order_by("name").values_list("code", "name", "valid")
    return [(code, name, valid.lower.year) for code, name, valid in rows]


def fund_id_of(code: str) -> UUID | None:
    """The id of the fund with this code."""
    return Fund.objects.filter(code=code).values_list("id", flat=True).first()


def may_act_for(by: Context, row: Row) -> bool:
    """Whether the reader may withdraw and comment on it: its own body, or the one who holds the funds."""
    if may(by.role, Permission.MANAGE_FUNDS):
        return True
    return may(by.role, Permission.REQUEST_MONEY) and by.organisation_id == row.body.id


def _rows(ids: Sequence[UUID]) -> list[Row]:
    requests = (
        MoneyRequest.objects.filter(id__in=ids)
        .select_related("fund", "organisation")
        .order_by("organisation__sort_key", "asked_at", "id")
    )
    events: dict[UUID, list[Event]] = {}
    for event in RequestEvent.objects.filter(request_id__in=ids).order_by("at", "id"):
        events.setdefault(event.request_id, []).append(
            Event(RequestEventKind(event.kind), event.amount_ore, event.text, event.at, event.by)
        )
    taken = _taken_up(ids)
    return [
        Row(
            row.id, row.fund_id, row.fund.code, row.fund.name, row.year, decided_items.body_of(row.organisation), row.purpose,
            row.reasons, row.amount_ore, row.asked_at, row.asked_by, row.source, tuple(events.get(row.id, [])),
            tuple(taken.get(row.id, [])),
        )
        for row in requests
    ]  # fmt: skip


def _taken_up(ids: Sequence[UUID]) -> dict[UUID, list[Decided]]:
    """Request → the points that took it up; decided ones hide the proposals that they decided."""
    found: dict[UUID, list[Decided]] = {}
    items = PointItem.objects.filter(request_id__in=ids).select_related(
        "point__decision__matter", "point__proposal__matter"
    )
    for item in items.order_by("point__position", "position"):
        decision, proposal = item.point.decision, item.point.proposal
        source = decision or proposal
        assert source is not None
        assert item.request_id is not None
        is_decided = decision is not None and decision.outcome in {outcome.value for outcome in POSTS}
        found.setdefault(item.request_id, []).append(
            Decided(item.point_id, item.point.number, source.matter.case_number, item.amount_ore, is_decided)
        )
    return found
