"""A month of time reports: who should have handed in, what is left before it can be closed, and what has changed since.

A month is closed as it stood. A correction is a closing more of the same month, with its reason; after it the receiver wants
every later month once more, in order of time. All of it follows from rows; nothing here is stored as a state.
"""

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules.held import Held
from samkraft.people.rules.months import month_reasons
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class State(StrEnum):
    """Where somebody's month stands."""

    MISSING = "missing"
    TOO_LITTLE = "too_little"  # a report that asks for a talk; it counts as it is
    UNATTESTED = "unattested"
    DONE = "done"
    PAUSED = "paused"  # away the whole month: no report is asked for


STATE_NAMES = {
    State.MISSING: phrase("rapport saknas"),
    State.TOO_LITTLE: phrase("under gränsen"),
    State.UNATTESTED: phrase("inte attesterad"),
    State.DONE: phrase("klar"),
    State.PAUSED: phrase("paus hela månaden"),
}
# What has to be dealt with before the month can be closed without a reason.
LEFT = frozenset({State.MISSING, State.UNATTESTED})


@dataclass(frozen=True, slots=True)
class Report:
    """A time report as it stands: hours, how it came, who took it in, and who attested just that."""

    hours: int
    how: str
    version: UUID
    by_membership_id: UUID | None
    by_name: str
    written_at: datetime
    attested_by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One enrolment in one month, as the reader's area knows it. `attended` is hours at sessions; None: had none."""

    person_id: UUID
    enrolment_id: UUID
    name: str
    sort_key: str
    team_id: UUID | None
    lead_membership_id: UUID | None
    lead_name: str
    started_on: date
    ended_on: date | None
    paused_from: date | None
    paused_until: date | None
    report: Report | None
    attended: float | None = None
    unnoted: int = 0
    is_protected: bool = False

    def days(self, month: str) -> int:
        """Days of the month on which the person took part, without the pause."""
        first, last = span(month)
        low, high = max(first, self.started_on), min(last, self.ended_on or last)
        if low > high:
            return 0
        found = (high - low).days + 1
        if self.paused_from is not None:
            beyond = high + timedelta(days=1)
            away_from, away_to = max(self.paused_from, low), min(self.paused_until or beyond, beyond)
            found -= max((away_to - away_from).days, 0)
        return max(found, 0)

    def weekly(self, month: str) -> float | None:
        """Hours in a week over the days of taking part; None without a report or a day."""
        days = self.days(month)
        return None if self.report is None or not days else self.report.hours * 7 / days

    def state(self, month: str, least_weekly: int | None) -> State:
        """Where it stands. What is to be done comes before what is only to be talked about."""
        if self.report is None:
            return State.MISSING if self.days(month) else State.PAUSED
        if not self.report.attested_by:
            return State.UNATTESTED
        return State.TOO_LITTLE if self.is_too_little(month, least_weekly) else State.DONE

    def is_too_little(self, month: str, least_weekly: int | None) -> bool:
        """Whether the hours fall under the initiative's least, counted over the days of taking part."""
        weekly = self.weekly(month)
        return least_weekly is not None and weekly is not None and weekly < least_weekly


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One row as a month was closed with. Days stand here only when they lie in the month."""

    person_id: UUID
    enrolment_id: UUID
    team_id: UUID | None
    started_on: date | None
    ended_on: date | None
    hours: int | None
    attested_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing of a month: the newest number holds."""

    id: UUID
    month: str
    number: int
    why: str
    closed_at: datetime
    closed_by: str


class Changed(StrEnum):
    """What became different after a month was closed."""

    HOURS = "hours"
    STARTED = "started"
    ENDED = "ended"
    ADDED = "added"
    GONE = "gone"


