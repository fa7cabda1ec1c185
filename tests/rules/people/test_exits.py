"""Exit: outcome, a promise within so many days, back in place when it is not kept, follow-ups by the calendar."""

from datetime import date, timedelta
from typing import Any

import pytest

from samkraft.people.rules import contents, exits
from samkraft.people.rules.contents.choices import FollowUpState
from tests.rules.people.cases import Case

STARTED, LEFT = date(2026, 1, 12), date(2026, 6, 30)


def said(**more: Any) -> exits.Exit:
    return contents.read("exit", {"outcome": "work", "left_on": LEFT.isoformat(), **more})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, None),
        ({"outcome": "moved"}, None),
        ({"left_on": STARTED}, None),
        ({"left_on": STARTED - timedelta(days=1)}, "exit_before_entry"),
        ({"promised_start": LEFT}, None),
        ({"promised_start": LEFT + timedelta(days=90)}, None),
        ({"promised_start": LEFT + timedelta(days=91)}, "exit_promise_too_far"),
        ({"promised_start": LEFT - timedelta(days=1)}, "exit_promise_before_exit"),
        ({"promised_start": LEFT + timedelta(days=9), "outcome": "studies"}, None),
        ({"promised_start": LEFT + timedelta(days=9), "outcome": "moved"}, "exit_promise_without_work"),
    ],
)
def test_who_may_leave_and_how(content: dict[str, Any], expected: str | None) -> None:
    found = exits.why_not_exit(said(**content), started_on=STARTED, exited_on=None, promise_days=90)
    assert (found and found[0].code) == expected
    if found:
        assert (found[0].text + found[0].way_out).format(**found[1])


def test_nobody_leaves_twice_and_an_initiative_without_promises_lets_none_wait() -> None:
    twice = exits.why_not_exit(said(), started_on=STARTED, exited_on=LEFT, promise_days=90)
    assert twice
    assert twice[0] is exits.EXITED_ALREADY
    late = said(promised_start=LEFT + timedelta(days=1))
    assert exits.why_not_exit(late, started_on=STARTED, exited_on=None, promise_days=None)[0] is exits.PROMISE_TOO_FAR


def test_a_promise_is_looked_at_from_its_day_and_only_once() -> None:
    case = Case()
    start = LEFT + timedelta(days=30)
    assert exits.why_not_look(exits.left(case.held), start) == (exits.NOT_EXITED, {})
    case.add("exit", {"outcome": "work", "left_on": LEFT.isoformat(), "promised_start": start.isoformat()}, name="exit")
    found = exits.left(case.held)
    assert exits.why_not_look(found, start - timedelta(days=1))[0] is exits.NOT_DUE_YET
    assert exits.why_not_look(found, start) is None
    assert (found.is_to_look_at(start - timedelta(days=1)), found.is_to_look_at(start)) == (False, True)
    kept = {"outcome": "work", "left_on": LEFT.isoformat(), "promised_start": start.isoformat(), "promise_kept": True}
    case.add("exit", kept, name="exit")
    assert exits.why_not_look(exits.left(case.held), start)[0] is exits.LOOKED_ALREADY
    assert not exits.left(case.held).is_to_look_at(start)


def test_who_did_not_begin_is_back_in_place_without_a_new_referral() -> None:
    case = Case()
    start = LEFT + timedelta(days=30)
    case.add("exit", {"outcome": "work", "left_on": LEFT.isoformat(), "promised_start": start.isoformat()}, name="exit")
    assert exits.left(case.held).content.left_on == LEFT
    broken = {
        "outcome": "work",
        "left_on": LEFT.isoformat(),
        "promised_start": start.isoformat(),
        "promise_kept": False,
    }
    case.add("exit", broken, name="exit")
    assert exits.left(case.held) is None
    assert exits.last_exit(case.held).content.promise_kept is False
    case.add("exit", {"outcome": "studies", "left_on": "2026-10-01"})
    assert exits.left(case.held).content.outcome == "studies"


def test_an_exit_without_a_promise_has_nothing_to_look_at() -> None:
    case = Case()
    case.add("exit", {"outcome": "moved", "left_on": LEFT.isoformat()})
    assert exits.why_not_look(exits.left(case.held), LEFT) == (exits.NO_PROMISE, {})


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 8, 15), 6, date(2027, 2, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 1, 1), 11, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert exits.months_after(day, months) == expected


def test_follow_ups_count_from_the_start_of_the_work_when_it_is_promised() -> None:
    plain = exits.follow_ups_of(said(), (1, 3, 6))
    assert [(one.months, one.due_date) for one in plain] == [
        (1, date(2026, 7, 30)), (3, date(2026, 9, 30)), (6, date(2026, 12, 30)),
    ]  # fmt: skip
    assert {one.state for one in plain} == {FollowUpState.DUE}
    promised = exits.follow_ups_of(said(promised_start=date(2026, 8, 15)), (6, 1, 1))
    assert [(one.months, one.due_date) for one in promised] == [(1, date(2026, 9, 15)), (6, date(2027, 2, 15))]


def test_a_follow_up_may_be_answered_by_another_area_and_is_late_until_it_is() -> None:
    case = Case()
    planned = case.add("follow_up", {"months": 1, "due_date": "2026-07-30", "state": "due"})
    (found,) = exits.follow_ups(case.held)
    assert (found.is_late(date(2026, 7, 30)), found.is_late(date(2026, 7, 31))) == (False, True)
    answer = {"months": 1, "due_date": "2026-07-30", "state": "done", "situation": "work", "done_on": "2026-08-02"}
    case.add("follow_up", {**answer, "answers": str(planned)})
    (found,) = exits.follow_ups(case.held)
    assert (found.state, found.is_late(date(2026, 9, 1))) == (FollowUpState.DONE, False)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"state": "done", "situation": "work", "done_on": "2026-07-30"}, None),
        ({"state": "done", "situation": "work", "done_on": "2026-07-23"}, None),
        ({"state": "done", "situation": "work", "done_on": "2026-07-22"}, "follow_up_not_yet"),
        ({"state": "done", "situation": "work", "done_on": "2026-07-15", "months": 3}, "follow_up_not_yet"),
        ({"state": "done", "situation": "work", "done_on": "2026-07-16", "months": 3}, None),
        ({"state": "not_reached"}, None),
        ({"state": "not_reached", "months": 6}, "follow_up_not_yet"),
        ({"state": "done", "done_on": "2026-07-30"}, "follow_up_without_situation"),
        ({"state": "done", "situation": "work", "done_on": "2026-06-29"}, "follow_up_before_exit"),
    ],
)
def test_a_follow_up_is_after_the_exit_and_says_what_the_person_does(
    more: dict[str, Any], expected: str | None
) -> None:
    content = contents.read("follow_up", {"months": 1, "due_date": "2026-07-30", **more})
    today = date(2026, 7, 15 if content.months == 6 else 30)
    found = exits.why_not_follow_up(content, LEFT, today)
    assert (found and found[0].code) == expected
    if found:
        assert (found[0].text + found[0].way_out).format(**found[1])
