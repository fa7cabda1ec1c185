"""One person's case while it is being made up: who works with the person, who knows of it, and what was done so far."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people.courses import Course
from samkraft.operations.world.people.deeds import Deed, Write
from samkraft.operations.world.people.profiles import Profile
from samkraft.operations.world.people.setting import Actor, Setting, TeamPlace
from samkraft.operations.world.people.ways import Way
from samkraft.values.period import STOCKHOLM

SATURDAY = 5


@dataclass(slots=True)
class Casework:
    """The deeds are gathered in `deeds` in any order and sorted afterwards, so each must come later than it builds on.

    `knowing` are the areas that take part, with the day from which they can write; `given` names the consents.
    """

    setting: Setting
    draw: Random
    profile: Profile
    course: Course
    team: TeamPlace
    index: int
    deeds: list[Deed] = field(default_factory=list)
    knowing: dict[str, date] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    _ticks: dict[date, int] = field(default_factory=dict)

    @property
    def way(self) -> Way:
        """How the initiative works with people."""
        return self.setting.way

    @property
    def core(self) -> list[str]:
        """The areas with a seat in the team that know of the person."""
        return [area for area in self.way.core if area in self.knowing]

    @property
    def home(self) -> str:
        """The area that enrols: the sender's when it sits in the core, else the one that leads."""
        return self.profile.sender if self.profile.sender in self.way.core else self.way.home

    @property
    def lead(self) -> Actor:
        """The process lead: one of the core, in turn among those who know of the person."""
        areas = [area for area in self.core if area in self.way.leads] or [self.home]
        return self.team.core[areas[self.index // len(self.setting.teams) % len(areas)]]

    def actor(self, area: str) -> Actor:
        """Who works with the person in an area."""
        return self.team.core.get(area) or self.team.called_in[area]

    def at(self, day: date) -> datetime:
        """A moment of the working day, each later than the one before on the same day."""
        day = weekday(day)
        tick = self._ticks.get(day, 0)
        self._ticks[day] = tick + 1
        return datetime(day.year, day.month, day.day, 8 + min(tick // 20, 8), tick % 20 * 3, tzinfo=STOCKHOLM)

    def write(self, day: date, area: str, name: str, kind: str, content: dict[str, Any], **more: Any) -> None:
        """Write something in an area, if it may know of the person by then."""
        self.deeds.append(Write(self.at(day), more.pop("by", None) or self.actor(area), name, kind, content, **more))

    def later_by(self, draw: Random, day: date, least: int, most: int) -> date:
        """The same by somebody else's chance."""
        return weekday(day + timedelta(days=draw.randint(least, most)))

    def is_over(self, day: date) -> bool:
        """Whether the day lies after the exit."""
        return day > self.course.exit_on

    def later(self, day: date, least: int, most: int) -> date:
        """A working day so many days later, by chance."""
        return weekday(day + timedelta(days=self.draw.randint(least, most)))


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day
