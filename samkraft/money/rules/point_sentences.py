"""A decision point written out from its data, so that reading the sentence gives the same data back. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samkraft.money.rules import decision_text
from samkraft.money.rules.points import GIVES_MONEY, Verb
from samkraft.values import kronor

_TOGETHER = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Sum:
    """What one receiver gets, the same amount each of the years. No amount: the point only names the receiver."""

    receiver: str
    amount_ore: int | None
    years: tuple[int, ...] = ()
    purpose: str = ""
    appropriation: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class PointData:
    """One point as it is stored. `text` is its own words, which are used where they say the same."""

    number: str
    verb: Verb
    text: str
    sums: tuple[Sum, ...]
    due_words: str = ""


def sentence(point: PointData, decider: str) -> str:
    """The point in the words that such points have, beginning with who decides.

    Of several ways to say it, the first that reads back to the same data; the first of all when none does.
    """
    ways = list(dict.fromkeys(_ways(point, decider)))
    return next((way for way in ways if _reads_back(way, point, decider)), ways[0])


def _ways(point: PointData, decider: str) -> Iterator[str]:
    if point.verb is Verb.TRANSFERS and len(point.sums) == 1 and point.sums[0].amount_ore is not None:
        yield _transfer(point.sums[0], decider)
    elif point.verb in GIVES_MONEY and point.sums and all(each.amount_ore is not None for each in point.sums):
        yield _gives(point, decider)
    words = " ".join(point.text.split())
    receivers = [_name(each.receiver) for each in point.sums if each.receiver]
    if receivers and (task := _after(words, " att ")) and point.verb is Verb.INSTRUCTS:
        yield f"{decider} ger {_listed(receivers)} i uppdrag att {task}"
    if receivers and (task := _after(words, " att ")) and point.verb is Verb.URGES:
        yield f"{decider} uppmanar {_listed(receivers)} att {task}"
    if receivers and (task := _after(words, " ska ")):
        yield f"{decider} beslutar att {_listed(receivers)} ska {task}"
    if words.casefold().startswith(decider.casefold()):
        yield words
    if point.verb is Verb.FILES and " läggs till handlingarna" in words:
        yield f"{decider} lägger {_small(words.partition(' läggs till handlingarna')[0])} till handlingarna."
    yield f"{decider} beslutar att {_small(words)}"
    yield words


def _reads_back(way: str, point: PointData, decider: str) -> bool:
    """Whether the sentence alone, read as any decision text, says the same."""
    return not differences(
        f"Förslag till beslut\n\nFörslaget till {decider.lower()}\n\n{point.number}. {way}\n", [point], decider
    )


def _gives(point: PointData, decider: str) -> str:
    same = len({(each.years, each.appropriation, each.contract) for each in point.sums}) == 1
    if same and len(point.sums) > 1:
        listed = _listed([f"{_name(each.receiver)} {_amount(each.amount_ore)}" for each in point.sums])
        first = point.sums[0]
        return f"{decider} {point.verb.value} {listed}{_years(first)}{_source(first)}."
    listed = _listed([_one(each) for each in point.sums])
    return f"{decider} {point.verb.value} {listed}."


def _one(each: Sum) -> str:
    purpose = f" för {each.purpose}" if each.purpose and not each.purpose.casefold().startswith("enligt") else ""
    return f"{_name(each.receiver)} {_amount(each.amount_ore)}{_years(each)}{purpose}{_source(each)}"


def _source(each: Sum) -> str:
    contract = f" enligt avtal {each.contract}" if each.contract else ""
    source = f" från {_name(each.appropriation)}" if each.appropriation else ""
    return f"{source}{contract}"


def _transfer(each: Sum, decider: str) -> str:
    source = _name(each.appropriation) if each.appropriation else "anslaget"
    return f"{decider} överför {_amount(each.amount_ore)}{_years(each)} från {source} till {_name(each.receiver)}."


def _years(each: Sum) -> str:
    if not each.years:
        return ""
    if len(each.years) == 1:
        return f" år {each.years[0]}"
    return f" årligen {each.years[0]}–{each.years[-1]}"


def _after(text: str, word: str) -> str:
    """What comes after the word, as the end of a sentence; empty when the text does not have it."""
    _before, found, after = text.partition(word)
    return (after if after.endswith(".") else f"{after}.") if found else ""


def _small(text: str) -> str:
    """Inside a sentence: a small first letter, but not in a name such as ReDI."""
    first = text.split(" ", 1)[0][1:]
    return text[:1].lower() + text[1:] if first.islower() else text


def _amount(ore: int | None) -> str:
    return f"{kronor.in_words(ore or 0).removesuffix('kr')}kronor"


def _name(name: str) -> str:
    """A body's name inside a sentence: committees and boards in small letters, proper names as they are."""
    plain = _TOGETHER.sub("", name)
    ordinary = plain.casefold().endswith(("nämnden", "styrelsen", "finansiering", "anslag"))
    return plain[:1].lower() + plain[1:] if ordinary else plain


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


@dataclass(frozen=True, slots=True)
class Differs:
    """Something that the written text does not give back: which point, what is stored and what was read."""

    number: str
    stored: str
    read: str


def differences(text: str, points: Sequence[PointData], decider: str) -> list[Differs]:
    """Read a whole text as any decision text, and say in which points it gives something else than what is stored."""
    readings = decision_text.read(text)
    read = {point.number: point for reading in readings for point in reading.points}
    found = []
    for point in points:
        stored = told(point, decider)
        got = read.get(point.number)
        again = _told_by(got, decider) if got else "–"
        if stored != again:
            found.append(Differs(point.number, stored, again))
    return found


def told(point: PointData, decider: str) -> str:
    """What the point says, in a form that can be compared: verb, and for each receiver amount and years."""
    money = point.verb in GIVES_MONEY
    rows = [
        (_plain(each.receiver, decider), each.amount_ore if money else None, each.years if money else ())
        for each in point.sums
    ]
    return _form(point.verb.value, rows)


def _told_by(point: decision_text.Point, decider: str) -> str:
    money = any(verb.value == point.verb for verb in GIVES_MONEY)
    rows = [
        (_plain(each.receiver or "", decider), each.amount_ore if money else None, each.years if money else ())
        for each in point.items
        if each.receiver or each.amount_ore is not None
    ]
    return _form(point.verb, rows)


def _form(verb: str, rows: Sequence[tuple[str, int | None, tuple[int, ...]]]) -> str:
    listed = "; ".join(
        f"{who} {ore if ore is not None else '–'} {','.join(map(str, years))}".rstrip() for who, ore, years in rows
    )
    return f"{verb}: {listed}" if listed else verb


def _plain(name: str, decider: str) -> str:
    plain = _TOGETHER.sub("", name).casefold()
    return decider.casefold() if plain in {"sig själv", "sig"} else plain
