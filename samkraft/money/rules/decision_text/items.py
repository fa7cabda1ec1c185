"""Receivers and amounts of one clause: who gets how much, for which years, for what and out of what."""

import itertools
import re
from dataclasses import dataclass, field, replace

from samkraft.money.rules.decision_text import amounts, appropriations, case_numbers, names, periods, roles
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.appropriations import Source
from samkraft.money.rules.decision_text.reading import Item
from samkraft.money.rules.decision_text.verbs import Found

# Finite verbs whose subject receives ("Föreningen erhåller …").
SUBJECT_RECEIVES = frozenset({"erhåller", "får", "disponerar"})
TO = re.compile(r"(?<!\w)(?:till|åt)\s+(?!förfogande)", re.I)
FOR = re.compile(
    r"(?<!\w)(?:för|avseende|i\s+syfte\s+att|till)\s+(?!år\b|åren\b|(?:19|20)\d\d|egen\s+del|sin\s+del|perioden|verksamhetsår|hela\s|\d|förfogande|handlingarna|protokollet|kännedom)",
    re.I,
)
BETWEEN = re.compile(
    r"^[\s,;]*(?:(?:per\s+år|årligen|/år|var(?:dera)?)(?!\w)[\s,;]*)?(?:(?:och|samt|respektive|dels|till\s+vardera)(?!\w)\s*)?",
    re.I,
)
ANNOUNCES = re.compile(r"\s*(?:till\s+|åt\s+)?(?:följande|nedanstående|nedan|enligt|samtliga|respektive)", re.I)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an item that the text does not settle; becomes a question."""

    kind: str
    start: int
    end: int
    item: int | None = None


@dataclass(slots=True)
class Parsed:
    """The items of a clause, and where its parts stand as (kind, start, end)."""

    items: list[Item] = field(default_factory=list)
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    lost: list[tuple[int, int, str]] = field(default_factory=list)
    whole_ore: int | None = None


def parse(text: str, flat: str, start: int, end: int, found: Found, has_rows: bool) -> Parsed:
    """Read the money of a clause whose decision begins at `start`."""
    parsed = Parsed()
    refuses = found.verb.kind == "refuse"
    source = None if refuses else appropriations.find(flat, start, end)
    if found.verb.kind == "transfer" and source is None:
        source = _any_sender(flat, found.end, end)
    numbers = amounts.find_numbers(text, start, end)
    main = _main(
        flat, start, numbers, source, parsed, refuses=refuses, takes_asked=found.verb.name in {"bifaller", "beviljar"}
    )
    main = _drop_whole(main, parsed, has_rows)
    masked = _mask(flat, source)
    pairs = _assign(flat, masked, start, end, found, main, parsed)
    if source:
        parsed.marks.append(("appropriation", source.start, source.end))
    years, yearly = _years(text, flat, start, end, source, parsed)
    own = _own_years(text, main, end)
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
    return parsed


def template(parsed: Parsed, text: str, flat: str, start: int, end: int, found: Found) -> Item:
    """What rows under a clause inherit from it: years, purpose, source, contract."""
    source = appropriations.find(flat, start, end)
    years, yearly = _years(text, flat, start, end, source, parsed)
    contract = ", ".join(number for _, _, number in case_numbers.contracts(flat, start, end)) or None
    return Item(
        None,
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


def _main(
    flat: str,
    start: int,
    numbers: list[Amount],
    source: Source | None,
    parsed: Parsed,
    *,
    refuses: bool,
    takes_asked: bool,
) -> list[Amount]:
    """The amounts that are decided. Bare numbers borrow the unit of a coordinated neighbour, which makes a question."""
    with_roles = [(amount, roles.of(flat, start, amount)) for amount in numbers]
    main = [amount for amount, role in with_roles if role == "main" and not _inside(amount, source)]
    if refuses:
        main = [amount for amount, role in with_roles if role in {"main", "asked"}]
    elif not main and takes_asked:
        main = [amount for amount, role in with_roles if role == "asked"][:1]
    if not main and source:
        main = [amount for amount, role in with_roles if role == "main" and _inside(amount, source)]
    for amount, role in with_roles:
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
    return kept


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
    for whole in known:
        rest = [amount for amount in known if amount is not whole]
        if len(rest) >= 2 and sum(amount.ore or 0 for amount in rest) == whole.ore:
            parsed.whole_ore = whole.ore
            return [amount for amount in main if amount is not whole]
    if has_rows and len(main) == 1:
        parsed.whole_ore = main[0].ore
    return main


def _mask(flat: str, source: Source | None) -> str:
    if source is None:
        return flat
    return flat[: source.top] + ";" * (source.end - source.top) + flat[source.end :]


def _assign(
    flat: str, masked: str, start: int, end: int, found: Found, main: list[Amount], parsed: Parsed
) -> list[tuple[str | None, Amount]]:
    """Pair receivers with amounts: the receiver stands before its amount, or after it with "till"."""
    if not main:
        return []
    zone = _zone(masked, start, found, main[0])
    first = _from_zone(masked, *zone, parsed) if zone else None
    if first is None and found.form == "passive" and main[0].start > found.end:
        first = _from_zone(masked, found.end, main[0].start, parsed)
    if first is not None:
        paired = _respectively(masked, main, first)
        if paired:
            return paired
        return _receivers_before(masked, main, first, parsed, end)
    return _receivers_after(masked, main, end, parsed)


def _zone(masked: str, start: int, found: Found, first: Amount) -> tuple[int, int] | None:
    if found.form == "passive" or found.verb.name in SUBJECT_RECEIVES:
        return (start, min(found.start, first.start)) if first.start > start else None
    return (found.end, first.start) if first.start > found.end else None


def _from_zone(masked: str, start: int, end: int, parsed: Parsed) -> str | None:
    """The receiver named in the words before the amount, or None when they only tell the kind of money."""
    words = masked[start:end]
    if len(words) > names.LONGEST:
        return None
    pieces = [piece for piece in words.split(";") if piece.strip(" ,")]
    words = pieces[0] if pieces else ""
    offset = start + masked[start:end].find(words) if words else start
    if (
        not words.strip(" ,:")
        or names.KIND_ONLY.fullmatch(words.strip(" ,:"))
        or ANNOUNCES.match(words)
        or re.match(r"\s*(?:för|att)\s", words)
    ):
        return None
    for pattern in (names.APPLICATION, names.OWN_APPLICATION):
        if match := pattern.search(words):
            return _named(match["who"], offset + match.start("who"), parsed)
    if match := names.KIND_HEAD.match(words):
        begin = match.end()
        stop = names.end_of_name(words, begin, len(words))
        return _named(words[begin:stop], offset + begin, parsed) if names.is_receiver(words[begin:stop]) else None
    if (match := re.search(r"(?<!\w)(?:till|åt)\s+", words)) and names.KIND_ONLY.fullmatch(
        words[: match.start()].strip()
    ):
        stop = names.end_of_name(words, match.end(), len(words))
        return _named(words[match.end() : stop], offset + match.end(), parsed)
    cut = re.search(r"(?<=\w),?\s+(?:för|avseende)\s+(?!(?:19|20)\d\d|år|åren)[a-zåäö]", words)
    if cut and not names.end_of_name(words, len(words) - len(words.lstrip()), len(words)) > cut.end():
        words = words[: cut.start()]
    return _named(words, offset, parsed)


def _named(words: str, at: int, parsed: Parsed) -> str | None:
    name = names.tidy(words)
    if name:
        inside = words.find(name.split()[0])
        begin = at + max(inside, 0)
        parsed.marks.append(("receiver", begin, begin + len(words[max(inside, 0) :].rstrip(" ,;:."))))
    return name


def _respectively(masked: str, main: list[Amount], first: str) -> list[tuple[str | None, Amount]]:
    """ "A och B tilldelas 3 mnkr respektive 2 mnkr"; "A och B beviljas 1 mnkr vardera"."""
    several = names.split(first)
    if len(several) > 1 and len(main) == 1 and main[0].each:
        return [(name, main[0]) for name in several]
    between = [masked[a.end : b.start] for a, b in itertools.pairwise(main)]
    if len(several) == len(main) > 1 and all(
        re.fullmatch(r"\s*(?:,|och|samt|respektive|resp\.)\s*", gap) for gap in between
    ):
        return list(zip(several, main, strict=True))
    return []


def _receivers_before(
    masked: str, main: list[Amount], first: str, parsed: Parsed, end: int
) -> list[tuple[str | None, Amount]]:
    pairs: list[tuple[str | None, Amount]] = [(first, main[0])]
    for before, amount in itertools.pairwise(main):
        gap = masked[before.end : min(amount.start, before.end + names.LONGEST)]
        lead = BETWEEN.match(gap)
        begin = lead.end() if lead else 0
        rest = gap[begin:]
        if cut := list(re.finditer(r"(?:,|\s(?:och|samt|respektive))\s+(?=\S)", rest)):
            purposes = re.search(r"(?<!\w)(?:för|avseende|i\s+[a-zåäö]*(?:bidrag|stöd)|till)\s", rest)
            if purposes:
                later = [match for match in cut if match.start() > purposes.start()]
                begin += later[-1].end() if later else 0
                rest = gap[begin:]
        if names.KIND_ONLY.fullmatch(rest.strip(" ,;")):
            pairs.append(
                (pairs[-1][0], amount)
            )  # the same receiver once more ("450 000 kr för 2025 och 500 000 kr för 2026")
        else:
            pairs.append((_named(rest, before.end + begin, parsed), amount))
    return pairs


def _receivers_after(masked: str, main: list[Amount], end: int, parsed: Parsed) -> list[tuple[str | None, Amount]]:
    pairs: list[tuple[str | None, Amount]] = []
    for index, amount in enumerate(main):
        stop = main[index + 1].start if index + 1 < len(main) else end
        receiver = None
        for match in TO.finditer(masked, amount.end, stop):
            if ";;" in masked[amount.end : match.start()] and "." in masked[amount.end : match.start()]:
                break
            close = names.end_of_name(masked, match.end(), stop)
            words = masked[match.end() : close]
            if names.is_receiver(words) and not ANNOUNCES.match(words):
                receiver = _named(words, match.end(), parsed)
                break
        several = names.split(receiver) if receiver and amount.each else []
        pairs += [(name, amount) for name in several] or [(receiver, amount)]
    return pairs


def _years(
    text: str, flat: str, start: int, end: int, source: Source | None, parsed: Parsed
) -> tuple[tuple[int, ...], bool]:
    due = periods.find_due(flat, start, end)
    strong: list[int] = []
    likely: list[tuple[int, int, tuple[int, ...]]] = []
    for years in periods.find_years(flat, start, end):
        if due and due.start <= years.start < due.end:
            continue
        before = flat[max(start, years.start - 40) : years.start]
        if (
            periods.YEAR_LEAD.search(before)
            or periods.YEARLY.search(before[-12:])
            or (
                re.match(r"\s*(?:,|\.|$)", flat[years.end : years.end + 2])
                and re.search(r"(?:kronor|kr|mnkr|tkr|mkr)\s*$", before)
            )
        ):
            strong += years.years
            parsed.marks.append(("year", years.start, years.end))
        elif periods.AFTER_NOUN.search(before) and not periods.NAMES_A_DOCUMENT.search(before):
            likely.append((years.start, years.end, years.years))
    if not strong:
        strong = _years_of_dates(flat, start, end, due)
    if not strong:
        strong = [year for _, _, years in likely for year in years]
        parsed.marks += [("year", a, b) for a, b, _ in likely]
    return tuple(sorted(set(strong))), periods.YEARLY.search(flat, start, end) is not None


def _years_of_dates(flat: str, start: int, end: int, due: periods.Due | None) -> list[int]:
    dates = [d for d in periods.find_dates(flat, start, end) if not (due and due.start <= d[0] < due.end)]
    if not dates or not re.search(
        r"(?:perioden|från\s+och\s+med|fr\.?\s?o\.?\s?m|gäller|tiden|till\s+och\s+med)\s", flat[start:end], re.I
    ):
        return []
    years = sorted({int(date[:4]) for _, _, date in dates})
    return list(range(years[0], years[-1] + 1)) if years[-1] - years[0] <= 10 else years


def _own_years(text: str, main: list[Amount], end: int) -> dict[int, tuple[int, ...]]:
    """Years by the start of their amount, when each of several amounts is followed by years of its own."""
    if len(main) < 2:
        return {}
    own: dict[int, tuple[int, ...]] = {}
    for index, amount in enumerate(main):
        stop = main[index + 1].start if index + 1 < len(main) else end
        years = periods.find_years(text, amount.end, stop)
        if not years:
            return {}
        own[amount.start] = years[0].years
    return own


def _purpose(masked: str, start: int, end: int, parsed: Parsed) -> str | None:
    covered = [(a, b) for kind, a, b in parsed.marks if kind == "receiver"]
    for match in FOR.finditer(masked, start, end):
        if any(a <= match.start() < b for a, b in covered):
            continue
        if match[0].lower().startswith("till"):
            words = masked[match.end() : names.end_of_name(masked, match.end(), end)]
            if names.is_receiver(words) or ANNOUNCES.match(words):
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
