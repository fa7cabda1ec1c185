"""A section that holds points, cut into clauses: one per numbered point, att-clause, bullet or paragraph.

What marks the points differs from city to city and within one document. The first marker after a lead is taken as the
one that counts; another marker below it (bullets under a numbered point) gives rows of the point above.
"""

import re
from dataclasses import dataclass, field, replace

from samkraft.money.rules.decision_text import amounts, leads, verbs
from samkraft.money.rules.decision_text.leads import Lead

NUMBER = re.compile(
    r"[ \t]*(?:(?:punkt|beslutspunkt|p\.)[ \t]+)?(\d{1,2})(?:[ \t]*[.):](?!\d)[ \t]*|[ \t]+(?=att[ \t]|[A-ZÅÄÖ])|[ \t]*$)",
    re.I,
)
LETTER = re.compile(r"[ \t]*([a-zåäö])[ \t]*[.)][ \t]+")
BULLET = re.compile(r"[ \t]*(?:[•·▪◦○●■□‣⁃*➢]|o(?=[ \t]{2,})|[-–—](?=[ \t]*[^\W\d]|[ \t]+\d))[ \t]*")
ATT = re.compile(r"[ \t]*(?:dels[ \t]+)?att(?=\s|$)", re.I)
# An undotted number counts as a marker only when it is set apart like one ("1 Kommunfullmäktige väljer …").
BARE_NUMBER = re.compile(r"[ \t]*(\d{1,2})[ \t]+(?=att[ \t]|Att[ \t]|[A-ZÅÄÖ])")
INLINE_NUMBER = re.compile(r"(?<=[\s:])(\d{1,2})[.)]\s+(?=[a-zåäöA-ZÅÄÖ])")
ENDS = re.compile(r"[.!?:;][\"”’)]?\s*$")
NEXT_ATT = re.compile(r"(?:[,;.]?\s+(?:och|samt|dels)|[,;])\s+(?:dels\s+)?att\s+|(?<=[.])\s+Att\s+", re.I)
TASK = re.compile(
    r"(?<!\w)(?:uppdrag|uppdra|uppdrar|uppmana[rs]?|bemyndiga[rs]?|delegera[rs]?|anmoda[rs]?|ålägg\w*|rekommendera[rs]?|förutsättning)(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One point as it stands: `start:end` without its marker, and the rows (lists, table lines) that belong to it."""

    number: str
    start: int
    end: int
    lead: Lead | None
    marker: str = "none"
    rows: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Block:
    marker: str
    label: str | None
    top: int
    start: int
    end: int
    apart: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)


