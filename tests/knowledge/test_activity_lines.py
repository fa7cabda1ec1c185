"""What activities take, learnt from the lines themselves; and what more places do to waiting and to the goals."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

import numpy as np
import pytest

from samkraft.knowledge.rules.forecasting import changes, comparing, landing, lining, needing
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.landing import Landed
from samkraft.knowledge.rules.forecasting.needing import Need, Told
from samkraft.knowledge.rules.forecasting.offered import ActivityPlan
from samkraft.people.rules import cohort_waits
from samkraft.people.rules.cohort_waits import Waited
from samkraft.people.rules.cohorts import as_number
from samkraft.values.refusal import Refused
from tests.factories import forecasts
from tests.factories.forecasts import KNOWN

COURSE, COACH, RARE = (UUID(int=n) for n in (1, 2, 3))
STATE = KNOWN - timedelta(days=landing.LAG_DAYS - 1)
PLANS = (
    ActivityPlan(COURSE, "kurs", "Kursen", 6.2, 3, 60.0, 84),
    ActivityPlan(COACH, "coach", "Coachning", 40.0, 1, None, 56),
    ActivityPlan(RARE, "sallan", "Sällan", 3.0, 0, None, None),
)
TIMES = 80


def lines(*, course: int = 60, coach: int = 40) -> Waited:
    """The course has six places for sixty days and a line that grows; the coach takes everybody the same day."""
    day, rows = as_number(STATE), []
    free = [day - 180.0] * 6
    for n in range(course):
        joined = day - 178 + int(170 * n / course)
        first = int(np.argmin(free))
        began = max(joined, int(free[first]))
        free[first] = began + 60
        known = began < day
        rows.append((COURSE, joined, joined, began if known else -1, began + 60 if began + 60 < day else -1, -1))
    for n in range(coach):
        joined = day - 170 + int(150 * n / max(1, coach))
        rows.append((COACH, joined, joined, joined, joined + 20 if joined + 20 < day else -1, -1))
    rows += [(RARE, day - 30, -1, -1, -1, -1)] * 3
    return cohort_waits.waited(rows)


def learnt(waited: Waited | None = None, count: int = 400) -> dict[str, Need]:
    found = needing.learn(PLANS, forecasts.cohort(400), waited or lines(), state=STATE, count=count, seed=1)
    return {one.plan.code: one for one in found}


@lru_cache(maxsize=8)
def landed(more: tuple[tuple[str, int], ...] = ()) -> Landed:
    return landing.land(
        forecasts.arranged(activities=PLANS), Changes(activities=more), forecasts.cohort(400), known=KNOWN, seed=7,
        replications=TIMES, waited=lines(), threads=1,
    )  # fmt: skip


def test_need_length_and_places_come_from_the_lines_and_each_says_from_where() -> None:
    found = learnt()
    assert set(found) == {"kurs", "coach"}  # three who have joined are too few to tell of
    course, coach = found["kurs"], found["coach"]
    assert (course.places, course.places_from) == (6, Told.OCCASIONS)
    assert course.days_from is Told.OWN
    assert np.median(course.days) == pytest.approx(60, rel=0.4)  # the six who go on count for as long as they have
    assert coach.days_from is Told.OWN
    assert np.median(coach.days) == pytest.approx(20, rel=0.3)
    assert (coach.places, len(coach.waiting)) == (40, 0)
    cohort = forecasts.cohort(400)
    weeks = sum(
        max(0, min(left if left >= 0 else as_number(STATE), as_number(STATE)) - max(started, as_number(STATE) - 178))
        for started, left in zip(cohort.columns["started"].tolist(), cohort.columns["left"].tolist(), strict=True)
    ) / 7  # fmt: skip
    assert np.median(course.joins) == pytest.approx(60 / weeks, rel=0.1)


def test_the_length_falls_back_on_the_occasions_then_the_catalogue_then_an_assumption() -> None:
    few = lines(course=12, coach=10)
    day = as_number(STATE)
    none_ended = replace(few, ended=np.full(len(few.joined), -1))
    found = learnt(none_ended)
    assert (found["kurs"].days_from, round(float(np.median(found["kurs"].days)), -1)) == (Told.OCCASIONS, 60)
    assert found["coach"].days_from is Told.CATALOGUE
    rare = cohort_waits.waited([(RARE, day - 30, -1, -1, -1, -1)] * 12)
    assert learnt(rare)["sallan"].days_from is Told.ASSUMED


def test_participants_have_no_more_places_than_they_have_got_while_some_of_them_wait() -> None:
    day = as_number(STATE)
    rows = [(COACH, day - 100, -1, -1, -1, -1)] * 20 + [(COACH, day - 100, day - 90, day - 80, -1, -1)] * 4
    found = learnt(cohort_waits.waited(rows))["coach"]
    assert found.places_from is Told.GOT
    assert 4 <= found.places < 40


def test_who_goes_on_counts_for_as_long_as_it_is_known() -> None:
    day = as_number(STATE)
    over = [(COACH, day - 90, day - 90, day - 90, day - 70, -1)] * 10
    go_on = [(COACH, day - 100, day - 100, day - 100, -1, -1)] * 10
    found = learnt(cohort_waits.waited(over + go_on), count=4000)["coach"]
    assert found.days_from is Told.OWN
    assert np.median(found.days) == pytest.approx((10 * 20 + 10 * 100) / 10, rel=0.1)


def test_who_begins_after_the_state_still_waits_and_who_ends_after_it_still_takes_part() -> None:
    day = as_number(STATE)
    rows = [(COACH, day - 50, day - 1, day + 2, -1, -1)] * 7 + [(COACH, day - 60, day - 50, day - 40, day + 1, -1)] * 5
    found = learnt(cohort_waits.waited(rows))["coach"]
    assert (len(found.waiting), len(found.taking), found.ended) == (7, 5, 0)


def test_what_is_known_later_than_the_state_changes_nothing() -> None:
    before, day = lines(), as_number(STATE)
    later = cohort_waits.waited([
        *zip(before.activity_ids, *(column.tolist() for column in (
            before.joined, before.offered, before.started, before.ended, before.gone)), strict=True),
        *[(COURSE, day, -1, -1, -1, -1)] * 50,
    ])  # fmt: skip
    one, other = learnt(before)["kurs"], learnt(later)["kurs"]
    assert one.joined == other.joined
    assert (one.joins == other.joins).all()


def test_places_enough_mean_no_waiting_and_few_a_line_that_more_places_shorten() -> None:
    need, enrolled = learnt(count=100)["kurs"], np.full((100, 60), 200.0)

    def wait(more: int, since: date | None = None) -> lining.Line:
        return lining.onward(
            [need], enrolled, begins=STATE, ends=STATE + timedelta(days=420), more={"kurs": more}, more_from=since, seed=1,
            threads=1,
        )[0]  # fmt: skip

    none, some, plenty = wait(0), wait(6), wait(300)
    late = wait(6, STATE + timedelta(days=300))
    assert none.wait.mean() > late.wait.mean() > some.wait.mean() > plenty.wait.mean()
    assert plenty.wait.mean() < 1
    assert none.starts.mean() < late.starts.mean() < some.starts.mean() < plenty.starts.mean()
    assert none.starts.mean() == pytest.approx((6 * 420 / need.days).mean(), rel=0.15)  # six places, never empty


def test_more_places_in_one_activity_shorten_its_line_alone_and_the_goal_is_no_farther() -> None:
    base, tried = landed(), landed((("kurs", 10),))
    before, after = ({one["code"]: one for one in each.result["activities"]} for each in (base, tried))
    assert after["kurs"]["wait_before"] == before["kurs"]["wait"]
    assert after["kurs"]["wait"][2] < after["kurs"]["wait_before"][2]
    assert after["kurs"]["starts"][2] > after["kurs"]["starts_before"][2]
    assert after["coach"] == before["coach"]
    gap = {one.measure: one for one in comparing.gaps(base.draws, tried.draws, {})}
    assert gap["wait:kurs"].high < 0
    assert gap["wait:coach"].difference == 0
    assert gap["arbete:end"].difference >= 0


def test_activities_are_told_in_tens_and_few_are_not_told_of() -> None:
    told = landed().result["activities"]
    assert {one["code"] for one in told} == {"kurs", "coach"}
    assert {n % 10 for one in told for n in (one["n"], one["waiting"], *one["starts"], *one["left"])} == {0}


def test_without_lines_nothing_is_told_of_activities() -> None:
    nobody = landing.land(
        forecasts.arranged(activities=PLANS), Changes(activities=(("kurs", 5),)), forecasts.cohort(50), known=KNOWN, seed=7,
        replications=60, waited=cohort_waits.waited([]), threads=1,
    )  # fmt: skip
    assert nobody.result["activities"] == []


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (Changes(activities=(("okand", 5),)), "change_of_unknown_activity"),
        (Changes(activities=(("kurs", -1),)), "change_outside"),
        (Changes(activities=(("kurs", 201),)), "change_outside"),
        (Changes(activities=(("kurs", 5),), activities_from=date(2020, 1, 1)), "change_places_outside"),
    ],
)  # fmt: skip
def test_places_that_cannot_be_are_refused(tried: Changes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        changes.check(tried, forecasts.arranged(activities=PLANS), KNOWN)
    assert refused.value.reason.code == code


def test_no_places_more_is_no_change_and_what_is_kept_is_read_back() -> None:
    none = Changes(activities=(("kurs", 0),), activities_from=date(2026, 5, 1))
    assert changes.check(none, forecasts.arranged(activities=PLANS), KNOWN).is_nothing
    some = Changes(activities=(("kurs", 5),), activities_from=date(2026, 5, 1))
    assert changes.of_json(some.as_json()) == some
