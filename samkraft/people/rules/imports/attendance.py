"""Rows of a file as attendance: which session, whose code, and whether they were there. A provider knows people by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from samkraft.people.rules.imports import cells, faults
from samkraft.people.rules.imports.lines import Line, lines, say_repeated
from samkraft.people.rules.imports.shapes import Matched, plain
from samkraft.people.rules.imports.tables import Table
from samkraft.people.rules.places.place_states import Presence
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

_WORDS = {
    Presence.PRESENT: ("här", "närvarande", "närvaro", "var här", "ja", "n"),
    Presence.LATE: ("sen", "sen ankomst", "kom sent"),
    Presence.TOLD: (
        "borta, har hört av sig", "har hört av sig", "anmäld frånvaro", "anmält frånvaro", "giltig frånvaro",
        "frånvarande, anmält",
    ),
    Presence.ABSENT: ("borta", "frånvarande", "frånvaro", "ogiltig frånvaro", "uteblev", "nej"),
}  # fmt: skip
PRESENCE = {word: presence.value for presence, words in _WORDS.items() for word in words}
PRESENCE_NAMES = phrase("här, sen, har hört av sig eller borta")
NO_SESSION = Reason(
    "import_no_session", phrase("Ni har ingen sådan träff den dagen."), phrase("Jämför med Träffar: dag, tid och aktivitet.")
)  # fmt: skip
SEVERAL_SESSIONS = Reason(
    "import_several_sessions",
    phrase("Ni har flera träffar den dagen."),
    phrase("Fyll i aktivitet, tillfälle eller tid, så att det bara kan vara en."),
)
NO_CODE = Reason(
    "import_no_code",
    phrase("Ingen med den koden har en plats på träffen."),
    phrase("Jämför koden med listan för träffen."),
)


@dataclass(frozen=True, slots=True)
class Met:
    """A session of the provider's, as it can be named in a file."""

    id: UUID
    starts_at: datetime
    activity: str
    occasion: str


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """What a row says."""

    row: int
    session_id: UUID
    code: str
    presence: str


def days(table: Table, matched: Matched) -> tuple[date, date] | None:
    """The first and last day that the file names: between them the sessions are to be found."""
    said = [day for line in lines(table, matched) if (day := line.take("day", cells.day))]
    return (min(said), max(said)) if said else None


def read(table: Table, matched: Matched, met: Iterable[Met]) -> tuple[list[AttendanceLine], list[faults.Fault]]:
    """The rows that can be read, and all that is wrong with the others."""
    by_day: dict[date, list[Met]] = {}
    for one in met:
        by_day.setdefault(one.starts_at.astimezone(STOCKHOLM).date(), []).append(one)
    found = [(line, _one(line, by_day)) for line in lines(table, matched)]
    say_repeated(
        [(line, (made.session_id, made.code) if made else None) for line, made in found], "code", faults.SAME_THING
    )
    good = [made for line, made in found if made and not line.faults]
    return good, [fault for line, _made in found for fault in line.faults]


def _one(line: Line, by_day: dict[date, list[Met]]) -> AttendanceLine | None:
    day = line.take("day", cells.day, needed=True)
    clock = line.take("clock", cells.clock)
    code = line.text("code", needed=True).upper().replace(" ", "")
    presence = line.take("presence", lambda text: cells.choice(text, PRESENCE, PRESENCE_NAMES), needed=True)
    if line.faults or day is None or presence is None:
        return None
    meant = [one for one in by_day.get(day, []) if _is_meant(one, line, clock)]
    if len(meant) != 1:
        line.wrong("day", SEVERAL_SESSIONS if meant else NO_SESSION)
        return None
    return AttendanceLine(line.number, meant[0].id, code, presence)


def _is_meant(one: Met, line: Line, clock: time | None) -> bool:
    local = one.starts_at.astimezone(STOCKHOLM)
    if clock is not None and (local.hour, local.minute) != (clock.hour, clock.minute):
        return False
    named = ((line.values.get("activity"), one.activity), (line.values.get("occasion"), one.occasion))
    return all(not said or plain(said) == plain(known) for said, known in named)
