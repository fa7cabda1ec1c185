"""Which sections of a matter hold its points: the decision, the proposal it adopts, or running text without headings."""

import re
from dataclasses import dataclass, field, replace

from samkraft.money.rules.decision_text import amounts, bodies, clauses, points, remainder, verbs
from samkraft.money.rules.decision_text.clauses import Clause
from samkraft.money.rules.decision_text.matters import Matter, Section
from samkraft.money.rules.decision_text.parsed import Doubt
from samkraft.money.rules.decision_text.reading import DECIDED, PROPOSAL, AmountTold, Item, Point
from samkraft.values.wording import phrase

# "Styrelsen beslutade" alone on its line, with the list right below: minutes, and not a tale of earlier years.
_DECIDED_BELOW = (
    rf"{bodies.DECIDER}\s+(?:beslutade|beslöt)(?:[ ](?:enhälligt|enigt|följande|därefter))*[ \t]*:?[ \t]*\n\s*"
    r"(?:att\s|[-–•]\s*att\s|1[.)]\s)"
)
OPENING = re.compile(
    rf"^[ \t]*(?:{_DECIDED_BELOW}|(?:Med\s+stöd\s+av|Enligt|På\s+delegation)[^:;]{{0,240}}?\bbeslutar\s|(?:{bodies.DECIDER}|"
    rf"[A-ZÅÄÖ][a-zåäö]{{2,40}}(?:chefen|direktören|ordföranden)|Undertecknad|Nämnden|Förvaltningen|[A-ZÅÄÖ][a-zåäö]+kontoret)\s+(?:{verbs.FINITE.pattern}|beslutar|föreslår|föreslås|ger\b|lägger\b|förklarar\b))",
    re.I | re.M,
)
OPENING_WITH_POINTS = re.compile(
    rf"^[ \t]*(?:{_DECIDED_BELOW}|"
    rf"{bodies.DECIDER}\s+(?:beslutar|föreslår)(?!\w)[^.\n]{{0,120}}\n\s*(?:att\s|[-–•]\s*att\s|1[.)]\s))",
    re.I | re.M,
)
INNER_OPENING = re.compile(
    rf"(?:{bodies.DECIDER}|förvaltningen|kontoret)\s+(?:föreslår|beslutar)[^.:]{{0,120}}\batt\s", re.I
)
ADOPTS = re.compile(
    r"(?:(?:beslutar|besluta|bifaller|bifalla|bifall|beslut|antar|godkänner|godkänna|fastställer)\b[^.:]{0,100}?)?(?:i\s+enlighet\s+med|enligt|till|att\s+bifalla|)\s*(?:[\wåäö-]+s?\s+){0,4}förslag(?:et|en)?\b",
    re.I,
)
CHANGED = re.compile(
    r"med\s+(?:följande\s+)?(?:den\s+)?(?:ändring(?:en)?|tillägg(?:et)?|justering(?:en)?|undantag(?:et)?)(?!\w)", re.I
)


@dataclass(slots=True)
class Gathered:
    """The points of a matter in order, with doubts by the index of their point, and what was lost."""

    points: list[Point] = field(default_factory=list)
    doubts: list[tuple[int, Doubt]] = field(default_factory=list)
    lost: list[tuple[int, int, str]] = field(default_factory=list)
    told: list[AmountTold] = field(default_factory=list)


def gather(text: str, flat: str, matter: Matter, kind: str | None, body: str | None) -> Gathered:
    """The points of a matter. `kind` is the document's, `body` the one its head names."""
    gathered = Gathered()
    decisions, proposals = matter.of_kind("decision"), matter.of_kind("proposal")
    written = [s for s in decisions if text[s.start : s.end].strip()]
    if written and (adopted := _adopted(text, written, proposals)):
        _add(text, flat, adopted, DECIDED, body, gathered, adopted=True)
        _apply_changes(text, flat, written, gathered)
        return gathered
    if written:
        status = (
            PROPOSAL
            if kind in {"tjänsteskrivelse", "kallelse"} or _heads_a_proposal(text, matter, written)
            else DECIDED
        )
        own_proposals = [s for s in proposals if s.heading and s.heading.to and _same_body(s, written)]
        for section in sorted([*written, *own_proposals], key=lambda s: s.start):
            _add(text, flat, section, PROPOSAL if section.kind == "proposal" else status, body, gathered)
    if not gathered.points and proposals and kind not in {"tjänsteskrivelse", "kallelse"}:
        _above_the_proposal(text, flat, matter, body, gathered)
    if not gathered.points and not gathered.lost:
        for section in proposals:
            _add(text, flat, section, PROPOSAL, body, gathered)
            if gathered.points:
                break
    if not gathered.points and not gathered.lost:
        _from_running_text(text, flat, matter, kind, body, gathered)
    return gathered


def _above_the_proposal(text: str, flat: str, matter: Matter, body: str | None, gathered: Gathered) -> None:
    """Minutes without the heading "Beslut": "Kommunstyrelsen beslutar" and its points stand right under the title."""
    head = matter.sections[0]
    if match := OPENING_WITH_POINTS.search(text, head.start, head.end):
        _add(text, flat, replace(head, start=match.start()), DECIDED, body, gathered)


