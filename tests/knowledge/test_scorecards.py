"""How items stand to their targets, trends with limits by chance, and other bodies' series with their bad lines."""

import random

import pytest

from samkraft.initiatives.rules.theory import Item, Level, TargetKind, why_not
from samkraft.knowledge.rules import control, scorecards, series
from samkraft.knowledge.rules.figures import Figure, wilson
from samkraft.knowledge.rules.indicators import BY_CODE, INDICATORS
from samkraft.knowledge.rules.measures import Kind
from samkraft.knowledge.rules.populations import POPULATIONS
from samkraft.knowledge.rules.scorecards import Standing
from samkraft.values.refusal import Refused

COUNT = Item("a", Level.RESULT, "Till arbete", TargetKind.COUNT, 100)
SHARE = Item("b", Level.PERFORMANCE, "Arbetsplats", TargetKind.SHARE, 0.65)


@pytest.mark.parametrize(
    ("n", "gone", "standing"),
    [
        (100, 0.2, Standing.REACHED),
        (50, 0.5, Standing.ON_THE_WAY),
        (49, 0.5, Standing.BEHIND),
        (None, 0.5, Standing.UNKNOWN),
    ],
)
def test_a_count_is_held_against_the_plan_of_today(n: int | None, gone: float, standing: Standing) -> None:
    assert scorecards.stand(COUNT, BY_CODE["participants"], Figure(n=n), None, gone).standing is standing


@pytest.mark.parametrize(
    ("n", "of", "standing"), [(60, 70, Standing.REACHED), (79, 131, Standing.ON_THE_WAY), (20, 70, Standing.BEHIND)]
)
def test_a_share_is_called_behind_only_when_all_of_its_interval_is(n: int, of: int, standing: Standing) -> None:
    figure = Figure(n, of, *wilson(n, of))
    assert scorecards.stand(SHARE, BY_CODE["workplace_share"], figure, None, 1).standing is standing


def test_time_is_held_against_its_target_without_an_interval() -> None:
    one = BY_CODE["employer_time"]
    for minutes, standing in ((1_700, Standing.REACHED), (1_500, Standing.BEHIND)):
        assert scorecards.stand(SHARE, one, Figure(minutes, 2_400), None, 1).standing is standing
    assert scorecards.stand(SHARE, one, Figure(), None, 1).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "last", "standing"),
    [
        (TargetKind.LESS, 9.0, Standing.ON_THE_WAY),
        (TargetKind.LESS, 11.0, Standing.BEHIND),
        (TargetKind.MORE, 11.0, Standing.ON_THE_WAY),
        (TargetKind.MORE, 10.0, Standing.ON_THE_WAY),
        (TargetKind.MORE, 9.0, Standing.BEHIND),
        (TargetKind.NONE, 9.0, Standing.UNKNOWN),
    ],
)
def test_a_direction_is_held_against_the_first_figure_of_the_series(
    kind: TargetKind, last: float, standing: Standing
) -> None:
    assert scorecards.direction(Item("a", Level.LONG_TERM, "Kostnaden faller", kind), 10.0, last) is standing


def test_every_indicator_has_a_meaning_a_source_and_somebody_whom_it_is_about() -> None:
    for one in INDICATORS:
        assert one.meaning
        assert one.source
        of_staff = one.kind in (Kind.TIME, Kind.THINGS)
        assert one.population in POPULATIONS or of_staff or (one.kind is Kind.SERIES and one.missing), one.code
    assert len({one.code for one in INDICATORS}) == len(INDICATORS)


def test_what_is_sensitive_is_told_of_among_others_or_it_could_never_be_told() -> None:
    assert all(one.hits for one in INDICATORS if one.sensitive)


def test_the_limits_are_crossed_by_chance_as_seldom_as_is_stated() -> None:
    draw, worlds, alarms = random.Random(7), 400, 0
    for _world in range(worlds):
        charts = [
            control.draw(Kind.SHARE, [(str(m), sum(draw.random() < 0.3 for _ in range(60)), 60) for m in range(12)], 60)
            for _indicator in range(5)
        ]
        alarms += any(point.is_outside for chart in charts for point in chart.points)
    assert 0.01 <= alarms / worlds <= 0.10  # 5 per cent is stated; ordinary limits would alarm in about 16


def test_a_month_that_has_changed_is_seen() -> None:
    months = [(str(m), 20, 60) for m in range(11)] + [("12", 50, 60)]
    assert [point.month for point in control.draw(Kind.SHARE, months, 100).points if point.is_outside] == ["12"]


def test_few_months_have_no_limits() -> None:
    assert control.draw(Kind.COUNT, [("1", 5, None)] * 5, 5).centre is None


def test_counts_with_a_month_that_is_not_told_have_no_limits_for_the_hidden_are_the_few() -> None:
    """Five months without anybody, months of one to four that are hidden, and one with six is no alarm."""
    hidden = [(str(m), 0, None) for m in range(5)] + [(str(m), None, None) for m in range(5, 12)] + [("12", 6, None)]
    found = control.draw(Kind.COUNT, hidden, 100)
    assert (found.centre, found.hides, any(point.is_outside for point in found.points)) == (None, True, False)
    assert [point.value for point in found.points][-2:] == [None, 6.0]
    told = [(month, 3 if n is None else n, of) for month, n, of in hidden]
    assert control.draw(Kind.COUNT, told, 100).centre is not None


def test_a_series_is_read_with_its_gaps() -> None:
    found = series.read("2026-01; 12,4\n2026-03\t13.0\n2026-04;", "share")
    assert [(one.month, one.value) for one in found] == [("2026-01", 0.124), ("2026-03", 0.13), ("2026-04", None)]
    assert series.gaps(found) == ("2026-02", "2026-04")


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "series_empty"), ("januari; 3", "series_bad_lines"), ("2026-13; 3", "series_bad_lines"),
     ("2026-01; 101", "series_bad_lines"), ("2026-01; -3", "series_bad_lines"), ("2026-01; 1\n2026-01; 2", "series_month_twice")],
)  # fmt: skip
def test_lines_that_cannot_be_used_are_told(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        series.read(text, "share")
    assert refused.value.reason.code == code


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "theory_empty"),
        ([COUNT, COUNT], "theory_code_twice"),
        ([Item("x", Level.RESULT, "X", leads_to=("y",))], "theory_leads_nowhere"),
        ([Item("x", Level.RESULT, "X", leads_to=("y",)), Item("y", Level.ACTIVITY, "Y")], "theory_leads_nowhere"),
        ([Item("x", Level.RESULT, "X", TargetKind.SHARE, 1.5)], "theory_target_without_number"),
        ([Item("x", Level.RESULT, "X", TargetKind.COUNT)], "theory_target_without_number"),
    ],
)
def test_a_theory_that_does_not_hang_together_is_refused(items: list[Item], code: str) -> None:
    refused = why_not(items)
    assert refused is not None
    assert refused.reason.code == code
