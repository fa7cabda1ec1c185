"""Places as rules: what the events add up to, whether places cover those who wait, what suits, and times by the clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from samkraft.offer.rules import coverage, matching, occasions, priorities, proposals
from samkraft.offer.rules.activities import LANGUAGES, REVEALS
from samkraft.offer.rules.coverage import Coming
from samkraft.offer.rules.matching import Candidate, Point, Wish
from samkraft.people.rules.categories import Category
from samkraft.people.rules.places import place_replays, place_states
from samkraft.people.rules.places.place_states import State
from samkraft.values.period import Period

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ("", None),
        ("joined", State.WAITING),
        ("joined offered", State.OFFERED),
        ("joined offered accepted", State.CONDITIONAL),
        ("joined offered decided", State.DECIDED_UNANSWERED),
        ("joined offered decided accepted", State.GIVEN),
        ("joined offered accepted decided started", State.ONGOING),
        ("joined offered accepted decided started ended", State.ENDED),
        ("joined offered accepted decided started start_undone", State.GIVEN),
        ("joined offered accepted decided started start_undone started", State.ONGOING),
        ("joined offered accepted decided started start_undone gave_up because", State.LEFT),
        ("joined offered accepted decided cancelled", State.WAITING),
        ("joined offered accepted decided cancelled offered accepted", State.CONDITIONAL),
        ("joined offered declined because", State.WAITING),
        ("joined offered declined because left", State.LEFT),
        ("joined passed put_before offered lapsed", State.WAITING),
        ("joined offered accepted gave_up because", State.LEFT),
        ("joined offered accepted refused", State.LEFT),
    ],
)
def test_what_has_happened_adds_up_to_a_state(events: str, state: State | None) -> None:
    assert place_states.fold(events.split()) is state


def test_a_start_that_is_kept_and_one_that_happened_are_held_against_each_other() -> None:
    begun = ["joined", "offered", "accepted", "decided", "started"]
    for kinds, has_begun, differs in (
        (begun, True, False), (begun, False, True), ([*begun, "start_undone"], False, False),
        ([*begun, "start_undone"], True, True),
    ):  # fmt: skip
        found = place_replays.why_state_differs(kinds, has_live_hold=True, has_left=False, has_begun=has_begun)
        assert found is differs, kinds


def test_what_a_place_tells_is_a_category_that_can_be_told_of() -> None:
    assert set(REVEALS) <= {one.value for one in Category}


@pytest.mark.parametrize(("before", "band"), [(0, 0), (4, 0), (5, 1), (14, 1), (15, 2), (39, 2), (40, 3), (900, 3)])
def test_the_participant_is_told_a_band_and_never_a_place(before: int, band: int) -> None:
    assert place_states.band(before) == place_states.BANDS[band]


@pytest.mark.parametrize(
    ("waiting", "coming", "short"),
    [
        (5, [], 5),
        (5, [Coming(TODAY + timedelta(days=7), 3, False)], 2),
        (5, [Coming(TODAY + timedelta(weeks=8), 9, False)], 5),
        (5, [Coming(TODAY - timedelta(days=90), 9, False)], 5),
        (5, [Coming(TODAY - timedelta(days=90), 9, True)], 0),
    ],
)
def test_places_that_come_too_late_or_have_begun_cover_nobody(waiting: int, coming: Any, short: int) -> None:
    assert coverage.short_of(waiting, coming, today=TODAY) == short


def _candidate(number: int, **said: Any) -> Candidate:
    given: dict[str, Any] = {
        "kind": "workplace", "hours": 20, "languages": ["sv"], "starts_on": TODAY + timedelta(days=30), "is_running": False,
        "accessible": [], "prerequisites": [], "district": "centrum", "free": 1, "waiting": 0,
    }  # fmt: skip
    return Candidate(UUID(int=number), UUID(int=99), **{**given, **said})


@pytest.mark.parametrize(
    ("wish", "said", "against"),
    [
        (Wish(kind="education"), {}, Point.KIND),
        (Wish(most_hours=10), {}, Point.HOURS),
        (Wish(languages=frozenset({"ar"})), {}, Point.LANGUAGE),
        (Wish(earliest=TODAY + timedelta(days=31)), {}, Point.START),
        (Wish(latest=TODAY + timedelta(days=29)), {}, Point.START),
        (Wish(weekdays=frozenset({1, 3})), {"weekdays": [1, 2]}, Point.TIMES),
        (Wish(minds_clashes=True), {"weekdays": [1], "clashes": 2}, Point.TIMES),
        (Wish(needs=frozenset({"step_free"})), {}, Point.ACCESS),
        (Wish(has=frozenset()), {"prerequisites": ["swedish_b"]}, Point.PREREQUISITES),
        (Wish(district="oxie", most_km=2), {}, Point.DISTANCE),
        (Wish(), {"free": 0}, Point.PLACES),
    ],
)
def test_each_no_has_its_reason_and_without_it_the_occasion_suits(
    wish: Wish, said: dict[str, Any], against: Point
) -> None:
    (verdict,) = matching.match(wish, [_candidate(1, **said)])
    assert verdict.against == (against,)
    assert verdict.suits is (against is Point.PLACES), "a wait is no reason not to queue"
    (fine,) = matching.match(Wish(), [_candidate(1)])
    assert fine.against == ()


def test_an_interpreter_makes_any_language_do_for_whoever_asks_for_one() -> None:
    wish = Wish(languages=frozenset({"ar"}), by_interpreter=True)
    with_one, without = matching.match(wish, [_candidate(1, accessible=["interpreter"]), _candidate(2)])
    assert (with_one.suits, without.against) == (True, (Point.LANGUAGE,))
    (alone,) = matching.match(Wish(languages=frozenset({"ar"})), [_candidate(1, accessible=["interpreter"])])
    assert alone.against == (Point.LANGUAGE,)


def test_what_suits_stands_first_then_what_is_free_then_the_shortest_wait() -> None:
    rows = [
        _candidate(1, hours=40),
        _candidate(2, free=0, median_wait=40),
        _candidate(3, free=0, median_wait=10),
        _candidate(4),
    ]
    found = matching.match(Wish(most_hours=20), rows)
    assert [one.candidate.occasion_id.int for one in found] == [4, 3, 2, 1]


def test_times_that_nobody_has_planned_speak_neither_for_nor_against() -> None:
    (verdict,) = matching.match(Wish(minds_clashes=True, weekdays=frozenset({1})), [_candidate(1)])
    assert Point.TIMES not in (*verdict.for_it, *verdict.against)


def test_every_code_of_a_language_fits_its_column() -> None:
    assert max(map(len, LANGUAGES)) <= 5


def test_a_running_intake_can_be_begun_later_than_its_first_day() -> None:
    (verdict,) = matching.match(Wish(earliest=TODAY + timedelta(days=200)), [_candidate(1, is_running=True)])
    assert Point.START in verdict.for_it


def test_an_hour_that_the_change_to_summer_time_jumps_over_is_no_time() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert occasions.at_clock(spring, time(2, 30)) is None
    begins = occasions.at_clock(spring, time(9))
    assert begins is not None
    assert begins.astimezone(UTC).hour == 7
    twice = occasions.at_clock(autumn, time(2, 30))
    assert twice is not None
    assert twice.astimezone(UTC).hour == 0, "the first of the two"


NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SPAN = Period(TODAY, TODAY + timedelta(days=60))


@pytest.mark.parametrize(
    ("starts", "hours", "code"),
    [
        (NOW - timedelta(hours=1), 2, "session_in_the_past"),
        (NOW + timedelta(days=1), 0, "session_ends_before"),
        (NOW + timedelta(days=1), 13, "session_ends_before"),
        (NOW + timedelta(days=90), 2, "session_outside"),
        (NOW + timedelta(days=10), 2, "occasion_closed"),
    ],
)
def test_a_session_lies_ahead_within_the_occasion_and_when_it_is_open(starts: datetime, hours: int, code: str) -> None:
    closed = [(Period(TODAY + timedelta(days=9), TODAY + timedelta(days=12)), "Jul")]
    refused = occasions.why_not_session(starts, starts + timedelta(hours=hours), now=NOW, period=SPAN, closed=closed)
    assert refused is not None
    assert refused[0].code == code
    fine = NOW + timedelta(days=2)
    assert occasions.why_not_session(fine, fine + timedelta(hours=3), now=NOW, period=SPAN, closed=closed) is None


def test_every_move_of_a_proposal_is_tried_by_both() -> None:
    states = [one.value for one in proposals.ProposalState]
    allowed = {
        (before, after, who)
        for before in states
        for after in states
        for who in ("provider", "coordinator")
        if proposals.why_not_move(before, after, who) is None
    }
    assert allowed == {
        ("asked", "agreed", "coordinator"), ("asked", "refused", "coordinator"), ("asked", "taken_back", "provider"),
    }  # fmt: skip


def test_an_order_of_the_queue_begins_tomorrow_at_the_earliest_and_rests_on_a_decision() -> None:
    tomorrow = TODAY + timedelta(days=1)
    said: Any = {"today": TODAY}
    assert priorities.why_not_decide({"twelve_months": 1}, tomorrow, "KS § 4", **said) is None
    assert priorities.why_not_decide({"twelve_months": 1}, TODAY, "KS § 4", **said) is priorities.BACK_IN_TIME
    assert priorities.why_not_decide({"twelve_months": 0}, tomorrow, "KS § 4", **said) is priorities.WRONG_CLASS
    assert priorities.why_not_decide({"annat": 1}, tomorrow, "KS § 4", **said) is priorities.UNKNOWN_CRITERION
    assert priorities.why_not_decide({"twelve_months": 1}, tomorrow, " ", **said) is priorities.NO_REFERENCE
