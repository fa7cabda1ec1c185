"""What other parts of the product know about a goal or an initiative, such as the funds that serve it.

A part adds a function from (who reads, the id) to groups of links. Each group is a heading and its links, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Link:
    """One line in a group."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, already in the reader's language, with its links."""

    heading: str
    links: tuple[Link, ...]


About = Callable[[Context, UUID], Group | None]
ABOUT_GOALS: list[About] = []
ABOUT_INITIATIVES: list[About] = []


def about_goal(by: Context, goal_id: UUID) -> list[Group]:
    """Everything that has been registered about a goal."""
    return [group for ask in ABOUT_GOALS if (group := ask(by, goal_id)) and group.links]


def about_initiative(by: Context, initiative_id: UUID) -> list[Group]:
    """Everything that has been registered about an initiative."""
    return [group for ask in ABOUT_INITIATIVES if (group := ask(by, initiative_id)) and group.links]
