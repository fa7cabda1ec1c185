"""What is due, when, and whether it is late. A duty's state is derived from its date and its events, never stored."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from samkraft.values.wording import phrase


class DutyEventKind(StrEnum):
    """What can happen to a duty."""

    DONE = "done"
    REOPENED = "reopened"
    MOVED = "moved"
    REMINDED = "reminded"


class DutyState(StrEnum):
    """Derived: done, late, due within a month, or later."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    LATER = "later"


LABELS = {
    DutyState.DONE: phrase("klar"),
    DutyState.LATE: phrase("försenad"),
    DutyState.SOON: phrase("snart"),
    DutyState.LATER: phrase("senare"),
}

SOON_DAYS = 30


def state_of(due_date: date, kinds: Iterable[str], today: date) -> DutyState:
    """The state on a day, from the date and the kinds of its events in order of time."""
    done = False
    for kind in kinds:
        if kind == DutyEventKind.DONE:
            done = True
        elif kind == DutyEventKind.REOPENED:
            done = False
    if done:
        return DutyState.DONE
    if due_date < today:
        return DutyState.LATE
    return DutyState.SOON if (due_date - today).days <= SOON_DAYS else DutyState.LATER
