"""From a document to readings: one per matter."""

import re
from dataclasses import replace

from samkraft.money.rules.decision_text import (
    bodies,
    carried,
    case_numbers,
    document_facts,
    gathering,
    matters,
    money_once,
    placing,
    questions,
    source_text,
)
from samkraft.money.rules.decision_text.matters import Matter
from samkraft.money.rules.decision_text.reading import (
    DECIDED,
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

TO_BODY = re.compile(rf"^[ \t]*(?:(?-i:T)ill(?:\s+|\s*\n\s*))({bodies.DECIDER})[ \t]*$", re.I | re.M)


def read(text: str) -> list[Reading]:
    """Read a decision text: a list with one reading per matter. Never raises for any text."""
    source = source_text.prepare(text)
    flat = re.sub(r"[\n\t]", " ", source.text)
    split = matters.split(source.text)
    # From the document as it came: the word often stands in a page head, which reading leaves out.
    kind = document_facts.document_kind(source.original)
    readings = [_read_matter(source, flat, matter, split, kind) for matter in split]
    telling = [reading for reading in readings if reading.points or reading.not_understood]
    return telling if len(split) > 1 and telling else readings[:1] if len(split) > 1 and not telling else readings


def _read_matter(
    source: source_text.SourceText, flat: str, matter: Matter, split: list[Matter], kind: str | None
) -> Reading:
    text = source.text
    body_of_document = _body_of_head(text, matter, split)
    gathered = gathering.gather(text, flat, matter, kind, body_of_document)
    named = [replace(point, body=_specific(point.body, body_of_document)) for point in gathered.points]
    linked = carried.sources(text, money_once.link(carried.years(flat, matter.start, matter.end, named)))
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
        told=tuple(sorted(gathered.told, key=lambda told: told.place.start)),
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
