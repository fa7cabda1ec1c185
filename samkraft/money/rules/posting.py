"""What a decided point moves in the ledger, from where to where. Pure: the actions look accounts up and post.

A transfer that pays for grants in the same decision, and the grants themselves, are two movements of the same money:
in to the transferring body's frame, and out of it again. Thereby it is counted once from the appropriation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.points import GIVES_MONEY, Support, Verb
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One receiver and one year of a point, as it is handed in. Amounts in öre; None where it is not stated.

    `appropriation` is the name of the appropriation that pays; empty means the deciding body's own frame.
    `paid_by` is the number of the transfer point in the same decision that pays instead.
    """

    receiver_id: UUID | None = None
    receiver_words: str = ""
    amount_ore: int | None = None
    year: int | None = None
    purpose: str = ""
    fund_id: UUID | None = None
    appropriation: str = ""
    contract: str = ""
    support: Support | None = None
    paid_by: str = ""
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PointDraft:
    """One numbered point, as it is handed in."""

    number: str
    verb: Verb
    text: str
    items: tuple[ItemDraft, ...] = ()
    due_words: str = ""
    due_date: date | None = None
    binding: bool | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """Which account, said by what it is for. `appropriation` is a name; its year is the purse's year."""

    kind: AccountKind
    year: int
    fund_id: UUID | None = None
    appropriation: str = ""
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """Öre that an item of a point moves."""

    point_number: str
    item: int
    source: Purse
    target: Purse
    amount_ore: int
    support: Support = field(default=Support.UNKNOWN)


NO_POINTS = Reason(
    "no_points", phrase("Beslutet har inga punkter."), phrase("Lägg till minst en punkt, eller kontrollera texten.")
)
POINT_TWICE = Reason(
    "point_twice", phrase("Punkt {point} finns två gånger."), phrase("Ge varje punkt ett eget nummer.")
)
NOT_POSITIVE = Reason(
    "amount_not_positive",
    phrase("Beloppet i punkt {point} är inte större än noll."),
    phrase("Skriv beloppet utan minustecken. Ett beslut som tas tillbaka registreras som vändning."),
)
MISSING_YEAR = Reason(
    "missing_year",
    phrase("Punkt {point} säger inte vilket år pengarna gäller."),
    phrase("Svara på frågan om år först."),
)
MISSING_RECEIVER = Reason(
    "missing_receiver",
    phrase("Mottagaren ”{words}” i punkt {point} är inte känd."),
    phrase("Välj en organisation, eller be systemadministratören lägga upp den."),
)
MISSING_FUND = Reason(
    "missing_fund", phrase("Punkt {point} säger inte vilken satsning pengarna hör till."), phrase("Välj satsning.")
)
NO_PAYER = Reason(
    "no_payer",
    phrase("Punkt {point} ska betalas av punkt {payer}, men den för inte över några pengar samma år."),
    phrase("Rätta vilken punkt som betalar."),
)
PAYER_TOO_SMALL = Reason(
    "payer_too_small",
    phrase("Punkt {payer} för över {paid}, men punkterna som den ska betala är tillsammans {spent}."),
    phrase("Rätta beloppen så att de går ihop."),
)


def default_support(verb: Verb, *, holds_frame: bool, is_supplier: bool, has_contract: bool) -> Support:
    """What kind of money it most likely is; never guessed where a procured supplier is said to be granted money."""
    if holds_frame:
        return Support.FRAME
    if has_contract:
        return Support.CONTRACT
    if verb is Verb.GRANTS:
        return Support.UNKNOWN if is_supplier else Support.GRANT
    return Support.UNKNOWN


def check(points: Iterable[PointDraft]) -> None:
    """Refuse what no decision can say, whatever becomes of it.

    No points, a number twice, an amount that is not above zero, a payer that is not among the points.
    """
    seen: set[str] = set()
    listed = list(points)
    numbers = {point.number for point in listed}
    for point in listed:
        if point.number in seen:
            raise Refused(POINT_TWICE, point=point.number)
        seen.add(point.number)
        for item in point.items:
            if item.amount_ore is not None and item.amount_ore <= 0:
                raise Refused(NOT_POSITIVE, point=point.number)
            if item.paid_by and item.paid_by not in numbers:
                raise Refused(NO_PAYER, point=point.number, payer=item.paid_by)
    if not seen:
        raise Refused(NO_POINTS)


def movements(points: Iterable[PointDraft], *, decider_id: UUID, holders: Mapping[UUID, bool]) -> list[Movement]:
    """Every movement that the decided points call for, in order. `holders` tells which receivers hold a frame.

    Points that give no money, and items whose amount is not stated, move nothing. Raises Refused when a point that
    gives money lacks year, receiver or fund, or when a payer does not cover what it is to pay.
    """
    listed = list(points)
    found: list[Movement] = []
    for point in listed:
        if point.verb not in GIVES_MONEY:
            continue
        for place, item in enumerate(point.items):
            if item.amount_ore is None:
                continue
            year, receiver, fund = _complete(point, item)
            frame = Purse(AccountKind.FRAME, year, fund, organisation_id=receiver)
            target = (
                frame if holders.get(receiver) else Purse(AccountKind.RECEIVER, year, fund, organisation_id=receiver)
            )
            found.append(
                Movement(point.number, place, _source(listed, point, item, decider_id), target, item.amount_ore)
            )
    _payers_cover(listed)
    return [movement for movement in found if movement.source != movement.target]


def _complete(point: PointDraft, item: ItemDraft) -> tuple[int, UUID, UUID]:
    if item.year is None:
        raise Refused(MISSING_YEAR, point=point.number)
    if item.receiver_id is None:
        raise Refused(MISSING_RECEIVER, point=point.number, words=item.receiver_words)
    if item.fund_id is None:
        raise Refused(MISSING_FUND, point=point.number)
    return item.year, item.receiver_id, item.fund_id


def _source(points: list[PointDraft], point: PointDraft, item: ItemDraft, decider_id: UUID) -> Purse:
    assert item.year is not None  # `_complete` has been called
    if item.paid_by:
        payer = _payer(points, point, item)
        return Purse(AccountKind.FRAME, item.year, payer.fund_id, organisation_id=payer.receiver_id)
    if item.appropriation:
        return Purse(AccountKind.APPROPRIATION, item.year, item.fund_id, appropriation=item.appropriation)
    return Purse(AccountKind.FRAME, item.year, item.fund_id, organisation_id=decider_id)


def _payer(points: list[PointDraft], point: PointDraft, item: ItemDraft) -> ItemDraft:
    for candidate in points:
        if candidate.number == item.paid_by and candidate.verb in GIVES_MONEY:
            for paying in candidate.items:
                if paying.year == item.year and paying.receiver_id:
                    return paying
    raise Refused(NO_PAYER, point=point.number, payer=item.paid_by)


def _payers_cover(points: list[PointDraft]) -> None:
    from samkraft.values import kronor

    spent: dict[tuple[str, int | None], int] = {}
    for point in points:
        for item in point.items:
            if item.paid_by and item.amount_ore is not None:
                place = (item.paid_by, item.year)
                spent[place] = spent.get(place, 0) + item.amount_ore
    for point in points:
        for year in {item.year for item in point.items}:
            paid = sum(item.amount_ore or 0 for item in point.items if item.year == year)
            used = spent.get((point.number, year), 0)
            if used > paid:
                raise Refused(
                    PAYER_TOO_SMALL, payer=point.number, paid=kronor.in_words(paid), spent=kronor.in_words(used)
                )
