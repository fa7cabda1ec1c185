"""Names of receivers: where they begin and end, and how they look on their own."""

import re

from samkraft.money.rules.decision_text import bodies

# Words around a name that tell the kind of money and not who gets it. Lower case only: names have capitals.
_KIND = (
    r"(?:[a-zåäö-]{0,40}(?:bidrag|stöd|anslag|medel|ersättning|medfinansiering|finansiering|tillskott|garanti|borgen|borgensåtagande|lån|summa|belopp|kompensation|sponsring|arvode|stipendi(?:um|er)|premie|pris)(?:et|en|er|s)?"
    r"|ram|ramen|ramar|budget|budgeten|budgetram|budgetramen|driftbudget|investeringsbudget|investeringsram|driftram)"
)
_ADJECTIVE = (
    r"(?:ett|en|sitt|sin|ytterligare|totalt|sammanlagt|högst|maximalt|max|upp|till|cirka|ca|drygt|"
    r"knappt|närmare|minst|extra|tillfälligt|årligt|årliga|fortsatt|utökat|utökad|"
    r"särskilt|akut|ekonomiskt|riktat|kommunalt|om|på|med|motsvarande|som|i|år|åren|årligen|för|under|från|och|engångsvis|ett\s+tillfälligt|(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?|"
    r"[a-zåäö]+årig[at]?|allmänt|generellt|begärt|begärda|sökt|sökta|grund|del|form|av|att|omfatta|"
    r"uppgå|uppgående|kvarvarande|Kvarvarande|resterande|Resterande|återstående|Återstående|överskjutande|Överskjutande|fördelat|fördelade|fastställt|fastställd|utökas|medlen|medel)"
)
KIND_TAIL = re.compile(rf"(?:^|\s|,)(?:{_ADJECTIVE}|{_KIND})\s*$")
KIND_HEAD = re.compile(
    rf"^\s*(?:(?:{_ADJECTIVE}|{_KIND})(?=\s|$|,)\s*)+(?:till|åt)\s+|^\s*(?:till|åt)\s+|"
    r"^\s*[a-zåäö]*ram(?:en|ar|arna)?\s+för\s+(?=[A-ZÅÄÖ]|[a-zåäö-]+(?:nämnden|styrelsen))"
)
KIND_ONLY = re.compile(rf"\s*(?:(?:{_ADJECTIVE}|{_KIND})[\s,]*)*", re.I)
ORGANISATION_NUMBER = re.compile(r",?\s*\(?(?:org(?:anisations)?\.?\s?-?(?:nr|nummer)\.?:?\s*)?\d{6}-\d{4}\)?,?", re.I)
APPLICATION = re.compile(
    r"(?:ansökan|ansökningen|ansökningar(?:na)?|begäran|framställan|äskande(?:t)?|hemställan)\s+(?:från|av)\s+(?P<who>.+?)(?=\s+(?:om|på|avseende|för|till|gällande|angående|daterad)\s|\s*$|,)",
    re.I,
)
OWN_APPLICATION = re.compile(
    r"(?P<who>\S.*?)(?::s|(?<=\w)s|(?<=[sxz]))\s+(?:ansökan|ansökningar|begäran|framställan|äskande|hemställan|bidragsansökan)(?!\w)",
    re.I,
)
OWN_FRAME = re.compile(rf"(?P<who>\S.*?)(?::s|s)\s+(?:{_KIND})(?!\w)")

_GENERIC = (
    r"(?:[Nn]ämnden|[A-ZÅÄÖa-zåäö]{0,40}(?:föreningen|stiftelsen|förbundet|nätverket|centrum|centret|"
    r"sällskapet|samfundet|institutet|kommittén|rådet|akademin|kooperativet|organisationen|hjälpen|jouren|gruppen|klubben|huset|byrån))"
)
RECEIVING_NOUN = re.compile(
    r"(?<![A-ZÅÄÖa-zåäö])(?:[A-ZÅÄÖa-zåäö]{0,40}(?:föreningen|föreningar|föreningarna|stiftelsen|förbundet|nätverket|bolaget|bolagen|kommunen|regionen|stadsmissionen|jouren|nämnderna|nämnder|förvaltningarna|förvaltningar|"
    r"organisationer|organisationerna|skolan|skolorna|klubben|teatern|museet|universitetet|högskolan|"
    r"församlingen|kooperativet|aktörer|[A-ZÅÄÖa-zåäö]{2,40}centrum|medlemmarna|medlemskommunerna|parterna|företaget|samfälligheten|samfundet|koncernen))(?!\w)",
    re.I,
)
PURPOSE_NOUN = re.compile(
    r"(?:drift|driften|verksamhet(?:en|er)?|projekt(?:et)?|insats(?:en|er)?|arrangemang(?:et)?|konferens(?:en)?|festival(?:en)?|satsning(?:en|ar)?|genomförande(?:t)?|"
    r"uppstart(?:en)?|arbete(?:t)?|åtgärder|kostnader(?:na)?|lokal(?:er|kostnader)?|inköp|utveckling(?:en)?|"
    r"planering|upprustning|byggnation|fortsatt|följande|detta|dessa|ändamålet|förfogande|och|att|del|en|ett)(?!\w)",
    re.I,
)
OF_SOMETHING = re.compile(rf"{_GENERIC}\s+för\s+[a-zåäö-]+(?:\s+och\s+[a-zåäö-]+(?=\s|$))?")
_STOP_WORDS = frozenset(
    {
        "från",
        "ur",
        "med",
        "om",
        "under",
        "avseende",
        "enligt",
        "inom",
        "genom",
        "att",
        "som",
        "vilket",
        "varav",
        "därav",
        "gällande",
        "årligen",
        "år",
        "åren",
        "per",
        "beviljas",
        "tilldelas",
        "anslås",
        "anvisas",
        "avsätts",
        "samtidigt",
        "utan",
        "senast",
        "ska",
        "skall",
        "har",
        "är",
        "mot",
        "via",
        "vid",
        "utöver",
        "angående",
        "motsvarande",
        "totalt",
    }
)
_WORD = re.compile(r"\S+")
# No name, and no run of names, is longer; what is longer is no name.
LONGEST = 600


