"""A year of money at a glance: for the one who holds the funds, for one committee, and for anybody."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from samkraft.money.models import Decision, Matter, Proposal
from samkraft.money.queries import fund_families
from samkraft.money.queries.decided_items import Item
from samkraft.money.queries.flow import flow
from samkraft.money.queries.flow.flow import Flow
from samkraft.money.rules.flow import flow_paths
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import OUTCOME_LABELS, POSTS, Outcome
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as a line in a list of the latest."""

    id: UUID
    case_number: str
    title: str
    status: str
    is_waiting: bool
    is_assumption: bool


@dataclass(frozen=True, slots=True)
class YearOverview:
    """A year over all families of funds. `years` are those that can be chosen."""

    year: int
    latest_budget_year: int | None
    years: tuple[int, ...]
    flows: tuple[Flow, ...]

    @property
    def budget(self) -> Amount:
        """The budgets that are known, with the count of those that are not."""
        return flow_paths.total(row.amount_ore for whole in self.flows for row in whole.budgets)

    @property
    def allocated(self) -> Amount:
        """What decided points have given out."""
        return flow_paths.total(path.amount_ore for whole in self.flows for path in whole.paths)


@dataclass(frozen=True, slots=True)
class BodyMoney:
    """One fund's money with one body in a year. `told_ore` is what the body itself has told that it used."""

    fund_code: str
    fund_name: str
    year: int
    received: Amount
    waiting: Amount
    paid_on: Amount
    told: Amount | None
    items: tuple[Item, ...]

    @property
    def left(self) -> Amount:
        """What came in less what was paid on, as far as it is known."""
        left = self.received.known_ore - self.paid_on.known_ore
        return Amount(left, self.received.unknown + self.paid_on.unknown)


def read(*, by: Context, year: int | None = None) -> YearOverview | None:
    """A year over all funds; without a year, the latest that has a budget. None when there is nothing at all."""
    access.require(by, Permission.SEE_MONEY)
    families = fund_families.listed()
    years = sorted({each for family in families for each in family.years})
    with_budget = sorted({each for family in families for each in family.budget_years})
    chosen = year or (with_budget or years or [None])[-1]
    if chosen is None:
        return None
    flows = tuple(flow.of_family(family, chosen) for family in families if chosen in family.years)
    return YearOverview(chosen, with_budget[-1] if with_budget else None, tuple(years), flows)


def latest_matters(*, by: Context, most: int = 6, only_decided: bool = False) -> list[MatterLine]:
    """The matters where something was last registered, with where each stands. `only_decided` leaves out drafts."""
    access.require(by, Permission.SEE_MONEY)
    touched: dict[UUID, object] = {}
    for model in (Decision,) if only_decided else (Decision, Proposal):
        for matter_id, at in model.objects.values_list("matter_id", "registered_at"):
            touched[matter_id] = max(at, touched.get(matter_id, at))
    newest = sorted(touched, key=lambda matter: str(touched[matter]), reverse=True)[:most]
    matters = Matter.objects.in_bulk(newest)
    decisions: dict[UUID, list[Decision]] = defaultdict(list)
    for row in Decision.objects.filter(matter_id__in=newest).order_by("date", "registered_at"):
        decisions[row.matter_id].append(row)
    return [_line(matters[key], decisions[key]) for key in newest]


def _line(matter: Matter, decisions: list[Decision]) -> MatterLine:
    if not decisions:
        return MatterLine(matter.id, matter.case_number, matter.title, "", True, False)
    last = decisions[-1]
    is_waiting = Outcome(last.outcome) not in POSTS and Outcome(last.outcome) is not Outcome.REJECTED
    return MatterLine(
        matter.id,
        matter.case_number,
        matter.title,
        OUTCOME_LABELS[Outcome(last.outcome)],
        is_waiting,
        last.is_assumption,
    )


def proposals_without_decision(*, by: Context) -> int:
    """How many matters have a proposal that nobody has decided on."""
    access.require(by, Permission.SEE_MONEY)
    return Matter.objects.filter(proposals__isnull=False, decisions__isnull=True).distinct().count()


def of_body(*, by: Context, organisation_id: UUID, year: int) -> list[BodyMoney]:
    """One body's money in a year, fund by fund."""
    access.require(by, Permission.SEE_MONEY)
    found = []
    for family in fund_families.listed():
        if year not in family.years:
            continue
        whole = flow.of_family(family, year)
        mine = [path for path in whole.paths if path.body.id == organisation_id and not path.is_direct]
        for code in dict.fromkeys(path.item.fund_code for path in mine):
            paths = [path for path in mine if path.item.fund_code == code]
            told = [path.amount_ore for path in paths if not path.outflow and path.receiver]
            counted = [use.amount_ore for path in paths for use in path.uses if use.amount_ore is not None]
            found.append(
                BodyMoney(
                    fund_code=code,
                    fund_name=paths[0].item.fund_name,
                    year=year,
                    received=flow_paths.total(path.amount_ore for path in paths if not path.is_waiting),
                    waiting=flow_paths.total(path.amount_ore for path in paths if path.is_waiting),
                    paid_on=flow_paths.total(path.amount_ore for path in paths if path.outflow and not path.is_waiting),
                    told=flow_paths.total(counted) if counted or told else None,
                    items=tuple({path.item.id: path.item for path in paths}.values()),
                )
            )
    return found
