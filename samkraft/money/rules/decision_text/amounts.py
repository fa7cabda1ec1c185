"""Amounts of money in Swedish text, in every way that municipal documents write them.

An amount is a number with a unit of money. A number without one is found too, since tables and coordinated grants
leave the unit out, but it carries no value in öre: whoever uses it must find the unit in the text or ask.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from samkraft.money.rules.decision_text import number_words
from samkraft.values.wording import phrase

# Unit as written (a pattern) and what one of it is in öre. A new way of writing is a new row.
UNITS: tuple[tuple[str, int], ...] = (
    (r"miljarder\s+(?:kronor|kr)|miljard\s+(?:kronor|kr)|mdkr|mdr\s?kr|mdsek", 10**11),
    (r"miljoner\s+(?:svenska\s+)?(?:kronor|kr|sek)|miljon\s+(?:svenska\s+)?(?:kronor|kr|sek)|milj\.?\s?(?:kronor|kr)|"
     r"mnkr|mkr|mn\s?kr|msek|mnsek|m\s?kr|mkronor", 10**8),
    (r"tusen\s+(?:kronor|kr)|tusentals?\s+kronor|tkr|kkr|tsek|ksek|t\s?kr", 10**5),
    (r"kronor(?:na)?|kronors|krona|kr|sek|:-|,-|:\s?–", 10**2),
)  # fmt: skip
_UNIT = "|".join(f"(?P<u{index}>{pattern})" for index, (pattern, _) in enumerate(UNITS))
# A footnote's number may follow right after ("kr²", or "kronor1" where the raising was lost).
UNIT = re.compile(rf"(?:{_UNIT})(?:(?![^\W¹²³⁰⁴-⁹])|(?<=[a-zåäö])(?=\d{{1,2}}(?!\w)))", re.I)
# Other money than Swedish kronor: it has no value here, and that is said.
FOREIGN = re.compile(
    r"[ ]?(?:m|t)?(?:(?:miljoner|miljon|tusen)\s+)?(?:eur|euro|€|usd|dollar|nok|dkk|gbp|pund|"
    r"(?:norska|danska|isländska)\s+kronor)(?!\w)", re.I
)  # fmt: skip
SCALE_WORD = re.compile(r"(miljoner|miljon|miljarder|miljard|tusen)(?!\w)", re.I)

# Groups of three may be parted by one space, a full stop, or a line break when a unit follows.
NUMBER = re.compile(r"(?<![\w,./:§-])(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?![\d])(?:[,.]\d{1,3}(?!\d))?(?![\d§])")
NUMBER_OVER_LINES = re.compile(
    r"(?<![\w,./:§-])\d{1,3}(?:[ .]\d{3})*[ ]?\n[ ]{0,40}\d{3}(?:[ .]\d{3})*(?![\d,])(?=[ ]?\n?[ ]{0,40}\S)"
)
UNIT_FIRST = re.compile(r"(?<![\w.,])(?<!\d[ ])(SEK|kr|Mkr|mnkr|tkr|MSEK)[ ]?$", re.I)

CEILING = re.compile(r"(?:högst|max|max\.|maximalt|upp\s+till|som\s+mest|intill|uppgår\s+till\s+maximalt)\s*$", re.I)
ROUGHLY = re.compile(
    r"(?:cirka|circa|ca|ca\.|c:a|omkring|ungefär|drygt|knappt|närmare|minst|runt|nästan|uppskattningsvis)\s*$", re.I
)
IN_ALL = re.compile(
    r"(?:totalt|sammanlagt|sammantaget|tillsammans|summa|totala?|i\s+sin\s+helhet|sammantagna)\s*"
    r"(?:\w+\s+)?(?:om|på|med|:)?\s*$", re.I
)  # fmt: skip
PER_YEAR = re.compile(
    r"\s*(?:,\s*)?(?:/\s*år|per\s+(?:kalender|verksamhets)?år|per\s+år|årligen|om\s+året|varje\s+år)(?!\w)", re.I
)
PER_OTHER = re.compile(
    r"\s*(?:/\s*|per\s+|i\s+)(timme|timma|tim|h|månad|mån|plats|elev|barn|deltagare|person|kvm|kvadratmeter|m2|dag|dygn|"
    r"vecka|invånare|tillfälle|medlem|kvartal|termin|ton|km|styck|st|hushåll|ungdom|tjänst|boende|brukare|aktivitet|"
    r"sammankomst|skattekrona|lägenhet|match|ledamot|sammanträde|kommuninvånare)(?!\w)", re.I
)  # fmt: skip
EACH = re.compile(
    r"\s*,?\s*(?:vardera|var(?!\w)|var\s+och\s+en|per\s+(?:förening|organisation|nämnd|mottagare)|till\s+vardera)(?!\w)",
    re.I,
)
RANGE_BEFORE = re.compile(r"(?<!20\d)(?<!19\d)\d\s?(?:[–-]|till|alternativt|eller)\s?$")
RANGE_AFTER = re.compile(r"\s?[–-]\s?\d{1,3}(?:[ .]\d{3})*(?:,\d+)?\s?(?:kr|tkr|mnkr|mkr|milj|kronor|sek|:-)", re.I)
NUMBERED_THING = re.compile(r"(?:punkt(?:en|erna)?|§|paragraf|nr|nummer|bilaga|sid(?:an|a)?|kap\.?)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of money at `start:end`. `ore` is None when the unit is missing or the number cannot be one amount."""

    start: int
    end: int
    words: str
    ore: int | None
    number: Fraction
    unit: str | None = None
    ceiling: bool = False
    roughly: bool = False
    in_all: bool = False
    each: bool = False
    per: str | None = None
    doubtful: str | None = None

    def in_unit(self, ore_per_unit: int) -> "Amount":
        """The same number, read in a unit that stands elsewhere."""
        return replace(self, ore=int(self.number * ore_per_unit))


