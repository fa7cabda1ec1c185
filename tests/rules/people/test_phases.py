"""Phases: guide time and limit by the initiative's data, pauses, and time that another person grants."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.people.rules import phases
from samkraft.people.rules.contents.choices import PauseReason
from samkraft.people.rules.contents.persons import Pause
from samkraft.people.rules.phases import PhaseRule, Stretch
from tests.rules.people.cases import Case, named

RULES = (
    PhaseRule(1, "Kartläggning", 91, True),
    PhaseRule(2, "Kompetens", 91, True),
    PhaseRule(3, "Utmatchning", None, False),
)
START = date(2026, 1, 1)


def begun(*moves: tuple[int, date]) -> Case:
    case = Case()
    case.enrol(START)
    for number, since in moves:
        case.add("phase", {"number": number, "since": since.isoformat(), "reason": "Klar."})
    return case


def standing(case: Case, today: date, limit: int | None = 182) -> phases.Standing:
    return phases.standing(case.held, RULES, limit_days=limit, today=today)


def pause(case: Case, first: date, until: date | None, name: str = "") -> None:
    case.add(
        "pause",
        {"from_date": first.isoformat(), "until": until and until.isoformat(), "reason_kind": "illness"},
        name=name,
    )


def test_days_are_counted_with_the_first_and_today_over_the_phases_that_count() -> None:
    case = begun((1, START), (2, START + timedelta(days=100)))
    first = standing(case, START)
    assert (first.phase, first.days_in_phase, first.guide_left, first.counted_days) == (1, 1, 90, 1)
    assert (first.limit_date, first.days_left) == (START + timedelta(days=181), 181)
    later = standing(case, START + timedelta(days=149))
    assert (later.phase, later.days_in_phase, later.counted_days) == (2, 50, 150)
    assert (later.limit_date, later.days_left, later.is_over_limit) == (START + timedelta(days=181), 32, False)
    last = standing(case, START + timedelta(days=181))
    assert (last.days_left, last.is_over_limit) == (0, False)
    over = standing(case, START + timedelta(days=182))
    assert (over.days_left, over.is_over_limit) == (-1, True)


def test_the_guide_time_can_pass_while_the_limit_does_not() -> None:
    found = standing(begun((1, START)), START + timedelta(days=99))
    assert (found.guide_left, found.is_over_limit) == (-9, False)


def test_a_phase_that_does_not_count_has_no_limit() -> None:
    case = begun((1, START), (3, START + timedelta(days=10)))
    found = standing(case, START + timedelta(days=400))
    assert (found.limit_date, found.days_left, found.is_over_limit, found.guide_left) == (None, None, False, None)
    assert found.counted_days == 10


def test_an_initiative_without_a_limit_has_none() -> None:
    found = standing(begun((1, START)), START + timedelta(days=900), limit=None)
    assert (found.limit_date, found.days_left, found.is_over_limit) == (None, None, False)


def test_paused_days_do_not_count_and_move_the_limit() -> None:
    case = begun((1, START))
    pause(case, START + timedelta(days=10), START + timedelta(days=20))
    during = standing(case, START + timedelta(days=15))
    assert (during.is_paused, during.counted_days) == (True, 10)
    after = standing(case, START + timedelta(days=20))
    assert (after.is_paused, after.counted_days) == (False, 11)
    assert during.limit_date == after.limit_date == START + timedelta(days=191)


def test_a_pause_without_an_end_stops_the_count_for_as_long_as_it_lasts() -> None:
    case = begun((1, START))
    pause(case, START + timedelta(days=10), None, "pause")
    assert [standing(case, START + timedelta(days=day)).counted_days for day in (9, 10, 100)] == [10, 10, 10]
    assert standing(case, START + timedelta(days=100)).days_left == 172
    pause(case, START + timedelta(days=10), START + timedelta(days=50), "pause")
    assert standing(case, START + timedelta(days=59)).counted_days == 20


@given(
    st.lists(st.tuples(st.integers(0, 250), st.integers(1, 60)), max_size=4),
    st.integers(0, 90),
    st.integers(1, 300),
)
def test_days_left_is_what_a_calendar_says(spans: list[tuple[int, int]], second: int, limit: int) -> None:
    """Counted one day at a time, as on paper."""
    case = begun((1, START), (2, START + timedelta(days=second + 1)))
    off = set()
    for first, length in spans:
        pause(case, START + timedelta(days=first), START + timedelta(days=first + length))
        off.update(START + timedelta(days=first + offset) for offset in range(length))
    day, left = START - timedelta(days=1), limit
    while left:
        day += timedelta(days=1)
        left -= day not in off
    for passed in (0, 40, 333):
        found = standing(case, START + timedelta(days=passed), limit)
        assert found.limit_date == day
        counted = sum(START + timedelta(days=one) not in off for one in range(passed + 1))
        assert found.counted_days == counted


def prolonged(case: Case, state: str, until: date, **more: object) -> None:
    said = {"until": until.isoformat(), "state": state, "asked_by": str(named("a")), "reason": "Praktiken.", **more}
    case.add("prolongation", said)


def test_time_that_was_granted_moves_the_limit_and_time_that_was_only_asked_for_does_not() -> None:
    case = begun((1, START))
    until = START + timedelta(days=250)
    prolonged(case, "asked", until)
    asked = case.held[-1].lineage
    assert standing(case, START).limit_date == START + timedelta(days=181)
    assert [one.is_open for one in phases.prolongations(case.held)] == [True]
    prolonged(case, "granted", until, answers=str(asked), decided_by=str(named("b")))
    assert [one.is_open for one in phases.prolongations(case.held)] == [False]
    assert standing(case, START).limit_date == until
    earlier = begun((1, START))
    prolonged(earlier, "granted", START + timedelta(days=100))
    assert standing(earlier, START).limit_date == START + timedelta(days=181), "never shorter than the limit itself"


def test_of_two_phases_begun_on_the_same_day_the_last_written_holds() -> None:
    assert phases.stretches(begun((1, START), (2, START)).held) == [Stretch(2, START, None)]
    gone = phases.stretches(begun((1, START)).held, exited_on=START + timedelta(days=4))
    assert gone == [Stretch(1, START, START + timedelta(days=5))], "the last day belongs to it"


@pytest.mark.parametrize(
    ("number", "since", "reason", "expected"),
    [
        (2, 10, "Klar.", None),
        (2, 5, "Klar.", None),
        (2, 10, " ", phases.NO_REASON),
        (1, 10, "Klar.", phases.SAME_PHASE),
        (4, 10, "Klar.", phases.NO_SUCH_PHASE),
        (2, 4, "Klar.", phases.BEFORE_LAST_MOVE),
        (2, -1, "Klar.", phases.BEFORE_START),
    ],
)
def test_a_phase_begins_after_the_one_before_and_with_a_reason(
    number: int, since: int, reason: str, expected: object
) -> None:
    now = Stretch(1, START + timedelta(days=5), None)
    day = START + timedelta(days=since)
    assert phases.why_not_move(number, day, reason, rules=RULES, now=now, started_on=START) is expected


def test_the_first_phase_needs_no_reason() -> None:
    assert phases.why_not_move(1, START, "", rules=RULES, now=None, started_on=START) is None


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (0, 10, None), (20, 30, None), (20, None, None), (0, 11, phases.PAUSED_ALREADY), (19, 30, phases.PAUSED_ALREADY),
        (0, None, phases.PAUSED_ALREADY), (12, 13, phases.PAUSED_ALREADY), (-1, 5, phases.BEFORE_START),
    ],
)  # fmt: skip
def test_two_pauses_share_no_day(first: int, until: int | None, expected: object) -> None:
    def made(first: int, until: int | None) -> Pause:
        last = None if until is None else START + timedelta(days=until)
        return Pause(from_date=START + timedelta(days=first), until=last, reason_kind=PauseReason.OTHER)

    assert phases.why_not_pause(made(first, until), [made(10, 20)], START) is expected


def test_more_time_is_asked_for_once_and_only_where_there_is_a_limit() -> None:
    limit = START + timedelta(days=181)
    case = begun((1, START))
    assert phases.why_not_prolong(limit + timedelta(days=1), [], limit) is None
    assert phases.why_not_prolong(limit, [], limit) is phases.NOT_LONGER
    assert phases.why_not_prolong(limit, [], None) is phases.NO_LIMIT
    prolonged(case, "asked", START + timedelta(days=250))
    waiting = phases.prolongations(case.held)
    assert phases.why_not_prolong(limit + timedelta(days=1), waiting, limit) is phases.ASKED_ALREADY
