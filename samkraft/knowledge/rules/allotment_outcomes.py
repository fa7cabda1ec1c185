"""What a proposal of places does beside the queue's order alone: for each who waits, for waiting, and between the sexes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from samkraft.knowledge.rules.allotments import SEXES, Opening, collisions
from samkraft.people.rules.places.place_lines import InLine
from samkraft.people.rules.places.place_suggestions import Why

LONG_DAYS = 84  # twelve weeks
FEWEST_TO_TELL = 10  # of each sex, and half as many with and without a place
STEP_PERCENT = 10

Given = Mapping[int, UUID]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of giving the places. `median_days`: from joining to start, over those who get one. `left_long`: of those
    left without, how many will have waited more than twelve weeks. `mean_days`: over all, to start or to the last day."""

    placed: int
    median_days: int | None
    mean_days: int
    left: int
    left_long: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """How places fall between women and men. `percent`: women's places per head as a share of men's, rounded to tens.

    None where there are too few to tell it without telling about somebody.
    """

    share: float
    is_rule: bool
    is_kept: bool | None
    percent: int | None


def in_queue_order(rows: Sequence[InLine], openings: Sequence[Opening]) -> dict[int, UUID]:
    """What happens when each occasion is opened in turn and each place goes to the next in line who can take it.

    Rows in the queue's order. Whoever has something else at that time says no, and the next is asked.
    """
    collide = collisions(openings)
    by_id = {one.id: one for one in openings}
    found: dict[int, UUID] = {}
    has: dict[int, set[UUID]] = {}
    for one in sorted(openings, key=lambda each: (each.starts_on, str(each.id))):
        free = one.places
        for row in rows:
            if not free:
                break
            own = has.setdefault(row.person, set())
            if (
                one.id not in row.may_have
                or row.key in found
                or any(by_id[had].activity_id == row.activity_id for had in own)
            ):
                continue
            if any(frozenset((one.id, had)) in collide for had in own) or not _follows(row, one, found, by_id):
                continue
            found[row.key] = one.id
            own.add(one.id)
            free -= 1
    return found


def _follows(row: InLine, one: Opening, found: Given, by_id: Mapping[UUID, Opening]) -> bool:
    """Whether what comes before it by the plan has ended by then."""
    ends = [by_id[found[key]].ends_on if key in found else None for key in row.after]
    return all(end is not None and end < one.starts_on for end in ends)


def why(row: InLine, proposed: UUID | None, queued: UUID | None, starts: Mapping[UUID, date]) -> Why:
    """What the proposal does for one who waits, beside the queue's order."""
    if proposed is None:
        if queued is not None:
            return Why.GIVES_WAY
        return Why.NO_ROOM if row.may_have else Why.NOTHING_FITS
    if queued is None:
        return Why.GAINS
    if proposed == queued or starts[proposed] == starts[queued]:
        return Why.SAME
    return Why.EARLIER if starts[proposed] < starts[queued] else Why.LATER


def passes(rows: Sequence[InLine], openings: Sequence[Opening], proposed: Given) -> dict[int, int]:
    """Entry → how many stand before it in the line of its occasion, when all of the proposal is adopted, in order of start."""
    found: dict[int, int] = {}
    done: set[int] = set()
    held: set[tuple[int, UUID]] = set()
    for one in sorted(openings, key=lambda each: (each.starts_on, str(each.id))):
        for at, row in enumerate(rows):
            if proposed.get(row.key) != one.id:
                continue
            found[row.key] = sum(
                one.id in other.may_have and other.key not in done and (other.person, other.activity_id) not in held
                for other in rows[:at]
            )
            done.add(row.key)
            held.add((row.person, row.activity_id))
    return found


def way(rows: Sequence[InLine], found: Given, starts: Mapping[UUID, date], *, today: date, until: date) -> Way:
    """Count one way."""
    days = {
        row.key: row.waited + ((starts[found[row.key]] if row.key in found else until) - today).days for row in rows
    }
    begun = [days[key] for key in days if key in found]
    left = [days[key] for key in days if key not in found]
    return Way(
        len(begun), round(median(begun)) if begun else None, round(sum(days.values()) / len(days)) if days else 0, len(left),
        sum(one > LONG_DAYS for one in left),
    )  # fmt: skip


def still_waiting(
    rows: Sequence[InLine], found: Given, starts: Mapping[UUID, date], *, today: date, weeks: int
) -> list[int]:
    """How many of those who wait now have not begun, today and at the end of each week."""
    begins = [starts[one] for one in found.values()]
    return [len(rows) - sum(day <= today + timedelta(weeks=week) for day in begins) for week in range(weeks + 1)]


def fairness(rows: Sequence[InLine], found: Given, *, share: float, is_rule: bool, is_kept: bool | None) -> Fairness:
    """Between women and men among those who could have a place; told only where nobody can be told from it."""
    could = {sex: {row.person for row in rows if row.sex == sex and row.may_have} for sex in SEXES}
    has = {sex: {row.person for row in rows if row.sex == sex and row.key in found} for sex in SEXES}
    tells = all(
        len(could[sex]) >= FEWEST_TO_TELL
        and FEWEST_TO_TELL // 2 <= len(has[sex]) <= len(could[sex]) - FEWEST_TO_TELL // 2
        for sex in SEXES
    )
    woman, man = SEXES
    percent = None
    if tells:
        ratio = (len(has[woman]) / len(could[woman])) / (len(has[man]) / len(could[man]))
        percent = STEP_PERCENT * round(100 * ratio / STEP_PERCENT)
    return Fairness(share, is_rule, is_kept, percent)
