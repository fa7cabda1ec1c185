"""From a document to readings: one per matter."""

import re
from dataclasses import dataclass, field, replace

from samkraft.money.rules.decision_text import (
    amounts,
    appropriations,
    bodies,
    case_numbers,
    clauses,
    document_facts,
    matters,
    money_once,
    placing,
    points,
    questions,
    roles,
    source_text,
    verbs,
)
from samkraft.money.rules.decision_text.clauses import Clause
from samkraft.money.rules.decision_text.matters import Matter, Section
from samkraft.money.rules.decision_text.parsed import Doubt
from samkraft.money.rules.decision_text.reading import (
    DECIDED,
    PROPOSAL,
    REJECTED,
    REMITTED,
    TABLED,
    UNKNOWN,
    Facts,
    NotUnderstood,
    Place,
    Point,
    Reading,
)
from samkraft.values.wording import phrase

OPENING = re.compile(
    rf"^[ \t]*(?:(?:Med\s+stöd\s+av|Enligt|På\s+delegation)[^:;]{{0,240}}?\bbeslutar\s|(?:{bodies.DECIDER}|"
    rf"[A-ZÅÄÖ][a-zåäö]{{2,40}}(?:chefen|direktören|ordföranden)|Undertecknad|Nämnden|Förvaltningen|[A-ZÅÄÖ][a-zåäö]+kontoret)\s+(?:{verbs.FINITE.pattern}|beslutar|föreslår|föreslås|ger\b|lägger\b|förklarar\b))",
    re.I | re.M,
)
INNER_OPENING = re.compile(
    rf"(?:{bodies.DECIDER}|förvaltningen|kontoret)\s+(?:föreslår|beslutar)[^.:]{{0,120}}\batt\s", re.I
)
ADOPTS = re.compile(
    r"(?:(?:beslutar|besluta|bifaller|bifalla|bifall|beslut|antar|godkänner|godkänna|fastställer)\b[^.:]{0,100}?)?(?:i\s+enlighet\s+med|enligt|till|att\s+bifalla|)\s*(?:[\wåäö-]+s?\s+){0,4}förslag(?:et|en)?\b",
    re.I,
)
CHANGED = re.compile(r"med\s+(?:följande\s+)?(?:ändring|tillägg|den\s+ändringen|justering|undantag)", re.I)
TO_BODY = re.compile(rf"^[ \t]*(?:Till(?:\s+|\s*\n\s*))({bodies.DECIDER})[ \t]*$", re.I | re.M)


@dataclass(slots=True)
class _Gathered:
    points: list[Point] = field(default_factory=list)
    doubts: list[tuple[int, Doubt]] = field(default_factory=list)
    lost: list[tuple[int, int, str]] = field(default_factory=list)


def read(text: str) -> list[Reading]:
    """Read a decision text: a list with one reading per matter. Never raises for any text."""
    source = source_text.prepare(text)
    flat = re.sub(r"[\n\t]", " ", source.text)
    split = matters.split(source.text)
    kind = document_facts.document_kind(source.text)
    readings = [_read_matter(source, flat, matter, split, kind) for matter in split]
    telling = [reading for reading in readings if reading.points or reading.not_understood]
    return telling if len(split) > 1 and telling else readings[:1] if len(split) > 1 and not telling else readings


def _read_matter(
    source: source_text.SourceText, flat: str, matter: Matter, split: list[Matter], kind: str | None
) -> Reading:
    text = source.text
    body_of_document = _body_of_head(text, matter, split)
    gathered = _gather(text, flat, matter, kind, body_of_document)
    linked = [
        replace(point, body=_specific(point.body, body_of_document)) for point in money_once.link(gathered.points)
    ]
    body = _main_body(linked, text, matter, body_of_document)
    recipients, recipient_marks = document_facts.recipients(text, matter)
    lost = tuple(
        NotUnderstood(" ".join(text[a:b].split()), why, Place(a, b)) for a, b, why in sorted(set(gathered.lost))
    )
    facts = Facts(
        title=document_facts.title(text, matter),
        document_kind=kind,
        sections=tuple((s.kind, s.heading.words) for s in matter.sections if s.heading),
        amounts=document_facts.amounts_told(text, flat, matter),
        dates=document_facts.dates_told(text, matter),
        missing_recipients=document_facts.missing_recipients(linked, recipients),
        signers=document_facts.signers(text, matter),
        paragraph=matter.paragraph,
    )
    reading = Reading(
        case_number=_case_number(text, matter, split),
        body=body,
        status=_status(linked),
        meetings=document_facts.meetings(text, matter, kind, body),
        points=tuple(linked),
        recipients=recipients,
        not_understood=lost,
        questions=questions.ask(text, linked, gathered.doubts),
        facts=facts,
        place=Place(matter.start, matter.end),
        text=text,
        original=source.original,
        recipient_marks=recipient_marks,
    )
    return placing.in_original(reading, source)


def _case_number(text: str, matter: Matter, split: list[Matter]) -> str | None:
    head = matter.sections[0]
    # A number in brackets in the running text is another matter's; the head, or the first lines, hold this one's.
    own = case_numbers.first(text, head.start, head.end)
    if own or len(split) > 1:
        return own or case_numbers.first(text, matter.start, min(matter.end, matter.start + 400))
    labelled = re.search(r"(?:dnr|diarienummer|diarienr)", text, re.I)
    return (
        case_numbers.first(text, labelled.start(), labelled.start() + 80)
        if labelled
        else case_numbers.first(text, 0, min(len(text), 1500))
    )


