"""Doubts as questions that a person can answer, with ready-made answers whose reasons are taken from the text."""

import re
from collections.abc import Iterable, Sequence

from samkraft.money.rules.decision_text import amounts, bodies
from samkraft.money.rules.decision_text.parsed import Doubt
from samkraft.money.rules.decision_text.reading import Answer, Place, Point, Question, kronor
from samkraft.money.rules.decision_text.told import Told
from samkraft.values.wording import phrase

YEARS_MATTER = frozenset({"grant", "transfer", "reserve"})


def ask(text: str, points: Sequence[Point], doubts: Iterable[tuple[int, Doubt]]) -> tuple[Question, ...]:
    """The questions about the points, lettered from A in the order of the text. `doubts` come with their point's index."""
    found: list[Question] = []
    for index, doubt in doubts:
        found += _from_doubt(text, points, index, doubt)
    for index, point in enumerate(points):
        found += _missing_year(text, points, index, point)
        found += _reporters(text, points, point)
        found += _shared(text, point)
    found.sort(key=lambda q: q.place.start)
    return tuple(_lettered(found))


def _lettered(questions: list[Question]) -> Iterable[Question]:
    for index, q in enumerate(questions):
        letter = chr(65 + index) if index < 26 else f"A{index - 25}"
        yield Question(letter, q.kind, q.point, q.text, q.why, q.words, q.place, q.answers, q.item)


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def _from_doubt(text: str, points: Sequence[Point], index: int, doubt: Doubt) -> list[Question]:
    point = points[index]
    words, place = _words(text, doubt.start, doubt.end), Place(doubt.start, doubt.end)
    number = point.number
    if doubt.kind == "missing_unit":
        return [_missing_unit(points, point, doubt, words, place)]
    wordings = {
        "approximate": (
            phrase("Punkt {point}: gäller exakt {words}?"),
            phrase("Ordet före beloppet säger att det är ungefärligt."),
        ),
        "per_unit": (
            phrase("Punkt {point}: hur mycket blir {words} sammanlagt?"),
            phrase("Beloppet gäller per enhet. Antalet framgår inte säkert av punkten."),
        ),
        "amount_not_assigned": (
            phrase("Punkt {point}: vilket belopp gäller, ”{words}”?"),
            phrase("Flera belopp står på samma rad."),
        ),
        "raised": (
            phrase("Punkt {point}: hur mycket är nya pengar?"),
            phrase("Punkten säger ”{words}”. Den säger inte om beloppet är det nya beloppet eller ökningen."),
        ),
        "sum_differs": (
            phrase("Punkt {point}: summan stämmer inte. Vilken uppgift gäller?"),
            phrase("Raderna blir inte det belopp som punkten anger."),
        ),
    }
    asked, why = wordings.get(doubt.kind, (phrase("Punkt {point}: vad betyder ”{words}”?"), ""))
    return [
        Question(
            "",
            doubt.kind,
            number,
            Told(asked, point=number, words=words),
            Told(why, words=words),
            words,
            place,
            _raised(words) if doubt.kind == "raised" else (),
            doubt.item,
        )
    ]


def _raised(words: str) -> tuple[Answer, ...]:
    """ "Från 900 000 kronor till 1 200 000 kronor": the rise, or the new amount."""
    found = [amount.ore for amount in amounts.find(words)]
    if len(found) != 2 or None in found:
        return ()
    before, after = (ore or 0 for ore in found)
    told = [(after - before, phrase("ökningen")), (after, phrase("det nya beloppet"))]
    return tuple(
        Answer(f"{kronor(ore):,} kr".replace(",", " "), f"{kronor(ore)} kr", why) for ore, why in told if ore > 0
    )


def _missing_unit(points: Sequence[Point], point: Point, doubt: Doubt, words: str, place: Place) -> Question:
    why = phrase("Ordet kronor saknas.")
    item = point.items[doubt.item] if doubt.item is not None and doubt.item < len(point.items) else None
    funder = next((other for other in points if point.number in other.funds), None)
    if funder and item and item.amount_ore:
        paid = sum(i.amount_ore or 0 for p in points if p.number in funder.funds for i in p.items)
        if paid == sum(i.amount_ore or 0 for i in funder.items):
            why = Told(
                phrase("Ordet kronor saknas. Summan i punkt {funder} stämmer om det är kronor."), funder=funder.number
            )
    if item and item.amount_start is not None and len(words) < 3:
        words = f"{kronor(item.amount_ore):,}".replace(",", " ") if item.amount_ore is not None else words
    receiver = item.receiver if item else None
    asked = (
        Told(
            phrase("Punkt {point}: är ”{words}” till {receiver} kronor?"),
            point=point.number,
            words=words,
            receiver=receiver,
        )
        if receiver
        else Told(phrase("Punkt {point}: är ”{words}” kronor?"), point=point.number, words=words)
    )
    return Question(
        "",
        "missing_unit",
        point.number,
        asked,
        why,
        words,
        place,
        (
            Answer(phrase("Ja, kronor"), "kronor", why),
            Answer(phrase("Nej, tusental kronor"), "tkr"),
        ),
        doubt.item,
    )


