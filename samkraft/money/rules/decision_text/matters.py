"""Where one matter ends and the next begins, and the sections inside each."""

import re
from dataclasses import dataclass

from samkraft.money.rules.decision_text import headings
from samkraft.money.rules.decision_text.headings import Heading

PARAGRAPH = re.compile(
    r"^[ \t]*(?:[A-ZÅÄÖ][A-Za-zåäöÅÄÖ]{1,6}[ \t]+)?§[ \t]*(\d{1,4})(?:/\d{2,4})?\.?(?=[ \t]|$|[:,–-])[ \t]*[:–-]?[ \t]*(.*)$",
    re.M,
)
NUMBERED_MATTER = re.compile(
    r"^[ \t]*(?:Ärende(?:nummer)?(?:[ \t]+nr)?|Punkt)[ \t]+(\d{1,3})[ \t]*[.:–-]?[ \t]*(.*)$", re.M
)
AGENDA_MATTER = re.compile(
    r"^[ \t]*(\d{1,3})[.)]?[ \t]+[A-ZÅÄÖ][^\n]{4,160}\n\s{0,20}"
    r"(?:(?:Ärende|Punkt)[ \t]+\d+[ \t]+)?(?:Dnr|Diarienummer|Diarienr)\b",
    re.M,
)
CONTENTS_LINE = re.compile(r"(?:\.{3,}|…|\s{3,}|\t)\s*\d{1,3}\s*$")
CONTINUED = re.compile(r"forts", re.I)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under a heading; `start` is where its content begins, `top` where its heading does."""

    kind: str
    heading: Heading | None
    top: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its paragraph in the minutes if it has one, and its sections in order."""

    start: int
    end: int
    paragraph: str | None
    sections: tuple[Section, ...]

    def of_kind(self, *kinds: str) -> list[Section]:
        """The sections of these kinds, in the order of the text."""
        return [section for section in self.sections if section.kind in kinds]


def split(text: str) -> list[Matter]:
    """The matters of a text: one per paragraph of minutes, else the whole text as one."""
    starts = _paragraph_starts(text)
    if not starts:
        return [Matter(0, len(text), None, tuple(_sections(text, 0, len(text))))]
    matters = []
    for index, (at, number) in enumerate(starts):
        # A single paragraph keeps what stands above it: an extract has its head, body and date there.
        begin = 0 if len(starts) == 1 else at
        end = starts[index + 1][0] if index + 1 < len(starts) else len(text)
        matters.append(Matter(begin, end, number, tuple(_sections(text, begin, end))))
    return matters


def head(text: str, matters: list[Matter]) -> tuple[int, int]:
    """The stretch above the first matter, where minutes name body and day."""
    return (0, matters[0].start) if matters and matters[0].start else (0, min(len(text), 1500))


def _paragraph_starts(text: str) -> list[tuple[int, str]]:
    starts: list[tuple[int, str]] = []
    for match in PARAGRAPH.finditer(text):
        number, title = match[1], match[2].strip()
        if _is_reference(text, match, title) or CONTINUED.search(match[0]):
            continue
        if starts and (starts[-1][1] == number):
            continue
        starts.append((match.start(), number))
    starts = _without_contents(text, starts) or _agenda_starts(text)
    if not starts:
        starts = [(m.start(), m[1]) for m in NUMBERED_MATTER.finditer(text) if _followed_by_decision(text, m.end())]
        starts = starts if len(starts) > 1 else []
    return starts


def _agenda_starts(text: str) -> list[tuple[int, str]]:
    """Matters numbered without a sign ("3 Ansökan om medel", then a line with the case number)."""
    starts: list[tuple[int, str]] = []
    for match in AGENDA_MATTER.finditer(text):
        if not starts or int(match[1]) == int(starts[-1][1]) + 1:
            starts.append((match.start(), match[1]))
    return starts if len(starts) > 1 else []


def _is_reference(text: str, match: re.Match[str], title: str) -> bool:
    """A line that merely begins with "§ 45" because the sentence before it broke there."""
    if title and (title[0].islower() or title[0] in ",.;)"):
        return True
    if title.endswith((".", ",")) or CONTENTS_LINE.search(title):
        return True
    before = text[: match.start()].rstrip(" \t\n")
    gap = text[len(before) : match.start()]
    return (bool(before) and gap.count("\n") == 1 and before[-1] in ",(") or before.endswith(
        (" och", " enligt", " den")
    )


def _without_contents(text: str, starts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Drop paragraphs of a table of contents: those that come again further down, where the decision stands."""
    spans = [
        (at, starts[i + 1][0] if i + 1 < len(starts) else len(text), number) for i, (at, number) in enumerate(starts)
    ]
    chosen: dict[str, tuple[bool, int, int]] = {}
    for at, stop, number in spans:
        # The last paragraph of the contents runs into what follows, so length alone does not tell them apart.
        worth = (re.search(r"beslut", text[at:stop], re.I) is not None, at if stop - at > 80 else 0, at)
        chosen[number] = max(worth, chosen.get(number, worth))
    return [(at, number) for at, _, number in spans if chosen[number][2] == at]


def _followed_by_decision(text: str, at: int) -> bool:
    return re.search(r"beslut", text[at : at + 4000], re.I) is not None


def _sections(text: str, start: int, end: int) -> list[Section]:
    found: list[tuple[Heading | None, int, int]] = [(None, start, start)]
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop == -1 else stop
        if heading := headings.recognise(text[at:stop]):
            content = at + heading.content_at if heading.content_at is not None else min(stop + 1, end)
            found.append((heading, at, content))
        elif re.fullmatch(r"\s*[_=*–—-]{4,}\s*", text[at:stop]) and found[-1][0] is not None:
            found.append((None, at, min(stop + 1, end)))
        at = stop + 1
    sections = []
    for index, (heading, top, content) in enumerate(found):
        stop = found[index + 1][1] if index + 1 < len(found) else end
        kind = heading.kind if heading else ("head" if index == 0 else "after")
        sections.append(Section(kind, heading, top, min(content, stop), stop))
    return sections
