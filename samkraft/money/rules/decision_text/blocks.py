"""The lines of a section put into blocks: a marked line and what runs on from it, or a paragraph.

Blank lines and page breaks in the middle of a sentence do not part a block; the lines of a table do.
"""

import re
from dataclasses import dataclass, field

from samkraft.money.rules.decision_text import amounts, leads, verbs

NUMBER = re.compile(
    r"[ \t]*(?:(?:punkt|beslutspunkt|p\.)[ \t]+)?(\d{1,2})(?:[ \t]*[.):](?!\d)[ \t]*|[ \t]+(?=att[ \t]|[A-ZÅÄÖ])|[ \t]*$)",
    re.I,
)
LETTER = re.compile(r"[ \t]*([a-zåäö])[ \t]*(?:[.)][ \t]+|\)(?=[^\W\d]))")
BULLET = re.compile(r"[ \t]*(?:[•·▪◦○●■□‣⁃*➢]|o(?=[ \t]{2,})|[-–—](?=[ \t]*[^\W\d]|[ \t]+\d))[ \t]*")
ATT = re.compile(r"[ \t]*(?:(?:dels|samt|och)[ \t]+)?att(?=\s|$)", re.I)
# An undotted number counts as a marker only when it is set apart like one ("1 Kommunfullmäktige väljer …").
BARE_NUMBER = re.compile(r"[ \t]*(\d{1,2})[ \t]+(?=att[ \t]|Att[ \t]|[A-ZÅÄÖ])")
# A note at the foot of the page explains the points and is none itself.
FOOTNOTE = re.compile(
    r"[ \t]*(?:(?:\[\d{1,2}\]|[¹²³⁴-⁹]|\*{1,3}\))[ \t]*(?=\S)|"
    r"\d{1,2}[ \t]+(?=(?:Beloppet|Summan|Varav|Därav|Avser|Inklusive|Exklusive|Inkl|Exkl)(?!\w)))"
)
ENDS = re.compile(r"[.!?:;][\"”’)]?\s*$")


@dataclass(slots=True)
class Block:
    """A marker (number, letter, bullet, att or none), its label, and the lines of the block; `apart` after a blank line."""

    marker: str
    label: str | None
    top: int
    start: int
    end: int
    apart: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)


def split(text: str, start: int, end: int) -> list[Block]:
    """The blocks of a stretch."""
    return _merge(text, _marked(text, start, end))


def _marked(text: str, start: int, end: int) -> list[Block]:
    blocks: list[Block] = []
    at, blank, expected = start, True, 0
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop == -1 else stop
        line = text[at:stop]
        if not line.strip():
            blank = True
        else:
            marker, label, begin = _marker(text, at, stop, expected)
            if marker == "number":
                expected = int(label or 0)
            if marker != "none" or blank or not blocks or _starts_new(text, blocks[-1], at, stop):
                blocks.append(Block(marker, label, at, begin, stop, apart=blank))
            blocks[-1].end = stop
            blocks[-1].lines.append((max(at, begin), stop))
            blank = False
        at = stop + 1
    return [block for block in blocks if text[block.start : block.end].strip() and block.marker != "footnote"]


def _marker(text: str, at: int, stop: int, expected: int) -> tuple[str, str | None, int]:
    if FOOTNOTE.match(text, at, stop):
        return "footnote", None, at
    for pattern in (NUMBER, BARE_NUMBER):
        match = pattern.match(text, at, stop)
        if match and _follows(int(match[1]), expected) and not _is_amount_line(text, match, stop):
            begin = match.end()
            att = ATT.match(text, begin, stop)
            return "number", match[1], (att.end() if att else begin)
    if match := LETTER.match(text, at, stop):
        return "letter", match[1], match.end()
    if match := BULLET.match(text, at, stop):
        att = ATT.match(text, match.end(), stop)
        return ("att", None, att.end()) if att else ("bullet", None, match.end())
    if match := ATT.match(text, at, stop):
        return "att", None, match.end()
    return "none", None, at


def _follows(number: int, before: int) -> bool:
    return number in (1, before + 1)


def _is_amount_line(text: str, match: re.Match[str], stop: int) -> bool:
    """ "12 000 kr" at the beginning of a line is money and no marker; so is a number alone after an open sentence."""
    return (
        re.match(
            r"[ \t]*\d{1,2}[ .]\d{3}(?!\d)|[ \t]*\d{1,2}[ \t]*(?:mnkr|mkr|tkr|kr|mn|milj|kronor|procent|%|st\b)",
            text[match.start() : stop],
            re.I,
        )
        is not None
    )


def _starts_new(text: str, block: Block, at: int, stop: int) -> bool:
    """Whether an unmarked line begins something of its own: after a colon, lines with amounts are rows."""
    so_far = text[block.start : block.end].rstrip()
    if so_far.endswith(":") and (
        has_number(text, at, stop) or "\t" in text[at:stop] or re.search(r"\S\s{3,}\S", text[at:stop])
    ):
        return True
    in_rows = (
        block.marker == "none"
        and not ENDS.search(so_far)
        and ("  " in so_far.strip() or "\t" in so_far.strip() or so_far.lstrip().startswith("|"))
    )
    return in_rows or (
        block.marker == "none"
        and so_far.endswith(".")
        and text[at:stop].lstrip()[:1].isupper()
        and _decides(text, at, stop)
    )


def _decides(text: str, at: int, stop: int) -> bool:
    """Whether a line begins a sentence that decides something of its own ("Medlen tas från …")."""
    return leads.parse(text, at, stop) is not None or verbs.find_first(text, at, stop) is not None


def has_number(text: str, at: int, stop: int) -> bool:
    """Whether an amount, or a number that may be one, stands in the stretch."""
    return bool(amounts.find_numbers(text, at, stop))


def _merge(text: str, blocks: list[Block]) -> list[Block]:
    """Put together what a page break or a blank line tore apart, and keep the lines of tables apart."""
    merged: list[Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        if before and block.marker == "none" and _continues(text, before, block):
            before.lines += block.lines
            before.end = block.end
        else:
            merged.append(block)
    return merged


def _continues(text: str, before: Block, block: Block) -> bool:
    so_far = text[before.start : before.end].rstrip()
    first = text[block.start : block.end].lstrip()[:1]
    if not block.apart or ENDS.search(so_far) or "\t" in text[block.start : block.end].strip():
        return False
    if so_far.endswith(",") and _decides_alone(text, block):
        return False  # "… att" and then one decision in each paragraph
    return (
        first.islower()
        and not (so_far.endswith(",") and ATT.match(text, block.start))
        and not re.search(r"\S {3,}\S", so_far)
    )


def _decides_alone(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    first = block.start + len(words) - len(words.lstrip())
    if verbs.starts_decision(text, first):
        return True
    found = verbs.find_first(text, first, block.end)
    runs_on = re.match(r"(?:som|vilket|vilka|varav|därav|där|och|samt)\s", text[first : first + 10])
    return found is not None and found.verb.kind == "funding" and runs_on is None