def _heads_a_proposal(text: str, matter: Matter, decisions: list[Section]) -> bool:
    """ "Förslag till beslut" with nothing but the heading "Kommunstyrelsens beslut" under it."""
    before = [section for section in matter.sections if section.top < decisions[0].top]
    return bool(before) and before[-1].kind == "proposal" and not text[before[-1].start : before[-1].end].strip()


def _same_body(proposal: Section, decisions: list[Section]) -> bool:
    who = (proposal.heading.who or "").lower() if proposal.heading else ""
    return bool(who) and any(s.heading and (s.heading.who or "").lower() == who for s in decisions)


def _adopted(text: str, decisions: list[Section], proposals: list[Section]) -> Section | None:
    """The proposal that a decision "enligt förslaget" adopts; the decision itself then holds no points of its own."""
    words = " ".join(text[s.start : s.end] for s in decisions)
    first = words.strip()[:300]
    if not proposals or len(words.strip()) > 900 or not ADOPTS.search(first):
        return None
    if amounts.find(first) and not CHANGED.search(first):
        return None
    filled = [s for s in proposals if text[s.start : s.end].strip()]
    return filled[0] if filled else None


def _apply_changes(text: str, flat: str, decisions: list[Section], gathered: Gathered) -> None:
    """ "Enligt förslaget med ändringen att X beviljas 200 000 kronor": the changed amount takes the place of the proposed.

    A change that fits no receiver of the proposal is said to be not understood.
    """
    for section in decisions:
        match = CHANGED.search(text, section.start, section.end)
        if match is None:
            continue
        att = re.compile(r"[:\s]+(?:att\s+)?").match(flat, match.end())
        start = att.end() if att else match.end()
        changed = points.interpret(
            text, flat, Clause("0", start, section.end, None, "att"), status=DECIDED, body=None
        ).point
        replaced = [_replace(gathered, item) for item in changed.items] if changed else []
        if not replaced or not all(replaced):
            why = phrase("beslutet ändrar förslaget; ändringen är inte inläst i punkterna")
            gathered.lost.append((match.start(), section.end, why))


def _replace(gathered: Gathered, changed: Item) -> bool:
    name = (changed.receiver or "").lower()
    for index, point in enumerate(gathered.points):
        for place, item in enumerate(point.items):
            if name and (item.receiver or "").lower() == name and changed.amount_ore is not None:
                new = replace(item, amount_ore=changed.amount_ore, amount_start=changed.amount_start)
                items = (*point.items[:place], new, *point.items[place + 1 :])
                gathered.points[index] = replace(point, items=items)
                return True
    return False


def _from_running_text(
    text: str, flat: str, matter: Matter, kind: str | None, body: str | None, gathered: Gathered
) -> None:
    """A text without headings: the decision begins where a body is said to decide or to propose."""
    for section in matter.sections:
        if section.kind in {"motions", "procedure", "dissent", "history", "contents", "appeal", "basis"}:
            continue
        pattern = OPENING if section.kind in {"head", "after", "recipients", "presence"} else INNER_OPENING
        if match := pattern.search(text, section.start, section.end):
            decided = PROPOSAL if kind == "tjänsteskrivelse" or pattern is INNER_OPENING else DECIDED
            if pattern is INNER_OPENING:
                stop = text.find("\n\n", match.start(), section.end)
                section = replace(section, end=stop if stop != -1 else section.end)
            _add(text, flat, replace(section, start=match.start()), decided, body, gathered)
            if gathered.points:
                return


def _add(
    text: str, flat: str, section: Section, status: str, body: str | None, gathered: Gathered, *, adopted: bool = False
) -> None:
    named = (
        section.heading.to
        if section.heading and section.heading.to
        else section.heading.who
        if section.heading and section.kind == "decision"
        else None
    )
    own = bodies.name(named) if named else None
    taken, before = {point.number for point in gathered.points}, len(gathered.points)
    for clause in clauses.split(text, section.start, section.end):
        number = clause.number
        while number in taken and clause.marker != "number":
            number = str(int(number) + 1) if number.isdigit() else number + "'"
        outcome = points.interpret(text, flat, replace(clause, number=number), status=status, body=own)
        gathered.lost += outcome.lost
        if outcome.point is None:
            continue
        taken.add(number)
        point = outcome.point
        if adopted:
            point = replace(point, status=status)
        if point.body is None:
            point = replace(point, body=_subject(flat, clause) or body)
        gathered.doubts += [(len(gathered.points), doubt) for doubt in outcome.doubts]
        gathered.points.append(point)
    doubts = [doubt for index, doubt in gathered.doubts if index >= before]
    told, lost = remainder.sort(text, flat, section, gathered.points[before:], doubts, gathered.lost)
    gathered.told += told
    gathered.lost += lost


def _subject(flat: str, clause: Clause) -> str | None:
    match = bodies.DECIDING.match(flat, clause.start)
    after = verbs.find_first(flat, clause.start, clause.end) if match else None
    return (
        bodies.name(match[0]) if match and after and after.form == "finite" and after.start <= match.end() + 3 else None
    )
