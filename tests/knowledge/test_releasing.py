"""What leaves about an indicator gives nobody away: not by itself, not beside last month's, not when data came late."""

import numpy as np
import pytest

from samkraft.analysis.disclosure import release
from samkraft.knowledge.rules import figures, releasing
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.releasing import Known, Shown

GROUPS = ("woman", "man")
OUTSIDE, AMONG, COUNTED = 0, 1, 2


def _known(run: int, counts: dict[tuple[int, int], int], first: int = 0) -> Known:
    """counts: (group, state) → how many."""
    pairs = [pair for pair, many in counts.items() for _ in range(many)]
    groups, states = (np.array([pair[place] for pair in pairs], np.int64) for place in (0, 1))
    return Known(run, np.arange(first, first + len(pairs), dtype=np.int64), groups, states)


def _grown(run: int, before: Known, counts: dict[tuple[int, int], int]) -> Known:
    """Everybody of before, and more."""
    more = _known(run, counts, first=len(before.place))
    return Known(
        run,
        *(np.concatenate([getattr(before, name), getattr(more, name)]) for name in ("place", "group", "state")),
    )


def _narrowest(runs: list[Known], shown: list[Shown]) -> float:
    """How narrowly one with all that has left can place a number that is hidden."""
    numbers = [str(one.run) for one in runs]
    there = releasing._people(GROUPS, runs)
    releases = [releasing._seen_now(one, numbers) for one in shown]
    few = releasing._differences(GROUPS, there, numbers)
    found = release.audit(there, few, releases, enough=5)
    return min((high - low for low, high in found.values()), default=float("inf"))


def test_what_is_shown_is_true_and_never_from_one_to_four() -> None:
    run = _known(1, {(0, COUNTED): 12, (0, AMONG): 30, (1, COUNTED): 3, (1, AMONG): 40})
    shown = releasing.show(GROUPS, [run], [], sensitive=False)
    assert shown.cells["man", "counted"] is None
    assert shown.cells["woman", "counted"] is None  # else the men's is the difference
    assert shown.cells[None, "counted"] == 15
    assert not [count for count in shown.cells.values() if count is not None and 0 < count < 5]


def test_two_months_side_by_side_do_not_tell_of_the_three_who_came_between() -> None:
    first = _known(1, {(0, COUNTED): 20, (0, AMONG): 30, (1, COUNTED): 25, (1, AMONG): 40})
    second = _grown(2, first, {(0, COUNTED): 3, (1, AMONG): 9})
    one = releasing.show(GROUPS, [first], [], sensitive=False)
    assert one.cells["woman", "counted"] == 20
    two = releasing.show(GROUPS, [first, second], [one], sensitive=False)
    assert two.cells["woman", "counted"] is None
    assert _narrowest([first, second], [one, two]) >= 5 - 1e-6
    careless = Shown(2, GROUPS, {**two.cells, ("woman", "counted"): 23, ("man", "counted"): 25})
    assert _narrowest([first, second], [one, careless]) < 1e-6  # the check sees what would have told


def test_when_enough_have_come_the_figure_is_shown_again() -> None:
    first = _known(1, {(0, COUNTED): 20, (0, AMONG): 30, (1, COUNTED): 25, (1, AMONG): 40})
    second = _grown(2, first, {(0, COUNTED): 3})
    third = _grown(3, second, {(0, COUNTED): 6})
    one = releasing.show(GROUPS, [first], [], sensitive=False)
    two = releasing.show(GROUPS, [first, second], [one], sensitive=False)
    three = releasing.show(GROUPS, [first, second, third], [one, two], sensitive=False)
    assert (two.cells["woman", "counted"], three.cells["woman", "counted"]) == (None, 29)
    assert _narrowest([first, second, third], [one, two, three]) >= 5 - 1e-6


def test_a_correction_of_two_between_two_reports_is_not_told_as_a_difference() -> None:
    first = _known(1, {(0, COUNTED): 20, (0, AMONG): 30, (1, COUNTED): 25, (1, AMONG): 40})
    state = first.state.copy()
    state[:2] = AMONG  # two women did not begin the work after all
    second = Known(2, first.place, first.group, state)
    one = releasing.show(GROUPS, [first], [], sensitive=False)
    two = releasing.show(GROUPS, [first, second], [one], sensitive=False)
    assert two.cells["woman", "counted"] is None
    assert _narrowest([first, second], [one, two]) >= 5 - 1e-6


@pytest.mark.parametrize("counted", [0, 12])
def test_that_nobody_or_everybody_of_a_group_is_counted_is_not_said_of_what_is_sensitive(counted: int) -> None:
    run = _known(1, {(0, COUNTED): counted, (0, AMONG): 12 - counted, (1, COUNTED): 20, (1, AMONG): 20})
    assert releasing.show(GROUPS, [run], [], sensitive=True).cells["woman", "counted"] is None
    assert releasing.show(GROUPS, [run], [], sensitive=False).cells["woman", "counted"] == counted


def test_what_is_kept_comes_back_as_it_was_with_hidden_numbers_not_in_it() -> None:
    run = _known(1, {(0, COUNTED): 12, (1, COUNTED): 3, (1, AMONG): 40})
    shown = releasing.show(GROUPS, [run], [], sensitive=False)
    assert releasing.from_json(shown.as_json()) == shown
    assert 3 not in [cell[2] for cell in shown.as_json()["cells"]]


@pytest.mark.parametrize(
    ("n", "of", "low", "high"), [(10, 50, 0.1124, 0.3304), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0)]
)
def test_a_share_of_few_has_an_interval_that_holds_at_the_ends_too(n: int, of: int, low: float, high: float) -> None:
    found = figures.wilson(n, of)
    assert found == pytest.approx((low, high), abs=1e-4)


def test_a_median_of_fewer_than_ten_is_not_told() -> None:
    run = _known(1, {(0, COUNTED): 9, (1, COUNTED): 30})
    shown = releasing.show(GROUPS, [run], [], sensitive=False)
    one = BY_CODE["stay"]
    few = figures.of_group(one, shown, "woman", np.arange(9.0))
    many = figures.of_group(one, shown, "man", np.arange(30.0))
    assert (few.n, few.median) == (9, None)
    assert (many.n, many.median) == (30, pytest.approx(14, abs=1))
