"""What a row of the board needs today, counts that combine, and the order in which rows stand."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from samkraft.people.rules import boards
from samkraft.people.rules.boards import Day, Line, Row, Way

TODAY = date(2026, 3, 11)
OURS, THEIRS, HERE = uuid4(), uuid4(), uuid4()
WAY = Way(limit_days=182, counts=frozenset({1, 2}), guide_days={1: 60, 2: 120, 3: None}, monthly_time_report=True)
DAY = Day(TODAY, OURS, {HERE: WAY})


def row(**said: object) -> Row:
    """A row that needs nothing, but for what is said."""
    calm: dict[str, object] = dict.fromkeys(Row._fields)
    calm |= {
        "person_id": uuid4(), "enrolment_id": uuid4(), "initiative_id": HERE, "name": "Amira Haddad", "sort_key": "haddad amira",
        "lead_name": "", "phase": 1, "phase_since": date(2026, 2, 1), "started_on": date(2026, 2, 1), "next_step": "",
        "waits_who": "", "waits_role": "", "waits_name": "", "waits_what": "", "has_plan": True, "meetings": (),
        "time_report_through": "2026-02",
    }  # fmt: skip
    return Row(**calm | said)


def bits(**said: object) -> int:
    """What the row answers to."""
    return boards.line(row(**said), DAY).bits


def test_a_calm_row_answers_to_nothing() -> None:
    assert bits() == 0


@pytest.mark.parametrize(
    ("said", "bit"),
    [
        ({"waits_who": "us", "waits_area_id": OURS}, boards.US),
        ({"waits_who": "body", "waits_area_id": OURS}, boards.US),
        ({"waits_who": "participant"}, boards.PARTICIPANT),
        ({"has_plan": False}, boards.NO_PLAN),
        ({"meetings": (datetime(2026, 3, 10, 23, 30, tzinfo=UTC),)}, boards.MEETING_TODAY),
        ({"started_on": date(2025, 9, 10)}, boards.OVER_LIMIT),
        ({"consent_ends_on": date(2026, 4, 1)}, boards.CONSENT_ENDS),
        ({"time_report_through": "2026-01"}, boards.NO_TIME_REPORT),
        ({"programme_ends_on": date(2026, 4, 10)}, boards.PROGRAMME_ENDS),
        ({"due_date": date(2026, 3, 10)}, boards.LATE),
        ({"waits_who": "participant", "waiting_since": date(2026, 3, 3)}, boards.LATE | boards.PARTICIPANT),
        ({"paused_from": date(2026, 3, 1)}, boards.PAUSED),
    ],
)
def test_each_chip_has_its_cause(said: dict[str, object], bit: int) -> None:
    assert bits(**said) == bit


@pytest.mark.parametrize(
    "said",
    [
        {"waits_who": "us", "waits_area_id": THEIRS},
        {"waits_who": "body", "waits_area_id": THEIRS},
        {"meetings": (datetime(2026, 3, 10, 22, 30, tzinfo=UTC), datetime(2026, 3, 12, tzinfo=UTC))},
        {"started_on": date(2025, 9, 11)},
        {"started_on": date(2025, 1, 1), "phase": 3, "phase_since": date(2025, 5, 1)},
        {"consent_ends_on": date(2026, 6, 1)},
        {"started_on": date(2026, 3, 1), "time_report_through": ""},
        {"programme_ends_on": date(2026, 4, 11)},
        {"due_date": TODAY},
        {"due_date": date(2026, 4, 1), "waiting_since": date(2026, 1, 1)},
        {"waiting_since": date(2026, 3, 4)},
        {"paused_from": date(2026, 1, 1), "paused_until": TODAY},
    ],
)
def test_the_day_before_or_somebody_elses_is_not_a_cause(said: dict[str, object]) -> None:
    assert bits(**said) == 0


def test_who_is_paused_is_neither_late_nor_asked_for_a_report() -> None:
    said = {"paused_from": date(2026, 3, 1), "due_date": date(2026, 3, 2), "time_report_through": ""}
    assert bits(**said) == boards.PAUSED


def test_days_count_from_enrolment_without_the_pause_and_stop_where_the_limit_does_not_count() -> None:
    assert boards.day_of(row(started_on=date(2026, 3, 2)), WAY, TODAY) == (10, 182)
    paused = row(started_on=date(2026, 3, 2), paused_from=date(2026, 3, 4), paused_until=date(2026, 3, 6))
    assert boards.day_of(paused, WAY, TODAY) == (8, 182)
    assert boards.day_of(row(started_on=date(2026, 3, 2), paused_from=date(2026, 3, 4)), WAY, TODAY) == (2, 182)
    beyond = row(started_on=date(2026, 1, 1), phase=3, phase_since=date(2026, 2, 1))
    assert boards.day_of(beyond, WAY, TODAY) == (31, 182)


def test_without_a_limit_days_count_in_the_phase_against_its_guide_time() -> None:
    way = Way(guide_days={2: 90})
    assert boards.day_of(row(phase=2, phase_since=date(2026, 3, 10)), way, TODAY) == (2, 90)
    assert boards.day_of(row(phase=None, phase_since=None), Way(), TODAY) == (None, None)


def _lines(*several: dict[str, object]) -> list[Line]:
    return boards.lines([row(**said) for said in several], DAY)


US = {"waits_who": "us", "waits_area_id": OURS}


def test_counts_say_what_is_left_if_a_chip_is_added_and_the_whole_of_those_that_are_on() -> None:
    found = _lines(US, US | {"has_plan": False}, {"has_plan": False}, {})
    nothing_on = boards.counts(found, 0)
    assert (nothing_on["oss"], nothing_on["utan-plan"], nothing_on["deltagaren"]) == (2, 2, 0)
    on = boards.counts(found, boards.US)
    assert (on["oss"], on["utan-plan"]) == (2, 1)
    both = boards.counts(found, boards.US | boards.NO_PLAN)
    assert (both["oss"], both["utan-plan"]) == (2, 2)
    assert len(boards.narrowed(found, boards.US | boards.NO_PLAN)) == 1


def test_a_chips_number_is_what_one_gets_when_one_adds_it() -> None:
    found = _lines(US, US | {"has_plan": False}, {"has_plan": False, "due_date": date(2026, 3, 1)}, {})
    for on in (0, boards.US, boards.NO_PLAN, boards.US | boards.LATE):
        said = boards.counts(found, on)
        for chip in boards.CHIPS:
            if not chip.bit & on:
                assert said[chip.code] == len(boards.narrowed(found, on | chip.bit))


def test_late_ones_stand_first_then_those_who_have_waited_longest_then_by_name() -> None:
    found = _lines(
        {"name": "D", "sort_key": "d"},
        {"name": "C", "sort_key": "c", "waiting_since": date(2026, 3, 9)},
        {"name": "B", "sort_key": "b", "waiting_since": date(2026, 3, 6)},
        {"name": "A", "sort_key": "a"},
        {"name": "E", "sort_key": "e", "due_date": date(2026, 3, 10)},
    )
    assert [one.row.name for one in boards.in_order(found)] == ["E", "B", "C", "A", "D"]


def test_what_is_not_known_stands_last_whichever_way_one_sorts() -> None:
    found = _lines(
        {"name": "A", "sort_key": "a", "last_contact_on": None},
        {"name": "B", "sort_key": "b", "last_contact_on": date(2026, 3, 1)},
        {"name": "C", "sort_key": "c", "last_contact_on": date(2026, 3, 5)},
    )
    assert [one.row.name for one in boards.in_order(found, "kontakt")] == ["B", "C", "A"]
    assert [one.row.name for one in boards.in_order(found, "-kontakt")] == ["C", "B", "A"]


def test_a_name_is_found_by_how_its_words_begin() -> None:
    found = _lines({"name": "Åsa-Lena Öberg"}, {"name": "José Pérez"})
    assert [one.row.name for one in boards.narrowed(found, 0, ("öb", "lena"))] == ["Åsa-Lena Öberg"]
    assert [one.row.name for one in boards.narrowed(found, 0, ("perez",))] == ["José Pérez"]
    assert boards.narrowed(found, 0, ("erez",)) == []


def test_a_saved_choice_holds_chips_and_order_and_nothing_that_was_searched_for() -> None:
    assert (
        boards.as_query(["tidrapport", "oss", "hittepå"], "mina", "-vantat")
        == "visa=oss,tidrapport&vilka=mina&ordning=-vantat"
    )
    assert boards.as_query([], "allas", "lösenord") == ""


def test_every_area_is_only_ever_us_to_itself() -> None:
    both: list[UUID] = [OURS, THEIRS]
    for area in both:
        for reader in both:
            one = boards.line(row(waits_who="us", waits_area_id=area), Day(TODAY, reader, {HERE: WAY}))
            assert bool(one.bits & boards.US) == (area == reader)
