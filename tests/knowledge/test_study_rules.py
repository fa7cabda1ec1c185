"""What a study promises, draws and lets leave: pure rules, with made-up people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samkraft.knowledge.rules.studies import estimates, lots, publishing, registrations
from samkraft.knowledge.rules.studies.estimates import Row
from samkraft.knowledge.rules.studies.registrations import Outcome
from samkraft.operations.world import study_people
from samkraft.values.refusal import Refused

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
OUTCOME = Outcome.WORK_OR_STUDIES


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    people = study_people.lives(2)
    return study_people.rows(people, study_people.drawn_by_lot(people, 2))


def _few_unknown(rows: list[Row]) -> list[Row]:
    """Three drawn women whose follow-up is not known, and nobody else."""
    women = [place for place, row in enumerate(rows) if row.stratum == "woman" and row.is_drawn][:3]
    return [
        replace(row, situation=None if place in women else row.situation or "other") for place, row in enumerate(rows)
    ]


def test_when_nothing_is_small_the_registered_answer_leaves(rows: list[Row]) -> None:
    found = estimates.conduct(rows, OUTCOME, drawn_on=date(2025, 3, 10))
    shown = publishing.shown(found, publishing.passed(rows, OUTCOME))
    assert shown["primary"]["estimate"] == pytest.approx(found["primary"]["estimate"], abs=1e-4)
    assert shown["by_sex"] is not None
    assert shown["complier"] is not None


def test_three_who_were_not_found_hide_the_answer_that_would_give_them_away(rows: list[Row]) -> None:
    few = _few_unknown(rows)
    found = estimates.conduct(few, OUTCOME, drawn_on=date(2025, 3, 10))
    passed = publishing.passed(few, OUTCOME)
    assert passed.count(lott="dragna", utfall="okant") is None
    shown = publishing.shown(found, passed)
    assert shown["primary"] is None
    assert shown["by_sex"] is None
    assert shown["complier"] is None


def test_hardly_anybody_who_came_hides_what_coming_did(rows: list[Row]) -> None:
    came = [place for place, row in enumerate(rows) if row.has_come]
    nearly = [replace(row, has_come=place in came[:-3] or row.is_drawn) for place, row in enumerate(rows)]
    stayed = [place for place, row in enumerate(nearly) if row.is_drawn][:3]
    nearly = [replace(row, has_come=row.has_come and place not in stayed) for place, row in enumerate(nearly)]
    found = estimates.conduct(nearly, OUTCOME, drawn_on=date(2025, 3, 10))
    shown = publishing.shown(found, publishing.passed(nearly, OUTCOME))
    assert found["complier"] is not None
    assert shown["complier"] is None
    assert shown["primary"] is not None


def test_women_and_men_get_as_many_places_whatever_the_list_looks_like() -> None:
    codes = {f"{place:012}": "woman" if place < 420 else "man" for place in range(640)}
    published = lots.as_list(codes, study_people.promised(), at=AT)
    assert published["rule"]["places"] == {"man": 160, "woman": 160}
    lot = lots.drawn(published, codes, seed="7", seed_at=AT + timedelta(days=1))
    told = lots.as_lot(lot, seed="7", seed_at=AT + timedelta(days=1))
    assert lots.holds(published, told)
    assert not lots.holds(published, told | {"drawn": [*told["drawn"][1:], "x"]})
    assert not lots.holds(published | {"rule_digest": "x"}, told)


def test_a_list_with_too_few_men_is_refused_before_it_is_published() -> None:
    codes = {f"{place:012}": "woman" if place < 480 else "man" for place in range(640)}
    with pytest.raises(Refused) as refused:
        lots.as_list(codes, study_people.promised(), at=AT)
    assert refused.value.reason.code == "study_list_other_size"


def test_the_power_that_is_promised_is_that_of_two_shares_of_those_who_are_found() -> None:
    assert registrations.chance_to_see(640, 320, 0.25, 0.12) == pytest.approx(0.8796, abs=0.005)
    all_found = registrations.chance_to_see(round(640 / 0.9), round(320 / 0.9), 0.25, 0.12)
    assert all_found == pytest.approx(0.911, abs=0.005)  # what the formula says of 640 who are all found
    assert registrations.chance_to_see(640, 320, 0.25, 1e-9) == pytest.approx(0.05, abs=0.002)
    least = registrations.smallest_to_see(640, 320, 0.25)
    assert registrations.chance_to_see(640, 320, 0.25, least) == pytest.approx(0.8, abs=0.001)


def test_follow_up_that_is_missing_oftener_in_one_group_gives_bounds_and_a_warning(rows: list[Row]) -> None:
    drawn = [place for place, row in enumerate(rows) if row.is_drawn][:80]
    fewer = [replace(row, situation=None if place in drawn else row.situation) for place, row in enumerate(rows)]
    found = estimates.conduct(fewer, OUTCOME, drawn_on=date(2025, 3, 10))
    assert "unequal_attrition" in found["warnings"]
    assert found["attrition"]["low"] < found["primary"]["estimate"] < found["attrition"]["high"]


def test_half_without_follow_up_gives_no_answer(rows: list[Row]) -> None:
    half = [replace(row, situation=None if row.is_drawn else row.situation) for row in rows]
    with pytest.raises(Refused) as refused:
        estimates.conduct(half, OUTCOME, drawn_on=date(2025, 3, 10))
    assert refused.value.reason.code == "study_no_outcomes"


def test_who_worked_before_is_not_told_apart_by_a_fair_lot_and_is_by_a_bent_one(rows: list[Row]) -> None:
    bent = [
        replace(row, worked_before=row.is_drawn if place % 3 == 0 else row.worked_before)
        for place, row in enumerate(rows)
    ]
    assert not estimates.conduct(rows, OUTCOME, drawn_on=date(2025, 3, 10))["placebo"][0]["moved"]
    found = estimates.conduct(bent, OUTCOME, drawn_on=date(2025, 3, 10))
    assert found["placebo"][0]["moved"]
    assert "before" in estimates.unlike(found)
