"""What stands around the points: title, kind of document, meetings, addressees, amounts and dates told elsewhere."""

import re
from collections.abc import Sequence

from samkraft.money.rules.decision_text import amounts, bodies, case_numbers, headings, names, periods, roles, verbs
from samkraft.money.rules.decision_text.matters import Matter, Section
from samkraft.money.rules.decision_text.reading import AmountTold, DateTold, Mark, Meeting, Place, Point

KINDS: tuple[tuple[str, str], ...] = (
    ("protokollsutdrag", r"protokollsutdrag|utdrag\s+ur\s+protokoll"),
    ("protokoll", r"(?:sammanträdes|styrelse|mötes|årsmötes)?protokoll|sammanträdesdatum"),
    ("tjänsteskrivelse", r"tjänsteskrivelse|tjänsteutlåtande|tjänsteyttrande"),
    ("delegationsbeslut", r"delegationsbeslut|ordförandebeslut"),
    ("kallelse", r"kallelse|föredragningslista"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(rf"(?<!\w){pattern}(?!\w)", re.I)) for kind, pattern in KINDS)
SHORT_DATE = re.compile(r"(?<![\d-])([A-ZÅÄÖ]{2,6})\s(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
TITLE_STOP = re.compile(
    r"(?:tjänsteskrivelse|tjänsteutlåtande|protokoll|datum|diarienummer|dnr|handläggare|till\b|sida|utfärdat|sammanträde|kommun$|stad$|beslutande|vår\s+referens|er\s+referens)",
    re.I,
)
ASKED = re.compile(r"(?<!\w)(?:ansök\w*|söker|sökt|begär|äskar|äskat|yrkar)(?!\w)", re.I)
BUDGET = re.compile(r"(?<!\w)(?:avsatt|avsatta|avsatts|budgeterat|budget|ram|anslag|till\s+förfogande)(?!\w)", re.I)


def document_kind(text: str) -> str | None:
    """The kind of document that its head says it is."""
    found = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(text, 0, 1500))]
    return min(found)[1] if found else None


def title(text: str, matter: Matter) -> str | None:
    """The first line of the matter's head that reads as a title."""
    head = matter.sections[0]
    lines = [line.strip() for line in text[head.start : head.end].split("\n")]
    if matter.paragraph:
        for index, line in enumerate(lines):
            if match := re.search(r"(?:§\s*|^)\d+(?:/\d+)?\.?\s*(.*)", line):
                lines = [match[1], *lines[index + 1 :]]
                break
    else:
        lines = (
            [line for line in reversed(lines) if line]
            if not lines or len([line for line in lines if line]) > 4
            else lines
        )
    running = _running_text(lines)
    for index, line in enumerate(lines):
        if index in running or re.search(r"\d\s*\(\s*\d+\s*\)$", line) or line.endswith((".", ",")):
            continue
        bare = (
            case_numbers.NUMBER.sub("", re.sub(r"(?:dnr|diarienummer):?", "", periods.DATE.sub("", line), flags=re.I))
            .replace("()", "")
            .strip(" \t,–-")
        )
        if (
            12 <= len(bare) <= 200
            and not TITLE_STOP.match(bare)
            and not bodies.is_body(bare)
            and not re.match(r"[\d\W]+$", bare)
            and not case_numbers.NUMBER.fullmatch(bare)
        ):
            return " ".join(bare.split())
    return None


def _running_text(lines: Sequence[str]) -> set[int]:
    """The lines of paragraphs: long ones with a long one beside them."""
    long = [len(line) > 70 for line in lines]
    return {
        i for i, is_long in enumerate(long) if is_long and (any(long[max(0, i - 1) : i]) or any(long[i + 1 : i + 2]))
    }


def meetings(text: str, matter: Matter, kind: str | None, body: str | None) -> tuple[Meeting, ...]:
    """The meeting plan; in minutes the meeting itself, as the head tells it."""
    found: list[Meeting] = []
    for section in matter.of_kind("plan"):
        found += _meetings_in(text, section.start, section.end)
    if not found and body and kind in {"protokoll", "protokollsutdrag", None}:
        head = matter.sections[0]
        for start, end in ((head.start, head.end), (0, min(matter.start, 3000))):
            dates = periods.find_dates(text, start, end)
            if dates:
                holder = bodies.find_deciders(text[start:end])
                named = bodies.name(holder[0][0]) if holder and kind else body
                return (Meeting(named, dates[0][2]),) if kind else ()
    return tuple(dict.fromkeys(found))


def _meetings_in(text: str, start: int, end: int) -> list[Meeting]:
    found = []
    at = start
    waiting: str | None = None
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop == -1 else stop
        named = bodies.find_deciders(text[at:stop])
        days = periods.find_dates(text, at, stop)
        if named and days:
            found.append(Meeting(bodies.name(named[0][0]), days[0][2]))
        elif named:
            waiting = bodies.name(named[0][0])
        elif days and waiting:
            found.append(Meeting(waiting, days[0][2]))
            waiting = None
        at = stop + 1
    return found


