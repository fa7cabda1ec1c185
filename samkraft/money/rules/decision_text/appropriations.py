"""Where money comes from: "från kommunstyrelsens anslag till förfogande inom finansiering", "inom ram", "ur reserven"."""

import re
from dataclasses import dataclass

NOUN = re.compile(
    r"(?:anslag\w*|\w*medel|\w*medlen|\w*budget(?:en|ram|ramen|medel)?|\w*ram(?:en|ar)?|\w*pott(?:en)?|\w*reserv(?:en|er)?|förfogande|\w*förfogandeanslag\w*|"
    r"oförutsed\w*|konto(?:t)?|\w*resultat(?:et)?|kapital|\w*fond(?:en|er)?|finansiering(?:en)?|\w*reserven|ansvar(?:et)?|statsbidrag\w*|"
    r"avsättning(?:en)?|överskott(?:et)?|likvida|verksamhet|kommunbidrag(?:et)?|investeringsplan\w*|"
    r"omfördelning|resultatutjämningsreserv\w*|utrymme(?:t)?)",
    re.I,
)
LEAD = re.compile(
    r"(?<!\w)(?:(?:med|genom|via)\s+finansiering\s+(?:av|ur|från|genom|inom|via)|finansiera[sr]?(?:\s+(?:helt|fullt\s+ut|i\s+sin\s+helhet))?\s+(?:av|ur|från|genom|inom|med|via)|"
    r"finansiering(?:en)?\s+(?:sker\s+|ske\s+|för\s+\w+\s+sker\s+)?(?:av|ur|från|genom|inom|via|med)|belasta[rs]?|"
    r"(?:ta|tas|tar|hämtas|anvisas|ianspråktas|avräknas|anvisa|täcks|ryms|bekostas|debiteras)\s+(?:från|ur|inom|"
    r"av|genom|på)|inom\s+ramen\s+för|från|ur|inom|genom|via|mot)(?!\w)",
    re.I,
)
STOPS = frozenset(
    {
        "år",
        "åren",
        "årligen",
        "med",
        "att",
        "enligt",
        "under",
        "avseende",
        "samt",
        "som",
        "varav",
        "därav",
        "vilket",
        "motsvarande",
        "om",
        "på",
        "gällande",
        "tillförs",
        "anvisas",
        "anslås",
        "tilldelas",
        "beviljas",
        "avsätts",
        "överförs",
        "omfördelas",
        "är",
        "ska",
        "kan",
    }
)
# "genom att socialnämndens ram minskas": the frame is the source.
REDUCED = re.compile(
    r"^att\s+|\s+(?:minskas?|sänks?|sänkas|reduceras?|minskar|sänker|utnyttjas|används|tas\s+i\s+anspråk)$", re.I
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Source:
    """The words for where money comes from, at `start:end`, and where the phrase with its preposition began."""

    top: int
    start: int
    end: int
    words: str


def find(flat: str, start: int, end: int) -> Source | None:
    """The first phrase in the stretch that names a source of money; places and senders are not taken for one."""
    for match in LEAD.finditer(flat, start, end):
        stop = _phrase_end(flat, match.end(), end)
        words = flat[match.end() : stop].strip(" ,.;:")
        explicit = match[0].lower().startswith(("med fin", "finans", "belast", "ianspr")) or " " in match[0].strip()
        if words and (NOUN.search(words) or (explicit and len(words) > 2)) and not re.match(r"\d", words):
            begin = match.end() + len(flat[match.end() : stop]) - len(flat[match.end() : stop].lstrip())
            return Source(match.start(), begin, begin + len(words), REDUCED.sub("", " ".join(words.split())))
    return None


def _phrase_end(flat: str, at: int, end: int) -> int:
    previous, last = "", at
    words = list(_WORD.finditer(flat, at, end))
    for index, match in enumerate(words):
        word = match[0].strip(",.;:()").lower()
        following = words[index + 1][0].strip(",.;:").lower() if index + 1 < len(words) else ""
        if index and _stops_before(word, following, previous):
            return last
        last = match.end()
        if match[0][-1] in ".,;:" and not match[0].lower().endswith(("t.ex.", "bl.a.")):
            return last
        previous = word
    return last


def _stops_before(word: str, following: str, previous: str) -> bool:
    if word[:1].isdigit() and re.fullmatch(
        r"(?:konto(?:t)?|ansvar|projekt|verksamhet|kostnadsställe|slag|id)", previous
    ):
        return False  # "konto 1010 kommunstyrelsens förfogandeanslag"
    if word in STOPS or (word[:1].isdigit() and (len(word) == 4 or following)):
        return True
    if word == "till":
        return following != "förfogande" and not following.startswith("oförutsed")
    if word == "för":
        return (
            not NOUN.fullmatch(previous)
            or previous == "förfogande"
            or following in {"år", "åren", "att"}
            or following[:1].isdigit()
        )
    if word == "och":
        return following in {"att", "uppdra", "ge", "samt"}
    return False
