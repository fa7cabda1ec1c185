"""Which amounts of a clause are decided: not totals beside their parts, not what is asked for, not the size of a pot."""

import re
from dataclasses import replace

from samkraft.money.rules.decision_text import amounts, periods, roles
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.appropriations import Source
from samkraft.money.rules.decision_text.parsed import Doubt, Parsed
from samkraft.money.rules.decision_text.verbs import Found

# Verbs that change an amount that is already there.
CHANGES = frozenset({"utökar", "ökar", "höjer", "förstärker", "minskar", "sänker", "reducerar"})


def choose(
    flat: str,
    start: int,
    end: int,
    numbers: list[Amount],
    source: Source | None,
    found: Found,
    parsed: Parsed,
    *,
    has_rows: bool,
) -> list[Amount]:
    """The amounts that are decided. Bare numbers borrow the unit of a coordinated neighbour, which makes a question."""
    roled = with_roles(flat, start, numbers)
    refuses, takes_asked = found.verb.kind == "refuse", found.verb.name in {"bifaller", "beviljar"}
    main = [amount for amount, role in roled if role == "main" and not _inside(amount, source)]
    if refuses:
        main = [amount for amount, role in roled if role in {"main", "asked"}]
    elif not main and takes_asked:
        main = [amount for amount, role in roled if role == "asked"][:1]
    if found.form != "passive":
        # "av årets medel, 9 mnkr, fördela 3 mnkr till …": what stands before the verb is the size of the pot.
        main = [amount for amount in main if amount.start > found.start] or main
    if not main and source:
        main = [amount for amount, role in roled if role == "main" and _inside(amount, source)]
    for amount, role in roled:
        if role == "rate":
            parsed.doubts.append(Doubt("per_unit", amount.start, amount.end))
    kept: list[Amount] = []
    for index, amount in enumerate(main):
        if amount.unit is not None:
            kept.append(amount)
        elif (unit := _unit_of_neighbour(flat, main, index)) is not None:
            parsed.doubts.append(Doubt("missing_unit", amount.start, amount.end, len(kept)))
            kept.append(amount.in_unit(unit))
        elif any(other.unit for other in numbers) or len(main) == 1:
            parsed.doubts.append(Doubt("missing_unit", amount.start, amount.end, len(kept)))
            kept.append(amount)
    if found.verb.name in CHANGES:
        kept = _changed(flat, kept, parsed)
    return _drop_whole(kept, parsed, has_rows)


def with_roles(flat: str, start: int, numbers: list[Amount]) -> list[tuple[Amount, str]]:
    """Each amount with its role. "Varav A och B": what is coordinated with a part is a part too."""
    found: list[tuple[Amount, str]] = []
    for amount in numbers:
        role = roles.of(flat, start, amount)
        if (
            role == "main"
            and found
            and found[-1][1] == "part"
            and not re.search(r"[.;]", flat[found[-1][0].end : amount.start])
        ):
            role = "part"
        found.append((amount, role))
    return found


def _changed(flat: str, kept: list[Amount], parsed: Parsed) -> list[Amount]:
    """ "Höjs från A till B" does not say how much is new money; "höjs med A till B" does: A."""
    for index in range(1, len(kept) - 1):
        before = flat[kept[index - 1].end : kept[index].start]
        between = flat[kept[index].end : kept[index + 1].start]
        if re.search(r"från\s*$", before) and re.fullmatch(r"\s*till\s*", between):
            return [*kept[:index], *kept[index + 2 :]]  # "höjs med A, från B till C"
    if len(kept) != 2 or not re.search(r"till\s*$", flat[kept[0].end : kept[1].start]):
        return kept
    before = flat[max(0, kept[0].start - 8) : kept[0].start]
    if re.search(r"från\s*$", before):
        parsed.doubts.append(Doubt("raised", kept[0].start, kept[1].end, 0))
        return [replace(kept[1], ore=None)]
    return kept[:1]


def parts_of(flat: str, end: int, numbers: list[Amount], main: list[Amount], parsed: Parsed) -> list[Amount]:
    """The parts instead of their whole ("varav …"), when they add up to it and have years or receivers of their own."""
    if len(main) != 1 or main[0].ore is None:
        return main
    parts = [
        amount
        for amount, role in with_roles(flat, main[0].start, numbers)
        if role == "part" and amount.start > main[0].start
    ]
    if len(parts) < 2 or sum(part.ore or 0 for part in parts) != main[0].ore:
        return main
    stops = [part.start for part in parts[1:]] + [end]
    own_years = {
        years[0].years
        for part, stop in zip(parts, stops, strict=True)
        if (years := periods.find_years(flat, part.end, stop))
    }
    own_receivers = all(
        re.match(r"[^.;]{0,40}?(?<!\w)(?:till|åt)\s", flat[part.end : stop])
        for part, stop in zip(parts, stops, strict=True)
    )
    if len(own_years) != len(parts) and not own_receivers:
        return main
    parsed.whole_ore = main[0].ore
    return parts


def _inside(amount: Amount, source: Source | None) -> bool:
    return source is not None and source.top <= amount.start < source.end


def _unit_of_neighbour(flat: str, main: list[Amount], index: int) -> int | None:
    """ "500 000 och Sommarlovsentreprenör 500 000 kronor": the unit closes the coordination."""
    for after in main[index + 1 :]:
        between = flat[main[index].end : after.start]
        if re.search(r"[.;:]", between) or not re.match(r"\s*(?:,|och|samt|respektive|till|åt)", between):
            return None
        if after.unit is not None:
            return amounts.ore_per_unit(after.unit)
    return None


def _drop_whole(main: list[Amount], parsed: Parsed, has_rows: bool) -> list[Amount]:
    """A total told beside its parts is no money of its own."""
    known = [amount for amount in main if amount.ore is not None]
    # A total stands first or last, or is called one; an amount in between that happens to fit is a part like the others.
    for whole in [amount for amount in known if amount.in_all or amount in (known[0], known[-1])]:
        rest = [amount for amount in known if amount is not whole]
        if len(rest) >= 2 and sum(amount.ore or 0 for amount in rest) == whole.ore:
            parsed.whole_ore = whole.ore
            return [amount for amount in main if amount is not whole]
    if has_rows and len(main) == 1:
        parsed.whole_ore = main[0].ore
    return main