def _gather(text: str, flat: str, matter: Matter, kind: str | None, body: str | None) -> _Gathered:
    gathered = _Gathered()
    decisions, proposals = matter.of_kind("decision"), matter.of_kind("proposal")
    written = [s for s in decisions if text[s.start : s.end].strip()]
    if written and (adopted := _adopted(text, written, proposals)):
        _add(text, flat, adopted, DECIDED, body, gathered, adopted=True)
        _note_changes(text, written, gathered)
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
    if not gathered.points and not gathered.lost:
        for section in proposals:
            _add(text, flat, section, PROPOSAL, body, gathered)
            if gathered.points:
                break
    if not gathered.points and not gathered.lost:
        _from_running_text(text, flat, matter, kind, body, gathered)
    return gathered


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
    if not proposals or len(words.strip()) > 900 or amounts.find(first, 0, len(first)) or not ADOPTS.search(first):
        return None
    filled = [s for s in proposals if text[s.start : s.end].strip()]
    return filled[0] if filled else None


def _note_changes(text: str, decisions: list[Section], gathered: _Gathered) -> None:
    for section in decisions:
        if match := CHANGED.search(text, section.start, section.end):
            gathered.lost.append(
                (match.start(), section.end, phrase("beslutet ändrar förslaget; ändringen är inte inläst i punkterna"))
            )


def _from_running_text(
    text: str, flat: str, matter: Matter, kind: str | None, body: str | None, gathered: _Gathered
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
    text: str, flat: str, section: Section, status: str, body: str | None, gathered: _Gathered, *, adopted: bool = False
) -> None:
    named = (
        section.heading.to
        if section.heading and section.heading.to
        else section.heading.who
        if section.heading and section.kind == "decision"
        else None
    )
    own = bodies.name(named) if named else None
    taken = {point.number for point in gathered.points}
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
        gathered.lost += _unassigned(text, flat, clause, point, outcome.doubts)
        gathered.doubts += [(len(gathered.points), doubt) for doubt in outcome.doubts]
        gathered.points.append(point)


def _subject(flat: str, clause: Clause) -> str | None:
    match = bodies.DECIDING.match(flat, clause.start)
    after = verbs.find_first(flat, clause.start, clause.end) if match else None
    return (
        bodies.name(match[0]) if match and after and after.form == "finite" and after.start <= match.end() + 3 else None
    )


def _unassigned(
    text: str, flat: str, clause: Clause, point: Point, doubts: tuple[Doubt, ...]
) -> list[tuple[int, int, str]]:
    """Amounts of the clause that no item, total or question accounts for."""
    if point.kind in {"note", "duty", "urge", "must", "remit", "table", "mandate"}:
        return []
    known = [(m.place.start, m.place.end) for m in point.marks if m.kind in {"amount"}] + [
        (d.start, d.end) for d in doubts
    ]
    known += [(item.amount_start, item.amount_start + 1) for item in point.items if item.amount_start is not None]
    source = appropriations.find(flat, clause.start, clause.end)
    total = sum(item.amount_ore or 0 for item in point.items)
    lost = []
    for amount in amounts.find(text, clause.start, clause.end):
        accounted = any(a < amount.end and amount.start < b for a, b in known) or (
            source and source.top <= amount.start < source.end
        )
        if accounted or amount.ore == total or amount.each or roles.of(flat, clause.start, amount) != "main":
            continue
        if clause.rows and point.items:
            continue
        lost.append((amount.start, amount.end, phrase("beloppet kunde inte knytas till någon mottagare")))
    return lost


def _body_of_head(text: str, matter: Matter, split: list[Matter]) -> str | None:
    """The body that the document's head names: whom it is addressed to, or whose minutes it is."""
    low, high = matters.head(text, split)
    if match := TO_BODY.search(text, low, high):
        return bodies.name(match[1])
    head = matter.sections[0]
    found = list(bodies.DECIDING.finditer(text, low, high)) or list(
        bodies.DECIDING.finditer(text, head.start, head.end)
    )
    specific = [m for m in found if m[0].lower() not in {"nämnden", "styrelsen"}]
    return bodies.name(specific[0][0]) if specific else None


def _specific(body: str | None, of_document: str | None) -> str | None:
    """ "Nämnden" alone is the document's own committee."""
    if not body or not of_document or " " in body:
        return body
    stem = body.lower().removesuffix("et") if body.endswith("utskottet") else body.lower()
    if of_document.lower().endswith(stem) or (body == "Nämnden" and of_document.startswith("Nämnden för")):
        return of_document
    return body


def _main_body(linked: list[Point], text: str, matter: Matter, of_document: str | None) -> str | None:
    with_money = [p.body for p in linked if p.body and any(i.amount_ore for i in p.items)]
    named = with_money or [p.body for p in linked if p.body]
    if named:
        return named[0]
    del text, matter
    return of_document


def _status(linked: list[Point]) -> str:
    if not linked:
        return UNKNOWN
    leading = next((p for p in linked if any(i.amount_ore for i in p.items)), linked[0])
    if leading.status == DECIDED:
        kinds = {p.kind for p in linked}
        if "remit" in kinds:
            return REMITTED
        if "table" in kinds:
            return TABLED
        if "refuse" in kinds and not kinds & {"grant", "transfer", "reserve", "adopt"}:
            return REJECTED
    return leading.status
