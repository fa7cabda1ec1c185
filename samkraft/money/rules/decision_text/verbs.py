"""What decisions do, in words: one row per verb, with its forms and what it means for money and duties.

A new way of deciding is a new row. `kind` says how the rest of the clause is read:

grant     money to a receiver (tilldelar, beviljar …)     transfer  money moved to be used by later points (överför …)
reserve   money set aside, with or without a receiver     reduce    money taken away: shown, never in the total
funding   where the money of other points comes from      refuse    an application turned down: shown, never in the total
duty      somebody must do something                      urge      somebody is asked to do something
revoke    an earlier decision taken back: its amounts are history
adopt, note, close, remit, table, mandate, other          no money of their own
"""

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Verb:
    """`name` is the finite form that is shown; `forms` are patterns for finite, infinitive and passive."""

    name: str
    kind: str
    finite: str
    infinitive: str
    passive: str
    money: bool = False


def _row(name: str, kind: str, finite: str, infinitive: str, passive: str = "(?!)") -> Verb:
    return Verb(name, kind, finite, infinitive, passive, kind in {"grant", "transfer", "reserve", "reduce"})


_GRANT_NOUN = r"(?=\s+(?:ett\s+)?\w*(?:bidrag|stöd|aktieägartillskott))"
_GIFT = r"(?=\s[^.;:]{0,120}?(?:bidrag|stöd|kronor|kr|tkr|mnkr|mkr)(?!\w))"
_AGREEMENT = r"(?=[^.]{0,60}(?:avtal|överenskommelse|partnerskap))"
# Money paid back to members or to the state; what is paid back to the city is no new money.
_BACK = r"(?=[^.;]{0,80}\still\s+(?!kommunen|regionen|staden|förbundet))"
_UNGRANTED = r"(?=[^.;]{0,80}\sutan\s+bifall)"
_ANSWERED = r"(?=[^.]{0,80}(?:besvarad|färdigbehandlad|fullgjort|slutfört))"

