"""Years that money holds for, days, and the time by which something must be done."""

import re
from dataclasses import dataclass

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_SHORT = r"\d\d(?!\d)"
_DASH = r"\s?(?:[-–—/]|t\.?o\.?m\.?|till\s+och\s+med|till)\s?"

# "2000 kronor" and "2020 platser" are no years.
_COUNTED = (
    r"\s*(?:kronor|kr|tkr|mnkr|mkr|m?sek|:-|,-|miljon|milj|st|platser|personer|deltagare|elever|timmar|"
    r"kvm|ungdomar|medlemmar)(?!\w)"
)

DATE = re.compile(rf"(?<![\d-])({_YEAR})-(\d\d)-(\d\d)(?!\d)")
LONG_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})(?::[ea])?\s+({_MONTH})\s+({_YEAR})", re.I)
MONTH_YEAR = re.compile(rf"({_MONTH})(?:\s+månad)?\s+({_YEAR})", re.I)
YEARS = re.compile(rf"(?<![\d.,/-])({_YEAR})(?:({_DASH})({_YEAR}|{_SHORT}))?(?![\d])(?!-\d)(?![.,]\d)(?!{_COUNTED})")
LIST_OF_YEARS = re.compile(
    rf"(?<![\d.,/-]){_YEAR}(?:(?:\s*,\s*|\s+och\s+|\s*,?\s+samt\s+|\s*respektive\s*){_YEAR})+(?!-?\d)"
)
YEARLY = re.compile(r"(?<!\w)(?:årligen|per\s+år|per\s+kalenderår|årliga|varje\s+år|om\s+året|/år)(?!\w)", re.I)

_DEADLINE = (
    r"(?:allra\s+)?senast(?:e)?(?:\s+(?:vid|i|i\s+samband\s+med|den|under|till|per|inför|med))*|(?:före|"
    r"innan)(?:\s+(?:den|utgången\s+av))?|i\s+samband\s+med|till\s+(?=års|delårs|bokslut)"
)
# "delårsrapport augusti 2023", "årsredovisningen för 2025"
_OF = rf"(?:\s+(?:(?:per|för|i)\s+)?(?:(?:{_MONTH})\s+)?\d{{4}})?"
_OCCASION = (
    r"(?:(?:nästa|varje|kommande)\s+)?(?:[a-zåäö]{0,30}(?:bokslut|årsredovisning|årsanalys|årsrapport|"
    r"delårsrapport|verksamhetsberättelse|verksamhetsåret|budgetuppföljning|tertialrapport|årsuppföljning|årsskifte|uppföljningsrapport|budgetarbete|bokslutsarbete))[a-zåäö]{0,8}"
    + _OF
)
# "Redovisas i årsredovisningen" sets a time as well.
_REPORT = (
    r"(?:[a-zåäö]{0,30}(?:bokslut|årsredovisning|årsanalys|årsrapport|delårsrapport|verksamhetsberättelse|tertialrapport))"
    r"[a-zåäö]{0,8}" + _OF
)
DUE = re.compile(
    rf"(?<!\w)(?P<lead>{_DEADLINE})\s+(?:(?P<iso>{_YEAR}-\d\d-\d\d)|(?:den\s+)?(?P<day>\d{{1,2}})(?::[ea])?\s+(?P<dm>{_MONTH})(?:\s+(?P<dy>{_YEAR}))?"
    rf"|(?:slutet\s+av\s+|utgången\s+av\s+)?(?P<month>{_MONTH})(?:\s+månad)?(?:\s+(?P<my>{_YEAR}))?|(?P<occasion>{_OCCASION})"
    rf"|(?:slutet\s+av\s+|utgången\s+av\s+)?(?:år\s+)?(?P<year>{_YEAR})(?!-)|(?P<other>(?:tre|två|fyra|sex|en|"
    rf"\d+)\s+(?:månader|veckor|månad)\s+efter[^.,;]{{3,60}}))"
    rf"|(?<!\w)(?:i|vid)\s+(?P<report>{_REPORT})", re.I
)  # fmt: skip
YEAR_LEAD = re.compile(
    r"(?:(?:för|under|avseende|från|i|inom|till|på|och|samt)\s+)?(?:(?:verksamhets|budget|kalender|räkenskaps|läs)?år(?:et|en|ens|s)?|perioden|"
    r"mandatperioden|budget|från\s+och\s+med|fr\.?o\.?m\.?|hösten|våren|sommaren|vintern|halvåret|vårterminen|"
    r"höstterminen|(?:höst|sommar|vår|sport|jul|påsk)lovet)\s*,?\s*$|(?:för|under|avseende|i|från\s+och\s+med|"
    r"inför|om|gällande)\s*$", re.I
)  # fmt: skip


