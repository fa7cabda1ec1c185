"""Decided money held against what it is meant to come out of: budget, transfer, share, another decision."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from samkraft.money.rules.findings import sides
from samkraft.money.rules.findings.facts import Budget, Fund, Item, Point, Ruling, Sources
from samkraft.money.rules.findings.outcome import Finding, Side, about
from samkraft.money.rules.findings.words import Said, say
from samkraft.money.rules.points import GIVES_MONEY, Verb
from samkraft.values import kronor
from samkraft.values.wording import phrase


def points_against_budget(sources: Sources) -> Iterable[Finding]:
    """What is decided out of appropriations, against the budget of the fund's family, year by year.

    A transfer that pays for grants counts once. Silent for a year without decided points or without a stated budget,
    and, as long as the known amounts stay within the budget, when some decided amount is not stated.
    """
    spent: dict[tuple[UUID, int], list[tuple[Ruling, int]]] = defaultdict(list)
    unknown: set[tuple[UUID, int]] = set()
    for ruling in sources.decided():
        by_year: dict[tuple[UUID, int], int] = defaultdict(int)
        for _point, item in _given(ruling):
            if not item.from_appropriation or item.fund is None or item.year is None:
                continue
            place = (item.fund.family_id, item.year)
            if item.amount_ore is None:
                unknown.add(place)
            else:
                by_year[place] += item.amount_ore
        for place, amount in by_year.items():
            spent[place].append((ruling, amount))
    for place, budgets in _by_family(sources.budgets).items():
        known = [budget.amount_ore for budget in budgets if budget.amount_ore is not None]
        total, used = sum(known), sum(amount for _ruling, amount in spent[place])
        if not spent[place] or len(known) < len(budgets) or (place in unknown and used <= total):
            continue
        yield _budget_finding(place, budgets, total, spent[place], used)


def _by_family(budgets: Iterable[Budget]) -> dict[tuple[UUID, int], list[Budget]]:
    found: dict[tuple[UUID, int], list[Budget]] = defaultdict(list)
    for budget in budgets:
        found[(budget.fund.family_id, budget.year)].append(budget)
    return found


def _budget_finding(
    place: tuple[UUID, int], budgets: list[Budget], total: int, spent: list[tuple[Ruling, int]], used: int
) -> Finding:
    family, year = place
    fund = max(budgets, key=lambda budget: abs(budget.amount_ore or 0)).fund
    first = min(budgets, key=lambda budget: (budget.day is None, budget.day, budget.source))
    listed = sorted(spent, key=lambda each: each[0].case_number)
    parts = " + ".join(f"{ruling.case_number}: {kronor.in_words(amount)}" for ruling, amount in listed)
    budget_side = Side(
        title=say(phrase("Budgeten")),
        place=say(phrase("{fund}, budget {year}"), fund=fund.name, year=year),
        weight=str(total),
        amount_ore=total,
        quote=first.source,
        said_by="Kommunfullmäktige",
        said_words=sides.day_or_year(first.day, year),
        support=_assumed(any(budget.is_assumption for budget in budgets)),
    )
    decided = Side(
        title=say(phrase("Besluten")),
        place=say(phrase("{count} ärenden"), count=len(listed)) if len(listed) > 1 else listed[0][0].case_number,
        weight=str(used),
        amount_ore=used,
        quote=parts,
        said_by=", ".join(dict.fromkeys(ruling.body.name for ruling, _amount in listed)),
        said_words=sides.day_or_year(max((r.day for r, _a in listed if r.day), default=None), year),
        support=_assumed(any(ruling.is_assumption for ruling, _amount in listed)),
        document_id=next((ruling.document.id for ruling, _amount in listed if ruling.document), None),
    )
    return Finding(
        rule="points_against_budget",
        about=about(family, year),
        subject=say(phrase("budgeten för {fund} {year}"), fund=fund.name, year=year),
        question=say(phrase("Är hela budgeten för {fund} {year} fördelad?"), fund=fund.name, year=year),
        sides=(budget_side, decided),
        explanation=_left(total - used),
        agrees=total == used,
        year=year,
    )


def _left(difference: int) -> Said:
    if difference > 0:
        return say(phrase("{amount} av budgeten har inget beslut."), amount=kronor.in_words(difference))
    if difference < 0:
        return say(phrase("Besluten går {amount} över budgeten."), amount=kronor.in_words(-difference))
    return say(phrase("Varje krona i budgeten har ett beslut."))


def _assumed(is_assumed: bool) -> Said | None:
    return say(phrase("Antaget: inget protokoll finns.")) if is_assumed else None


def transfer_against_grants(sources: Sources) -> Iterable[Finding]:
    """A transfer that is said to pay for grants in the same decision, against those grants.

    Silent where an amount on either side is not stated, and for transfers that no point is paid by.
    """
    for ruling in sources.decided():
        paid = ruling.paying_points()
        for point in ruling.points:
            if point.number not in paid:
                continue
            for year in sorted({item.year for item in point.items if item.year is not None}):
                given = [item.amount_ore for item in point.items if item.year == year]
                grants = [
                    (other, item)
                    for other, item in ruling.items()
                    if item.paid_by == point.number and item.year == year
                ]
                if grants and None not in given and all(item.amount_ore is not None for _point, item in grants):
                    yield _transfer_finding(ruling, point, year, sum(amount or 0 for amount in given), grants)


def _transfer_finding(ruling: Ruling, point: Point, year: int, given: int, grants: list[tuple[Point, Item]]) -> Finding:
    granted = sum(item.amount_ore or 0 for _point, item in grants)
    numbers = ", ".join(dict.fromkeys(other.number for other, _item in grants))
    details = {"case": ruling.case_number, "number": point.number, "year": year}
    return Finding(
        rule="transfer_against_grants",
        about=about(ruling.id, point.number, year),
        subject=say(phrase("överföringen i {case}, punkt {number}, år {year}"), **details),
        question=say(phrase("Räcker överföringen i {case} precis till bidragen som den ska betala {year}?"), **details),
        sides=(
            sides.of_point(ruling, point, amount_ore=given, title=say(phrase("Överföringen")), item=point.items[0]),
            Side(
                title=say(phrase("Bidragen")),
                place=say(phrase("{case}, punkt {number}"), case=ruling.case_number, number=numbers),
                weight=str(granted),
                amount_ore=granted,
                quote=" + ".join(
                    f"{sides.receiver(item)}: {kronor.in_words(item.amount_ore or 0)}" for _p, item in grants
                ),
                said_by=ruling.body.name,
                said_words=sides.day_or_year(ruling.day, year),
                document_id=ruling.document.id if ruling.document else None,
            ),
        ),
        explanation=say(phrase("Pengarna räknas en gång: de förs över och beviljas sedan."))
        if given == granted
        else None,
        agrees=given == granted,
        year=year,
    )


def grants_against_own_share(sources: Sources) -> Iterable[Finding]:
    """Grants that a board gives out of its own share of a fund, against the share.

    Said only when they come out equal: what is left of a share is no contradiction, and more than the share cannot be
    decided. Silent where any grant is not stated.
    """
    given: dict[tuple[UUID, UUID, int], list[tuple[Ruling, Point, Item]]] = defaultdict(list)
    shares: dict[tuple[UUID, UUID, int], list[tuple[Ruling, Point, Item]]] = defaultdict(list)
    for ruling in sources.decided():
        paying = ruling.paying_points()
        for point, item in _given(ruling):
            if item.fund is None or item.year is None or item.receiver is None:
                continue
            if item.from_appropriation and item.receiver.holds_frame and point.number not in paying:
                shares[(item.receiver.id, item.fund.id, item.year)].append((ruling, point, item))
            elif not item.from_appropriation and not item.paid_by and not item.receiver.holds_frame:
                given[(ruling.body.id, item.fund.id, item.year)].append((ruling, point, item))
    for place in sorted(given.keys() & shares.keys(), key=str):
        whole, parts = _total(shares[place]), _total(given[place])
        if whole is not None and whole == parts:
            yield _share_finding(place[2], shares[place], given[place], whole)


def _share_finding(
    year: int, shares: list[tuple[Ruling, Point, Item]], grants: list[tuple[Ruling, Point, Item]], whole: int
) -> Finding:
    ruling, point, item = shares[0]
    assert item.receiver is not None
    assert item.fund is not None
    names = {"body": item.receiver.label, "fund": item.fund.name, "year": year}
    listed = sorted(grants, key=lambda each: (-(each[2].amount_ore or 0), sides.receiver(each[2])))
    return Finding(
        rule="grants_against_own_share",
        about=about(item.receiver.id, item.fund.id, year),
        subject=say(phrase("bidragen ur {body}:s andel av {fund} {year}"), **names),
        question=say(phrase("Är bidragen som {body} har gett lika stora som andelen av {fund} {year}?"), **names),
        sides=(
            sides.of_point(ruling, point, amount_ore=whole, title=say(phrase("Andelen")), item=item),
            Side(
                title=say(phrase("{count} bidrag"), count=len(listed)),
                place=", ".join(dict.fromkeys(each[0].case_number for each in listed)),
                weight=str(whole),
                amount_ore=whole,
                quote=" + ".join(
                    f"{sides.receiver(each)}: {kronor.in_words(each.amount_ore or 0)}" for _r, _p, each in listed
                ),
                said_by=listed[0][0].body.name,
                said_words=sides.day_or_year(listed[0][0].day, year),
                document_id=next((each[0].document.id for each in listed if each[0].document), None),
            ),
        ),
        explanation=say(phrase("Bidragen är tillsammans precis lika mycket som andelen.")),
        agrees=True,
        year=year,
    )


def decided_twice(sources: Sources) -> Iterable[Finding]:
    """The same amount for the same purpose to the same receiver, fund and year, in two decisions.

    Silent within one decision, and when the purposes are stated and differ.
    """
    seen: dict[tuple[UUID, Fund, int, int], list[tuple[Ruling, Point, Item]]] = defaultdict(list)
    for ruling in sources.decided():
        for point, item in _given(ruling):
            if item.receiver and item.fund and item.year and item.amount_ore:
                seen[(item.receiver.id, item.fund, item.year, item.amount_ore)].append((ruling, point, item))
    for (receiver_id, fund, year, amount), told in seen.items():
        once = {each[0].id: each for each in reversed(told)}
        purposes = {each[2].purpose.casefold() for each in once.values() if each[2].purpose}
        if len(once) < 2 or len(purposes) > 1:
            continue
        first = next(iter(once.values()))[2]
        names = {"receiver": sides.receiver(first), "amount": kronor.in_words(amount), "year": year}
        yield Finding(
            rule="decided_twice",
            about=about(receiver_id, fund.id, year, amount),
            subject=say(phrase("{amount} till {receiver} {year}"), **names),
            question=say(phrase("Har {receiver} fått {amount} två gånger {year}, eller är det samma pengar?"), **names),
            sides=tuple(
                sides.of_point(ruling, point, amount_ore=amount, title=say(phrase("Beslutet")), item=item)
                for ruling, point, item in sorted(
                    once.values(), key=lambda each: (str(each[0].day), each[0].case_number)
                )
            ),
            explanation=say(phrase("Samma belopp, mottagare, satsning och år finns i två beslut.")),
            year=year,
        )


def _given(ruling: Ruling) -> Iterable[tuple[Point, Item]]:
    return (
        (point, item) for point, item in ruling.items() if point.verb in GIVES_MONEY and point.verb is not Verb.OTHER
    )


def _total(told: list[tuple[Ruling, Point, Item]]) -> int | None:
    amounts = [item.amount_ore for _ruling, _point, item in told]
    return None if None in amounts else sum(amount or 0 for amount in amounts)