ROWS: tuple[Verb, ...] = (
    _row("tilldelar", "grant", "tilldelar", "tilldela", "tilldelas"),
    _row("beviljar", "grant", "beviljar", "bevilja", "beviljas"),
    _row("bifaller", "grant", "bifaller", "bifalla", "bifalles|bifalls"),
    _row("anslår", "grant", "anslår", "anslå", "anslås"),
    _row("anvisar", "transfer", "anvisar", "anvisa", "anvisas"),
    _row("avsätter", "reserve", "avsätter", "avsätta", "avsätts|avsättes"),
    _row("reserverar", "reserve", r"reserverar(?!\s+sig)", r"reservera(?!\s+sig)", "reserveras"),
    _row("överför", "transfer", "överför", "överföra", "överförs|överföres"),
    _row("omfördelar", "transfer", "omfördelar", "omfördela", "omfördelas"),
    _row("omdisponerar", "transfer", "omdisponerar", "omdisponera", "omdisponeras"),
    _row("ombudgeterar", "transfer", "ombudgeterar", "ombudgetera", "ombudgeteras"),
    _row("tillför", "grant", "tillför", "tillföra", "tillförs|tillföres"),
    _row("tillskjuter", "grant", "tillskjuter", "tillskjuta", "tillskjuts"),
    _row("fördelar", "grant", "fördelar", "fördela", "fördelas"),
    _row("utbetalar", "grant", r"utbetalar|betalar\s+ut", r"utbetala|betala\s+ut", r"utbetalas|betalas\s+ut"),
    _row("kompenserar", "grant", "kompenserar", "kompensera", "kompenseras"),
    _row("utökar", "grant", "utökar", "utöka", "utökas"),
    _row("ökar", "grant", "ökar", "öka", "ökas"),
    _row("höjer", "grant", "höjer", "höja", "höjs|höjes"),
    _row("förstärker", "grant", "förstärker", "förstärka", "förstärks"),
    _row("minskar", "reduce", "minskar", "minska", "minskas"),
    _row("sänker", "reduce", "sänker", "sänka", "sänks"),
    _row("reducerar", "reduce", "reducerar", "reducera", "reduceras"),
    _row("stödjer", "grant", "stödjer|stöder|bidrar", "stödja|bidra", "stöds"),
    _row("medfinansierar", "grant", "medfinansierar", "medfinansiera", "medfinansieras"),
    _row("sponsrar", "grant", "sponsrar", "sponsra", "sponsras"),
    _row("betalar", "grant", r"betalar(?!\s+ut)", r"betala(?!\s+ut)"),
    _row("investerar", "grant", "investerar", "investera", "investeras"),
    _row("lämnar", "grant", rf"lämnar{_GRANT_NOUN}", rf"lämna{_GRANT_NOUN}", r"lämnas(?=\s+med)"),
    _row("ger", "grant", rf"ger{_GIFT}", rf"ge{_GIFT}", rf"ges{_GIFT}"),
    _row("erhåller", "grant", "erhåller", "erhålla"),
    _row("får", "grant", r"får(?=\s+(?:ett\s+)?(?:\w*(?:bidrag|stöd|anslag)|\d))", "(?!)"),
    _row("disponerar", "grant", r"disponerar|får\s+disponera", "disponera"),
    _row("upplåter", "other", "upplåter", "upplåta", "upplåts"),
    _row("finansierar", "funding", "finansierar", "finansiera",
         r"finansieras|(?:belastar|belasta)(?=\s)|ianspråktas|tas\s+(?:från|ur)|täcks|täckas|ryms|rymmas|inryms|hämtas|bekostas|debiteras|(?:sker|ske)\s+(?:genom|inom|via|ur|med|från)|avräknas"),
    _row("ianspråktar", "funding", r"ianspråktar|tar\s+i\s+anspråk", r"ianspråkta|ta\s+i\s+anspråk", r"tas\s+i\s+anspråk"),
    _row("avslår", "refuse", rf"avslår|avvisar|lämnar{_UNGRANTED}", rf"avslå|avvisa|lämna{_UNGRANTED}",
         rf"avslås|avvisas|lämnas{_UNGRANTED}"),
    _row("avstyrker", "refuse", "avstyrker", "avstyrka", "avstyrks"),
    _row("återbetalar", "grant", rf"återbetalar{_BACK}", rf"återbetala{_BACK}", rf"återbetalas{_BACK}"),
    _row("återkräver", "reduce", "återkräver", "återkräva", "återkrävs"),
    _row("upphäver", "revoke", "upphäver", "upphäva", "upphävs"),
    _row("återkallar", "revoke", "återkallar", "återkalla", "återkallas"),
    _row("uppmanar", "urge", "uppmanar|anmodar|rekommenderar|uppmuntrar", "uppmana|anmoda|rekommendera|"
        "uppmuntra", "uppmanas|anmodas|rekommenderas"),
    _row("ger i uppdrag", "duty", r"uppdrar|ålägger", r"uppdra|uppdraga|ålägga", r"åläggs"),
    _row("återrapporterar", "duty", "(?!)", "(?!)", "återrapporterar|återredovisar|återkommer"),
    _row("bemyndigar", "mandate", "bemyndigar|befullmäktigar", "bemyndiga|befullmäktiga", "bemyndigas"),
    _row("delegerar", "mandate", "delegerar", "delegera", "delegeras"),
    _row("utser", "other", "utser|väljer", "utse|välja", "utses|väljs"),
    _row("entledigar", "other", "entledigar", "entlediga", "entledigas"),
    _row("inarbetar", "adopt", "inarbetar|beaktar", "inarbeta|beakta", "inarbetas|beaktas"),
    _row("godkänner", "adopt", "godkänner", "godkänna", "godkänns|godkännes"),
    _row("fastställer", "adopt", "fastställer", "fastställa", "fastställs|fastställes"),
    _row("antar", "adopt", "antar", "anta|antaga", "antas|antages"),
    _row("ställer sig bakom", "adopt",
         r"ställer\s+sig\s+bakom|ställer\s+sig\s+positiv\w*", r"ställa\s+sig\s+bakom|ställa\s+sig\s+positiv\w*"),
    _row("tillstyrker", "adopt", "tillstyrker", "tillstyrka", "tillstyrks"),
    _row("ingår", "adopt", rf"ingår{_AGREEMENT}|tecknar", rf"ingå{_AGREEMENT}|teckna", "tecknas|ingås"),
    _row("förlänger", "adopt", "förlänger", "förlänga", "förlängs"),
    _row("inrättar", "adopt", "inrättar|inför|startar", "inrätta|införa|starta", "inrättas|införs|startas"),
    _row("reviderar", "adopt", "reviderar|ändrar", "revidera|ändra", "revideras|ändras"),
    _row("avger", "other", "avger", "avge", "avges"),
    _row("överlämnar", "other", "överlämnar|översänder", "överlämna|översända", "överlämnas|översänds"),
    _row("avskriver", "other", "avskriver|avslutar", "avskriva|avsluta", "avskrivs|avslutas"),
    _row("anser besvarad", "note", rf"anser{_ANSWERED}", rf"anse{_ANSWERED}", rf"anses{_ANSWERED}|besvaras"),
    _row("noterar", "note", r"noterar|tar\s+del\s+av|tackar\s+för|konstaterar|"
        r"tar(?=[^.]{0,80}till\s+protokollet)", r"notera|ta\s+del\s+av|konstatera", r"noteras|konstateras|"
        r"tas\s+till\s+protokollet"),
    _row("återremitterar", "remit", "återremitterar", "återremittera", "återremitteras"),
    _row("bordlägger", "table",
         r"bordlägger|ajournerar|skjuter\s+upp", r"bordlägga|ajournera|skjuta\s+upp", r"bordläggs|bordlägges|skjuts\s+upp|utgår"),
    _row("remitterar", "other", "remitterar", "remittera", "remitteras"),
    _row("ansöker", "other", "ansöker", "ansöka"),
    _row("upptar", "other", r"upptar|tar\s+upp|lånar", r"uppta|upptaga|ta\s+upp|låna", r"upptas|tas\s+upp"),
    _row("köper", "other", "köper|beställer|anlitar|förvärvar|anskaffar",
         "köpa|beställa|anlita|förvärva|anskaffa", "köps|beställs|anlitas|förvärvas|anskaffas"),
    _row("upphandlar", "other", "upphandlar", "upphandla", "upphandlas"),
)  # fmt: skip

