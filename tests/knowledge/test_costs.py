"""What it costs: money and people of the same time, or a reason instead of a figure."""

from collections.abc import Mapping
from datetime import date

import pytest

from samkraft.knowledge.rules import costs
from samkraft.knowledge.rules.costs import Costs, Money, People
from samkraft.knowledge.rules.figures import Figure, wilson

KR = 100
FIRST = date(2025, 10, 1)


def _months(many: int, ore: int = 1_000 * KR) -> dict[date, int]:
    return {date(2025 + (9 + place) // 12, (9 + place) % 12 + 1, 1): ore for place in range(many)}


def _money(spent: Mapping[date, int], missing: tuple[str, ...] = ()) -> Money:
    return Money(spent, dict.fromkeys(spent, 100 * KR), missing, has_assumed_rates=False)


def _people(day: date, participants: int | None = 100, outcomes: int | None = 20, left: int = 50) -> People:
    reached = Figure() if outcomes is None else Figure(outcomes, left, *wilson(outcomes, left))
    return People(day, 1, Figure(participants), Figure(outcomes), reached, Figure(50))


def _found(money: Money, *snapshots: People) -> Costs:
    found = costs.work_out(money, list(snapshots), FIRST)
    assert isinstance(found, Costs)
    return found


def _refused(money: Money, *snapshots: People) -> str:
    found = costs.work_out(money, list(snapshots), FIRST)
    assert not isinstance(found, Costs)
    return found[0].code


def test_costs_are_laid_beside_the_people_of_the_same_time() -> None:
    found = _found(_money(_months(6)), _people(date(2026, 3, 31)))
    assert found.costs_ore == 6_000 * KR
    assert found.participant_ore == 60 * KR
    assert found.participant_with_compensation_ore == 66 * KR
    assert found.outcome_ore == 300 * KR
    assert [one.each_ore for one in found.months] == [20 * KR]


def test_the_interval_of_an_outcome_is_that_of_the_share_who_got_there() -> None:
    found = _found(_money(_months(6)), _people(date(2026, 3, 31)))
    low, high = wilson(20, 50)
    assert found.low_ore == pytest.approx(6_000 * KR / (high * 50), abs=1)
    assert found.high_ore == pytest.approx(6_000 * KR / (low * 50), abs=1)
    few = _found(_money(_months(6)), _people(date(2026, 3, 31), outcomes=9))
    assert (few.low_ore, few.high_ore) == (None, None)


def test_a_snapshot_from_after_the_last_noted_month_is_not_used() -> None:
    found = _found(_money(_months(6)), _people(date(2026, 5, 31), participants=900), _people(date(2026, 3, 31)))
    assert found.people.day == date(2026, 3, 31)
    assert found.participant_ore == 60 * KR
    assert _refused(_money(_months(2)), _people(date(2026, 3, 31))) == "cost_no_people"


def test_a_month_without_costs_gives_no_figure_that_looks_fine() -> None:
    spent = _months(6)
    del spent[date(2026, 1, 1)]
    assert _refused(_money(spent), _people(date(2026, 3, 31))) == "cost_months_missing"
    later = {month: ore for month, ore in _months(6).items() if month >= date(2025, 12, 1)}
    assert _refused(_money(later), _people(date(2026, 3, 31))) == "cost_months_missing"


def test_hours_without_a_rate_and_an_initiative_without_money_give_the_reason() -> None:
    assert _refused(_money(_months(6), ("projektledare",)), _people(date(2026, 3, 31))) == "cost_rates_missing"
    assert _refused(_money({}), _people(date(2026, 3, 31))) == "cost_no_money"


def test_what_the_disclosure_door_hides_hides_the_cost_of_it_too() -> None:
    found = _found(_money(_months(6)), _people(date(2026, 3, 31), outcomes=None))
    assert found.outcome_ore is None
    assert found.participant_ore == 60 * KR
    assert _refused(_money(_months(6)), _people(date(2026, 3, 31), participants=None)) == "cost_no_people"
