"""From a clause to a decision point: its verb, receivers, money, duty and deadline."""

import re
from dataclasses import dataclass

from samkraft.money.rules.decision_text import (
    amounts,
    appropriations,
    bodies,
    case_numbers,
    items,
    names,
    periods,
    roles,
    rows,
    task_money,
    verbs,
)
from samkraft.money.rules.decision_text.clauses import Clause
from samkraft.money.rules.decision_text.parsed import Doubt, Parsed
from samkraft.money.rules.decision_text.reading import PROPOSAL, Item, Mark, Place, Point
from samkraft.money.rules.decision_text.verbs import Found
from samkraft.values.wording import phrase

FIRM_DEADLINE = re.compile(r"(?:senast|före|innan)", re.I)
REPORT = re.compile(r"(?:rapport|redovis|återkom|följa\s+upp|uppföljning|inkom)", re.I)
NOBODY = re.compile(r"(?:kommunstyrelsen|paragrafen|ärendet|det|detta|medlen|protokollet)$", re.I)


# Money of which only is said that somebody will decide about it another time.
LATER = re.compile(
    r"(?<!\w)(?:(?:vid|i)\s+(?:ett\s+)?(?:senare|annat)\s+(?:tillfälle|skede|beslut|ärende|sammanträde)|"
    r"i\s+(?:ett\s+)?särskilt\s+(?:beslut|ärende)|senare\s+under\s+året|längre\s+fram)(?!\w)", re.I
)  # fmt: skip


