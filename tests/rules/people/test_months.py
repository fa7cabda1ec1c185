"""A month's rules: who is left, what is too little, what has changed, which files go again, and what stands in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from scipy import stats

from samkraft.people.rules.contents.following import Direction, Occasion, Schooling, SusSheet
from samkraft.people.rules.months import form_codes, months, progression, scb, staff_hours, sus
from samkraft.people.rules.months.months import Changed, Closing, Line, Report, Snapshot, State
from samkraft.people.rules.months.progression import Point, Sign
from samkraft.values.refusal import Refused

NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)
ME, OTHER = uuid4(), uuid4()


def line(**more: object) -> Line:
    report = Report(12, "paper", uuid4(), ME, "Åsa", NOW, "Kim")
    whole = {
        "person_id": uuid4(), "enrolment_id": uuid4(), "name": "N", "sort_key": "n", "team_id": None,
        "lead_membership_id": ME, "lead_name": "Åsa", "started_on": date(2026, 1, 1), "ended_on": None,
        "paused_from": None, "paused_until": None, "report": report,
    }  # fmt: skip
    return Line(**{**whole, **more})  # type: ignore[arg-type]  # as the line is declared


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({}, 28),
        ({"started_on": date(2026, 2, 10)}, 19),
        ({"ended_on": date(2026, 2, 3)}, 3),
        ({"paused_from": date(2026, 2, 21)}, 20),
        ({"paused_from": date(2026, 1, 1), "paused_until": date(2026, 3, 1)}, 0),
        ({"started_on": date(2026, 3, 1)}, 0),
    ],
)
def test_days_of_taking_part_are_counted_without_pause(more: dict[str, object], days: int) -> None:
    assert line(**more).days("2026-02") == days


def test_too_little_is_counted_over_the_days_of_taking_part() -> None:
    short = Report(7, "paper", uuid4(), ME, "Åsa", NOW, "Kim")
    assert line(report=short).is_too_little("2026-02", 2)
    assert not line(report=short, started_on=date(2026, 2, 10)).is_too_little("2026-02", 2)
    assert not line(report=short).is_too_little("2026-02", None)
    assert line(report=None).state("2026-02", 2) is State.MISSING
    assert line(report=None, paused_from=date(2026, 1, 1)).state("2026-02", 2) is State.PAUSED
    assert line(report=replace(short, attested_by="")).state("2026-02", 2) is State.UNATTESTED
    assert line(report=short).state("2026-02", 2) is State.TOO_LITTLE


def closing(month: str, number: int, day: int) -> Closing:
    return Closing(uuid4(), month, number, "", datetime(2026, 6, day, tzinfo=UTC), "Mats")


def test_after_a_correction_the_month_and_all_later_are_sent_again_in_order() -> None:
    found = [closing("2026-01", 1, 1), closing("2026-02", 1, 2), closing("2026-03", 1, 3)]
    sent = {one.month: one.closed_at + timedelta(hours=1) for one in found}
    assert months.to_send(found, sent) == []
    assert months.to_send(found, {}) == ["2026-01", "2026-02", "2026-03"]
    found.append(closing("2026-02", 2, 5))
    assert months.to_send(found, sent) == ["2026-02", "2026-03"]
    sent["2026-02"] = datetime(2026, 6, 6, tzinfo=UTC)
    assert months.to_send(found, sent) == ["2026-03"]


def test_what_would_be_reported_otherwise_is_found_and_attest_alone_is_no_change() -> None:
    row = months.snapshot(line(), "2026-01", None)
    assert (row.started_on, row.ended_on, row.hours) == (date(2026, 1, 1), None, 12)
    assert months.snapshot(line(enrolment_id=row.enrolment_id), "2026-02", None).started_on is None
    assert months.changes([row], [replace(row, attested_by="Någon annan")]) == []
    other = replace(row, hours=None, ended_on=date(2026, 1, 9))
    assert {(one.what, one.before, one.after) for one in months.changes([row], [other])} == {
        (Changed.HOURS, 12, None), (Changed.ENDED, None, date(2026, 1, 9)),
    }  # fmt: skip
    assert [one.what for one in months.changes([row], [])] == [Changed.GONE]
    assert [one.what for one in months.changes([], [row])] == [Changed.ADDED]
    assert months.digest([row, other]) == months.digest([other, row]) != months.digest([row])


def test_the_file_leaves_out_who_cannot_be_written_and_says_so() -> None:
    keys = [UUID(int=number) for number in range(5)]
    rows = [Snapshot(uuid4(), key, None, None, None, 10, "Kim", "") for key in keys]
    rows[4] = replace(rows[4], hours=None, attested_by="", note="missing")
    identities = {
        keys[0]: scb.Identity("199006022389", "19900602", True, False),
        keys[1]: scb.Identity(None, "19900603", True, True),
        keys[2]: scb.Identity(None, "19900604", False, True),
        keys[4]: scb.Identity("200001052380", "20000105", True, False),
    }
    written, checks = scb.rows(rows, identities, scb.Codes())
    assert [one.who for one in written] == ["199006022389", "19900603Tf29", "200001052380"]
    assert written[2].hours == 0
    assert {(one.enrolment_id, one.lack) for one in checks} == {
        (None, scb.Lack.NO_PROJECT), (keys[2], scb.Lack.NO_CODE), (keys[3], scb.Lack.NO_NUMBER),
        (keys[4], scb.Lack.NO_REPORT),
    }  # fmt: skip
    assert scb.rows(rows, identities, scb.Codes("1", protected_man="Tm19"))[0][2].who == "19900604Tm19"
    identities[keys[1]] = scb.Identity(None, "19900663", True, True)  # a samordningsnummer says the day and sixty
    assert scb.rows(rows, identities, scb.Codes("1"))[0][1].who == "19900603Tf29"


def test_the_checklist_tells_of_numbers_before_the_file_is_made() -> None:
    keys = [UUID(int=one) for one in range(1, 7)]
    rows = [Snapshot(one, one, None, None, None, 10, "Någon", "") for one in keys]
    known = {
        keys[0]: scb.Numbered("personnummer", True, False), keys[1]: scb.Numbered("samordningsnummer", False, False),
        keys[2]: scb.Numbered("personnummer", True, True), keys[3]: scb.Numbered("samordningsnummer", False, True),
    }  # fmt: skip
    lacks = scb.Lack
    found = [(one.enrolment_id, one.lack) for one in scb.of_numbers(rows, known, scb.Codes())]
    assert found == [
        (keys[1], lacks.COORDINATION), (keys[2], lacks.IN_CODE), (keys[3], lacks.NO_CODE), (keys[4], lacks.NO_NUMBER),
        (keys[5], lacks.NO_NUMBER),
    ]  # fmt: skip
    given = scb.of_numbers(rows, known, scb.Codes(protected_man="Tm19"))
    assert [one.lack for one in given][2] is lacks.IN_CODE


def test_sus_is_told_the_education_that_is_noted_where_the_sheet_says_nothing_and_nothing_of_who_is_anonymous() -> None:
    day = date(2026, 11, 2)
    told = SusSheet(direction=Direction.ENTRY, on=day, has_consent=True)
    own = replace(told, schooling=Schooling.NONE)
    anonymous = replace(told, has_consent=False)
    for sheet, noted, says in (
        (told, None, None), (told, Schooling.SECONDARY, Schooling.SECONDARY), (own, Schooling.SECONDARY, Schooling.NONE),
        (anonymous, Schooling.SECONDARY, None), (None, Schooling.SECONDARY, None),
    ):  # fmt: skip
        line = sus.Line(UUID(int=1), "Kim", "woman", Direction.ENTRY, day, day, False, sheet, noted)
        assert line.schooling is says
        lacks = sheet is not None and sheet.has_consent and says is None
        assert (sus.Lack.NO_SCHOOLING in line.lacks) is lacks


def test_a_code_is_read_as_it_was_printed_and_every_slip_is_noticed() -> None:
    signs = form_codes.code(b"nyckel", "time", UUID(int=1), "2026-02")
    assert form_codes.read(form_codes.shown(signs).lower()) == signs
    assert signs != form_codes.code(b"nyckel", "time", UUID(int=1), "2026-03")
    for place, sign in enumerate(signs):
        for wrong in form_codes.SIGNS.replace(sign, ""):
            assert form_codes.read(signs[:place] + wrong + signs[place + 1 :]) is None
    for place in range(len(signs) - 1):
        if signs[place] != signs[place + 1]:
            assert form_codes.read(signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]) is None


def test_hours_are_read_as_people_write_them() -> None:
    assert [staff_hours.read(text) for text in ("132", "132,5", " 132.25 ", "0,75")] == [528, 530, 529, 3]
    for wrong in ("", "132,3", "-1", "1e2", "400,25", "hundra"):
        with pytest.raises(Refused):
            staff_hours.read(wrong)
    for many in ("400,25", "9000"):
        with pytest.raises(Refused) as refused:
            staff_hours.read(many)
        assert refused.value.reason is staff_hours.TOO_MANY, "it can be read: it is too much"


def points(values: tuple[int, int], sign: Sign = Sign.JOB) -> list[Point]:
    return [Point(sign, "staff", date(2026, month, 1), value) for month, value in enumerate(values, start=1)]


def test_the_change_among_several_is_a_mean_with_students_interval_and_few_are_not_shown() -> None:
    people = [points(pair) for pair in ((1, 2), (2, 4), (3, 3), (2, 5), (4, 3), (1, 3))]
    told = progression.moved(people, Sign.JOB, "staff")
    changes = [1, 2, 0, 3, -1, 2]
    low, high = stats.t.interval(0.95, 5, loc=7 / 6, scale=stats.sem(changes))
    assert told.change == pytest.approx(7 / 6)
    assert (told.low, told.high) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))
    assert progression.moved(people[:4], Sign.JOB, "staff").change is None
    assert progression.moved(people, Sign.JOB, "participant").count == 0


def test_what_goes_with_work_is_shown_only_when_no_cell_tells_of_few() -> None:
    many = [(points((1, 5)), went) for went in [True] * 8 + [False] * 6] + [
        (points((1, 2)), went) for went in [True] * 5 + [False] * 9
    ]
    told = progression.shares(many, Sign.JOB, "staff")
    assert told is not None
    assert (told.high_went, told.high_count, told.low_went, told.low_count) == (8, 14, 5, 14)
    expected = stats.binomtest(8, 14).proportion_ci(method="wilson")
    assert told.high_span == (pytest.approx(expected.low), pytest.approx(expected.high))
    assert progression.shares(many[:-6], Sign.JOB, "staff") is None, "three among them would be told of"


def test_the_signs_are_asked_at_the_start_every_third_month_and_at_the_exit() -> None:
    start, today = date(2026, 1, 10), date(2026, 6, 1)
    asked = progression.due(start, None, [], today)
    assert asked is not None
    assert (asked.occasion, asked.on) == (Occasion.START, start)
    later = progression.due(start, None, [date(2026, 1, 20)], today)
    assert later is not None
    assert (later.occasion, later.on) == (Occasion.QUARTER, date(2026, 4, 21))
    left = progression.due(start, date(2026, 5, 20), [date(2026, 4, 21)], today)
    assert left is not None
    assert left.occasion is Occasion.EXIT
    assert progression.due(start, date(2026, 5, 20), [date(2026, 5, 18)], today) is None
    assert progression.due(start, date(2026, 3, 20), [date(2026, 1, 20)], today) is None
