"""Pairs receivers with amounts: the receiver stands before its amount, or after it with "till"."""

import itertools
import re

from samkraft.money.rules.decision_text import names
from samkraft.money.rules.decision_text.amounts import Amount
from samkraft.money.rules.decision_text.parsed import Parsed
from samkraft.money.rules.decision_text.verbs import Found

# Finite verbs whose subject receives ("Föreningen erhåller …").
SUBJECT_RECEIVES = frozenset({"erhåller", "får", "disponerar"})
TO = re.compile(r"(?<!\w)(?:till|åt)\s+(?!förfogande)", re.I)
BETWEEN = re.compile(
    r"^[\s,;]*(?:(?:per\s+år|årligen|/år|var(?:dera)?)(?!\w)[\s,;]*)?(?:(?:och|samt|respektive|dels|till\s+vardera)(?!\w)\s*)?",
    re.I,
)
ANNOUNCES = re.compile(r"\s*(?:till\s+|åt\s+)?(?:följande|nedanstående|nedan|enligt|samtliga|respektive)", re.I)


def assign(
    masked: str, start: int, end: int, found: Found, main: list[Amount], anchor: Amount | None, parsed: Parsed
) -> list[tuple[str | None, Amount]]:
    """Pair receivers with amounts: the receiver stands before its amount, or after it with "till".

    `anchor` is the first amount of the clause; it stands before the main ones when they are parts of it.
    """
    if not main or anchor is None:
        return []
    zone = _zone(masked, start, found, anchor)
    first = _from_zone(masked, *zone, parsed) if zone else None
    if first is None and found.form == "passive" and anchor.start > found.end:
        first = _from_zone(masked, found.end, anchor.start, parsed)
    if first is not None:
        paired = _respectively(masked, main, first)
        if paired:
            return paired
        return _receivers_before(masked, main, first, parsed)
    return _receivers_after(masked, main, end, parsed)


def of_rows(masked: str, start: int, end: int, found: Found, parsed: Parsed) -> str | None:
    """The one receiver of a list that tells years or purposes ("bevilja X bidrag enligt följande: 2025: …")."""
    if found.form == "passive":
        begin, stop = start, found.start
    else:
        cut = re.compile(r"\s+(?:enligt|med\s+följande|fördelat|som\s+följer)|:").search(masked, found.end, end)
        begin, stop = found.end, cut.start() if cut else end
    words = masked[begin:stop]
    if re.search(r"\d\s?\d{3}|(?<!\w)följande(?!\w)", words) or re.match(
        r"\s*(?:[a-zåäö]+(?:bidrag|medlen|stöd)|de|det|den)(?!\w)", words
    ):
        return None
    name = _from_zone(masked, begin, stop, Parsed())
    if name is None or not names.is_receiver(name):
        return None
    parsed.marks.append(
        ("receiver", masked.find(name.split()[0], begin), masked.find(name.split()[0], begin) + len(name))
    )
    return name


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


def _receivers_before(masked: str, main: list[Amount], first: str, parsed: Parsed) -> list[tuple[str | None, Amount]]:
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
