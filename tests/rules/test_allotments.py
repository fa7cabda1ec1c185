"""Proposals of places as pure numbers: what becomes an instance, what is told, and what is kept back."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from samkraft.analysis.allotment.instance import Clash, Floor, Priority
from samkraft.knowledge.rules import allotment_counting, allotment_outcomes, allotment_reasons, allotments
from samkraft.knowledge.rules.allotment_counting import Counted, Lined
from samkraft.knowledge.rules.allotments import Opening
from samkraft.people.rules.places.place_lines import InLine
from samkraft.people.rules.places.place_suggestions import Why
from samkraft.values.period import STOCKHOLM

TODAY = date(2026, 11, 23)
A, B = UUID(int=1), UUID(int=2)
NONE: dict[int, UUID] = {}


def _opening(number: int, week: int, places: int = 1, *, activity: UUID = A, hour: int = 9, weeks: int = 6) -> Opening:
    first = TODAY + timedelta(weeks=week)
    begins = datetime.combine(first, datetime.min.time(), STOCKHOLM) + timedelta(hours=hour)
    return Opening(
        UUID(int=100 + number), activity, first, first + timedelta(weeks=weeks, days=-3), places, 10,
        tuple((begins + timedelta(weeks=at), begins + timedelta(weeks=at, hours=3)) for at in range(weeks)),
    )  # fmt: skip


def _row(key: int, openings: Sequence[Opening], **said: Any) -> InLine:
    first = InLine(
        key=key, person=key, activity_id=A, priority_class=99, waited=200 - 3 * key, sex="", after=(),
        may_have=tuple(one.id for one in openings),
    )  # fmt: skip
    return replace(first, **said)


def _counted(rows: Sequence[InLine], openings: Sequence[Opening], **said: Any) -> Counted:
    lined = Lined(UUID(int=9), tuple(rows), tuple(openings), TODAY, 8, **said)
    solution = allotment_counting.solve(lined, clock=lambda: 0.0, seconds=2.0)
    return allotment_counting.told(lined, solution, clock=lambda: 0.0)


def _given(counted: Counted) -> dict[int, UUID]:
    return {row["key"]: row["occasion"] for row in counted.rows if row["occasion"]}


def _instance(rows: Sequence[InLine], openings: Sequence[Opening], **said: Any) -> Any:
    queued = allotment_outcomes.in_queue_order(rows, openings)
    return allotments.instance_of(rows, openings, today=TODAY, weeks=8, queued=queued, **said)


@pytest.mark.parametrize("seed", range(6))
def test_where_nothing_is_gained_the_proposal_is_the_queue(seed: int) -> None:
    """Everybody can take everything: whoever stands first comes first, and nobody is passed."""
    chance = random.Random(seed)
    openings = [_opening(number, chance.randint(1, 7), chance.randint(1, 3)) for number in range(4)]
    rows = [_row(key, openings) for key in range(1, chance.randint(4, 14))]
    counted = _counted(rows, openings)
    assert _given(counted) == allotment_outcomes.in_queue_order(rows, openings)
    assert {row["why"] for row in counted.rows} <= {Why.SAME, Why.NO_ROOM}
    assert {row["passes"] for row in counted.rows} == {0}


def test_of_two_who_joined_on_one_day_the_first_gets_what_is_gained() -> None:
    soon, late = _opening(1, 2), _opening(2, 4)
    for later in range(2, 6):  # whichever of them stands where in the file
        rows = [_row(1, [soon, late], waited=9), *(_row(key, [soon], waited=9) for key in range(later, later + 3))]
        assert _given(_counted(rows, [soon, late])) == {1: late.id, later: soon.id}


@pytest.mark.parametrize("seed", range(4))
def test_the_proposal_places_at_least_as_many_as_the_queue_and_breaks_nothing(seed: int) -> None:
    chance = random.Random(seed)
    openings = [
        _opening(number, chance.randint(1, 7), chance.randint(1, 2), activity=chance.choice((A, B)), hour=chance.choice((9, 13)))
        for number in range(6)
    ]  # fmt: skip
    by_id = {one.id: one for one in openings}
    rows = []
    for key in range(1, 16):
        activity = chance.choice((A, B))
        mine = [one for one in openings if one.activity_id == activity and chance.random() < 0.6]
        rows.append(_row(key, mine, person=chance.randint(1, 10), activity_id=activity))
    counted = _counted(rows, openings)
    given = _given(counted)
    assert len(given) >= len(allotment_outcomes.in_queue_order(rows, openings))
    assert counted.figures["is_checked"]
    for one in openings:
        assert sum(each == one.id for each in given.values()) <= one.places
    collide = allotments.collisions(openings)
    by_person: dict[int, list[UUID]] = {}
    for row in rows:
        if row.key in given:
            assert given[row.key] in row.may_have
            by_person.setdefault(row.person, []).append(given[row.key])
    for own in by_person.values():
        assert len({by_id[one].activity_id for one in own}) == len(own), "one place in an activity for each"
        assert not any(frozenset((one, other)) in collide for one in own for other in own if one != other)


def test_a_higher_class_goes_first_and_a_person_in_two_classes_lends_none_of_them() -> None:
    openings = [_opening(1, 2), _opening(2, 2, activity=B, hour=13)]
    first, last = _row(1, openings[:1], priority_class=1, waited=1), _row(2, openings[:1], waited=300)
    counted = _counted([first, last], openings)
    assert _given(counted) == {1: openings[0].id}
    both = [
        _row(1, openings[:1], priority_class=1), _row(2, openings[1:], person=1, activity_id=B),
        _row(3, openings[1:], priority_class=2, activity_id=B),
    ]  # fmt: skip
    asked = _instance(both, openings)
    assert asked.instance.of(Priority)
    assert {person.id: person.priority for person in asked.instance.people} == {"P1-1": 1, "P1-99": 99, "P3": 2}
    assert _given(_counted(both, openings)) == {1: openings[0].id, 3: openings[1].id}


def test_what_comes_first_by_the_plan_must_have_ended() -> None:
    early, soon, late = (
        _opening(1, 1, weeks=3),
        _opening(2, 2, activity=B, hour=13),
        _opening(3, 6, activity=B, hour=13),
    )
    rows = [_row(1, [early]), _row(2, [soon, late], person=1, activity_id=B, after=(1,))]
    assert _given(_counted(rows, [early, soon, late])) == {1: early.id, 2: late.id}
    assert allotment_outcomes.in_queue_order(rows, [early, soon, late]) == {1: early.id, 2: late.id}
    nothing = [_row(1, []), _row(2, [soon, late], person=1, activity_id=B, after=(1,)), _row(3, [soon], activity_id=B)]
    assert _given(_counted(nothing, [early, soon, late])) == {3: soon.id}, "what it waits for cannot be had"


def test_what_collides_is_a_rule_only_where_somebody_wants_both() -> None:
    one, other, apart = _opening(1, 2), _opening(2, 3, activity=B), _opening(3, 2, activity=B, hour=13)
    assert allotments.collisions([one, other, apart]) == {frozenset((one.id, other.id))}
    long = replace(apart, hours_a_week=35)
    assert frozenset((one.id, long.id)) in allotments.collisions([one, long]), "more than a week of work together"
    rows = [_row(1, [one]), _row(2, [other, apart], person=1, activity_id=B)]
    assert len(_instance(rows, [one, other, apart]).instance.of(Clash)) == 1
    assert _instance([_row(1, [one]), _row(2, [other], activity_id=B)], [one, other]).instance.of(Clash) == ()


def test_places_fall_alike_between_women_and_men_and_never_by_a_few() -> None:
    """Six men have waited longer than six women, for six places: without the floor all would go to men."""
    opening = _opening(1, 2, 6)
    rows = [_row(key, [opening], sex="man" if key <= 6 else "woman") for key in range(1, 13)]
    counted = _counted(rows, [opening])
    women = sum(key > 6 for key in _given(counted))
    assert women == 3
    assert (counted.figures["fairness"]["is_rule"], counted.figures["fairness"]["is_kept"]) == (True, True)
    assert counted.figures["fairness"]["percent"] is None, "too few to tell"
    four = _instance([*rows[:6], *rows[6:10]], [opening])
    assert four.instance.of(Floor) == (), "a group of four would be told by its floor"
    unknown = [*rows[:11], replace(rows[11], sex="")]
    assert _instance(unknown, [opening]).instance.of(Floor) == ()


def test_a_floor_that_cannot_be_kept_is_left_out_and_said() -> None:
    """A single place goes to somebody, and then the others have none."""
    opening = _opening(1, 2)
    rows = [_row(key, [opening], sex="man" if key <= 6 else "woman") for key in range(1, 13)]
    locked = [replace(rows[0], lock=1), *rows[1:]]
    counted = _counted(locked, [opening], locks=(opening.id,))
    assert _given(counted) == {1: opening.id}
    assert counted.figures["fairness"]["is_kept"] is False


@pytest.mark.parametrize(
    ("women", "men", "with_women", "with_men", "told"),
    [(20, 20, 10, 10, 100), (20, 20, 8, 11, 70), (9, 20, 5, 10, None), (20, 20, 16, 10, None), (20, 20, 4, 10, None)],
)
def test_how_places_fall_between_the_sexes_is_told_in_tens_and_only_where_nobody_is_told_by_it(
    women: int, men: int, with_women: int, with_men: int, told: int | None
) -> None:
    opening = _opening(1, 2, 40)
    rows = [_row(key, [opening], sex="woman" if key < women else "man") for key in range(women + men)]
    found = dict.fromkeys((*range(with_women), *range(women, women + with_men)), opening.id)
    assert allotment_outcomes.fairness(rows, found, share=0.9, is_rule=True, is_kept=True).percent == told


def test_a_reason_that_rests_on_something_else_is_not_told() -> None:
    """The first waits in two queues that collide and has the one: why not the other is one answer for all such reasons."""
    one, other = _opening(1, 2), _opening(2, 2, 2, activity=B)
    rows = [_row(1, [one]), _row(2, [other], person=1, activity_id=B), _row(3, [other], activity_id=B)]
    told = {row["key"]: row for row in _counted(rows, [one, other]).rows}
    lacks = next(row for row in told.values() if row["occasion"] is None)
    assert lacks["why_not"] in (
        {"occasion": str(one.id), "reason": "other"},
        {"occasion": str(other.id), "reason": "other"},
    )
    assert set(allotment_reasons.WORDS) == {"full", "tie", "other"}


def test_waiting_is_counted_from_joining_and_to_the_last_day_for_who_is_left() -> None:
    opening = _opening(1, 2)
    rows = [_row(1, [opening], waited=10), _row(2, [opening], waited=80)]
    until = TODAY + timedelta(weeks=8)
    way = allotment_outcomes.way(rows, {1: opening.id}, {opening.id: opening.starts_on}, today=TODAY, until=until)
    assert (way.placed, way.median_days, way.mean_days, way.left, way.left_long) == (1, 24, (24 + 136) // 2, 1, 1)
    weeks = allotment_outcomes.still_waiting(
        rows, {1: opening.id}, {opening.id: opening.starts_on}, today=TODAY, weeks=3
    )
    assert weeks == [2, 2, 1, 1]
    assert allotment_outcomes.why(rows[1], None, None, {}) is Why.NO_ROOM
    assert allotment_outcomes.why(_row(3, []), None, None, {}) is Why.NOTHING_FITS
