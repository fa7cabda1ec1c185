"""Where invented people's lives take place: the initiative, its teams and those who work there. Ids as text."""

from dataclasses import dataclass
from datetime import date, datetime

from samkraft.operations.world.people.ways import Way


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who meets participants, in one membership."""

    membership_id: str
    user_id: str
    name: str
    role: str
    role_name: str
    area: str
    area_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """A team: its core by area, and those who are called in by area."""

    id: str
    name: str
    core: dict[str, Actor]
    called_in: dict[str, Actor]


@dataclass(frozen=True, slots=True)
class Intake:
    """A wave: from its first day up to another."""

    number: int
    start_date: date
    end_date: date
    planned: float


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that a life needs to know about where it takes place. Nothing happens after `now`."""

    way: Way
    initiative_id: str
    begins: date
    now: datetime
    intakes: tuple[Intake, ...]
    teams: tuple[TeamPlace, ...]
    areas: dict[str, str]
    area_names: dict[str, str]
    questions: tuple[str, ...]
    limit_days: int | None = 182
    follow_up_months: tuple[int, ...] = (1, 3, 6)
    promise_days: int = 90
    monthly_time_report: bool = True
    administrator: Actor | None = None  # who closes the months, in every team
    all_agree: bool = True  # every area that writes in the plan, or the leading one alone

    @property
    def today(self) -> date:
        """The last day on which anything has happened."""
        return self.now.date()