def _missing_year(text: str, points: Sequence[Point], index: int, point: Point) -> list[Question]:
    if point.kind not in YEARS_MATTER or not any(item.amount_ore and not item.years for item in point.items):
        return []
    using = [p for p in points if p.number in point.funds and any(i.years for i in p.items)]
    paying = [p for p in points if point.number in p.funds and any(i.years for i in p.items)]
    near = using or paying or [p for p in points if p is not point and any(i.years for i in p.items)]
    years = sorted({year for p in near for item in p.items for year in item.years})
    numbers = " och ".join(p.number for p in near)
    why: str
    if using and years:
        why = Told(
            phrase("Året står inte i punkten. Punkt {points} använder pengarna {year}."), points=numbers, year=years[0]
        )
    elif years:
        why = Told(phrase("Året står inte i punkten. Punkt {points} gäller {year}."), points=numbers, year=years[0])
    else:
        why = phrase("Året står inte i punkten.")
    answers = [Answer(str(year), str(year), why) for year in years]
    asked = (
        phrase("Punkt {point}: vilket år gäller överföringen?")
        if point.kind == "transfer"
        else phrase("Punkt {point}: vilket år gäller pengarna?")
    )
    del text, index
    return [
        Question(
            "",
            "missing_year",
            point.number,
            Told(asked, point=point.number),
            why,
            point.text[:80],
            Place(point.place.end - 1, point.place.end),
            tuple(answers),
        )
    ]


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.lower()).strip()


def _is_office(name: str) -> bool:
    """Bodies and officials report for the city; that they received no money is nothing to ask about."""
    return (
        bodies.BODY.search(name) is not None
        or re.search(r"nämnder|direktör|chef|styrelse|strateg|föreningarna|organisationerna|mottagar|samtliga", name)
        is not None
    )


def _reporters(text: str, points: Sequence[Point], point: Point) -> list[Question]:
    """Somebody must report who is not named as a receiver of money ("Level", when Coompanion got the grant)."""
    if point.kind not in {"must", "duty", "urge"} or not re.search(r"rapport|redovis", point.text, re.I):
        return []
    granted = [
        (p, item.receiver)
        for p in points
        if p.kind in {"grant", "transfer", "reserve"}
        for item in p.items
        if item.receiver
    ]
    if not granted:
        return []
    found = []
    for item in point.items:
        name = _key(item.receiver or "")
        if not name or any(name in _key(r) or _key(r) in name for _, r in granted) or _is_office(name):
            continue
        related = [
            (p, r) for p, r in granted if any(name in _key(i.purpose or "") for i in p.items) or name in _key(p.text)
        ]
        answers = tuple(
            Answer(r, r, Told(phrase("{receiver} fick pengarna i punkt {point}."), receiver=r, point=p.number))
            for p, r in related
        )
        why: str = Told(phrase("{name} är ingen mottagare."), name=item.receiver)
        if len(related) == 1:
            payer, receiver = related[0]
            why = Told(
                phrase("{name} är ingen mottagare. {receiver} fick pengarna i punkt {point}."),
                name=item.receiver,
                receiver=receiver,
                point=payer.number,
            )
        at = next(
            (m.place for m in point.marks if m.kind == "receiver" and _key(text[m.place.start : m.place.end]) == name),
            point.place,
        )
        found.append(
            Question(
                "",
                "reporter_is_not_receiver",
                point.number,
                Told(
                    phrase("Punkt {point}: vem ska lämna rapporten för ”{name}”?"),
                    point=point.number,
                    name=item.receiver,
                ),
                why,
                item.receiver or "",
                at,
                answers,
            )
        )
    return found


def _shared(text: str, point: Point) -> list[Question]:
    """One amount to several receivers together: how it is split is not said."""
    del text
    found = []
    if point.kind != "grant":
        return []
    for index, item in enumerate(point.items):
        if (
            item.receiver
            and item.amount_ore
            and re.search(r"\w\s+(?:och|samt)\s+[A-ZÅÄÖ]", item.receiver)
            and not re.search(r"nämnden|styrelsen", item.receiver)
        ):
            found.append(
                Question(
                    "",
                    "shared_amount",
                    point.number,
                    Told(
                        phrase("Punkt {point}: hur delas beloppet mellan {receiver}?"),
                        point=point.number,
                        receiver=item.receiver,
                    ),
                    phrase("Ett belopp står för flera mottagare."),
                    item.receiver,
                    point.place,
                    (),
                    index,
                )
            )
    return found
