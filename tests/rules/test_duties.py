"""Rules of duties: states, what may happen when, reminders, and the yearly cycle as the decisions tell it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.initiatives.rules import duties, year_wheel
from samkraft.initiatives.rules.duties import DutyEventKind, DutyState, ReminderStep

TODAY = date(2024, 3, 1)
DONE, REOPENED, MOVED, REMINDED, WITHDRAWN, RESTORED = DutyEventKind
dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("due", "kinds", "expected"),
    [
        (TODAY - timedelta(days=1), [], DutyState.LATE),
        (TODAY, [], DutyState.SOON),
        (TODAY + timedelta(days=30), [], DutyState.SOON),
        (TODAY + timedelta(days=31), [], DutyState.LATER),
        (TODAY - timedelta(days=400), [DONE], DutyState.DONE),
        (TODAY - timedelta(days=1), [DONE, REOPENED], DutyState.LATE),
        (TODAY - timedelta(days=1), [DONE, REOPENED, DONE], DutyState.DONE),
        (TODAY - timedelta(days=1), [REMINDED, MOVED], DutyState.LATE),
        (TODAY - timedelta(days=1), [DONE, REMINDED], DutyState.DONE),
        (TODAY - timedelta(days=1), [WITHDRAWN], DutyState.WITHDRAWN),
        (TODAY + timedelta(days=1), [DONE, REOPENED, WITHDRAWN, MOVED], DutyState.WITHDRAWN),
        (TODAY - timedelta(days=1), [WITHDRAWN, RESTORED], DutyState.LATE),
    ],
)
def test_the_state_follows_from_the_date_and_the_events(due: date, kinds: list[str], expected: DutyState) -> None:
    assert duties.state_of(due, kinds, TODAY) is expected


@pytest.mark.parametrize("kind", list(DutyEventKind))
@pytest.mark.parametrize("state", list(DutyState))
def test_an_open_duty_may_all_but_be_opened_and_a_withdrawn_one_nothing(kind: DutyEventKind, state: DutyState) -> None:
    if state is DutyState.WITHDRAWN:
        expected = None if kind is RESTORED else duties.IS_WITHDRAWN
    elif kind is RESTORED:
        expected = duties.NOT_WITHDRAWN
    elif state is DutyState.DONE:
        expected = None if kind is REOPENED else duties.ALREADY_DONE
    else:
        expected = duties.NOT_DONE if kind is REOPENED else None
    assert duties.why_not(kind, state) is expected


@pytest.mark.parametrize(
    ("new", "reason", "expected"),
    [
        (TODAY + timedelta(days=9), "Nämnden flyttade sitt möte", None),
        (TODAY, "I dag går bra", None),
        (TODAY + timedelta(days=9), "  ", duties.NO_REASON),
        (TODAY + timedelta(days=5), "Samma dag", duties.SAME_DATE),
        (TODAY - timedelta(days=1), "I går", duties.MOVE_TO_PAST),
    ],
)
def test_a_date_moves_forward_and_with_a_reason(new: date, reason: str, expected: object) -> None:
    assert duties.why_not_move(DutyState.SOON, TODAY + timedelta(days=5), new, TODAY, reason) is expected


def test_a_done_duty_is_not_moved() -> None:
    refused = duties.why_not_move(DutyState.DONE, TODAY, TODAY + timedelta(days=9), TODAY, "Varför inte")
    assert refused is duties.ALREADY_DONE


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (15, None),
        (14, ReminderStep.TWO_WEEKS),
        (4, ReminderStep.TWO_WEEKS),
        (3, ReminderStep.THREE_DAYS),
        (0, ReminderStep.THREE_DAYS),
        (-1, ReminderStep.LATE),
        (-900, ReminderStep.LATE),
    ],
)
def test_only_the_nearest_reminder_is_called_for(left: int, expected: ReminderStep | None) -> None:
    assert duties.reminder_step(TODAY + timedelta(days=left), TODAY) is expected


@given(due=dates, today=dates)
def test_a_duty_is_late_exactly_when_its_late_reminder_is_called_for(due: date, today: date) -> None:
    assert (duties.state_of(due, [], today) is DutyState.LATE) == (
        duties.reminder_step(due, today) is ReminderStep.LATE
    )


def _of(year: int, step: str) -> dict[str, year_wheel.PlannedDuty]:
    return {
        duty.body: duty
        for duty in year_wheel.of_money_year(year)
        if duty.source_key.startswith(f"arshjul:{year}:{step}:")
    }


def test_the_council_sets_the_sum_in_november_before_the_year() -> None:
    assert _of(2025, "budget")["kf"].due_date == date(2024, 11, 30)
    assert _of(2025, "budget")["kf"].due_words == "november året före"


def test_each_committee_decides_its_budget_in_january_and_reports_the_winter_after() -> None:
    assert {duty.due_date for duty in _of(2025, "namndbudget").values()} == {date(2025, 1, 31)}
    assert {body: duty.due_date for body, duty in _of(2025, "arsanalys").items()} == dict.fromkeys(
        ("asn", "gvn", "fsn", "ks"), date(2026, 2, 28)
    )
    assert not any(duty.binding for duty in _of(2025, "arsanalys").values())


def test_the_old_set_up_binds_committees_to_the_annual_accounts_and_grantees_to_may() -> None:
    assert set(_of(2023, "bokslut")) == {"asn", "gvn", "fsn"}
    assert all(duty.binding for duty in _of(2023, "bokslut").values())
    assert {body: duty.due_date for body, duty in _of(2023, "bidrag").items()} == {
        "redi": date(2024, 5, 31),
        "level": date(2024, 5, 31),
    }


def test_what_a_decision_itself_asks_for_is_said_to_come_with_it() -> None:
    assert all(duty.brought_by_decision for duty in _of(2023, "bidrag").values())
    brought = {body for body, duty in _of(2024, "arsanalys").items() if duty.brought_by_decision}
    assert brought == {"asn", "gvn", "fsn"}
    assert not any(duty.brought_by_decision for duty in year_wheel.of_money_year(2025))


def test_a_report_in_a_leap_year_is_due_on_the_last_of_february() -> None:
    assert year_wheel.STEPS[6].due_date(2027) == date(2028, 2, 29)


@pytest.mark.parametrize("year", range(year_wheel.FIRST_YEAR, year_wheel.LAST_YEAR + 1))
def test_no_two_duties_of_a_year_share_a_key(year: int) -> None:
    planned = year_wheel.of_money_year(year)
    assert planned
    assert len({duty.source_key for duty in planned}) == len(planned)


@pytest.mark.parametrize("year", [2022, 2027])
def test_a_year_that_nothing_is_decided_for_is_refused(year: int) -> None:
    assert year_wheel.why_not_plan(year) is year_wheel.NOTHING_TO_PLAN
    assert year_wheel.of_money_year(year) == ()