# "Nämnden beslutar om bidrag enligt nedan", "1. Projektbidrag till X på 50 000 kr": money without a verb of its own.
ABOUT_MONEY = re.compile(
    r"(?:om\s+)?(?:ett\s+|en\s+|följande\s+|att\s+)?(?:fördelning(?:en)?\s+av\s+)?"
    r"[a-zåäöA-ZÅÄÖ-]{0,30}(?:bidrag|stöd|anslag|medel|fördelning|tilldelning)(?:et|en|s)?(?!\w)", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """A point, and what about it is doubtful or lost."""

    point: Point | None
    doubts: tuple[Doubt, ...] = ()
    lost: tuple[tuple[int, int, str], ...] = ()


def interpret(text: str, flat: str, clause: Clause, *, status: str, body: str | None) -> Outcome:
    """Read a clause. `status` and `body` are those of its section, unless the clause names its own."""
    lead = clause.lead
    start = lead.end if lead and clause.start <= lead.start < clause.end else clause.start
    start = _first_letter(flat, start)
    end = clause.end
    found = _verb(flat, start, end)
    if found is None and (clause.lead or clause.marker != "none") and ABOUT_MONEY.match(flat, start, end):
        found = Found(verbs.ABOUT, start, start, "finite", start)
    if found is None:
        return _without_verb(text, flat, clause, start, status)
    parsed, spends = Parsed(), False
    due = _due(flat, start, end, found)
    if found.verb.kind in {"duty", "urge", "must", "mandate"}:
        parsed = _addressed(text, flat, start, end, found)
    elif found.verb.money or found.verb.kind == "refuse" or (found.verb.kind in {"funding", "adopt"} and clause.rows):
        parsed = items.parse(text, flat, start, end, found, bool(clause.rows))
    elif found.verb.kind in {"funding", "adopt", "other"}:
        parsed = _other_money(text, flat, start, end, found)
    if clause.rows:
        _add_rows(text, flat, clause, start, found, parsed)
    if found.verb.kind in {"grant", "reserve"} and (later := LATER.search(flat, start, end)):
        _leave_for_later(later, clause, parsed)
    if found.verb.kind in {"duty", "urge", "must", "mandate"} and not clause.rows:
        spends = task_money.add(text, flat, start, end, parsed)
    if found.start < found.end:
        parsed.marks.append(("verb", found.start, found.end))
    if due:
        parsed.marks.append(("due", due.start, due.end))
    point = Point(
        number=clause.number,
        verb=found.verb.name,
        kind=found.verb.kind,
        text=_tidy(text, clause),
        items=tuple(parsed.items),
        place=Place(clause.start, max([clause.end, *[b for _, b in clause.rows]])),
        due=due.when if due else None,
        binding=_binding(flat, start, end, found),
        spends=spends,
        body=(lead.body if lead and lead.body else body),
        status=PROPOSAL if lead and lead.proposes else status,
        marks=tuple(Mark(kind, Place(a, b)) for kind, a, b in sorted(set(parsed.marks), key=lambda m: m[1])),
    )
    return Outcome(point, tuple(parsed.doubts), tuple(parsed.lost))


def _leave_for_later(later: re.Match[str], clause: Clause, parsed: Parsed) -> None:
    """Money without a receiver that is to be shared out later is not given yet: it is said, and not counted."""
    if any(item.receiver for item in parsed.items):
        return
    parsed.items, parsed.doubts = [], []
    parsed.lost.append((clause.start, max(clause.end, later.end()), phrase("pengarna fördelas senare och räknas inte")))


def _first_letter(flat: str, at: int) -> int:
    while at < len(flat) and flat[at] in " \t:–-":
        at += 1
    return at


def _tidy(text: str, clause: Clause) -> str:
    return " ".join(" ".join(text[a:b].split()) for a, b in ((clause.start, clause.end), *clause.rows))


def _verb(flat: str, start: int, end: int) -> Found | None:
    """The verb of the clause; "ska" makes a duty when it comes before any other verb."""
    found = verbs.find_first(flat, start, end)
    must = verbs.DUTY_WORD.search(flat, start, end) or verbs.URGE_WORD.search(flat, start, end)
    if (
        must
        and (found is None or must.start() < found.start)
        and not (found and found.verb.money and amounts.find(flat, start, end))
    ):
        if found and found.verb.kind in {"close", "funding", "duty"}:
            return found
        return Found(verbs.MUST, must.start(), must.end(), "passive", must.end())
    return found


def _without_verb(text: str, flat: str, clause: Clause, start: int, status: str) -> Outcome:
    """A clause whose verb is not known: kept as a point when a lead makes it one, and said to be not understood."""
    lead = clause.lead
    own_lead = lead is not None and clause.start <= lead.start < clause.end
    if clause.marker == "none" and not own_lead:
        return Outcome(None, (), _lost_money(text, flat, clause))
    if not flat[start : clause.end].strip():
        return Outcome(None)
    words = _tidy(text, clause)
    point = Point(
        clause.number,
        verbs.DECIDES.name,
        "other",
        words,
        (),
        Place(clause.start, clause.end),
        body=lead.body if lead else None,
        status=PROPOSAL if lead and lead.proposes else status,
    )
    return Outcome(point, (), ((clause.start, clause.end, phrase("verbet i punkten är okänt")),))


def _lost_money(text: str, flat: str, clause: Clause) -> tuple[tuple[int, int, str], ...]:
    """Money in a paragraph that decides nothing is said to be lost, unless the words plainly tell of the past."""
    found = amounts.find(text, clause.start, clause.end)
    told = verbs.PAST.search(flat, clause.start, clause.end) is not None
    return ((clause.start, clause.end, phrase("ett belopp utan beslut")),) if found and not told else ()


def _due(flat: str, start: int, end: int, found: Found) -> periods.Due | None:
    due = periods.find_due(flat, start, end)
    if due is None or found.verb.kind in {"duty", "urge", "must"}:
        return due
    return due if FIRM_DEADLINE.match(flat[due.start : due.end]) and REPORT.search(flat, start, end) else None


def _binding(flat: str, start: int, end: int, found: Found) -> bool | None:
    if found.verb.kind == "duty":
        return True
    if found.verb.kind == "urge":
        return False
    if found.verb.kind == "must":
        return verbs.DUTY_WORD.match(flat, found.start) is not None
    if found.verb.kind == "mandate" or not REPORT.search(flat, start, end):
        return None
    if verbs.DUTY_WORD.search(flat, start, end):
        return True
    return None


def _addressed(text: str, flat: str, start: int, end: int, found: Found) -> Parsed:
    """Who must, or is asked to, do something: one item each, without an amount."""
    parsed = Parsed()
    at, stop = _whom(flat, start, end, found)
    words = re.split(r"\s+att(?:\s|$)|,?\s+(?:senast|i\s+samband|under\s+förutsättning)\s", flat[at:stop])[0]
    for name in names.split(words.strip(" ,:;")):
        if names.KIND_TAIL.search(name):
            continue  # "medlemmarnas bidrag ska vara oförändrade": money has no duties
        name_alone = names.tidy(name) if not re.match(r"[a-zåäö]+(?:en|et|na)$", name) else bodies.nominative(name)
        if name_alone and not re.match(
            r"(?:Det|Detta|Medlen|Bidraget|Bidragen|Ärendet|Paragrafen|Redovisning|Återrapportering|Rapport|Uppföljning|Beslutet)(?!\w)",
            name_alone,
            re.I,
        ):
            inside = flat.find(name.split()[0], at, stop)
            parsed.items.append(Item(name_alone, None))
            parsed.marks.append(("receiver", inside, inside + len(name)))
    del text
    return parsed


def _whom(flat: str, start: int, end: int, found: Found) -> tuple[int, int]:
    if found.form == "passive":
        if (
            after := re.compile(r"\s*(?:i\s+uppdrag\s+)?(?:åt|till)\s+").match(flat, found.end)
        ) and found.verb.kind == "duty":
            return after.end(), _before_att(flat, after.end(), end)
        return start, found.start
    if found.verb is verbs.GIVES_TASK:
        after = re.compile(r"\s*(?:i\s+)?uppdrag(?:et)?\s+(?:åt|till)\s+").match(flat, found.end)
        if after:
            return after.end(), _before_att(flat, after.end(), end)
        stop = re.compile(r"\s+(?:i\s+)?uppdrag").search(flat, found.end, end)
        return found.end, stop.start() if stop else end
    lead = re.compile(r"\s*(?:åt\s+|till\s+)?").match(flat, found.end)
    return (lead.end() if lead else found.end), _before_att(flat, found.end, end)


def _before_att(flat: str, at: int, end: int) -> int:
    stop = re.compile(r"\s+att\s|\s+(?:rätten|beslutanderätt\w*|möjlighet\w*)\s|[.;]").search(flat, at, end)
    return stop.start() if stop else end


def _other_money(text: str, flat: str, start: int, end: int, found: Found) -> Parsed:
    """Amounts beside a verb that gives no money: where money comes from, a frame that is fixed, a fee."""
    parsed = Parsed()
    source = appropriations.find(flat, start, end)
    if source:
        parsed.marks.append(("appropriation", source.start, source.end))
    main = [a for a in amounts.find(text, start, end) if roles.of(flat, start, a) == "main"]
    if found.verb.kind == "funding":
        parsed.whole_ore = main[0].ore if main else None
        for amount in main[:1]:
            parsed.items.append(
                Item(None, amount.ore, (), None, source.words if source else None, amount_start=amount.start)
            )
        return parsed
    if main and re.search(
        r"(?:bidrag|ram(?:en|ar)?|anslag|budget|fördelning|stöd|tilldelning|kommunbidrag)", flat[start:end], re.I
    ):
        return items.parse(text, flat, start, end, found, False)
    for amount in main:
        parsed.lost.append((amount.start, amount.end, phrase("beloppet hör till ett beslut som inte delar ut pengar")))
    contract = case_numbers.contracts(flat, start, end)
    parsed.marks += [("contract", a, b) for a, b, _ in contract]
    return parsed


def _add_rows(text: str, flat: str, clause: Clause, start: int, found: Found, parsed: Parsed) -> None:
    above = flat[start : clause.end]
    mains = [a for a in amounts.find(text, start, clause.end) if a.each]
    inherited = items.template(parsed, flat, start, clause.end, found)
    before = parsed.items
    parsed.items = []
    rows.parse(text, flat, clause.rows, inherited, above, parsed, mains[0] if mains else None)
    if not parsed.items:
        parsed.items = before
    elif parsed.whole_ore is not None and sum(item.amount_ore or 0 for item in parsed.items) != parsed.whole_ore:
        parsed.doubts.append(Doubt("sum_differs", clause.start, clause.end))
