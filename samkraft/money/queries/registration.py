"""What a decision text meets here: known names, the year's budget, what is decided before, what would be posted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import Account, Appropriation, Decision, Fund, Matter, Transfer, YearlyBudget
from samkraft.money.queries import standing as in_force
from samkraft.money.rules import posting
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.decision_text import Reading
from samkraft.money.rules.posting import PointDraft, Purse
from samkraft.money.rules.registration import sum_check
from samkraft.money.rules.registration.registration import Interpretation, Known, KnownFund
from samkraft.money.rules.registration.sum_check import Earlier, YearSum
from samkraft.partners.queries import frames, matching
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement that registering would post: from where to where, öre, and what is left at the source after it.

    `waits` is true when the year has no budget yet: then nothing is posted until it has.
    """

    point: str
    source: str
    target: str
    amount_ore: int
    year: int
    waits: bool
    left_ore: int | None


def known_for(reading: Reading) -> Known:
    """What the words of a reading can mean here. Inside a read."""
    words = {item.receiver for point in reading.points for item in point.items if item.receiver}
    words |= {answer.value for question in reading.questions for answer in question.answers}
    words |= {point.body for point in reading.points if point.body} | {reading.body or ""}
    words |= {meeting.body for meeting in reading.meetings}
    matches = matching.match(words)
    ids = {match.id for match in matches.values() if match.id} | {
        key for m in matches.values() for key in m.suggestions
    }
    names = {key: choice.name for key, choice in matching.choices(ids).items()}
    return Known(
        receivers={text: match.id for text, match in matches.items() if match.id},
        suggestions={text: match.suggestions for text, match in matches.items() if match.suggestions},
        names=names,
        funds=known_funds(),
        appropriations=appropriation_names(),
    )


def known_funds() -> tuple[KnownFund, ...]:
    """All funds with the years that they hold."""
    return tuple(
        KnownFund(fund.id, fund.name, fund.valid.lower.year, fund.valid.upper.year if fund.valid.upper else None)
        for fund in Fund.objects.order_by("name", "id")
    )


def appropriation_names() -> tuple[str, ...]:
    """The names of appropriations, each once; longest first, so that a name inside another one does not win."""
    names = set(Appropriation.objects.order_by().values_list("name", flat=True))
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def families() -> dict[UUID, str]:
    """Fund → the name of the first fund in the chain that it follows. One year view covers the whole family."""
    funds = {fund.id: fund for fund in Fund.objects.order_by("id")}

    def eldest(key: UUID) -> Fund:
        seen = {key}
        fund = funds[key]
        while fund.follows_id and fund.follows_id not in seen:
            seen.add(fund.follows_id)
            fund = funds[fund.follows_id]
        return fund

    return {key: eldest(key).name for key in funds}


def sums(now: Interpretation, new: dict[tuple[UUID | None, int | None], int]) -> list[YearSum]:
    """The sum ladder of each family and year that the matter takes money in, those with a budget first."""
    family_of = families()
    found = []
    for (family, year), (total, without_year) in sum_check.by_year(new, family_of).items():
        funds = [key for key, name in family_of.items() if name == family]
        budget, is_undecided = _budget(funds, year)
        earlier = tuple(_earlier(funds, year, now.case_number))
        found.append(YearSum(family, year, total, earlier, budget, is_undecided, without_year))
    return sum_check.shown_first(found)


def _budget(funds: Sequence[UUID], year: int) -> tuple[int | None, bool]:
    """The year's budget in öre; None with whether that is because nothing is decided or because no source says."""
    amounts = list(
        YearlyBudget.objects.filter(fund_id__in=funds, appropriation__year=year)
        .order_by()
        .values_list("amount_ore", flat=True)
    )
    if not amounts:
        return None, True
    return (None if None in amounts else sum(amount or 0 for amount in amounts)), False


