"""Figures about what is set up and made, not about people: teams with their staff, deliveries, versions, spreading.

Nothing here passes the disclosure door, since no participant can be found in it. Each figure is counted from rows that stand
open on pages, and `Thing` is one such row: what it is, whose, on which day, and whether it is counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.knowledge.rules import months
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension, Frame
from samkraft.people.rules.cohorts import as_number
from samkraft.values.period import Period

WHOLE = "all"
TEAMS, DELIVERIES, VERSIONS, SPREAD = "teams_staffed", "deliveries", "handbook_decided", "handbook_spread"
CODES = (TEAMS, DELIVERIES, VERSIONS, SPREAD)
Figures = dict[str, dict[str, Figure]]


@dataclass(frozen=True, slots=True)
class Thing:
    """One row behind a figure. key: what it is, as the page that shows it finds it; body: whose; day: what decides its month.

    counted: in the figure; a row that is not counted is one that it is held against, or one more of what is counted once.
    """

    key: str
    name: str
    body: UUID | None
    day: date | None
    counted: bool


@dataclass(frozen=True, slots=True)
class TeamHeld:
    """A team, when it is there, and each member's area with the member's time in it."""

    key: str
    name: str
    period: Period
    held: tuple[tuple[UUID, Period], ...]

    def areas(self, day: date) -> frozenset[UUID]:
        """The areas that have somebody in the team on a day."""
        return frozenset(area for area, period in self.held if day in period)


def teams(frame: Frame, found: Sequence[TeamHeld], sitting: Sequence[tuple[UUID, Period]], until: date) -> Figures:
    """Teams in which every area that is to sit has somebody, of the teams that are there: on the day and each month's end.

    By body: the teams in which that area has somebody. sitting: the areas that are to sit in teams, and when.
    """

    def on(day: date, *, area: UUID | None = None) -> Figure:
        there = [one for one in found if day in one.period]
        wanted = {area} if area else {one for one, period in sitting if day in period}
        return Figure(n=sum(bool(wanted) and wanted <= one.areas(day) for one in there), of=len(there))

    areas = sorted({str(area) for area, period in sitting if until in period})
    return {
        WHOLE: {WHOLE: on(until)},
        Dimension.BODY: {area: on(until, area=UUID(area)) for area in areas},
        Dimension.MONTH: {word: on(min(end, until)) for word, end in _ends(frame, until)},
    }


def team_rows(found: Sequence[TeamHeld], sitting: Sequence[tuple[UUID, Period]], until: date) -> list[Thing]:
    """The teams that are there on the day, each with whether all areas have somebody in it."""
    wanted = {one for one, period in sitting if until in period}
    return [
        Thing(one.key, one.name, None, one.period.start_date, bool(wanted) and wanted <= one.areas(until))
        for one in found
        if until in one.period
    ]


def figures(
    frame: Frame, rows: Sequence[Thing], until: date, *, splits: Sequence[Dimension], has_whole: bool
) -> Figures:
    """How many rows are counted, by body and by month. has_whole: the rows that are not counted are what it is held against."""
    told: Figures = {WHOLE: {WHOLE: _figure(rows, has_whole)}}
    if Dimension.BODY in splits:
        bodies = sorted({str(one.body) for one in rows if one.body})
        told[Dimension.BODY] = _by(rows, bodies, lambda one: str(one.body), has_whole)
    if Dimension.MONTH in splits:
        listed = [word for word, _end in _ends(frame, until)]
        told[Dimension.MONTH] = _by(rows, listed, lambda one: f"{one.day:%Y-%m}" if one.day else "", has_whole)
    return told


def first_of_each(rows: Iterable[tuple[str, str, UUID, date]]) -> list[Thing]:
    """Key, name, receiver and day, the earliest first: each receiver is counted the first time."""
    seen: set[UUID] = set()
    found = []
    for key, name, body, day in rows:
        found.append(Thing(key, name, body, day, body not in seen))
        seen.add(body)
    return found


def _by(rows: Sequence[Thing], listed: Sequence[str], of: Callable[[Thing], str], has_whole: bool) -> dict[str, Figure]:
    return {group: _figure([one for one in rows if of(one) == group], has_whole) for group in listed}


def _figure(rows: Sequence[Thing], has_whole: bool) -> Figure:
    return Figure(n=sum(one.counted for one in rows), of=len(rows) if has_whole else None)


def _ends(frame: Frame, until: date) -> list[tuple[str, date]]:
    """Every month that there is to tell of, with its last day."""
    last = int(months.index(as_number(until)))
    firsts = [(months.word(one), months.first_day(one + 1)) for one in range(frame.first_month, last + 1)]
    return [(word, after - timedelta(days=1)) for word, after in firsts]