def end_of_name(flat: str, start: int, end: int) -> int:
    """Where a name that begins at `start` ends: at a preposition, a clause, a year or punctuation that is not its own."""
    end = min(end, start + LONGEST)
    words = list(_WORD.finditer(flat, start, end))
    last, first = start, ""
    for index, match in enumerate(words):
        word = match[0].strip('.,;:()”"’')
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if index and _ends_before(word, following, first, index):
            return last
        if not index:
            first = word
        last = match.end()
        if match[0].endswith((".", ";", ":")) or (match[0].endswith(",") and not _list_goes_on(flat, match.end(), end)):
            return last
    return last


def _ends_before(word: str, following: str, first: str, index: int) -> bool:
    low = word.lower()
    if low in _STOP_WORDS or re.fullmatch(r"(?:19|20)\d\d(?:[–-]\d{2,4})?", word):
        return True
    if low == "för":
        return (
            not (index == 1 and re.fullmatch(_GENERIC, first))
            or following[:1].isdigit()
            or following in {"år", "åren", "att", "hösten", "våren", "sommaren", "vintern"}
        )
    if low in {"i", "på", "av", "till", "vid"}:
        return not following[:1].isupper() or low == "till"
    if low in {"och", "samt", "respektive"}:
        return following[:1].isdigit() or following.lower() in {"att", "till", "åt", "för", "med"}
    return False


def _list_goes_on(flat: str, at: int, end: int) -> bool:
    """After a comma: more names before an "och", with no number between."""
    rest = flat[at : min(end, at + 200)]
    match = re.match(
        r"\s*(?:[A-ZÅÄÖ][^,.;:\d]{1,80}|[a-zåäö]+-?\s?(?:och\s)?[a-zåäö]*(?:nämnden|styrelsen)[^,.;:\d]{0,60})(?:,[^,.;:\d]{1,80}){0,6}",
        rest,
    )
    return match is not None and re.search(r"\s(?:och|samt)\s", match[0]) is not None


def tidy(words: str) -> str | None:
    """The name alone: no kind of money, no organisation number, no quotes, nominative; None when nothing is left."""
    if len(words) > LONGEST:
        return None
    name = ORGANISATION_NUMBER.sub(" ", " ".join(words.split()))
    name = name.strip(" ,.;:–-•")
    # "nämnden för funktionsstöd" is a name to its end, though it ends like a kind of money.
    own = OF_SOMETHING.match(name)
    while (match := KIND_TAIL.search(name)) is not None and not (own and match.start() < own.end()):
        name = name[: match.start()].rstrip(" ,;:–-")
    genitive = len(name) < len(words.strip(" ,.;:–-•")) and OWN_FRAME.match(" ".join(words.split()))
    name = re.sub(r"^(?:och|samt|respektive|dels|till|åt|även|därtill)\s+", "", name, flags=re.I)
    name = bodies.nominative(name) if not genitive or bodies.is_body(name) else re.sub(r"(?::s|s)$", "", name)
    name = name.strip(" ,.;:–-•\t")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return name if re.search(r"[^\W\d_]{2}", name) and len(name) <= 160 else None


def is_receiver(words: str) -> bool:
    """Whether words after "till" are somebody who can receive money, and not what the money is for."""
    bare = words.strip()
    if not bare or PURPOSE_NOUN.match(bare):
        return False
    first = bare.split()[0].strip(",.")
    return (
        first[:1].isupper()
        or bodies.BODY.match(bare) is not None
        or RECEIVING_NOUN.search(bare) is not None
        or bodies.DECIDING.match(bare) is not None
    )


def split(words: str) -> list[str]:
    """Several receivers named together, one by one; a suspended hyphen ("arbets- och …") binds."""
    guarded = re.sub(r"(\w-)\s+(och|samt)\s+", lambda m: f"{m[1]}\x01{m[2]}\x01", " ".join(words.split()))
    guarded = re.sub(r"((?:ämnden|rådet|kommittén) för [a-zåäö]+) och ", lambda m: m[1] + "\x01och\x01", guarded)
    guarded = re.sub(
        r"(?<![\w])([a-zåäö]+) och (?=[a-zåäö]+(?:nämnden|styrelsen))(?![a-zåäö]*styrelsen)",
        lambda m: m[0] if bodies.is_body(m[1]) else m[1] + "\x01och\x01",
        guarded,
    )
    parts = re.split(r"\s*,\s*(?:och\s+|samt\s+)?|\s+(?:och|samt|respektive|resp\.?|liksom)\s+", guarded)
    names = [part.replace("\x01", " ").strip() for part in parts]
    return [name for name in names if name]
