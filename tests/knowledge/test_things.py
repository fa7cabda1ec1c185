"""Figures of what is set up and made: counted from rows, held against what should be there by now, never told by sex."""

from datetime import date
from uuid import UUID

import pytest

from samkraft.initiatives.rules.theory import Item, Level, TargetKind
from samkraft.knowledge.rules import months, scorecards, things
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension, Frame
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.measures import Kind
from samkraft.knowledge.rules.scorecards import Standing
from samkraft.knowledge.rules.things import CODES, WHOLE, TeamHeld, Thing
from samkraft.people.rules.cohorts import as_number
from samkraft.values.period import Period

AF, CITY, LATE = UUID(int=1), UUID(int=2), UUID(int=3)
UNTIL = date(2026, 3, 20)
FRAME = Frame((), (), (), int(months.index(as_number(date(2026, 1, 1)))))
ALWAYS = Period(date(2026, 1, 1), None)
SITTING = [(AF, ALWAYS), (CITY, ALWAYS), (LATE, Period(date(2026, 3, 1), None))]


def test_a_team_counts_when_everybody_who_is_to_sit_in_it_does_that_day() -> None:
    held = [
        TeamHeld("1", "Team 1", ALWAYS, ((AF, ALWAYS), (CITY, ALWAYS), (LATE, Period(date(2026, 3, 1), None)))),
        TeamHeld(
            "2", "Team 2", Period(date(2026, 2, 1), None), ((AF, ALWAYS), (CITY, Period(date(2026, 2, 10), None)))
        ),
        TeamHeld("3", "Team 3", Period(date(2026, 4, 1), None), ((AF, ALWAYS),)),
    ]
    told = things.teams(FRAME, held, SITTING, UNTIL)
    assert told[WHOLE][WHOLE] == Figure(n=1, of=2), "the second lacks the late one, and the third is not there yet"
    assert told[Dimension.MONTH] == {"2026-01": Figure(1, 1), "2026-02": Figure(2, 2), "2026-03": Figure(1, 2)}
    assert told[Dimension.BODY] == {str(AF): Figure(2, 2), str(CITY): Figure(2, 2), str(LATE): Figure(1, 2)}
    assert [(one.key, one.counted) for one in things.team_rows(held, SITTING, UNTIL)] == [("1", True), ("2", False)]
    nobody = things.teams(FRAME, held, [], UNTIL)[WHOLE][WHOLE]
    assert nobody == Figure(0, 2), "where nobody is to sit no team is staffed"
    assert things.teams(FRAME, [], SITTING, UNTIL)[WHOLE][WHOLE].value(Kind.THINGS) is None, (
        "none laid out is not nought"
    )


def test_a_receiver_is_counted_the_first_time_and_a_delivery_is_held_against_those_that_were_due() -> None:
    rows = things.first_of_each([
        ("a", "AF", AF, date(2026, 1, 9)), ("b", "Staden", CITY, date(2026, 1, 10)), ("c", "AF", AF, date(2026, 2, 1)),
    ])  # fmt: skip
    told = things.figures(FRAME, rows, UNTIL, splits=(Dimension.MONTH,), has_whole=False)
    assert told[WHOLE][WHOLE] == Figure(n=2)
    assert told[Dimension.MONTH] == {"2026-01": Figure(n=2), "2026-02": Figure(n=0), "2026-03": Figure(n=0)}
    due = [Thing("x", "Plan", AF, date(2026, 1, 31), True), Thing("y", "Rapport", AF, date(2026, 2, 28), False)]
    told = things.figures(FRAME, due, UNTIL, splits=(Dimension.BODY, Dimension.MONTH), has_whole=True)
    assert told[WHOLE][WHOLE] == Figure(1, 2)
    assert told[Dimension.BODY] == {str(AF): Figure(1, 2)}
    assert told[Dimension.MONTH]["2026-02"] == Figure(0, 1)


@pytest.mark.parametrize(
    ("kind", "target", "figure", "standing"),
    [
        (TargetKind.COUNT, 10, Figure(10, 10), Standing.REACHED),
        (TargetKind.COUNT, 10, Figure(5, 5), Standing.ON_THE_WAY),
        (TargetKind.COUNT, 10, Figure(4, 5), Standing.BEHIND),
        (TargetKind.COUNT, 6, Figure(n=5), Standing.UNKNOWN),
        (TargetKind.COUNT, 6, Figure(0, 0), Standing.UNKNOWN),
        (TargetKind.DONE, None, Figure(n=2), Standing.REACHED),
        (TargetKind.DONE, None, Figure(n=0), Standing.UNKNOWN),
    ],
)
def test_things_are_held_against_those_that_should_be_there_by_now(
    kind: TargetKind, target: float | None, figure: Figure, standing: Standing
) -> None:
    item = Item("a", Level.RESOURCE, "Team", kind, target)
    line = scorecards.stand(item, BY_CODE["teams_staffed"], figure, None, 0.1)
    assert line.standing is standing
    assert scorecards.is_goal(line) is (standing is Standing.BEHIND), "what is set up is news only when it lags"


def test_what_is_not_about_people_is_split_by_nothing_about_people_and_says_so() -> None:
    assert {one.code for one in BY_CODE.values() if one.kind is Kind.THINGS} == set(CODES)
    for code in CODES:
        assert BY_CODE[code].splits
        assert set(BY_CODE[code].splits) <= {"body", "month"}
        assert "inte om människor, så den delas inte efter kön" in BY_CODE[code].meaning
