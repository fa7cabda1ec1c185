"""When and how long somebody under 18 may work, and with what not: dated data with its source, and the questions to it.

Two groups, as the rules have them. A *child* has turned 13 but is not a youth; a *youth* has finished compulsory school and
turns at least 16 in the calendar year. From 18 the ordinary working-hours act holds, which is the employer's to keep.
Hours at other jobs are added. The rows are the Work Environment Authority's provisions, school holidays of at least a week.
"""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from samkraft.values.period import STOCKHOLM, Period, day_in_stockholm
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Group(StrEnum):
    """Whose hours the rules are about."""

    CHILD = "child"
    YOUTH = "youth"


TASK_NAMES = {
    "cleaning": phrase("Lättare städning"),
    "office": phrase("Lättare kontorsarbete"),
    "garden": phrase("Lättare trädgårdsarbete"),
    "leading": phrase("Leda aktiviteter tillsammans med vuxna"),
    "kitchen": phrase("Hjälpa till i kök och servering"),
    "care": phrase("Sällskap och aktiviteter i omsorgen"),
    "own_company": phrase("Driva eget företag med coach"),
    "till": phrase("Ansvara för kassa"),
    "alone": phrase("Arbeta ensam"),
    "machines": phrase("Maskiner som kan klämma eller skära"),
    "heavy": phrase("Tunga lyft"),
    "chemicals": phrase("Farliga kemikalier"),
    "alcohol": phrase("Servera alkohol"),
    "violence": phrase("Risk för hot och våld"),
}
_NEVER = frozenset({"machines", "heavy", "chemicals", "alcohol", "violence", "alone"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One group's limits in a time. Minutes; times of day in Stockholm. `windows` are the alternatives for the day."""

    group: Group
    valid: Period
    source: str
    windows: tuple[tuple[time, time], ...]
    day_minutes: int
    week_minutes: int
    night_rest_minutes: int
    week_rest_minutes: int
    free_days: int
    break_after_minutes: int
    break_minutes: int
    forbidden_tasks: frozenset[str]


_BEFORE = Period(date(2013, 2, 1), date(2025, 1, 1))
_SINCE = Period(date(2025, 1, 1))
_OLD = "Arbetsmiljöverkets föreskrifter AFS 2012:3 om minderårigas arbetsmiljö"
_NEW = "Arbetsmiljöverkets föreskrifter om minderåriga i den samling som gäller från 2025 (tidigare AFS 2012:3)"


def _rows(valid: Period, source: str) -> tuple[Rule, ...]:
    child = ((time(6), time(20)),)
    youth = ((time(6), time(22)), (time(7), time(23)))
    return (
        Rule(
            Group.CHILD, valid, source, child, 7 * 60, 35 * 60, 14 * 60, 36 * 60, 2, 270, 30, _NEVER | {"till", "care"}
        ),
        Rule(Group.YOUTH, valid, source, youth, 8 * 60, 40 * 60, 12 * 60, 36 * 60, 2, 270, 30, _NEVER),
    )


RULES: tuple[Rule, ...] = (*_rows(_BEFORE, _OLD), *_rows(_SINCE, _NEW))

TOO_YOUNG_TO_WORK = Reason(
    "working_time_too_young",
    phrase("Den som inte har fyllt 13 år får inte arbeta."),
    phrase("Välj en annan sommar."),
)
OUTSIDE_THE_DAY = Reason(
    "working_time_outside_the_day",
    phrase("{start}–{end} går inte. I den här åldern får arbetet ligga {windows}."),
    phrase("Välj andra tider. Källa: {source}."),
)
TOO_LONG_A_DAY = Reason(
    "working_time_too_long_a_day",
    phrase("{day} blir {planned}. I den här åldern får en dag vara högst {allowed}, med andra jobb inräknade."),
    phrase("Korta dagen. Källa: {source}."),
)
TOO_LONG_A_WEEK = Reason(
    "working_time_too_long_a_week",
    phrase(
        "Vecka {week} blir {planned}. I den här åldern får en vecka vara högst {allowed}, med andra jobb inräknade."
    ),
    phrase("Ta bort eller korta en dag. Källa: {source}."),
)
TOO_SHORT_A_NIGHT = Reason(
    "working_time_too_short_a_night",
    phrase("Mellan {first} och {second} blir det {planned} ledigt. Det ska vara minst {allowed}."),
    phrase("Börja senare, eller sluta tidigare dagen innan. Källa: {source}."),
)
NO_WEEKLY_REST = Reason(
    "working_time_no_weekly_rest",
    phrase("Vecka {week} har inte två lediga dagar med minst 36 timmar i sträck."),
    phrase("Ta bort en dag. Källa: {source}."),
)
NO_BREAK = Reason(
    "working_time_no_break",
    phrase("{day} saknar rast. Efter fyra och en halv timme ska det vara minst {allowed} rast."),
    phrase("Lägg in en rast. Källa: {source}."),
)
FORBIDDEN_TASK = Reason(
    "working_time_forbidden_task",
    phrase("På arbetsplatsen ingår ”{task}”. Det får man inte göra i den här åldern."),
    phrase("Välj en annan plats. Källa: {source}."),
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Whose hours are planned: born, whether compulsory school is finished, and minutes at other jobs."""

    born: date
    has_finished_school: bool
    other_day_minutes: int = 0
    other_week_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours from one instant to another, less the break."""

    start: datetime
    end: datetime
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of work. Instants are subtracted, so a clock that is put forward or back changes nothing."""
        return round(minutes_between(self.start, self.end)) - self.break_minutes

    @property
    def day(self) -> date:
        """The day in Sweden on which it begins."""
        return day_in_stockholm(self.start)


Breach = tuple[Reason, dict[str, object]]


def minutes_between(first: datetime, second: datetime) -> float:
    """Minutes that pass from one instant to another. Times of one zone would be subtracted as the clock on the wall shows."""
    return (second.astimezone(UTC) - first.astimezone(UTC)).total_seconds() / 60


def age_on(born: date, day: date) -> int:
    """Whole years. Born on 29 February counts as 28 in a year without one: the year is full the day before 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: date, day: date) -> bool:
    """Whether somebody has not turned 18 on the day."""
    return age_on(born, day) < 18


def group_of(worker: Worker, day: date) -> Group | None:
    """Which rules hold on a day; None for an adult."""
    if not is_minor(worker.born, day):
        return None
    is_youth = worker.has_finished_school and day.year - worker.born.year >= 16
    return Group.YOUTH if is_youth else Group.CHILD


def rule_for(worker: Worker, day: date, rules: Sequence[Rule] = RULES) -> Rule | None:
    """The row that holds for somebody on a day; None for an adult. Raises LookupError when no row is dated so."""
    group = group_of(worker, day)
    if group is None:
        return None
    found = next((rule for rule in rules if rule.group is group and day in rule.valid), None)
    if found is None:
        raise LookupError(f"no working-time rule for {group.value} on {day}")
    return found


def why_not_at(worker: Worker, shift: Shift, rules: Sequence[Rule] = RULES) -> Breach | None:
    """None when these hours by themselves are allowed: the age, the time of day, the day's length and the break."""
    if age_on(worker.born, shift.day) < 13:
        return TOO_YOUNG_TO_WORK, {}
    rule = rule_for(worker, shift.day, rules)
    if rule is None:
        return None
    start, end = shift.start.astimezone(STOCKHOLM), shift.end.astimezone(STOCKHOLM)
    fits = end.date() == start.date() and any(
        first <= start.time() and end.time() <= last for first, last in rule.windows
    )
    if not fits:
        return OUTSIDE_THE_DAY, {
            "start": _clock(start.time()), "end": _clock(end.time()), "windows": in_words(rule), "source": rule.source,
        }  # fmt: skip
    if shift.minutes + worker.other_day_minutes > rule.day_minutes:
        return TOO_LONG_A_DAY, {
            "day": shift.day.isoformat(), "planned": hours(shift.minutes + worker.other_day_minutes),
            "allowed": hours(rule.day_minutes), "source": rule.source,
        }  # fmt: skip
    if shift.minutes > rule.break_after_minutes and shift.break_minutes < rule.break_minutes:
        return NO_BREAK, {
            "day": shift.day.isoformat(), "allowed": hours(rule.break_minutes), "source": rule.source,
        }  # fmt: skip
    return None


def why_not_planned(worker: Worker, shifts: Sequence[Shift], rules: Sequence[Rule] = RULES) -> Breach | None:
    """None when the hours can all be planned: each by itself, the nights between them, and each week."""
    ordered = sorted(shifts, key=lambda one: one.start)
    for shift in ordered:
        if found := why_not_at(worker, shift, rules):
            return found
    return _why_not_nights(worker, ordered, rules) or _why_not_weeks(worker, ordered, rules)


def why_not_tasks(worker: Worker, day: date, tasks: Collection[str], rules: Sequence[Rule] = RULES) -> Breach | None:
    """None when all the workplace's tasks are allowed at that age."""
    rule = rule_for(worker, day, rules)
    wrong = sorted(set(tasks) & rule.forbidden_tasks) if rule else []
    return (FORBIDDEN_TASK, {"task": TASK_NAMES[wrong[0]], "source": rule.source}) if wrong and rule else None


def _why_not_nights(worker: Worker, ordered: Sequence[Shift], rules: Sequence[Rule]) -> Breach | None:
    for before, after in itertools.pairwise(ordered):
        rule = rule_for(worker, before.day, rules)
        rest = round(minutes_between(before.end, after.start))
        if rule and before.day != after.day and rest < rule.night_rest_minutes:
            return TOO_SHORT_A_NIGHT, {
                "first": before.day.isoformat(), "second": after.day.isoformat(), "planned": hours(rest),
                "allowed": hours(rule.night_rest_minutes), "source": rule.source,
            }  # fmt: skip
    return None


def _why_not_weeks(worker: Worker, ordered: Sequence[Shift], rules: Sequence[Rule]) -> Breach | None:
    by_week: dict[tuple[int, int], list[Shift]] = {}
    for shift in ordered:
        calendar = shift.day.isocalendar()
        by_week.setdefault((calendar.year, calendar.week), []).append(shift)
    for (year, week), mine in by_week.items():
        rule = rule_for(worker, mine[0].day, rules)
        if rule is None:
            continue
        planned = sum(one.minutes for one in mine) + worker.other_week_minutes
        if planned > rule.week_minutes:
            return TOO_LONG_A_WEEK, {
                "week": week, "planned": hours(planned), "allowed": hours(rule.week_minutes), "source": rule.source,
            }  # fmt: skip
        if not _has_rest(mine, year, week, rule):
            return NO_WEEKLY_REST, {"week": week, "source": rule.source}
    return None


def _has_rest(mine: Sequence[Shift], year: int, week: int, rule: Rule) -> bool:
    monday = datetime.combine(date.fromisocalendar(year, week, 1), time(), STOCKHOLM)
    sunday = datetime.combine(date.fromisocalendar(year, week, 1) + timedelta(days=7), time(), STOCKHOLM)
    marks = [monday, *(mark for one in mine for mark in (one.start, one.end)), sunday]
    longest = max(minutes_between(earlier, later) for earlier, later in zip(marks[::2], marks[1::2], strict=True))
    return 7 - len({one.day for one in mine}) >= rule.free_days and longest >= rule.week_rest_minutes


def in_words(rule: Rule) -> str:
    """The hours of the day as people say them: 06.00–20.00."""
    return " / ".join(f"{_clock(first)}–{_clock(last)}" for first, last in rule.windows)


def hours(minutes: int) -> str:
    """7 tim 30 min, as a detail in a sentence."""
    whole, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{whole} tim" if whole or not rest else "", f"{rest} min" if rest else "") if part
    )


def _clock(moment: time) -> str:
    return f"{moment:%H.%M}"
