"""Ung i sommar: what an application may hold, groups of the lot, hours that were pressed, wages."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from samkraft.analysis.allotment import single_places
from samkraft.analysis.allotment.single_places import Wishes
from samkraft.offer.rules.summer_rounds import Limits
from samkraft.offer.rules.working_time import Shift
from samkraft.people.rules.summer import summer_applications, summer_attendance, summer_draws, summer_places
from samkraft.people.rules.summer.summer_applications import Application, Guardian
from samkraft.people.rules.summer.summer_places import Candidate, Pressed, State
from samkraft.values.period import STOCKHOLM, Period
from samkraft.values.refusal import Refused

LIMITS = Limits(2008, 2011, frozenset({"grade9", "upper1"}))
MONDAY = date(2026, 6, 15)
MOTHER, FATHER = Guardian("Mor", "mor@exempel.invalid"), Guardian("Far", "far@exempel.invalid")


def _said(**more: object) -> Application:
    plain = {
        "given_name": "Kim", "family_name": "Ny", "born": date(2010, 5, 5), "sex": "woman", "school_year": "grade9",
        "email": "kim@exempel.invalid", "guardians": (MOTHER, FATHER),
    }  # fmt: skip
    return Application(**{**plain, **more})  # type: ignore[arg-type]  # as the class has them


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, None),
        ({"family_name": " "}, summer_applications.NAME_MISSING),
        ({"born": date(2012, 1, 1)}, "summer_too_young"),
        ({"born": date(2007, 12, 31)}, "summer_too_old"),
        ({"school_year": "upper3"}, "summer_other_school_year"),
        ({"school_year": "universitet"}, summer_applications.UNKNOWN_SCHOOL_YEAR),
        ({"email": ""}, summer_applications.NO_WAY_TO_REACH),
        ({"guardians": ()}, summer_applications.GUARDIAN_MISSING),
        ({"guardians": (Guardian("Mor"),)}, summer_applications.GUARDIAN_MISSING),
        ({"guardians": (MOTHER, Guardian("Far", "MOR@exempel.invalid"))}, summer_applications.SAME_GUARDIAN),
        ({"guardians": (Guardian("Jag", "kim@exempel.invalid"),)}, summer_applications.GUARDIAN_IS_SELF),
        ({"born": date(2008, 6, 15), "guardians": ()}, None),
        ({"born": date(2008, 6, 16), "guardians": ()}, summer_applications.GUARDIAN_MISSING),
        ({"other_hours_a_week": 41}, summer_applications.OTHER_HOURS),
    ],
)  # fmt: skip
def test_what_an_application_may_hold(more: dict[str, object], reason: object) -> None:
    found = summer_applications.why_not_send(_said(**more), LIMITS, first_day=MONDAY)
    assert (found[0].code if found else None) == getattr(reason, "code", reason)
    if found:
        assert found[0].text.format(**found[1])


def test_groups_share_the_places_by_their_size_and_none_is_left_out() -> None:
    assert summer_draws.shares({"a": 60, "b": 40}, 50) == {"a": 30, "b": 20}
    assert summer_draws.shares({"a": 97, "b": 3}, 10) == {"a": 9, "b": 1}
    assert summer_draws.shares({"a": 5, "b": 2}, 100) == {"a": 5, "b": 2}
    for many in range(3, 90):
        given = summer_draws.shares({"a": 61, "b": 17, "c": 12}, many)
        assert sum(given.values()) == many
        assert all(1 <= given[name] <= size for name, size in {"a": 61, "b": 17, "c": 12}.items())
    with pytest.raises(Refused):
        summer_draws.shares({"a": 5, "b": 2}, 1)
    with pytest.raises(Refused):
        summer_draws.shares({}, 1)


def test_codes_are_random_signs_that_are_not_mistaken_for_each_other() -> None:
    assert summer_applications.code(bytes(range(8))) == "2345-6789"
    assert not set("01IO") & set(summer_applications.CODE_SIGNS)
    assert len(set(summer_applications.CODE_SIGNS)) == 32


def _at(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def test_minutes_are_counted_between_instants_pair_by_pair() -> None:
    pressed = [Pressed(True, _at(8)), Pressed(False, _at(12)), Pressed(True, _at(13)), Pressed(False, _at(15, 30))]
    assert summer_places.minutes_there(pressed) == 390
    assert summer_places.minutes_there(pressed[:3]) == 240
    assert summer_places.is_forgotten(pressed[:3])
    assert not summer_places.is_forgotten(pressed)
    assert summer_places.suggested_minutes([pressed[0], pressed[3]], Shift(_at(8), _at(15, 30), 60)) == 390
    back = [Pressed(True, _at(1, day=date(2026, 10, 25))), Pressed(False, _at(4, day=date(2026, 10, 25)))]
    assert summer_places.minutes_there(back) == 240


def test_a_phone_whose_clock_is_wrong_is_corrected_by_how_wrong_it_was() -> None:
    received = datetime(2026, 6, 15, 13, 0, tzinfo=UTC)
    pressed = datetime(2026, 6, 15, 6, 0, tzinfo=UTC)
    wrong = timedelta(hours=2)
    told = summer_attendance.by_our_clock(pressed + wrong, sent_at=received + wrong, received_at=received)
    assert told == pressed
    late = summer_attendance.by_our_clock(pressed, sent_at=received - timedelta(seconds=5), received_at=received)
    assert late == pressed
    assert summer_attendance.by_our_clock(pressed, sent_at=None, received_at=received) == pressed


def test_wages_are_whole_ore_with_half_upwards_and_follow_the_age_of_the_year() -> None:
    assert summer_places.wage_ore(60, 11_050) == 11_050
    assert summer_places.wage_ore(1, 11_050) == 184
    assert summer_places.wage_ore(-30, 11_050) == -5_525
    wages = [(13, 9_000), (16, 11_050), (18, 13_500)]
    assert summer_places.hourly_for(date(2010, 12, 31), 2026, wages) == 11_050
    assert summer_places.hourly_for(date(2008, 12, 31), 2026, wages) == 13_500
    assert summer_places.hourly_for(date(2014, 1, 1), 2026, wages) is None


def test_shifts_are_planned_on_the_workplaces_weekdays_but_not_on_midsummers_eve() -> None:
    hours = [(weekday, time(8), time(15), 60) for weekday in range(1, 6)]
    made = summer_places.planned(Period(MONDAY, MONDAY + timedelta(days=28)), hours)
    assert len(made) == 19
    assert date(2026, 6, 19) not in {one.day for one in made}


@pytest.mark.parametrize(
    ("answer", "confirmed", "ended", "state"),
    [
        ("", False, False, State.OFFERED), ("yes", False, False, State.ACCEPTED), ("yes", True, False, State.CONFIRMED),
        ("no", False, False, State.DECLINED), ("lapsed", False, False, State.LAPSED), ("yes", True, True, State.ENDED),
    ],
)  # fmt: skip
def test_where_a_placement_stands(answer: str, confirmed: bool, ended: bool, state: State) -> None:
    assert summer_places.state(answer=answer, is_confirmed=confirmed, has_ended=ended) is state


def test_a_wish_is_worth_more_the_earlier_it_stands_and_a_later_period_less() -> None:
    one, two, period, later = uuid4(), uuid4(), uuid4(), uuid4()
    who = Candidate(uuid4(), (one, two), (period, later), 0.5)
    assert summer_places.worth(who, one, period) > summer_places.worth(who, two, period)
    assert summer_places.worth(who, one, later) == summer_places.worth(who, one, period) / 2
    assert summer_places.worth(who, uuid4(), period) == summer_places.NOT_WISHED


def test_as_many_as_possible_are_placed_then_wishes_then_the_turn() -> None:
    first, second = Wishes((0, 1), (100, 10), 0.1), Wishes((0, 1), (100, 10), 0.9)
    assert single_places.placed([second, first], [1, 1]) == [1, 0]
    only = Wishes((0,), (10,), 1.0)
    assert single_places.placed([first, only], [1, 1]) == [1, 0]
    assert single_places.placed([first, second, only], [1, 1]).count(-1) == 1
    assert single_places.placed([], [1]) == []
    assert single_places.placed([first], []) == [-1]
