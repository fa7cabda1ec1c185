"""What `samkraft doctor` looks at. Start in `installation` (what surrounds us), then `database` (what guards the data)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands with one thing."""

    FINE = "fine"
    NOTE = "note"  # good to know; nothing to do now
    MISSING = "missing"  # something does not work
    UNSAFE = "unsafe"  # something that is promised is not kept


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it stands, and what to do."""

    what: str
    state: State
    said: str
    way_out: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in {State.MISSING, State.UNSAFE}


Check = Callable[[], Iterable[Finding]]


def fine(what: str, said: str) -> Finding:
    """Nothing to do."""
    return Finding(what, State.FINE, said)


def note(what: str, said: str, way_out: str = "") -> Finding:
    """Good to know."""
    return Finding(what, State.NOTE, said, way_out)


def missing(what: str, said: str, way_out: str) -> Finding:
    """Does not work."""
    return Finding(what, State.MISSING, said, way_out)


def unsafe(what: str, said: str, way_out: str) -> Finding:
    """A promise is broken."""
    return Finding(what, State.UNSAFE, said, way_out)
