"""The share of the teams' time for employers: what is noted and nothing else, by team, body and month."""

from datetime import date
from uuid import UUID

from samkraft.knowledge.rules import employer_shares, months
from samkraft.knowledge.rules.employer_shares import WHOLE
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Frame
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.offer.rules.employer_time import TimeKind, Week
from samkraft.people.rules.cohorts import as_number

ONE, TWO, ELSEWHERE = UUID(int=1), UUID(int=2), UUID(int=3)
BODY = UUID(int=9)
UNTIL = date(2026, 3, 31)
FRAME = Frame((1, 2), (), (), int(months.index(as_number(date(2026, 2, 1)))))


def _week(team: UUID, monday: date, spent: int, worked: int = 2_400) -> Week:
    return Week(team, BODY, monday, worked, {TimeKind.VISITS: spent})


def test_minutes_are_summed_over_what_is_noted_and_a_team_without_notes_has_no_share() -> None:
    weeks = [
        _week(ONE, date(2026, 2, 2), 600), _week(ONE, date(2026, 3, 2), 0), _week(ELSEWHERE, date(2026, 3, 2), 2_400),
        _week(ONE, date(2026, 3, 30), 2_400),  # its Thursday is in April
        _week(ONE, date(2026, 1, 5), 2_400),  # before the initiative
    ]  # fmt: skip
    told = employer_shares.figures(FRAME, weeks, {ONE: 1, TWO: 2}, UNTIL)
    assert told[WHOLE][WHOLE] == Figure(n=600, of=4_800)
    assert told["team"] == {"1": Figure(n=600, of=4_800), "2": Figure()}
    assert told["month"] == {"2026-02": Figure(n=600, of=2_400), "2026-03": Figure(n=0, of=2_400)}
    assert told["body"] == {str(BODY): Figure(n=600, of=4_800)}
    kind = BY_CODE[employer_shares.CODE].kind
    assert told[WHOLE][WHOLE].value(kind) == 0.125
    assert told["team"]["2"].value(kind) is None
    assert told["month"]["2026-03"].value(kind) == 0
