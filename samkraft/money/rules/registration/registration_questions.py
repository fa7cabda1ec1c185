"""What is still open before a decision text can be registered: questions of the reader and of what is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samkraft.money.rules.decision_text import Answer, Place, Question
from samkraft.money.rules.decision_text.told import Told
from samkraft.money.rules.registration.registration import (
    OWN_FRAME,
    SPLIT_EACH,
    SPLIT_EQUALLY,
    Interpretation,
    Known,
    PointRows,
    Row,
    said_about,
)
from samkraft.values import kronor
from samkraft.values.wording import phrase

# Answers that a person can give to the reader's own questions where it has none ready.
_READY = {
    "approximate": (Answer(phrase("Ja, exakt så"), "yes"),),
    "sum_differs": (Answer(phrase("Raderna gäller"), "rows"),),
    "shared_amount": (Answer(phrase("De får beloppet tillsammans"), "together"),),
}
BY_HAND = phrase("Rättat för hand")


@dataclass(frozen=True, slots=True)
class Ask:
    """One open or answered question. `given` is the answer's label; `row` is the row where it can be put right by hand.

    `field` is the name of what may be typed instead: `case`, `years`, `amount` or nothing.
    """

    key: str
    letter: str
    kind: str
    point: str
    text: str
    why: str
    words: str = ""
    answers: tuple[Answer, ...] = ()
    row: str = ""
    place: Place | None = None
    given: str = ""
    field: str = ""


def questions(now: Interpretation, original: Sequence[Question], answers: Mapping[str, Any], known: Known) -> list[Ask]:
    """All questions, lettered: those of the text first, in its order, then those about what is known here."""
    asked = [
        *_of_the_text(now, original, answers),
        *_answered(answers),
        *_about_the_matter(now, known),
        *_about_rows(now, answers, known),
        *_unread(now, answers),
    ]
    return [_lettered(ask, place) for place, ask in enumerate(asked)]


def open_ones(asked: Sequence[Ask]) -> list[Ask]:
    """Those without an answer."""
    return [ask for ask in asked if not ask.given]


def _lettered(ask: Ask, place: int) -> Ask:
    letter = chr(65 + place) if place < 26 else f"{chr(64 + place // 26)}{chr(65 + place % 26)}"
    return Ask(
        ask.key,
        letter,
        ask.kind,
        ask.point,
        ask.text,
        ask.why,
        ask.words,
        ask.answers,
        ask.row,
        ask.place,
        ask.given,
        ask.field,
    )


def _of_the_text(now: Interpretation, original: Sequence[Question], answers: Mapping[str, Any]) -> list[Ask]:
    left = {question.id for question in now.reading.questions}
    said = answers.get("questions", {})
    shown = {point.number: point for point in now.points}
    found = []
    for question in original:
        if question.point is not None and question.point not in shown:
            continue
        rows = shown[question.point].rows if question.point in shown else ()
        row = _row_of(question, rows)
        given = said[question.id]["label"] if question.id in said and question.id not in left else ""
        if not given and row and _settled_by_hand(question, rows, row):
            given = BY_HAND
        found.append(
            Ask(
                key=f"text:{question.id}", letter="", kind=question.kind, point=question.point or "", text=question.text,
                why=question.why, words=question.words, answers=question.answers or _READY.get(question.kind, ()),
                row=row, place=question.place, given=given, field={"missing_year": "years"}.get(question.kind, ""),
            )
        )  # fmt: skip
    return found


def _row_of(question: Question, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    if question.item is not None and question.item < len(rows):
        return rows[question.item].key
    named = [row for row in rows if row.words == question.words]
    lacking = [row for row in rows if row.amount_ore is not None and not row.years]
    return (named or lacking or list(rows))[0].key


def _settled_by_hand(question: Question, rows: Sequence[Row], key: str) -> bool:
    if question.kind == "missing_year":
        return all(row.years for row in rows if row.amount_ore is not None)
    return any(row.key == key and row.is_edited for row in rows)


def _answered(answers: Mapping[str, Any]) -> list[Ask]:
    """Questions about what is known here that have an answer: kept in sight, so that it can be taken back."""
    return [
        Ask(
            f"own:{key}",
            "",
            key.partition(":")[0],
            key.partition(":")[2].partition(".")[0],
            said["text"],
            "",
            given=said["label"],
        )
        for key, said in answers.get("own", {}).items()
    ]


def _about_the_matter(now: Interpretation, known: Known) -> list[Ask]:
    found = []
    if not now.case_number:
        found.append(
            Ask("own:case", "", "case_number", "", phrase("Vilket diarienummer har ärendet?"),
                phrase("Inget diarienummer hittades i texten."), field="case")
        )  # fmt: skip
    if now.decider_id is None:
        words = now.reading.body or ""
        suggested = tuple(
            Answer(known.names[key], str(key)) for key in known.suggestions.get(words, ()) if key in known.names
        )
        why = (
            Told(phrase("Texten säger ”{words}”, som inte är något känt organ."), words=words)
            if words
            else phrase("Texten säger inte vilket organ som beslutar.")
        )
        found.append(
            Ask("own:body", "", "body", "", phrase("Vilket organ fattar beslutet?"), why, words, suggested,
                field="organisation")
        )  # fmt: skip
    return found


def _about_rows(now: Interpretation, answers: Mapping[str, Any], known: Known) -> list[Ask]:
    found: list[Ask] = []
    said = said_about(answers)
    for point in now.points:
        found += _money_in_other_verb(point) if f"verb:{point.number}" not in said else []
        for row in point.rows if point.posts else ():
            if row.amount_ore is not None or row.is_added:
                found += _receiver(now, point, row, known) + _split(row)
    return found + _fund(now, known) + _source(now, known)


def _money_in_other_verb(point: PointRows) -> list[Ask]:
    """A verb that does not give money, with an amount that the reader counted."""
    read = point.read
    if point.posts or read is None or not read.counted or not any(row.amount_ore for row in point.rows):
        return []
    told = kronor.in_words(sum(row.amount_ore or 0 for row in point.rows))
    return [
        Ask(f"own:verb:{point.number}", "", "money_verb", point.number,
            Told(phrase("Punkt {point}: är {amount} pengar som ska bokföras?"), point=point.number, amount=told),
            Told(phrase("Ordet ”{verb}” brukar inte betyda att pengar lämnas."), verb=point.said_verb),
            read.verb, (Answer(phrase("Ja, bokför"), "yes"), Answer(phrase("Nej, bara information"), "no")))
    ]  # fmt: skip


def _receiver(now: Interpretation, point: PointRows, row: Row, known: Known) -> list[Ask]:
    if row.receiver_id is not None:
        return []
    place = _place(now, point, row.words)
    if not row.words:
        body = now.decider_id
        ready: tuple[Answer, ...] = (Answer(known.names[body], str(body)),) if body and body in known.names else ()
        return [Ask(f"own:receiver:{row.key}", "", "receiver", point.number,
                    Told(phrase("Punkt {point}: vem får pengarna?"), point=point.number),
                    phrase("Ingen mottagare står i punkten."), "", ready, row.key, place)]  # fmt: skip
    ready = tuple(
        Answer(known.names[key], str(key)) for key in known.suggestions.get(row.words, ()) if key in known.names
    )
    return [Ask(f"own:receiver:{row.key}", "", "receiver", point.number,
                Told(phrase("Punkt {point}: vem är ”{words}”?"), point=point.number, words=row.words),
                phrase("Ingen känd organisation heter precis så."), row.words, ready, row.key, place)]  # fmt: skip


def _place(now: Interpretation, point: PointRows, words: str) -> Place | None:
    """Where the words stand in the point, so that they can be marked."""
    for mark in point.read.marks if point.read else ():
        told = " ".join(now.reading.text[mark.place.start : mark.place.end].split())
        if mark.kind == "receiver" and words and (told == words or told in words or words in told):
            return mark.place
    return None


def _split(row: Row) -> list[Ask]:
    if row.split or row.amount_ore is None:
        return []
    ready = [Answer(phrase("Samma belopp varje år"), SPLIT_EACH)]
    if row.amount_ore % (100 * len(row.years)) == 0:
        ready.append(Answer(phrase("Lika delar varje år"), SPLIT_EQUALLY))
    years = f"{row.years[0]}–{row.years[-1]}"
    asked = phrase("Punkt {point}: hur fördelas {amount} på {years}?")
    told = Told(asked, point=row.point, amount=kronor.in_words(row.amount_ore), years=years)
    return [Ask(f"own:split:{row.key}", "", "split", row.point, told,
                phrase("Texten säger ett belopp för flera år."), "", tuple(ready), row.key)]  # fmt: skip


def _fund(now: Interpretation, known: Known) -> list[Ask]:
    lacking = [row for row in now.money_rows if row.fund_id is None and row.years]
    if not lacking:
        return []
    years = sorted({year for row in lacking for year in row.years})
    fits = [fund for fund in known.funds if fund.holds(years)]
    none_known = (
        phrase("Texten nämner ingen satsning som gäller {years}.")
        if fits
        else phrase(
            "Texten nämner ingen satsning som gäller {years}. Lägg upp en satsning först, eller välj för varje rad."
        )
    )
    why = Told(none_known, years=", ".join(map(str, years)))
    return [Ask("own:fund", "", "fund", lacking[0].point,
                Told(phrase("Vilken satsning hör pengarna i punkt {points} till?"), points=_listed(lacking)), why, "",
                tuple(Answer(fund.name, str(fund.id)) for fund in fits[:5]), lacking[0].key)]  # fmt: skip


def _source(now: Interpretation, known: Known) -> list[Ask]:
    lacking = [row for row in now.money_rows if row.appropriation is None and not row.paid_by]
    if not lacking:
        return []
    words = next((row.appropriation_words for row in lacking if row.appropriation_words), "")
    why = (
        Told(phrase("Texten säger ”{words}”, som inte är något känt anslag."), words=words)
        if words
        else phrase("Texten säger inte vilket anslag som betalar.")
    )
    own = known.names.get(now.decider_id, "") if now.decider_id else ""
    frame = Told(phrase("{body}, egen ram"), body=own) if own else phrase("Egen ram")
    return [Ask("own:appropriation", "", "appropriation", lacking[0].point,
                Told(phrase("Varifrån kommer pengarna i punkt {points}?"), points=_listed(lacking)), why, words,
                (*(Answer(name, name) for name in known.appropriations[:4]), Answer(frame, OWN_FRAME)),
                lacking[0].key)]  # fmt: skip


def _unread(now: Interpretation, answers: Mapping[str, Any]) -> list[Ask]:
    done = answers.get("set_aside", {})
    found = []
    for part in now.reading.not_understood:
        key = f"{part.place.start}-{part.place.end}"
        found.append(
            Ask(f"unread:{key}", "", "not_understood", "", Told(phrase("Vad betyder ”{words}”?"), words=_short(part.text)),
                Told(phrase("Det kunde inte läsas: {why}."), why=part.why), part.text,
                (Answer(phrase("Hör inte till besluten"), "aside"),),
                _nearest_row(now, part.place), part.place, done.get(key, ""))
        )  # fmt: skip
    return found


def _nearest_row(now: Interpretation, place: Place) -> str:
    """The row to put right by hand: of the point that the words stand in, else the first."""
    for point in now.points:
        if point.read and point.read.place.start <= place.start < point.read.place.end:
            return point.rows[0].key if point.rows else f"{point.number}.n"
    return f"{now.points[-1].number}.n" if now.points else ""


def _listed(rows: Sequence[Row]) -> str:
    numbers = list(dict.fromkeys(row.point for row in rows))
    return ", ".join(numbers)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 70 else flat[:69].rstrip() + "…"