def recipients(text: str, matter: Matter) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
    """Those whom the decision is sent to, one per line or parted by commas."""
    found: list[str] = []
    marks: list[Mark] = []
    for section in matter.of_kind("recipients"):
        at, blanks = section.start, 0
        while at < section.end:
            stop = text.find("\n", at, section.end)
            stop = section.end if stop == -1 else stop
            line = text[at:stop].strip()
            blanks = 0 if line else blanks + 1
            if (blanks >= 2 and found) or _ends_recipients(line, bool(found)):
                break
            for name in _recipients_on(line, section):
                found.append(name)
                marks.append(Mark("recipient", Place(at, stop)))
            at = stop + 1
    return tuple(dict.fromkeys(found)), tuple(marks)


def _ends_recipients(line: str, some: bool) -> bool:
    return some and (
        len(line) > 140
        or (line.endswith(".") and len(line.split()) > 8)
        or re.match(r"[_*=-]{3,}|\[namn\]", line) is not None
    )


def _recipients_on(line: str, section: Section) -> list[str]:
    bare = re.sub(r"^[•·▪*–—-]\s*|^\d{1,2}[.)]\s+", "", line).strip(" ,.;")
    if not bare or not re.search(r"[^\W\d_]{2}", bare):
        return []
    bare = re.sub(r"^(?:för\s+(?:kännedom|åtgärd|verkställighet)|akt(?:en)?)\s*:\s*", "", bare, flags=re.I)
    inline = section.heading is not None and section.heading.content_at is not None
    if inline or (bare.count(",") >= 2 and not re.search(r"(?:kontoret|förvaltningen|avdelningen),", bare)):
        return [
            " ".join(piece.split())
            for piece in re.split(r"\s*[,;]\s*(?:och\s+|samt\s+)?|\s+samt\s+", bare)
            if piece.strip()
        ]
    return [" ".join(bare.split())] if bare else []


def amounts_told(text: str, flat: str, matter: Matter) -> tuple[AmountTold, ...]:
    """Amounts outside the points, each with its sentence, its years and the case it belongs to."""
    told = []
    for section in matter.sections:
        if section.kind in headings.HOLDING_POINTS | {"contents"}:
            continue
        for amount in amounts.find(text, section.start, section.end):
            if amount.ore is None:
                continue
            start, end = _sentence(flat, amount.start, amount.end, section.start, section.end)
            years = tuple(year for found in periods.find_years(flat, start, end) for year in found.years)
            numbers = case_numbers.find(flat, start, end)
            told.append(AmountTold(
                amount.ore, " ".join(flat[start:end].split()), section.heading.words if section.heading else "",
                Place(amount.start, amount.end), years, numbers[0][2] if numbers else None, _told_as(flat, start, end, amount),
            ))  # fmt: skip
    return tuple(told)


def _told_as(flat: str, start: int, end: int, amount: amounts.Amount) -> str:
    sentence = flat[start:end]
    role = roles.of(flat, start, amount)
    if role == "asked" or (ASKED.search(sentence) and not verbs.PAST.search(sentence)):
        return "asked"
    if (
        BUDGET.search(sentence)
        and re.search(r"avsatt\w*|budget", sentence, re.I)
        and not re.search(r"beviljat|beviljade|tilldelade", sentence, re.I)
    ):
        return "budget"
    return "earlier" if verbs.PAST.search(sentence) else "told"


def _sentence(flat: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    begin = max(low, start - 400)
    for match in re.finditer(r"[.!?]\s+(?=[A-ZÅÄÖ•-])|\s{2,}(?=[A-ZÅÄÖ•-])", flat[begin:start]):
        low = begin + match.end()
    stop = re.compile(r"[.!?](?:\s|$)|\s{3,}").search(flat, end, min(high, end + 400))
    return max(low, begin), stop.end() if stop else min(high, end + 400)


def dates_told(text: str, matter: Matter) -> tuple[DateTold, ...]:
    """Days in the names of documents, such as "KSAU 230424"."""
    return tuple(
        DateTold(f"20{m[2]}-{m[3]}-{m[4]}", m[0], Place(*m.span()))
        for m in SHORT_DATE.finditer(text, matter.start, matter.end)
    )


def signers(text: str, matter: Matter) -> tuple[str, ...]:
    """The titles of those who answer for the document."""
    found = []
    for section in matter.of_kind("signers"):
        for line in text[section.start : section.end].split("\n"):
            bare = re.sub(r"^\[[^\]]*\]\s*", "", line.strip())
            title_ = re.search(
                r"(?<![A-ZÅÄÖa-zåäö-])([A-ZÅÄÖa-zåäö-]{0,40}(?:direktör|chef|sekreterare|strateg|handläggare|ordförande|controller|utredare))\b",
                bare,
            )
            if title_:
                found.append(title_[1])
    return tuple(dict.fromkeys(found))


def missing_recipients(points: Sequence[Point], addressed: Sequence[str]) -> tuple[str, ...]:
    """Those with a duty who are not among the addressees. Nothing is missed when the text has no addressees."""
    if not addressed:
        return ()
    sent = " | ".join(_key(name) for name in addressed)
    missing = []
    for point in points:
        if point.kind in {"duty", "urge", "must"}:
            missing += [item.receiver for item in point.items if item.receiver and _key(item.receiver) not in sent]
    return tuple(dict.fromkeys(missing))


def _key(name: str) -> str:
    return re.sub(r"[^a-zåäö]+", "", (names.tidy(name) or name).lower())
