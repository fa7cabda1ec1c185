"""A section that holds points, cut into clauses: one per numbered point, att-clause, bullet or paragraph.

What marks the points differs from city to city and within one document. The first marker after a lead is taken as the
one that counts; another marker below it (bullets under a numbered point) gives rows of the point above.
"""

import re
from dataclasses import dataclass, field, replace

from samkraft.money.rules.decision_text import blocks, leads, verbs
from samkraft.money.rules.decision_text.blocks import Block
from samkraft.money.rules.decision_text.leads import Lead

INLINE_NUMBER = re.compile(r"(?<=[\s:])(\d{1,2})[.)]\s+(?=[a-zåäöA-ZÅÄÖ])")
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
    rows: list[tuple[int, int]] = field(default_factory=list)


def split(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of a stretch, numbered as written or, where nothing is written, from 1."""
    found_blocks = blocks.split(text, start, end)
    clauses: list[Clause] = []
    lead: Lead | None = None
    primary: str | None = None
    for block in found_blocks:
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
            clauses[owner].rows.extend(_row_spans(text, block))
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


def _inline_numbers(text: str, block: Block, lead: Lead | None) -> list[tuple[str, int, int]]:
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


def _owner_of_row(text: str, block: Block, primary: str | None, clauses: list[Clause]) -> int | None:
    """The clause that a block is a row of: the last one, or an earlier one that announced a table still to come."""
    if _is_row(text, block, primary, clauses):
        return len(clauses) - 1
    if block.marker == "none" and _is_tabular(text, block):
        for index in range(len(clauses) - 1, -1, -1):
            if _announces_rows(text, clauses[index]):
                return index
    return None


def _is_tabular(text: str, block: Block) -> bool:
    words = text[block.start : block.end].strip()
    return "\t" in words or words.startswith("|") or re.search(r"\S {2,}\S", words) is not None


def _is_row(text: str, block: Block, primary: str | None, clauses: list[Clause]) -> bool:
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
            or blocks.has_number(text, block.start, block.end)
            or _is_total(text, block)
            or (not _turns_on_verb(text, block) and not text[block.start : block.end].rstrip().endswith("."))
        )
    if _turns_on_verb(text, block):
        return False
    return open_list or (primary is not None and block.marker != primary)


def _is_total(text: str, block: Block) -> bool:
    return re.match(r"\s*(?:summa|totalt|sammanlagt|total)", text[block.start : block.end], re.I) is not None


def _announces_rows(text: str, clause: Clause) -> bool:
    words = text[clause.start : clause.end].rstrip()
    last = clause.start + max(words.rfind(" "), words.rfind("\n")) + 1
    verb_last = verbs.find_first(text, last, clause.start + len(words))  # "beslutar bevilja" and then the list
    return (
        words.endswith(":")
        or (verb_last is not None and verb_last.verb.kind == "grant" and verb_last.end == clause.start + len(words))
        or re.search(
            r"(?:enligt\s+(?:följande|nedan\w*|tabell\w*)|följande\s+(?:fördelning|tabell|belopp|sätt|organisationer|föreningar))[^.]{0,40}\.?$",
            words,
            re.I,
        )
        is not None
    )


def _turns_on_verb(text: str, block: Block) -> bool:
    found = verbs.find_first(text, block.start, block.end)
    if found is None:
        return verbs.DUTY_WORD.search(text, block.start, block.end) is not None and not blocks.has_number(
            text, block.start, block.end
        )
    return found.form != "infinitive" or not text[block.start : found.start].strip()


def _row_spans(text: str, block: Block) -> list[tuple[int, int]]:
    """A marked row may run over several lines; unmarked lines with a number each are rows of their own."""
    with_numbers = [line for line in block.lines if blocks.has_number(text, *line)]
    if block.marker == "none" and len(block.lines) > 1 and len(with_numbers) >= 2:
        return list(block.lines)
    return [(block.start, block.end)]


def _att_clauses(text: str, block: Block, lead: Lead | None) -> list[Clause]:
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
