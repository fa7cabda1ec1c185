"""The caseload board: what each row needs today, which chips it answers to, and in which order rows stand.

A row is what one area may know of one enrolment (`overviews`). It stores days; everything that depends on today is
worked out here, in one pass, so that the board, its counts, its export and the inbox can never say different things.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from samkraft.people.rules import naming
from samkraft.people.rules.consents import REMIND_DAYS_BEFORE
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase

# Where nobody has set a day, a week without an answer is late.
LATE_AFTER_DAYS = 7
PROGRAMME_DAYS_BEFORE = 30


class Row(NamedTuple):
    """One enrolment as the reader's area may know it; the names are those of the overview."""

    person_id: UUID
    enrolment_id: UUID
    initiative_id: UUID
    team_id: UUID | None
    name: str
    sort_key: str
    lead_membership_id: UUID | None
    lead_name: str
    lead_area_id: UUID | None
    phase: int | None
    phase_since: date | None
    started_on: date | None
    next_step: str
    next_step_from: date | None
    due_date: date | None
    waits_who: str
    waits_area_id: UUID | None
    waits_role: str
    waits_name: str
    waits_what: str
    waiting_since: date | None
    last_contact_on: date | None
    has_plan: bool
    programme_ends_on: date | None
    meetings: Sequence[datetime]
    time_report_through: str
    paused_from: date | None
    paused_until: date | None
    exited_on: date | None
    consent_ends_on: date | None
    prolonged_until: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """What an initiative's own data says about time: the limit, the phases that count to it, and each phase's guide."""

    limit_days: int | None = None
    counts: frozenset[int] = frozenset()
    guide_days: Mapping[int, int | None] = field(default_factory=dict)
    monthly_time_report: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is asked about, in Sweden, whose area asks, and each initiative's way."""

    today: date
    area_id: UUID
    ways: Mapping[UUID, Way] = field(default_factory=dict)
    last_month: str = field(init=False)  # the latest month whose time report should be in

    def __post_init__(self) -> None:
        object.__setattr__(self, "last_month", (self.today.replace(day=1) - timedelta(days=1)).isoformat()[:7])