def split(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of a stretch, numbered as written or, where nothing is written, from 1."""
    blocks = _merge(text, _blocks(text, start, end))
    clauses: list[Clause] = []
    lead: Lead | None = None
    primary: str | None = None
    for block in blocks:
        found = leads.parse(text, block.start, block.end) if block.marker in {"none", "att"} else None
        if found and found.end >= _last_letter(text, block.end):
            lead, primary = found, None
            continue
        if block.marker == "none" and (pieces := _inline_numbers(text, block, found)):
            lead = found or lead
            clauses += [Clause(number, a, b, lead, "number") for number, a, b in pieces]
            primary = "number"
            continue
        if (owner := _owner_of_row(text, block, primary, clauses)) is not None:
            clauses[owner] = replace(clauses[owner], rows=(*clauses[owner].rows, *_row_spans(text, block)))
            continue
        if block.marker != "none" and primary is None:
            primary = block.marker
        if block.marker == "none" and found:
            lead = found
        clauses += _att_clauses(text, block, lead)
    return _numbered(clauses)


def _last_letter(text: str, end: int) -> int:
    while end and text[end - 1] in " \t\n:;.-–…":
        end -= 1
    return end


def _blocks(text: str, start: int, end: int) -> list[_Block]:
    blocks: list[_Block] = []
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
                blocks.append(_Block(marker, label, at, begin, stop, apart=blank))
            blocks[-1].end = stop
            blocks[-1].lines.append((max(at, begin), stop))
            blank = False
        at = stop + 1
    return [block for block in blocks if text[block.start : block.end].strip()]


def _marker(text: str, at: int, stop: int, expected: int) -> tuple[str, str | None, int]:
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


def _starts_new(text: str, block: _Block, at: int, stop: int) -> bool:
    """Whether an unmarked line begins something of its own: after a colon, lines with amounts are rows."""
    so_far = text[block.start : block.end].rstrip()
    if so_far.endswith(":") and (
        _has_number(text, at, stop) or "\t" in text[at:stop] or re.search(r"\S\s{3,}\S", text[at:stop])
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


def _has_number(text: str, at: int, stop: int) -> bool:
    return bool(amounts.find_numbers(text, at, stop))


def _merge(text: str, blocks: list[_Block]) -> list[_Block]:
    """Put together what a page break or a blank line tore apart, and keep the lines of tables apart."""
    merged: list[_Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        if before and block.marker == "none" and _continues(text, before, block):
            before.lines += block.lines
            before.end = block.end
        else:
            merged.append(block)
    return merged


def _continues(text: str, before: _Block, block: _Block) -> bool:
    so_far = text[before.start : before.end].rstrip()
    first = text[block.start : block.end].lstrip()[:1]
    if not block.apart or ENDS.search(so_far) or "\t" in text[block.start : block.end].strip():
        return False
    return (
        first.islower()
        and not (so_far.endswith(",") and ATT.match(text, block.start))
        and not re.search(r"\S {3,}\S", so_far)
    )


def _inline_numbers(text: str, block: _Block, lead: Lead | None) -> list[tuple[str, int, int]]:
    """ "beslutar att 1. bevilja … 2. ge …" in one paragraph."""
    begin = lead.end if lead else block.start
    pieces = list(INLINE_NUMBER.finditer(text, max(block.start, begin - 1), block.end))
    run: list[re.Match[str]] = []
    for match in pieces:
        if int(match[1]) == len(run) + 1:
            run.append(match)
    if len(run) < 2 or (text[begin : run[0].start()].strip(" \n\t:") and lead):
        return []
    stops = [match.start() for match in run[1:]] + [block.end]
    return [(match[1], match.end(), stop) for match, stop in zip(run, stops, strict=True)]


def _owner_of_row(text: str, block: _Block, primary: str | None, clauses: list[Clause]) -> int | None:
    """The clause that a block is a row of: the last one, or an earlier one that announced a table still to come."""
    if _is_row(text, block, primary, clauses):
        return len(clauses) - 1
    if block.marker == "none" and _is_tabular(text, block):
        for index in range(len(clauses) - 1, -1, -1):
            if _announces_rows(text, clauses[index]):
                return index
    return None


def _is_tabular(text: str, block: _Block) -> bool:
    words = text[block.start : block.end].strip()
    return "\t" in words or words.startswith("|") or re.search(r"\S {2,}\S", words) is not None


def _is_row(text: str, block: _Block, primary: str | None, clauses: list[Clause]) -> bool:
    if not clauses or block.marker in {"att"}:
        return False
    if (
        block.marker == "number"
        and primary in {None, "number"}
        and not (primary is None and _announces_rows(text, clauses[-1]))
    ):
        return False
    open_list = _announces_rows(text, clauses[-1]) or bool(clauses[-1].rows)
    if block.marker == "none":
        tabular = _is_tabular(text, block)
        if not open_list or (_turns_on_verb(text, block) and not tabular):
            return False
        return (
            tabular
            or _has_number(text, block.start, block.end)
            or _is_total(text, block)
            or (not _turns_on_verb(text, block) and not text[block.start : block.end].rstrip().endswith("."))
        )
    if _turns_on_verb(text, block):
        return False
    return open_list or (primary is not None and block.marker != primary)


def _is_total(text: str, block: _Block) -> bool:
    return re.match(r"\s*(?:summa|totalt|sammanlagt|total)", text[block.start : block.end], re.I) is not None


def _announces_rows(text: str, clause: Clause) -> bool:
    words = text[clause.start : clause.end].rstrip()
    return (
        words.endswith(":")
        or re.search(
            r"(?:enligt\s+(?:följande|nedan\w*|tabell\w*)|följande\s+(?:fördelning|tabell|belopp|sätt|organisationer|föreningar))[^.]{0,40}\.?$",
            words,
            re.I,
        )
        is not None
    )


def _turns_on_verb(text: str, block: _Block) -> bool:
    found = verbs.find_first(text, block.start, block.end)
    if found is None:
        return verbs.DUTY_WORD.search(text, block.start, block.end) is not None and not _has_number(
            text, block.start, block.end
        )
    return found.form != "infinitive" or not text[block.start : found.start].strip()


def _row_spans(text: str, block: _Block) -> list[tuple[int, int]]:
    """A marked row may run over several lines; unmarked lines with a number each are rows of their own."""
    with_numbers = [line for line in block.lines if _has_number(text, *line)]
    if block.marker == "none" and len(block.lines) > 1 and len(with_numbers) >= 2:
        return list(block.lines)
    return [(block.start, block.end)]


def _att_clauses(text: str, block: _Block, lead: Lead | None) -> list[Clause]:
    """One clause, or several where one sentence holds several "att" with a decision each."""
    start = block.start
    inline = leads.parse(text, start, block.end)
    if inline and block.marker != "none":
        own: Lead | None = inline
    else:
        own = inline or lead
    cuts = [start]
    stops: list[int] = []
    if block.marker == "att" or inline or (own and verbs.starts_decision(text, _first_letter(text, start))):
        for match in NEXT_ATT.finditer(text, inline.end if inline else start, block.end):
            if _opens_decision(text, cuts[-1], match):
                stops.append(match.start())
                cuts.append(match.end())
    stops.append(block.end)
    spans = list(zip(cuts, stops, strict=True))
    label = block.label or ""
    numbers = [label] if len(spans) == 1 else [label and f"{label}{chr(97 + index)}" for index in range(len(spans))]
    return [Clause(number, a, b, own, block.marker) for number, (a, b) in zip(numbers, spans, strict=True)]


def _first_letter(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def _opens_decision(text: str, clause_start: int, match: re.Match[str]) -> bool:
    """An "att" after a task ("ge … i uppdrag att …") belongs to the task unless a new decision verb follows a comma."""
    at = _first_letter(text, match.end())
    if not verbs.starts_decision(text, at):
        found = verbs.find_first(text, at, min(len(text), at + 200))
        passive = found is not None and found.form != "infinitive" and not re.search(r"[.;:]", text[at : found.start])
        if not passive:
            return False
    task = TASK.search(text, clause_start, match.start())
    if task is None:
        return True
    # The first "att" after the task has not come yet: this one is it.
    return re.search(r"(?<!\w)att(?!\w)", text[task.end() : match.start()]) is not None


def _numbered(clauses: list[Clause]) -> list[Clause]:
    numbered: list[Clause] = []
    used: set[str] = set()
    running = 0
    for clause in clauses:
        number = clause.number
        if not number:
            running += 1
            while str(running) in used:
                running += 1
            number = str(running)
        elif number.isdigit():
            running = int(number)
        used.add(number)
        numbered.append(replace(clause, number=number))
    return numbered
