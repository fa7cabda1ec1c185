"""The text as it came and the text as it is read, with a way back from every character of the second to the first.

Reading needs words in one piece and one kind of space; showing needs the places in the document that the person sees.
A `SourceText` holds both: `text` is what the other modules search, `original_span` leads back.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

SPACES = frozenset("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b")
DROPPED = frozenset("\r\u200b\u200c\u200d\u2060\ufeff\x00")
SOFT_HYPHEN = "\u00ad"
REPLACED = {"\u2010": "-", "\u2011": "-", "\x02": "-", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
            "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u2212": "-"}  # fmt: skip

# A hyphen before one of these is a suspended one ("arbetsmarknads- och socialnämnden") and stays.
SUSPENDING = frozenset({"och", "eller", "samt", "respektive", "resp", "till", "men"})
BODY_ENDINGS = ("styrelsen", "styrelsens", "nämnden", "nämndens", "fullmäktige", "fullmäktiges", "utskottet",
                "utskottets", "beredningen", "förvaltningen", "förvaltningens", "kontoret", "kontorets")  # fmt: skip

WORD_OVER_LINES = re.compile(r"(?<![^\W_])([^\W_]{1,60})-[ \t]*\n[ \t]*([^\W_]+)")
RANGE_OVER_LINES = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[ \t]{0,9}\n?[ \t]{0,40}[-–][ \t]{0,9}\n?[ \t]{0,40}((?:19|20)\d\d)(?![\d-])"
)
HYPHEN_IN_WORD = re.compile(r"\b([a-zåäöA-ZÅÄÖ][a-zåäöé]{2,})-([a-zåäöé]{3,})\b")
PAGE_NUMBER = re.compile(
    r"(?:sida\s*:?\s*)?(?:[-–]\s*)?\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})?(?:\s*[-–])?", re.I
)
PAGE_HEAD = re.compile(r".{0,90}?[\s,](?:sida\s+)?(\d{1,3})\s?\(\d{1,3}\)\s*", re.I)
# "§ 91 forts." stands at the top of the next page.
CONTINUES = re.compile(
    r"(?:[A-ZÅÄÖ][\w]{1,6}\s+)?(?:forts(?:ättning)?\.?\s*(?:av\s+)?§\s*\d{1,4}|§\s*\d{1,4}\s*\(?,?\s*forts(?:ättning)?\.?\)?)(?:\s.{0,40})?",
    re.I,
)
# The foot of a letter: two or more ways to reach the office.
CONTACT = re.compile(
    r"(?<!\w)(?:post(?:box|adress)|besöksadress|telefon|tfn|växel|e-post|org\.?(?:anisations)?\s?-?(?:nr|nummer)|bankgiro|"
    r"fax|webb(?:plats)?|www)(?![a-zåäö])", re.I
)  # fmt: skip
SIGNING_STRIP = re.compile(
    r"(?:(?:ordf(?:örandes?)?\.?|justerandes?|justerarnas?|justerares?|protokollsjusterarnas|sekreterarens?|"
    r"utdragsbestyrkande|utdragets|bestyrkande|riktighet|bestyrks|sign(?:atur(?:er)?|\.)?|sign|och|/)[\s/:]*){1,8}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """`original` as handed in; `text` as read; `origins[i]` is where character `i` of `text` stands in `original`."""

    original: str
    text: str
    origins: "array[int]" = field(repr=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the stretch `start:end` of the read text came from."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else len(self.original)
            return at, at
        return self.origins[start], self.origins[end - 1] + 1


Edit = tuple[int, int, str]


def prepare(original: str) -> SourceText:
    """Even out spaces, put words together that lines broke apart, and leave out page numbers and page heads."""
    text, origins = _even_out(original)
    for find_edits in (_page_furniture, _page_breaks, _broken_ranges, _broken_words, _stray_hyphens):
        text, origins = _apply(text, origins, find_edits(text))
    return SourceText(original, text, origins)


def _even_out(original: str) -> tuple[str, "array[int]"]:
    characters: list[str] = []
    origins = array("L")
    for at, character in enumerate(original):
        if character in DROPPED:
            continue
        if unicodedata.combining(character) and characters:
            joined = unicodedata.normalize("NFC", characters[-1] + character)
            if len(joined) == 1:
                characters[-1] = joined
            continue
        for written in _written(character):
            characters.append(written)
            origins.append(at)
    return "".join(characters), origins


def _written(character: str) -> str:
    if character in SPACES:
        return " "
    if "\uf000" <= character <= "\uf0ff":  # symbol fonts put their bullets here
        return "•"
    if character == SOFT_HYPHEN:
        return "-"
    return REPLACED.get(character, character)


def _apply(text: str, origins: "array[int]", edits: Iterable[Edit]) -> tuple[str, "array[int]"]:
    """Replace stretches; every character of a replacement is said to come from where the stretch began."""
    parts: list[str] = []
    kept = array("L")
    last = 0
    for start, end, replacement in edits:
        parts += (text[last:start], replacement)
        kept.extend(origins[last:start])
        kept.extend(array("L", [origins[start]] * len(replacement)))
        last = end
    parts.append(text[last:])
    kept.extend(origins[last:])
    return "".join(parts), kept


def _page_furniture(text: str) -> list[Edit]:
    """Page numbers, heads repeated on every page, and the strip where minutes are initialled."""
    spans: list[tuple[int, int]] = []
    heads: set[str] = set()
    at, filled = 0, 0
    for line in text.split("\n"):
        end = at + len(line)
        bare = line.strip()
        # What stood at the top of the document and comes again right after a page's foot is the next page's head.
        head_again = bare in heads and bool(spans) and not text[spans[-1][1] : at].strip()
        if bare and (head_again or _is_furniture(line, text, at, end)):
            if spans and not text[spans[-1][1] : at].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((at, end))
        if bare and filled < 12:
            heads.add(bare)
            filled += 1
        at = end + 1
    return _cut_out(text, spans)


def _cut_out(text: str, spans: list[tuple[int, int]]) -> list[Edit]:
    edits: list[Edit] = []
    for first, last in spans:
        start, stop = _close_the_gap(text, first, min(last + 1, len(text)))
        start = max(start, edits[-1][1] if edits else 0)
        edits.append((start, max(stop, start), "\n" if start and text[start - 1] != "\n" else ""))
    return edits


def _is_furniture(line: str, text: str, start: int, end: int) -> bool:
    bare = line.strip()
    if 20 < len(bare) < 300 and len(CONTACT.findall(bare)) >= 2:
        return True
    if not bare or len(bare) > 100:
        return False
    if bare[-1].isdigit() or bare[-1] in ")-–":
        if PAGE_NUMBER.fullmatch(bare):
            # A number alone is a page number only when it stands apart and is no part of a table or an amount.
            apart = _blank_before(text, start) and _blank_after(text, end)
            return "(" in bare or "av" in bare or bare.lower().startswith("sida") or (apart and "/" not in bare)
        head = PAGE_HEAD.fullmatch(bare)
        return head is not None and int(head[1]) > 1
    return CONTINUES.fullmatch(bare) is not None or (bare[-1] != ":" and SIGNING_STRIP.fullmatch(bare) is not None)


def _blank_before(text: str, start: int) -> bool:
    return (
        start == 0 or text.rfind("\n", 0, start - 1) == -1 or not text[text.rfind("\n", 0, start - 1) : start].strip()
    )


def _blank_after(text: str, end: int) -> bool:
    following = text.find("\n", end + 1)
    return not text[end : following if following != -1 else len(text)].strip()


def _close_the_gap(text: str, start: int, stop: int) -> tuple[int, int]:
    """When a sentence runs on over the page break, the blank lines around the break go too."""
    before = start
    while before and text[before - 1] in " \t\n" and start - before < 40:
        before -= 1
    after = stop
    while after < len(text) and text[after] in " \t\n" and after - stop < 80:
        after += 1
    if not before or after >= len(text):
        return start, stop
    runs_on = text[before - 1] not in ".:;!?" and (text[after].islower() or text[after].isdigit())
    return (
        (before, after)
        if runs_on and (text[before - 1].islower() or text[before - 1] in "-,0123456789")
        else (start, stop)
    )


def _page_breaks(text: str) -> list[Edit]:
    """A page break in the middle of a sentence is a line break; elsewhere it is a blank line."""
    edits: list[Edit] = []
    at = text.find("\x0c")
    while at != -1:
        start, stop = at, at
        while start and text[start - 1] in " \t\n":
            start -= 1
        while stop < len(text) and text[stop] in " \t\n\x0c":
            stop += 1
        before, after = text[start - 1 : start], text[stop : stop + 1]
        runs_on = before not in ".:;!?" and (after.islower() or after.isdigit())
        edits.append((start, stop, "\n" if runs_on else "\n\n"))
        at = text.find("\x0c", stop)
    return edits


def _broken_ranges(text: str) -> list[Edit]:
    """Years parted by a line break ("2024 -" / "2026"), which would otherwise look like a bullet."""
    return [(match.end(1), match.start(2), "–") for match in RANGE_OVER_LINES.finditer(text) if "\n" in match[0]]


def _broken_words(text: str) -> list[Edit]:
    edits: list[Edit] = []
    words = {word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)}
    at = 0
    while match := WORD_OVER_LINES.search(text, at):
        left, right = match[1], match[2]
        start, end = match.end(1), match.start(2)
        at = end
        if left.isdigit() and right.isdigit():
            thousands = right == "000" or (len(right) == 3 and re.search(r"\d[ .]$", text[: match.start(1)][-2:]))
            edits.append((start, end, " " if len(left) <= 3 and thousands else "-"))
        elif right.lower() in SUSPENDING:
            continue
        elif right[0].islower() and left[-1].islower() and len(left) > 1:
            hyphened = f"{left}-{right}".lower() in words and f"{left}{right}".lower() not in words
            edits.append((start, end, "-" if hyphened else ""))
        else:
            edits.append((start, end, "-"))
    return edits


def _stray_hyphens(text: str) -> list[Edit]:
    """Hyphens left in the middle of a line by an earlier line break ("kommun-styrelsen")."""
    words = None
    edits: list[Edit] = []
    for match in HYPHEN_IN_WORD.finditer(text):
        if words is None:
            words = {word.lower() for word in re.findall(r"[^\W\d_]+", text)}
        if match[2] in BODY_ENDINGS or (match[1] + match[2]).lower() in words:
            edits.append((match.end(1), match.start(2), ""))
    return edits