US, PARTICIPANT, NO_PLAN, MEETING_TODAY, OVER_LIMIT, CONSENT_ENDS, NO_TIME_REPORT, PROGRAMME_ENDS, LATE, PAUSED = (
    1 << place for place in range(10)
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter: its word in the address, its bit, its label and its shape."""

    code: str
    bit: int
    label: str
    shape: str


CHIPS = (
    Chip("oss", US, phrase("Väntar på oss"), "needs"),
    Chip("deltagaren", PARTICIPANT, phrase("Väntar på deltagaren"), "needs"),
    Chip("forsenat", LATE, phrase("Försenat"), "overdue"),
    Chip("utan-plan", NO_PLAN, phrase("Saknar plan"), "needs"),
    Chip("mote-i-dag", MEETING_TODAY, phrase("Möte i dag"), "ok"),
    Chip("over-gransen", OVER_LIMIT, phrase("Över tidsgränsen"), "overdue"),
    Chip("samtycke", CONSENT_ENDS, phrase("Samtycke går ut"), "needs"),
    Chip("tidrapport", NO_TIME_REPORT, phrase("Tidrapport saknas"), "needs"),
    Chip("program", PROGRAMME_ENDS, phrase("Programbeslut går ut"), "needs"),
    Chip("pausad", PAUSED, phrase("Pausad"), "closed"),
)
SIX_MONTHS = phrase("Över sex månader")
BIT_OF = {chip.code: chip.bit for chip in CHIPS}


class Line(NamedTuple):
    """A row as it stands today. `day` of `guide`: None where the initiative says nothing or nothing is known."""

    row: Row
    bits: int
    waited: int | None
    day: int | None
    guide: int | None


def asked_by(ways: Iterable[Way]) -> int:
    """The bits that some of these ways ask for: where nobody has a limit, nobody is over it."""
    every, found = sum(chip.bit for chip in CHIPS), list(ways)
    if not any(way.limit_days is not None for way in found):
        every &= ~OVER_LIMIT
    if not any(way.monthly_time_report for way in found):
        every &= ~NO_TIME_REPORT
    return every


def lines(rows: Iterable[Row], day: Day) -> list[Line]:
    """Each row with its bits, in the order that it came."""
    ways = {
        key.int: way for key, way in day.ways.items()
    }  # each row's key is an object of its own, and slow to compare
    return [_line(row, day, ways.get(row.initiative_id.int, _NO_WAY)) for row in rows]


def line(row: Row, day: Day) -> Line:
    """One row with what it needs today."""
    return lines([row], day)[0]


def _line(row: Row, day: Day, way: Way) -> Line:
    today = day.today
    number, guide = day_of(row, way, today)
    paused = row.paused_from is not None and row.paused_from <= today and not _is_past(row.paused_until, today)
    waited = None if row.waiting_since is None else max((today - row.waiting_since).days, 0)
    bits = PAUSED if paused else 0
    if row.waits_who == "participant":
        bits |= PARTICIPANT
    elif row.waits_who and row.waits_area_id == day.area_id:
        bits |= US
    if not row.has_plan:
        bits |= NO_PLAN
    for starts_at in row.meetings:
        if day_in_stockholm(starts_at) == today:
            bits |= MEETING_TODAY
    if way.limit_days is not None and row.phase in way.counts and number is not None and number > way.limit_days:
        bits |= 0 if row.prolonged_until is not None and today <= row.prolonged_until else OVER_LIMIT
    if row.consent_ends_on is not None and 0 <= (row.consent_ends_on - today).days <= REMIND_DAYS_BEFORE:
        bits |= CONSENT_ENDS
    if way.monthly_time_report and not paused and lacks_report(row, day.last_month):
        bits |= NO_TIME_REPORT
    if row.programme_ends_on is not None and (row.programme_ends_on - today).days <= PROGRAMME_DAYS_BEFORE:
        bits |= PROGRAMME_ENDS
    if not paused and _is_late(row, today, waited):
        bits |= LATE
    return Line(row, bits, waited, number, guide)


_NO_WAY = Way()


def day_of(row: Row, way: Way, today: date) -> tuple[int | None, int | None]:
    """Which day it is for the person, and of how many.

    Where the initiative has a limit: days since enrolment in the phases that count, without the latest pause, of the
    limit. Elsewhere: days in the phase, of the phase's guide time.
    """
    if way.limit_days is None:
        guide = way.guide_days.get(row.phase) if row.phase is not None else None
        return _days(row, row.phase_since, today), guide
    until = today
    if row.phase is not None and row.phase not in way.counts and row.phase_since is not None:
        until = min(row.phase_since - timedelta(days=1), today)
    return _days(row, row.started_on, until), way.limit_days


def _days(row: Row, since: date | None, until: date) -> int | None:
    """Days from the first to the last, both counted, without the latest pause."""
    if since is None or since > until:
        return None
    days = (until - since).days + 1
    if row.paused_from is not None:
        first, beyond = max(row.paused_from, since), until + timedelta(days=1)
        last = beyond if row.paused_until is None else min(row.paused_until, beyond)
        days -= max((last - first).days, 0)
    return max(days, 0)


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _is_late(row: Row, today: date, waited: int | None) -> bool:
    if row.due_date is not None:
        return row.due_date < today
    return waited is not None and waited > LATE_AFTER_DAYS


def lacks_report(row: Row, month: str) -> bool:
    """Nothing handed in for last month, by somebody who took part in some of it."""
    if row.time_report_through >= month or row.started_on is None:
        return False
    return row.started_on.isoformat()[:7] <= month


def chosen_bits(codes: Iterable[str]) -> int:
    """All the bits of the chips that are on; words that are no chips are left out."""
    bits = 0
    for code in codes:
        bits |= BIT_OF.get(code, 0)
    return bits


WHICH = ("mina", "utskrivna")


def as_query(codes: Iterable[str], which: str, sort: str) -> str:
    """The choice as an address's query, in one fixed way: chips, whose list, order. Empty when nothing is chosen."""
    bits = chosen_bits(codes)
    kept = {
        "visa": ",".join(chip.code for chip in CHIPS if chip.bit & bits),
        "vilka": which if which in WHICH else "",
        "ordning": sort if sort.removeprefix("-") in SORTS else "",
    }
    return "&".join(f"{key}={value}" for key, value in kept.items() if value)


def narrowed(found: Iterable[Line], bits: int, words: Sequence[str] = ()) -> list[Line]:
    """Those that answer to every chip that is on, and whose name has a word that begins as each typed word does."""
    kept = [one for one in found if one.bits & bits == bits]
    return [one for one in kept if _is_named(one.row, words)] if words else kept


def _is_named(row: Row, words: Sequence[str]) -> bool:
    own = naming.words(row.name)
    return all(any(word.startswith(typed) for word in own) for typed in words)


def counts(found: Sequence[Line], bits: int) -> dict[str, int]:
    """For each chip: its own total when it is on; else how many are left if it is added to those that are on."""
    left = [one.bits for one in found if one.bits & bits == bits]
    every = [one.bits for one in found]
    return {chip.code: sum(1 for one in (every if bits & chip.bit else left) if one & chip.bit) for chip in CHIPS}


# By the word in the address. What is not known stands last in whichever direction.
SORTS: dict[str, Callable[[Line], object]] = {
    "namn": lambda one: one.row.sort_key or None,
    "fas": lambda one: one.row.phase,
    "dag": lambda one: one.day,
    "steg": lambda one: one.row.next_step_from or one.row.due_date,
    "vantat": lambda one: one.waited,
    "kontakt": lambda one: one.row.last_contact_on,
    "ledare": lambda one: one.row.lead_name or None,
}


def in_order(found: Iterable[Line], sort: str = "") -> list[Line]:
    """Late first, then longest waiting, then by name; or by one column, `-` first for the largest first."""
    value = SORTS.get(sort.removeprefix("-"))
    if value is None:
        return sorted(found, key=_by_need)
    by_name = sorted(found, key=lambda one: (one.row.sort_key, one.row.enrolment_id.int))
    known = [one for one in by_name if value(one) is not None]
    unknown = [one for one in by_name if value(one) is None]
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown  # type: ignore[arg-type]  # one column is of one kind


def _by_need(one: Line) -> tuple[bool, int, str, int]:
    return (
        not one.bits & LATE,
        -(-1 if one.waited is None else one.waited),
        one.row.sort_key,
        one.row.enrolment_id.int,
    )
