"""The words before the decision itself: who decides, or who proposes that who decides."""

import re
from dataclasses import dataclass

from samkraft.money.rules.decision_text import bodies

_BODY = bodies.DECIDER
_GAP = (
    r"(?:,?\s*(?:under|med)\s+förutsättning(?:\s+(?:att|av))?[^:]{0,200}?(?:,|\s(?=att\s)|\.?\s*$|(?=:))|"
    r",?\s*(?:för\s+(?:egen|sin)\s+del)(?:\s+och)?,?|\s+följande(?=,)|,?\s*med\s+stöd\s+av[^:]{0,120}?(?:(?=\satt\s)|,?\s*$)|"
    r"\s+(?:också|även|vidare|enhälligt|enigt|därmed|härmed|dessutom|slutligen|samtidigt|därutöver)(?!\w)|,?\s*(?:i|vid)\s+enlighet\s+med[^:,]{0,80},?)"
)
_ENDING = (
    r"(?:\s+(?:följande|enligt\s+följande|som\s+följer|enligt\s+nedan))?\s*(?:[:;–-]\s*)?(?:att(?=\s|:|$|"
    r";|\.\.\.|…)\s*(?:[:;]|\.\.\.|…)?)?"
)

PROPOSES = re.compile(
    rf"(?:att\s+)?(?P<who>[A-ZÅÄÖ][^.:;\n]{{0,140}}?(?:\n[^.:;\n]{{0,140}}?)?)?\s*\b(?:föreslår|föreslå|föreslås|hemställer|rekommenderar|tillstyrker)\s+(?:hos\s+|därmed\s+|att\s+|i\s+sin\s+tur\s+|för\s+)?"
    rf"(?P<to>{_BODY})(?:\s+(?:att|"
    rf"och|besluta(?=\s+föreslå)))*(?:\s+föreslå(?:r)?\s+(?:att\s+)?(?P<to2>{_BODY}))?(?:{_GAP})*(?:\s+(?:att\s+)?(?:beslutar?|"
    rf"besluta[rs]|fatta\s+följande\s+beslut|godkänna\s+följande))?(?:{_GAP})*{_ENDING}", re.I
)  # fmt: skip
# "Kommunstyrelsen föreslås besluta att …"
ASKED_TO = re.compile(
    rf"(?:att\s+)?(?P<to>{_BODY})\s+föreslås(?:\s+(?:att\s+)?(?:besluta|fatta\s+följande\s+beslut))?(?:{_GAP})*{_ENDING}", re.I
)  # fmt: skip
DECIDES = re.compile(
    rf"(?:att\s+)?(?:(?:För\s+(?:egen|sin)\s+del\s+)?(?P<who>{_BODY}|förvaltningen|undertecknad|"
    rf"(?:[a-zåäö-]{{1,40}}[ ](?:och[ ])?)?[a-zåäö-]{{0,40}}(?:chefen|direktören|ordföranden|sekreteraren|strategen))?"
    rf"(?:\s+för\s+(?:egen|"
    rf"sin)\s+del)?\s*)?\b(?P<verb>beslutar|beslutade|beslöt|besluta)(?:{_GAP})*{_ENDING}", re.I
)  # fmt: skip
# "Med stöd av delegationsordningen beslutar avdelningschefen att …"
INVERTED = re.compile(
    r"(?:med\s+stöd\s+av|enligt|i\s+enlighet\s+med|på\s+delegation|mot\s+bakgrund\s+av|utifrån)\b[^:;]{0,240}?\b(?P<verb>beslutar|föreslår)\s+"
    r"(?P<who>[^\d,.;:]{2,80}?)(?:\s+för\s+(?:egen|sin)\s+del)?\s+att\s", re.I
)  # fmt: skip
# "För egen del beslutar kommunstyrelsen, under förutsättning av …": a second decision in the same text.
THEN_DECIDES = re.compile(
    rf"(?:(?:för\s+(?:egen|sin)\s+del|därutöver|dessutom|vidare|samtidigt|därmed|härutöver)\s+)+"
    rf"(?P<verb>beslutar|beslutade|föreslår|föreslås)\s+(?P<who>{_BODY})(?:{_GAP})*"
    rf"(?:\s+(?:att\s+)?besluta)?(?:{_GAP})*{_ENDING}", re.I
)  # fmt: skip
IN_BODY = re.compile(rf"I\s+(?P<who>{_BODY})\s*(?::|$)", re.I)


@dataclass(frozen=True, slots=True)
class Lead:
    """`body` decides or is asked to; `proposes` when somebody else asks it to; `end` is where the decision begins."""

    start: int
    end: int
    body: str | None
    proposer: str | None
    proposes: bool


def parse(text: str, start: int, end: int) -> Lead | None:
    """The lead that begins at `start`, or None. Line breaks count as spaces."""
    flat = text[start:end].replace("\n", " ")
    shift = len(flat) - len(flat.lstrip())
    if match := ASKED_TO.match(flat, shift):
        return Lead(start + shift, start + _trim(flat, match.end()), bodies.name(match["to"]), None, True)
    if match := PROPOSES.match(flat, shift):
        to = match["to2"] or match["to"]
        return Lead(start + shift, start + _trim(flat, match.end()), bodies.name(to), _name(match["who"]), True)
    if match := THEN_DECIDES.match(flat, shift):
        proposes = match["verb"].lower().startswith("föresl")
        return Lead(start + shift, start + _trim(flat, match.end()), _name(match["who"]), None, proposes)
    if match := DECIDES.match(flat, shift):
        stop = _trim(flat, match.end())
        return Lead(start + shift, start + stop, _name(match["who"]), None, False)
    if match := INVERTED.match(flat, shift):
        return Lead(
            start + shift,
            start + _trim(flat, match.end()),
            _name(match["who"]),
            None,
            match["verb"].lower() == "föreslår",
        )
    if match := IN_BODY.match(flat, shift):
        return Lead(start + shift, start + match.end(), _name(match["who"]), None, False)
    return None


def _trim(flat: str, stop: int) -> int:
    while stop < len(flat) and flat[stop] in " \t":
        stop += 1
    return stop


def _name(words: str | None) -> str | None:
    if not words:
        return None
    found = bodies.find_deciders(words)
    return bodies.name(found[-1][0]) if found else bodies.name(words.strip()) if len(words) < 60 else None