def _earlier(funds: Sequence[UUID], year: int, case_number: str) -> Iterable[Earlier]:
    """What other matters have taken of the year's appropriations, reversals taken off, in order of day."""
    moved: dict[str, tuple[str, int]] = {}
    both_ways = Q(from_account__kind=AccountKind.APPROPRIATION.value) | Q(
        to_account__kind=AccountKind.APPROPRIATION.value
    )
    rows = (
        Transfer.objects.filter(both_ways, voucher__point__decision__isnull=False)
        .filter(
            Q(from_account__fund_id__in=funds, from_account__year=year)
            | Q(to_account__fund_id__in=funds, to_account__year=year)
        )
        .order_by("posted_date", "voucher__number", "position")
        .values_list(
            "amount_ore",
            "from_account__kind",
            "voucher__point__decision__matter__case_number",
            "voucher__point__decision__matter__title",
        )
    )
    for ore, kind, number, title in rows:
        before = moved.get(number, (title, 0))[1]
        moved[number] = (title, before + (ore if kind == AccountKind.APPROPRIATION else -ore))
    return [Earlier(number, title, ore) for number, (title, ore) in moved.items() if ore and number != case_number]


def movements(*, by: Context, points: Sequence[PointDraft], decider_id: UUID) -> list[Movement]:
    """What these points would post, in order, as long as nobody else posts. Raises Refused as posting itself would."""
    access.require(by, Permission.SEE_MONEY)
    posting.check(points)
    ids = {item.receiver_id for point in points for item in point.items if item.receiver_id} | {decider_id}
    moves = posting.movements(points, decider_id=decider_id, holders=frames.which_hold(ids))
    names = {key: choice.name for key, choice in matching.choices(ids).items()}
    fund_names = dict(Fund.objects.order_by().values_list("id", "name"))
    books = _Books()
    found = []
    for move in moves:
        waits = books.waits(move.source)
        found.append(
            Movement(
                move.point_number,
                _purse_name(move.source, names, fund_names),
                _purse_name(move.target, names, fund_names),
                move.amount_ore,
                move.target.year,
                waits,
                None if waits else books.move(move.source, move.target, move.amount_ore),
            )
        )
    return found


class _Books:
    """Balances as they would become, without touching any account."""

    def __init__(self) -> None:
        self._rows = list(Account.objects.select_related("appropriation").order_by("id"))
        self._balances: dict[Purse, int] = {}
        self._sources: set[Purse] = set()
        for account in self._rows:
            purse = Purse(
                AccountKind(account.kind),
                account.year,
                account.fund_id,
                account.appropriation.name if account.appropriation else "",
                account.organisation_id if account.kind != AccountKind.APPROPRIATION else None,
            )
            self._balances[purse] = account.balance_ore
            if account.is_source:
                self._sources.add(purse)
        self._budgets = set(
            YearlyBudget.objects.order_by().values_list("appropriation__name", "appropriation__year", "fund_id")
        )

    def waits(self, source: Purse) -> bool:
        """Whether the source has got no money yet because its year is not decided."""
        if source.appropriation:
            return (source.appropriation, source.year, source.fund_id) not in self._budgets
        has_budget = any(year == source.year and fund == source.fund_id for _name, year, fund in self._budgets)
        return not has_budget and source not in self._balances

    def move(self, source: Purse, target: Purse, ore: int) -> int | None:
        """Move and say what is left; None where the source has no known size."""
        self._balances[source] = self._balances.get(source, 0) - ore
        self._balances[target] = self._balances.get(target, 0) + ore
        return None if source in self._sources else self._balances[source]


def _purse_name(purse: Purse, names: dict[UUID, str], funds: dict[UUID, str]) -> str:
    fund = funds.get(purse.fund_id, "") if purse.fund_id else ""
    owner = purse.appropriation or (names.get(purse.organisation_id, "") if purse.organisation_id else "")
    return ", ".join(part for part in (f"{owner} {purse.year}", fund) if part)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is registered in the matter already. A decision that has been taken back whole is left out."""

    matter_id: UUID
    title: str
    proposals: int
    latest_proposal_id: UUID | None
    decisions: tuple[tuple[date, str, bool], ...]


def standing(case_number: str) -> Standing | None:
    """The matter as it stands; None when it is new."""
    matter = Matter.objects.filter(case_number=case_number).first() if case_number else None
    if matter is None:
        return None
    latest = matter.proposals.order_by("-version").first()
    found = list(Decision.objects.filter(matter=matter).select_related("body").order_by("date", "id"))
    undone = in_force.undone([row.id for row in found])
    decisions = [row for row in found if row.id not in undone]
    return Standing(
        matter.id,
        matter.title,
        matter.proposals.count(),
        latest.id if latest else None,
        tuple((row.date, row.body.name, row.is_assumption) for row in decisions),
    )
