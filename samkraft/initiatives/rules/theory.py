"""An initiative's theory of change as data: what is put in, what is done, what it should lead to, and how far.

The shape below is what is kept as JSON, in versions. What measures an item is said elsewhere, by whoever has the figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Level(StrEnum):
    """From what is put in to what comes of it in the end."""

    RESOURCE = "resource"
    ACTIVITY = "activity"
    PERFORMANCE = "performance"
    RESULT = "result"
    SHORT_TERM = "short_term"
    LONG_TERM = "long_term"


LEVEL_NAMES = {
    Level.RESOURCE: phrase("Resurser"),
    Level.ACTIVITY: phrase("Aktiviteter"),
    Level.PERFORMANCE: phrase("Prestationer"),
    Level.RESULT: phrase("Resultat"),
    Level.SHORT_TERM: phrase("Effekter på kort sikt"),
    Level.LONG_TERM: phrase("Effekter på lång sikt"),
}


class TargetKind(StrEnum):
    """How far it should go: so many, such a share, that it is there at all, or only which way."""

    COUNT = "count"
    SHARE = "share"
    DONE = "done"
    MORE = "more"
    LESS = "less"
    NONE = "none"


TARGET_NAMES = {
    TargetKind.COUNT: phrase("ett antal"),
    TargetKind.SHARE: phrase("en andel i procent"),
    TargetKind.DONE: phrase("ska finnas"),
    TargetKind.MORE: phrase("ska öka"),
    TargetKind.LESS: phrase("ska minska"),
    TargetKind.NONE: phrase("inget mål"),
}

NO_ITEMS = Reason("theory_empty", phrase("Förändringsteorin är tom."), phrase("Skriv minst en rad."))
CODE_TWICE = Reason(
    "theory_code_twice", phrase("Två rader har samma kortnamn: {code}."), phrase("Ge dem olika kortnamn.")
)
LEADS_NOWHERE = Reason(
    "theory_leads_nowhere",
    phrase("{code} leder till {to}, som inte finns eller inte står längre fram."),
    phrase("En rad leder till något på en senare nivå."),
)
TARGET_WITHOUT_NUMBER = Reason(
    "theory_target_without_number",
    phrase("Målet för {code} saknar ett rimligt tal."),
    phrase("Skriv ett antal över noll, eller en andel mellan 0 och 1."),
)
NO_REASON = Reason(
    "theory_without_reason",
    phrase("Det står inte varför förändringsteorin ändras."),
    phrase("Skriv en mening om varför. Den står vid versionen."),
)
NOTHING_CHANGED = Reason(
    "theory_nothing_changed", phrase("Ingenting är ändrat."), phrase("Ändra något, eller gå tillbaka utan att spara.")
)
DECIDED_AHEAD = Reason(
    "theory_decided_ahead", phrase("{day} har inte varit än."), phrase("Skriv dagen då beslutet togs.")
)
DECIDED_BEFORE_LAST = Reason(
    "theory_decided_before_last",
    phrase("Version {version} beslutades {latest}, så en senare version kan inte vara beslutad {day}."),
    phrase("Skriv samma dag eller en senare."),
)
CHANGED_MEANWHILE = Reason(
    "theory_changed_meanwhile",
    phrase("{who} beslutade version {version} efter att du öppnade sidan."),
    phrase("Jämför med delarna som gäller nu. Det du skrev står kvar. Spara igen om det ska gälla i stället."),
)
UNREADABLE = Reason("theory_unreadable", phrase("Förändringsteorin går inte att läsa: {what}."))
_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the theory. `leads_to`: codes of items further on. `target`: a count of people or a share."""

    code: str
    level: Level
    text: str
    target_kind: TargetKind = TargetKind.NONE
    target: float | None = None
    leads_to: tuple[str, ...] = ()
    source: str = ""


class Change(StrEnum):
    """What has become of an item between two versions."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


CHANGE_NAMES = {
    Change.NEW: phrase("Ny"),
    Change.GONE: phrase("Borttagen"),
    Change.CHANGED: phrase("Ändrad"),
}


def compare(old: Sequence[Item], new: Sequence[Item]) -> tuple[tuple[Change, Item], ...]:
    """What differs: those that are new or changed as they are now, in their order, then those that are gone."""
    before, after = {one.code: one for one in old}, {one.code for one in new}
    found = [(Change.CHANGED if one.code in before else Change.NEW, one) for one in new if before.get(one.code) != one]
    return (*found, *((Change.GONE, one) for one in old if one.code not in after))


def why_not_then(decided: date, *, latest: date | None, today: date) -> Reason | None:
    """None when a version can have been decided on a day, the version before on another (None: there is none)."""
    if decided > today:
        return DECIDED_AHEAD
    return DECIDED_BEFORE_LAST if latest is not None and decided < latest else None


def why_not(items: Sequence[Item]) -> Refused | None:
    """What is wrong with a theory; None when nothing is."""
    if not items:
        return Refused(NO_ITEMS)
    known = {one.code: one for one in items}
    if len(known) < len(items):
        codes = [one.code for one in items]
        return Refused(CODE_TWICE, code=next(code for code in codes if codes.count(code) > 1))
    for one in items:
        for to in one.leads_to:
            if to not in known or _ORDER.index(known[to].level) <= _ORDER.index(one.level):
                return Refused(LEADS_NOWHERE, code=one.code, to=to)
        most = {TargetKind.COUNT: float("inf"), TargetKind.SHARE: 1.0}.get(one.target_kind)
        if most is not None and not (one.target is not None and 0 < one.target <= most):
            return Refused(TARGET_WITHOUT_NUMBER, code=one.code)
    return None


def as_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    """As it is kept."""
    return [{**asdict(one), "level": one.level.value, "target_kind": one.target_kind.value} for one in items]


def from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """As it was kept. Raises Refused when it cannot be read."""
    try:
        return tuple(
            Item(
                **{
                    **one,
                    "level": Level(one["level"]),
                    "target_kind": TargetKind(one["target_kind"]),
                    "leads_to": tuple(one["leads_to"]),
                }
            )
            for one in stored
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Refused(UNREADABLE, what=fault) from None
