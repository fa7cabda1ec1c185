"""Goals stay a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.initiatives.rules import goals
from samkraft.initiatives.rules.goals import GoalKind

PARENTS = {"a": None, "b": "a", "c": "b", "d": "a"}


@pytest.mark.parametrize(
    ("goal", "parent", "expected"),
    [
        ("d", "c", None),
        ("c", None, None),
        ("new", "c", None),
        ("a", "c", goals.CIRCLE),
        ("a", "b", goals.CIRCLE),
        ("b", "c", goals.CIRCLE),
        ("b", "b", goals.OWN_PARENT),
    ],
)
def test_a_goal_cannot_stand_under_what_stands_under_it(goal: str, parent: str | None, expected: object) -> None:
    assert goals.why_not_under(GoalKind.INITIATIVE, goal, parent, PARENTS) is expected


@pytest.mark.parametrize("kind", sorted(goals.ROOTS))
def test_the_councils_the_agreements_and_the_financiers_goals_stand_topmost(kind: GoalKind) -> None:
    assert goals.why_not_under(kind, "d", "c", PARENTS) is goals.ROOT_UNDER
    assert goals.why_not_under(kind, "d", None, PARENTS) is None


def test_a_circle_that_is_there_already_does_not_go_on_for_ever() -> None:
    assert goals.why_not_under(GoalKind.ACTIVITY, "x", "a", {"a": "b", "b": "a"}) is goals.CIRCLE


@given(st.lists(st.tuples(st.integers(0, 8), st.none() | st.integers(0, 8)), max_size=60))
def test_moves_that_are_allowed_never_make_a_circle(moves: list[tuple[int, int | None]]) -> None:
    parents: dict[int, int | None] = dict.fromkeys(range(9))
    for goal, parent in moves:
        if goals.why_not_under(GoalKind.INITIATIVE, goal, parent, parents) is None:
            parents[goal] = parent
    for goal in parents:
        seen, above = set(), parents[goal]
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = parents[above]
        assert goal not in seen
