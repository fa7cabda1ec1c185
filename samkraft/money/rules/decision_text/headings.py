"""The headings that municipal documents are built with, as data: a new heading is a new row.

Kinds: proposal and decision hold points; motions, procedure, dissent and history hold words about points that must never
be taken for the points themselves; the others hold facts around them.
"""

import re
from dataclasses import dataclass

from samkraft.money.rules.decision_text import bodies

_WHO = r"[A-ZÅÄÖ][\wåäöÅÄÖ,\- ]{2,80}?"
_TO = bodies.DECIDER
_TAIL = r"(?:\s*\([^)]{0,80}\))?"

ROWS: tuple[tuple[str, str], ...] = (
    ("motions", r"(?:tilläggs|ändrings|återremiss|avslags)?yrkande(?:n|t|na)?(?:\s+.{0,60})?"),
    ("motions", rf"(?:{_WHO}\s+)?(?:alternativ\w*\s+)?förslag(?:\s+till\s+beslut)?\s+(?:på|under|"
        rf"vid)\s+(?:dagens\s+)?(?:samman\w+|möte\w*)"),
    ("motions", r"(?:framställda|framlagda|ställda|inkomna)\s+(?:förslag|yrkanden)|"
        r"ledamöternas\s+förslag\w*.{0,30}|alternativt?\s+förslag.{0,40}|initiativ|motförslag"),
    ("procedure", r"besluts?gång(?:en)?|propositionsordning|propositioner?|omröstning(?:en|ar)?(?:s\w+)?|"
        r"votering(?:en|s\w+)?|beslutsordning|omröstningsresultat|röstning"),
    ("dissent", r"reservation(?:er)?(?:\s+.{0,60})?|protokollsanteckning(?:ar)?(?:\s.{0,60})?|särskil(?:t|"
        r"da)\s+yttrande(?:n)?(?:\s.{0,60})?|jäv(?:sanmälan)?|"
                r"skiljaktig\s+mening|protokollsnotering(?:ar)?|deltar\s+(?:inte|ej)\s+i\s+beslut\w*|ej\s+deltagande.{0,30}|anmälan\s+om\s+jäv"),
    ("history", r"tidigare\s+(?:beslut|behandling)(?:\s.{0,40})?|beslutshistorik|tidigare\s+beredning|"
        r"ärendets\s+tidigare\s+behandling"),
    ("history", rf"{_WHO}s?\s+(?:förslag|beslut)(?:\s+till\s+beslut)?\s+(?:den\s+)?\d{{1,4}}[- ].{{0,40}}"),
    ("proposal", rf"(?:(?P<who1>{_WHO})\s+)?förslag\s+till\s+(?P<to1>{_TO})"
        rf"(?:\s+för\s+(?:vidare\s+)?(?:beslut|behandling)(?:\s+i\s+(?P<to3>{_TO}))?|\s+för\s+egen\s+del)?{_TAIL}"),
    ("proposal", rf"(?:(?P<who2>{_WHO})\s+)?(?:förslag\s+till\s+besluts?(?:meningar?|punkter)?|"
        rf"beslutsförslag)(?:\s+(?:i|till|för|från)\s+(?P<to2>{_TO}))?(?:\s+(?:i|till|för|från)\s+.{{0,60}})?{_TAIL}"),
    ("proposal", rf"(?P<who3>{_WHO}s)\s+förslag{_TAIL}|förslag|hemställan|förslag\s+till\s+ställningstagande"),
    ("decision", rf"(?:(?P<who4>{_WHO})\s+)?beslut(?:\s+för\s+(?:egen|sin)\s+del)?{_TAIL}|"
        rf"besluts?(?:mening(?:ar)?|punkter|formulering)"),
    ("decision", rf"beslut\s+i\s+(?P<who5>{_TO}){_TAIL}"),
    ("recipients", r"(?:beslutet|protokollet|protokollsutdrag(?:et)?|utdraget|paragrafen|ärendet|beslut|"
        r"protokollsutdrag\s+och\s+handlingar)\s*(?:ska|skall)?\s*(?:skickas?|sänds?|sändes|sändas|expedieras|delges|meddelas|skickat|tillsänds|lämnas|översänds?)(?:\s+(?:till|för\s+kännedom(?:\s+till)?|för\s+verkställighet(?:\s+till)?|för\s+åtgärd(?:\s+till)?))?"),
    ("recipients", r"(?:expedieras|expediering|expedierat|skickas|sänds|delges|delgivning|meddelas|kopia|kopior|"
        r"utdrag|protokollsutdrag|sänt|sändes)\s+(?:av\s+beslut\w*\s+)?(?:till|för\s+kännedom(?:\s+till)?)|expedieras|expediering|delges|delgivning|skickas|för\s+kännedom|sändlista|sändlista\s+för\s+beslut\w*|beslutsmottagare|mottagare\s+av\s+beslut\w*|expedieringslista|beslutsexpediering"),
    ("basis", r"beslutsunderlag(?:et)?|underlag(?:\s+för\s+beslut\w*)?|handlingar(?:\s+i\s+ärendet)?|bilag(?:a|"
        r"or)|underliggande\s+handlingar|ärendets\s+handlingar"),
    ("plan", r"beslutsplanering|ärendets\s+(?:behandling|gång|handläggning|beredning)|beredning(?:splan)?|"
        r"behandlas\s+i|planerad\s+behandling|tidplan\s+för\s+beslut"),
    ("summary", r"sammanfattning(?:\s+av\s+ärendet)?|ärendet\s+i\s+korthet|sammandrag|ärendet\s+i\s+sammandrag"),
    ("case", r"ärendet|ärendebeskrivning(?:en)?|beskrivning\s+av\s+ärendet|"
        r"bakgrund(?:en)?(?:\s+till\s+ärendet)?|redogörelse(?:\s+för\s+ärendet)?|ärendet\s+och\s+dess\s+.{0,30}|inledning|uppdraget|skäl(?:en)?\s+(?:för|till)\s+beslut\w*|motivering(?:\s+till\s+beslut\w*)?|beslutsmotivering|nuläge"),
    ("economy", r"ekonomi(?:sk\w*)?(?:\s+(?:konsekvenser|aspekter|bedömning|och\s+.{0,40}|.{0,30}))?|"
        r"finansiering|budget(?:konsekvenser)?"),
    ("assessment", rf"(?:{_WHO}\s+)?(?:bedömning(?:ar)?|synpunkter|överväganden|ställningstagande|"
        rf"yttrande)(?:\s+.{{0,70}})?|analys"),
    ("assessment", r"(?:barn|jämställdhets?|funktionsrätts|miljö|klimat|social|ekologisk|trygghets|integrations|"
        r"barnrätts?|mångfalds|jämlikhets)\w*(?:\s+\w+)?\s*(?:perspektiv\w*|konsekvens\w*|analys\w*|dimension\w*|aspekt\w*|prövning\w*|bästa|frågor)(?:\s+.{0,40})?|konsekvenser(?:\s+.{0,50})?|prövning\s+av\s+barn.{0,30}|samråd|samverkan|måluppfyllelse|uppföljning|lagrum|juridisk.{0,40}|risk.{0,30}analys|fortsatt\s+arbete|tidplan|tidsplan"),
    ("signers", r"ansvarig(?:a)?(?:\s+tjänst\w+)?|underskrift(?:er)?|vid\s+(?:protokollet|pennan)|justera(?:s|t|"
        r"re|nde)|protokollet\s+justerat|sekreterare|ordförande|handläggare|signerat|bekräftas"),
    ("appeal", r"(?:hur\s+man\s+)?överklag\w*(?:\s.{0,60})?|besvärshänvisning|överklagandehänvisning"),
    ("presence", r"(?:beslutande|närvarande|övriga\s+(?:närvarande|deltagande|deltagare)|ersättare|"
        r"tjänstgörande\s+ersättare|deltar\s+i\s+debatten|deltagare|plats\s+och\s+tid|närvarolista|inlägg|yttrar\s+sig|anföranden|talare|beslutande\s+ledamöter)(?:\s.{0,40})?"),
    ("contents", r"innehåll(?:sförteckning)?|ärendelista|föredragningslista|dagordning|ärenden"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in ROWS)

# Headings that may carry their content on the same line, after a colon.
WITH_CONTENT = re.compile(r"\s*([A-ZÅÄÖa-zåäö][^:\n.]{2,90}):[ \t]+(\S.*)$")
HOLDING_POINTS = frozenset({"proposal", "decision"})
_NUMBERING = re.compile(r"^(?:#{1,4}\s*|\*\*|\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+(?=[A-ZÅÄÖ]))?(.*?)(?:\*\*)?$")
_ENDS_LIKE_HEADING = re.compile(r"[\wåäöÅÄÖ)§]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's kind, the body it names (as deciding, or as proposing) and the body that it proposes to."""

    kind: str
    words: str
    who: str | None = None
    to: str | None = None
    content_at: int | None = None


def recognise(line: str) -> Heading | None:
    """The heading that the line is, or None. `content_at` is set when the content begins on the same line."""
    bare = line.strip()
    if not bare or len(bare) > 400:
        return None
    if len(bare) <= 110 and (heading := _match(bare.removesuffix(":").rstrip(), None)):
        return heading
    if match := WITH_CONTENT.match(line):
        heading = _match(match[1].strip(), match.start(2))
        if heading and heading.kind in {"proposal", "decision", "recipients"} and not _only_a_word(heading, match[2]):
            return heading
    return None


def _only_a_word(heading: Heading, content: str) -> bool:
    """ "Beslut: KS 2024-03-06" is a note of when, not a section."""
    return heading.kind != "recipients" and len(content) < 25


def _match(words: str, content_at: int | None) -> Heading | None:
    words = _NUMBERING.sub(r"\1", words).strip()
    if not words or not _ENDS_LIKE_HEADING.search(words) or words[0].islower():
        return None
    for kind, pattern in _COMPILED:
        if match := pattern.fullmatch(words):
            groups = match.groupdict()
            who = next((groups[name] for name in groups if name.startswith("who") and groups[name]), None)
            # "… förslag till kommunstyrelsen för beslut i kommunfullmäktige": the last one named decides.
            to = next((groups[name] for name in reversed(groups) if name.startswith("to") and groups[name]), None)
            return Heading(kind, words, who, to, content_at)
    return None
