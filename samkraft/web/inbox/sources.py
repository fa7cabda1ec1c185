"""Where the inbox gets its rows: one source for each part of the product.

To add one: write a module beside this with `items` and `number`, and put a line in SOURCES. `number` is asked on every
page, for the figure in the bar, so it must be one cheap count of what `items` would give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.audit.queries.statements import Rows
from samkraft.people.queries import inboxes
from samkraft.people.rules.boards import Line
from samkraft.values.context import Context
from samkraft.web.inbox import contradictions, duties, employers, errands, grants, people, places, reports, steering
from samkraft.web.inbox.item import Item


@dataclass(frozen=True, slots=True)
class Source:
    """A part's two functions, both from who reads and which day it is."""

    items: Callable[[Context, date], list[Item]]
    number: Callable[[Context, date], int]


def registered() -> tuple[Source, ...]:
    """All sources."""
    return tuple(
        Source(part.items, part.number)
        for part in (people, duties, steering, employers, contradictions, reports, grants, errands, places)
    )


def items(by: Context, today: date) -> list[Item]:
    """Everything that waits: late first, longest ago; then by date; then what has no date, longest waiting first, and
    what can wait last."""
    found = [item for source in registered() for item in source.items(by, today)]
    return sorted(found, key=_order)


def _order(item: Item) -> tuple[date, bool, date, str]:
    return (item.due_date or date.max, item.can_wait, item.since_date or date.max, item.what)


def number(by: Context, today: date, *, caseload: Sequence[Line] | None = None, asked: Rows | None = None) -> int:
    """How many there are. A page that has read the reader's whole caseload gives it, so that it is not read again."""
    asked = people.asked(by, today) if asked is None else asked
    mine = errands.number(by, today) if asked is None else inboxes.errands_among(asked)
    met = employers.number(by, today) if asked is None else inboxes.employers_among(asked)
    rest = sum(part.number(by, today) for part in (duties, steering, contradictions, reports, grants, places))
    return rest + mine + met + people.number(by, today, among=caseload, asked=asked)
