"""What the codes of the offer are called on the pages."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.rules import activities as rules
from samkraft.people.rules.places import place_states
from samkraft.people.rules.places.place_states import State
from samkraft.values.wording import phrase
from samkraft.web import days

SHAPES = {
    State.WAITING: "closed",
    State.OFFERED: "needs",
    State.CONDITIONAL: "needs",
    State.DECIDED_UNANSWERED: "needs",
    State.GIVEN: "ok",
    State.ONGOING: "ok",
    State.ENDED: "closed",
    State.LEFT: "closed",
}


def of(names: object, code: str) -> str:
    """The name of a code in the reader's language; the code itself when it has none."""
    return _(str(dict(names).get(code, code))) if code else ""  # type: ignore[call-overload]  # a mapping of codes


def listed(names: object, codes: Iterable[str]) -> str:
    """The names of several codes, with commas."""
    return ", ".join(of(names, code) for code in codes)


def choices(names: object, *, empty: str = "") -> list[tuple[str, str]]:
    """For a form's choice field."""
    found = [(str(code), _(str(name))) for code, name in dict(names).items()]  # type: ignore[call-overload]  # as above
    return [("", empty), *found] if empty else found


def state(value: State) -> str:
    """The state in words."""
    return _(place_states.STATE_NAMES[value])


def decider(code: str) -> str:
    """Who gives the place."""
    return of(rules.DECIDED_BY_NAMES, code)


def when(instant: datetime) -> str:
    """Day and time in Sweden."""
    return days.moment(instant)


def until(instant: datetime) -> str:
    """The last day that one has, when it ends at midnight; else day and time."""
    there = timezone.localtime(instant)
    if there.hour or there.minute:
        return days.moment(instant)
    return days.dated(there.date() - timedelta(days=1))


WEEKDAYS = (
    phrase("måndagar"), phrase("tisdagar"), phrase("onsdagar"), phrase("torsdagar"), phrase("fredagar"), phrase("lördagar"),
    phrase("söndagar"),
)  # fmt: skip


def weekdays(numbers: Iterable[int]) -> str:
    """Days of the week in words; 1 is Monday."""
    return ", ".join(_(WEEKDAYS[number - 1]) for number in sorted(numbers))
