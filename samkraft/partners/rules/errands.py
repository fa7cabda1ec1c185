"""What is asked for and done beside the pages: which states there are, what one is now, what it may be asked with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

FILE_LASTS = timedelta(hours=24)
KEPT = timedelta(days=30)
MOST_TRIES = 3  # as often as a computer may stop in the middle before somebody is told
_OPAQUE = re.compile(r"[0-9a-z_:.T+-]{0,64}")


class State(StrEnum):
    """What an errand is. `asked` is before any event, and again when somebody asks for it once more."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STALE = "stale"
    OPENED = "opened"
    PUT_AWAY = "put_away"


WAITS_FOR_THE_ASKER = (State.DONE, State.FAILED, State.STALE)
AT_WORK = (State.ASKED, State.RUNNING)

UNKNOWN = Reason(
    "errand_unknown",
    phrase("Det finns inget sådant ärende i bakgrunden."),
    phrase("Det kan ha tagits bort. Be om det igen."),
)
NOT_NOW = Reason("errand_not_now", phrase("Ärendet har gått vidare sedan du öppnade sidan."), phrase("Ladda om sidan."))
EXPIRED = Reason(
    "errand_file_expired", phrase("Filen finns inte kvar. Filer sparas i ett dygn."), phrase("Gör den igen.")
)
CHANGED = Reason(
    "errand_file_changed",
    phrase("Filen lämnas inte ut: ett samtycke, ett skydd eller din åtkomst har ändrats sedan den gjordes."),
    phrase("Gör den igen, så innehåller den det du får se nu."),
)
STOPPED = Reason(
    "errand_stopped", phrase("Datorn som gjorde arbetet stannade {times} gånger."), phrase("Kör igen om en stund.")
)
FAULT = Reason(
    "errand_fault",
    phrase("Något gick fel i programmet. Felet är antecknat med numret {number}."),
    phrase("Kör igen, eller säg till förvaltningen."),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made. `basis`: a digest of what the reader had to be allowed for it, empty when it needs nothing."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an errand: a page to open, a file to fetch, or both."""

    address: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as the fold reads it."""

    state: State
    at: datetime
    done: int = 0
    total: int = 0
    reason: str = ""
    address: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an errand is now. `tries` counts how often it was begun since it was last asked for."""

    state: State
    since: datetime
    done: int
    total: int
    reason: str
    address: str
    until: datetime | None
    tries: int

    @property
    def percent(self) -> int:
        """How much is done, 0 while nothing is known of how much there is."""
        return 100 * self.done // self.total if self.total else 0


def standing(asked_at: datetime, events: Sequence[Happened]) -> Standing:
    """Fold the events, in order. What was made stays known when it has been opened."""
    tries, begun, last = 0, False, Happened(State.ASKED, asked_at)
    address, until = "", None
    for one in events:
        if one.state is State.ASKED:
            tries, begun, address, until = 0, False, "", None
        elif one.state is State.RUNNING and not one.total and not one.done:
            tries += 1
            begun = True
        elif one.state is State.DONE:
            address, until = one.address, one.until
        last = one
    done, total = (last.done, last.total) if last.state is State.RUNNING and begun else (0, 0)
    return Standing(last.state, last.at, done, total, last.reason, address, until, tries)


def is_opaque(value: Any) -> bool:
    """Whether it tells nothing by itself: ids, codes, days, numbers, and lists of them. Words of people's do not pass."""
    if value is None or isinstance(value, bool | int):
        return True
    if isinstance(value, str):
        return _OPAQUE.fullmatch(value) is not None
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and is_opaque(key) and is_opaque(one) for key, one in value.items())
    return isinstance(value, list | tuple) and all(is_opaque(one) for one in value)
