"""When somebody under 18 may work: one row for each limit, on the last minute that is allowed and the first that is not."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection

from samkraft.offer.rules import summer_rounds, working_time
from samkraft.offer.rules.working_time import Group, Shift, Worker
from samkraft.values.period import STOCKHOLM, Period

CHILD = Worker(date(2011, 8, 1), False)  # 14 in June 2026
FIFTEEN = Worker(date(2010, 9, 1), False)
YOUTH = Worker(date(2010, 3, 1), True)  # 16, has finished grade 9
ADULT = Worker(date(2008, 1, 1), True)
MONDAY = date(2026, 6, 29)


def shift(start: str, end: str, *, pause: int = 30, day: date = MONDAY) -> Shift:
    first, last = (
        datetime.combine(day, time.fromisoformat(text.replace(".", ":")), STOCKHOLM) for text in (start, end)
    )
    return Shift(first, last, pause)


@pytest.mark.parametrize(
    ("worker", "one", "code"),
    [
        (FIFTEEN, shift("13.00", "20.00"), None),
        (FIFTEEN, shift("13.30", "20.30"), working_time.OUTSIDE_THE_DAY.code),
        (FIFTEEN, shift("05.59", "12.00"), working_time.OUTSIDE_THE_DAY.code),
        (FIFTEEN, shift("06.00", "13.30"), None),
        (FIFTEEN, shift("06.00", "13.31"), working_time.TOO_LONG_A_DAY.code),
        (YOUTH, shift("14.00", "22.00"), None),
        (YOUTH, shift("15.00", "23.00"), None),  # seven to eleven is the other choice
        (YOUTH, shift("06.30", "22.30", pause=480), working_time.OUTSIDE_THE_DAY.code),
        (YOUTH, shift("15.30", "23.01"), working_time.OUTSIDE_THE_DAY.code),
        (YOUTH, shift("08.00", "16.30"), None),
        (YOUTH, shift("08.00", "16.31"), working_time.TOO_LONG_A_DAY.code),
        (YOUTH, shift("08.00", "12.30", pause=0), None),
        (YOUTH, shift("08.00", "12.31", pause=0), working_time.NO_BREAK.code),
        (ADULT, shift("02.00", "23.00", pause=0), None),
        (Worker(date(2014, 1, 1), False), shift("09.00", "10.00"), working_time.TOO_YOUNG_TO_WORK.code),
        (Worker(FIFTEEN.born, False, 60, 300), shift("06.00", "13.00"), working_time.TOO_LONG_A_DAY.code),
    ],
)  # fmt: skip
def test_hours_of_one_day(worker: Worker, one: Shift, code: str | None) -> None:
    found = working_time.why_not_at(worker, one)
    assert (found[0].code if found else None) == code
    if found:
        assert found[0].text.format(**found[1])
        assert "föreskrifter" in found[0].way_out.format(**found[1]) or not found[1]


def _week(start: str, end: str, days: int) -> list[Shift]:
    return [shift(start, end, day=MONDAY + timedelta(days=number)) for number in range(days)]


@pytest.mark.parametrize(
    ("worker", "shifts", "code"),
    [
        (FIFTEEN, _week("08.00", "15.30", 5), None),
        (FIFTEEN, _week("08.00", "14.00", 6), working_time.NO_WEEKLY_REST.code),
        (Worker(FIFTEEN.born, False, 0, 120), _week("08.00", "15.30", 5), working_time.TOO_LONG_A_WEEK.code),
        (YOUTH, _week("08.00", "16.30", 5), None),
        (Worker(YOUTH.born, True, 0, 10), _week("08.00", "16.30", 5), working_time.TOO_LONG_A_WEEK.code),
        (FIFTEEN, [shift("14.00", "20.00"), shift("09.59", "12.00", day=MONDAY + timedelta(days=1))],
         working_time.TOO_SHORT_A_NIGHT.code),
        (FIFTEEN, [shift("14.00", "20.00"), shift("10.00", "12.00", day=MONDAY + timedelta(days=1))], None),
        (YOUTH, [shift("15.00", "22.00"), shift("09.59", "12.00", day=MONDAY + timedelta(days=1))],
         working_time.TOO_SHORT_A_NIGHT.code),
    ],
)  # fmt: skip
def test_hours_of_a_week(worker: Worker, shifts: list[Shift], code: str | None) -> None:
    found = working_time.why_not_planned(worker, shifts)
    assert (found[0].code if found else None) == code


def test_which_group_somebody_is_in_follows_age_school_and_the_year() -> None:
    assert working_time.group_of(CHILD, MONDAY) is Group.CHILD
    assert working_time.group_of(Worker(date(2010, 12, 31), True), MONDAY) is Group.YOUTH
    assert working_time.group_of(Worker(date(2010, 12, 31), False), MONDAY) is Group.CHILD
    assert working_time.group_of(Worker(date(2011, 1, 1), True), MONDAY) is Group.CHILD
    assert working_time.group_of(Worker(date(2008, 6, 29), True), MONDAY) is None
    assert working_time.group_of(Worker(date(2008, 6, 30), True), MONDAY) is Group.YOUTH


def test_rules_are_dated_and_no_day_since_they_began_is_without() -> None:
    for group in Group:
        rows = sorted(
            (rule for rule in working_time.RULES if rule.group is group), key=lambda one: one.valid.start_date
        )
        assert rows[-1].valid.end_date is None
        assert [one.valid.end_date for one in rows[:-1]] == [one.valid.start_date for one in rows[1:]]
    with pytest.raises(LookupError):
        working_time.rule_for(Worker(date(1995, 1, 1), True), date(2011, 7, 1))


def test_a_forbidden_task_stops_the_place_and_names_it() -> None:
    found = working_time.why_not_tasks(YOUTH, MONDAY, {"garden", "alcohol"})
    assert found is not None
    assert "Servera alkohol" in found[0].text.format(**found[1])
    assert working_time.why_not_tasks(ADULT, MONDAY, {"alcohol"}) is None
    assert working_time.why_not_tasks(FIFTEEN, MONDAY, {"till"}) is not None
    assert working_time.why_not_tasks(YOUTH, MONDAY, {"till"}) is None


def test_hours_over_a_clock_that_is_put_forward_or_back_are_those_that_passed() -> None:
    forward = Shift(datetime(2026, 3, 29, 1, 0, tzinfo=STOCKHOLM), datetime(2026, 3, 29, 4, 0, tzinfo=STOCKHOLM))
    back = Shift(datetime(2026, 10, 25, 1, 0, tzinfo=STOCKHOLM), datetime(2026, 10, 25, 4, 0, tzinfo=STOCKHOLM))
    assert (forward.minutes, back.minutes) == (120, 240)


def test_whole_weeks_are_as_in_the_calendar() -> None:
    assert summer_rounds.weeks(2026, 25, 28) == Period(date(2026, 6, 15), date(2026, 7, 13))
    assert summer_rounds.weeks(2020, 53, 53) == Period(date(2020, 12, 28), date(2021, 1, 4))
    assert summer_rounds.weeks(2026, 54, 54) is None
    assert summer_rounds.weeks(2026, 30, 28) is None
    assert summer_rounds.is_free_day(date(2026, 6, 19))
    assert not summer_rounds.is_free_day(date(2026, 6, 26))


@pytest.mark.django_db
def test_the_rows_of_the_database_are_those_of_the_rules() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT "group", lower(valid), upper(valid), source, earliest, latest, or_earliest, or_latest, day_minutes, '
            "week_minutes, night_rest_minutes, week_rest_minutes, free_days, break_after_minutes, break_minutes, "
            "forbidden_tasks FROM offer_workingtimerule"
        )
        found = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
    assert found == {
        (rule.group.value, rule.valid.start_date): (
            rule.valid.end_date, rule.source, *rule.windows[0], *(rule.windows[1] if len(rule.windows) > 1 else (None, None)),
            rule.day_minutes, rule.week_minutes, rule.night_rest_minutes, rule.week_rest_minutes, rule.free_days,
            rule.break_after_minutes, rule.break_minutes, sorted(rule.forbidden_tasks),
        )
        for rule in working_time.RULES
    }  # fmt: skip