BY_NAME = {verb.name: verb for verb in ROWS}
GIVES_TASK = Verb("ger i uppdrag", "duty", "ger", "ge", "ges")
FILES = Verb("lägger till handlingarna", "note", "lägger", "lägga", "läggs")
CLOSES = Verb("förklarar omedelbart justerad", "close", "förklarar", "förklara", "förklaras")
MUST = Verb("beslutar", "must", "ska", "ska", "ska")
ABOUT = Verb("beslutar om", "grant", "beslutar om", "besluta om", "beslutas om", money=True)
DECIDES = Verb("beslutar", "other", "beslutar", "besluta", "beslutas")

# Verbs of several words, whose parts may stand apart. Looked for before the rows; bounded so that they stay quick.
PHRASES: tuple[tuple[Verb, re.Pattern[str]], ...] = (
    (GIVES_TASK, re.compile(r"(?<!\w)(ger|ge|ges|får|få|lämnar|lämna|"
        r"lämnas)(?!\w)(?P<whom>[^.]{0,400}?)\b(?:i\s+uppdrag|uppdrag(?:et)?\s+(?:åt|till)|"
        r"(?<=\s)uppdrag(?:et)?(?=\s+att))", re.I)),
    (GIVES_TASK, re.compile(r"(?<!\w)uppdrag(?:et)?\s+(ges|lämnas)\s+(?:åt|till)(?!\w)", re.I)),
    (FILES, re.compile(r"(?<!\w)(lägger|lägga|läggs|lägges)(?!\w)(?P<what>[^.]{0,400}?)\btill\s+handlingarna", re.I)),
    (CLOSES, re.compile(r"(?<!\w)(?:(?:förklarar?|förklaras|justeras|justera|"
        r"justerar)(?!\w)[^.]{0,80}?\b(?:omedelbart?|direktjustera\w*)(?:\s+justera(?:d|t|de))?|"
        r"(?:omedelbart?)\s+justera\w*|direktjustera\w*|ska\s+vara\s+omedelbart\s+justera\w*)", re.I)),
    (BY_NAME["noterar"], re.compile(r"(?<!\w)(tar|ta|tas)(?!\w)[^.]{0,200}?\btill\s+protokollet", re.I)),
)  # fmt: skip
PAST = re.compile(
    r"(?<!\w)(?:beviljade|beviljades|beviljat|beviljats|tilldelade|tilldelades|tilldelats|beslutade|avsatt|avsatts|avsattes|avsatta|anslog|anslå|"
    r"anslagit|fick|erhöll|erhållit|tidigare|uppgick|kostade|betalades|utbetalades|har\s+fått)(?!\w)", re.I
)  # fmt: skip
DUTY_WORD = re.compile(r"(?<!\w)(ska|skall)(?!\w)", re.I)
URGE_WORD = re.compile(r"(?<!\w)(bör|kan|får\s+gärna|borde)(?!\w)", re.I)


