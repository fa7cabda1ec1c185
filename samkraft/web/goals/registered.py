"""What other parts of the product know about a goal or an initiative, such as the funds that serve it.

A part has a module here with functions from (who reads, the id) to a group, which is a heading and its links, or None.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from samkraft.values.context import Context
from samkraft.web.goals import money, teams
from samkraft.web.goals.links import Group

About = Callable[[Context, UUID], Group | None]


def about_goal(by: Context, goal_id: UUID) -> list[Group]:
    """Everything that other parts know about a goal."""
    return _asked((money.funds_of_goal,), by, goal_id)


def about_initiative(by: Context, initiative_id: UUID) -> list[Group]:
    """Everything that other parts know about an initiative."""
    return _asked((teams.of_initiative, money.funds_of_initiative), by, initiative_id)


def _asked(sources: Iterable[About], by: Context, subject_id: UUID) -> list[Group]:
    return [group for ask in sources if (group := ask(by, subject_id)) and group.links]
