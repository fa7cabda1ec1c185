"""Case numbers (diarienummer) as Swedish authorities write them, whatever the prefix."""

import re

_PREFIX = r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö&]{0,5}\d{0,3}"
_BIG = r"[A-ZÅÄÖ]{2,6}"
FORMS = (
    rf"{_BIG}-(?:19|20)\d\d-\d{{1,6}}(?:-\d{{1,3}})?",  # STK-2023-576
    rf"(?:19|20)\d\d[-/]{_BIG}[- ]?\d{{1,6}}(?:[ -]\d{{2,3}}(?!\d))?",  # 2023-KS-123, 2024/KS 0721
    rf"{_BIG}[ /]\s?(?:19|20)\d\d[/:-]\d{{1,6}}(?:-\d{{1,3}})?",  # KS 2023/00123, KS/2023:45
    rf"{_BIG}(?:19|20)\d\d[/:-]\d{{1,6}}",  # KS2023/123
    r"[A-ZÅÄÖ]{1,6}\d{0,3}-\d{3,5}/\d\d(?!\d)",  # N161-0456/24
    rf"{_BIG}[ -]\d{{2}}[/-]\d{{2,5}}(?!\d)",  # KS 23/123, BUN-24/118
    rf"{_BIG} (?:19|20)\d\d-\d{{1,6}}",  # KS 2023-123
    rf"{_BIG}[. ](?:19|20)\d\d\.\d{{1,6}}",  # KS.2024.288, KS 2024.0921
)
NUMBER = re.compile(r"(?<![\w/-])(?:" + "|".join(FORMS) + r")(?![\w/])")
LABELLED = re.compile(
    r"(?:dnr|d\.nr|diarienr|diarienummer|diarie-?nummer|ärendenummer|ärendenr)\.?[ \t]*[:.]?[ \t]*\n?[ \t]*"
    rf"((?:{_PREFIX}[ /-]?\s?)?\d{{1,6}}[/:.-]\s?(?:[A-ZÅÄÖ]{{2,6}}[ -]?)?\d{{1,6}}(?:[-.:/]\d{{1,6}})?)(?![\w])", re.I
)  # fmt: skip
CONTRACT_LEAD = re.compile(r"(?:avtal\w*|överenskommelse\w*|kontrakt\w*|IOP\w*)[^.;]{0,60}$", re.I)


def find(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Case numbers in the stretch as (start, end, number), in the order of the text."""
    stop = len(text) if end is None else end
    found = [(*match.span(), _tidy(match[0])) for match in NUMBER.finditer(text, start, stop)]
    for match in LABELLED.finditer(text, start, stop):
        if not any(a < match.end(1) and match.start(1) < b for a, b, _ in found):
            found.append((*match.span(1), _tidy(match[1])))
    return sorted(found)


def first(text: str, start: int = 0, end: int | None = None) -> str | None:
    """The number that the stretch is filed under: the one labelled as such, else the first that stands there."""
    stop = len(text) if end is None else end
    labelled = re.search(r"(?:dnr|d\.nr|diarienr|diarienummer|ärendenummer)", text[start:stop], re.I)
    numbers = find(text, start, stop)
    if labelled:
        after = [number for a, _, number in numbers if start + labelled.end() <= a <= start + labelled.end() + 60]
        if after:
            return after[0]
    return numbers[0][2] if numbers else None


def contracts(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Case numbers that the words before them call a contract or an agreement."""
    return [(a, b, number) for a, b, number in find(text, start, end) if CONTRACT_LEAD.search(text[max(0, a - 90) : a])]


def _tidy(number: str) -> str:
    return " ".join(number.split())