# "sommarjobb 2025", "på tre år, 2025–2027": a year after a common noun is the year of the money, unless the noun is a
# document or a decision that the year only names.
AFTER_NOUN = re.compile(
    r"(?<![A-ZÅÄÖ\wåäö])[a-zåäö][a-zåäö-]{2,}\s*,?\s*$"
    r"|(?<!\w)(?:projektet|insatsen|satsningen|festivalen|arrangemanget|evenemanget)\s[^.,;:\d]{2,30}$"
)
NAMES_A_DOCUMENT = re.compile(
    r"(?:agenda|\w*program(?:met)?|\w*strategi(?:n)?|\w*plan(?:en)?|policyn?|protokoll|beslut(?:et)?|mål|\w*redovisning(?:en)?|\w*rapport(?:en)?|utfall(?:et)?|"
    r"nivå|sedan|från|till|enligt|\w*rapportering(?:en)?(?:\s+för)?|bokslut(?:et)?|\w*direktiv|"
    r"\w*överenskommelse|avtal(?:et)?|beviljade|mot)\s*,?\s*$", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Years:
    """Years told at `start:end`; `yearly` when the words say that the amount returns each year."""

    start: int
    end: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: an ISO day, an ISO month, a year, or the words of an occasion ("årsbokslut")."""

    start: int
    end: int
    when: str


def find_years(text: str, start: int = 0, end: int | None = None) -> list[Years]:
    """Years, ranges and lists of years in the stretch, not those inside dates and case numbers."""
    stop = len(text) if end is None else end
    covered = [
        match.span() for pattern in (DATE, LONG_DATE, MONTH_YEAR) for match in pattern.finditer(text, start, stop)
    ]
    found = [Years(*match.span(), tuple(int(year) for year in re.findall(_YEAR, match[0])))
             for match in LIST_OF_YEARS.finditer(text, start, stop)]  # fmt: skip
    covered += [(years.start, years.end) for years in found]
    for match in YEARS.finditer(text, start, stop):
        if any(a < match.end() and match.start() < b for a, b in covered):
            continue
        found.append(Years(*match.span(), _range(match)))
    return sorted((years for years in found if years.years), key=lambda years: years.start)


def _range(match: re.Match[str]) -> tuple[int, ...]:
    first = int(match[1])
    if match[3] is None:
        return (first,)
    last = int(match[3]) if len(match[3]) == 4 else first // 100 * 100 + int(match[3])
    return tuple(range(first, last + 1)) if first < last <= first + 15 else (first,)


def find_due(text: str, start: int = 0, end: int | None = None) -> Due | None:
    """The first deadline in the stretch."""
    match = DUE.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    return Due(match.start(), match.end(), _when(match))


def _when(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    if match["dm"]:
        month = MONTHS.index(match["dm"].lower()) + 1
        return (
            f"{match['dy']}-{month:02d}-{int(match['day']):02d}"
            if match["dy"]
            else f"{match['day']} {match['dm'].lower()}"
        )
    if match["month"]:
        month = MONTHS.index(match["month"].lower()) + 1
        return f"{match['my']}-{month:02d}" if match["my"] else match["month"].lower()
    if told := match["occasion"] or match["report"]:
        return occasion(told)
    return match["year"] or " ".join(match["other"].split())


def occasion(words: str) -> str:
    """The occasion in its indefinite form: "årsbokslutet" → "årsbokslut". One with a month of its own is that month."""
    if (match := MONTH_YEAR.search(words)) is not None:
        return f"{match[2]}-{MONTHS.index(match[1].lower()) + 1:02d}"
    return re.sub(
        r"(bokslut|redovisning|analys|rapport|berättelse|uppföljning|skifte|arbete)(?:et|en|n|t)(?!\w)",
        r"\1",
        " ".join(words.split()),
    )


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Days in the stretch as (start, end, ISO date), whichever way they are written."""
    stop = len(text) if end is None else end
    found = [
        (*m.span(), m[0]) for m in DATE.finditer(text, start, stop) if 1 <= int(m[2]) <= 12 and 1 <= int(m[3]) <= 31
    ]
    for m in LONG_DATE.finditer(text, start, stop):
        if 1 <= int(m[1]) <= 31:
            found.append((*m.span(), f"{m[3]}-{MONTHS.index(m[2].lower()) + 1:02d}-{int(m[1]):02d}"))
    return sorted(found)