def find(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """All amounts with a unit in the stretch, from left to right, never overlapping."""
    return [amount for amount in find_numbers(text, start, end) if amount.unit is not None]


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """All numbers that are or may be amounts: with a unit, or bare and of at least four digits."""
    stop = len(text) if end is None else end
    found: list[Amount] = []
    at = start
    while at < stop:
        amount = _next(text, at, stop)
        if amount is None:
            break
        if amount.unit is not None or _may_be_money(text, amount, stop):
            found.append(amount)
        at = amount.end
    return _with_words(text, start, stop, found)


def ore_per_unit(words: str) -> int | None:
    """What one of the unit is in öre: 10 000 000 for "mnkr"… None when the words hold no unit alone."""
    match = UNIT.fullmatch(words.strip().strip("()"))
    return _scale(match) if match else None


def _scale(match: re.Match[str]) -> int:
    return next(UNITS[index][1] for index in range(len(UNITS)) if match[f"u{index}"])


def bare(text: str, start: int, end: int) -> Amount:
    """The number that fills the stretch, without a unit: a cell of a table. It must be a well-formed number."""
    return Amount(start, end, text[start:end], None, _number(text[start:end]))


def _next(text: str, at: int, stop: int) -> Amount | None:
    match = NUMBER.search(text, at, stop)
    if match is None:
        return None
    over = NUMBER_OVER_LINES.match(text, match.start(), stop)
    if over and (unit := _unit_after(text, over.end(), stop)):
        return _amount(text, over.start(), over.end(), unit, stop)
    return _amount(text, match.start(), match.end(), _unit_after(text, match.end(), stop), stop)


def _unit_after(text: str, at: int, stop: int) -> re.Match[str] | None:
    spaces = re.compile(r"[ ]?(?:\n[ ]*)?").match(text, at, stop)
    begin = spaces.end() if spaces else at
    return UNIT.match(text, begin, stop)


def _amount(text: str, start: int, end: int, unit: re.Match[str] | None, stop: int) -> Amount:
    number = _number(text[start:end])
    unit_end, words, scale = end, None, None
    if unit is not None:
        unit_end, words, scale = unit.end(), unit[0], _scale(unit)
    else:
        first = UNIT_FIRST.search(text[max(0, start - 9) : start])
        if (foreign := FOREIGN.match(text, end, stop)) is not None:
            unit_end, words = foreign.end(), foreign[0].strip()
        elif first and (match := UNIT.fullmatch(first[1])):
            words, scale = match[0], _scale(match)
            start -= len(first[0])
    before, after = text[max(0, start - 40) : start], text[unit_end : min(stop, unit_end + 40)]
    doubtful = _doubt(text[start:end], before, after, text[end : unit_end + 30])
    if words and scale is None:
        doubtful = phrase("en annan valuta än svenska kronor")
    each, per, tail = EACH.match(after), None, None
    if tail := PER_YEAR.match(after):
        per = "år"
    elif tail := PER_OTHER.match(after):
        per = tail[1].lower()
    return Amount(
        start=start, end=unit_end, words=text[start:unit_end], number=number,
        ore=None if scale is None or doubtful else int(number * scale), unit=words,
        ceiling=CEILING.search(before) is not None, roughly=ROUGHLY.search(before) is not None,
        in_all=IN_ALL.search(before) is not None, each=each is not None, per=per, doubtful=doubtful,
    )  # fmt: skip


def _number(written: str) -> Fraction:
    whole, _, decimals = re.sub(r"\s", "", written).partition(",")
    pieces = whole.split(".")
    if len(pieces) > 1 and any(len(piece) != 3 for piece in pieces[1:]):  # a full stop used as a decimal comma
        whole, decimals = "".join(pieces[:-1]), pieces[-1]
    else:
        whole = "".join(pieces)
    return Fraction(Decimal(f"{whole}.{decimals or 0}"))


def _doubt(digits: str, before: str, after: str, beyond: str) -> str | None:
    """Why the digits cannot be trusted to be one amount, or None."""
    if re.match(r"0\d", digits):
        return phrase("börjar med noll")
    if RANGE_BEFORE.search(before) or (RANGE_AFTER.match(beyond) and not after.startswith(" ")):
        return phrase("ett spann, inte ett belopp")
    if NUMBERED_THING.search(before) and " " in digits.strip():
        return phrase("siffran kan höra till punktens nummer")
    return None


def _may_be_money(text: str, amount: Amount, stop: int) -> bool:
    """A bare number may be money when it has thousands and is followed by no noun that is counted, and is no year."""
    if amount.number < 1000 and "," not in amount.words:
        scale = SCALE_WORD.match(text, amount.end + 1, stop)
        return scale is not None and _ends_noun_phrase(text[scale.end() : stop])
    if re.fullmatch(r"(?:19|20)\d\d", amount.words):
        return False
    if re.fullmatch(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", amount.words) and re.search(
        r"[A-ZÅÄÖ]{2,6}\s$", text[max(0, amount.start - 8) : amount.start]
    ):
        return False  # a day in the name of a document: "KSAU 230424"
    return _ends_noun_phrase(text[amount.end : min(stop, amount.end + 30)])


def _ends_noun_phrase(after: str) -> bool:
    return re.match(
        r"\s*(?:$|[.,;:)\n\t]|\d|(?:och|samt|respektive|till|för|åt|från|ur|med|år|varav|i|inom|under|som|vardera|per|[A-ZÅÄÖ]\w*)(?!\w))",
        after,
    ) is not None  # fmt: skip


def _with_words(text: str, start: int, stop: int, found: list[Amount]) -> list[Amount]:
    """Add amounts written in letters ("en halv miljon kronor"); digits win where both claim the same place."""
    taken = [(amount.start, amount.end) for amount in found]
    for match in number_words.WORDS.finditer(text, start, stop):
        unit = UNIT.match(text, re.compile(r"\s*").match(text, match.end()).end(), stop)  # type: ignore[union-attr]  # it always matches
        number = number_words.value(match[0])
        if unit is None or number is None or any(a < unit.end() and match.start() < b for a, b in taken):
            continue
        words, before, after = (
            text[match.start() : unit.end()],
            text[max(0, match.start() - 40) : match.start()],
            text[unit.end() : unit.end() + 40],
        )
        per = "år" if PER_YEAR.match(after) else (m[1].lower() if (m := PER_OTHER.match(after)) else None)
        scale = _scale(unit)
        found.append(Amount(
            match.start(), unit.end(), words, int(number * scale), number, unit[0], CEILING.search(before) is not None,
            ROUGHLY.search(before) is not None, IN_ALL.search(before) is not None, EACH.match(after) is not None, per,
        ))  # fmt: skip
    return sorted(found, key=lambda amount: amount.start)