CHANGED_NAMES = {
    Changed.HOURS: phrase("Timmar"),
    Changed.STARTED: phrase("Startdag i månaden"),
    Changed.ENDED: phrase("Slutdag i månaden"),
    Changed.ADDED: phrase("Tillkom"),
    Changed.GONE: phrase("Utgår"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two states of a month: what, from what, to what. None: nothing stood there."""

    person_id: UUID
    enrolment_id: UUID
    what: Changed
    before: int | date | None
    after: int | date | None


def is_month(text: str) -> bool:
    """Whether it is written `2026-03`."""
    return len(text) == 7 and text[4] == "-" and text[:4].isdigit() and text[5:].isdigit() and 1 <= int(text[5:]) <= 12


def of_day(day: date) -> str:
    """The month that the day lies in."""
    return f"{day:%Y-%m}"


def span(month: str) -> tuple[date, date]:
    """The first and the last day."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def step(month: str, months: int) -> str:
    """So many months later, or earlier."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year:04}-{number + 1:02}"


def between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included; none when they stand the wrong way round."""
    found = []
    while first <= last:
        found.append(first)
        first = step(first, 1)
    return found


def report_of(reports: Iterable[Held], attests: Iterable[Held]) -> Report | None:
    """The report that holds among the newest versions of those for one enrolment and month: the one written last.

    An attest holds for the hours that it names, when it was written after them by somebody else.
    """
    newest = max(reports, key=lambda held: (held.written_at, held.id), default=None)
    if newest is None:
        return None
    hours = int(newest.content["hours"]) if "hours" in newest.content else 0
    by = [
        held
        for held in attests
        if int(held.content.get("hours", 0)) == hours
        and held.written_at >= newest.written_at
        and held.author_membership_id != newest.author_membership_id
    ]
    return Report(
        hours,
        str(newest.content.get("how", "")),
        newest.id,
        newest.author_membership_id,
        newest.author_name,
        newest.written_at,
        max(by, key=lambda held: held.written_at).author_name if by else "",
    )


def snapshot(line: Line, month: str, least_weekly: int | None) -> Snapshot:
    """The line as a month is closed with it."""
    first, last = span(month)
    state = line.state(month, least_weekly)
    return Snapshot(
        line.person_id,
        line.enrolment_id,
        line.team_id,
        line.started_on if first <= line.started_on <= last else None,
        line.ended_on if line.ended_on and first <= line.ended_on <= last else None,
        line.report.hours if line.report else None,
        line.report.attested_by if line.report else "",
        "" if state in (State.DONE, State.TOO_LITTLE) else state.value,
    )


def changes(before: Iterable[Snapshot], after: Iterable[Snapshot]) -> list[Change]:
    """What would be reported otherwise now, by enrolment. Who attested is no difference."""
    old = {row.enrolment_id: row for row in before}
    new = {row.enrolment_id: row for row in after}
    found = []
    for key in sorted(old.keys() | new.keys(), key=str):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            found.append(Change(now.person_id, key, Changed.ADDED, None, now.hours))
        elif now is None and was is not None:
            found.append(Change(was.person_id, key, Changed.GONE, was.hours, None))
        elif was is not None and now is not None:
            pairs: tuple[tuple[Changed, int | date | None, int | date | None], ...] = (
                (Changed.HOURS, was.hours, now.hours),
                (Changed.STARTED, was.started_on, now.started_on),
                (Changed.ENDED, was.ended_on, now.ended_on),
            )
            found += [Change(now.person_id, key, what, one, other) for what, one, other in pairs if one != other]
    return found


def digest(rows: Iterable[Snapshot]) -> str:
    """A fingerprint of what would be reported, the same in whatever order the rows come."""
    lines = sorted(f"{row.enrolment_id} {row.started_on} {row.ended_on} {row.hours}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def why_not_close(
    month: str, *, today: date, open_months: Sequence[str], newest: Closing | None, changed: bool, left: int, why: str
) -> Reason | None:
    """None when the month may be closed now. `open_months` are those that should be closed and are not."""
    if month >= of_day(today):
        return month_reasons.NOT_OVER
    if any(other < month for other in open_months):
        return month_reasons.EARLIER_OPEN
    if newest is not None and not changed:
        return month_reasons.CLOSED_ALREADY
    if newest is not None and not why.strip():
        return month_reasons.CORRECTED_WITHOUT_REASON
    if left and not why.strip():
        return month_reasons.LEFT_WITHOUT_REASON
    return None


def to_send(closings: Iterable[Closing], sent: Mapping[str, datetime]) -> list[str]:
    """The months whose file has to be made (again), in order: closed or corrected since it was, or an earlier one was.

    `sent` is when the newest file of each month was made.
    """
    moments: dict[str, datetime] = {}
    for one in closings:
        moments[one.month] = max(one.closed_at, moments.get(one.month, one.closed_at))
    found, latest = [], None
    for month in sorted(moments):
        latest = moments[month] if latest is None else max(latest, moments[month])
        if month not in sent or sent[month] < latest:
            found.append(month)
    return found


def summed(lines: Iterable[Line], month: str, least_weekly: int | None) -> dict[State, int]:
    """How many stand where."""
    found = dict.fromkeys(State, 0)
    for line in lines:
        found[line.state(month, least_weekly)] += 1
    return found