def _alternatives(which: str) -> str:
    pieces = []
    for index, verb in enumerate(ROWS):
        pieces.append(f"(?P<{which}{index}>{getattr(verb, which)})")
    return "|".join(pieces)


FINITE = re.compile(rf"(?<![\w-])(?:{_alternatives('finite')})(?![\w-])", re.I)
INFINITIVE = re.compile(rf"(?<![\w-])(?:{_alternatives('infinitive')})(?![\w-])", re.I)
PASSIVE = re.compile(rf"(?<![\w-])(?:{_alternatives('passive')})(?![\w-])", re.I)
INFINITIVES_OF_PHRASES = re.compile(
    r"(?<!\w)(?:ge|lägga|förklara|justera|uppdra|låta|föreslå|besluta|ta|uttala|begära|hemställa|rikta|genomföra|påbörja|verkställa|använda|utreda|tacka)(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A verb in a clause: where, and in which form ("finite", "infinitive" or "passive")."""

    verb: Verb
    start: int
    end: int
    form: str
    span_end: int


NOT_BEFORE = re.compile(r"(?<!\w)(?:inte|ej|icke)\s+$", re.I)
NOT_AFTER = re.compile(r"\s+(?:inte|ej|icke|därmed\s+inte)(?!\w)", re.I)


def find_first(text: str, start: int, end: int) -> Found | None:
    """The verb that the clause turns on: the earliest that stands there, phrases before single words.

    Money that is said not to be given is a refusal.
    """
    found = _earliest(text, start, end)
    if found is None or found.verb.kind not in {"grant", "reserve"}:
        return found
    before = text[max(start, found.start - 12) : found.start]
    denied = NOT_BEFORE.search(before) or NOT_AFTER.match(text, found.end, end)
    return replace(found, verb=BY_NAME["avslår"]) if denied else found


def _earliest(text: str, start: int, end: int) -> Found | None:
    found: list[Found] = []
    for verb, pattern in PHRASES:
        if match := pattern.search(text, start, end):
            word = match.span(1) if match.re.groups and match.lastindex and match[1] else match.span()
            form = (
                "passive"
                if text[slice(*word)].lower() in {"ges", "får", "få", "läggs", "lägges", "lämnas", "tas"}
                else "finite"
            )
            found.append(Found(verb, word[0], word[1], form, match.end()))
    for form, pattern in (("finite", FINITE), ("infinitive", INFINITIVE), ("passive", PASSIVE)):
        if match := pattern.search(text, start, end):
            index = int(re.sub(r"\D", "", match.lastgroup or "0"))
            found.append(Found(ROWS[index], match.start(), match.end(), form, match.end()))
    # A phrase and a single word that start together: the phrase is the meaning.
    return min(found, key=lambda f: (f.start, -(f.span_end - f.start)), default=None)


def starts_decision(text: str, at: int) -> bool:
    """Whether an infinitive that decisions are made of stands at `at` ("att bevilja …", "att ge … i uppdrag")."""
    return INFINITIVE.match(text, at) is not None or INFINITIVES_OF_PHRASES.match(text, at) is not None
