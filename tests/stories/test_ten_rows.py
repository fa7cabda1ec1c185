"""The demo world's ten inconsistencies: four that rules find, two that agree, four that a person has entered."""

import pytest

from samkraft.money.models import Contradiction
from samkraft.money.queries.contradictions import contradictions
from samkraft.money.queries.contradictions.contradictions import Row
from samkraft.money.rules.settling import State
from samkraft.operations import world
from samkraft.operations.world import cast

pytestmark = pytest.mark.django_db
TOLD_OF_THE_FUND = ("partners", "initiatives", "money", "year_wheel", "reports")  # who says what in the ten rows


def test_the_ten_rows_are_told_as_they_should() -> None:
    world.load(progress=lambda words: None, parts=TOLD_OF_THE_FUND)
    rows = contradictions.listed(by=cast.fund_officer())
    _the_ten(rows)
    differing = [row for row in rows if row.rule == "report_against_decision" and row.state is State.OPEN]
    assert [str(row.subject) for row in differing] == ["GVN 2024, Strategiska jobbsatsningar"]
    budget = Contradiction.objects.get(rule="points_against_budget", year=2024)
    assert budget.agrees, "decided to the last krona"
    assert set(budget.sides.values_list("amount_ore", flat=True)) == {4_000_000_000}


def _the_ten(rows: list[Row]) -> None:
    still_open = {(row.rule, row.year): row for row in rows if row.state is State.OPEN and row.rule}
    agreeing = {(row.rule, str(row.subject)) for row in rows if row.state is State.AGREES}
    assert still_open[("points_against_budget", 2023)].difference_ore == 16_300_000  # row 1
    assert still_open[("report_against_decision", 2024)].values == (691_200_000, 619_200_000)  # row 2
    assert ("report_against_decision", "FSN 2024, Strategiska jobbsatsningar") in agreeing  # row 3: only rounding
    assert ("uses_against_share", "vad KS använde Strategiska jobbsatsningar 2024 till") in agreeing  # row 4
    assert sorted(str(value) for value in still_open[("told_twice", 2022)].values) == ["100", "50"]  # row 5
    assert still_open[("document_name_against_meeting", 2023)]  # row 7
    entered = [row for row in rows if row.is_entered]  # rows 6, 8, 9 and 10
    assert len(entered) == 4
    assert all(row.found_by and row.state is State.OPEN for row in entered)
