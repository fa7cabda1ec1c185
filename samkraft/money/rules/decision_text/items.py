"""Receivers and amounts of one clause: who gets how much, for which years, for what and out of what."""

import re
from dataclasses import replace

from samkraft.money.rules.decision_text import (
    amounts,
    appropriations,
    case_numbers,
    chosen_amounts,
    item_years,
    names,
    receivers,
    roles,
)
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.appropriations import Source
from samkraft.money.rules.decision_text.parsed import Doubt, Parsed
from samkraft.money.rules.decision_text.reading import Item
from samkraft.money.rules.decision_text.verbs import Found

FOR = re.compile(
    r"(?<!\w)(?:för|avseende|i\s+syfte\s+att|till)\s+(?!år\b|åren\b|(?:19|20)\d\d|egen\s+del|sin\s+del|perioden|verksamhetsår|hela\s|\d|förfogande|handlingarna|protokollet|kännedom)",
    re.I,
)


def parse(text: str, flat: str, start: int, end: int, found: Found, has_rows: bool) -> Parsed:
    """Read the money of a clause whose decision begins at `start`."""
    parsed = Parsed()
    refuses = found.verb.kind == "refuse"
    source = None if refuses else appropriations.find(flat, start, end)
    if found.verb.kind == "transfer" and source is None:
        source = _any_sender(flat, found.end, end)
    numbers = amounts.find_numbers(text, start, end)
    main = chosen_amounts.choose(flat, start, end, numbers, source, found, parsed, has_rows=has_rows)
    anchor = main[0] if main else None
    main = chosen_amounts.parts_of(flat, end, numbers, main, parsed)
    masked = _mask(flat, source)
    pairs = receivers.assign(masked, start, end, found, main, anchor, parsed)
    if source:
        parsed.marks.append(("appropriation", source.start, source.end))
    years, yearly = item_years.of_clause(flat, start, end, parsed)
    own = item_years.of_amounts(text, main, end)
    purpose = _purpose(masked, found.end, end, parsed)
    contract = ", ".join(number for _, _, number in case_numbers.contracts(flat, start, end)) or None
    for index, (receiver, amount) in enumerate(pairs):
        parsed.items.append(
            Item(
                receiver=receiver,
                amount_ore=amount.ore if amount else None,
                years=own.get(amount.start, years) if amount else (),
                purpose=purpose,
                appropriation=source.words if source else None,
                contract=contract,
                yearly=bool(amount) and (yearly or amount.per == "år"),
                ceiling=bool(amount and amount.ceiling),
                roughly=bool(amount and amount.roughly),
                amount_start=amount.start if amount else None,
            )
        )
        if amount:
            _doubt_amount(amount, index, parsed)
    _year_by_year(flat, start, numbers, parsed)
    return parsed


def _year_by_year(flat: str, start: int, numbers: list[Amount], parsed: Parsed) -> None:
    """ "Totalt 3 mnkr fördelat med 1 mnkr per år 2024–2026": one item for each year, when they make up the whole."""
    parts = [a for a in numbers if a.per == "år" and a.ore and roles.of(flat, start, a) == "part"]
    if len(parts) != 1 or len(parsed.items) != 1:
        return
    [item], [part] = parsed.items, parts
    if item.years and (part.ore or 0) * len(item.years) == item.amount_ore:
        parsed.items = [
            replace(item, amount_ore=part.ore, years=(year,), yearly=False, amount_start=part.start)
            for year in item.years
        ]
    else:
        parsed.items = [replace(item, yearly=False)]
        parsed.doubts.append(Doubt("sum_differs", part.start, part.end, 0))


def template(parsed: Parsed, flat: str, start: int, end: int, found: Found) -> Item:
    """What rows under a clause inherit from it: a receiver when it names one, years, purpose, source, contract."""
    source = appropriations.find(flat, start, end)
    receiver = receivers.of_rows(_mask(flat, source), start, end, found, parsed)
    years, yearly = item_years.of_clause(flat, start, end, parsed)
    contract = ", ".join(number for _, _, number in case_numbers.contracts(flat, start, end)) or None
    return Item(
        receiver,
        None,
        years,
        _purpose(_mask(flat, source), found.end, end, parsed),
        source.words if source else None,
        contract,
        yearly,
    )


def _any_sender(flat: str, start: int, end: int) -> Source | None:
    """Money may be moved from a body as such ("från socialnämnden till kulturnämnden")."""
    match = re.compile(r"(?<!\w)från\s+", re.I).search(flat, start, end)
    if match is None:
        return None
    stop = names.end_of_name(flat, match.end(), end)
    words = flat[match.end() : stop].strip(" ,.;")
    return Source(match.start(), match.end(), match.end() + len(words), " ".join(words.split())) if words else None


def _mask(flat: str, source: Source | None) -> str:
    if source is None:
        return flat
    return flat[: source.top] + ";" * (source.end - source.top) + flat[source.end :]


def _purpose(masked: str, start: int, end: int, parsed: Parsed) -> str | None:
    covered = [(a, b) for kind, a, b in parsed.marks if kind == "receiver"]
    for match in FOR.finditer(masked, start, end):
        if any(a <= match.start() < b for a, b in covered):
            continue
        if match[0].lower().startswith("till"):
            words = masked[match.end() : names.end_of_name(masked, match.end(), end)]
            if names.is_receiver(words) or receivers.ANNOUNCES.match(words):
                continue
        stop = re.compile(
            r"[.;]|,\s+(?:att|samt|varav|med|under|och\s+att)\s|\s+(?:år|åren)\s+\d|\s+för\s+(?:år\s+|åren\s+)?(?:19|20)\d\d|\s+under\s+(?:år\s+)?(?:19|20)\d\d|\s+med\s+finansiering|\s+enligt\s|\d{1,3}\s\d{3}\s|:\s*$"
        ).search(masked, match.end(), end)
        close = stop.start() if stop else end
        words = " ".join(masked[match.end() : close].split()).strip(" ,.;:")
        if len(words) > 2:
            parsed.marks.append(("purpose", match.end(), close))
            return words
    return None


def _doubt_amount(amount: Amount, index: int, parsed: Parsed) -> None:
    parsed.marks.append(("amount", amount.start, amount.end))
    if amount.doubtful:
        parsed.lost.append((amount.start, amount.end, amount.doubtful))
    if amount.roughly:
        parsed.doubts.append(Doubt("approximate", amount.start, amount.end, index))


def with_amount(item: Item, receiver: str | None, amount: Amount, years: tuple[int, ...] | None = None) -> Item:
    """An item made from what rows inherit, with a receiver and an amount of its own."""
    return replace(
        item,
        receiver=receiver,
        amount_ore=amount.ore,
        years=item.years if years is None else years,
        yearly=item.yearly or amount.per == "år",
        ceiling=amount.ceiling,
        roughly=amount.roughly,
        amount_start=amount.start,
    )
